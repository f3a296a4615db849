"""Figures of a classifier, held against hand-counted tables and against scikit-learn where it is there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.evaluation import classes

LABELS = ("supported", "contradicted", "not_enough_evidence")
_PAIRS = st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), min_size=1, max_size=60)

# Gold down, answers across: 6 + 2 + 2 items.
TABLE = np.array([[4.0, 1.0, 1.0], [1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])


def test_a_table_counts_gold_down_and_answers_across() -> None:
    """A cell is how often a gold label got an answer."""
    table = classes.confusion(["a", "a", "b"], ["a", "b", "b"], ["a", "b"])
    assert table.tolist() == [[1, 1], [0, 1]]


def test_figures_of_a_table_counted_by_hand() -> None:
    """Accuracy 7/10; recalls 2/3, 1/2, 1; precisions 4/5, 1/2, 2/3; F1 8/11, 1/2, 4/5."""
    assert classes.accuracy(TABLE) == pytest.approx(0.7)
    assert [classes.recall(TABLE, at) for at in range(3)] == pytest.approx([2 / 3, 1 / 2, 1])
    assert [classes.precision(TABLE, at) for at in range(3)] == pytest.approx([4 / 5, 1 / 2, 2 / 3])
    assert classes.macro_f1(TABLE) == pytest.approx((8 / 11 + 1 / 2 + 4 / 5) / 3)
    assert classes.balanced_accuracy(TABLE) == pytest.approx((2 / 3 + 1 / 2 + 1) / 3)


def test_the_two_dangers_are_counted_from_their_own_side() -> None:
    """Of 4 not supported one is called supported; of 6 supported one is called contradicted."""
    assert classes.false_reassurance(TABLE, 0) == pytest.approx(1 / 4)
    assert classes.false_accusation(TABLE, 0, 1) == pytest.approx(1 / 6)


def test_a_label_that_nobody_uses_is_no_label_of_the_data() -> None:
    """An empty row and column change no average; a label that is only answered counts as 0."""
    wider = np.zeros((4, 4))
    wider[:3, :3] = TABLE
    assert classes.macro_f1(wider) == pytest.approx(classes.macro_f1(TABLE))
    wider[0, 0], wider[0, 3] = 3, 1
    assert classes.macro_f1(wider) == pytest.approx((6 / 10 + 1 / 2 + 4 / 5 + 0) / 4)
    assert classes.macro_f1(wider, among=3) == pytest.approx((6 / 10 + 1 / 2 + 4 / 5) / 3)


def test_many_tables_are_figured_at_once() -> None:
    """A stack of tables gives the figures of each."""
    stack = np.stack([TABLE, TABLE.T])
    assert classes.macro_f1(stack) == pytest.approx([float(classes.macro_f1(TABLE)), float(classes.macro_f1(TABLE.T))])


def test_areas_counted_by_hand() -> None:
    """Of four pairs of one positive and one negative, two are in order and one is a tie."""
    positive, score = np.array([1.0, 0, 1, 0]), np.array([0.9, 0.8, 0.3, 0.3])
    assert classes.auroc(positive, score) == pytest.approx(2.5 / 4)
    assert classes.auprc(positive, score) == pytest.approx(1 / 2 * 1 + 1 / 2 * 2 / 4)
    assert np.isnan(classes.auroc(np.ones(2), np.ones(2)))


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=2, max_size=40))
def test_the_area_is_the_share_of_pairs_in_order(items: list[tuple[bool, int]]) -> None:
    """AUROC is what counting all pairs gives, ties half."""
    ups, downs = [s for held, s in items if held], [s for held, s in items if not held]
    area = classes.auroc(np.array([held for held, _ in items], float), np.array([s for _, s in items], float))
    if not ups or not downs:
        assert np.isnan(area)
        return
    pairs = [(up > down) + (up == down) / 2 for up in ups for down in downs]
    assert area == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)


@given(_PAIRS)
def test_figures_agree_with_a_count_from_the_definition(pairs: list[tuple[str, str]]) -> None:
    """Macro-F1 and balanced accuracy, coded again from their definitions, label by label."""
    table = classes.confusion([held for held, _ in pairs], [said for _, said in pairs], LABELS)
    there = [label for label in LABELS if any(label in pair for pair in pairs)]
    scores, recalls = [], []
    for label in there:
        hits = sum(held == said == label for held, said in pairs)
        wrong = sum((held == label) != (said == label) for held, said in pairs)
        scores.append(2 * hits / (2 * hits + wrong))
        if gold := sum(held == label for held, _ in pairs):
            recalls.append(hits / gold)
    assert classes.macro_f1(table) == pytest.approx(sum(scores) / len(scores), abs=1e-9)
    assert classes.balanced_accuracy(table) == pytest.approx(sum(recalls) / len(recalls), abs=1e-9)


def test_figures_agree_with_scikit_learn() -> None:
    """Every figure of random data is scikit-learn's to 1e-6, ties and rare labels included."""
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is not in this environment")
    random = np.random.default_rng(5)
    for trial in range(20):
        gold, said = (random.choice(LABELS, size=80, p=(0.7, 0.2, 0.1)) for _ in "ab")
        table = classes.confusion(list(gold), list(said), LABELS)
        assert classes.macro_f1(table) == pytest.approx(metrics.f1_score(gold, said, average="macro"), abs=1e-6)
        assert classes.balanced_accuracy(table) == pytest.approx(metrics.balanced_accuracy_score(gold, said), abs=1e-6)
        score = random.integers(0, 9, 80) / 8 if trial % 2 else random.random(80)
        positive = (gold != "supported").astype(float)
        assert classes.auroc(positive, score) == pytest.approx(metrics.roc_auc_score(positive, score), abs=1e-6)
        assert classes.auprc(positive, score) == pytest.approx(
            metrics.average_precision_score(positive, score), abs=1e-6
        )
