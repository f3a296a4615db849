"""The dense leg: a Chroma collection of vectors that are ours; Chroma never makes one and never sees a text.

Embedded Chroma keeps parts of its graph in the process that opened it: what another process wrote is not seen, and two
that write in turn lose vectors without an error. So everything happens under the index's lock; a writer opens the
collection anew for each write; a reader keeps it open only while the marker beside it says that nobody wrote. A reader
that may not ask (the lock is taken, the collection is of another state) is told so and compares vectors itself.
"""

from __future__ import annotations

import json
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from checker.corpus.locking import Lock
from checker.errors import CorpusError, IndexDamagedError, SettingsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = Callable[[Sequence[str]], Mapping[str, NDArray[np.float32]]]

_SEARCH_WIDTH = 200  # of 19,800 real vectors it finds 99.9 % of the true nearest ten; Chroma's own 100 finds 99.2 %
# Twice Chroma's own neighbours and width cost no time to speak of; of 10,000 vectors nearly alike, 1 % instead of 3.5 %
# are then not found by themselves.
_GRAPH = {"max_neighbors": 32, "ef_construction": 200}
_EMBEDDED_BATCH = 2000  # Chroma takes 5,461 at most
_SERVER_BATCH = 200
_PAGE = 5000
_SAMPLE = 100
_SAME = 1e-4
_MISSED_SHARE = 0.1
_openings = count()


@dataclass(frozen=True, slots=True)
class Marker:
    """What the collection holds: which state, in which folder, and a token that every write changes."""

    generation: str = ""
    folder: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The passages that differ from the state `since`."""

    since: str
    added: Sequence[str]
    removed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Health:
    """A collection that should hold `wanted` vectors: how many it holds, and of `asked` how many were `lost` (not
    stored as they were given) and how many `missed` (not found by themselves)."""

    wanted: int
    held: int
    lost: int = 0
    missed: int = 0
    asked: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is lost. A whole graph misses a few too, where many texts are nearly alike."""
        return self.held == self.wanted and not self.lost and self.missed <= _MISSED_SHARE * self.asked

    def __str__(self) -> str:
        return (
            f"holds {self.held} of {self.wanted} vectors; of {self.asked} asked for, "
            f"{self.lost} are lost and {self.missed} not found"
        )


