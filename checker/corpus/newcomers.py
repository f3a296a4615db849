"""What is given to be added, and what the manifest will say of it: which source it is, and under which labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import PurePath

from checker.corpus.folder import sha256_bytes
from checker.corpus.manifest import Entry, Event, Manifest
from checker.model import Document, Tier, sha256_text

_MOST_ID = 120
_MOST_SLUG = 40


class Change(StrEnum):
    """What adding a source did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source to add: its bytes, what was read from them, and its labels, where there are any.

    `suffix` tells how to read the bytes again. Without an `id`, one is made of the title; the same bytes, the same
    `uri`, or the same file `name` and title are the same source.
    """

    data: bytes
    suffix: str
    document: Document
    id: str | None
    title: str
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None
    tier: Tier | None = None
    licence: str | None = None
    lineage: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source that was given."""

    status: Change
    id: str
    title: str
    passages: int


def entry_for(new: NewSource, manifest: Manifest, touched: Collection[str] = ()) -> tuple[Change, Entry]:
    """What adding `new` does, and the manifest's line for it, whose `file` is yet to be named.

    `touched` are ids that were written in this session: another document with their address is another source.
    """
    id = _tidy(new.id or "")[:_MOST_ID] or _recognised(new, manifest, touched) or _slug(new.title, manifest)
    now = datetime.now(UTC)
    sha256, previous = sha256_bytes(new.data), manifest.last.get(id)
    entry = Entry(
        event=Event.REPLACED if id in manifest.current else Event.ADDED,
        id=id,
        at=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        title=_tidy(new.title) or id,
        publisher=_label(new.publisher),
        published=new.published,
        retrieved=now.date(),
        uri=_label(new.uri),
        tier=new.tier or (previous.tier if previous else Tier.PRIMARY),
        lineage=_label(new.lineage),
        licence=_label(new.licence),
        name=_label(new.name),
        sha256=sha256,
        text_sha256=sha256_text(new.document.text),
        extractor=new.document.extractor,
    )
    if previous:
        entry = _keeping(entry, previous, new)
    current = manifest.current.get(id)
    if current and current.content() == entry.content():
        return Change.UNCHANGED, current
    return Change.REPLACED if current else Change.ADDED, entry


def _keeping(entry: Entry, previous: Entry, new: NewSource) -> Entry:
    """`entry` with the labels that the source has and nobody gave anew.

    What the document says of itself is not given anew while the bytes are the same, so adding a file again without
    labels leaves the labels it was first added with.
    """
    own = new.document
    derived: dict[str, object] = {"publisher": own.publisher, "published": own.published, "uri": own.uri}
    derived["title"] = own.title or (PurePath(new.name).stem if new.name else None)
    same = previous.sha256 == entry.sha256
    kept: dict[str, object] = {}
    for field in ("title", "publisher", "published", "uri", "lineage", "licence", "name"):
        ours, theirs = getattr(entry, field), getattr(previous, field)
        if theirs is not None and (ours is None or (same and ours == derived.get(field))):
            kept[field] = theirs
    if same:
        kept["retrieved"] = previous.retrieved
    return replace(entry, **kept)  # type: ignore[arg-type]


def _recognised(new: NewSource, manifest: Manifest, touched: Collection[str]) -> str | None:
    """The id of the source that `new` is a version of, if the corpus has or had it."""
    sha256 = sha256_bytes(new.data)
    for entry in (*manifest.current.values(), *manifest.last.values()):
        if entry.sha256 == sha256:
            return entry.id
    uri, title = _label(new.uri), _tidy(new.title)
    for entry in manifest.current.values():
        if entry.id in touched:
            continue
        if uri and entry.uri == uri:
            return entry.id
        if new.name and (entry.name, entry.title) == (_tidy(new.name), title) and not (uri and entry.uri):
            return entry.id
    return None


def _slug(title: str, manifest: Manifest) -> str:
    """A short readable id that no source has or had."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain)) or "source"
    if len(slug) > _MOST_SLUG:
        slug = slug[: _MOST_SLUG + 1].rpartition("-")[0] or slug[:_MOST_SLUG]
    used = {id.casefold() for id in manifest.last}
    return next(id for id in _numbered(slug) if id not in used)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def _tidy(text: str) -> str:
    """`text` on one line, without characters that print nothing or are none."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _label(text: str | None) -> str | None:
    return (_tidy(text) or None) if text else None
