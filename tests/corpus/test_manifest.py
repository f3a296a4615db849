"""The manifest is readable, keeps history, and says clearly what is wrong with it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from corpus_bench import FERRY, HARBOUR, Bench, new_source

from checker.corpus.manifest import Entry, Event, digest_of, parse_manifest
from checker.errors import CorpusMissingError, ManifestError
from checker.model import Tier

LINE = (
    '{"event": "added", "id": "a", "at": "2024-01-01T00:00:00Z", "title": "T", '
    '"file": "a.txt", "sha256": "0", "text_sha256": "0"}'
)


def test_a_line_reads_back_as_the_entry_it_was() -> None:
    """Every label survives, in plain readable JSON."""
    entry = Entry(
        Event.ADDED, "ferry", "2024-01-01T00:00:00Z", "Fähre", "Rederi", date(2019, 11, 1), date(2024, 1, 1), "https://a.example",
        Tier.SECONDARY, "wire", "CC0", "ferry.txt", "ferry-1.txt", "ab", "cd", "text/1",
    )  # fmt: skip
    assert "Fähre" in entry.line()
    assert parse_manifest(f"{entry.line()}\n".encode(), where="m").entries == (entry,)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("<<<<<<< HEAD", "not a line of JSON"),
        ("[1]", "not a JSON object"),
        (LINE.replace('"title"', '"titel"'), "unknown key 'titel'"),
        (LINE.replace('"T"', "5"), "title = 5"),
        (LINE.replace("added", "lost"), "lost"),
        (LINE.replace("a.txt", "../../a.txt"), "not a plain file name"),
        (LINE.replace('"a"', '""'), "no id"),
        (LINE.replace('"title": "T", ', ""), "no title"),
        (LINE.replace('"event"', '"published": "May", "event"'), "May"),
    ],
)
def test_a_damaged_line_is_named(bench: Bench, line: str, says: str) -> None:
    """The error says which line, what is wrong, and what to do."""
    bench.add(new_source(FERRY, "ferry"))
    path = bench.folder / "manifest.jsonl"
    path.write_text(path.read_text() + line + "\n" + LINE + "\n")
    with pytest.raises(ManifestError) as caught, bench.open():
        pass
    assert "line 2" in caught.value.line()
    assert says in caught.value.line()
    assert "Restore the line" in caught.value.line()


def test_a_torn_last_line_is_dropped_and_reported(bench: Bench) -> None:
    """What a kill left of a line was never reported: readers pass over it, a writer takes it away and says so."""
    bench.add(new_source(FERRY, "ferry"))
    path = bench.folder / "manifest.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + LINE.encode()[:50])
    with bench.open() as corpus:
        assert [source.id for source in corpus.sources()] == ["ferry"]
        assert [item.repaired for item in corpus.doctor()] == [False]
    with bench.open(write=True) as corpus:
        (found,) = corpus.doctor()
        assert found.repaired and "unfinished line" in str(found)
    assert path.read_bytes() == whole


def test_a_last_line_without_its_end_is_whole(bench: Bench) -> None:
    """An editor that strips the last line's end costs nothing."""
    bench.add(new_source(FERRY, "ferry"))
    path = bench.folder / "manifest.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    assert bench.add(new_source(HARBOUR, "harbour")) == ["added"]
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["ferry", "harbour"]


def test_the_digest_is_of_what_is_current_and_not_of_how_it_came(bench: Bench) -> None:
    """Order, moment and file name of adding do not count; every label and every word does."""
    one = Entry(Event.ADDED, "a", "2024-01-01T00:00:00Z", "T", file="x", sha256="0", text_sha256="0")
    two = Entry(Event.REPLACED, "a", "2025-01-01T00:00:00Z", "T", file="y", sha256="0", text_sha256="0")
    assert digest_of([one]) == digest_of([two])
    assert digest_of([one]) != digest_of([Entry(Event.ADDED, "a", "", "T", file="x", sha256="0", text_sha256="1")])


def test_what_is_no_corpus_is_said_to_be_none(bench: Bench) -> None:
    """A folder without a manifest is no corpus, and the error says how to make one."""
    with pytest.raises(CorpusMissingError, match="checker corpus add"), bench.open():
        pass
