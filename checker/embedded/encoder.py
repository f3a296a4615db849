"""The sentence encoder inside the package: all-MiniLM-L6-v2 in numpy."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

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
_BATCH_TOKENS = 4096
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

        made = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for batch, states, mask in self._batches(texts):
            pooled = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            made[batch] = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return made

    def _batches(self, texts: Sequence[str]) -> list[tuple[list[int], NDArray[np.float32], NDArray[np.float32]]]:
        """(places in `texts`, states, mask) of batches of like length, so that little is spent on padding."""
        import numpy as np

        tokenizer, transformer = self._loaded
        rows = [encoding.ids for encoding in tokenizer.encode_batch([clean(text) for text in texts])]
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        found = []
        at = 0
        while at < len(order):
            batch = [order[at]]
            while (
                at + len(batch) < len(order) and (len(batch) + 1) * len(rows[order[at + len(batch)]]) <= _BATCH_TOKENS
            ):
                batch.append(order[at + len(batch)])
            at += len(batch)
            length = len(rows[batch[-1]])
            ids = np.zeros((len(batch), length), dtype=np.int64)
            mask = np.zeros((len(batch), length), dtype=np.float32)
            for row, place in enumerate(batch):
                ids[row, : len(rows[place])] = rows[place]
                mask[row, : len(rows[place])] = 1
            found.append((batch, transformer.states(ids, mask), mask))
        return found

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


def clean(text: str) -> str:
    """`text` without lone surrogates, which the tokenizer cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")
