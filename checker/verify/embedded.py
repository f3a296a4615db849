"""The embedded verifier: deterministic checks and the alignment of words, no model and no network."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model import Article, Claim, ClaimKind, Level, Searched, Source, Unchecked, Verdict
from checker.ports import Retrieval
from checker.settings import VerifySettings
from checker.verify.alignment import align
from checker.verify.quotes import Grade, QuoteChecker
from checker.verify.readings import Candidate, Reading, candidates, nearest, read
from checker.verify.reported import says_it
from checker.verify.spoken import judge_quote
from checker.verify.verdicts import weigh

_COPY_TELLS = 0.8


class EmbeddedVerifier:
    """Judges claims against `sources`; those in `barred` (the draft and its copies) never count."""

    def __init__(self, sources: Iterable[Source], barred: frozenset[str], settings: VerifySettings) -> None:
        every = tuple(sources)
        self._sources = {source.id: source for source in every if source.id not in barred}
        self._quotes = QuoteChecker(self._sources.values())
        self._copies = QuoteChecker(source for source in every if source.id in barred)
        self._settings = settings

    def verify(self, article: Article, claim: Claim, found: Retrieval) -> Verdict | Unchecked:
        """The verdict on `claim` of `article`."""
        if claim.kind is ClaimKind.QUOTE and claim.quoted is not None:
            return self._quotation(article, claim, found)
        pool = candidates(found.hits, dict(found.sources))
        close = nearest(claim, pool)
        readings = [self._read(article, claim, item) for item in close]
        return weigh(
            claim,
            readings,
            published=article.published,
            searched=_searched(found),
            only_copies=self._told_by_copies(claim, found),
        )

    def _read(self, article: Article, claim: Claim, item: Candidate) -> Reading:
        reading = read(claim, item, self._settings, published=article.published)
        if claim.level is Level.ATTRIBUTION:
            return says_it(claim, reading)
        return reading

    def _quotation(self, article: Article, claim: Claim, found: Retrieval) -> Verdict:
        assert claim.quoted is not None
        quoted = claim.quoted.of(article.text)
        finding = self._quotes.check(quoted, claim.attributed_to, context=claim.text)
        in_copies = finding.grade is Grade.NOT_FOUND and self._copies.check(quoted).grade in (Grade.EXACT, Grade.FOLDED)
        searched = Searched(queries=(quoted,), passages=len(found.hits), sources=len(self._sources))
        return judge_quote(claim, quoted, finding, self._sources, searched=searched, in_copies=in_copies)

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
