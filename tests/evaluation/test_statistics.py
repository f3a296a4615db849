"""Intervals and tests, held against printed tables, closed forms and counts of all possibilities."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evaluation import agreement, intervals, paired, resampling


def test_wilson_as_printed() -> None:
    """81 of 263: Newcombe (1998) prints 0.2553 to 0.3662; 0 of 20: 0 to 0.1611."""
    assert intervals.wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert intervals.wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert intervals.wilson(0, 0) == (0, 1)


def test_clopper_pearson_as_printed() -> None:
    """Newcombe (1998) prints 0.2527 to 0.3676 for 81 of 263; with no hit the bound is 1 - 0.025^(1/n)."""
    assert intervals.clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)
    assert intervals.clopper_pearson(0, 300) == pytest.approx((0, 1 - 0.025 ** (1 / 300)), abs=1e-10)
    assert intervals.clopper_pearson(20, 20) == pytest.approx((0.025 ** (1 / 20), 1), abs=1e-10)


@given(st.integers(1, 30), st.data())
def test_exact_bounds_leave_their_tails(n: int, data: st.DataObject) -> None:
    """At either bound, the count that was seen or one further out has a chance of 2.5 %."""
    hits = data.draw(st.integers(0, n))
    low, high = intervals.clopper_pearson(hits, n)

    def chance(share: float, counts: range) -> float:
        return sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in counts)

    if hits:
        assert chance(low, range(hits, n + 1)) == pytest.approx(0.025, abs=1e-8)
    if hits < n:
        assert chance(high, range(hits + 1)) == pytest.approx(0.025, abs=1e-8)


def test_articles_that_are_alike_are_worth_fewer_claims() -> None:
    """Ten articles of ten claims, all right or all wrong, count like ten items; single items have no effect."""
    assert intervals.design_effect([10, 0] * 5, [10] * 10) == pytest.approx(10 * 10 / 9)
    assert intervals.design_effect([1, 0] * 50, [1] * 100) == pytest.approx(100 / 99)
    assert intervals.design_effect([10] * 10, [10] * 10) == 1


def test_drawing_sums_is_drawing_clusters() -> None:
    """Totals of resamples have the mean of the data, and the spread of drawing whole clusters."""
    random = np.random.default_rng(2)
    clusters = [f"c{at % 15}" for at in range(90)]
    rows = np.column_stack([random.integers(0, 2, 90), np.ones(90)]).astype(float)
    sums = resampling.by_cluster(rows, clusters)
    totals = resampling.drawn_totals(sums)
    assert totals.shape == (10_000, 2)
    assert totals.mean(axis=0) == pytest.approx(sums.sum(axis=0), rel=0.01)
    assert totals[:, 0].std() == pytest.approx(np.sqrt(15) * sums[:, 0].std(), rel=0.03)
    plain = [rows[places, 0].sum() for places in resampling.drawn_items(clusters)]
    assert np.std(plain) == pytest.approx(totals[:, 0].std(), rel=0.06)


def test_the_same_data_give_the_same_interval() -> None:
    """Everything is drawn from a fixed seed."""
    sums = np.arange(20.0).reshape(10, 2)
    assert (resampling.drawn_totals(sums) == resampling.drawn_totals(sums)).all()


def test_mcnemar_by_hand() -> None:
    """Eight discordant, one for the first: twice the chance of at most one head in eight throws."""
    assert paired.mcnemar(1, 7) == pytest.approx(2 * (1 + 8) / 2**8)
    assert paired.mcnemar(0, 0) == paired.mcnemar(3, 3) == 1


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=8))
def test_the_sign_flip_tries_every_sign(differences: list[int]) -> None:
    """With few clusters, p is the share of all signs whose sum is at least as far from zero."""
    observed = abs(sum(differences))
    signs = list(product((1, -1), repeat=len(differences)))
    as_far = sum(abs(sum(s * d for s, d in zip(way, differences, strict=True))) >= observed for way in signs)
    assert paired.sign_flip(np.array(differences, float)) == pytest.approx(as_far / len(signs))


def test_many_clusters_are_swapped_at_random() -> None:
    """Forty articles that all got better leave no doubt; forty that go both ways do."""
    assert paired.sign_flip(np.ones(40)) < 0.001
    assert paired.sign_flip(np.array([1.0, -1] * 20)) == 1


def test_swapping_takes_any_figure() -> None:
    """A ratio of sums, eight articles, every one better: two of 256 swaps are as extreme."""
    first, second = np.array([[1.0, 4]] * 8), np.array([[3.0, 4]] * 8)
    assert paired.swapping(first, second, lambda sums: sums[..., 0] / sums[..., 1]) == pytest.approx(2 / 256)


def test_holm_by_hand() -> None:
    """The least of three is tripled, the next doubled, and none falls below one before it."""
    assert paired.holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06})


def test_what_can_be_detected() -> None:
    """At 5 % and 80 % power, 2.8 standard errors; four times the items for half of it."""
    assert paired.detectable(0.01, 100) == pytest.approx(0.01 * 2.8016, abs=1e-5)
    assert paired.needed(0.01, 100, paired.detectable(0.01, 100) / 2) == 400
    assert paired.detectable(0.0, 50) > 0


def test_kappa_by_hand() -> None:
    """Agreed 0.7 of the time where chance gives 0.5."""
    first, second = ["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    found = agreement.cohen_kappa(first, second)
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high
    # The large-sample standard error of Fleiss, Cohen and Everitt (1969) is 0.1276 here.
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.1276, rel=0.05)


def test_kappa_of_each_label() -> None:
    """With two labels, each against the other is the same question."""
    first, second = ["y", "n", "y", "n"], ["y", "n", "n", "n"]
    by_label = agreement.kappa_by_label(first, second)
    assert by_label["y"].value == pytest.approx(by_label["n"].value)


def test_alpha_by_hand() -> None:
    """Labels may be missing; a unit with one label takes no part."""
    units = [{"a": "1", "b": "1"}] * 4 + [{"a": "1", "b": "2"}] + [{"a": "2", "b": "2", "c": "2"}] + [{"a": "1"}]
    found = agreement.krippendorff_alpha(units)
    # Coincidences: 1-1 8, 1-2 and 2-1 1 each, 2-2 3; of 13 values 9 are 1 and 4 are 2.
    assert found.value == pytest.approx(1 - 2 / ((13**2 - 9**2 - 4**2) / 12))
    assert found.n == 6


def test_agreement_of_all_is_one() -> None:
    """Alpha and kappa are 1 for equal labels, and undefined where only one label occurs."""
    labels = ["a", "b", "a", "b"]
    assert agreement.cohen_kappa(labels, labels).value == 1
    assert agreement.krippendorff_alpha([{"x": one, "y": one} for one in labels]).value == 1
    assert np.isnan(agreement.cohen_kappa(["a"], ["a"]).value)
