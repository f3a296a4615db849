"""Figures for classification with their 95 % intervals: Wilson for proportions, bootstrap for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Floats = NDArray[np.float64]
_Z = 1.959964
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def wilson(hits: int, n: int) -> Figure:
    """The proportion hits / n with Wilson's interval."""
    if n == 0:
        return Figure(float("nan"), 0.0, 1.0)
    share, spread = hits / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return Figure(share, max(0.0, middle - half), min(1.0, middle + half))


def bootstrap(measure: Callable[[Places], float], n: int, seed: int = 1) -> Figure:
    """`measure` of all n places, with the percentile interval over resampled places."""
    chance = np.random.default_rng(seed)
    drawn = [measure(chance.integers(0, n, n)) for _ in range(RESAMPLES)]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Figure(measure(np.arange(n)), float(low), float(high))


def recalls(gold: Places, said: Places, classes: int) -> Floats:
    """Recall of each class; NaN for one that `gold` lacks."""
    table = np.bincount(gold * classes + said, minlength=classes * classes).reshape(classes, classes)
    with np.errstate(invalid="ignore"):
        return np.diag(table) / table.sum(axis=1)


def balanced_accuracy(gold: Places, said: Places, classes: int) -> float:
    """Mean recall of the classes that are there."""
    return float(np.nanmean(recalls(gold, said, classes)))


def macro_f1(gold: Places, said: Places, classes: int) -> float:
    """Mean F1 of the classes that `gold` or `said` has."""
    table = np.bincount(gold * classes + said, minlength=classes * classes).reshape(classes, classes)
    met = table.sum(axis=0) + table.sum(axis=1)
    return float((2 * np.diag(table)[met > 0] / met[met > 0]).mean())


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error over `bins` bins of equal size."""
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts) / len(order))
