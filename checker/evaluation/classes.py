"""Figures of a classifier. Each is a function of the table of counts, so that resampled tables cost one call.

A table has gold labels down and predicted labels across, both in one order. Every function takes any number of tables
at once: an array `(..., labels, labels)` gives an array `(...)`. A ratio with nothing below the line is 0, as
scikit-learn has it with `zero_division=0`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def confusion(gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> Floats:
    """The table of counts, `(labels, labels)`. A label that is not among `labels` is a KeyError."""
    place = {label: at for at, label in enumerate(labels)}
    table = np.zeros((len(labels), len(labels)))
    for said, held in zip(predicted, gold, strict=True):
        table[place[held], place[said]] += 1
    return table


def accuracy(table: Floats) -> Floats:
    """The share that is right."""
    return _ratio(np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)))


def precision(table: Floats, at: int) -> Floats:
    """Of what is called the label at `at`, the share that is."""
    return _ratio(table[..., at, at], table[..., :, at].sum(axis=-1))


def recall(table: Floats, at: int) -> Floats:
    """Of what is the label at `at`, the share that is called so."""
    return _ratio(table[..., at, at], table[..., at, :].sum(axis=-1))


def f1(table: Floats, at: int) -> Floats:
    """The harmonic mean of precision and recall of the label at `at`."""
    return _ratio(2 * table[..., at, at], table[..., :, at].sum(axis=-1) + table[..., at, :].sum(axis=-1))


def macro_f1(table: Floats, among: int | None = None) -> Floats:
    """The mean F1 of those of the first `among` labels that occur, in the gold or in the answers.

    A label that neither has is not a label of this data; one that is only answered counts as 0.
    """
    count = table.shape[-1] if among is None else among
    there = table.sum(axis=-1) + table.sum(axis=-2) > 0
    each = np.stack([f1(table, at) for at in range(count)], axis=-1)
    return _mean_where(each, there[..., :count])


def balanced_accuracy(table: Floats) -> Floats:
    """The mean recall over the labels that the gold has."""
    each = np.stack([recall(table, at) for at in range(table.shape[-1])], axis=-1)
    return _mean_where(each, table.sum(axis=-1) > 0)


def folded(table: Floats, at: int) -> Floats:
    """The table `(..., 2, 2)` of the label at `at` against all the others, that label first."""
    both = table[..., at, at]
    called, held = table[..., :, at].sum(axis=-1), table[..., at, :].sum(axis=-1)
    neither = table.sum(axis=(-2, -1)) - called - held + both
    return np.stack([np.stack([both, held - both], axis=-1), np.stack([called - both, neither], axis=-1)], axis=-2)


def false_reassurance(table: Floats, supported: int) -> Floats:
    """Of what is not supported, the share that is called supported: the worst outcome there is."""
    two = folded(table, supported)
    return _ratio(two[..., 1, 0], two[..., 1, :].sum(axis=-1))


def false_accusation(table: Floats, supported: int, contradicted: int) -> Floats:
    """Of what is supported, the share that is called contradicted."""
    return _ratio(table[..., supported, contradicted], table[..., supported, :].sum(axis=-1))


def auroc(positive: Floats, score: Floats) -> float:
    """The chance that a positive item scores higher than a negative one, ties counted half; NaN with one kind only."""
    above, below = _thresholds(positive, score)
    hits, misses = above[-1], below[-1]
    if not hits or not misses:
        return float("nan")
    # Of the negatives at a threshold, how many positives are above it, and half of those that are at it.
    ahead = above - _gained(above) / 2
    return float((_gained(below) * ahead).sum() / (hits * misses))


def auprc(positive: Floats, score: Floats) -> float:
    """Average precision: the precision at each threshold, weighted by the recall it adds; NaN without a positive."""
    above, below = _thresholds(positive, score)
    if not above[-1]:
        return float("nan")
    return float((_gained(above) / above[-1] * above / (above + below)).sum())


def _thresholds(positive: Floats, score: Floats) -> tuple[Floats, Floats]:
    """Positives and negatives at or above each distinct score, from the highest score down."""
    if not len(score):
        return np.zeros(1), np.zeros(1)
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(positive[order])
    ordered = score[order]
    last = np.append(np.flatnonzero(ordered[1:] != ordered[:-1]), len(order) - 1)
    return hits[last], last + 1 - hits[last]


def _gained(running: Floats) -> Floats:
    """What each step adds to a running count."""
    return np.concatenate([running[:1], running[1:] - running[:-1]])


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=np.asarray(whole) != 0)


def _mean_where(values: Floats, there: NDArray[np.bool_]) -> Floats:
    return _ratio(np.where(there, values, 0.0).sum(axis=-1), there.sum(axis=-1).astype(float))
