"""`checker check --min-check-worthiness` and `--sort worth`: what is not checked is listed, and what comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

TEXT = (
    "The lighthouse is a pretty thing to look at in the evening. "
    "The light on the cape stands 41 metres above the sea. "
    "The dredging of the inner basin cost 3.4 million dollars in 2024."
)


@pytest.fixture
def drafted(desk: Run, tmp_path: Path) -> Run:
    (tmp_path / "worth.txt").write_text(TEXT, encoding="utf-8")
    return desk


def test_a_report_has_the_check_worthiness_of_each_claim(drafted: Run) -> None:
    """The JSON gives each claim's figure, and names the model that gave it."""
    report = json.loads(drafted("check", "worth.txt", "--format", "json").out)
    assert report["claims"]
    assert all(0 <= claim["check_worthiness"] <= 1 for claim in report["claims"])
    assert report["provenance"]["models"]["detector"].startswith("claim-detector/")


@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_what_is_below_the_least_is_listed_with_its_figure(drafted: Run, format: str) -> None:
    """Every sentence that was not checked for it is shown, with a reason that says so; no claim of it is left."""
    ran = drafted("check", "worth.txt", "--format", format, "--min-check-worthiness", "1")
    assert "under the 1.00 asked for" in " ".join(ran.out.split())
    assert "41 metres" in ran.out
    assert ran.status == 0


def test_the_most_worth_checking_comes_first_when_asked_for(drafted: Run) -> None:
    """Inside each verdict the figures fall; each is told beside the place."""
    out = drafted("check", "worth.txt", "--format", "markdown", "--sort", "worth").out
    assert "check-worthiness" in out
    for group in out.split("\n## ")[1:]:
        told = [float(part[:4]) for part in group.split("check-worthiness ")[1:]]
        assert told == sorted(told, reverse=True)
    assert "check-worthiness" not in drafted("check", "worth.txt", "--format", "markdown").out


def test_a_worth_beyond_one_is_refused(drafted: Run) -> None:
    """The figure is a probability."""
    assert drafted("check", "worth.txt", "--min-check-worthiness", "1.5").status == 2
