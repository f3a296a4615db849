"""The truth of the index: texts, passages and vectors in SQLite.

Two connections to one file. One holds a read transaction for as long as a corpus is open, so that what a check sees
does not move under it. The other writes, and keeps vectors, which are named by the text they were made of and so
belong to no state.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.corpus.manifest import Entry, parse_line
from checker.errors import CorpusLockedError, IndexDamagedError
from checker.model import Block, BlockKind, Locator, Passage, Source, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from checker.corpus.shingles import Shingles

VERSION = 1
_BUSY_MS = 30_000
_MOST_VARIABLES = 500  # of one statement; SQLite's own bound differs from build to build
_SCHEMA = """
CREATE TABLE state (generation TEXT NOT NULL);
INSERT INTO state VALUES ('');
CREATE TABLE sources ( -- the long columns last, so that the short ones are read without them
  id TEXT PRIMARY KEY, entry TEXT NOT NULL, day INTEGER NOT NULL, lineage TEXT NOT NULL DEFAULT '',
  problem TEXT NOT NULL, text_sha256 TEXT NOT NULL, shingles BLOB NOT NULL, blocks TEXT NOT NULL, text BLOB NOT NULL
) STRICT;
CREATE TABLE passages (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, sentences TEXT NOT NULL, key BLOB NOT NULL
) STRICT;
CREATE INDEX passages_of_source ON passages (source_id);
CREATE TABLE vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A source as it goes into the index. `problem` says why its text could not be read."""

    entry: Entry
    text: str
    text_sha256: str
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]
    shingles: Shingles
    problem: str = ""


def vector_key(text: str) -> bytes:
    """The name of the vector of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def day_of(published: date | None) -> int:
    """The day of publication as an ordinal; 0 where it is not known."""
    return published.toordinal() if published else 0


