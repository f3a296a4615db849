"""Source records: a JSON object a line, each holding its text or naming a file beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from checker.errors import InputError
from checker.model import Tier
from checker.reading.decoding import decode
from checker.reading.metadata import day

_TEXTS = ("id", "title", "publisher", "uri", "licence", "lineage", "file")


@dataclass(frozen=True, slots=True)
class Record:
    """What one line says of a source. `text` is empty where `file` names a file that holds it."""

    line: int
    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None
    tier: Tier | None = None
    licence: str | None = None
    lineage: str | None = None
    file: str | None = None


def read_records(data: bytes, *, name: str) -> tuple[Record, ...]:
    """The records of a JSONL file; keys it has beyond ours are let be. Raises InputError naming file and line."""
    text = decode(data, where=name)
    # Only \n ends a record: JSON strings may hold the other line ends of Unicode.
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_record(line, number, f"{name}:{number}") for number, line in lines if line.strip())


def _record(line: str, number: int, where: str) -> Record:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON: {error}", where=where, hint="Write one record a line.") from error
    if not isinstance(fields, dict):
        raise InputError("is not a JSON object", where=where)
    if "licence" not in fields and "license" in fields:
        fields["licence"] = fields["license"]
    texts = {key: _text(fields, key, where) for key in _TEXTS}
    body = _text(fields, "text", where) or ""
    if bool(body.strip()) == bool(texts["file"]):
        raise InputError('needs either "text" or "file"', where=where)
    if texts["file"]:
        _stay_beside(texts["file"], where)
    return Record(line=number, text=body, published=_published(fields, where), tier=_tier(fields, where), **texts)


def _text(fields: dict[str, Any], key: str, where: str) -> str | None:
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise InputError(f'"{key}" is not a text', where=where)


def _stay_beside(file: str, where: str) -> None:
    # A record from somewhere else must not draw this machine's other files into a corpus.
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind(file)
        if path.is_absolute() or path.drive or ".." in path.parts:
            raise InputError(f'"file" leaves the folder of the records: {file}', where=where)


def _published(fields: dict[str, Any], where: str) -> date | None:
    value = fields.get("published")
    if value is None or value == "":
        return None
    found = day(value)
    if found is None:
        raise InputError(f'"published" is not a date: {value!r}', where=where, hint="Write YYYY-MM-DD or null.")
    return found


def _tier(fields: dict[str, Any], where: str) -> Tier | None:
    value = fields.get("tier")
    if value is None:
        return None
    try:
        return Tier(value)
    except ValueError as error:
        known = ", ".join(Tier)
        raise InputError(f'"tier" is {value!r}', where=where, hint=f"Known tiers: {known}.") from error
