"""The figures of a run: which there are, over how many items, and what an item that could not be scored does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_runs import LABELS, always, outcomes

from checker.evaluation.figures import Figure, efficiency, summary
from checker.evaluation.items import worst
from checker.evaluation.measures import Kind
from checker.evaluation.records import Outcome, Usage
from checker.evaluation.tables import breakdowns, confusions


def by_name(figures: tuple[Figure, ...]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_the_primary_is_first_and_unscored_is_last() -> None:
    """Every figure has its interval around it, its n and its clusters."""
    found = summary(outcomes(), "verify", LABELS)
    assert (found[0].name, found[-1].name) == ("macro_f1", "unscored")
    assert summary(outcomes(), "verify", LABELS, "accuracy")[0].name == "accuracy"
    for figure in found:
        assert figure.low <= figure.value <= figure.high or figure.name.startswith(("ece", "aurc", "coverage@")), figure
        assert figure.n > 0
        assert 0 < figure.clusters <= 12


def test_what_could_not_be_scored_is_not_wrong() -> None:
    """A fault leaves every figure as it is over the others, and is counted by itself."""
    made = outcomes(60)
    faulty = [*made, Outcome("x", "draft-00", "d", "supported", fault="timed out")]
    with_it, without = by_name(summary(faulty, "verify", LABELS)), by_name(summary(made, "verify", LABELS))
    assert with_it["accuracy"] == without["accuracy"]
    assert (with_it["unscored"].value, with_it["unscored"].n) == (pytest.approx(1 / 61), 61)


def test_an_engine_that_always_says_supported_is_seen() -> None:
    """Recall of one label is full, and so is false reassurance; averages are at chance."""
    found = by_name(summary(always("supported", outcomes()), "verify", LABELS))
    assert found["false_reassurance"].value == 1
    assert found["balanced_accuracy_supported"].value == 0.5
    assert found["balanced_accuracy"].value == 0.25
    assert found["macro_f1"].value < 0.2


def test_a_contrast_pair_counts_when_both_are_right() -> None:
    """Three pairs: both right, one right, one not scored, which is no pair."""
    base = Outcome("1", "c", "d", "supported", "supported", facts={"pair": "p"})
    wrong = replace(base, predicted="contradicted")
    missing = replace(base, predicted=None, fault="gone")
    pairs = [(base, base), (base, wrong), (base, missing)]
    made = [
        replace(item, id=f"{at}-{side}", facts={"pair": str(at)})
        for at, pair in enumerate(pairs)
        for side, item in enumerate(pair)
    ]
    figure = by_name(summary(made, "verify", LABELS))["contrast_consistency"]
    assert (figure.value, figure.n) == (0.5, 2)


def test_clusters_widen_a_share() -> None:
    """The same answers in a few articles that are all right or all wrong say less than single items."""
    alone = [Outcome(str(at), str(at), "d", "supported", LABELS[at % 2]) for at in range(40)]
    together = [replace(item, cluster=str(at % 2)) for at, item in enumerate(alone)]
    wide, narrow = (by_name(summary(made, "verify", LABELS))["accuracy"] for made in (together, alone))
    assert wide.value == narrow.value == 0.5
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_a_search_is_averaged_over_its_queries() -> None:
    """Each score is the mean over queries; what a query has besides is reported too."""
    made = [
        Outcome(str(at), str(at), "d", "found", "found", scores={"recall@10": at % 2, "ndcg@10": at / 8, "mrr": 1.0})
        for at in range(8)
    ]
    found = summary(made, "retrieve")
    assert [figure.name for figure in found] == ["recall@10", "ndcg@10", "mrr", "unscored"]
    assert [figure.value for figure in found[:3]] == pytest.approx([0.5, 28 / 64, 1])


def test_spans_are_pooled_over_documents() -> None:
    """Counts of documents are added before a ratio is taken: 6 of 10 found right, 6 of 8 gold met."""
    counts = ({"n_gold": 2, "n_found": 8, "n_matched": 1}, {"n_gold": 6, "n_found": 2, "n_matched": 5})
    made = [Outcome(str(at), str(at), "d", "", "", scores=dict(one)) for at, one in enumerate(counts)]
    found = by_name(summary(made, "extract"))
    assert found["span_precision"].value == pytest.approx(6 / 10)
    assert found["span_recall"].value == pytest.approx(6 / 8)
    assert found["span_f1"].value == pytest.approx(2 * 6 / 18)
    assert "tolerant_f1" not in found


def test_end_to_end_counts_claims_that_match_nothing() -> None:
    """Three gold claims, two met, one strictly right; a row for two finds that match none."""
    rows = [
        ("supported", "supported", {"n_gold": 1, "n_found": 1, "n_matched": 1, "n_strict": 1}),
        ("contradicted", "supported", {"n_gold": 1, "n_found": 1, "n_matched": 1, "n_strict": 0}),
        ("supported", "missed", {"n_gold": 1, "n_found": 0, "n_matched": 0, "n_strict": 0}),
    ]
    made = [Outcome(str(at), "a", "d", gold, said, scores=dict(scores)) for at, (gold, said, scores) in enumerate(rows)]
    made.append(Outcome("extra", "a", "d", "", "", scores={"n_found": 2.0}, facts={"row": "extra"}))
    found = by_name(summary(made, "e2e"))
    assert found["strict_f1"].value == pytest.approx(2 * 1 / (3 + 4))
    assert found["matched_f1"].value == pytest.approx(2 * 2 / (3 + 4))
    assert found["false_reassurance"].value == 1
    assert found["accuracy"].n == 3


def test_tables_split_by_what_is_known() -> None:
    """Parts add up to the whole; each has its own figures."""
    made = outcomes()
    tables = {table.fact: table for table in breakdowns(made, Kind.VERIFY, LABELS)}
    assert set(tables) == {"domain", "kind", "difficulty"}
    accuracies = [part.figure("accuracy") for part in tables["domain"].parts]
    assert sum(figure.n for figure in accuracies if figure) == len(made)
    counts = confusions(made, LABELS)
    assert counts.labels == LABELS
    assert sum(map(sum, counts.counts)) == len(made)


def test_the_surest_error_is_the_worst() -> None:
    """Errors go by confidence; of equally sure ones a wrong "supported" is first."""
    base = Outcome("a", "c", "d", "contradicted", "mixed", confidence=0.9)
    made = [base, replace(base, id="b", predicted="supported"), replace(base, id="c", confidence=0.95)]
    assert [item.id for item in worst([*made, replace(base, id="d", predicted="contradicted")], Kind.VERIFY)] == [
        "c",
        "b",
        "a",
    ]


def test_costs_are_added() -> None:
    """Calls, tokens and money are sums; the time has its median too."""
    made = [Outcome(str(at), "c", "d", "a", "a", usage=Usage(2, 100, 10, 0.25, at)) for at in range(5)]
    cost = efficiency(made)
    assert (cost.calls, cost.input_tokens, cost.cost_usd, cost.median_seconds, cost.seconds) == (10, 500, 1.25, 2, 10)
