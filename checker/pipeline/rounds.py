"""Many claims judged at once: what their judgements ask of the model inside is read in one batch for all of them.

The model uses every core by itself. Workers that judge one claim each would gain nothing beside it: they would take
the interpreter away from it between two products of matrices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from checker.model import Article, Claim, Unchecked, Verdict
from checker.ports import PairReader, Retrieval
from checker.verify.asking import Asking, Pairs
from checker.verify.isolated import isolated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_STAGE = "verify"
_TOGETHER = 32
"""Claims judged at once: some hundred pairs a round keep every core at work, and the first answers come soon."""


class Single(Protocol):
    """Judges one claim of `article` against what was found for it."""

    def judgement(self, article: Article, claim: Claim, found: Retrieval) -> Asking[Verdict]: ...


@dataclass(frozen=True)
class InRounds:
    """The judgements of `single`, some claims at a time; one that fails leaves an `Unchecked` and no other does."""

    single: Single
    reader: PairReader

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`."""
        rest = iter(pairs)
        while window := [
            _Case(claim, self.single.judgement(article, claim, found)) for claim, found in islice(rest, _TOGETHER)
        ]:
            for case in window:
                case.start()
            while asking := [case for case in window if case.asks]:
                self._answer(asking)
            yield from (case.answer for case in window if case.answer is not None)

    def _answer(self, asking: Sequence[_Case]) -> None:
        """One round: all is read at once, or, where that fails, each claim's own, so that the fault finds its claim."""
        pairs = [pair for case in asking for pair in case.asks]
        rows = isolated(asking[0].claim, _STAGE, partial(self.reader.read, pairs))
        if isinstance(rows, Unchecked):
            for case in asking:
                case.go_on(isolated(case.claim, _STAGE, partial(self.reader.read, case.asks)))
            return
        at = 0
        for case in asking:
            own = rows[at : at + len(case.asks)]
            at += len(own)
            case.go_on(own)


class _Case:
    """One claim's judgement under way: what it `asks` to have read, or its `answer`."""

    def __init__(self, claim: Claim, judgement: Asking[Verdict]) -> None:
        self.claim = claim
        self.asks: Pairs = ()
        self.answer: Verdict | Unchecked | None = None
        self._judgement = judgement

    def start(self) -> None:
        self.answer = isolated(self.claim, _STAGE, lambda: self._step(None))

    def go_on(self, rows: Rows | Unchecked) -> None:
        """Send `rows` to the judgement; where reading failed, that is the answer."""
        self.asks = ()
        if isinstance(rows, Unchecked):
            self._judgement.close()
            self.answer = rows
        else:
            self.answer = isolated(self.claim, _STAGE, lambda: self._step(rows))

    def _step(self, rows: Rows | None) -> Verdict | None:
        try:
            self.asks = next(self._judgement) if rows is None else self._judgement.send(rows)
        except StopIteration as done:
            made: Verdict = done.value
            return made
        return None
