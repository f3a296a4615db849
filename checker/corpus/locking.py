"""One writer at a time: a lock between processes that can say who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import CorpusError, CorpusLockedError

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Lock:
    """An exclusive lock on the file `path`. It goes with its process: a killed holder leaves it free."""

    def __init__(self, path: Path, *, subject: str) -> None:
        self._path = path
        self._subject = subject
        self._held: BaseFileLock | None = None

    def acquire(self, seconds: float) -> None:
        """Take the lock, waiting up to `seconds`. Raises CorpusLockedError that names the holder."""
        if not self._take(seconds):
            raise CorpusLockedError(
                f"is being written by {self._holder()}",
                where=self._subject,
                hint="Wait until it has finished, and try again.",
            )

    @contextmanager
    def holding(self, seconds: float) -> Iterator[None]:
        """The lock, held inside a `with`."""
        self.acquire(seconds)
        try:
            yield
        finally:
            self.release()

    @contextmanager
    def trying(self) -> Iterator[bool]:
        """Inside a `with`: whether the lock was free; it is held if it was."""
        taken = self._take(0)
        try:
            yield taken
        finally:
            if taken:
                self.release()

    def busy(self) -> bool:
        """Whether another process holds the lock now."""
        if self._held is not None or not self._path.exists():
            return False
        try:
            with self.trying() as free:
                return not free
        except CorpusError:
            return False  # a lock file that cannot be opened for writing was not taken by a writer

    def release(self) -> None:
        if self._held is not None:
            self._held.release()
            self._held = None

    def _take(self, seconds: float) -> bool:
        from filelock import FileLock, Timeout

        lock = FileLock(self._path, timeout=seconds, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            raise CorpusError(f"cannot be locked for writing: {error.strerror}", where=self._subject) from error
        self._held = lock
        who = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        self._path.write_text(json.dumps(who), encoding="utf-8")
        return True

    def _holder(self) -> str:
        try:
            who = json.loads(self._path.read_text(encoding="utf-8"))
            return f"process {who['pid']} on {who['host']} since {who['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