class VectorIndex:
    """Passages by their vectors, in a folder of this index or on a Chroma server. Safe to share among threads."""

    def __init__(self, folder: Path, *, name: str, address: str | None, lock: Lock) -> None:
        self._folder = folder
        self._marker_path = folder / "chroma.json"
        self._name = name
        self._address = address
        self._lock = lock
        self._mutex = threading.Lock()
        self._client: Any = None
        self._collection: Any = None
        self._opened = Marker()

    def close(self) -> None:
        with self._mutex:
            self._drop()

    @property
    def generation(self) -> str:
        """The state that the collection holds; empty where a write was cut short or there is none."""
        if self._address is None:
            return self._marker().generation
        with self._mutex, self._told():
            return self._served_generation()

    def query(self, vector: NDArray[np.float32], limit: int, generation: str) -> list[str] | None:
        """Ids of the nearest passages, nearest first; None where the collection cannot be asked about `generation`."""
        with self._mutex:
            if self._address is not None:
                with self._told():
                    return self._ask(vector, limit) if self._served_generation() == generation else None
            with self._lock.trying() as free:
                marker = self._marker()
                if not free or marker.generation != generation:
                    return None
                if self._collection is not None and marker != self._opened:
                    self._drop()
                try:
                    if self._collection is None:
                        self._client, self._collection = self._open(marker.folder)
                        self._opened = marker
                    return self._ask(vector, limit)
                except _failures():
                    self._drop()
                    return None

    # Writing. The caller holds the index's lock.

    def write(self, wanted: Sequence[str], vectors: Vectors, *, generation: str, change: Change | None = None) -> None:
        """Make the collection hold exactly `wanted`, of the state `generation`; `change` spares looking through it."""
        with self._mutex:
            self._drop()
            before = self._marker() if self._address is None else None
            if before is None:
                with self._told():
                    self._write_served(wanted, vectors, generation, change)
            elif not (before.folder and self._update(before, wanted, vectors, generation, change)):
                self._build(wanted, vectors, generation)

    def rebuild(self, wanted: Sequence[str], vectors: Vectors, *, generation: str) -> None:
        """Make the collection anew."""
        with self._mutex:
            self._drop()
            if self._address is None:
                self._build(wanted, vectors, generation)
                return
            with self._told():
                client, _ = self._connect()
                client.delete_collection(self._name)
                self._drop()
                self._write_served(wanted, vectors, generation, None)

    def examined(self, wanted: Sequence[str], vectors: Vectors, sample: int) -> Health:
        """The collection held against `wanted`. The caller holds the index's lock."""
        with self._mutex:
            self._drop()
            try:
                if self._address is not None:
                    client, collection = self._connect()
                else:
                    client, collection = self._open(self._marker().folder)
                    self._client = client
                return _examined(collection, wanted, vectors, sample)
            except _failures():
                return Health(len(wanted), 0, min(sample, len(wanted)))
            finally:
                self._drop()

    # Embedded: a folder that is replaced as a whole, named by the marker.

    def _update(
        self, before: Marker, wanted: Sequence[str], vectors: Vectors, generation: str, change: Change | None
    ) -> bool:
        """Bring the collection up to date in place; False where it has to be made anew."""
        self._mark(Marker("", before.folder, uuid.uuid4().hex))
        try:
            self._client, collection = self._open(before.folder)
            known = change if change and before.generation and change.since == before.generation else None
            _apply(collection, wanted, vectors, known, _EMBEDDED_BATCH)
            if not _examined(collection, wanted, vectors, _SAMPLE).sound:
                return False
        except _failures():
            return False
        finally:
            self._drop()
        self._mark(Marker(generation, before.folder, uuid.uuid4().hex))
        return True

    def _build(self, wanted: Sequence[str], vectors: Vectors, generation: str) -> None:
        folder = f"chroma-{uuid.uuid4().hex[:12]}"
        try:
            self._client, collection = self._open(folder)
            _apply(collection, wanted, vectors, Change("", wanted, ()), _EMBEDDED_BATCH)
            _examined(collection, wanted, vectors, 1)  # a question makes Chroma take in what it only noted so far
        except _failures() as error:
            raise IndexDamagedError(f"Chroma cannot write here: {error}", where=str(self._folder / folder)) from error
        finally:
            self._drop()
        self._mark(Marker(generation, folder, uuid.uuid4().hex))
        for old in self._folder.glob("chroma-*"):
            if old.name != folder:
                shutil.rmtree(old, ignore_errors=True)

    def _open(self, folder: str) -> tuple[Any, Any]:
        """A client of its own and the collection. Raises one of `_failures` where it cannot be opened."""
        import chromadb
        from chromadb.config import Settings

        # Chroma shares what it holds in memory among clients of one path, told apart by how the path is written.
        # Another spelling for each opening gives a client that reads what is on the disk now, and can be closed alone.
        spelling = "".join("/." if bit == "1" else "//" for bit in f"{next(_openings):b}")
        path = self._folder / folder
        path.mkdir(parents=True, exist_ok=True)
        client = chromadb.PersistentClient(path=f"{path}{spelling}", settings=Settings(anonymized_telemetry=False))
        return client, self._of(client)

    def _of(self, client: Any) -> Any:
        configuration = {"hnsw": {"space": "cosine", "ef_search": _SEARCH_WIDTH} | _GRAPH}
        return client.get_or_create_collection(self._name, embedding_function=None, configuration=configuration)

    def _marker(self) -> Marker:
        try:
            marker = Marker(**json.loads(self._marker_path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return Marker()
        return marker if marker.folder and (self._folder / marker.folder / "chroma.sqlite3").is_file() else Marker()

    def _mark(self, marker: Marker) -> None:
        draft = self._marker_path.with_suffix(".tmp")
        draft.write_text(json.dumps(asdict(marker)), encoding="utf-8")
        draft.replace(self._marker_path)

    # A server: the state stands in the collection's metadata.

    def _connect(self) -> tuple[Any, Any]:
        if self._collection is None:
            import chromadb
            from chromadb.config import Settings

            assert self._address is not None
            host, port, ssl = parse_address(self._address)
            settings = Settings(anonymized_telemetry=False)
            self._client = chromadb.HttpClient(host=host, port=port, ssl=ssl, settings=settings)
            self._collection = self._of(self._client)
        return self._client, self._collection

    def _served_generation(self) -> str:
        client, _ = self._connect()
        metadata = self._of(client).metadata or {}
        return str(metadata.get("generation", ""))

    def _write_served(self, wanted: Sequence[str], vectors: Vectors, generation: str, change: Change | None) -> None:
        before = self._served_generation()
        _, collection = self._connect()
        collection.modify(metadata={"generation": ""})
        known = change if change and before and change.since == before else None
        _apply(collection, wanted, vectors, known, _SERVER_BATCH)
        collection.modify(metadata={"generation": generation})

    def _ask(self, vector: NDArray[np.float32], limit: int) -> list[str]:
        found = self._collection.query(query_embeddings=[vector], n_results=limit, include=[])
        return [str(id) for id in found["ids"][0]]

    def _drop(self) -> None:
        client, self._client, self._collection, self._opened = self._client, None, None, Marker()
        if client is not None:
            client.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _failures() as error:
            self._drop()
            hint = "Start it (chroma run), or leave index.chroma unset to keep the index in a folder."
            raise CorpusError(
                f"the Chroma server does not answer: {_first_line(error)}", where=self._address, hint=hint
            ) from error


def parse_address(address: str) -> tuple[str, int, bool]:
    """Host, port and whether to encrypt, of `http://host:port`. Raises SettingsError."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"index.chroma = {address!r} is not an address such as http://127.0.0.1:8000")
    return parts.hostname, port or (443 if parts.scheme == "https" else 8000), parts.scheme == "https"


def _apply(collection: Any, wanted: Sequence[str], vectors: Vectors, change: Change | None, batch: int) -> None:
    if change is None:
        have, want = set(_ids(collection)), set(wanted)
        added, removed = [id for id in wanted if id not in have], sorted(have - want)
    else:
        added, removed = list(change.added), list(change.removed)
    for at in range(0, len(removed), batch):
        collection.delete(ids=removed[at : at + batch])
    for at in range(0, len(added), batch):
        some = vectors(added[at : at + batch])
        # Never `add`: it silently keeps an old vector under a known id.
        collection.upsert(ids=list(some), embeddings=list(some.values()))


def _ids(collection: Any) -> Iterator[str]:
    for at in range(0, collection.count(), _PAGE):
        yield from collection.get(limit=_PAGE, offset=at, include=[])["ids"]


def _examined(collection: Any, wanted: Sequence[str], vectors: Vectors, sample: int) -> Health:
    """The collection's count, and a sample spread evenly: each vector as it is stored, and asked for by itself."""
    number = min(sample, len(wanted))
    some = vectors([wanted[at * len(wanted) // number] for at in range(number)])
    held = int(collection.count())
    if not some:
        return Health(len(wanted), held)
    stored = collection.get(ids=list(some), include=["embeddings"])
    same = sum(1 for id, vector in zip(stored["ids"], stored["embeddings"]) if abs(vector - some[id]).max() < _SAME)
    found = collection.query(query_embeddings=list(some.values()), n_results=5, include=["distances"])
    answers = zip(some, found["ids"], found["distances"], strict=True)
    # Passages of the same words share a vector, and any of them may come first.
    missed = sum(1 for id, ids, distances in answers if id not in ids and not (distances and distances[0] < _SAME))
    return Health(len(wanted), held, len(some) - same, missed, len(some))


def _failures() -> tuple[type[Exception], ...]:
    """What Chroma raises where its files or its server fail it; its bindings raise plain errors too."""
    import httpx
    from chromadb.errors import ChromaError

    return (ChromaError, ValueError, RuntimeError, OSError, httpx.HTTPError)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0] or type(error).__name__
