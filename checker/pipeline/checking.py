"""A draft becomes a report: claims, passages for each, a verdict for each, in the order of the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import checker
from checker.errors import CheckerError
from checker.model import (
    Article,
    Claim,
    Provenance,
    Report,
    SourceCard,
    Status,
    Tier,
    Unchecked,
    Verdict,
)
from checker.ports import Extraction, Extractor, Retrieval, Retriever, Verifier
from checker.settings import Settings

_COPY_SHARE = 3
"""Extra passages asked for when copies of the draft crowd the first places, as a multiple of the limit."""


@dataclass(frozen=True)
class Checker:
    """Checks drafts against one corpus. Synchronous; claims are judged by `settings.threads` workers.

    `prime` is told all queries at once, so that an encoder can make their vectors in one batch.
    """

    corpus: Retriever
    extractor: Extractor
    verifier: Verifier
    settings: Settings
    engine: str = "embedded"
    models: Mapping[str, str] = field(default_factory=dict)
    prime: Callable[[Sequence[str]], None] = lambda texts: None

    def check(self, article: Article) -> Report:
        """The whole report on `article`."""
        return self.report(article, self.extractor.extract(article))

    def report(self, article: Article, extraction: Extraction) -> Report:
        """The report on claims that were extracted already."""
        results = (*extraction.unchecked, *self.iter(article, extraction.claims))
        ordered = sorted(results, key=_place)
        return Report(
            article=article,
            sentences=extraction.sentences,
            results=tuple(ordered),
            provenance=self._provenance(),
            cited=self._cited(results),
        )

    def iter(self, article: Article, claims: Sequence[Claim]) -> Iterator[Verdict | Unchecked]:
        """The answer to each claim as it is ready, in the order of `claims`."""
        barred = self.barred(article)
        self.prime([claim.text for claim in claims])
        with ThreadPoolExecutor(max_workers=self.settings.threads, thread_name_prefix="claim") as pool:
            pending: list[Future[Verdict | Unchecked]] = [pool.submit(self._answer, article, claim, barred) for claim in claims]
            try:
                for future in pending:
                    yield future.result()
            finally:
                for future in pending:
                    future.cancel()

    def barred(self, article: Article) -> frozenset[str]:
        """Ids of sources that are the draft itself or copies of it: never evidence, whatever their tier says."""
        own = {source.id for source in self.corpus.sources() if source.tier is Tier.SELF}
        return frozenset(own | self.corpus.copies_of(article.text))

    def retrieve(self, claim: Claim, barred: frozenset[str]) -> Retrieval:
        """The passages that bear on `claim`, without those of barred sources, and whether barred ones led."""
        limit = self.settings.retrieval.limit
        wanted = limit * _COPY_SHARE if barred else limit
        hits = self.corpus.search(claim.text, limit=wanted, as_of=self.settings.as_of)
        kept = tuple(hit for hit in hits if hit.passage.source_id not in barred)[:limit]
        return Retrieval(
            hits=kept,
            sources={hit.passage.source_id: self.corpus.source(hit.passage.source_id) for hit in kept},
            queries=(claim.text,),
            barred=tuple(hit for hit in hits[:limit] if hit.passage.source_id in barred),
        )

    def _answer(self, article: Article, claim: Claim, barred: frozenset[str]) -> Verdict | Unchecked:
        stage = "corpus"
        try:
            found = self.retrieve(claim, barred)
            stage = "verify"
            return self.verifier.verify(article, claim, found)
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


def _place(result: Verdict | Unchecked) -> tuple[int, int]:
    subject = result.claim if isinstance(result, Verdict) else result.subject
    span = subject.span if isinstance(subject, Claim) else subject
    return span.start, span.end
