"""The corpus examines itself, repairs what is derived, and says what cannot be."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from corpus_bench import FERRY, Bench, new_source, plain_document, read_plain

from checker.errors import CorpusError
from checker.model import Document


def examined(bench: Bench, *, write: bool = True, repair: bool = True) -> list[str]:
    with bench.open(write=write) as corpus:
        return [str(item) for item in corpus.doctor(repair=repair)]


def finds_everything(bench: Bench) -> bool:
    with bench.open() as corpus:
        return all(corpus.search(source.text)[0].passage.source_id == source.id for source in corpus.sources())


def test_a_sound_corpus_has_no_findings(stocked: Bench) -> None:
    """Nothing is reported where nothing is wrong, before and after a repair."""
    assert examined(stocked) == []
    assert examined(stocked, write=False, repair=False) == []


def test_lost_and_altered_files_are_reported_and_never_repaired(stocked: Bench) -> None:
    """What was added cannot be derived from anything: the finding says which file."""
    sources = stocked.folder / "sources"
    (lost,), (altered,) = sources.glob("ferry-*"), sources.glob("school-*")
    lost.unlink()
    altered.write_text("Altered.")
    found = examined(stocked)
    assert len(found) == 2 and not any("(repaired)" in item for item in found)
    assert str(lost) in found[0] and "is not what was added" in found[1]


def test_a_changed_reader_is_noticed_and_its_text_taken_in(stocked: Bench) -> None:
    """Where the same bytes are read as another text, the manifest gets a new version of the source."""

    def loud(data: bytes, name: str) -> Document:
        return replace(plain_document(read_plain(data, name).text.upper()), extractor="loud/2")

    stocked.read = loud
    found = examined(stocked)
    assert len(found) == 3 and all("another text" in item and "(repaired)" in item for item in found)
    assert examined(stocked) == []
    with stocked.open() as corpus:
        assert corpus.source("ferry").text == FERRY.upper()
        assert corpus.history("ferry")[-1].extractor == "loud/2"


def test_leftovers_of_a_kill_are_taken_away_and_strangers_are_not(stocked: Bench) -> None:
    """A file that an interrupted add left goes; one that somebody put there stays, and is reported."""
    sources = stocked.folder / "sources"
    (ours,) = sources.glob("ferry-*")
    with stocked.open(write=True) as corpus:
        corpus.remove("ferry")
    ours.write_text(FERRY)
    (sources / ".tmp-7-x.txt").write_text("half")
    (sources / "notes.txt").write_text("mine")
    found = examined(stocked)
    assert [item.endswith("(repaired)") for item in sorted(found)] == [True, True, False]
    assert (sources / "notes.txt").exists() and not ours.exists()


@pytest.mark.parametrize(
    "part", ["texts.sqlite", "words/meta.json", "chroma.json", "chroma-*/chroma.sqlite3", "chroma-*/*/*.bin"]
)
def test_damage_to_any_part_of_the_index_is_survived(stocked: Bench, part: str) -> None:
    """Overwritten with noise, every part is made again by the next command that needs it."""
    index = stocked.index()
    for path in index.glob(part):
        path.write_bytes(os.urandom(4096))
    for path in index.glob("texts.sqlite-*"):
        path.unlink()
    examined(stocked)
    assert finds_everything(stocked)
    assert examined(stocked) == []


@pytest.mark.parametrize("part", ["texts.sqlite", "words", "chroma.json", "chroma-*", "."])
def test_any_part_of_the_index_can_be_deleted(stocked: Bench, part: str) -> None:
    """What is missing is made again, and the answers are the same."""
    index = stocked.index()
    for path in [index] if part == "." else list(index.glob(part)):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert finds_everything(stocked)
    assert examined(stocked) == []


def test_vectors_that_chroma_lost_are_found_missing_and_put_back(stocked: Bench) -> None:
    """A self-query that does not find itself makes the collection anew, without encoding anything again."""
    import chromadb

    marker = json.loads((stocked.index() / "chroma.json").read_text())
    client = chromadb.PersistentClient(path=str(stocked.index() / marker["folder"]))
    (collection,) = client.list_collections()
    collection.delete(ids=collection.get(limit=1, include=[])["ids"])
    client.close()
    asked = len(stocked.encoder.texts)
    (found,) = examined(stocked)
    assert "dense index: holds 2 of 3 vectors" in found and "(repaired)" in found
    assert examined(stocked) == [] and len(stocked.encoder.texts) == asked


def test_a_generation_that_chroma_did_not_reach_is_made_up_for(stocked: Bench) -> None:
    """After a kill between SQLite and Chroma, the next search brings Chroma up and finds the newest source."""
    marker = stocked.index() / "chroma.json"
    before = marker.read_text()
    stocked.add(new_source("An eel festival was held.", "eel"))
    marker.write_text(before)
    with stocked.open() as corpus:
        assert corpus.search("An eel festival was held.")[0].legs["dense"].rank == 1
    assert json.loads(marker.read_text())["generation"] != json.loads(before)["generation"]


def test_a_vector_that_sqlite_lacks_is_made_when_it_is_needed(stocked: Bench) -> None:
    """After a kill while encoding, the first search makes what is missing."""
    database = sqlite3.connect(stocked.index() / "texts.sqlite")
    with database:
        database.execute("DELETE FROM vectors")
    database.close()
    (stocked.index() / "chroma.json").unlink()
    assert finds_everything(stocked)
    assert examined(stocked) == []


def test_a_cache_that_cannot_be_written_gives_a_spare_index(stocked: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """Reading goes on with an index for this run, and one line says so; writing does not."""
    shutil.rmtree(stocked.cache)
    stocked.cache.write_text("a file where the folder should be")
    assert finds_everything(stocked)
    assert "made for this run alone" in caplog.text
    with pytest.raises(CorpusError, match="index cannot be written"), stocked.open(write=True):
        pass


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path: Path) -> None:
    """A corpus cannot be where a file is."""
    bench = Bench(tmp_path)
    bench.folder.write_text("x")
    with pytest.raises(CorpusError, match="cannot be made into a corpus"), bench.open(write=True):
        pass
