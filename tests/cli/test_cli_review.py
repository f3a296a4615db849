"""`checker review` and `checker eval collect`, driven as a person at a terminal drives them, through a pipe."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import DRAFT, SOURCES, Ran, Run

from checker.cli import main

Review = Callable[..., Ran]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus, a draft, and the report on its two claims; made once."""
    folder = tmp_path_factory.mktemp("checked")
    (folder / "records.jsonl").write_text(SOURCES, encoding="utf-8")
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("CHECKER_INDEX__CACHE_DIR", str(folder / "cache"))
        for args in (
            ("corpus", "add", "records.jsonl"),
            ("check", "draft.txt", "--format", "json", "-o", "report.json"),
        ):
            patch.setattr("sys.argv", ["checker", *args])
            with contextlib.suppress(SystemExit):
                main()
    assert (folder / "report.json").is_file()
    return folder


@pytest.fixture
def review(run: Run, checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Review:
    """Runs `checker review report.json` with the lines that are typed, in a copy of that folder."""
    shutil.copytree(checked, tmp_path, dirs_exist_ok=True)

    def command(typed: str, *args: str, reviewer: str = "ana", report: str = "report.json") -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run("review", report, "--reviewer", reviewer, *args)

    return command


def kept(folder: Path, name: str = "report.decisions.jsonl") -> list[dict[str, Any]]:
    path = folder / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_each_claim_is_shown_and_decided(review: Review, tmp_path: Path) -> None:
    """Claim in its sentence, verdict, exact words and why; a key decides; all that was seen is in the file."""
    ran = review("a\ncorrect\ncontradicted 1\nThe notice is out of date.\n")
    assert ran.status == 0, ran.out + ran.err
    for words in ("⟦The dredging of the inner basin cost 3.4 million dollars.⟧", "✗ contradicted", "✓ supported"):
        assert words in ran.out
    assert "“The dredging of the inner basin cost 2.4 million dollars.”" in ran.out
    assert "2 decided now (1 accepted, 1 corrected), 0 skipped, 0 left" in ran.out
    first, second = kept(tmp_path)
    assert (first["decision"], first["verdict_before"], first["verdict_after"]) == ("accepted", *["contradicted"] * 2)
    assert (second["verdict_before"], second["verdict_after"], second["decided_by"]) == (
        "supported",
        "contradicted",
        [1],
    )
    assert second["reason"] == "The notice is out of date." and second["reviewer"] == "ana"
    span = second["claim"]["span"]
    assert DRAFT[span["start"] : span["end"]] == second["claim"]["quote"] and second["claim"]["nth"] == 1
    assert second["claim"]["evidence"][0]["source_id"] == "notice" and len(second["article"]) == 64


def test_it_goes_on_where_it_stopped(review: Review, tmp_path: Path) -> None:
    """Quitting, the end of the input and skipping leave claims for the next time; nothing is asked twice."""
    assert review("q\n").status == 3 and kept(tmp_path) == []
    assert review("").status == 3 and kept(tmp_path) == []
    assert review("skip\na\n").status == 3
    before = (tmp_path / "report.decisions.jsonl").read_bytes()
    ran = review("w: known to the desk\n")
    assert ran.status == 0 and "1 claim decided earlier" in ran.out and ran.out.count("Verdict") == 1
    assert (tmp_path / "report.decisions.jsonl").read_bytes().startswith(before)
    assert [row["decision"] for row in kept(tmp_path)] == ["accepted", "waived"]
    assert review("").status == 0 and len(kept(tmp_path)) == 2
    assert review("c n: no longer sure\nq\n", "--again").status == 0
    assert kept(tmp_path)[2]["verdict_after"] == "not_enough_evidence"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("y\n", "Type a, c, w, s or q"),
        ("accept both\n", "stands alone"),
        ("c contradicted: it is\n", "That is the verdict it has"),
        ("c true: it is\n", "The verdicts are"),
        ("c supported 7: it is\n", "1 pieces of evidence were shown"),
        ("c supported\n\n", "needs a reason"),
        ("c supported\n", ""),
        ("c\n", ""),
        ("w\n", ""),
    ],
)
def test_half_an_answer_decides_nothing(review: Review, tmp_path: Path, typed: str, says: str) -> None:
    """A slip is told and asked again; input that ends within an answer leaves no decision."""
    ran = review(typed)
    assert ran.status == 3 and says in ran.out and kept(tmp_path) == []


def test_reviewers_do_not_see_each_other(review: Review) -> None:
    """Each is asked about every claim, in one file, and labels stay independent."""
    assert review("a\na\n").status == 0
    ran = review("a\nc c 1: it was moved\n", reviewer="ben")
    assert ran.status == 0 and "ana" not in ran.out and ran.out.count("Verdict") == 2


