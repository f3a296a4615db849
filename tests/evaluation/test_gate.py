"""The gate: a run as good as its baseline passes, and every planted fault is caught."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from made_runs import LABELS, always, of_the_item_before, outcomes, run_folder
from typer.testing import CliRunner, Result

from checker.cli import app
from checker.errors import UsageError
from checker.evaluation.baseline import read_baseline
from checker.evaluation.evidence import Cited, verbatim
from checker.evaluation.invariants import suspicions
from checker.evaluation.records import Outcome
from checker.model import Span

GOOD = outcomes(right=0.9)


def gate(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["eval", "gate", *map(str, arguments)])


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A baseline made of a good run, by the command."""
    folder = tmp_path_factory.mktemp("made")
    path = folder / "baselines" / "fast.jsonl"
    made = gate(run_folder(folder / "base", GOOD), "--baseline", path, "--write-baseline")
    assert made.exit_code == 0, made.output
    return path


@pytest.fixture
def baseline(tmp_path: Path, made_once: Path) -> Path:
    """That baseline, for one test to write to."""
    return Path(shutil.copy(made_once, tmp_path / "fast.jsonl"))


def held(tmp_path: Path, baseline: Path, made: Sequence[Outcome], **told: object) -> Result:
    return gate(run_folder(tmp_path / "run", made, **told), "--baseline", baseline)


def test_the_same_run_passes(tmp_path: Path, baseline: Path) -> None:
    """Exit status 0."""
    shown = held(tmp_path, baseline, GOOD)
    assert (shown.exit_code, shown.output.splitlines()[-1]) == (0, "pass")


def test_a_baseline_tells_what_it_was_made_of(baseline: Path) -> None:
    """Data and items with their digests, floors and tolerances; no texts."""
    suite = read_baseline(baseline)["verify-claims-embedded"]
    macro = suite.bounds["macro_f1"]
    assert suite.told["data_digest"]
    assert [item.digest for item in suite.outcomes] == [item.digest for item in GOOD]
    assert macro.floor == pytest.approx(macro.figure.value - 0.03, abs=1e-4)
    assert suite.bounds["verbatim"].floor == 1
    assert "harbour" not in baseline.read_text(encoding="utf-8")


def test_a_worse_run_is_a_regression(tmp_path: Path, baseline: Path) -> None:
    """Exit status 1, with the figure, its floor, and the paired difference."""
    shown = held(tmp_path, baseline, outcomes(right=0.7))
    assert shown.exit_code == 1
    assert "macro_f1 is" in shown.output and "below the floor" in shown.output and "is tolerated" in shown.output


def test_a_better_run_passes(tmp_path: Path, baseline: Path) -> None:
    """Only losses count."""
    assert held(tmp_path, baseline, outcomes(right=1.0)).exit_code == 0


def test_planted_an_engine_that_always_says_supported(tmp_path: Path, baseline: Path) -> None:
    """The fault is named, and the figures alone would catch it too."""
    shown = held(tmp_path, baseline, always("supported", GOOD))
    assert shown.exit_code == 1
    assert "every answer is 'supported'" in shown.output
    varied = [*always("supported", GOOD[:-1]), GOOD[-1]]
    varied[0] = replace(varied[0], predicted="mixed")
    again = gate(run_folder(tmp_path / "varied", varied), "--baseline", baseline)
    assert again.exit_code == 1 and "false_reassurance" in again.output


def test_planted_an_engine_that_copies_the_answer_before(tmp_path: Path, baseline: Path) -> None:
    """Its answers fit the gold of the item before more than their own."""
    shown = held(tmp_path, baseline, of_the_item_before(GOOD))
    assert shown.exit_code == 1
    assert "answers fit the item before" in shown.output
    assert not suspicions(GOOD)


def test_planted_a_quotation_changed_by_one_letter(tmp_path: Path, baseline: Path) -> None:
    """One quotation of a hundred and twenty fails the gate at once."""
    text, quote = "The toll rose by 9 pence.", "toll rose by 8"
    score = float(verbatim(Cited("minutes", Span(4, 4 + len(quote)), quote), text))
    made = [*GOOD[:7], replace(GOOD[7], scores={**GOOD[7].scores, "verbatim": score}), *GOOD[8:]]
    shown = held(tmp_path, baseline, made)
    assert shown.exit_code == 1
    assert f"a quotation is not the source's own words: {GOOD[7].id}" in shown.output


