"""What is added is kept, recognised again, replaced with its history, and taken out."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from corpus_bench import FERRY, HARBOUR, SCHOOL, Bench, new_source, plain_document

from checker.corpus import Added, NewSource
from checker.errors import CorpusError, IndexDamagedError, UsageError
from checker.model import Block, BlockKind, Document, Locator, Span, Tier, sha256_text


def test_a_source_keeps_its_text_blocks_and_labels(bench: Bench) -> None:
    """What comes out is what went in, locators and markup included, after the index was deleted too."""
    text = "# Ferry\n*Sails* at 9\ud83d\ude00.\r\nOld noise"
    blocks = (
        Block(Span(0, 7), BlockKind.HEADING, Locator(page=1, line=1), (Span(0, 2),)),
        Block(
            Span(8, 23), BlockKind.CUE, Locator(time="00:01:02", speaker="A. Holm"), (Span(8, 9), Span(14, 15)), True
        ),
    )
    made = Document(text, blocks, "text/markdown", extractor="hand/1")
    bench.read = lambda data, name: made
    labels = {
        "publisher": "Rederi",
        "published": date(2020, 2, 29),
        "uri": "https://a.example/1",
        "tier": Tier.SECONDARY,
    }
    bench.add(NewSource(b"raw", ".md", made, "f", "The ferry", licence="CC0", lineage="wire", **labels))
    for _ in range(2):
        with bench.open() as corpus:
            source = corpus.source("f")
            assert (source.text, source.blocks, source.sha256) == (text, blocks, sha256_text(text))
            assert (source.title, source.licence, source.lineage) == ("The ferry", "CC0", "wire")
            assert {name: getattr(source, name) for name in labels} == labels
        shutil.rmtree(bench.cache)


def test_adding_twice_changes_nothing(bench: Bench) -> None:
    """The same bytes and labels leave the manifest, the digest and the vectors as they are."""
    sources = [new_source(HARBOUR, "harbour"), new_source(FERRY)]
    assert bench.add(*sources) == ["added", "added"]
    before, asked = (bench.folder / "manifest.jsonl").read_bytes(), len(bench.encoder.texts)
    assert bench.add(*sources) == ["unchanged", "unchanged"]
    assert (bench.folder / "manifest.jsonl").read_bytes() == before
    assert len(bench.encoder.texts) == asked


def test_one_source_more_encodes_only_its_own_passages(stocked: Bench) -> None:
    """Vectors that were made are used again."""
    asked = len(stocked.encoder.texts)
    stocked.add(new_source("A new thing happened on the quay.", "new"))
    assert stocked.encoder.texts[asked:] == ["A new thing happened on the quay."]


def test_a_changed_source_replaces_the_old_and_its_history_stays(stocked: Bench) -> None:
    """The new text is found, the old one and its bytes are gone, and the manifest knows both."""
    assert stocked.add(new_source(FERRY.replace("35", "40"), "ferry")) == ["replaced"]
    with stocked.open() as corpus:
        assert "40 minutes" in corpus.source("ferry").text
        assert [entry.event for entry in corpus.history("ferry")] == ["added", "replaced"]
        assert corpus.source("ferry").published == date(2019, 11, 1)  # a label nobody gave anew
        assert len(list((stocked.folder / "sources").glob("ferry-*"))) == 1
        assert all(
            "35" not in hit.passage.span.of(corpus.source(hit.passage.source_id).text)
            for hit in corpus.search("35 minutes")
        )


def test_a_new_label_alone_is_a_new_version_without_new_vectors(stocked: Bench) -> None:
    """A corrected title is history too, and costs no reading and no encoding."""
    asked = len(stocked.encoder.texts)
    stocked.read = lambda data, name: pytest.fail("was read again")
    assert stocked.add(new_source(FERRY, "ferry", title="Winter ferry")) == ["replaced"]
    assert len(stocked.encoder.texts) == asked
    with stocked.open() as corpus:
        assert corpus.source("ferry").title == "Winter ferry"
        assert corpus.search("winter ferry")[0].passage.source_id == "ferry"


def test_labels_given_once_stay_when_the_same_file_is_added_without_them(bench: Bench) -> None:
    """What a document says of itself does not undo what somebody said of it."""
    document = plain_document(FERRY, title="untitled", publisher="cms")
    given = NewSource(FERRY.encode(), ".txt", document, None, "Timetable", publisher="Rederi", tier=Tier.SECONDARY)
    bench.add(given)
    assert bench.add(replace(given, title="untitled", publisher="cms", tier=None)) == ["unchanged"]


def test_ids_are_made_of_titles_and_unique(bench: Bench) -> None:
    """An id can be read and typed; another source of the same title has another."""
    with bench.open(write=True) as corpus:
        titles = ["Årsrapport: Hamn & Båt, 2021", "Årsrapport hamn bat 2021!", "", "港"]
        added = corpus.add([new_source(f"Text {n}.", title=title) for n, title in enumerate(titles)])
    assert [item.id for item in added] == [
        "arsrapport-hamn-bat-2021",
        "arsrapport-hamn-bat-2021-2",
        "source",
        "source-2",
    ]


def test_a_source_is_recognised_by_bytes_address_or_file_name(bench: Bench) -> None:
    """Without an id, an edited file is a new version of the source it was and not another one."""

    def add(text: str, **labels: str) -> Added:
        with bench.open(write=True) as corpus:
            return corpus.add([new_source(text, **labels)])[0]

    first = add(FERRY, uri="https://a.example/ferry", title="Ferry")
    assert add(FERRY, title="Another title").id == first.id
    assert add(FERRY + " More.", uri="https://a.example/ferry", title="Ferry").status == "replaced"
    note = add(SCHOOL, name="school.txt", title="School")
    assert add(SCHOOL + " More.", name="school.txt", title="School").id == note.id
    assert add("Nothing of it.", name="school.txt", title="Other").id != note.id


def test_two_documents_of_one_address_in_one_run_are_two_sources(bench: Bench) -> None:
    """Pages that all name their site's front page do not overwrite one another."""
    pages = [new_source(f"Page {n}.", uri="https://a.example/", title=f"Page {n}") for n in range(3)]
    assert bench.add(*pages) == ["added"] * 3
    assert bench.add(*pages) == ["unchanged"] * 3


