"""A draft becomes a report: claims, passages for each, a verdict for each, in the order of the draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import checker
from checker.model import (
    Article,
    Claim,
    Provenance,
    Report,
    Source,
    SourceCard,
    Status,
    Tier,
    Unchecked,
    Usage,
    Verdict,
)
from checker.pipeline.engine import Engine
from checker.pipeline.retrieval import Finder, queries
from checker.pipeline.workers import in_order
from checker.ports import Extraction, Retrieval, Retriever
from checker.settings import Settings
from checker.verify.consistency import inconsistencies
from checker.verify.isolated import isolated

_INTERRUPTED = "interrupted before it was checked"
_LOST = "the engine gave no answer on it"


class CheckInterrupted(KeyboardInterrupt):
    """Ctrl-C during a check; `report` is whole but for the claims that were not reached, which are unchecked."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True)
class Checker:
    """Checks drafts against one corpus with one engine. Synchronous; `settings.threads` workers look passages up.

    `prime` is told all queries at once, so that an encoder can make their vectors in one batch.
    """

    corpus: Retriever
    engine: Engine
    settings: Settings
    prime: Callable[[Sequence[str]], None] = lambda texts: None

    def check(self, article: Article, *, on_answer: Callable[[int, int], None] | None = None) -> Report:
        """The whole report on `article`; `on_answer` is told how many claims of how many have their answer.

        Raises CheckInterrupted, with what there is of the report, where it is interrupted after the claims are found.
        """
        before = self.engine.usage()
        extraction = self.engine.extractor.extract(article)
        answers: list[Verdict | Unchecked] = []
        try:
            for answer in self.iter(article, extraction.claims):
                answers.append(answer)
                if on_answer:
                    on_answer(len(answers), len(extraction.claims))
        except KeyboardInterrupt:
            self.engine.stop()
            rest = extraction.claims[len(answers) :]
            answers += [Unchecked(claim, "verify", Status.FAILED, _INTERRUPTED) for claim in rest]
            raise CheckInterrupted(self._report(article, extraction, answers, before)) from None
        return self._report(article, extraction, answers, before)

    def iter(self, article: Article, claims: Sequence[Claim]) -> Iterator[Verdict | Unchecked]:
        """The answer to each claim as it is ready, in the order of `claims`: exactly one for each."""
        sources = self._visible()
        finder = Finder(self.corpus, self.settings, self.barred(article, sources), self.prime)
        verifier = self.engine.verifier(sources, finder)
        finder.prime([query for claim in claims for query in queries(article, claim)])
        failed: dict[str, Unchecked] = {}
        answers = verifier.verify_all(article, self._pairs(finder, article, claims, failed))
        places = {claim.id: at for at, claim in enumerate(claims)}
        reached = 0
        for answer in answers:
            at = places.get(_claim_id(answer), -1)
            yield from (_unanswered(claim, failed) for claim in claims[reached:at])
            if at >= reached:
                yield answer
                reached = at + 1
        yield from (_unanswered(claim, failed) for claim in claims[reached:])

    def barred(self, article: Article, sources: Sequence[Source]) -> frozenset[str]:
        """Ids of sources that are the draft itself or copies of it: never evidence, whatever their tier says."""
        own = {source.id for source in sources if source.tier is Tier.SELF}
        return frozenset(own | self.corpus.copies_of(article.text))

    def _pairs(
        self, finder: Finder, article: Article, claims: Sequence[Claim], failed: dict[str, Unchecked]
    ) -> Iterator[tuple[Claim, Retrieval]]:
        """Each claim with its passages; a claim for which looking failed goes to `failed` instead."""

        def look(claim: Claim) -> Retrieval | Unchecked:
            return isolated(claim, "corpus", lambda: finder.find(article, claim))

        looked = in_order(look, claims, threads=self.settings.threads, name="corpus")
        for claim, found in zip(claims, looked, strict=True):
            if isinstance(found, Unchecked):
                failed[claim.id] = found
            else:
                yield claim, found

    def _visible(self) -> tuple[Source, ...]:
        """The sources that may be seen: those published by `as_of`, and undated ones, by id."""
        day = self.settings.as_of
        seen = (s for s in self.corpus.sources() if day is None or s.published is None or s.published <= day)
        return tuple(sorted(seen, key=lambda source: source.id))

    def _report(
        self, article: Article, extraction: Extraction, answers: Sequence[Verdict | Unchecked], before: Usage
    ) -> Report:
        results = tuple(sorted((*extraction.unchecked, *answers), key=_place))
        return Report(
            article=article,
            sentences=extraction.sentences,
            results=results,
            provenance=self._provenance(_spent(before, self.engine.usage())),
            cited=self._cited(results),
            inconsistencies=inconsistencies(article),
        )

    def _cited(self, results: Sequence[Verdict | Unchecked]) -> tuple[SourceCard, ...]:
        ids = {item.source_id for result in results if isinstance(result, Verdict) for item in result.evidence}
        return tuple(SourceCard.of(self.corpus.source(source_id)) for source_id in sorted(ids))

    def _provenance(self, usage: Usage) -> Provenance:
        return Provenance(
            checker=checker.__version__,
            engine=self.engine.name,
            corpus=self.corpus.digest,
            sources=self._sources,
            as_of=self.settings.as_of,
            models=self.engine.models,
            prompts=self.engine.prompts,
            parameters=_parameters(self.settings) | dict(self.engine.parameters),
            usage=usage,
        )

    @cached_property
    def _sources(self) -> int:
        return sum(1 for _ in self.corpus.sources())


def _parameters(settings: Settings) -> dict[str, str | int | float]:
    return {
        "retrieval.limit": settings.retrieval.limit,
        "retrieval.candidates": settings.retrieval.candidates,
        "retrieval.dense_weight": settings.retrieval.dense_weight,
        "passages.words": settings.passages.words,
        "passages.overlap": settings.passages.overlap,
        "claims.min_check_worthiness": settings.claims.min_check_worthiness,
        "verify.support_threshold": settings.verify.support_threshold,
    }


def _spent(before: Usage, after: Usage) -> Usage:
    return Usage(
        calls=after.calls - before.calls,
        input_tokens=after.input_tokens - before.input_tokens,
        output_tokens=after.output_tokens - before.output_tokens,
        cost_usd=round(after.cost_usd - before.cost_usd, 9),
    )


def _claim_id(answer: Verdict | Unchecked) -> str:
    subject = answer.claim if isinstance(answer, Verdict) else answer.subject
    return subject.id if isinstance(subject, Claim) else ""


def _unanswered(claim: Claim, failed: Mapping[str, Unchecked]) -> Unchecked:
    return failed.get(claim.id) or Unchecked(claim, "verify", Status.FAILED, _LOST)


def _place(result: Verdict | Unchecked) -> tuple[int, int]:
    subject = result.claim if isinstance(result, Verdict) else result.subject
    span = subject.span if isinstance(subject, Claim) else subject
    return span.start, span.end
