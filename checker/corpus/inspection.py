"""The corpus examined: every source hashed and read again, the index held against it and against its own vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.corpus.folder import Folder
from checker.corpus.index import Index
from checker.corpus.manifest import Entry, Manifest
from checker.errors import CheckerError
from checker.model import Document, sha256_text

_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was wrong. `reread` and `rebuild` say what puts it right, where the one who looked could not."""

    subject: str
    problem: str
    repaired: bool = False
    source_id: str = ""
    reread: bool = False
    rebuild: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}" + (" (repaired)" if self.repaired else "")


def inspect(
    folder: Folder, manifest: Manifest, index: Index, document: Callable[[Entry], Document], repair: bool
) -> Iterator[Finding]:
    """Everything wrong, the sources first. With `repair`, Chroma, words and stray files are put right on the way."""
    yield from _sources(manifest, document, repair)
    yield from _strays(folder, manifest, repair)
    damage = index.database.damage()
    if damage:
        yield Finding("index", f"SQLite finds damage: {damage}", repair, rebuild=True)
        return
    with index.lock.holding(index.settings.index.lock_seconds):
        yield from _words(index, repair)
        yield from _vectors(index, repair)


def _sources(manifest: Manifest, document: Callable[[Entry], Document], repair: bool) -> Iterator[Finding]:
    for entry in manifest.current.values():
        subject = f"source {entry.id}"
        try:
            text = document(entry).text
        except CheckerError as error:
            yield Finding(subject, error.line())
            continue
        if sha256_text(text) != entry.text_sha256:
            now = f"is read as another text than when it was added (then by {entry.extractor or 'an unnamed reader'})"
            yield Finding(subject, now, repair, entry.id, reread=True)


def _strays(folder: Folder, manifest: Manifest, repair: bool) -> Iterator[Finding]:
    for path, ours in list(folder.strays(manifest)):
        if ours and repair:
            path.unlink(missing_ok=True)
        says = "was left by an interrupted run" if ours else "belongs to no source; add it, or take it away"
        yield Finding(str(path), says, ours and repair)


def _words(index: Index, repair: bool) -> Iterator[Finding]:
    count, words = index.database.passage_count(), index.words
    if words.generation == index.database.generation and words.count == count:
        return
    if repair:
        index.write_words(list(index.database.entries()), without=None)
    yield Finding("lexical index", f"holds {words.count} passages of another state than the corpus's {count}", repair)


def _vectors(index: Index, repair: bool) -> Iterator[Finding]:
    database, vectors = index.database, index.vectors
    missing = len(database.keys_without_vector())
    if missing and repair:
        index.make_vectors()
    ids = database.passage_ids()
    behind = vectors.generation != database.generation
    if behind or missing:
        # Vectors are made at the first search, so an index that was never searched is young and not ill.
        if repair:
            index.make_vectors()
            vectors.write(ids, database.vectors, generation=database.generation)
        else:
            return
    health = vectors.examined(ids, database.vectors, _SAMPLE)
    if health.sound:
        return
    if repair:
        vectors.rebuild(ids, database.vectors, generation=database.generation)
    yield Finding("dense index", str(health), repair)
