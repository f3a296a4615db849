"""A judgement that stops wherever a model has to read, so that what many claims ask can be read in one batch."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, TypeVar

from checker.ports import PairReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

Pairs = Sequence[tuple[str, str]]
"""(claim, evidence) for each pair that is to be read."""

Asking = Generator[Pairs, "NDArray[np.float32]", T]
"""It gives the pairs that it wants read, is sent what `PairReader.read` says of them, and returns a T in the end."""


def finished(judgement: Asking[T], reader: PairReader | None) -> T:
    """What `judgement` returns; a `reader` is needed only where it asks."""
    try:
        pairs = next(judgement)
        while True:
            assert reader is not None
            pairs = judgement.send(reader.read(pairs))
    except StopIteration as done:
        made: T = done.value
        return made
