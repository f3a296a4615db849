"""`checker corpus`, as an editor meets it."""

from __future__ import annotations

import json
from pathlib import Path

from running import Run


def test_adding_twice_changes_nothing(desk: Run) -> None:
    """The second time every source is unchanged."""
    ran = desk("corpus", "add", "records.jsonl")
    assert (ran.status, ran.err) == (0, "0 added, 0 replaced, 2 unchanged\n")


def test_one_bad_file_does_not_stop_the_others(desk: Run, tmp_path: Path) -> None:
    """What can be read is added; what cannot is one line; the status says that something failed."""
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "good.txt").write_text("The pilot boat was sold in June.", encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7 not really")
    ran = desk("corpus", "add", "more")
    assert ran.status == 2
    assert "added     good" in ran.out
    assert "bad.pdf" in ran.err
    assert "1 added, 0 replaced, 0 unchanged, 1 could not be read" in ran.err


def test_a_replaced_source_keeps_its_history(desk: Run, tmp_path: Path) -> None:
    """A changed file replaces its source, and show says how many versions there were."""
    for text in ("The quay is 90 metres long.", "The quay is 96 metres long."):
        (tmp_path / "quay.txt").write_text(text, encoding="utf-8")
        last = desk("corpus", "add", "quay.txt", "--id", "quay")
    assert "replaced  quay" in last.out
    shown = desk("corpus", "show", "quay")
    assert "2 versions" in shown.out
    assert "96 metres" in shown.out


def test_search_shows_both_legs(desk: Run) -> None:
    """Every hit has its fused score and the rank and score of each leg."""
    found = [json.loads(line) for line in desk("corpus", "search", "cost of dredging", "--json").out.splitlines()]
    assert found[0]["source_id"] == "minutes"
    assert set(found[0]["legs"]) == {"dense", "lexical"}
    assert "fused" in desk("corpus", "search", "cost of dredging").out


def test_a_removed_source_is_gone_and_remembered(desk: Run, tmp_path: Path) -> None:
    """Remove takes a source out of list and search; the manifest keeps that it was there."""
    assert desk("corpus", "remove", "notice").status == 0
    assert "notice" not in desk("corpus", "list").out
    assert '"notice"' in (tmp_path / "corpus" / "manifest.jsonl").read_text(encoding="utf-8")


def test_doctor_finds_an_altered_source(desk: Run, tmp_path: Path) -> None:
    """Bytes that changed under the manifest are named, and are no sound corpus."""
    assert desk("corpus", "doctor").out == "the corpus and its index agree\n"
    (stored,) = (tmp_path / "corpus" / "sources").glob("notice*")
    stored.write_text("The lighthouse stands 14 metres above the sea.", encoding="utf-8")
    ran = desk("corpus", "doctor")
    assert ran.status == 1
    assert "notice" in ran.out
