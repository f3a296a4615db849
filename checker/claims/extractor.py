"""The rule extractor: every sentence of a draft with its outcome, and the claims of those that can be checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from checker.claims.detected import against, rescued
from checker.claims.draft import Stretch, Utterance, read_draft
from checker.claims.furniture import order
from checker.claims.kinds import kind_of
from checker.claims.mentions import Cast
from checker.claims.numbering import numbered
from checker.claims.outcomes import bare, reason_against
from checker.claims.pictures import caption_text, credit_text
from checker.claims.proposals import Proposal
from checker.claims.relatives import told_of_people
from checker.claims.roles import roles
from checker.claims.speech import Spoken, masked, overlapping, restated, spoken
from checker.claims.standing import Role, standings
from checker.claims.statements import Scene, added, contents, has_words_beyond, statements
from checker.claims.tables import row_texts
from checker.claims.verbs import has_verb
from checker.language.words import words
from checker.model import Article, ClaimKind, Level, Outcome, Reason, Sentence, Span
from checker.ports import Detection, Detector, Extraction
from checker.spans import trim

_STATEMENT_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Finding:
    """What became of one sentence, and its claims before they have numbers."""

    outcome: Outcome
    reason: Reason = Reason.NONE
    note: str = ""
    proposals: tuple[Proposal, ...] = ()


class RuleExtractor:
    """Finds claims by rules, and with a `detector` asks it where rules go by single words. No network.

    One draft gives the same claims every time.
    """

    def __init__(self, detector: Detector | None = None) -> None:
        self._detector = detector

    def extract(self, article: Article) -> Extraction:
        """Every sentence of `article` accounted for, and its claims in document order."""
        stretches = read_draft(article)
        utterances = tuple(chain.from_iterable(stretch.utterances for stretch in stretches))
        texts = [utterance.text for utterance in utterances]
        detected = self._detector.detect(texts) if self._detector else (None,) * len(texts)
        draft = _Draft(article, stretches, utterances, detected)
        findings = _once([draft.finding(number) for number in range(len(utterances))])
        sentences = tuple(
            Sentence(f"s{number}", utterance.span, finding.outcome, finding.reason, finding.note)
            for number, (utterance, finding) in enumerate(zip(utterances, findings, strict=True), 1)
        )
        return Extraction(sentences, numbered(article, utterances, [finding.proposals for finding in findings]))


class _Draft:
    """A draft read once: its sentences, where each stands, its names, quotations and rows."""

    def __init__(
        self,
        article: Article,
        stretches: tuple[Stretch, ...],
        utterances: tuple[Utterance, ...],
        detected: Sequence[Detection | None],
    ) -> None:
        self._article = article
        self._detected = detected
        self._utterances = utterances
        self._standings = standings(stretches)
        self._cast = Cast.of(utterances)
        self._rows = row_texts(article.text, stretches)
        self._quotations = tuple(item for item in spoken(stretches, self._cast) if self._speaks(item))
        self._quoted = {item: self._quote(item) for item in self._quotations}

    def finding(self, number: int) -> _Finding:
        """The outcome and claims of sentence `number`."""
        standing, utterance = self._standings[number], self._utterances[number]
        match standing.role:
            case Role.NOTHING:
                return _Finding(standing.outcome, standing.reason, standing.note)
            case Role.CREDIT:
                claim = Proposal(utterance.span, credit_text(utterance.text), ClaimKind.CREDIT)
                return _Finding(Outcome.CHECKED, proposals=(claim,))
            case Role.ROW:
                return self._row(utterance)
            case Role.CAPTION:
                return self._caption(number)
        return self._prose(number)

    def _speaks(self, item: Spoken) -> bool:
        """Whether a quotation stands in prose and gives no order to whoever checks."""
        standing, utterance = self._standings[item.first], self._utterances[item.first]
        spoken_in = standing.role in (Role.PROSE, Role.HEADLINE, Role.CAPTION)
        alone = item.speaker is None and item.phrase is None
        return spoken_in and not order(masked(utterance, (item,))) and not (alone and order(item.plain))

    def _quote(self, item: Spoken) -> Proposal:
        text = restated(item, self._utterances[item.first])
        return Proposal(item.said, text, ClaimKind.QUOTE, Level.ATTRIBUTION, item.speaker, quoted=item.words)

    def _row(self, utterance: Utterance) -> _Finding:
        text = self._rows.get(utterance.stretch)
        if text is None:
            return _Finding(Outcome.NOT_CHECKABLE, Reason.HEADING if utterance.opens else Reason.FRAGMENT)
        return _Finding(Outcome.CHECKED, proposals=(Proposal(utterance.span, text, ClaimKind.QUANTITY),))

    def _caption(self, number: int) -> _Finding:
        utterance = self._utterances[number]
        shown = Proposal(utterance.span, caption_text(utterance.text), ClaimKind.CAPTION)
        facts = self._prose(number).proposals
        return _Finding(Outcome.CHECKED, proposals=(shown, *facts))

    def _prose(self, number: int) -> _Finding:
        utterance = self._utterances[number]
        here = tuple(overlapping(utterance, self._quotations))
        scene = Scene(utterance, number, masked(utterance, here), self._cast)
        if order(scene.masked) and not here:
            return _Finding(Outcome.NOT_CHECKABLE, Reason.INSTRUCTION)
        quotes = [self._quoted[item] for item in here if item.first == number]
        claims = [*quotes, *self._spoken_contents(scene, here)]
        reason = Reason.NONE
        if not any(item.whole for item in here) or self._beyond(scene, here):
            said, reason = statements(scene)
            told = {claim.text for claim in quotes}
            claims.extend(
                claim for claim in said if claim.under or claim.level is Level.ATTRIBUTION or claim.text not in told
            )
        else:
            claims.extend(self._added(scene, here))
        claims.extend(self._roles(scene, here, reason))
        return self._settled(scene, claims, reason, here)

    def _settled(self, scene: Scene, claims: list[Proposal], reason: Reason, here: Sequence[Spoken]) -> _Finding:
        """What rules and the detector make of the sentence together."""
        utterance, found = scene.utterance, self._detected[scene.number]
        if found is None or here:
            return self._judged(utterance, claims, reason, here)
        if claims and (overruled := against(utterance.text, found)) is not Reason.NONE:
            return _Finding(Outcome.NOT_CHECKABLE, overruled, "told by the sentence as a whole, not by single words")
        if not claims and rescued(reason, found):
            claims = list(contents(scene, Span(0, len(scene.text))))
        return self._judged(utterance, claims, reason, here)

    def _beyond(self, scene: Scene, here: Sequence[Spoken]) -> bool:
        """Whether the sentence says more than a quotation and who spoke it."""
        spans = [inside for item in here for inside in _inside(scene.utterance, (item.phrase, item.span))]
        return has_words_beyond(scene.masked, spans) and not list(self._added(scene, here))

    def _added(self, scene: Scene, here: Sequence[Spoken]) -> Iterator[Proposal]:
        speakers = [item for item in here if item.phrase is not None and item.speaker]
        if speakers:
            yield from added(scene, speakers[-1].speaker or "", speakers[-1].speaker)

    def _spoken_contents(self, scene: Scene, here: Sequence[Spoken]) -> Iterator[Proposal]:
        """What a quotation states as a fact, under the quotation."""
        for item in here:
            inside = scene.utterance.inside(item.words) if item.whole else None
            span = trim(scene.text, Span(*inside)) if inside else None
            if span is None:
                continue
            tokens = words(span.of(scene.text))
            if len(tokens) >= _STATEMENT_WORDS and has_verb(tokens):
                yield from contents(scene, span, under=self._quoted[item], speaker=item.speaker)

    def _roles(self, scene: Scene, here: Sequence[Spoken], reason: Reason) -> Iterator[Proposal]:
        if reason in (Reason.INSTRUCTION, Reason.QUESTION, Reason.NO_LANGUAGE):
            return
        for span, text in (*roles(scene.masked), *told_of_people(scene.masked)):
            yield Proposal(scene.place(span), text, kind_of(text))

    def _judged(self, utterance: Utterance, claims: list[Proposal], reason: Reason, here: Sequence[Spoken]) -> _Finding:
        if claims:
            return _Finding(Outcome.CHECKED, proposals=tuple(claims))
        if here:
            against = reason_against(utterance.text)
            return _Finding(
                Outcome.NOT_CHECKABLE, _or(against, Reason.FRAGMENT), "part of a quotation that is checked as a whole"
            )
        if bare(utterance.text):
            return _Finding(Outcome.AMBIGUOUS, note="it does not say by itself what it is about")
        return _Finding(Outcome.NOT_CHECKABLE, _or(reason, Reason.FRAGMENT))


def _or(reason: Reason, other: Reason) -> Reason:
    return reason if reason is not Reason.NONE else other


def _inside(utterance: Utterance, spans: Sequence[Span | None]) -> list[Span]:
    held = (utterance.inside(span) for span in spans if span is not None)
    return [Span(*pair) for pair in held if pair]


def _once(findings: list[_Finding]) -> list[_Finding]:
    """The findings without a claim that says the same of somebody as an earlier one, or the same at the same place."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for finding in findings:
        claims = []
        for claim in finding.proposals:
            key = (
                (claim.text,)
                if claim.under is None and claim.kind is ClaimKind.STATEMENT
                else (claim.text, claim.span, claim.level, claim.kind)
            )
            if key not in seen and claim.text:
                claims.append(claim)
            seen.add(key)
        outcome = finding.outcome if claims or not finding.proposals else Outcome.SKIPPED
        note = finding.note if outcome is finding.outcome else "it says again what an earlier sentence says"
        kept.append(replace(finding, proposals=tuple(claims), outcome=outcome, note=note))
    return kept
