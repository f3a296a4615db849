"""Figures of one search, by the conventions of trec_eval and BEIR. A figure over many searches is their mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2


def ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Ids from the best down. Equal scores go by id, the later in the alphabet first, as trec_eval has it."""
    return tuple(sorted(sorted(scores, reverse=True), key=lambda name: -scores[name]))


def recall_at(found: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant ids among the first `k`; 0 where none is relevant."""
    return len(set(found[:k]) & set(relevant)) / len(set(relevant)) if relevant else 0.0


def full_set_at(found: Sequence[str], sets: Collection[Collection[str]], k: int) -> float:
    """1 where all of some evidence set is among the first `k`, else 0.

    A set is what is needed together; the sets are alternatives, each enough alone.
    """
    first = set(found[:k])
    return float(any(members and first.issuperset(members) for members in map(set, sets)))


def ndcg_at(found: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """The gain of the first `k` over the best possible: the gain is the grade, the discount log2(rank + 1)."""
    best = _discounted(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    return _discounted([max(grades.get(name, 0.0), 0.0) for name in found[:k]]) / best if best else 0.0


def reciprocal_rank(found: Sequence[str], relevant: Collection[str], k: int | None = None) -> float:
    """One over the rank of the first relevant id among the first `k` (or all); 0 where there is none."""
    wanted = set(relevant)
    return next((1 / rank for rank, name in enumerate(found[:k], 1) if name in wanted), 0.0)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))