def test_a_removed_source_is_gone_but_for_its_history(stocked: Bench) -> None:
    """Its passages, its vectors and its bytes go; adding it again gives it its id back."""
    with stocked.open(write=True) as corpus:
        corpus.remove("ferry")
        assert {hit.passage.source_id for hit in corpus.search("ferry winter")} <= {"harbour", "school"}
        with pytest.raises(CorpusError, match="no source 'ferry'"):
            corpus.source("ferry")
        with pytest.raises(CorpusError, match="no source 'ferry'"):
            corpus.remove("ferry")
        assert [entry.event for entry in corpus.history("ferry")] == ["added", "removed"]
        assert not list((stocked.folder / "sources").glob("ferry-*"))
        assert corpus.add([new_source(FERRY)])[0].id == "ferry"


def test_ids_from_outside_cannot_leave_the_folder(bench: Bench) -> None:
    """An id is a label: the file's name is made safe, and the id stays as it was given."""
    evil = "../../etc/passwd"
    with bench.open(write=True) as corpus:
        assert [item.id for item in corpus.add([new_source(FERRY, evil), new_source(SCHOOL, "a\nb\x00c")])] == [
            evil,
            "a b c",
        ]
        assert corpus.source(evil).text == FERRY
    assert {path.parent for path in bench.root.rglob("*.txt")} == {bench.folder / "sources"}


def test_on_added_is_told_when_nothing_can_lose_the_source(bench: Bench) -> None:
    """At the moment of the call, the bytes and the manifest's line are there."""
    seen = []

    def on_added(item: Added) -> None:
        lines = map(json.loads, (bench.folder / "manifest.jsonl").read_text().splitlines())
        files = {line["id"]: line["file"] for line in lines}
        assert (bench.folder / "sources" / files[item.id]).is_file()
        seen.append((item.status, item.id, item.passages))

    with bench.open(write=True) as corpus:
        corpus.add([new_source(FERRY, "ferry"), new_source(SCHOOL, "school"), new_source(FERRY, "ferry")], on_added)
    assert seen == [("added", "ferry", 1), ("added", "school", 1), ("unchanged", "ferry", 1)]


def test_a_corpus_opened_for_reading_is_not_written(stocked: Bench) -> None:
    """Adding asks for a corpus that was opened for writing."""
    with stocked.open() as corpus:
        with pytest.raises(UsageError, match="opened for reading"):
            corpus.add([])
        with pytest.raises(UsageError, match="opened for reading"):
            corpus.remove("ferry")


def test_an_index_is_rebuilt_from_the_folder_alone(stocked: Bench, tmp_path: Path) -> None:
    """A clone of the folder elsewhere has the same digest, sources and answers."""
    shutil.copytree(stocked.folder, tmp_path / "clone" / "corpus")
    clone = Bench(tmp_path / "clone")
    with stocked.open() as one, clone.open() as other:
        assert one.digest == other.digest
        assert list(one.sources()) == list(other.sources())
        assert one.search("breakwater costs") == other.search("breakwater costs")


def test_sources_with_lone_surrogates_can_be_stored(bench: Bench) -> None:
    """An escape in JSON may stand for half a character; the text is kept as it was read."""
    odd = plain_document("The ferry \ud800 sails.")
    bench.read = lambda data, name: odd
    bench.add(NewSource(b"x", ".json", odd, "odd", "A \ud800 title"))
    with bench.open() as corpus:
        assert corpus.source("odd").text == odd.text
        assert corpus.search("ferry \udfff sails")[0].passage.source_id == "odd"


def test_a_lost_or_altered_file_stops_the_search_when_it_is_needed(stocked: Bench) -> None:
    """A check without one of its sources would mislead: the error names the file and what to do."""
    (file,) = (stocked.folder / "sources").glob("ferry-*")
    file.write_text("Something else.")
    shutil.rmtree(stocked.cache)
    with stocked.open() as corpus:
        with pytest.raises(IndexDamagedError, match="checker corpus remove ferry"):
            corpus.search("ferry")
        assert corpus.source("school").text == SCHOOL
    with stocked.open(write=True) as corpus:
        corpus.remove("ferry")
        assert corpus.search("school")
    file.unlink(missing_ok=True)
