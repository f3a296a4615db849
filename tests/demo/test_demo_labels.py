"""The demo's hand labels hold together: their words are in the draft and in the sources."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from checker.model import Label, Reason, ReasonCode, Tier

TYPESET = {
    "minutes-2025-03-11.docx": "minutes.txt",
    "inspection-2025-014.pdf": "inspection.txt",
    "timetable-2025-05.xlsx": "timetable.txt",
}
PLANTED = {
    "unit_swapped",
    "date_shifted",
    "quote_altered",
    "name_misspelt",
    "misattributed",
    "superseded",
    "negation_dropped",
    "number_wrong",
    "overstated",
    "sources_disagree",
    "circular",
    "no_evidence",
}
TRAPS = {
    "converted_unit",
    "quote_variance",
    "rounded",
    "name_variant",
    "relative_date",
    "clock",
    "negation",
}


class Words(HTMLParser):
    """The text of a page, its pieces joined by a space."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def fold(text: str) -> str:
    return " ".join(text.split())


def words_of(examples: Path, file: str) -> str:
    """A source's words as they were written, white space folded."""
    path = examples / "typeset" / TYPESET[file] if file in TYPESET else examples / "sources" / file
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        page = Words()
        page.feed(text)
        text = " ".join(page.pieces)
    return fold(text)


@pytest.fixture(scope="module")
def records(examples: Path) -> dict[str, dict[str, Any]]:
    lines = (examples / "records.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def test_every_quote_is_in_the_draft_once_or_says_which(rows: tuple[dict[str, Any], ...], draft: str) -> None:
    """A label names one place of the draft, in the draft's own characters."""
    unclear = [row["id"] for row in rows if draft.count(row["quote"]) != 1 and "occurrence" not in row]
    assert not unclear
    assert len({row["id"] for row in rows}) == len(rows)


def test_labels_follow_the_draft_and_do_not_overlap(labels: tuple[Any, ...]) -> None:
    """Labels stand in the order of the draft, each on words of its own."""
    for before, after in pairwise(labels):
        assert before.span.end <= after.span.start, f"{before} / {after}"


def test_labels_use_the_words_of_the_model(rows: tuple[dict[str, Any], ...]) -> None:
    """Verdicts, reasons and reasons for no claim are the program's own."""
    for row in rows:
        if row["kind"] == "not_claim":
            Reason(row["reason"])
        else:
            assert row["kind"] in {"claim", "quote", "attribution"}
            Label(row["verdict"])
            assert all(ReasonCode(code) for code in row["reasons"])


def test_every_excerpt_is_in_one_of_its_sources(
    labels: tuple[Any, ...], records: dict[str, dict[str, Any]], examples: Path
) -> None:
    """The words that decide a label are words of a source that the label names."""
    for label in labels:
        texts = [words_of(examples, records[source]["file"]) for source in label.sources]
        for excerpt in label.excerpts:
            assert any(fold(excerpt) in text for text in texts), f"{label}: {excerpt!r}"


def test_verdicts_come_with_sources_unless_there_are_none(labels: tuple[Any, ...]) -> None:
    """What is not "not enough evidence" names its sources and their words; a copy of the draft is never one."""
    for label in labels:
        if label.verdict is None:
            continue
        decided = label.verdict is not Label.NOT_ENOUGH_EVIDENCE
        assert bool(label.sources) == bool(label.excerpts) == decided, str(label)
        assert "aggregator-copy" not in label.sources


def test_every_kind_of_error_and_trap_is_planted(labels: tuple[Any, ...]) -> None:
    """The draft has each kind of error once, each kind of true statement that looks wrong, and plain truths."""
    planted = [label.planted for label in labels if label.planted]
    assert sorted(planted) == sorted(PLANTED)
    assert {label.trap for label in labels if label.trap} == TRAPS
    plain = [x for x in labels if x.verdict is Label.SUPPORTED and not x.trap]
    assert len(plain) >= 25


def test_the_false_words_are_in_no_source_but_the_copy(examples: Path) -> None:
    """What was planted was not planted twice: no source repeats the draft's error."""
    false = ("£1.35", "11-mile", "smaller boat", "29 January", "Penhollow", "20 jobs", "pupils", "to serve the county")
    for path in sorted([*(examples / "sources").iterdir(), *(examples / "typeset").iterdir()]):
        text = path.read_text(encoding="utf-8")
        found = {words for words in false if words in text}
        assert found == (set(false) if path.stem == "aggregator-copy" else set()), path.name


def test_the_corpus_is_written_the_same_twice(tmp_path: Path, examples: Path, records: dict[str, Any]) -> None:
    """The script writes every file that the records name, and the same bytes each time."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        subprocess.run([sys.executable, str(examples / "make_corpus.py"), str(folder)], check=True, timeout=60)
    written = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert written[0] == written[1]
    assert set(written[0]) == {row["file"] for row in records.values()} | {"records.jsonl"}


def test_records_say_what_a_source_is(records: dict[str, dict[str, Any]]) -> None:
    """Each record has a date, a tier and a licence; lineage is left for the program to find."""
    for row in records.values():
        assert date.fromisoformat(row["published"])
        assert Tier(row["tier"]) is not Tier.SELF
        assert row["licence"] == "CC0-1.0"
        assert row["uri"].startswith("https://example.org/")
        assert "lineage" not in row
    assert len({Path(row["file"]).suffix for row in records.values()}) >= 6