@pytest.mark.parametrize("name", ["anchored", "schema"])
def test_planted_an_offset_or_a_form_that_does_not_hold(tmp_path: Path, baseline: Path, name: str) -> None:
    """Invariants fail at once, whatever the figures."""
    made = [replace(GOOD[0], scores={**GOOD[0].scores, name: 0.0}), *GOOD[1:]]
    assert held(tmp_path, baseline, made).exit_code == 1


def test_planted_a_dropped_sample(tmp_path: Path, baseline: Path) -> None:
    """Whether the manifest still counts it or not."""
    told = held(tmp_path, baseline, GOOD[:-1], items=len(GOOD))
    assert told.exit_code == 1 and "119 items of the 120" in told.output
    hidden = gate(run_folder(tmp_path / "hidden", GOOD[:-1]), "--baseline", baseline)
    assert hidden.exit_code == 1 and f"was dropped: {GOOD[-1].id}" in hidden.output


def test_planted_a_doubled_sample(tmp_path: Path, baseline: Path) -> None:
    """An item that counts twice fails."""
    assert held(tmp_path, baseline, [*GOOD, GOOD[0]]).exit_code == 1


def test_faults_that_hide_hard_items_are_caught(tmp_path: Path, baseline: Path) -> None:
    """An engine that gives up where it would be wrong has perfect figures, and too much unscored."""
    made = [
        item if item.right else replace(item, predicted=None, fault="gave up", probabilities={}, confidence=None)
        for item in GOOD
    ]
    shown = held(tmp_path, baseline, made)
    assert shown.exit_code == 1 and "unscored is" in shown.output


def test_other_data_are_inconclusive(tmp_path: Path, baseline: Path) -> None:
    """Exit status 2: a changed item is no regression, and no pass."""
    shown = held(tmp_path, baseline, [replace(GOOD[0], digest="edited"), *GOOD[1:]])
    assert shown.exit_code == 2 and f"changed items ({GOOD[0].id})" in shown.output


def test_a_partial_run_is_inconclusive(tmp_path: Path, baseline: Path) -> None:
    """Exit status 2."""
    assert held(tmp_path, baseline, GOOD[:50], complete=False).exit_code == 2


def test_an_unknown_suite_is_inconclusive(tmp_path: Path, baseline: Path) -> None:
    """Exit status 2, with the suites that there are."""
    shown = held(tmp_path, baseline, GOOD, engine="prompted")
    assert shown.exit_code == 2 and "is not in the baseline" in shown.output


def test_a_small_loss_of_a_model_that_varies_is_inconclusive(tmp_path: Path) -> None:
    """Where answers vary from run to run, a loss has to be more than chance; the gate says how many items tell."""
    path = tmp_path / "model.jsonl"
    gate(
        run_folder(tmp_path / "base", GOOD, engine="prompted"),
        "--baseline",
        path,
        "--write-baseline",
        "--tolerance",
        0.01,
    )
    right = [at for at, item in enumerate(GOOD) if item.right and item.gold == "supported"][:1]
    made = [replace(item, predicted="contradicted") if at in right else item for at, item in enumerate(GOOD)]
    shown = gate(run_folder(tmp_path / "run", made, engine="prompted"), "--baseline", path)
    assert shown.exit_code == 2 and "items would tell" in shown.output


def test_a_floor_falls_only_by_name(tmp_path: Path, baseline: Path) -> None:
    """A worse run is no baseline until every floor that falls is named."""
    worse = run_folder(tmp_path / "worse", outcomes(right=0.75))
    refused = gate(worse, "--baseline", baseline, "--write-baseline")
    assert isinstance(refused.exception, UsageError) and "--lower-floor macro_f1" in refused.exception.line()
    before = read_baseline(baseline)["verify-claims-embedded"].bounds["macro_f1"].floor
    named = [word for word in refused.exception.line().replace(".", " ").split() if word in _NAMES]
    lowered = [part for name in dict.fromkeys(named) for part in ("--lower-floor", name)]
    assert gate(worse, "--baseline", baseline, "--write-baseline", *lowered).exit_code == 0
    after = read_baseline(baseline)["verify-claims-embedded"].bounds["macro_f1"].floor
    assert before is not None and after is not None and after < before


_NAMES = ("macro_f1", "balanced_accuracy_supported", "false_reassurance", "contrast_consistency", "unscored")


