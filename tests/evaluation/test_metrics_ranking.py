"""Figures of a search, counted by hand by the conventions of trec_eval."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evaluation import ranking

FOUND = ("d3", "d1", "d7", "d2")
GRADES = {"d1": 1, "d2": 2, "d9": 1, "d3": 0}


def test_ties_go_to_the_later_id() -> None:
    """Equal scores are ordered as trec_eval orders them: by id, from the end of the alphabet."""
    assert ranking.ranked({"a": 0.5, "c": 0.5, "b": 0.9}) == ("b", "c", "a")


def test_recall_and_rank() -> None:
    """Two of three relevant are among the first four, the first of them second."""
    relevant = [name for name, grade in GRADES.items() if grade]
    assert ranking.recall_at(FOUND, relevant, 10) == pytest.approx(2 / 3)
    assert ranking.recall_at(FOUND, relevant, 2) == pytest.approx(1 / 3)
    assert ranking.reciprocal_rank(FOUND, relevant) == 1 / 2
    assert ranking.reciprocal_rank(FOUND, relevant, 1) == 0


def test_gain_is_the_grade_and_the_discount_the_rank() -> None:
    """DCG 1/log2 3 + 2/log2 5 over the ideal 2 + 1/log2 3 + 1/log2 4."""
    ideal = 2 + 1 / log2(3) + 1 / log2(4)
    assert ranking.ndcg_at(FOUND, GRADES, 10) == pytest.approx((1 / log2(3) + 2 / log2(5)) / ideal)
    assert ranking.ndcg_at(FOUND, {"d3": 0}, 10) == 0


def test_a_set_counts_when_all_of_it_is_found() -> None:
    """Sets are alternatives; half of one is nothing."""
    assert ranking.full_set_at(FOUND, [{"d1", "d9"}, {"d1", "d2"}], 4) == 1
    assert ranking.full_set_at(FOUND, [{"d1", "d9"}, {"d1", "d2"}], 3) == 0
    assert ranking.full_set_at(FOUND, [], 3) == 0


@given(st.permutations(["a", "b", "c", "d", "e"]), st.dictionaries(st.sampled_from("abcde"), st.integers(0, 3)))
def test_no_order_gains_more_than_the_ideal(order: list[str], grades: dict[str, int]) -> None:
    """nDCG is between 0 and 1, and 1 for an order by grade."""
    assert 0 <= ranking.ndcg_at(order, grades, 10) <= 1 + 1e-12
    best = sorted(order, key=lambda name: -grades.get(name, 0))
    assert ranking.ndcg_at(best, grades, 10) == pytest.approx(float(any(grades.values())))


def test_figures_agree_with_a_reference_implementation() -> None:
    """nDCG, recall and MRR of random searches are trec_eval's to 1e-6, ties included."""
    reference = pytest.importorskip("pytrec_eval", reason="pytrec_eval is not in this environment")
    import random

    chance = random.Random(3)
    for _ in range(30):
        grades = {f"d{at}": chance.choice((0, 1, 2)) for at in range(12)} | {"d0": 1}
        scores = {f"d{at}": chance.randint(0, 9) / 9 for at in chance.sample(range(40), 20)}
        evaluator = reference.RelevanceEvaluator({"q": grades}, {"ndcg_cut.10", "recall.10", "recip_rank"})
        held = evaluator.evaluate({"q": scores})["q"]
        order, relevant = ranking.ranked(scores), [name for name, grade in grades.items() if grade]
        assert ranking.ndcg_at(order, grades, 10) == pytest.approx(held["ndcg_cut_10"], abs=1e-6)
        assert ranking.recall_at(order, relevant, 10) == pytest.approx(held["recall_10"], abs=1e-6)
        assert ranking.reciprocal_rank(order, relevant) == pytest.approx(held["recip_rank"], abs=1e-6)