class Database:
    """One index's SQLite file. Safe to share among threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        with self._told():
            self._now = _connect(path)
            found = self._now.execute("PRAGMA user_version").fetchone()[0]
            if found == 0:
                _lay(self._now)
            elif found != VERSION:
                raise IndexDamagedError(f"has version {found} of the index, not {VERSION}", where=str(path))
            self._snapshot = _connect(path)
        self.refresh()

    def close(self) -> None:
        with self._lock:
            self._snapshot.close()
            self._now.close()

    def refresh(self) -> None:
        """See what was committed last, and hold on to it."""
        with self._lock, self._told():
            if self._snapshot.in_transaction:
                self._snapshot.execute("COMMIT")
            self._snapshot.execute("BEGIN")
            self._generation = str(self._snapshot.execute("SELECT generation FROM state").fetchone()[0])
            self._problems = dict(
                self._snapshot.execute("SELECT id, problem FROM sources WHERE problem != '' ORDER BY id")
            )

    # What the snapshot holds.

    @property
    def generation(self) -> str:
        """Names the state that is seen."""
        return self._generation

    def entries(self) -> dict[str, str]:
        """The manifest line of every source that is seen, by id."""
        return dict(self._ask("SELECT id, entry FROM sources ORDER BY id"))

    def source(self, source_id: str) -> Source | None:
        rows = self._ask("SELECT entry, text, text_sha256, blocks, lineage FROM sources WHERE id = ?", (source_id,))
        return _source(rows[0]) if rows else None

    def problems(self) -> dict[str, str]:
        """Why sources could not be read, by id."""
        return self._problems

    def shingles(self) -> dict[str, Shingles]:
        """The shingles of every source, by id."""
        return _shingles(self._ask("SELECT id, shingles FROM sources ORDER BY id"))

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages with those ids, as far as they are seen."""
        found = {}
        for part in _parts(ids):
            rows = self._ask(
                f'SELECT id, source_id, start, "end", sentences FROM passages WHERE id IN ({_marks(part)})', part
            )
            found.update({row[0]: _passage(row) for row in rows})
        return found

    def passage_ids(self) -> list[str]:
        return [row[0] for row in self._ask("SELECT id FROM passages ORDER BY number")]

    def passage_count(self, source_id: str | None = None) -> int:
        where, values = ("WHERE source_id = ?", (source_id,)) if source_id is not None else ("", ())
        return int(self._ask(f"SELECT count(*) FROM passages {where}", values)[0][0])

    def passage_texts(self, source_ids: Sequence[str] | None = None) -> Iterator[tuple[Passage, Entry, str]]:
        """Every passage (of those sources) with its source's manifest entry and its own text."""
        wanted = self.entries() if source_ids is None else source_ids
        for source_id in wanted:
            line, data = self._ask("SELECT entry, text FROM sources WHERE id = ?", (source_id,))[0]
            entry, text = parse_line(line, where=str(self._path)), _text(data)
            query = 'SELECT id, source_id, start, "end", sentences FROM passages WHERE source_id = ? ORDER BY number'
            for row in self._ask(query, (source_id,)):
                passage = _passage(row)
                yield passage, entry, passage.span.of(text)

    # Vectors, and the state committed last.

    def latest(self) -> str:
        """The generation committed last, which may be later than the one that is seen."""
        with self._lock, self._told():
            return str(self._now.execute("SELECT generation FROM state").fetchone()[0])

    def keys_without_vector(self) -> dict[bytes, str]:
        """Keys of passages seen whose vector is missing, each with a passage id."""
        known = self.known_keys()
        return {key: id for key, id in self._ask("SELECT key, id FROM passages") if key not in known}

    def known_keys(self) -> set[bytes]:
        with self._lock, self._told():
            return {row[0] for row in self._now.execute("SELECT key FROM vectors")}

    def keep_vectors(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep vectors by key; they are on the disk when this returns."""
        with self._lock, self._told(), _transaction(self._now):
            rows = [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()]
            self._now.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", rows)

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of the passages with those ids, as far as there are any."""
        import numpy as np

        keys: dict[str, bytes] = {}
        for part in _parts(ids):
            keys.update(self._ask(f"SELECT id, key FROM passages WHERE id IN ({_marks(part)})", part))
        blobs: dict[bytes, bytes] = {}
        with self._lock, self._told():
            for some in _parts(sorted(set(keys.values()))):
                blobs.update(
                    self._now.execute(f"SELECT key, vector FROM vectors WHERE key IN ({_marks(some)})", some).fetchall()
                )
        return {id: np.frombuffer(blobs[key], dtype="<f4") for id, key in keys.items() if key in blobs}

    def matrix(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.float32]]:
        """Every passage's id, its source's day, and its vector as a row. A passage without a vector is left out."""
        import numpy as np

        with self._lock, self._told():
            blobs = dict(self._now.execute("SELECT key, vector FROM vectors").fetchall())
        rows = self._ask(
            "SELECT p.id, s.day, p.key FROM passages p JOIN sources s ON s.id = p.source_id ORDER BY p.number"
        )
        rows = [row for row in rows if row[2] in blobs]
        flat = np.frombuffer(b"".join(blobs[row[2]] for row in rows), dtype="<f4")
        return [row[0] for row in rows], np.array([row[1] for row in rows], dtype=np.int64), flat.reshape(len(rows), -1)

    # Writing. The caller holds the index's lock.

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all of what is written in it is seen by others at once, or none of it."""
        with self._lock, self._told(), _transaction(self._now):
            yield Writer(self._now)

    def damage(self) -> str:
        """What SQLite finds wrong with the file; empty where it is sound."""
        with self._lock, self._told():
            found = [row[0] for row in self._now.execute("PRAGMA quick_check(3)")]
        return "" if found == ["ok"] else "; ".join(found)

    def drop_unused_vectors(self) -> None:
        with self._lock, self._told(), _transaction(self._now):
            self._now.execute("DELETE FROM vectors WHERE key NOT IN (SELECT key FROM passages)")

    def _ask(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock, self._told():
            return self._snapshot.execute(query, tuple(values)).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise CorpusLockedError("is being written by another process", where=str(self._path)) from error
            hint = "Repair it with: checker corpus doctor"
            raise IndexDamagedError(f"cannot be used: {error}", where=str(self._path), hint=hint) from error


class Writer:
    """What can be changed inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, stored: Stored) -> None:
        """Put a source in, in place of the one with its id."""
        entry = stored.entry
        self.remove(entry.id)
        self._connection.execute(
            "INSERT INTO sources (id, entry, day, text, text_sha256, blocks, shingles, problem)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.id, entry.line(), day_of(entry.published), _bytes(stored.text), stored.text_sha256,
                _dump_blocks(stored.blocks), stored.shingles.tobytes(), stored.problem,
            ),
        )  # fmt: skip
        rows = [
            (
                passage.id, passage.source_id, passage.span.start, passage.span.end,
                json.dumps([(span.start, span.end) for span in passage.sentences]),
                vector_key(passage.span.of(stored.text)),
            )
            for passage in stored.passages
        ]  # fmt: skip
        self._connection.executemany(
            'INSERT INTO passages (id, source_id, start, "end", sentences, key) VALUES (?, ?, ?, ?, ?, ?)', rows
        )

    def relabel(self, entry: Entry) -> None:
        """Give a source another manifest line; its text stays."""
        values = (entry.line(), day_of(entry.published), entry.id)
        self._connection.execute("UPDATE sources SET entry = ?, day = ? WHERE id = ?", values)

    def remove(self, source_id: str) -> None:
        self._connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))

    def shingles(self) -> dict[str, Shingles]:
        return _shingles(self._connection.execute("SELECT id, shingles FROM sources ORDER BY id").fetchall())

    def states(self) -> list[tuple[str, str]]:
        """The manifest line and the text's SHA-256 of every source, by id."""
        return self._connection.execute("SELECT entry, text_sha256 FROM sources ORDER BY id").fetchall()

    def set_lineages(self, lineages: Mapping[str, str]) -> None:
        rows = [(lineage, id) for id, lineage in lineages.items()]
        self._connection.executemany("UPDATE sources SET lineage = ?1 WHERE id = ?2 AND lineage != ?1", rows)

    def set_generation(self, generation: str) -> None:
        self._connection.execute("UPDATE state SET generation = ?", (generation,))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _bytes(text: str) -> bytes:
    # A source may hold a lone surrogate (an escape in JSON), which SQLite takes for no text.
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _lay(connection: sqlite3.Connection) -> None:
    with _transaction(connection):
        if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # another process may have been first
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for at in range(0, len(values), _MOST_VARIABLES):
        yield values[at : at + _MOST_VARIABLES]


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