def test_a_floor_rises_with_a_better_run_and_stays_with_an_equal_one(tmp_path: Path, baseline: Path) -> None:
    """Writing a baseline again never loosens it."""

    def floor() -> float | None:
        return read_baseline(baseline)["verify-claims-embedded"].bounds["macro_f1"].floor

    first = floor()
    gate(run_folder(tmp_path / "better", outcomes(right=1.0)), "--baseline", baseline, "--write-baseline")
    risen = floor()
    gate(run_folder(tmp_path / "less", outcomes(right=0.99)), "--baseline", baseline, "--write-baseline")
    assert first is not None and risen is not None and first < risen == floor()


@pytest.mark.parametrize(
    ("line", "caught"),
    [
        ({"id": "01-05", "claim": "Something else."}, True),
        ({"digest": "abcdef0123456789"}, True),
        (
            {"text": "Before, the ferry to Oldness ran twice a day until the pier was closed for repairs, she said."},
            True,
        ),
        ({"text": "The pier closed in March."}, True),
        ({"id": "03-05", "claim": "The ferry ran twice a day until the pier closed.", "date": "01-05"}, False),
    ],
)
def test_planted_a_leaked_test_item(tmp_path: Path, line: dict[str, str], caught: bool) -> None:
    """An id, a digest, a whole text or twelve words of a sealed item in another file; the words are not printed."""
    sealed = tmp_path / "sealed.jsonl"
    row = {
        "id": "01-05",
        "digest": "abcdef0123456789",
        "claim": "The ferry to Oldness ran twice a day until the pier was closed for repairs.",
        "quote": "The pier closed in March",
        "note": "an easy one to get wrong",
    }
    sealed.write_text(json.dumps(row) + "\n", encoding="utf-8")
    training = tmp_path / "training" / "pairs.jsonl"
    training.parent.mkdir()
    training.write_text(
        json.dumps({"text": "an easy one to get wrong"}) + "\n" + json.dumps(line) + "\n", encoding="utf-8"
    )
    shown = gate("--sealed", sealed, "--scan", training.parent)
    assert shown.exit_code == int(caught)
    assert ("pairs.jsonl, line 2" in shown.output) is caught
    assert "ferry" not in shown.output


def test_the_test_split_of_a_gold_folder_is_sealed(tmp_path: Path) -> None:
    """Drafts whose number is a multiple of three are for development and may be anywhere."""
    for name, words in (("01-harbour", "rose"), ("03-market", "fell")):
        (tmp_path / "gold" / name).mkdir(parents=True)
        (tmp_path / "gold" / name / "draft.md").write_text(_sentence(words), encoding="utf-8")
    for words, status in (("rose", 1), ("fell", 0)):
        (tmp_path / "notes.md").write_text(f"# Notes\n\n{_sentence(words)}\n", encoding="utf-8")
        assert gate("--sealed", tmp_path / "gold", "--scan", tmp_path / "notes.md").exit_code == status


def _sentence(verb: str) -> str:
    return f"On Friday the price of a crate of plums {verb}\nby four shillings at the early market in Oldness."


def test_one_baseline_holds_several_suites(tmp_path: Path, baseline: Path) -> None:
    """Each run is held to its own suite; the worst of them is the exit status."""
    other = run_folder(tmp_path / "other", outcomes(right=0.8, seed=9), data="others.json")
    gate(other, "--baseline", baseline, "--write-baseline")
    assert len(read_baseline(baseline)) == 2
    bad = run_folder(tmp_path / "bad", outcomes(right=0.4))
    shown = gate(other, bad, "--baseline", baseline)
    assert shown.exit_code == 1
    assert "PASS          verify-others-embedded" in shown.output


def test_labels_do_not_have_to_be_ours(tmp_path: Path) -> None:
    """A suite of other classes is written and held like any other."""
    swap = {"supported": "checkable"} | dict.fromkeys(LABELS[1:], "not_checkable")
    made = [replace(item, gold=swap[item.gold], predicted=swap[str(item.predicted)], probabilities={}) for item in GOOD]
    run = run_folder(tmp_path / "run", made, classes=["checkable", "not_checkable"], primary="f1:checkable")
    path = tmp_path / "b.jsonl"
    assert gate(run, "--baseline", path, "--write-baseline").exit_code == 0
    assert next(iter(read_baseline(path).values())).bounds["f1:checkable"].floor is not None
    assert gate(run, "--baseline", path).exit_code == 0
