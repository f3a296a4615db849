"""Tests for two systems on the same items: what both find hard cancels in the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.intervals import beta_share
from checker.evaluation.resampling import SEED

Floats = NDArray[np.float64]

_EXACT_UP_TO = 13  # clusters that differ: 8192 ways to swap them are all tried
_SWAPS = 10_000
_CELLS = 4_000_000  # drawn at a time, to bound memory
_SLACK = 1e-12  # two equal differences may differ in the last bit


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p of McNemar's test: of the items that one system alone gets right, half go to each by chance.

    It takes items as independent: where they come in clusters, `swapping` is the test.
    """
    count, fewer = only_first + only_second, min(only_first, only_second)
    return min(1.0, 2 * beta_share(0.5, count - fewer, fewer + 1)) if count else 1.0


def swapping(first: Floats, second: Floats, figure: Callable[[Floats], Floats], seed: int = SEED) -> float:
    """Two-sided p of the permutation test over clusters, for any figure of summed rows.

    `first` and `second` are `(clusters, columns)`, `figure` takes totals `(..., columns)`. Were the systems alike,
    their answers to a whole article could be swapped: p is the share of swaps with a difference at least as great.
    For a share of items this is the sign-flip test. Exact up to 13 clusters that differ, else 10,000 random swaps.
    """
    change = (second - first)[(first != second).any(axis=1)]
    base_first, base_second = first.sum(axis=0), second.sum(axis=0)
    observed = abs(figure(base_second) - figure(base_first)) - _SLACK
    extreme = tried = 0
    for moved in _moved(change, seed):
        differences = np.abs(figure(base_second - moved) - figure(base_first + moved))
        # What is not defined on a swap counts against the difference.
        extreme += int((~(differences < observed)).sum())
        tried += len(moved)
    return extreme / tried if len(change) <= _EXACT_UP_TO else (extreme + 1) / (tried + 1)


def sign_flip(differences: Floats, seed: int = SEED) -> float:
    """Two-sided p that the summed differences of clusters, `(clusters,)`, have no sign."""
    column = np.asarray(differences, dtype=float)[:, None]
    return swapping(np.zeros_like(column), column, lambda sums: sums[..., 0], seed)


def _moved(change: Floats, seed: int) -> Iterator[Floats]:
    """What swaps move from one system's totals to the other's, `(swaps, columns)`, some at a time."""
    count = len(change)
    if count <= _EXACT_UP_TO:
        yield (np.arange(2**count)[:, None] >> np.arange(count) & 1) @ change
        return
    # Clusters that change alike are swapped together, as how many of them are.
    kinds, often = np.unique(change, axis=0, return_counts=True)
    random, step = np.random.default_rng(seed), max(1, _CELLS // len(kinds))
    for at in range(0, _SWAPS, step):
        yield random.binomial(often, 0.5, size=(min(step, _SWAPS - at), len(kinds))) @ kinds


def detectable(error: float, n: int, power: float = 0.8, level: float = 0.95) -> float:
    """The smallest true difference that a comparison as sharp as this would find `power` of the time.

    `error` is the standard error of the difference; where the systems never differed, that of a single change in n.
    """
    normal = NormalDist()
    return (normal.inv_cdf((1 + level) / 2) + normal.inv_cdf(power)) * (error or 1 / max(n, 1))


def needed(error: float, n: int, difference: float) -> int:
    """How many items, at this sharpness an item, would make `difference` detectable."""
    return max(n, int(np.ceil(n * (detectable(error, n) / difference) ** 2))) if difference else n


def standard_error(values: Floats) -> float:
    """The spread of resampled differences."""
    known = values[~np.isnan(values)]
    return sqrt(float(known.var(ddof=1))) if len(known) > 1 else 0.0


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """The p-values raised by Holm's step-down rule, so that the chance of any false claim among them stays bounded."""
    raised, least = {}, 0.0
    for at, (name, value) in enumerate(sorted(values.items(), key=lambda pair: pair[1])):
        least = max(least, min(1.0, (len(values) - at) * value))
        raised[name] = least
    return {name: raised[name] for name in values}
