"""The cross-encoder alone, over windows of the evidence: what the model is worth without checks and abstention.

Of long evidence the window that is least likely to be silent gives the verdict; where a set only asks "supported or
not", the window likeliest to support does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from checker.embedded.windows import WINDOW, windows
from checker.evaluation.datasets.labels import NOT_SUPPORTED
from checker.evaluation.datasets.verification import Pair
from checker.evaluation.engines.judging import Judgement, likeliest
from checker.evaluation.records import Usage
from checker.evaluation.tasks.task import EngineCard
from checker.ports import PairReader

_AT_ONCE = 16
"""Claims whose windows are read in one batch."""


class ReaderJudge:
    """The probabilities of the reader of pairs, and nothing else; it never abstains."""

    def __init__(self, reader: PairReader, classes: Sequence[str]) -> None:
        self._reader = reader
        self._classes = tuple(classes)

    @cached_property
    def card(self) -> EngineCard:
        return EngineCard("reader", {"reader": self._reader.name}, parameters={"window": WINDOW})

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair, in their order."""
        for at in range(0, len(pairs), _AT_ONCE):
            some, begun = pairs[at : at + _AT_ONCE], time.perf_counter()
            read = [windows(pair.evidence) for pair in some]
            asked = [(pair.claim, window) for pair, own in zip(some, read, strict=True) for window in own]
            rows = iter(self._reader.read(asked).tolist())
            share = Usage(seconds=round((time.perf_counter() - begun) / len(some), 4))
            for own in read:
                yield replace(self._judged([next(rows) for _ in own]), usage=share)

    def _judged(self, rows: Sequence[Sequence[float]]) -> Judgement:
        if NOT_SUPPORTED in self._classes:
            supported, contradicted, silent = max(rows, key=lambda row: row[0])
        else:
            supported, contradicted, silent = min(rows, key=lambda row: row[2])
        return likeliest(self._classes, supported, contradicted, silent)
