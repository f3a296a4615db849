"""The manifest: one line of JSON for each version of each source, oldest first, readable and kept in git.

The last line of an id says what is current. Lines are only ever added, so the history of a source is its lines.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from checker.errors import ManifestError
from checker.model import Tier

NAME = "manifest.jsonl"
_PLAIN_NAME = re.compile(r"[^/\\:\x00-\x1f]+")  # a manifest from elsewhere must not point outside `sources/`
_TEXTS = (
    "id",
    "title",
    "publisher",
    "uri",
    "licence",
    "lineage",
    "file",
    "sha256",
    "text_sha256",
    "extractor",
    "name",
    "at",
)
_DATES = ("published", "retrieved")
_NEEDED = ("title", "file", "sha256", "text_sha256")
_CONTENT = ("id", "title", "publisher", "published", "uri", "tier", "lineage", "licence", "sha256", "text_sha256")
"""What makes two corpora the same: not when a source was added, nor under which file name it lies."""


class Event(StrEnum):
    """What a line of the manifest records."""

    ADDED = "added"
    REPLACED = "replaced"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of a source. `sha256` is of the bytes in `sources/<file>`, `text_sha256` of the text read from them.

    `lineage` is None where nobody labelled it; `name` is the file's name where it came from; `at` is when, in UTC.
    """

    event: Event
    id: str
    at: str
    title: str = ""
    publisher: str | None = None
    published: date | None = None
    retrieved: date | None = None
    uri: str | None = None
    tier: Tier = Tier.PRIMARY
    lineage: str | None = None
    licence: str | None = None
    name: str | None = None
    file: str = ""
    sha256: str = ""
    text_sha256: str = ""
    extractor: str = ""

    def line(self) -> str:
        """The entry as it stands in the manifest, without the line's end."""
        if self.event is Event.REMOVED:
            values: dict[str, Any] = {"event": self.event, "id": self.id, "at": self.at}
        else:
            values = {field.name: getattr(self, field.name) for field in fields(self)}
        return json.dumps(
            {key: _plain(value) for key, value in values.items() if value is not None}, ensure_ascii=False
        )

    def content(self) -> str:
        """What the corpus's digest is taken of, for this source."""
        values = {name: _plain(getattr(self, name)) for name in _CONTENT}
        return json.dumps(values, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Manifest:
    """Every version of every source; `torn` is what an interrupted write left after the last whole line."""

    entries: tuple[Entry, ...] = ()
    torn: bytes = b""

    @cached_property
    def current(self) -> Mapping[str, Entry]:
        """The sources that are there now, by id."""
        last = {entry.id: entry for entry in self.entries}
        return {id: last[id] for id in sorted(last) if last[id].event is not Event.REMOVED}

    @cached_property
    def last(self) -> Mapping[str, Entry]:
        """The last version of every source that was ever there and was not removed, and of those that were."""
        return {entry.id: entry for entry in self.entries if entry.event is not Event.REMOVED}

    def history(self, id: str) -> tuple[Entry, ...]:
        """Every version of a source, oldest first."""
        return tuple(entry for entry in self.entries if entry.id == id)

    def with_entry(self, entry: Entry) -> Manifest:
        """This manifest and one line more."""
        longer = Manifest((*self.entries, entry))
        if entry.event is not Event.REMOVED:
            # What is known is carried on: to read every line again for each of many additions takes the square of them.
            longer.__dict__.update(current={**self.current, entry.id: entry}, last={**self.last, entry.id: entry})
        return longer


def digest_of(entries: Iterable[Entry]) -> str:
    """A digest of what is current, whatever the order in which it came."""
    whole = "\n".join(sorted(entry.content() for entry in entries))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def parse_manifest(data: bytes, *, where: str) -> Manifest:
    """The manifest in `data`. A last line without its end that is no JSON is torn; any other bad line is an error."""
    *lines, rest = data.split(b"\n")
    entries = [
        parse_line(line, where=f"{where}, line {number}") for number, line in enumerate(lines, 1) if line.strip()
    ]
    if rest.strip():
        try:
            json.loads(rest)
        except ValueError:
            return Manifest(tuple(entries), rest)
        entries.append(parse_line(rest, where=f"{where}, line {len(lines) + 1}"))
    return Manifest(tuple(entries))


def parse_line(line: bytes | str, *, where: str) -> Entry:
    """The entry on one line. Raises ManifestError that says where and what is wrong."""
    hint = "Restore the line from a copy of the manifest, or delete it and add the source again."
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ManifestError("is not a line of JSON", where=where, hint=hint) from error
    try:
        return _entry(values)
    except (TypeError, ValueError) as error:
        raise ManifestError(str(error), where=where, hint=hint) from error


def _entry(values: Any) -> Entry:
    if not isinstance(values, dict):
        raise TypeError("is not a JSON object")
    known = {field.name for field in fields(Entry)}
    for key, value in values.items():
        if key not in known:
            raise ValueError(f"has an unknown key {key!r}")
        if not isinstance(value, str):
            raise TypeError(f"has {key} = {value!r}, which is not a text")
    event = Event(values.get("event", ""))
    needed = ("id", "at") if event is Event.REMOVED else ("id", "at", *_NEEDED)
    missing = [key for key in needed if not values.get(key)]
    if missing:
        raise ValueError(f"has no {missing[0]}")
    file = values.get("file", "")
    if file and (not _PLAIN_NAME.fullmatch(file) or file in (".", "..")):
        raise ValueError(f"names the file {file!r}, which is not a plain file name")
    read: dict[str, Any] = {key: values[key] for key in _TEXTS if key in values}
    read |= {key: date.fromisoformat(values[key]) for key in _DATES if key in values}
    return Entry(event=event, tier=Tier(values.get("tier", Tier.PRIMARY)), **read)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
