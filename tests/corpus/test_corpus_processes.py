"""Several processes at one corpus: killed writers, two writers at once, readers beside a writer."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from corpus_bench import FERRY, Bench, new_source
from corpus_writer import text_of

from checker.errors import CorpusLockedError

WRITER = Path(__file__).with_name("corpus_writer.py")


def start(bench: Bench, name: str, first: int, last: int, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(bench.root), name, str(first), str(last), str(size)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ids_in(output: str) -> list[str]:
    """The ids that were reported on whole lines."""
    return [line for line in output.split("\n")[:-1] if line != "batch"]


def lost(bench: Bench, reported: set[str]) -> set[str]:
    """Ids reported as added that are not stored as they were given, or not found first by their own words."""
    with bench.open() as corpus:
        stored = {source.id: source.text for source in corpus.sources()}
        gone = set()
        for id in reported:
            name = id.rstrip("0123456789")
            text = text_of(name, int(id.removeprefix(name)))
            hits = corpus.search(text, limit=3) if stored.get(id) == text else ()
            if not any(hit.passage.source_id == id for hit in hits):
                gone.add(id)
        return gone


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing_reported(bench: Bench) -> None:
    """Killed again and again while adding, everything reported is there, found, and sound in the doctor's eyes."""
    chance = random.Random(5)
    reported: set[str] = set()
    until = time.monotonic() + 12
    for round in range(8):
        if time.monotonic() > until:
            break
        writer = start(bench, "k", round * 30, round * 30 + 30, 5)
        first = writer.stdout.readline() if round % 2 else ""  # half of the kills come after the first report
        time.sleep(chance.uniform(0.0, 0.7) if first else chance.uniform(0.2, 1.2))
        os.kill(writer.pid, signal.SIGKILL)
        rest, _ = writer.communicate()
        reported |= set(ids_in(first + rest))
        if round % 3 == 2:
            assert lost(bench, reported) == set()
    assert len(reported) > 5
    assert lost(bench, reported) == set()
    with bench.open(write=True) as corpus:
        corpus.add([new_source(FERRY, "last")])
        corpus.doctor()
    with bench.open(write=True) as corpus:
        assert corpus.doctor() == ()
        assert reported <= {source.id for source in corpus.sources()}


@pytest.mark.slow
def test_two_writers_at_once_lose_no_vector(bench: Bench) -> None:
    """One waits for the other; afterwards every passage of both is found by its own vector."""
    writers = [start(bench, name, 0, 30, 10) for name in ("a", "b")]
    for writer in writers:
        output, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors
        assert len(ids_in(output)) == 30
    assert lost(bench, {f"{name}{n}" for name in "ab" for n in range(30)}) == set()
    with bench.open(write=True) as corpus:
        assert corpus.doctor() == ()


@pytest.mark.slow
def test_readers_beside_a_writer_see_whole_states_only(bench: Bench) -> None:
    """While sources arrive, each opening sees all up to some one of them, and what it sees does not move."""
    bench.add(*(new_source(text_of("r", n), f"r{n}") for n in range(10)))
    writer = start(bench, "r", 10, 50, 10)
    openings = 0

    while writer.poll() is None:
        openings += 1
        with bench.open() as corpus:
            ids = {source.id for source in corpus.sources()}
            assert ids == {f"r{n}" for n in range(len(ids))}
            digest = corpus.digest
            for number in range(0, len(ids), 7):
                hits = corpus.search(text_of("r", number), limit=3)
                assert f"r{number}" in {hit.passage.source_id for hit in hits}
                assert "dense" in hits[0].legs
            assert {source.id for source in corpus.sources()} == ids and corpus.digest == digest
    output, errors = writer.communicate(timeout=60)
    assert writer.returncode == 0, errors
    assert len(ids_in(output)) == 40
    assert openings > 1
    assert lost(bench, {f"r{n}" for n in range(50)}) == set()


def test_a_writer_that_waited_in_vain_is_told_who_holds_the_lock(bench: Bench) -> None:
    """The error names process, host and time, and says that trying again can help."""
    bench.add(new_source(FERRY, "ferry"))
    writer = start(bench, "w", 0, 2000, 2000)
    try:
        writer.stdout.readline()
        impatient = bench.settings(index={"lock_seconds": 0.1})
        with pytest.raises(CorpusLockedError) as caught, bench.open(write=True, settings=impatient):
            pass
        assert f"process {writer.pid} on " in caught.value.line() and " since 20" in caught.value.line()
        assert caught.value.retryable
        with bench.open(settings=impatient) as corpus:
            assert corpus.source("ferry").text == FERRY
    finally:
        writer.kill()
        writer.communicate()
    assert bench.add(new_source(FERRY, "ferry")) == ["unchanged"]


def test_threads_share_a_corpus(stocked: Bench) -> None:
    """Searches from many threads at once give each what one thread would have got."""
    queries = ["breakwater", "winter ferry", "pupils at the school", "herring season"] * 6
    with stocked.open() as corpus:
        expected = [corpus.search(query) for query in queries]
    found: dict[int, object] = {}
    with stocked.open() as corpus:

        def work(at: int) -> None:
            found[at] = corpus.search(queries[at])

        threads = [threading.Thread(target=work, args=(at,)) for at in range(len(queries))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [found[at] for at in range(len(queries))] == expected


def test_a_reader_keeps_its_state_while_another_writes(stocked: Bench) -> None:
    """What a check sees does not change under it, not even after a source was taken out."""
    with stocked.open() as reader:
        before = reader.search("winter ferry")
        with stocked.open(write=True) as writer:
            writer.remove("ferry")
            writer.add([new_source("A winter ferry of another sort.", "new")])
            assert {hit.passage.source_id for hit in writer.search("winter ferry", limit=1)} == {"new"}
        assert reader.search("winter ferry") == before
        assert reader.source("ferry").text == FERRY
    with stocked.open() as reader:
        assert reader.search("winter ferry")[0].passage.source_id == "new"
