"""Batches of token rows, packed without padding and worked on by all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

BATCH_TOKENS = 512
"""Most tokens of a batch, but for a longer row: what is made of them on the way stays in a core's cache."""

_BLAS_THREADS = "OPENBLAS_NUM_THREADS"
"""Where it is 1, numpy's products of matrices stay on the thread that asks for them; the command sets it so."""


def in_batches(rows: Sequence[Sequence[int]], work: Callable[[slice], Floats]) -> list[Floats]:
    """What `work` makes of each batch of neighbouring rows, in their order; as many at once as there are cores.

    Batches do not depend on the number of cores, so answers do not either.
    """
    batches = _batches([len(row) for row in rows])
    threads = min(len(batches), _workers())
    if threads <= 1:
        return [work(batch) for batch in batches]
    with ThreadPoolExecutor(threads, thread_name_prefix="model") as pool:
        return list(pool.map(work, batches))


def _batches(lengths: Sequence[int]) -> list[slice]:
    """Neighbouring rows in batches of about the same number of tokens."""
    most = BATCH_TOKENS
    if lengths:
        total = sum(lengths)
        most = max(total // (total // BATCH_TOKENS + 1) + 1, *lengths)
    found: list[slice] = []
    start = tokens = 0
    for at, length in enumerate(lengths):
        if at > start and tokens + length / 2 > most:
            found.append(slice(start, at))
            start, tokens = at, 0
        tokens += length
    return [*found, slice(start, len(lengths))] if lengths else found


def _workers() -> int:
    """As many as this process may use cores; one where BLAS has threads of its own, which would get in their way."""
    if os.environ.get(_BLAS_THREADS) != "1":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
