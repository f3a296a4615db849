"""The embedded verifier: deterministic checks, the alignment of words, and a small model inside the package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from threading import Lock

from checker.model import Article, Claim, ClaimKind, Level, Searched, Source, Unchecked, Verdict
from checker.ports import PairReader, Retrieval
from checker.settings import VerifySettings
from checker.verify.alignment import align
from checker.verify.entailment import UNREAD, Entailment
from checker.verify.quotes import Grade, QuoteChecker
from checker.verify.readings import Candidate, Reading, candidates, nearest, read
from checker.verify.reported import says_it
from checker.verify.spoken import draft_around, judge_quote
from checker.verify.subject import Subject, subject_of
from checker.verify.verdicts import weigh
from checker.verify.wording import Word

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
        """The verdict on `claim` of `article`."""
        if claim.kind is ClaimKind.QUOTE and claim.quoted is not None:
            return self._quotation(article, claim, found)
        subject = subject_of(article, claim)
        close = nearest(claim, candidates(found.hits, found.sources))
        judged = self._judged(claim, close, subject)
        readings = [
            self._read(claim, item, subject, entailment) for item, entailment in zip(close, judged, strict=True)
        ]
        return weigh(
            claim,
            readings,
            published=article.published,
            searched=_searched(found),
            only_copies=self._told_by_copies(claim, found),
        )

    def _judged(self, claim: Claim, close: Sequence[Candidate], subject: Subject) -> list[Entailment]:
        """What the model says of the claim and each sentence; nothing where there is none."""
        if self._reader is None or not close:
            return [UNREAD] * len(close)
        answers = self._reader.read([item.asked(claim.text, subject.published) for item in close])
        return [Entailment(*(float(share) for share in row)) for row in answers]

    def _read(self, claim: Claim, item: Candidate, subject: Subject, entailment: Entailment) -> Reading:
        reading = read(claim, item, subject, self._settings, entailment)
        return says_it(claim, reading) if claim.level is Level.ATTRIBUTION else reading

    def _quotation(self, article: Article, claim: Claim, found: Retrieval) -> Verdict:
        assert claim.quoted is not None
        quoted = claim.quoted.of(article.text)
        finding = self._quotes(quoted, found).check(quoted, claim.attributed_to, context=draft_around(article, claim))
        in_copies = finding.grade is Grade.NOT_FOUND and self._in_copies(quoted)
        searched = Searched(queries=(*found.queries, quoted), passages=len(found.hits), sources=len(self._sources))
        return judge_quote(claim, quoted, finding, self._sources, searched=searched, in_copies=in_copies)

    def _quotes(self, quoted: str, found: Retrieval) -> QuoteChecker:
        """A checker over all sources where they are few, else over those that may hold the words."""
        with self._lock:
            if self._small:
                return self._whole
            near = {hit.passage.source_id for hit in found.hits}
            bare = quoted.strip(" .,;:!?…-")
            chosen = [s for s in self._sources.values() if s.id in near or (bare and bare in s.text)]
            return QuoteChecker(chosen, self._words)

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
