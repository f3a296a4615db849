"""Files become sources: every path is read, labelled and added; one bad file never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checker.corpus import Added, Corpus, NewSource
from checker.errors import CheckerError, InputError, TooLargeError, UnreadableError
from checker.model import Tier
from checker.reading import Record, read_document, read_path, read_records, supported_suffixes
from checker.settings import Settings

_RECORDS = frozenset({".jsonl", ".ndjson"})
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Labels:
    """What the one who adds a source says of it; each wins over what the file says of itself."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None
    tier: Tier | None = None
    licence: str | None = None
    lineage: str | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of the paths: sources added, replaced or found unchanged, and the files that could not be read."""

    added: tuple[Added, ...]
    failed: tuple[CheckerError, ...]


def ingest(
    corpus: Corpus,
    paths: Iterable[Path],
    *,
    settings: Settings,
    labels: Labels | None = None,
    on_added: Callable[[Added], None] | None = None,
    on_failed: Callable[[CheckerError], None] | None = None,
) -> Ingested:
    """Add files, folders (walked whole, hidden files left out) and JSONL records to `corpus`."""
    labels = labels or Labels()
    failed: list[CheckerError] = []

    def fail(error: CheckerError) -> None:
        failed.append(error)
        if on_failed:
            on_failed(error)

    added: list[Added] = []
    for batch in _batches(_new_sources(paths, settings, labels, fail)):
        added.extend(corpus.add(batch, on_added=on_added))
    return Ingested(tuple(added), tuple(failed))


def _batches(items: Iterable[NewSource]) -> Iterator[list[NewSource]]:
    batch: list[NewSource] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _new_sources(
    paths: Iterable[Path], settings: Settings, labels: Labels, fail: Callable[[CheckerError], None]
) -> Iterator[NewSource]:
    for path in _files(paths, fail):
        try:
            if path.suffix.lower() in _RECORDS:
                data = _bytes(path, settings)
                for record in read_records(data, name=str(path)):
                    try:
                        yield _from_record(record, path, settings, labels)
                    except CheckerError as error:
                        fail(error)
            else:
                yield _from_file(path, settings, labels)
        except CheckerError as error:
            fail(error)


def _files(paths: Iterable[Path], fail: Callable[[CheckerError], None]) -> Iterator[Path]:
    known = supported_suffixes() | _RECORDS
    for path in paths:
        if path.is_dir():
            found = [
                item
                for item in sorted(path.rglob("*"))
                if item.is_file() and not any(part.startswith(".") for part in item.relative_to(path).parts)
            ]
            # Files that records name come with the records, under the records' labels.
            named = {file for item in found if item.suffix.lower() in _RECORDS for file in _named_files(item)}
            kept = [item for item in found if item.suffix.lower() in known and item.resolve() not in named]
            if not kept:
                fail(UnreadableError("has no file of a kind that can be read", where=str(path)))
            yield from kept
        elif path.exists():
            yield path
        else:
            fail(InputError("no such file or folder", where=str(path)))


def _named_files(path: Path) -> set[Path]:
    try:
        records = read_records(path.read_bytes(), name=str(path))
    except (CheckerError, OSError):
        return set()  # reported when the file itself is read
    return {(path.parent / record.file).resolve() for record in records if record.file}


def _bytes(path: Path, settings: Settings) -> bytes:
    if path.stat().st_size > settings.reading.max_bytes:
        raise TooLargeError(f"is over {settings.reading.max_bytes:,} bytes", where=str(path))
    return path.read_bytes()


def _from_file(path: Path, settings: Settings, labels: Labels) -> NewSource:
    data, document = read_path(path, purpose="source", settings=settings.reading)
    return _labelled(
        NewSource(
            data=data,
            suffix=path.suffix.lower(),
            document=document,
            id=None,
            title=document.title or path.stem,
            name=path.name,
        ),
        labels,
    )


def _from_record(record: Record, path: Path, settings: Settings, labels: Labels) -> NewSource:
    """A record holds its text, or names a file beside it whose text is read."""
    if record.file:
        data, document = read_path(path.parent / record.file, purpose="source", settings=settings.reading)
        suffix = Path(record.file).suffix.lower()
    else:
        data, suffix = record.text.encode("utf-8"), ".txt"
        document = read_document(
            data, name=f"{path}:{record.line}", purpose="source", media_type="text/plain", settings=settings.reading
        )
    new = NewSource(
        data=data,
        suffix=suffix,
        document=document,
        id=record.id,
        title=record.title or document.title or record.id or path.stem,
        publisher=record.publisher,
        published=record.published,
        uri=record.uri,
        tier=record.tier,
        licence=record.licence,
        lineage=record.lineage,
    )
    return _labelled(new, labels)


def _labelled(new: NewSource, labels: Labels) -> NewSource:
    given = {name: getattr(labels, name) for name in labels.__slots__ if getattr(labels, name) is not None}
    document = new.document
    return replace(
        new,
        **{
            "publisher": new.publisher or document.publisher,
            "published": new.published or document.published,
            "uri": new.uri or document.uri,
            **given,
        },
    )
