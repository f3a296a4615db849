"""The reader of pairs inside the package: pairs a second at given lengths, in one batch of what one claim asks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.timing import Timings, timed
from checker.embedded import EmbeddedReader

LENGTHS = (128, 64, 40)
"""Word pieces of claim and evidence together, the three marks included; 40 is the usual length of two sentences."""

_PAIRS = 64
_CLAIM = 20
_WORDS = ("harbour", "council", "report", "water", "bridge", "winter", "street", "money", "engine", "letter")
"""Words that are one piece each."""


def run(repeats: int = 15) -> Iterator[Timings]:
    """Batches of `_PAIRS` pairs of one length, after one batch that loads the weights and is not counted."""
    reader = EmbeddedReader()
    for length in LENGTHS:
        batches = [_pairs(length, seed) for seed in range(repeats + 1)]
        reader.read(batches[0])
        yield timed(f"read pairs of {length} pieces, {_PAIRS} at once", reader.read, batches[1:], each=_PAIRS)


def _pairs(length: int, seed: int) -> list[tuple[str, str]]:
    chance = np.random.default_rng(seed)

    def text(words: int) -> str:
        return " ".join(chance.choice(_WORDS, words))

    return [(text(_CLAIM), text(length - _CLAIM - 3)) for _ in range(_PAIRS)]
