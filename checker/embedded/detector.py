"""The claim detector inside the package: one hidden layer over a sentence's vector and its cues."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from checker.model import SentenceClass
from checker.ports import Detection, Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = dict[str, NDArray[np.float32]]

CLASSES = tuple(SentenceClass)
"""The classes in the order of the outputs; the check-worthiness comes after them."""
VECTOR_SCALE = 20.0
"""A vector of length 1 in 384 dimensions, brought to the size of the standardised cues."""
CUE_LIMIT = 4.0
"""Standard deviations beyond which a cue counts no more."""

_WEIGHTS = Path(str(files("checker.embedded"))) / "weights"


class ClaimDetector:
    """Says what a sentence is and how likely it is worth checking. Safe to share among threads.

    `encoder` has to be the one it was trained on, the encoder inside the package, or a memory of it.
    """

    def __init__(self, encoder: Encoder, weights: Path = _WEIGHTS / "detector.npz") -> None:
        self._encoder = encoder
        self._path = weights
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        """Names the weights by their digest."""
        import hashlib

        return f"claim-detector/{hashlib.sha256(self._path.read_bytes()).hexdigest()[:12]}"

    def detect(self, sentences: Sequence[str]) -> tuple[Detection, ...]:
        """One answer for each sentence, in their order; equal sentences have equal answers."""
        from checker.embedded.cues import cues

        if not sentences:
            return ()
        found = outputs(self._loaded, self._encoder.encode(sentences), cues(sentences))
        kinds, worth = probabilities(found, self._loaded)
        best = kinds.argmax(axis=1)
        return tuple(
            Detection(CLASSES[at], round(float(row[at]), 4), round(float(value), 4))
            for at, row, value in zip(best, kinds, worth, strict=True)
        )

    @property
    def _loaded(self) -> Weights:
        with self._lock:
            return self._parts

    @cached_property
    def _parts(self) -> Weights:
        import numpy as np

        with np.load(self._path) as stored:
            return {name: stored[name].astype(np.float32) for name in stored.files}


def inputs(weights: Weights, vectors: NDArray[np.float32], told: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the first layer reads: vectors (n, 384) and cues (n, `len(CUES)`), brought to one size."""
    import numpy as np

    level = np.clip((told - weights["cues.mean"]) / weights["cues.scale"], -CUE_LIMIT, CUE_LIMIT)
    return np.concatenate([vectors * np.float32(VECTOR_SCALE), level], axis=1).astype(np.float32)


def outputs(weights: Weights, vectors: NDArray[np.float32], told: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logits of the classes and, last, of check-worthiness, shape (n, `len(CLASSES)` + 1)."""
    import numpy as np

    read = inputs(weights, vectors, told)
    hidden = np.maximum(read @ weights["hidden.weight"].T + weights["hidden.bias"], 0)
    made: NDArray[np.float32] = hidden @ weights["final.weight"].T + weights["final.bias"]
    return made


def probabilities(found: NDArray[np.float32], weights: Weights) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Probabilities of the classes, rows that add up to 1, and of check-worthiness, from the outputs."""
    import numpy as np

    kinds = found[:, :-1] / weights["calibration.classes"][0]
    spread = np.exp(kinds - kinds.max(axis=1, keepdims=True))
    temperature, offset = weights["calibration.worth"]
    worth = 1 / (1 + np.exp(-(found[:, -1] / temperature + offset)))
    return spread / spread.sum(axis=1, keepdims=True), worth
