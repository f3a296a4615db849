"""How far people who labelled the same things agree, beyond what chance would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.evaluation.resampling import by_cluster, drawn_totals, percentile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient with its 95 % interval by the cluster bootstrap, over `n` things of `clusters` articles."""

    value: float
    low: float
    high: float
    n: int
    clusters: int


def cohen_kappa(first: Sequence[str], second: Sequence[str], clusters: Sequence[str] = ()) -> Agreement:
    """Cohen's kappa of two annotators; the interval is over `clusters`, or over single things where none are given."""
    labels = sorted({*first, *second})
    groups = clusters or tuple(str(at) for at in range(len(first)))
    rows = np.zeros((len(first), len(labels) ** 2))
    place = {label: at for at, label in enumerate(labels)}
    cells = [place[one] * len(labels) + place[other] for one, other in zip(first, second, strict=True)]
    rows[np.arange(len(first)), cells] = 1
    return _agreement(rows, groups, lambda sums: kappa_of(sums.reshape(*sums.shape[:-1], len(labels), len(labels))))


def kappa_by_label(first: Sequence[str], second: Sequence[str], clusters: Sequence[str] = ()) -> dict[str, Agreement]:
    """Cohen's kappa of each label against all the others."""
    return {
        label: cohen_kappa([str(one == label) for one in first], [str(one == label) for one in second], clusters)
        for label in sorted({*first, *second})
    }


def kappa_of(table: Floats) -> Floats:
    """Cohen's kappa of tables of counts `(..., labels, labels)`; NaN where chance alone would agree always."""
    total = table.sum(axis=(-2, -1))
    agreed = np.trace(table, axis1=-2, axis2=-1) / total
    chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / total**2
    kappa: Floats = np.divide(agreed - chance, 1 - chance, out=np.full_like(agreed, np.nan), where=chance < 1)
    return kappa


def krippendorff_alpha(units: Sequence[Mapping[str, str]], clusters: Sequence[str] = ()) -> Agreement:
    """Krippendorff's alpha for nominal labels; each unit is the labels it got, by annotator, and some may be missing.

    A unit with one label or none says nothing of agreement and takes no part.
    """
    labels = sorted({label for unit in units for label in unit.values()})
    place = {label: at for at, label in enumerate(labels)}
    rows = np.full((len(units), len(labels) ** 2), np.nan)
    for at, unit in enumerate(units):
        if len(unit) > 1:
            counts = np.bincount([place[label] for label in unit.values()], minlength=len(labels)).astype(float)
            rows[at] = ((np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)).ravel()
    groups = clusters or tuple(str(at) for at in range(len(units)))
    return _agreement(rows, groups, lambda sums: alpha_of(sums.reshape(*sums.shape[:-1], len(labels), len(labels))))


def alpha_of(coincidences: Floats) -> Floats:
    """Krippendorff's alpha of tables of coincidences `(..., labels, labels)`; NaN where only one label occurs."""
    each = coincidences.sum(axis=-1)
    total = each.sum(axis=-1)
    seen = total - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = (total**2 - (each**2).sum(axis=-1)) / np.maximum(total - 1, 1)
    alpha: Floats = 1 - np.divide(seen, expected, out=np.full_like(total, np.nan), where=expected > 0)
    return alpha


def _agreement(rows: Floats, clusters: Sequence[str], figure: Callable[[Floats], Floats]) -> Agreement:
    places = np.flatnonzero(~np.isnan(rows).any(axis=1))
    kept, groups = rows[places], [clusters[int(at)] for at in places]
    if not len(kept):
        return Agreement(float("nan"), float("nan"), float("nan"), 0, 0)
    sums = by_cluster(kept, groups)
    value = float(figure(sums.sum(axis=0)))
    return Agreement(value, *percentile(figure(drawn_totals(sums))), len(kept), len(sums))
