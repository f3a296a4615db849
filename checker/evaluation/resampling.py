"""The cluster bootstrap: articles are drawn again with replacement, whole, since claims of one article are alike.

Everything is drawn from a fixed seed: the same outcomes give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.intervals import LEVEL

Floats = NDArray[np.float64]

SEED = 20250101
TOTALS = 10_000  # resamples where a figure is a function of sums
ITEMS = 2_000  # resamples where the items themselves must be put in order again
# Very large sets are resampled less often: their intervals are narrow, and what the drawing adds to them is nothing.
_LEAST_TOTALS, _DRAWN_TOTALS = 1_000, 50_000_000
_LEAST_ITEMS, _DRAWN_ITEMS = 400, 20_000_000
_CELLS = 4_000_000  # drawn at a time, to bound memory


def by_cluster(rows: Floats, clusters: Sequence[str]) -> Floats:
    """The rows of each cluster added up, `(clusters, columns)`. A row with NaN takes no part."""
    place = numbered(clusters)
    sums = np.zeros((int(place.max(initial=-1)) + 1, rows.shape[1]))
    np.add.at(sums, place, np.where(np.isnan(rows), 0.0, rows))
    return sums


def numbered(clusters: Sequence[str]) -> NDArray[np.intp]:
    """The number of each item's cluster, in order of first appearance."""
    first: dict[str, int] = {}
    return np.array([first.setdefault(name, len(first)) for name in clusters], dtype=np.intp)


def drawn_totals(sums: Floats, resamples: int | None = None, seed: int = SEED) -> Floats:
    """Totals of clusters drawn with replacement, `(resamples, columns)`: 10,000, or fewer of over 5,000 kinds of them.

    Clusters with the same sums are drawn together, as how often one of them comes up: the same distribution, and
    ten thousand resamples of fifty thousand single items take a moment.
    """
    count = len(sums)
    kinds, often = np.unique(sums, axis=0, return_counts=True)
    resamples = resamples or max(_LEAST_TOTALS, min(TOTALS, _DRAWN_TOTALS // max(1, len(kinds))))
    random, step = np.random.default_rng(seed), max(1, _CELLS // max(1, len(kinds)))
    chances = often / count
    parts = [
        random.multinomial(count, chances, size=min(step, resamples - at)) @ kinds for at in range(0, resamples, step)
    ]
    return np.concatenate(parts)


def drawn_items(clusters: Sequence[str], resamples: int | None = None, seed: int = SEED) -> Iterator[NDArray[np.intp]]:
    """The places of the items of each resample, in their order, an item as often as its cluster was drawn.

    2,000 resamples, or fewer of over 10,000 items.
    """
    resamples = resamples or max(_LEAST_ITEMS, min(ITEMS, _DRAWN_ITEMS // max(1, len(clusters))))
    place = numbered(clusters)
    count, each, random = int(place.max(initial=-1)) + 1, np.arange(len(place)), np.random.default_rng(seed)
    for _ in range(resamples):
        often = np.bincount(random.integers(0, count, size=count), minlength=count)
        yield np.repeat(each, often[place])


def percentile(values: Floats, level: float = LEVEL) -> tuple[float, float]:
    """The middle `level` of the resampled values; what could not be computed on a resample is left out."""
    known = values[~np.isnan(values)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
