"""The folder of a run: `run.json` says what was run, `samples.jsonl` what each item came to, one line each.

Lines are only ever added. An item that could not be scored may be tried again in a later run: its last line counts. Any
other item that stands there twice, and any line that cannot be read, is an error; an unfinished last line is what a
killed run leaves, and is dropped.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import InputError, UsageError
from checker.evaluation.records import Outcome, read_outcome

MANIFEST, SAMPLES = "run.json", "samples.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it lies in its folder: its manifest, and the outcomes by id in the order in which they came."""

    folder: Path
    manifest: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]

    @property
    def complete(self) -> bool:
        """Whether every item that was to be answered has been; partial results are never compared unseen."""
        return bool(self.manifest.get("complete"))


def read_run(folder: Path) -> Run:
    """The run in a folder.

    Raises InputError where there is none, a line is damaged or stands there twice, or a complete run lacks an item.
    """
    found = Run(folder, _manifest(folder / MANIFEST), tuple(read_samples(folder / SAMPLES).values()))
    planned = found.manifest.get("items")
    if found.complete and planned != len(found.outcomes):
        raise InputError(
            f"has {len(found.outcomes)} items of the {planned} that were answered",
            where=str(folder / SAMPLES),
            hint="Restore the file, or run again with another --out.",
        )
    return found


def read_samples(path: Path) -> dict[str, Outcome]:
    """The outcomes of a file by id, each item's last line. Raises InputError for a damaged or a doubled one."""
    found: dict[str, Outcome] = {}
    for number, line in enumerate(_lines(path), 1):
        outcome = _outcome(line, f"{path}, line {number}")
        before = found.pop(outcome.id, None)
        if before is not None and not before.fault:
            raise InputError(
                f"has the item {outcome.id!r} a second time", where=f"{path}, line {number}",
                hint="Two runs were written into one file: run again with another --out.",
            )  # fmt: skip
        found[outcome.id] = outcome
    return found


class RunFolder:
    """A run's folder while it is written. `same` is what has to be equal for a run to go on where it stopped."""

    def __init__(self, path: Path, same: Mapping[str, Any]) -> None:
        self.path = path
        self._same = same

    @contextmanager
    def opened(self, told: Mapping[str, Any]) -> Iterator[dict[str, Outcome]]:
        """What is there already, by id; the folder is made and locked. `told` is the rest of the manifest.

        Raises UsageError where another run's results are there.
        """
        from checker.corpus.locking import Lock

        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot be made: {error.strerror}", where=str(self.path)) from error
        with Lock(self.path / ".lock", subject=str(self.path)).holding(0):
            self._agree()
            _drop_torn(self.path / SAMPLES)
            known = read_samples(self.path / SAMPLES) if (self.path / SAMPLES).exists() else {}
            self.write_manifest({**told, "complete": False})
            yield known

    def append(self, outcome: Outcome) -> None:
        """Add a line; a kill of the program after this loses nothing of it."""
        with (self.path / SAMPLES).open("ab") as file:
            file.write(outcome.line().encode("utf-8", "surrogatepass") + b"\n")

    def write_manifest(self, told: Mapping[str, Any]) -> None:
        """Write the manifest so that it is the old one or the whole new one."""
        text = json.dumps({**self._same, **told}, ensure_ascii=False, indent=1, default=str)
        draft = self.path / f".{MANIFEST}.{os.getpid()}"
        draft.write_text(text + "\n", encoding="utf-8")
        draft.replace(self.path / MANIFEST)

    def _agree(self) -> None:
        if not (self.path / MANIFEST).exists():
            if (self.path / SAMPLES).exists():
                raise UsageError(f"has {SAMPLES} without {MANIFEST}", where=str(self.path), hint="Name another --out.")
            return
        other = _manifest(self.path / MANIFEST)
        wanted = json.loads(json.dumps(dict(self._same), default=str))
        changed = [name for name in wanted if other.get(name) != wanted[name]]
        if changed:
            raise UsageError(
                f"holds a run with another {' and '.join(changed)}",
                where=str(self.path),
                hint="Name another folder with --out, or delete this one.",
            )


def _manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError("there is no run here", where=str(path.parent), hint="Make one: checker eval run.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"is not the manifest of a run: {error}", where=str(path)) from error
    if not isinstance(found, dict):
        raise InputError("is not the manifest of a run", where=str(path))
    return found


def _lines(path: Path) -> list[bytes]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="Run: checker eval run.") from error
    return data.split(b"\n")[:-1]


def _outcome(line: bytes, where: str) -> Outcome:
    try:
        return read_outcome(line.decode("utf-8", "surrogatepass"))
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"is not an outcome: {error}", where=where, hint="Restore the file, or run again.") from error


def _drop_torn(path: Path) -> None:
    """Cut off what an interrupted write left after the last whole line."""
    if not path.exists():
        return
    whole = path.read_bytes().rfind(b"\n") + 1
    if whole < path.stat().st_size:
        with path.open("r+b") as file:
            file.truncate(whole)
