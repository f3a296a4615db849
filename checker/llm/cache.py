"""Answers kept by the content of their question: SQLite, one file, safe for several threads and processes.

The key is a digest of everything that can change an answer, so nothing is ever stale; it is made in `client`. Only
valid answers are kept. The file holds words of drafts and sources and is readable by its owner alone.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from checker.errors import CheckerError, UsageError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
  key TEXT PRIMARY KEY, model TEXT NOT NULL, prompt TEXT NOT NULL, answer TEXT NOT NULL, kept TEXT NOT NULL
) WITHOUT ROWID
"""
_BUSY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Question:
    """What an answer is kept under, and for whom it counts in the statistics."""

    key: str
    model: str
    prompt: str


@dataclass(frozen=True, slots=True)
class CacheStats:
    """What a cache holds. `prompts` counts answers by prompt and version; `size` is the file's, in bytes."""

    answers: int
    size: int
    oldest: str | None
    newest: str | None
    prompts: tuple[tuple[str, int], ...]


class AnswerCache:
    """The kept answers. Usable as a context manager; closed twice is closed once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[str]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        try:
            self._db = sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise CheckerError(
                f"is not a cache of answers: {error}", where=str(path), hint="Delete the file."
            ) from error

    def __enter__(self) -> AnswerCache:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def once(
        self, question: Question, ask: Callable[[], str], *, holds: Callable[[str], bool] = lambda answer: True
    ) -> str:
        """The answer to `question`: the kept one where it `holds`, else what `ask` returns, which is then kept.

        Threads with one question wait for the first of them. An error of `ask` is raised to all of them and not kept.
        """
        with self._lock:
            kept = self._get(question.key)
            if kept is not None and holds(kept):
                return kept
            waiting = self._under_way.get(question.key)
            mine: Future[str] = Future()
            if waiting is None:
                self._under_way[question.key] = mine
        if waiting is not None:
            return waiting.result()
        try:
            answer = ask()
            self.keep(question, answer)
        except BaseException as error:
            self._leave(question.key)
            mine.set_exception(error)
            raise
        self._leave(question.key)
        mine.set_result(answer)
        return answer

    def kept(self, key: str) -> str | None:
        """What is kept under `key`."""
        with self._lock:
            return self._get(key)

    def keep(self, question: Question, answer: str) -> None:
        """Keeps an answer, over the one that was kept."""
        row = (question.key, question.model, question.prompt, answer, datetime.now(UTC).isoformat(timespec="seconds"))
        with self._lock, _told(self._path):
            self._db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", row)

    def stats(self) -> CacheStats:
        """What is kept."""
        with self._lock, _told(self._path):
            count, oldest, newest = self._db.execute("SELECT count(*), min(kept), max(kept) FROM answers").fetchone()
            rows = self._db.execute("SELECT prompt, count(*) FROM answers GROUP BY prompt ORDER BY prompt").fetchall()
        size = sum(file.stat().st_size for file in _files(self._path) if file.is_file())
        return CacheStats(count, size, oldest, newest, tuple((prompt, number) for prompt, number in rows))

    def clear(self) -> int:
        """Forgets every answer and gives the space back; how many there were."""
        with self._lock, _told(self._path):
            count = self._db.execute("DELETE FROM answers").rowcount
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(count)

    def _get(self, key: str) -> str | None:
        with _told(self._path):
            row = self._db.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def _leave(self, key: str) -> None:
        with self._lock:
            self._under_way.pop(key, None)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tells an error of the database as one of ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise CheckerError(f"cannot be used: {error}", where=str(path), hint="Delete the file.") from error


def opened(path: Path) -> AnswerCache:
    """The cache at `path`, which must be there. Raises UsageError where it is not."""
    if not path.is_file():
        raise UsageError("there is no cache of answers", where=str(path))
    return AnswerCache(path)


def _files(path: Path) -> tuple[Path, ...]:
    return path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")
