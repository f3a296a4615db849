"""The sentence encoder inside the package: all-MiniLM-L6-v2 in numpy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from checker.embedded.batches import in_batches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from checker.embedded.transformer import Transformer

NAME = "all-MiniLM-L6-v2/int8-64"
DIMENSION = 384
MOST_TOKENS = 256
"""Tokens read of a text; the rest is not seen. Passages are cut well below that."""

_HEADS = 12
_WEIGHTS = Path(str(files("checker.embedded"))) / "weights"


class SentenceEncoder:
    """Vectors for sentences and short passages. Weights are loaded at the first use; safe to share among threads."""

    name = NAME
    dimension = DIMENSION

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), 384), float32, each of length 1, in the order of `texts`."""
        import numpy as np

        tokenizer, transformer = self._loaded
        rows = [encoding.ids for encoding in tokenizer.encode_batch([clean(text) for text in texts])]

        def vectors(batch: slice) -> NDArray[np.float32]:
            return _pooled(transformer, rows[batch])

        return np.concatenate([np.zeros((0, DIMENSION), dtype=np.float32), *in_batches(rows, vectors)])

    @property
    def _loaded(self) -> tuple[Tokenizer, Transformer]:
        with self._lock:
            return self._parts

    @cached_property
    def _parts(self) -> tuple[Tokenizer, Transformer]:
        from tokenizers import Tokenizer

        from checker.embedded.transformer import Transformer, load

        tokenizer = Tokenizer.from_file(str(_WEIGHTS / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MOST_TOKENS)
        return tokenizer, Transformer(load(_WEIGHTS / "encoder.npz"), _HEADS)


def _pooled(transformer: Transformer, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """The mean over each row's tokens, shape (len(rows), 384), brought to length 1."""
    import numpy as np

    lengths = np.array([len(row) for row in rows])
    states = transformer.states(np.concatenate(rows), lengths.tolist())
    pooled: NDArray[np.float32] = np.add.reduceat(states, lengths.cumsum() - lengths)
    pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)  # of whatever length, so no need to divide the sum
    return pooled


def clean(text: str) -> str:
    """`text` without lone surrogates, which the tokenizer cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
