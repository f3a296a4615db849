"""Verification given the evidence: what an engine says of a claim beside the evidence that it comes with."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.labels import parse_labels, within
from checker.evaluation.datasets.pairs import pair_rows
from checker.evaluation.datasets.rows import Row
from checker.evaluation.datasets.verification import Pair, Pairs, pairs_of, read_pairs
from checker.evaluation.engines.baselines import ClaimWords, Cosine, Majority, Overlap
from checker.evaluation.engines.folds import ClaimFolds
from checker.evaluation.engines.judging import Judge, Judgement
from checker.evaluation.engines.product import ProductJudge
from checker.evaluation.engines.reader import ReaderJudge
from checker.evaluation.records import Outcome
from checker.evaluation.tasks.task import Item, Request, Work
from checker.pipeline.engine import CASCADE, EMBEDDED, PROMPTED
from checker.pipeline.given import open_given
from checker.pipeline.opening import encoder_of, reader_of

_SHOWN = 2000
"""Characters of evidence kept for whoever reads the errors."""
_PRODUCT = (EMBEDDED, PROMPTED, CASCADE)


class Verify:
    """The task `verify`."""

    says = "verdicts on claims whose evidence is given"
    engines = (*_PRODUCT, "reader", "majority", "claim-only", "claim-folds", "overlap", "cosine")

    @contextmanager
    def opened(self, request: Request) -> Iterator[Work]:
        """The pairs of a file, or of the claims of a gold set, and the engine over them."""
        ready = request.published
        pairs = (
            _labelled(request)
            if request.data.is_dir()
            else read_pairs(
                request.data,
                parse_labels(request.labels),
                rationale=bool(ready and ready.rationale),
                cluster=ready.cluster if ready else "",
            )
        )
        with ExitStack() as stack:
            judge = _judge(request, pairs, stack)

            def answer(items: Sequence[Item]) -> Iterator[Outcome]:
                return _outcomes([item.value for item in items if isinstance(item.value, Pair)], judge, pairs.classes)

            yield Work(
                kind="verify",
                items=[Item(pair.id, pair.digest, pair) for pair in pairs.items],
                classes=pairs.classes,
                primary=ready.measure if ready else "macro_f1",
                card=judge.card,
                answer=answer,
            )


TASK = Verify()


def _labelled(request: Request) -> Pairs:
    """The claims of a gold set's split, each with the passages of its evidence."""
    rows = pair_rows(read_drafts(request.data, request.split))
    return pairs_of((Row(f"{request.data}, claim {row['id']}", row) for row in rows), str(request.data))


def _judge(request: Request, pairs: Pairs, stack: ExitStack) -> Judge:
    """The engine that is asked for; `stack` closes what it holds open."""
    settings, classes = request.settings, pairs.classes
    if request.engine in _PRODUCT:
        given = stack.enter_context(open_given(settings, request.engine, chat=request.chat))
        return ProductJudge(given, classes)
    if request.engine == "reader":
        return ReaderJudge(reader_of(settings), classes)
    if request.engine == "majority":
        return Majority(classes, [pair.gold for pair in pairs.items])
    if request.engine == "claim-folds":
        return ClaimFolds(classes, pairs.items)
    if request.engine == "cosine":
        return Cosine(encoder_of(settings), classes)
    return ClaimWords(classes) if request.engine == "claim-only" else Overlap(classes)


def _outcomes(pairs: Sequence[Pair], judge: Judge, classes: Sequence[str]) -> Iterator[Outcome]:
    """An outcome for each pair; seconds that the engine does not tell are from one answer to the next."""
    begun = time.perf_counter()
    for pair, judged in zip(pairs, judge.judge(pairs), strict=True):
        now = time.perf_counter()
        yield _outcome(pair, judged, classes, round(now - begun, 4))
        begun = now


def _outcome(pair: Pair, judged: Judgement, classes: Sequence[str], seconds: float) -> Outcome:
    return Outcome(
        id=pair.id,
        cluster=pair.cluster,
        digest=pair.digest,
        gold=pair.gold,
        predicted=None if judged.label is None else within(judged.label, classes),
        fault=judged.fault,
        confidence=judged.confidence,
        probabilities=judged.probabilities,
        facts={**pair.facts, **judged.facts},
        texts={"claim": pair.claim, "evidence": _shown(pair), **judged.texts},
        usage=replace(judged.usage, seconds=judged.usage.seconds or seconds),
    )


def _shown(pair: Pair) -> str:
    return " ¶ ".join(f"{title}: {text}" if title else text for title, text in pair.evidence)[:_SHOWN]
