"""A verifier out of a file: a torch checkpoint, or the exported weights by the shipped numpy forward pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.embedded.transformer import Transformer, load
from checker.embedded.verifier import logits
from training.batches import Row

Logits = NDArray[np.float64]
Model = Callable[[Sequence[Row]], Logits]
"""Logits of shape (n, 3) for rows, in their order."""

HEADS = 12
_BATCH_TOKENS = 8192


def load_model(path: Path) -> Model:
    """The model in `path`: `.npz` as `training.export_verifier` writes it, else a checkpoint of `train_verifier`."""
    return exported(path) if path.suffix == ".npz" else checkpoint(path)


def checkpoint(path: Path) -> Model:
    """The averaged weights of a `last.pt` or a `final.pt`, by torch in float32."""
    import torch

    from training.batches import padded
    from training.network import Network

    state = torch.load(path, map_location="cpu", weights_only=True)
    values = state["network"] | state.get("average", {})
    words, hidden = values["word.weight"].shape
    wide = values["layers.0.widen.weight"].shape[0]
    layers = sum(1 for name in values if name.endswith(".query.weight"))
    network = Network(words, values["position.weight"].shape[0], hidden, wide, layers)
    network.load_state_dict(values)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network.to(device).eval()

    @torch.no_grad()
    def answers(rows: Sequence[Row]) -> Logits:
        return np.asarray(network(*padded(rows, device)).cpu().numpy(), dtype=np.float64)

    return lambda rows: in_batches(answers, rows)


def exported(path: Path) -> Model:
    """The stored weights by the package's own forward pass."""
    transformer = Transformer(load(path), HEADS)

    def answers(rows: Sequence[Row]) -> Logits:
        found = logits(transformer, [row.ids for row in rows], [row.evidence_at for row in rows])
        return np.asarray(found, dtype=np.float64)

    return lambda rows: in_batches(answers, rows)


def in_batches(model: Model, rows: Sequence[Row]) -> Logits:
    """`model` over any number of rows, those of like length together."""
    found = np.zeros((len(rows), 3))
    order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
    at = 0
    while at < len(order):
        size = 1
        while at + size < len(order) and (size + 1) * len(rows[order[at + size]].ids) <= _BATCH_TOKENS:
            size += 1
        places = order[at : at + size]
        found[places] = model([rows[place] for place in places])
        at += size
    return found


def probabilities(logits: Logits, temperature: float = 1.0) -> Logits:
    """Softmax over the classes at a temperature."""
    scaled = logits / temperature
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    made: Logits = scaled / scaled.sum(axis=1, keepdims=True)
    return made
