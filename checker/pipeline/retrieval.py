"""What is looked up for a claim: its own words, the words it quotes, and whatever a stage asks for on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from checker.model import Article, Claim, Hit
from checker.ports import Retrieval, Retriever
from checker.settings import Settings

_COPY_SHARE = 3
"""Extra passages asked for when copies of the draft crowd the first places, as a multiple of the limit."""
_OWN_FIRST = 3
"""Passages found by the claim's own words that stay before those of a query on top."""
_ON_TOP = 2
"""Passages that a query on top may bring."""


@dataclass(frozen=True)
class Finder:
    """Looks passages up for the claims of one draft; `barred` are ids of sources that are never evidence.

    `prime` is told many queries at once, so that an encoder can make their vectors in one batch.
    """

    corpus: Retriever
    settings: Settings
    barred: frozenset[str]
    prime: Callable[[Sequence[str]], None] = lambda texts: None

    def find(self, article: Article, claim: Claim) -> Retrieval:
        """The passages that bear on `claim`, without those of barred sources, and whether barred ones led."""
        limit = self.settings.retrieval.limit
        searched = queries(article, claim)
        hits = _merged(self._search(query) for query in searched)
        kept = tuple(hit for hit in hits if hit.passage.source_id not in self.barred)[: limit * len(searched)]
        copies = tuple(hit for hit in hits[:limit] if hit.passage.source_id in self.barred)
        return self._with_sources(Retrieval(hits=kept, queries=searched, barred=copies))

    def more(self, found: Retrieval, query: str) -> Retrieval:
        """`found` and the best passages for `query`, after the claim's own first few."""
        known = {hit.passage.id for hit in found.hits}
        fresh = [hit for hit in self._search(query) if hit.passage.source_id not in self.barred]
        added = tuple(hit for hit in fresh if hit.passage.id not in known)[:_ON_TOP]
        hits = (*found.hits[:_OWN_FIRST], *added, *found.hits[_OWN_FIRST:])
        return self._with_sources(replace(found, hits=hits, queries=(*found.queries, query)))

    def _search(self, query: str) -> tuple[Hit, ...]:
        limit = self.settings.retrieval.limit
        wanted = limit * _COPY_SHARE if self.barred else limit
        return self.corpus.search(query, limit=wanted, as_of=self.settings.as_of)

    def _with_sources(self, found: Retrieval) -> Retrieval:
        ids = {hit.passage.source_id for hit in (*found.hits, *found.barred)}
        return replace(found, sources={source_id: self.corpus.source(source_id) for source_id in sorted(ids)})


def queries(article: Article, claim: Claim) -> tuple[str, ...]:
    """What is searched for a claim: its own words, and for a quotation the words quoted."""
    if claim.quoted is None:
        return (claim.text,)
    return tuple(dict.fromkeys((claim.text, claim.quoted.of(article.text))))


def _merged(found: Iterable[Sequence[Hit]]) -> tuple[Hit, ...]:
    """The hits of several queries, each passage once, best fused score first."""
    best: dict[str, Hit] = {}
    for hits in found:
        for hit in hits:
            if hit.passage.id not in best or hit.score > best[hit.passage.id].score:
                best[hit.passage.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.rank, hit.passage.id)))
