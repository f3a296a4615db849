"""Calibration and abstention, counted by hand and again from the definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evaluation import calibration

_ITEMS = st.lists(st.tuples(st.booleans(), st.integers(0, 20).map(lambda n: n / 20)), min_size=1, max_size=40)
RIGHT, SURE = np.array([1.0, 1, 0, 1, 0]), np.array([0.95, 0.9, 0.9, 0.55, 0.5])


def test_error_of_bins_counted_by_hand() -> None:
    """Ten bins: one item in the last, two at 0.9 half right, one at 0.55, one at 0.5 that is wrong."""
    gaps = [abs(0.95 - 1), abs(1.8 - 1), abs(0.55 - 1), abs(0.5 - 0)]
    assert calibration.ece(RIGHT, SURE, bins=10) == pytest.approx(sum(gaps) / 5)
    assert calibration.ece_adaptive(RIGHT, SURE, bins=5) == pytest.approx((0.05 + 0.1 + 0.9 + 0.45 + 0.5) / 5)


def test_a_bound_belongs_to_the_bin_below_it() -> None:
    """Bins are open below and closed above; zero is in the first."""
    assert calibration.bin_of(np.array([0.0, 0.2, 0.2000001, 1.0]), bins=5).tolist() == [0, 0, 1, 4]


@given(_ITEMS)
def test_the_error_agrees_with_its_definition(items: list[tuple[bool, float]]) -> None:
    """ECE coded again: for each of 15 bins, its share of the items times the gap of its means."""
    right, sure = np.array([hit for hit, _ in items], float), np.array([value for _, value in items])
    edges = np.linspace(0, 1, 16)
    error = 0.0
    for at in range(15):
        inside = (sure > edges[at]) & (sure <= edges[at + 1]) if at else sure <= edges[1]
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    assert calibration.ece(right, sure) == pytest.approx(error, abs=1e-9)


def test_brier_scores_by_hand() -> None:
    """Mean squares: of confidence less rightness, and of all probabilities less the one-hot gold."""
    assert calibration.brier(np.array([1.0, 0]), np.array([0.8, 0.4])) == pytest.approx((0.04 + 0.16) / 2)
    held, said = np.array([[1.0, 0, 0]]), np.array([[0.5, 0.3, 0.2]])
    assert calibration.brier_by_label(held, said) == pytest.approx(0.25 + 0.09 + 0.04)


def test_risk_and_coverage_by_hand() -> None:
    """Thresholds cannot part a tie: the two at 0.9 are kept together."""
    points = calibration.risk_coverage(RIGHT, SURE)
    assert [kept.coverage for kept in points] == pytest.approx([0.2, 0.6, 0.8, 1])
    assert [kept.risk for kept in points] == pytest.approx([0, 1 / 3, 1 / 4, 2 / 5])
    assert calibration.coverage_at(RIGHT, SURE, 0.3) == pytest.approx(0.8)
    assert calibration.coverage_at(RIGHT, SURE, 0.05) == pytest.approx(0.2)
    assert calibration.coverage_at(1 - RIGHT, SURE, 0.05) == 0


def test_the_area_under_risk_takes_the_mean_over_ties() -> None:
    """Risks at one to five kept: 0, half a wrong in two, one in three, one in four, two in five."""
    assert calibration.aurc(RIGHT, SURE) == pytest.approx((0 + 0.5 / 2 + 1 / 3 + 1 / 4 + 2 / 5) / 5)


@given(_ITEMS)
def test_the_area_without_ties_is_the_mean_running_risk(items: list[tuple[bool, float]]) -> None:
    """AURC is the mean over k of the share wrong among the k surest."""
    right = np.array([hit for hit, _ in items], float)
    sure = np.linspace(1, 0.1, len(items))
    running = [1 - right[:k].mean() for k in range(1, len(items) + 1)]
    assert calibration.aurc(right, sure) == pytest.approx(float(np.mean(running)), abs=1e-9)


def test_bins_of_the_diagram_hold_all_items() -> None:
    """Every item is in one bin, and the bins' means are theirs."""
    bins = calibration.reliability(RIGHT, SURE)
    assert sum(item.n for item in bins) == 5
    last = bins[-1]
    assert (last.n, last.confidence, last.right) == (1, pytest.approx(0.95), 1)
