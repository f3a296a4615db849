"""How far a confidence can be trusted, and what abstaining on the least sure would leave.

`right` is 1 or 0 an item, `confidence` the engine's own 0..1 that it is right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BINS = 15


@dataclass(frozen=True, slots=True)
class Bin:
    """A bin of a reliability diagram: its bounds, how many items it has, their mean confidence and share right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Kept:
    """A point of the risk-coverage curve: the share of items kept, the share of those that is wrong."""

    coverage: float
    risk: float
    threshold: float  # the least confidence that is kept


def bin_of(confidence: Floats, bins: int = BINS) -> NDArray[np.intp]:
    """The bin of each confidence: equal widths, the upper bound within, 0 in the first."""
    return np.clip(np.searchsorted(np.linspace(0, 1, bins + 1), confidence, side="left") - 1, 0, bins - 1)


def binned(right: Floats, confidence: Floats, bins: int = BINS) -> Floats:
    """One row an item, `(n, 3 * bins)`: 1, its confidence and its rightness in the columns of its bin.

    Rows add up, so the error of any set of items is `ece_of` of their sum.
    """
    rows, at, each = np.zeros((len(right), 3, bins)), bin_of(confidence, bins), np.arange(len(right))
    rows[each, 0, at], rows[each, 1, at], rows[each, 2, at] = 1, confidence, right
    return rows.reshape(len(right), 3 * bins)


def ece_of(sums: Floats) -> Floats:
    """Expected calibration error of summed rows of `binned`, `(..., 3 * bins)` to `(...)`."""
    count, confident, correct = np.moveaxis(sums.reshape(*sums.shape[:-1], 3, -1), -2, 0)
    total = count.sum(axis=-1)
    gap: Floats = np.abs(confident - correct).sum(axis=-1)
    return gap / np.where(total == 0, 1, total)


def ece(right: Floats, confidence: Floats, bins: int = BINS) -> float:
    """Expected calibration error over bins of equal width."""
    return float(ece_of(binned(right, confidence, bins).sum(axis=0)))


def ece_adaptive(right: Floats, confidence: Floats, bins: int = BINS) -> float:
    """The same over bins of equal mass: the items by confidence, cut into `bins` parts that differ by one at most."""
    order = np.argsort(confidence, kind="stable")
    parts = min(bins, len(order))
    if not parts:
        return 0.0
    starts = np.arange(parts) * (len(order) // parts) + np.minimum(np.arange(parts), len(order) % parts)
    return float(np.abs(np.add.reduceat((confidence - right)[order], starts)).sum() / len(order))


def brier(right: Floats, confidence: Floats) -> float:
    """The mean square of confidence less rightness."""
    return float(((confidence - right) ** 2).mean())


def brier_by_label(held: Floats, probabilities: Floats) -> float:
    """Brier's score over all labels, 0..2: `held` is one-hot, both are `(n, labels)`."""
    return float(((probabilities - held) ** 2).sum(axis=1).mean())


def reliability(right: Floats, confidence: Floats, bins: int = BINS) -> tuple[Bin, ...]:
    """The bins of equal width that have items, lowest first."""
    count, confident, correct = binned(right, confidence, bins).sum(axis=0).reshape(3, bins)
    return tuple(
        Bin(at / bins, (at + 1) / bins, int(n), float(confident[at] / n), float(correct[at] / n))
        for at, n in enumerate(count)
        if n
    )


def risk_coverage(right: Floats, confidence: Floats) -> tuple[Kept, ...]:
    """What is kept, and its risk, at each threshold on the confidence, the strictest first."""
    if not len(right):
        return ()
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(1 - right[order])
    last = _ends_of_ties(confidence[order])
    return tuple(
        Kept(float((at + 1) / len(order)), float(wrong[at] / (at + 1)), float(confidence[order[at]])) for at in last
    )


def aurc(right: Floats, confidence: Floats) -> float:
    """The mean risk of the k surest items over all k; within a tie, what it is on average over the orders."""
    order = np.argsort(-confidence, kind="stable")
    last = _ends_of_ties(confidence[order])
    kept = np.arange(1, len(order) + 1)
    wrong = np.interp(kept, np.append(0, last + 1), np.append(0.0, np.cumsum(1 - right[order])[last]))
    return float((wrong / kept).mean())


def coverage_at(right: Floats, confidence: Floats, risk: float) -> float:
    """The greatest share of items that some threshold keeps at no more than `risk`; 0 where none does."""
    order = np.argsort(-confidence, kind="stable")
    last = _ends_of_ties(confidence[order])
    share = np.cumsum(1 - right[order])[last] / (last + 1)
    kept = last[share <= risk + 1e-12]
    return float((kept[-1] + 1) / len(order)) if len(kept) else 0.0


def _ends_of_ties(ordered: Floats) -> NDArray[np.intp]:
    """The last place of each run of equal values."""
    return np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(ordered) - 1)
