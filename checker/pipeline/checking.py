"""A draft becomes a report: claims, passages for each, a verdict for each, in the order of the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import checker
from checker.errors import CheckerError
from checker.model import (
    Article,
    Claim,
    Hit,
    Provenance,
    Report,
    Source,
    SourceCard,
    Status,
    Tier,
    Unchecked,
    Verdict,
)
from checker.ports import Extractor, Retrieval, Retriever, Verifier
from checker.settings import Settings

_COPY_SHARE = 3
"""Extra passages asked for when copies of the draft crowd the first places, as a multiple of the limit."""


@dataclass(frozen=True)
class Checker:
    """Checks drafts against one corpus. Synchronous; claims are judged by `settings.threads` workers.

    `verifier` makes the verifier of one draft from the sources that may be seen and the ids that never count.
    `prime` is told all queries at once, so that an encoder can make their vectors in one batch.
    """

    corpus: Retriever
    extractor: Extractor
    verifier: Callable[[Sequence[Source], frozenset[str]], Verifier]
    settings: Settings
    engine: str = "embedded"
    models: Mapping[str, str] = field(default_factory=dict)
    prime: Callable[[Sequence[str]], None] = lambda texts: None

    def check(self, article: Article, *, on_answer: Callable[[int, int], None] | None = None) -> Report:
        """The whole report on `article`; `on_answer` is told how many claims of how many have their answer."""
        extraction = self.extractor.extract(article)
        results: list[Verdict | Unchecked] = list(extraction.unchecked)
        for done, answer in enumerate(self.iter(article, extraction.claims), 1):
            results.append(answer)
            if on_answer:
                on_answer(done, len(extraction.claims))
        return Report(
            article=article,
            sentences=extraction.sentences,
            results=tuple(sorted(results, key=_place)),
            provenance=self._provenance(),
            cited=self._cited(results),
        )

    def iter(self, article: Article, claims: Sequence[Claim]) -> Iterator[Verdict | Unchecked]:
        """The answer to each claim as it is ready, in the order of `claims`."""
        sources = self._visible()
        barred = self.barred(article, sources)
        verifier = self.verifier(sources, barred)
        self.prime([query for claim in claims for query in _queries(article, claim)])
        with ThreadPoolExecutor(max_workers=self.settings.threads, thread_name_prefix="claim") as pool:
            pending: list[Future[Verdict | Unchecked]] = [
                pool.submit(self._answer, verifier, article, claim, barred) for claim in claims
            ]
            try:
                for future in pending:
                    yield future.result()
            finally:
                for future in pending:
                    future.cancel()

    def barred(self, article: Article, sources: Sequence[Source]) -> frozenset[str]:
        """Ids of sources that are the draft itself or copies of it: never evidence, whatever their tier says."""
        own = {source.id for source in sources if source.tier is Tier.SELF}
        return frozenset(own | self.corpus.copies_of(article.text))

    def retrieve(self, article: Article, claim: Claim, barred: frozenset[str]) -> Retrieval:
        """The passages that bear on `claim`, without those of barred sources, and whether barred ones led."""
        limit = self.settings.retrieval.limit
        wanted = limit * _COPY_SHARE if barred else limit
        queries = _queries(article, claim)
        hits = _merged(self.corpus.search(query, limit=wanted, as_of=self.settings.as_of) for query in queries)
        kept = tuple(hit for hit in hits if hit.passage.source_id not in barred)[: limit * len(queries)]
        copies = tuple(hit for hit in hits[:limit] if hit.passage.source_id in barred)
        ids = {hit.passage.source_id for hit in (*kept, *copies)}
        return Retrieval(
            hits=kept,
            sources={source_id: self.corpus.source(source_id) for source_id in sorted(ids)},
            queries=queries,
            barred=copies,
        )

    def _visible(self) -> tuple[Source, ...]:
        """The sources that may be seen: those published by `as_of`, and undated ones, by id."""
        day = self.settings.as_of
        seen = (s for s in self.corpus.sources() if day is None or s.published is None or s.published <= day)
        return tuple(sorted(seen, key=lambda source: source.id))

    def _answer(
        self, verifier: Verifier, article: Article, claim: Claim, barred: frozenset[str]
    ) -> Verdict | Unchecked:
        stage = "corpus"
        try:
            found = self.retrieve(article, claim, barred)
            stage = "verify"
            return verifier.verify(article, claim, found)
        except CheckerError as error:
            return Unchecked(claim, stage, Status.FAILED, error.line())
        except Exception as error:  # noqa: BLE001 - one claim's defect must not take the other verdicts with it
            return Unchecked(claim, stage, Status.FAILED, f"internal error: {type(error).__name__}: {error}")

    def _cited(self, results: Sequence[Verdict | Unchecked]) -> tuple[SourceCard, ...]:
        ids = {item.source_id for result in results if isinstance(result, Verdict) for item in result.evidence}
        return tuple(SourceCard.of(self.corpus.source(source_id)) for source_id in sorted(ids))

    def _provenance(self) -> Provenance:
        retrieval = self.settings.retrieval
        return Provenance(
            checker=checker.__version__,
            engine=self.engine,
            corpus=self.corpus.digest,
            sources=self._sources,
            as_of=self.settings.as_of,
            models=self.models,
            parameters={
                "retrieval.limit": retrieval.limit,
                "retrieval.candidates": retrieval.candidates,
                "retrieval.dense_weight": retrieval.dense_weight,
                "passages.words": self.settings.passages.words,
                "passages.overlap": self.settings.passages.overlap,
                "verify.support_threshold": self.settings.verify.support_threshold,
            },
        )

    @cached_property
    def _sources(self) -> int:
        return sum(1 for _ in self.corpus.sources())


def _queries(article: Article, claim: Claim) -> tuple[str, ...]:
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


def _place(result: Verdict | Unchecked) -> tuple[int, int]:
    subject = result.claim if isinstance(result, Verdict) else result.subject
    span = subject.span if isinstance(subject, Claim) else subject
    return span.start, span.end
