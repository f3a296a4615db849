"""The file of decisions: JSON lines, oldest first. Lines are only ever added, so it is also the history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from checker.decisions.records import Decision, read_decision
from checker.errors import InputError

if TYPE_CHECKING:
    from pydantic import ValidationError

_WAIT = 10.0
"""Seconds that a writer waits for another one, who holds the file only for the time of a line."""


class DecisionLog:
    """A file of decisions; several processes may add to it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> tuple[Decision, ...]:
        """Every decision, oldest first; none where there is no file yet.

        Raises InputError for a line that is no decision. An unfinished last line is what an interrupted write left:
        nobody was told that it was kept, and it is passed over.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=str(self.path)) from error
        *lines, last = data.split(b"\n")
        whole = [*lines, last] if _is_decision(last) else lines
        return tuple(
            _decision(line, f"{self.path}, line {number}") for number, line in enumerate(whole, 1) if line.strip()
        )

    def append(self, decision: Decision) -> None:
        """Add a line; it is on the disk when this returns. Raises InputError or CorpusLockedError."""
        from checker.corpus.locking import Lock

        line = decision.line().encode("utf-8", "surrogatepass") + b"\n"
        with _told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = Lock(self.path.with_name(f".{self.path.name}.lock"), subject=str(self.path))
        with lock.holding(_WAIT), _told(self.path), self.path.open("a+b") as file:
            lead = b"" if _ends(self.path) else self._closed()
            file.write(lead + line)
            file.flush()
            os.fsync(file.fileno())

    def _closed(self) -> bytes:
        """What has to come before the next line: an end for a whole last line. One that is not whole is cut off."""
        data = self.path.read_bytes()
        start = data.rfind(b"\n") + 1
        if _is_decision(data[start:]):
            return b"\n"
        os.truncate(self.path, start)
        return b""


def _ends(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _is_decision(line: bytes) -> bool:
    try:
        read_decision(line.decode("utf-8", "surrogatepass"))
    except ValueError:
        return False
    return True


def _decision(line: bytes, where: str) -> Decision:
    from pydantic import ValidationError

    try:
        return read_decision(line.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        problem = _first(error) if isinstance(error, ValidationError) else str(error)
        raise InputError(
            f"is not a decision: {problem}",
            where=where,
            hint="Restore the file from a copy: decisions are written by checker review, never by hand.",
        ) from error


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    return f"{path}: {first['msg']}" if path else first["msg"]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(path), hint="See --decisions.") from error
