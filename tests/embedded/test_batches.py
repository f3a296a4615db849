"""Batches of token rows, and the threads that work on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.embedded import EmbeddedReader, SentenceEncoder
from checker.embedded.batches import BATCH_TOKENS, in_batches

SENTENCES = tuple(f"The {thing} cost {sum_} crowns." for thing in ("weir", "mole", "lock") for sum_ in range(20))


@given(st.lists(st.integers(1, 256), max_size=200))
def test_every_row_is_in_one_batch_in_order(lengths: list[int]) -> None:
    """Batches hold all rows in their order, none is empty, and none is much longer than it may be."""
    rows = [[at] * length for at, length in enumerate(lengths)]
    sizes: list[int] = []

    def firsts(batch: slice) -> np.typing.NDArray[np.float32]:
        sizes.append(sum(len(row) for row in rows[batch]))
        return np.asarray([row[0] for row in rows[batch]], dtype=np.float32)

    made = [at for batch in in_batches(rows, firsts) for at in batch.tolist()]
    assert made == list(range(len(rows)))
    assert all(0 < size <= BATCH_TOKENS + 256 for size in sizes)


def test_answers_do_not_depend_on_the_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """With threads and without them the models say the same."""
    pairs = [(one, other) for one in SENTENCES[:6] for other in SENTENCES]
    reader, encoder = EmbeddedReader(), SentenceEncoder()
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    alone = reader.read(pairs), encoder.encode(SENTENCES)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    assert reader.read(pairs) == pytest.approx(alone[0], abs=1e-6)
    assert encoder.encode(SENTENCES) == pytest.approx(alone[1], abs=1e-6)
