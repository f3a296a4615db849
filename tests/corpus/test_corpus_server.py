"""A corpus whose vectors lie on a Chroma server: a real one, started for these tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus_bench import FERRY, HARBOUR, SCHOOL, Bench, new_source

from checker.errors import CorpusError, SettingsError


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server."""
    port, folder = free_port(), tmp_path_factory.mktemp("chroma")
    command = [
        Path(sys.executable).with_name("chroma"),
        "run",
        "--path",
        folder,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.mark.slow
def test_one_address_moves_the_vectors_to_a_server(bench: Bench, server: str) -> None:
    """With the address set, adding, searching, replacing, removing and examining work, and no Chroma folder is made."""
    settings = bench.settings(index={"chroma": server})
    with bench.open(write=True, settings=settings) as corpus:
        corpus.add([new_source(HARBOUR, "harbour"), new_source(FERRY, "ferry"), new_source(SCHOOL, "school")])
        assert corpus.search("winter ferry")[0].passage.source_id == "ferry"
        corpus.add([new_source(FERRY.replace("winter", "summer"), "ferry")])
        corpus.remove("school")
        assert {hit.passage.source_id for hit in corpus.search("ferry school")} == {"ferry", "harbour"}
        assert corpus.doctor() == ()
    with bench.open(settings=settings) as corpus:
        hit = corpus.search("four times a day in summer")[0]
        assert hit.passage.source_id == "ferry" and hit.legs["dense"].rank == 1
    assert not list(bench.index().glob("chroma*"))


@pytest.mark.slow
def test_what_a_server_lost_is_found_missing_and_put_back(bench: Bench, server: str) -> None:
    """The doctor makes a collection whole again that somebody emptied."""
    import chromadb

    settings = bench.settings(index={"chroma": server})
    with bench.open(write=True, settings=settings) as corpus:
        corpus.add([new_source(HARBOUR, "harbour"), new_source(FERRY, "ferry")])
    client = chromadb.HttpClient(host="127.0.0.1", port=int(server.rpartition(":")[2]))
    collection = client.get_collection(f"checker-{bench.index().name}", embedding_function=None)
    collection.delete(ids=collection.get(limit=1, include=[])["ids"])
    client.close()
    with bench.open(write=True, settings=settings) as corpus:
        (found,) = corpus.doctor()
        assert "holds" in str(found) and found.repaired
        assert corpus.doctor() == ()


def test_a_server_that_does_not_answer_is_named(stocked: Bench) -> None:
    """The search says which address is silent and what to do, and does not quietly do without it."""
    address = f"http://127.0.0.1:{free_port()}"
    with stocked.open(settings=stocked.settings(index={"chroma": address})) as corpus:
        with pytest.raises(CorpusError) as caught:
            corpus.search("ferry")
        assert address in caught.value.line() and "chroma run" in caught.value.line()


@pytest.mark.parametrize("address", ["localhost:8000", "ftp://x", "http://", "http://x:port"])
def test_an_address_that_is_none_is_a_setting_at_fault(stocked: Bench, address: str) -> None:
    """A mistyped address is told from a silent server."""
    with (
        stocked.open(settings=stocked.settings(index={"chroma": address})) as corpus,
        pytest.raises(SettingsError, match="not an address"),
    ):
        corpus.search("ferry")
