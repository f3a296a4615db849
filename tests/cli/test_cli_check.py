"""`checker check`, `verify-report` and `doctor`, as an editor meets them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from running import DRAFT, Run


def test_a_false_figure_is_shown_beside_the_sources_words(desk: Run) -> None:
    """The draft's words, the source's words and the fault are printed; the status says there are findings."""
    ran = desk("check", "draft.txt")
    assert ran.status == 1
    for words in (
        "3.4 million dollars",
        "cost 2.4 million dollars",
        "Minutes of the harbour board",
        "CONTRADICTED (1)",
    ):
        assert words in ran.out
    assert ran.err == ""


@pytest.mark.parametrize(
    ("fail_on", "status"), [("never", 0), ("contradicted", 1), ("mixed", 1), ("not_enough_evidence", 1)]
)
def test_the_exit_status_follows_fail_on(desk: Run, fail_on: str, status: int) -> None:
    """The mildest verdict that fails a build is the caller's to choose."""
    assert desk("check", "draft.txt", "--fail-on", fail_on).status == status


def test_a_draft_may_come_from_standard_input(desk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "-" reads the draft from standard input and gives the same verdicts as the file."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(DRAFT.encode())))
    piped = json.loads(desk("check", "-", "--format", "json").out)
    read = json.loads(desk("check", "draft.txt", "--format", "json").out)
    assert [claim["verdict"] for claim in piped["claims"]] == [claim["verdict"] for claim in read["claims"]]


def test_two_runs_give_the_same_bytes(desk: Run) -> None:
    """A report can be made again: the same draft, corpus and settings give the same JSON."""
    assert desk("check", "draft.txt", "--format", "json").out == desk("check", "draft.txt", "--format", "json").out


@pytest.mark.parametrize(
    ("name", "start"), [("r.json", "{"), ("r.md", "#"), ("r.html", "<!doctype html>"), ("r.txt", "draft.txt")]
)
def test_the_name_of_the_output_chooses_the_format(desk: Run, tmp_path: Path, name: str, start: str) -> None:
    """--output writes the whole report, in the format that its name asks for, and says where."""
    ran = desk("check", "draft.txt", "--output", name)
    assert (ran.status, ran.out, ran.err) == (1, "", f"report written to {name}\n")
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start)


def test_a_report_is_proved_again_and_a_changed_quote_is_found(desk: Run, tmp_path: Path) -> None:
    """verify-report needs no model: true quotes hold, a quote that was touched does not."""
    desk("check", "draft.txt", "--output", "r.json")
    assert desk("verify-report", "r.json", "--article", "draft.txt").status == 0
    report = (tmp_path / "r.json").read_text(encoding="utf-8")
    (tmp_path / "r.json").write_text(report.replace("2.4 million", "2.5 million"), encoding="utf-8")
    ran = desk("verify-report", "r.json")
    assert ran.status == 1
    assert "minutes" in ran.out


def test_as_of_leaves_later_sources_out(desk: Run) -> None:
    """Judged as of a day before the minutes, their figure is not known."""
    ran = desk("check", "draft.txt", "--as-of", "2025-02-15", "--format", "json")
    verdicts = [claim["verdict"] for claim in json.loads(ran.out)["claims"]]
    assert verdicts == ["not_enough_evidence", "supported"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", "gone.txt"), "gone.txt"),
        (("check", "draft.txt", "--corpus", "nowhere"), "nowhere: there is no corpus here"),
        (("check", "draft.txt", "--published", "yesterday"), "'yesterday' is not a day"),
        (("check", "draft.txt", "--output", "no/such/folder/r.json"), "cannot be written"),
        (("check", "draft.txt", "--settings", "gone.toml"), "gone.toml"),
        (("verify-report", "draft.txt"), "not JSON"),
        (("verify-report", "gone.json"), "gone.json"),
        (("corpus", "show", "nobody"), "nobody"),
        (("corpus", "remove", "nobody"), "nobody"),
        (("corpus", "add", "gone.pdf"), "gone.pdf"),
    ],
)
def test_a_mistake_is_one_line_and_status_two(desk: Run, args: tuple[str, ...], said: str) -> None:
    """What is wrong, with which input, on one line; never a traceback."""
    ran = desk(*args)
    assert ran.status == 2
    line = ran.err.splitlines()[0]
    assert line.startswith("checker: ")
    assert said in line
    assert "Traceback" not in ran.err


def test_a_failed_write_leaves_the_old_report(desk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is written whole or not at all, and nothing half-written is left beside it."""
    (tmp_path / "r.json").write_text("old", encoding="utf-8")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    ran = desk("check", "draft.txt", "--output", "r.json")
    assert (ran.status, "No space left" in ran.err) == (2, True)
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".r.json.*"))


def test_doctor_looks_at_every_part(desk: Run) -> None:
    """The installation, the encoder, the cache folder and the corpus are each named and well."""
    ran = desk("doctor")
    assert ran.status == 0
    for part in ("python", "packages", "encoder", "cache folder", "corpus"):
        assert f"ok   {part}: " in ran.out


@pytest.mark.parametrize(("fail_on", "status"), [("never", 0), ("contradicted", 1), ("not_enough_evidence", 1)])
def test_a_draft_that_contradicts_itself_fails_as_a_contradiction_does(
    desk: Run, tmp_path: Path, fail_on: str, status: int
) -> None:
    """The status is 1 unless nothing may fail; a dry run says nothing of it."""
    text = "The council met on Monday, 11 March 2025, in the old mill.\n"
    (tmp_path / "torn.txt").write_text(text, encoding="utf-8")
    ran = desk("check", "torn.txt", "--fail-on", fail_on)
    assert ran.status == status
    assert "THE DRAFT AGAINST ITSELF (1)" in ran.out
    rehearsed = desk("check", "torn.txt", "--dry-run")
    assert rehearsed.status == 0
    assert "itself" not in rehearsed.out.casefold()
