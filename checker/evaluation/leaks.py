"""Whether anything of a sealed test split stands in files that it must not stand in: development data, training data.

A leak is an id or a digest of a sealed item, the whole of one of its texts, or twelve words of it on end. Letters' case
and punctuation make no difference. What is reported is the place and the id, never the words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import InputError

_RUN = 12  # words on end that two texts do not share by chance
_WHOLE = 5  # words from which a whole text that is the same is no chance
_WORD = re.compile(r"\w+")
_ROWS = (".jsonl", ".ndjson")
_NAMES = ("id", "digest")
_REMARKS = ("note",)  # what an annotator says, not what a draft or source says
_NUMBERED = re.compile(r"(\d+)-")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What must not be found elsewhere: ids and digests as they are, and words; each with the item it is of."""

    names: dict[str, str]
    runs: dict[tuple[str, ...], str]
    wholes: dict[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Leak:
    """Something of a sealed item in a file."""

    path: Path
    line: int
    item: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.what} of the sealed item {self.item}"


def sealed(paths: Iterable[Path]) -> Sealed:
    """What is sealed: each path is a file of items (JSON lines) or the folder of a draft, or of the whole gold set.

    Of the gold set, the drafts whose number is not a multiple of three are the test split.
    """
    kept = Sealed({}, {}, {})
    for path in paths:
        for part in _test_drafts(path) or [path]:
            for file in _files(part):
                _seal(kept, file, part.stem)
    return kept


def _test_drafts(path: Path) -> list[Path]:
    drafts = [(int(found[1]), draft) for draft in _folders(path) if (found := _NUMBERED.match(draft.name))]
    return [draft for number, draft in drafts if number % 3]


def _folders(path: Path) -> list[Path]:
    return sorted(part for part in path.iterdir() if part.is_dir()) if path.is_dir() else []


def _seal(kept: Sealed, file: Path, item: str) -> None:
    for _, name, value in _values(file):
        if name in _NAMES:
            kept.names.setdefault(value, value)
        elif name not in _REMARKS:
            _keep(kept, _words(value), item)


def leaks(kept: Sealed, paths: Iterable[Path]) -> list[Leak]:
    """What of the sealed items stands in those files, or in the files below those folders; once a line and item."""
    return [leak for path in paths for file in _files(path) for leak in _in_file(kept, file)]


def _in_file(kept: Sealed, file: Path) -> Iterator[Leak]:
    told: set[tuple[int, str]] = set()
    for line, name, value in _values(file):
        for item, what in _in_value(kept, name, value):
            if (line, item) not in told:
                told.add((line, item))
                yield Leak(file, line, item, what)


def _in_value(kept: Sealed, name: str, value: str) -> Iterator[tuple[str, str]]:
    if name in _NAMES and value in kept.names:
        yield kept.names[value], f"the {name}"
    words = _words(value)
    if len(words) < _RUN and (item := kept.wholes.get(words)):
        yield item, "a text"
    for at in range(len(words) - _RUN + 1):
        if item := kept.runs.get(words[at : at + _RUN]):
            yield item, f"{_RUN} words"
            return


def _keep(kept: Sealed, words: tuple[str, ...], item: str) -> None:
    if _WHOLE <= len(words) < _RUN:
        kept.wholes.setdefault(words, item)
    for at in range(len(words) - _RUN + 1):
        kept.runs.setdefault(words[at : at + _RUN], item)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    if path.is_file():
        return [path]
    raise InputError("is not there", where=str(path), hint="Name a file or a folder.")


def _values(file: Path) -> Iterator[tuple[int, str, str]]:
    """The texts of a file, each with its line and the name of its field; paragraphs, where it is no JSON lines."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        return  # no text, so no words
    if file.suffix.lower() in _ROWS:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield from ((number, name, value) for name, value in _strings("", _row(line, file, number)))
        return
    start, paragraph = 1, list[str]()
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            start = start if paragraph else number
            paragraph.append(line)
        elif paragraph:
            yield start, "", " ".join(paragraph)
            paragraph = []


def _row(line: str, file: Path, number: int) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=f"{file}, line {number}") from error


def _strings(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(str(key), inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(name, inner)
