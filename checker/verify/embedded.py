"""The embedded verifier: deterministic checks, the alignment of words, and a small model inside the package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock

from checker.model import (
    Article,
    Basis,
    Claim,
    ClaimKind,
    Label,
    Level,
    Searched,
    Source,
    Stance,
    Tier,
    Unchecked,
    Verdict,
)
from checker.ports import PairReader, Retrieval
from checker.settings import VerifySettings
from checker.verify.alignment import align
from checker.verify.asking import Asking, finished
from checker.verify.confidence import calibrated
from checker.verify.entailment import UNREAD, Entailment
from checker.verify.quotations.quotes import Grade, QuoteChecker, QuoteFinding
from checker.verify.quotations.speakers import Spoken
from checker.verify.quotations.spoken import disputed_quote, draft_around, judge_quote
from checker.verify.quotations.wording import Word
from checker.verify.readings import Candidate, Reading, candidates, may_say_otherwise, nearest, read
from checker.verify.reported import only_told, says_it
from checker.verify.stretches import around, parts, sentences_of
from checker.verify.subject import Subject, subject_of
from checker.verify.verdicts import weigh

READ_WHOLE = 1_000_000
"""Characters of text up to which a quotation is looked for in every source; the words of a million take a second to
read. Beyond, it is looked for where retrieval points, and in every source that holds it letter by letter."""

_COPY_TELLS = 0.8


class EmbeddedVerifier:
    """Judges claims against `sources`; those in `barred` (the draft and its copies) never count.

    `reader` is the model that reads claim and sentence together; without one, words and checks decide alone.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        barred: frozenset[str],
        settings: VerifySettings,
        reader: PairReader | None = None,
    ) -> None:
        every = tuple(sources)
        self._sources = {source.id: source for source in every if source.id not in barred}
        self._copies = tuple(source for source in every if source.id in barred)
        self._settings = settings
        self._reader = reader
        self._small = sum(len(source.text) for source in self._sources.values()) <= READ_WHOLE
        self._words: dict[str, list[Word]] = {}
        self._lock = Lock()

    def verify(self, article: Article, claim: Claim, found: Retrieval) -> Verdict | Unchecked:
        """The verdict on `claim` of `article`, with a calibrated confidence; open where that is less than asked for."""
        return finished(self.judgement(article, claim, found), self._reader)

    def judgement(self, article: Article, claim: Claim, found: Retrieval) -> Asking[Verdict]:
        """`verify` under way: it stops wherever the model has to read, so that many claims can be read at once."""
        made = yield from self._verdict(article, claim, found)
        return calibrated(made, self._settings.max_risk)

    def _verdict(self, article: Article, claim: Claim, found: Retrieval) -> Asking[Verdict]:
        if claim.kind is ClaimKind.QUOTE and claim.quoted is not None:
            return replace(self._quotation(article, claim, found), basis=Basis.QUOTATION)
        subject = subject_of(article, claim)
        close = nearest(claim, candidates(found.hits, found.sources))
        readings = yield from self._read_all(claim, close, subject)
        if all(reading.stance not in (Stance.SUPPORTS, Stance.CONTRADICTS) for reading in readings):
            readings += yield from self._said_together(claim, close, found, subject)
        return weigh(
            claim,
            readings,
            published=article.published,
            searched=_searched(found),
            only_copies=self._told_by_copies(claim, found),
        )

    def _read_all(self, claim: Claim, items: Sequence[Candidate], subject: Subject) -> Asking[list[Reading]]:
        """The claim read against each sentence; as for the model, all in one batch."""
        judged = yield from self._judged(claim, items, subject)
        return [self._read(claim, item, subject, entailment) for item, entailment in zip(items, judged, strict=True)]

    def _said_together(
        self, claim: Claim, close: Sequence[Candidate], found: Retrieval, subject: Subject
    ) -> Asking[list[Reading]]:
        """The shortest runs of sentences that support the claim where no sentence does alone."""
        if self._reader is None:
            return []
        said = []
        wide = yield from self._read_all(claim, around(close, found.hits), subject)
        for reading in wide:
            if reading.stance is not Stance.SUPPORTS:
                continue
            item = reading.candidate
            shorter = yield from self._read_all(claim, parts(item, sentences_of(item.source, found.hits)), subject)
            enough = [other for other in shorter if other.stance is Stance.SUPPORTS]
            said.append(replace(enough[0] if enough else reading, basis=Basis.TOGETHER))
        return said

    def _judged(self, claim: Claim, items: Sequence[Candidate], subject: Subject) -> Asking[list[Entailment]]:
        """What the model says of the claim and each sentence; nothing where there is none."""
        if self._reader is None or not items:
            return [UNREAD] * len(items)
        pairs = [item.asked(claim.text, subject.published) for item in items]
        rows = yield pairs
        made = [Entailment(*(float(share) for share in row)) for row in rows]
        doubted = [at for at, item in enumerate(items) if self._doubted(claim, item, made[at])]
        if doubted:
            again = yield [(items[at].text, f"{items[at].source.title}. {pairs[at][0]}") for at in doubted]
            for at, row in zip(doubted, again, strict=True):
                made[at] = replace(made[at], exchanged=float(row[1]))
        return made

    def _doubted(self, claim: Claim, item: Candidate, first: Entailment) -> bool:
        whole = align(claim.text, item.text, context=item.context)
        return may_say_otherwise(whole, first, self._settings)

    def _read(self, claim: Claim, item: Candidate, subject: Subject, entailment: Entailment) -> Reading:
        reading = read(claim, item, subject, self._settings, entailment)
        return says_it(claim, reading) if claim.level is Level.ATTRIBUTION else only_told(claim, reading)

    def _quotation(self, article: Article, claim: Claim, found: Retrieval) -> Verdict:
        assert claim.quoted is not None
        quoted = claim.quoted.of(article.text)
        finding = self._quotes(quoted, found).check(quoted, claim.attributed_to, context=draft_around(article, claim))
        in_copies = finding.grade is Grade.NOT_FOUND and self._in_copies(quoted)
        searched = Searched(queries=(*found.queries, quoted), passages=len(found.hits), sources=len(self._sources))
        made = judge_quote(claim, quoted, finding, self._sources, searched=searched, in_copies=in_copies)
        primary = self._by_primary(article, claim, finding, found)
        if made.label is not Label.SUPPORTED or primary is None:
            return made
        return disputed_quote(made, judge_quote(claim, quoted, primary, self._sources, searched=searched))

    def _by_primary(
        self, article: Article, claim: Claim, finding: QuoteFinding, found: Retrieval
    ) -> QuoteFinding | None:
        """The same speaker's other words in a primary source, where only secondary ones have the words quoted."""
        if claim.quoted is None or any(self._sources[held].tier is Tier.PRIMARY for held in finding.holders):
            return None
        quoted = claim.quoted.of(article.text)
        primary = [source for source in self._likely(quoted, found) if source.tier is Tier.PRIMARY]
        with self._lock:
            checker = QuoteChecker(primary, self._words)
        other = checker.check(quoted, claim.attributed_to, context=draft_around(article, claim))
        return other if other.grade is Grade.ALTERED and other.speaker in (Spoken.FOUND, Spoken.NAMED) else None

    def _quotes(self, quoted: str, found: Retrieval) -> QuoteChecker:
        """A checker over all sources where they are few, else over those that may hold the words."""
        with self._lock:
            return self._whole if self._small else QuoteChecker(self._likely(quoted, found), self._words)

    def _likely(self, quoted: str, found: Retrieval) -> list[Source]:
        """The sources that may hold the words: all where they are few."""
        near = {hit.passage.source_id for hit in found.hits}
        bare = quoted.strip(" .,;:!?…-")
        every = self._sources.values()
        return [s for s in every if self._small or s.id in near or (bare and bare in s.text)]

    @cached_property
    def _whole(self) -> QuoteChecker:
        return QuoteChecker(self._sources.values(), self._words)

    def _in_copies(self, quoted: str) -> bool:
        return QuoteChecker(self._copies).check(quoted).grade in (Grade.EXACT, Grade.FOLDED)

    def _told_by_copies(self, claim: Claim, found: Retrieval) -> bool:
        for hit in found.barred:
            source = found.sources.get(hit.passage.source_id)
            if source and align(claim.text, hit.passage.span.of(source.text)).coverage >= _COPY_TELLS:
                return True
        return False


def _searched(found: Retrieval) -> Searched:
    return Searched(
        queries=found.queries,
        passages=len(found.hits),
        sources=len({hit.passage.source_id for hit in found.hits}),
    )
