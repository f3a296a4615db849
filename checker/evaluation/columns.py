"""Rows of numbers read out of outcomes, one row an outcome in their order; NaN for an outcome that takes no part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from checker.evaluation import calibration
from checker.evaluation.records import Outcome
from checker.model import Label

Floats = NDArray[np.float64]

EXTRA = "extra"
_PROBLEMS = (Label.CONTRADICTED, Label.MIXED)
_NAN = float("nan")


def judged(outcome: Outcome) -> bool:
    """Whether the outcome is an answer that can be right or wrong: not a fault, not a count of extra claims."""
    return outcome.predicted is not None and outcome.facts.get("row") != EXTRA


def labels_of(outcomes: Sequence[Outcome], first: Sequence[str] = ()) -> tuple[str, ...]:
    """`first`, then every other label that the gold or an answer has, by name."""
    there = {label for item in outcomes if judged(item) for label in (item.gold, item.predicted) if label is not None}
    return (*first, *sorted(there - set(first)))


def confusion_rows(labels: Sequence[str], outcomes: Sequence[Outcome]) -> Floats:
    place = {label: at for at, label in enumerate(labels)}
    rows = np.full((len(outcomes), len(labels) ** 2), _NAN)
    for row, outcome in zip(rows, outcomes, strict=True):
        if judged(outcome) and outcome.predicted is not None:
            row[:] = 0
            row[place[outcome.gold] * len(labels) + place[outcome.predicted]] = 1
    return rows


def right_rows(outcomes: Sequence[Outcome]) -> Floats:
    return _pairs((outcome.right, 1) if judged(outcome) else None for outcome in outcomes)


def reassurance_rows(outcomes: Sequence[Outcome]) -> Floats:
    return _pairs(
        (outcome.predicted == Label.SUPPORTED, 1) if judged(outcome) and outcome.gold != Label.SUPPORTED else None
        for outcome in outcomes
    )


def accusation_rows(outcomes: Sequence[Outcome]) -> Floats:
    return _pairs(
        (outcome.predicted == Label.CONTRADICTED, 1) if judged(outcome) and outcome.gold == Label.SUPPORTED else None
        for outcome in outcomes
    )


def problem_rows(outcomes: Sequence[Outcome]) -> Floats:
    """Of claims that an editor has to act on, whether the answer says so."""
    return _pairs(
        (outcome.predicted in _PROBLEMS, 1) if judged(outcome) and outcome.gold in _PROBLEMS else None
        for outcome in outcomes
    )


def alarm_rows(outcomes: Sequence[Outcome]) -> Floats:
    """Of claims that the sources support, whether the answer is that an editor has to act on them."""
    return _pairs(
        (outcome.predicted in _PROBLEMS, 1) if judged(outcome) and outcome.gold == Label.SUPPORTED else None
        for outcome in outcomes
    )


def changed_rows(change: str, outcomes: Sequence[Outcome]) -> Floats:
    """Rightness of the outcomes with that fact "change"."""
    return _pairs(
        (outcome.right, 1) if judged(outcome) and outcome.facts.get("change") == change else None
        for outcome in outcomes
    )


def pair_rows(outcomes: Sequence[Outcome]) -> Floats:
    """Whether both of a contrast pair are right, and 1, on its first member; a pair lacking an answer is left out."""
    members: dict[str, list[int]] = {}
    for at, outcome in enumerate(outcomes):
        if name := outcome.facts.get("pair"):
            members.setdefault(name, []).append(at)
    rows = np.full((len(outcomes), 2), _NAN)
    for places in members.values():
        if len(places) > 1 and all(judged(outcomes[at]) for at in places):
            rows[places[0]] = all(outcomes[at].right for at in places), 1
    return rows


def score_rows(name: str, outcomes: Sequence[Outcome]) -> Floats:
    return _pairs(
        (outcome.scores[name], 1) if outcome.predicted is not None and name in outcome.scores else None
        for outcome in outcomes
    )


def count_rows(names: Sequence[str], outcomes: Sequence[Outcome]) -> Floats:
    """The counts of those names; one that is missing is 0.

    An outcome that has none of them takes no part, and none does where the first is nowhere counted.
    """
    rows = np.full((len(outcomes), len(names)), _NAN)
    counted = any(names[0] in outcome.scores for outcome in outcomes)
    for row, outcome in zip(rows, outcomes, strict=True):
        if counted and outcome.predicted is not None and any(name in outcome.scores for name in names):
            row[:] = [outcome.scores.get(name, 0.0) for name in names]
    return rows


def confident_rows(outcomes: Sequence[Outcome]) -> Floats:
    """Rightness and confidence."""
    return _pairs(
        (outcome.right, outcome.confidence) if judged(outcome) and outcome.confidence is not None else None
        for outcome in outcomes
    )


def bin_rows(outcomes: Sequence[Outcome]) -> Floats:
    rows = confident_rows(outcomes)
    known = ~np.isnan(rows[:, 0])
    made = np.full((len(rows), 3 * calibration.BINS), _NAN)
    made[known] = calibration.binned(rows[known, 0], rows[known, 1])
    return made


def square_rows(outcomes: Sequence[Outcome]) -> Floats:
    rows = confident_rows(outcomes)
    return np.stack([(rows[:, 1] - rows[:, 0]) ** 2, rows[:, 0] * 0 + 1], axis=1)


def not_supported_rows(outcomes: Sequence[Outcome]) -> Floats:
    """Whether the gold is not "supported", and the probability the engine gives to that."""
    return _pairs(
        (outcome.gold != Label.SUPPORTED, 1 - outcome.probabilities[Label.SUPPORTED])
        if judged(outcome) and Label.SUPPORTED in outcome.probabilities
        else None
        for outcome in outcomes
    )


def label_square_rows(labels: Sequence[str], outcomes: Sequence[Outcome]) -> Floats:
    """The squared distance of an outcome's probabilities from the gold, and 1."""
    return _pairs(
        (sum((item.probabilities.get(label, 0.0) - (label == item.gold)) ** 2 for label in labels), 1)
        if judged(item) and item.probabilities
        else None
        for item in outcomes
    )


def _pairs(values: Iterable[tuple[float, float] | None]) -> Floats:
    """Two columns; None is an outcome that takes no part."""
    return np.array([(_NAN, _NAN) if value is None else value for value in values], dtype=float).reshape(-1, 2)
