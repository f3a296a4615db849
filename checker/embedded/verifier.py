"""The verifier inside the package: a cross-encoder that reads a claim and a text of a source together."""

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

MOST_TOKENS = 256
"""Word pieces of claim and evidence together; a caller cuts longer evidence into windows."""

_HEADS = 12
_WEIGHTS = Path(str(files("checker.embedded"))) / "weights"


class EmbeddedReader:
    """Probabilities that a text supports a claim, contradicts it, or leaves it open. Safe to share among threads.

    The input is "[CLS] claim [SEP] evidence [SEP]". The head reads the mean over the evidence's word pieces u and the
    mean over the claim's v as [u, v, |u - v|, u * v] (Mou et al. 2016, section 3.3).
    """

    def __init__(self, weights: Path = _WEIGHTS / "verifier.npz") -> None:
        self._paths = weights, _WEIGHTS / "tokenizer.json"
        self._lock = threading.Lock()

    @cached_property
    def name(self) -> str:
        """Names the weights by their digest, so that what was read with others is not taken for theirs."""
        import hashlib

        return f"minilm-verifier/{hashlib.sha256(self._paths[0].read_bytes()).hexdigest()[:12]}"

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """(supported, contradicted, open) for each (claim, evidence), shape (n, 3), rows that add up to 1."""
        import numpy as np

        from checker.embedded.encoder import clean

        tokenizer, transformer = self._loaded
        claims = tokenizer.encode_batch([clean(claim) for claim, _ in pairs], add_special_tokens=False)
        texts = tokenizer.encode_batch([clean(text) for _, text in pairs], add_special_tokens=False)
        start, end = (int(tokenizer.token_to_id(mark) or 0) for mark in ("[CLS]", "[SEP]"))
        rows: list[list[int]] = []
        places: list[int] = []
        for claim, text in zip(claims, texts, strict=True):
            ours = claim.ids[: MOST_TOKENS // 2]
            rows.append([start, *ours, end, *text.ids[: MOST_TOKENS - len(ours) - 3], end])
            places.append(len(ours) + 2)
        temperature = transformer.weights["calibration.temperature"][0]

        def answers(batch: slice) -> NDArray[np.float32]:
            return _softmax(logits(transformer, rows[batch], places[batch]) / temperature)

        return np.concatenate([np.zeros((0, 3), dtype=np.float32), *in_batches(rows, answers)])

    @property
    def _loaded(self) -> tuple[Tokenizer, Transformer]:
        with self._lock:
            return self._parts

    @cached_property
    def _parts(self) -> tuple[Tokenizer, Transformer]:
        from tokenizers import Tokenizer

        from checker.embedded.transformer import Transformer, load

        weights, words = self._paths
        tokenizer = Tokenizer.from_file(str(words))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer, Transformer(load(weights), _HEADS)


def logits(transformer: Transformer, rows: Sequence[Sequence[int]], places: Sequence[int]) -> NDArray[np.float32]:
    """Logits (supported, contradicted, open), shape (n, 3), for rows of ids; the evidence begins at each place."""
    import numpy as np

    w = transformer.weights
    lengths = [len(row) for row in rows]
    # Claim, evidence, claim, evidence: of every second stretch the segment is 1.
    stretches = np.array(
        [size for length, place in zip(lengths, places, strict=True) for size in (place, length - place)]
    )
    segments = np.repeat(np.arange(len(stretches)) % 2, stretches)
    states = transformer.states(np.concatenate(rows), lengths, segments)
    means = np.add.reduceat(states, stretches.cumsum() - stretches) / stretches[:, None].astype(np.float32)
    v, u = means[0::2], means[1::2]
    features = np.concatenate([u, v, np.abs(u - v), u * v], axis=1)
    hidden = np.maximum(features @ w["head.hidden.weight"].T + w["head.hidden.bias"], 0)
    made: NDArray[np.float32] = hidden @ w["head.final.weight"].T + w["head.final.bias"]
    return made


def _softmax(found: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    spread = np.exp(found - found.max(axis=1, keepdims=True))
    made: NDArray[np.float32] = spread / spread.sum(axis=1, keepdims=True)
    return made