def test_decisions_survive_an_edited_draft(review: Review, run: Run, tmp_path: Path) -> None:
    """The unchanged claim keeps its decision in its new place; the changed one is asked again, its old one shown."""
    assert review("a\na\n").status == 0
    edited = "A note on the harbour. " + DRAFT.replace("3.4", "5.4")
    (tmp_path / "draft.txt").write_text(edited, encoding="utf-8")
    assert run("check", "draft.txt", "--format", "json", "-o", "new.json").status == 1
    ran = review("q\n", "--decisions", "report.decisions.jsonl", report="new.json")
    assert ran.status == 3 and "1 claim decided earlier, 1 of them on another version of the draft" in ran.out
    assert (
        "1 decision without a claim" in ran.out and "3.4 million dollars.” accepted as contradicted by ana" in ran.out
    )
    assert ran.out.count("  Verdict") == 1 and "⟦The dredging of the inner basin cost 5.4" in ran.out
    assert len(kept(tmp_path)) == 2


def test_without_the_draft_claims_are_shown_alone(review: Review, tmp_path: Path) -> None:
    """A draft that changed since is not taken for the one that was checked; a wrong --article is an error."""
    (tmp_path / "draft.txt").write_text(DRAFT + " More.", encoding="utf-8")
    ran = review("a\nq\n")
    assert "not at hand" in ran.err and kept(tmp_path)[0]["claim"]["nth"] is None
    ran = review("a\n", "--article", "draft.txt")
    assert ran.status == 2 and "is not the text that was checked" in ran.err


def test_a_slip_on_the_command_line_is_one_line(review: Review, tmp_path: Path) -> None:
    """No report, no reviewer, a damaged file of decisions: status 2, one line."""
    (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
    for ran, says in (
        (review("", report="gone.json"), "cannot be read"),
        (review("", report="draft.txt"), "not JSON"),
        (review("", reviewer=" "), "nobody is named"),
        (review("", "--decisions", "bad.jsonl"), "line 1: is not a decision"),
    ):
        assert ran.status == 2 and says in ran.err and len(ran.err.splitlines()) <= 2


def test_bytes_that_are_no_text_are_one_line(review: Review, monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """What is piped in must be text; decisions before it are kept."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8"))
    ran = run("review", "report.json", "--reviewer", "ana")
    assert ran.status == 2 and "standard input: cannot be read as utf-8" in ran.err


def test_it_works_through_a_real_pipe(review: Review, tmp_path: Path) -> None:
    """Another process writes the answers; the prompts are on standard output."""
    ran = subprocess.run(
        [sys.executable, "-m", "checker", "review", "report.json", "--reviewer", "Ida Ås"],
        input="a\nw für später\n".encode(),
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": "", "PYTHONUTF8": "1"},
        timeout=60,
    )
    assert ran.returncode == 0 and b"[a]ccept" in ran.stdout, ran.stderr
    assert kept(tmp_path)[1]["reason"] == "für später" and kept(tmp_path)[1]["reviewer"] == "Ida Ås"


def test_decisions_become_a_set_that_can_be_run(review: Review, run: Run, tmp_path: Path) -> None:
    """Two reviewers, one conflict: rows, agreement, and a folder that `eval run` takes as it is."""
    assert review("a\na\n").status == 0
    assert review("a\nc n: it was moved\n", reviewer="ben").status == 0
    args = "eval", "collect", "report.decisions.jsonl", "--out", "gold", "--draft", "draft.txt", "--corpus", "corpus"
    ran = run(*args)
    assert ran.status == 1 and "1 agreed, 1 in conflict, 0 only waived" in ran.out, ran.out + ran.err
    assert "krippendorff_alpha" in ran.out and "cohen_kappa" in ran.out and "n 2" in ran.out
    (conflict,) = kept(tmp_path / "gold", "conflicts.jsonl")
    assert conflict["labels"] == {"ana": "supported", "ben": "not_enough_evidence"}
    assert [row["label"] for row in kept(tmp_path / "gold", "verification.jsonl")] == ["contradicted"]
    assert run(*args, "--adjudicator", "ana").status == 0
    ran = run("eval", "run", "verify", "--data", "gold/verification.jsonl", "--engine", "overlap")
    assert ran.status == 0 and "n 2" in ran.out, ran.err
    from checker.evaluation.datasets.drafts import read_drafts

    (draft,) = read_drafts(tmp_path / "gold")
    assert [item.verdict.value for item in draft.claims] == ["contradicted", "supported"]
    ran = run("eval", "collect", "gone.jsonl", "--out", "gold")
    assert ran.status == 2 and "there are no decisions here" in ran.err
