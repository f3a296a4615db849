"""Two runs compared: pairs by id, differences with their intervals, and what cannot be paired."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from made_runs import LABELS, outcomes, run_folder
from typer.testing import CliRunner

from checker.cli import app
from checker.errors import InputError
from checker.evaluation.compare import Change, Comparison, compare

GOOD, WORSE = outcomes(right=0.9), outcomes(right=0.7)


def change(found: Comparison, name: str) -> Change:
    return next(one for one in found.changes if one.name == name)


def test_a_run_compared_with_itself_is_the_same() -> None:
    """No difference, no flips, p 1."""
    found = compare(GOOD, GOOD, "verify", LABELS)
    assert (found.wins, found.losses, found.ties, found.discordant) == (0, 0, len(GOOD), 0)
    assert (change(found, "macro_f1").difference, change(found, "macro_f1").p, found.mcnemar) == (0, 1, 1)


@pytest.fixture(scope="module")
def found() -> Comparison:
    """The good run and the worse one, compared once."""
    return compare(GOOD, WORSE, "verify", LABELS)


def test_a_loss_is_found_with_its_items(found: Comparison) -> None:
    """The difference is of the figures, its interval below zero, and every flipped item is there, losses first."""
    accuracy = change(found, "accuracy")
    flipped = sum(one.right != other.right for one, other in zip(GOOD, WORSE, strict=True))
    assert found.discordant == len(found.flips) == found.wins + found.losses == flipped
    assert accuracy.difference == pytest.approx((found.wins - found.losses) / len(GOOD))
    assert accuracy.low < accuracy.difference < accuracy.high < 0
    assert accuracy.p is not None and accuracy.p < 0.01 and found.sign_flip == pytest.approx(accuracy.p)
    assert found.flips[0][0].right and not found.flips[0][1].right
    assert 0 < accuracy.detectable < 0.2


def test_headline_figures_are_held_for_their_number(found: Comparison) -> None:
    """Holm's rule raises the p of the headlines, and of nothing else."""
    macro, accuracy = change(found, "macro_f1"), change(found, "accuracy")
    assert macro.held is not None and macro.p is not None and macro.held >= macro.p
    assert accuracy.held is None


def test_order_does_not_matter(found: Comparison) -> None:
    """Items are paired by id, not by place."""
    back = compare(GOOD, WORSE[::-1], "verify", LABELS)
    assert change(found, "macro_f1") == change(back, "macro_f1")


@pytest.mark.parametrize(
    ("second", "says"),
    [
        (WORSE[1:], f"only in the first run: {GOOD[0].id}"),
        ([*WORSE, replace(WORSE[0], id="new")], "only in the second run: new"),
        ([replace(WORSE[0], digest="other"), *WORSE[1:]], f"not the same item in both: {GOOD[0].id}"),
        ([*WORSE, WORSE[3]], f"twice in one run: {GOOD[3].id}"),
    ],
)
def test_items_that_cannot_be_paired_are_an_error_that_names_them(second: list, says: str) -> None:  # type: ignore[type-arg]
    """A missing, a new, a changed and a doubled item are each told."""
    with pytest.raises(InputError, match=says):
        compare(GOOD, second, "verify", LABELS)


def test_drift_is_allowed_when_asked_for_but_no_doubles() -> None:
    """What is the same in both is compared; what is twice there is never."""
    found = compare(GOOD, WORSE[5:], "verify", LABELS, allow_drift=True)
    assert (found.n, len(found.drift.missing)) == (len(GOOD) - 5, 5)
    with pytest.raises(InputError):
        compare(GOOD, [*WORSE, WORSE[0]], "verify", LABELS, allow_drift=True)


def test_what_one_run_could_not_score_is_left_out_and_told() -> None:
    """A fault is no loss."""
    second = [replace(GOOD[0], predicted=None, fault="timed out"), *GOOD[1:]]
    found = compare(GOOD, second, "verify", LABELS)
    assert (found.n, found.losses, found.unscored) == (len(GOOD) - 1, 0, (0, 1))


def test_the_command_prints_the_comparison(tmp_path: Path) -> None:
    """Figures, counts, and the texts of flipped items; as JSON the whole of it."""
    folders = [str(run_folder(tmp_path / name, made)) for name, made in (("a", GOOD), ("b", WORSE))]
    shown = CliRunner().invoke(app, ["eval", "compare", *folders, "--flips", "1"])
    assert shown.exit_code == 0
    assert "macro_f1" in shown.output and "The harbour board raised" in shown.output and "McNemar p" in shown.output
    told = json.loads(CliRunner().invoke(app, ["eval", "compare", *folders, "--json"]).output)
    assert told["changes"][0]["name"] == "macro_f1"


def test_the_command_lists_what_cannot_be_paired(tmp_path: Path) -> None:
    """One line an id on standard error."""
    folders = [str(run_folder(tmp_path / name, made)) for name, made in (("a", GOOD), ("b", WORSE[2:]))]
    shown = CliRunner().invoke(app, ["eval", "compare", *folders])
    assert isinstance(shown.exception, InputError)
    assert [line for line in shown.stderr.splitlines() if line.startswith("only in the first run")] == [
        f"only in the first run: {item.id}" for item in GOOD[:2]
    ]
