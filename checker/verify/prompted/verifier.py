"""The prompted verifier: a model points at numbered sentences and says what they do; stored text gives the words.

Quotations are compared letter by letter and never sent. A contradiction is read a second time alone. A support passes
the deterministic checks or is taken back, and the reader is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from checker.errors import EngineError, ModelMalformedError, ModelRefusedError, ModelTruncatedError
from checker.llm.client import LlmClient
from checker.llm.outcomes import unchecked
from checker.llm.prompts import Prompt, one_line
from checker.llm.replies import VerifyReply
from checker.model import (
    Article,
    Claim,
    ClaimKind,
    Evidence,
    Label,
    ReasonCode,
    Searched,
    Source,
    Span,
    Stance,
    Status,
    Unchecked,
    Verdict,
)
from checker.ports import PairReader, Retrieval
from checker.settings import VerifySettings
from checker.verify.embedded import EmbeddedVerifier
from checker.verify.entailment import UNREAD, Entailment
from checker.verify.ground import cut
from checker.verify.isolated import isolated
from checker.verify.prompted.judged import Judged, about, fault_of, from_text, to_text, usable
from checker.verify.prompted.restraint import Doubt, doubt
from checker.verify.prompted.second_read import SecondRead, read_again, written_on
from checker.verify.prompted.sheet import Question, grouped, sheet
from checker.verify.readings import Candidate, Reading, read
from checker.verify.subject import subject_of

STAGE = "verify"
ENGINE = "prompted"
MOST_EVIDENCE = 3
"""Pieces of evidence shown for each stance."""

_AGREED, _ALONE, _AGAINST, _OPEN = 0.9, 0.75, 0.6, 0.5
"""Confidence, not calibrated: the embedded engine says the same, nothing or the opposite; nothing is decided."""

# The model's word that a sentence decides the claim: a number in it is then the claim's own, and is held to it.
_AS_SAID = {Stance.SUPPORTS: Entailment(supported=1.0), Stance.CONTRADICTS: Entailment(contradicted=1.0)}

Answer = Verdict | Unchecked
Place = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class VerifyPrompts:
    """The prompts of this stage."""

    verify: Prompt
    second_read: Prompt


class PromptedVerifier:
    """Judges claims with a model against `sources`; those in `barred` (the draft and its copies) never count."""

    def __init__(
        self,
        client: LlmClient,
        prompts: VerifyPrompts,
        sources: Iterable[Source],
        barred: frozenset[str],
        settings: VerifySettings,
        reader: PairReader | None = None,
    ) -> None:
        every = tuple(sources)
        self._client = client
        self._prompts = prompts
        self._barred = barred
        self._settings = settings
        self._sources = {source.id: source for source in every if source.id not in barred}
        self._embedded = EmbeddedVerifier(every, barred, settings, reader)

    def verify(self, article: Article, claim: Claim, found: Retrieval) -> Answer:
        """The verdict on one claim of `article`."""
        return next(self.verify_all(article, ((claim, found),)))

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Answer]:
        """The verdicts on many claims, in their order, each as soon as it and those before it are ready.

        Claims that share passages go into one question. Closing the iterator sends nothing more.
        """
        questions = [Question(claim, self._allowed(found)) for claim, found in pairs]
        known = [
            isolated(question.claim, STAGE, partial(self._without_asking, article, question)) for question in questions
        ]
        groups = grouped([question for question, answer in zip(questions, known, strict=True) if answer is None])
        workers = max(1, min(len(groups), self._client.settings.concurrency))
        with ThreadPoolExecutor(workers, thread_name_prefix="verify") as pool:
            under_way: dict[str, Future[dict[str, Answer]]] = {}
            for group in groups:
                future = pool.submit(self._group, article, group)
                under_way |= {question.claim.id: future for question in group}
            try:
                for question, answer in zip(questions, known, strict=True):
                    yield answer or under_way[question.claim.id].result()[question.claim.id]
            except KeyboardInterrupt:
                self._client.stop()
                raise
            finally:
                for future in under_way.values():
                    future.cancel()

    def _allowed(self, found: Retrieval) -> Retrieval:
        hits = tuple(hit for hit in found.hits if hit.passage.source_id not in self._barred)
        return found if len(hits) == len(found.hits) else replace(found, hits=hits)

    def _without_asking(self, article: Article, question: Question) -> Answer | None:
        """What needs no model: a quotation, a claim for which nothing was found, and what is remembered."""
        claim = question.claim
        if (claim.kind is ClaimKind.QUOTE and claim.quoted is not None) or not question.pool:
            return self._embedded.verify(article, claim, question.found)
        written = written_on(article.published)
        text = self._client.recall(self._prompts.verify, about(question, written))
        judged = from_text(text, question, self._sources.get) if text is not None else None
        return self._settled(article, question, judged) if judged is not None else None

    def _group(self, article: Article, group: tuple[Question, ...]) -> dict[str, Answer]:
        """Answers for one group; where the model cannot answer for many claims at once, for each half of them."""
        page, written = sheet(group), written_on(article.published)
        lines = [f"{number}| {one_line(question.claim.text)}" for number, question in enumerate(group, 1)]
        try:
            reply = self._client.ask(
                self._prompts.verify,
                VerifyReply,
                {"passages": page.text, "written": written, "claims": "\n".join(lines)},
                check=lambda answer: fault_of(len(group), page, answer),
            )
        except (ModelRefusedError, ModelTruncatedError, ModelMalformedError) as error:
            if len(group) == 1:
                return {group[0].claim.id: unchecked(group[0].claim, STAGE, error)}
            middle = len(group) // 2
            return self._group(article, group[:middle]) | self._group(article, group[middle:])
        except EngineError as error:
            return {question.claim.id: unchecked(question.claim, STAGE, error) for question in group}
        answers: dict[str, Answer] = {}
        for number, question in enumerate(group, 1):
            judged = usable(number, page, reply)
            if judged is not None:
                self._client.remember(self._prompts.verify, about(question, written), to_text(judged))
            answers[question.claim.id] = isolated(
                question.claim, STAGE, partial(self._settled, article, question, judged)
            )
        return answers

    def _settled(self, article: Article, question: Question, judged: Judged | None) -> Answer:
        """The verdict that a judgement leads to, once it has passed what it has to pass."""
        claim = question.claim
        if judged is None:
            return Unchecked(claim, STAGE, Status.FAILED, "the model's answer on this claim cannot be used")
        opinion = self._embedded.verify(article, claim, question.found)
        case = _Case(claim, judged, self._read(article, claim, judged), _searched(question.found), opinion)
        if judged.label is Label.SUPPORTED:
            return case.supported()
        if judged.label in (Label.CONTRADICTED, Label.MIXED):
            return self._contradiction(article, case)
        return case.open()

    def _contradiction(self, article: Article, case: _Case) -> Answer:
        """A contradiction, where a second reading of one of its sentences upholds it."""
        against = case.judged.with_stance(Stance.CONTRADICTS)
        last: SecondRead | None = None
        for item in against[:MOST_EVIDENCE]:
            try:
                last = read_again(
                    self._client, self._prompts.second_read, case.claim, item, written_on(article.published)
                )
            except EngineError as error:
                return unchecked(case.claim, STAGE, error)
            if last.stands:
                return case.decided(upheld=item)
        if case.judged.label is Label.MIXED and last is None:
            return case.decided(upheld=None)
        return case.open(taken_back=last.why if last else "")

    def _read(self, article: Article, claim: Claim, judged: Judged) -> dict[Place, Reading]:
        subject = subject_of(article, claim)
        return {
            _place(item): read(claim, item, subject, self._settings, _AS_SAID.get(stance, UNREAD))
            for item, stance in judged.places
        }


@dataclass(frozen=True)
class _Case:
    """One claim, what the model says of it, and what the deterministic checks read in the sentences it points at."""

    claim: Claim
    judged: Judged
    readings: dict[Place, Reading]
    searched: Searched
    opinion: Answer

    def supported(self) -> Verdict:
        """Support, or what is left of it after the checks."""
        items = self.judged.with_stance(Stance.SUPPORTS)
        against = doubt(self.claim, [self.readings[_place(item)] for item in items])
        if against is None:
            return self._verdict(Label.SUPPORTED, self._evidence(), self.judged.reasons, self.judged.justification)
        return self._taken_back(against)

    def decided(self, *, upheld: Candidate | None) -> Verdict:
        """Contradicted or mixed, the sentence that was upheld first."""
        evidence = self._evidence(first=upheld)
        return replace(
            self._verdict(self.judged.label, evidence, self._codes(), self.judged.justification),
            suggestion=self._suggestion() if self.judged.label is Label.CONTRADICTED else None,
        )

    def open(self, *, taken_back: str = "") -> Verdict:
        """Not enough evidence; `taken_back` says why a contradiction was not upheld."""
        note = f" A second reading did not uphold a contradiction: {taken_back}." if taken_back else ""
        evidence = self._evidence(instead={Stance.CONTRADICTS: Stance.QUALIFIES})
        reasons = () if taken_back else self.judged.reasons
        return self._verdict(
            Label.NOT_ENOUGH_EVIDENCE, evidence, reasons or (ReasonCode.SILENT,), self.judged.justification + note
        )

    def _taken_back(self, against: Doubt) -> Verdict:
        note = f"The model read this as support; a check took it back: {against.note.rstrip('.')}. "
        evidence = self._evidence(instead={Stance.SUPPORTS: Stance.QUALIFIES})
        reasons = tuple(dict.fromkeys((against.code, *self.judged.reasons)))
        return self._verdict(Label.NOT_ENOUGH_EVIDENCE, evidence, reasons, note + self.judged.justification)

    def _verdict(
        self, label: Label, evidence: tuple[Evidence, ...], reasons: tuple[ReasonCode, ...], why: str
    ) -> Verdict:
        return Verdict(
            claim=self.claim,
            label=label,
            confidence=self._confidence(label),
            reasons=reasons,
            evidence=evidence,
            justification=why,
            searched=self.searched,
            engine=ENGINE,
        )

    def _evidence(
        self, *, first: Candidate | None = None, instead: dict[Stance, Stance] | None = None
    ) -> tuple[Evidence, ...]:
        """The words of the sentences pointed at, cut from the sources, a few for each stance."""
        ordered = (
            sorted(self.judged.places, key=lambda place: _place(place[0]) != _place(first))
            if first
            else self.judged.places
        )
        shown: dict[Stance, int] = {}
        found = []
        for item, given in ordered:
            stance = (instead or {}).get(given, given)
            shown[stance] = shown.get(stance, 0) + 1
            if shown[stance] <= MOST_EVIDENCE:
                found.append(cut(item.source, item.span, stance, at=self.readings[_place(item)].decides_at))
        return tuple(found)

    def _codes(self) -> tuple[ReasonCode, ...]:
        """The codes of the checks where they agree that something is off, then the model's."""
        against = self.judged.with_stance(Stance.CONTRADICTS)
        checked = [
            finding.code for item in against for finding in self.readings[_place(item)].conflicts if finding.code
        ]
        return tuple(dict.fromkeys((*checked, *self.judged.reasons)))

    def _suggestion(self) -> str | None:
        """The one replacement on which the checks agree."""
        against = self.judged.with_stance(Stance.CONTRADICTS)
        offered = {finding.suggestion for item in against for finding in self.readings[_place(item)].conflicts} - {None}
        return offered.pop() if len(offered) == 1 else None

    def _confidence(self, label: Label) -> float:
        if label is Label.NOT_ENOUGH_EVIDENCE:
            return _OPEN
        other = self.opinion.label if isinstance(self.opinion, Verdict) else Label.NOT_ENOUGH_EVIDENCE
        if other is label:
            return _AGREED
        return _ALONE if other is Label.NOT_ENOUGH_EVIDENCE else _AGAINST


def _place(item: Candidate) -> Place:
    return item.source.id, item.span


def _searched(found: Retrieval) -> Searched:
    return Searched(
        queries=found.queries,
        passages=len(found.hits),
        sources=len({hit.passage.source_id for hit in found.hits}),
    )
