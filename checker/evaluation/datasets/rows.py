"""Rows of a data file, each with the place it stands at, so that what is wrong with one can be said in one line.

`.jsonl` (one object a line), `.json` (a list of objects) and `.tsv` (a first line of names), each also as `.gz`.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import InputError

FORMS = (".jsonl", ".json", ".tsv")


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a data file. `where` names the file and the line (for a `.json` list, the place in it)."""

    where: str
    values: Mapping[str, Any]

    def error(self, problem: str, hint: str) -> InputError:
        return InputError(problem, where=self.where, hint=hint)

    def text(self, *names: str) -> str:
        """The text, or number, under the first of `names` that is there. Raises InputError where there is none."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str) and value.strip():
                return value
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
        wanted = " or ".join(f'"{name}"' for name in names)
        if any(name in self.values for name in names):
            raise self.error(f"has no text under {wanted}", "Put a text that is not empty there.")
        raise self.error(f"has no field {wanted}", f"It has {self._names()}. Rename the field or add it.")

    def optional(self, name: str) -> str:
        """The text under `name`; empty where there is none."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def _names(self) -> str:
        return ", ".join(sorted(self.values)) or "no fields"


def read_rows(path: Path) -> Iterator[Row]:
    """Every object of the file, in its order. Raises InputError for a file or a line that cannot be read."""
    form = _form(path)
    text = _text(path)
    if form == ".json":
        yield from _listed(path, text)
    elif form == ".tsv":
        yield from _table(path, text)
    else:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _row(f"{path}, line {number}", _json(line, f"{path}, line {number}"))


def file_digest(path: Path) -> str:
    """A digest of the file's bytes, as compressed or not as they are."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def unique(rows: Iterable[tuple[Row, str]]) -> Iterator[tuple[Row, str]]:
    """`rows` with their ids, unchanged. Raises InputError where an id comes twice."""
    first: dict[str, str] = {}
    for row, id in rows:
        if id in first:
            raise row.error(
                f"has the id {id!r} of {first[id].rpartition(', ')[2]} again",
                "Give every item an id of its own: runs are compared by it.",
            )
        first[id] = row.where
        yield row, id


def _form(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    for form in FORMS:
        if name.endswith(form):
            return form
    raise InputError(
        "is of no form that can be read", where=str(path), hint=f"Use {', '.join(FORMS)}, each also as .gz."
    )


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        if path.name.lower().endswith(".gz"):
            data = gzip.decompress(data)
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", where=str(path), hint="Save it as UTF-8.") from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InputError(f"is not a whole gzip file: {error}", where=str(path), hint="Fetch it again.") from error
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), hint="Name the data file with --data."
        ) from error


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON: {error}", where=where, hint="Put one JSON object on each line.") from error


def _listed(path: Path, text: str) -> Iterator[Row]:
    found = _json(text, str(path))
    if not isinstance(found, list):
        raise InputError("is not a list", where=str(path), hint="Write [{...}, {...}], or use .jsonl.")
    for number, values in enumerate(found, 1):
        yield _row(f"{path}, item {number}", values)


def _table(path: Path, text: str) -> Iterator[Row]:
    lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    names = next(lines, None)
    if names is None:
        return
    for number, cells in enumerate(lines, 2):
        where = f"{path}, line {number}"
        if len(cells) != len(names):
            raise InputError(
                f"has {len(cells)} columns where the first line has {len(names)}",
                where=where,
                hint="Separate the columns by single tabs.",
            )
        yield Row(where, dict(zip(names, cells, strict=True)))


def _row(where: str, values: Any) -> Row:
    if not isinstance(values, dict):
        raise InputError("is not a JSON object", where=where, hint='Write {"id": ..., ...}.')
    return Row(where, values)
