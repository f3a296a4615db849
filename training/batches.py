"""Token rows of claim and evidence, and the order in which training meets them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.rows import Pair

CLAIM_MOST = 64
"""Word pieces of a claim that training reads; measuring and use read all of it."""

LABELS = ("SUPPORTED", "REFUTED", "NEI", "NOT_SUPPORTED")
_POOL = 40  # batches drawn together and cut by length: little padding, and still near random order


@dataclass(frozen=True, slots=True)
class Row:
    """Token ids of "[CLS] claim [SEP] evidence [SEP]", where the evidence begins, and the label's place in LABELS."""

    ids: tuple[int, ...]
    evidence_at: int
    label: int


def load_tokenizer(path: Path) -> Tokenizer:
    """The published tokenizer without its fixed padding and truncation."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def joined(tokenizer: Tokenizer, claim: Sequence[int], evidence: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """The ids of the pair and the place of the evidence's first token."""
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return (start, *claim, end, *evidence, end), len(claim) + 2


def rows(tokenizer: Tokenizer, pairs: Sequence[Pair], most: int) -> list[Row]:
    """One row a pair, at most `most` tokens long."""
    claims = tokenizer.encode_batch([pair.claim for pair in pairs], add_special_tokens=False)
    evidence = tokenizer.encode_batch([pair.evidence for pair in pairs], add_special_tokens=False)
    made = []
    for pair, left, right in zip(pairs, claims, evidence, strict=True):
        claim = left.ids[:CLAIM_MOST]
        ids, at = joined(tokenizer, claim, right.ids[: most - len(claim) - 3])
        made.append(Row(ids, at, LABELS.index(pair.label)))
    return made


def schedule(lengths: Sequence[int], shares: Sequence[float], budget: int, size: int, seed: int) -> list[list[int]]:
    """Batches of `size` places until `budget` pairs are met. Each epoch draws anew how often it meets a pair."""
    chance = random.Random(seed)
    batches: list[list[int]] = []
    left = budget
    while left > 0:
        drawn = [at for at, share in enumerate(shares) for _ in range(_times(share, chance))]
        chance.shuffle(drawn)
        epoch = []
        for start in range(0, len(drawn), size * _POOL):
            pool = sorted(drawn[start : start + size * _POOL], key=lambda at: lengths[at])
            cut = [pool[at : at + size] for at in range(0, len(pool), size)]
            chance.shuffle(cut)
            epoch.extend(cut)
        for batch in epoch:
            if left > 0:
                batches.append(batch)
                left -= len(batch)
    return batches


def _times(share: float, chance: random.Random) -> int:
    whole = int(share)
    return whole + (chance.random() < share - whole)


def padded(chosen: Sequence[Row], device: torch.device | str = "cpu") -> tuple[Tensor, Tensor, Tensor]:
    """(ids, segments, lengths) of a batch, as the network takes them."""
    longest = max(len(row.ids) for row in chosen)
    ids = torch.zeros((len(chosen), longest), dtype=torch.long)
    segments = torch.zeros_like(ids)
    for at, row in enumerate(chosen):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        segments[at, row.evidence_at : len(row.ids)] = 1
    lengths = torch.tensor([len(row.ids) for row in chosen])
    return ids.to(device), segments.to(device), lengths.to(device)
