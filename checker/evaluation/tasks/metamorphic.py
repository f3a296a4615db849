"""Metamorphic: whether verdicts move as they must when a claim or its sources are changed in a known way.

The stage of verification alone is asked, with all passages of the sources in question given. A change of the words is
passed where the claim was supported before it and no longer is; an engine that supports nothing passes none of these. A
change of the sources is passed where the label is as it must be.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.metamorphic import Asked, Trial, trials
from checker.evaluation.engines.bench import (
    Bench,
    as_source,
    given,
    open_bench,
    passages_of,
    quoted_words,
    source_id,
    speaker_in,
)
from checker.evaluation.engines.product import fault_of
from checker.evaluation.records import Outcome, Usage, digest
from checker.evaluation.tasks.task import EngineCard, Item, Request, Work
from checker.model import Article, Claim, ClaimKind, Label, Passage, Source, Span, Unchecked, Verdict, sha256_text
from checker.pipeline.engine import CASCADE, EMBEDDED, PROMPTED
from checker.reading.plain import blocks_of

CONSISTENT, INCONSISTENT, WRONG_BEFORE = "consistent", "inconsistent", "wrong_before"


class Metamorphic:
    """The task `metamorphic`."""

    says = "verdicts before and after a change of the claim or its sources whose effect is known"
    engines = (EMBEDDED, PROMPTED, CASCADE)

    @contextmanager
    def opened(self, request: Request) -> Iterator[Work]:
        """The trials that the drafts of the split allow, and the engine's stage of verification."""
        made = trials(read_drafts(request.data, request.split))
        with open_bench(request.settings, request.engine, chat=request.chat) as bench:
            settings, engine = bench.settings, bench.engine
            set_to = {f"verify.{name}": value for name, value in settings.verify if value is not None}
            asked: dict[str, str | int | float] = {"split": request.split, "passages.words": settings.passages.words}
            models = {name: model for name, model in engine.models.items() if name in ("reader", "chat")}
            yield Work(
                kind="metamorphic",
                items=[Item(trial.id, trial.digest, trial) for trial in made],
                classes=(CONSISTENT, INCONSISTENT, WRONG_BEFORE),
                primary="consistency",
                card=EngineCard(engine.name, models, engine.prompts, {**set_to, **engine.parameters, **asked}),
                answer=Stage(bench).outcomes,
            )


TASK = Metamorphic()


@dataclass
class Stage:
    """The stage of verification; a claim that is before several changes is judged once."""

    bench: Bench
    known: dict[str, Verdict | Unchecked] = field(default_factory=dict)

    def outcomes(self, items: Sequence[Item]) -> Iterator[Outcome]:
        """An outcome for each trial."""
        for item in items:
            assert isinstance(item.value, Trial)
            cost, begun = self.bench.engine.usage(), time.perf_counter()
            before, after = self._answer(item.value, item.value.before), self._answer(item.value, item.value.after)
            spent = self.bench.engine.usage()
            usage = Usage(
                spent.calls - cost.calls,
                spent.input_tokens - cost.input_tokens,
                spent.output_tokens - cost.output_tokens,
                round(spent.cost_usd - cost.cost_usd, 9),
                round(time.perf_counter() - begun, 4),
            )
            yield _outcome(item, item.value, before, after, usage)

    def _answer(self, trial: Trial, asked: Asked) -> Verdict | Unchecked:
        key = digest([trial.claim.id, asked.text, asked.backwards, [source.digest for source in asked.sources]])
        if key not in self.known:
            self.known[key] = self._judged(trial, asked)
        return self.known[key]

    def _judged(self, trial: Trial, asked: Asked) -> Verdict | Unchecked:
        sources = {source_id(at): as_source(gold, source_id(at)) for at, gold in enumerate(asked.sources)}
        passages = [passage for source in sources.values() for passage in self._passages(source)]
        if asked.backwards:
            passages.reverse()
        article = Article(
            asked.text, blocks_of(asked.text), sha256_text(asked.text), published=trial.draft.article.published
        )
        claim = _claim(trial, asked.text)
        return self.bench.judged(article, list(sources.values()), [(claim, given(claim, passages, sources))])[0]

    def _passages(self, source: Source) -> tuple[Passage, ...]:
        return passages_of(source, self.bench.settings.passages)


def _claim(trial: Trial, text: str) -> Claim:
    """The claim as an article of its own makes it."""
    whole = Span(0, len(text))
    quoted = quoted_words(text, whole) if trial.claim.kind is ClaimKind.QUOTE else None
    return Claim(
        id="c1",
        sentence_id="s1",
        span=whole,
        text=text,
        kind=trial.claim.kind,
        level=trial.claim.level,
        attributed_to=speaker_in(text) if quoted else None,
        quoted=quoted,
    )


def _outcome(
    item: Item, trial: Trial, before: Verdict | Unchecked, after: Verdict | Unchecked, usage: Usage
) -> Outcome:
    failed = next((answer for answer in (before, after) if isinstance(answer, Unchecked)), None)
    texts = {
        "claim": trial.before.text,
        "changed": trial.after.text if trial.after.text != trial.before.text else "",
        "sources": ", ".join(source.file for source in trial.after.sources),
    }
    facts = {"change": trial.change, **trial.draft.facts, **trial.claim.facts}
    if failed is not None:
        return Outcome(
            item.id, trial.draft.name, item.digest, CONSISTENT, None, fault_of(failed), facts=facts, texts=texts,
            usage=usage,
        )  # fmt: skip
    assert isinstance(before, Verdict) and isinstance(after, Verdict)
    return Outcome(
        id=item.id,
        cluster=trial.draft.name,
        digest=item.digest,
        gold=CONSISTENT,
        predicted=_relation(trial, before.label, after.label),
        confidence=after.confidence,
        scores=_scores(trial, before.label, after.label),
        facts={**facts, "before": before.label.value, "after": after.label.value, "basis": after.basis.value},
        texts={**texts, "justification": after.justification},
        usage=usage,
    )


def _relation(trial: Trial, before: Label, after: Label) -> str:
    """Whether the labels are as they must be. That nothing was supported before proves nothing after it."""
    if trial.allowed is None:
        return CONSISTENT if after is before else INCONSISTENT
    if after not in trial.allowed:
        return INCONSISTENT
    return CONSISTENT if before is trial.claim.verdict else WRONG_BEFORE


def _scores(trial: Trial, before: Label, after: Label) -> dict[str, float]:
    scores = {"right_before": float(before is trial.claim.verdict)}
    if trial.allowed is None:
        return scores
    scores["false_reassurance"] = float(after is Label.SUPPORTED)
    if before is trial.claim.verdict:
        scores["consistent_if_right_before"] = float(after in trial.allowed)
    return scores
