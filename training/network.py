"""The verifier as a torch module: BERT with the parameter names of `checker.embedded.transformer`, and a pooled head.

The head reads the mean over the evidence's tokens u and over the claim's tokens v as [u, v, |u - v|, u * v]. A head on
the first token stays at chance for thousands of pairs here, because the sentence encoder never trained that token.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from training.export_encoder import read_safetensors, renamed

CLASSES = ("SUPPORTED", "REFUTED", "NEI")
HEADS = 12
_EPSILON = 1e-12
_HEAD_WIDTH = 384


class Layer(nn.Module):
    """One transformer layer with normalisation after each half, and GELU in the form the shipped forward pass uses."""

    def __init__(self, hidden: int, wide: int) -> None:
        super().__init__()
        for name in ("query", "key", "value", "output"):
            self.add_module(name, nn.Linear(hidden, hidden))
        self.widen = nn.Linear(hidden, wide)
        self.narrow = nn.Linear(wide, hidden)
        self.norms = nn.ModuleDict({name: nn.LayerNorm(hidden, eps=_EPSILON) for name in ("output", "narrow")})

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        n, length, hidden = x.shape
        query, key, value = (
            getattr(self, part)(x).view(n, length, HEADS, hidden // HEADS).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        mixed = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = self.get_submodule("output")(mixed.transpose(1, 2).reshape(n, length, hidden))
        x = self.norms["output"](x + attended)
        narrowed = self.narrow(F.gelu(self.widen(x), approximate="tanh"))
        normalised: Tensor = self.norms["narrow"](x + narrowed)
        return normalised


class Network(nn.Module):
    """Logits over `CLASSES` for token ids, segments (1 on the evidence) and the number of real tokens of each row."""

    def __init__(self, words: int, positions: int, hidden: int, wide: int, layers: int, drop: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(words, hidden)
        self.position = nn.Embedding(positions, hidden)
        self.segment = nn.Embedding(2, hidden)
        self.norm = nn.LayerNorm(hidden, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(hidden, wide) for _ in range(layers))
        self.hidden = nn.Linear(4 * hidden, _HEAD_WIDTH)
        self.final = nn.Linear(_HEAD_WIDTH, len(CLASSES))
        self.drop = nn.Dropout(drop)

    def forward(self, ids: Tensor, segments: Tensor, lengths: Tensor) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        real = places[None, :] < lengths[:, None]
        x = self.norm(self.word(ids) + self.position(places) + self.segment(segments))
        mask = None if bool(real.all()) else real[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        evidence = segments.bool() & real
        u, v = _mean(x, evidence), _mean(x, real & ~evidence)
        features = torch.cat([u, v, (u - v).abs(), u * v], dim=1)
        logits: Tensor = self.final(self.drop(F.relu(self.hidden(self.drop(features)))))
        return logits

    def freeze(self, layers: int) -> None:
        """Hold the word table and the lowest `layers` still: an epoch here meets most words too seldom to move them."""
        for module in (self.word, self.position, *self.layers[:layers]):
            module.requires_grad_(False)


def _mean(x: Tensor, chosen: Tensor) -> Tensor:
    weight = chosen.to(x.dtype)[:, :, None]
    return (x * weight).sum(dim=1) / weight.sum(dim=1).clamp(min=1)


def stored_names(state: Iterable[str]) -> dict[str, str]:
    """The name that `checker.embedded.transformer` reads for each parameter of a network's state."""
    names = {}
    for ours in state:
        head, _, rest = ours.partition(".")
        if head in ("word", "position", "segment"):
            names[ours] = f"embeddings.{head}"
        elif head == "norm":
            names[ours] = f"embeddings.norm.{rest}"
        elif head == "layers":
            number, *parts = rest.split(".")
            part = f"{parts[1]}.norm" if parts[0] == "norms" else parts[0]
            names[ours] = f"layer.{number}.{part}.{parts[-1]}"
        else:
            names[ours] = f"head.{head}.{rest}"
    return names


def from_arrays(arrays: Mapping[str, NDArray[np.float32]]) -> Network:
    """A network holding `arrays`; a head that is not among them starts at random (from torch's seed)."""
    words, hidden = arrays["embeddings.word"].shape
    layers = sum(1 for name in arrays if name.endswith(".query.weight"))
    wide = arrays["layer.0.widen.weight"].shape[0]
    network = Network(words, arrays["embeddings.position"].shape[0], hidden, wide, layers)
    state = network.state_dict()
    for ours, stored in stored_names(state).items():
        if stored in arrays:
            state[ours] = torch.from_numpy(np.array(arrays[stored], dtype=np.float32))
    network.load_state_dict(state)
    return network


def published_arrays(folder: Path) -> dict[str, NDArray[np.float32]]:
    """The published encoder's weights in `folder` (its `model.safetensors`), all 512 positions, under stored names."""
    tensors = read_safetensors(folder / "model.safetensors")
    return renamed(tensors) | {"embeddings.position": tensors["embeddings.position_embeddings.weight"]}