def _shingles(rows: Iterable[tuple[str, bytes]]) -> dict[str, Shingles]:
    import numpy as np

    return {id: np.frombuffer(blob, dtype=np.uint64) for id, blob in rows}


def _source(row: tuple[str, bytes, str, str, str]) -> Source:
    line, data, sha256, blocks, lineage = row
    entry = parse_line(line, where="the index")
    return Source(
        id=entry.id,
        title=entry.title,
        text=_text(data),
        sha256=sha256,
        blocks=_load_blocks(blocks),
        publisher=entry.publisher,
        published=entry.published,
        retrieved=entry.retrieved,
        uri=entry.uri,
        tier=entry.tier,
        lineage=lineage,
        licence=entry.licence,
    )


def _passage(row: tuple[str, str, int, int, str]) -> Passage:
    id, source_id, start, end, sentences = row
    return Passage(id, source_id, Span(start, end), tuple(Span(*pair) for pair in json.loads(sentences)))


def _dump_blocks(blocks: Sequence[Block]) -> str:
    return json.dumps(
        [
            [
                block.span.start, block.span.end, block.kind, block.locator.as_dict(),
                [(span.start, span.end) for span in block.markup], block.continues,
            ]
            for block in blocks
        ]
    )  # fmt: skip


def _load_blocks(written: str) -> tuple[Block, ...]:
    return tuple(
        Block(Span(start, end), BlockKind(kind), Locator(**locator), tuple(Span(*pair) for pair in markup), continues)
        for start, end, kind, locator, markup, continues in json.loads(written)
    )
