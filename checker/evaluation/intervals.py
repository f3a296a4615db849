"""Intervals for a share of items: Wilson, Clopper-Pearson, and both where the items come in clusters.

The bounds of Clopper and Pearson are quantiles of beta distributions. They are found by bisection on the regularised
incomplete beta function, which is evaluated by its continued fraction (Lentz's method): no library for it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVEL = 0.95
_TINY = 1e-300
_STEPS = 1000


def wilson(hits: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval for `hits` of `n`; neither need be whole. (0, 1) where n is 0."""
    if n <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = hits / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / n + spread / (4 * n))
    # At the ends the bound is exact, which the arithmetic misses by a rounding.
    return (max(0.0, middle - half) if hits else 0.0), (min(1.0, middle + half) if hits < n else 1.0)


def clopper_pearson(hits: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval for `hits` of `n`: it holds the truth at least as often as it says. (0, 1) where n is 0."""
    if n <= 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = beta_quantile(tail, hits, n - hits + 1) if hits > 0 else 0.0
    high = beta_quantile(1 - tail, hits + 1, n - hits) if hits < n else 1.0
    return low, high


def design_effect(hits: Sequence[float] | Floats, sizes: Sequence[float] | Floats) -> float:
    """How much wider the variance of a share is for coming in clusters than for single items; never under 1.

    `hits` of `sizes` by cluster. By linearisation, with the usual m/(m-1) for m clusters.
    """
    got, n = np.asarray(hits, dtype=float), np.asarray(sizes, dtype=float)
    total, clusters = n.sum(), int((n > 0).sum())
    share = got.sum() / total if total else 0.0
    if clusters < 2 or not 0 < share < 1:
        return 1.0
    variance = clusters / (clusters - 1) * ((got - share * n) ** 2).sum() / total**2
    return max(1.0, float(variance / (share * (1 - share) / total)))


def beta_quantile(share: float, a: float, b: float) -> float:
    """Where the beta distribution with `a` and `b` has `share` of its mass below, to 1e-12 or better."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_share(x: float, a: float, b: float) -> float:
    """The mass that the beta distribution with `a` and `b` has below `x`: the regularised incomplete beta function."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on the near side of the mean; the far side is one less its mirror image.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function."""
    upper = 1.0
    lower = 1 / _away(1 - (a + b) * x / (a + 1))
    value = lower
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / _away(1 + term * lower)
            upper = _away(1 + term / upper)
            value *= lower * upper
        if abs(lower * upper - 1) < 1e-15:
            break
    return value


def _away(value: float) -> float:
    """`value`, kept off zero so that it can be divided by."""
    return value if abs(value) > _TINY else _TINY
