"""The corpus: a folder of sources that can be searched, added to by one writer at a time, and proved sound."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from checker.corpus.database import Stored
from checker.corpus.folder import Folder
from checker.corpus.index import Index, fingerprint, make_anew, open_index
from checker.corpus.inspection import Finding, inspect
from checker.corpus.lineage import copies
from checker.corpus.locking import Lock
from checker.corpus.manifest import Entry, Event, Manifest, digest_of, parse_line
from checker.corpus.newcomers import Added, Change, NewSource, entry_for
from checker.corpus.passages import cut
from checker.corpus.shingles import shingles
from checker.errors import CheckerError, CorpusError, IndexDamagedError, UsageError
from checker.model import Document, Hit, Source, sha256_text
from checker.ports import Encoder
from checker.settings import Settings, cache_root

_log = logging.getLogger("checker.corpus")

Read = Callable[[bytes, str], Document]


class Corpus:
    """One corpus, seen as it was when it was opened; a writer sees its own changes. Made by `Corpus.open`."""

    def __init__(self, folder: Folder, *, settings: Settings, encoder: Encoder, read: Read, write: bool) -> None:
        self._folder = folder
        self._settings = settings
        self._encoder = encoder
        self._read = read
        self._write = write
        self._lock = Lock(folder.lock_path, subject=str(folder.path))
        self._manifest = Manifest()
        self._touched: set[str] = set()
        self._sources: dict[str, Source] = {}
        self._notes: list[Finding] = []
        self._index: Index

    @classmethod
    @contextmanager
    def open(
        cls,
        folder: Path,
        *,
        settings: Settings,
        encoder: Encoder,
        read: Read,
        create: bool = False,
        write: bool = False,
    ) -> Iterator[Corpus]:
        """The corpus in `folder`, its index brought up to date; `read` makes a document of bytes and a file name.

        With `write`, no other process can write until it is closed; with `create`, it is made where there is none.
        Raises CorpusMissingError, CorpusLockedError, ManifestError, or another CorpusError.
        """
        corpus = cls(Folder(folder), settings=settings, encoder=encoder, read=read, write=write)
        with ExitStack() as stack:
            if create:
                corpus._folder.create()
            corpus._folder.require()
            if write:
                stack.enter_context(corpus._lock.holding(settings.index.lock_seconds))
            corpus._load()
            corpus._index = corpus._open_index(stack)
            stack.callback(lambda: corpus._index.close())
            corpus._follow()
            yield corpus

    # Reading.

    @cached_property
    def _seen(self) -> Mapping[str, Entry]:
        """The manifest's entries as the index holds them."""
        lines = self._index.database.entries()
        return {id: parse_line(line, where="the index") for id, line in lines.items()}

    @cached_property
    def _latest(self) -> date:
        """The last day on which anything here was published."""
        return max((entry.published for entry in self._seen.values() if entry.published), default=date.min)

    @property
    def digest(self) -> str:
        """A digest of everything stored; two corpora with one digest hold the same sources."""
        return digest_of(self._seen.values())

    def search(self, query: str, *, limit: int = 10, as_of: date | None = None) -> tuple[Hit, ...]:
        """The best passages of sources published by `as_of` (undated ones included), best first."""
        self._require_whole()
        return self._index.search(query, limit, as_of if as_of and as_of < self._latest else None)

    def source(self, source_id: str) -> Source:
        """The stored source with that id. Raises CorpusError where there is none or its bytes are not those added."""
        if source_id not in self._sources:
            problem = self._index.database.problems().get(source_id)
            if problem:
                raise IndexDamagedError(problem)
            found = self._index.database.source(source_id)
            if found is None:
                raise self._unknown(source_id)
            self._sources[source_id] = found
        return self._sources[source_id]

    def sources(self) -> Iterator[Source]:
        """Every stored source, by id."""
        self._require_whole()
        for source_id in self._seen:
            yield self.source(source_id)

    def copies_of(self, text: str) -> frozenset[str]:
        """Ids of sources that are copies of `text` or of a part of it; see `lineage`."""
        return copies(text, self._index.database.shingles())

    def history(self, source_id: str) -> tuple[Entry, ...]:
        """Every version of a source that the manifest knows, oldest first."""
        return self._manifest.history(source_id)

    # Writing.

    def add(self, batch: Sequence[NewSource], on_added: Callable[[Added], None] | None = None) -> list[Added]:
        """Add sources; one whose bytes and labels are there already changes nothing, a changed one replaces the old.

        `on_added` is told of each as soon as nothing can lose it. Searches find the new ones when this returns.
        """
        self._require_write()
        prepared: dict[str, Stored] = {}
        done = []
        for new in batch:
            added = self._add_one(new, prepared)
            done.append(added)
            if on_added:
                on_added(added)
        self._update(prepared, complete=True)
        return done

    def _add_one(self, new: NewSource, prepared: dict[str, Stored]) -> Added:
        status, entry = entry_for(new, self._manifest, self._touched)
        previous = self._manifest.current.get(entry.id)
        self._touched.add(entry.id)
        if status is Change.UNCHANGED:
            number = self._index.database.passage_count(entry.id) or len(
                cut(entry.id, new.document, self._settings.passages)
            )
            return Added(status, entry.id, entry.title, number)
        entry = replace(entry, file=self._folder.put(entry.id, new.suffix, new.data))
        stored = self._stored(entry, new.document)
        self._append(entry)
        if previous and previous.file != entry.file:
            self._folder.discard(previous.file, self._manifest)
        prepared[entry.line()] = stored
        return Added(status, entry.id, entry.title, len(stored.passages))

    def remove(self, source_id: str) -> None:
        """Take a source out, its bytes too; the manifest keeps that it was there. Raises CorpusError for no such id."""
        self._require_write()
        entry = self._manifest.current.get(source_id)
        if entry is None:
            raise self._unknown(source_id)
        self._append(Entry(event=Event.REMOVED, id=source_id, at=_now()))
        self._folder.discard(entry.file, self._manifest)
        self._update({}, complete=True)
        self._index.database.drop_unused_vectors()

    def doctor(self, *, repair: bool = True) -> tuple[Finding, ...]:
        """What is wrong with the sources and the index, and whether it was put right; empty where all is well.

        Without `write` nothing of the folder is repaired; what cannot be derived (a lost file) never is.
        """
        found = [
            *self._notes,
            *inspect(self._folder, self._manifest, self._index, self._document, repair and self._write),
        ]
        if repair and self._write:
            self._reread([item.source_id for item in found if item.reread])
            self._rebuild_if(any(item.rebuild for item in found))
        self._notes = []
        return tuple(found)

    def _reread(self, ids: Sequence[str]) -> None:
        """Take in the text that today's reader makes of the same bytes, as a new version in the manifest."""
        prepared = {}
        for source_id in ids:
            old = self._manifest.current[source_id]
            document = self._document(old)
            entry = replace(
                old,
                event=Event.REPLACED,
                at=_now(),
                text_sha256=sha256_text(document.text),
                extractor=document.extractor,
            )
            self._append(entry)
            prepared[entry.line()] = self._stored(entry, document)
        if ids:
            self._update(prepared, complete=True)

    def _rebuild_if(self, damaged: bool) -> None:
        if damaged:
            self._index.close()
            make_anew(self._index.folder, self._settings)
            self._index, _ = self._opened(self._index.folder)
            self._update({}, complete=True)

    # The parts.

    def _load(self) -> None:
        self._manifest = self._folder.load()
        if self._manifest.torn:
            if self._write:
                self._folder.drop_torn(self._manifest.torn)
            says = "ended in an unfinished line, which belongs to no source that was reported as added"
            self._notes.append(Finding(str(self._folder.manifest_path), says, repaired=self._write))

    def _open_index(self, stack: ExitStack) -> Index:
        root = cache_root(self._settings) / "index"
        name = fingerprint(self._folder.path, self._settings, self._encoder)
        try:
            index, problem = self._opened(root / name)
        except OSError as error:
            if self._write:
                raise CorpusError(f"the index cannot be written: {error.strerror}", where=str(root)) from error
            _log.warning("%s: cannot be written (%s); the index is made for this run alone", root, error.strerror)
            spare = stack.enter_context(tempfile.TemporaryDirectory(prefix="checker-index-"))
            index, problem = self._opened(Path(spare) / name)
        if problem:
            self._notes.append(Finding("index", f"was damaged and has been made anew: {problem}", repaired=True))
        return index

    def _opened(self, folder: Path) -> tuple[Index, str]:
        return open_index(folder, name=folder.name, settings=self._settings, encoder=self._encoder)

    def _follow(self) -> None:
        """Bring the index to the manifest, or, beside a writer at work, stay with the last state that it finished."""
        index = self._index
        if index.follows(self._manifest.current):
            return
        if not self._write and index.whole and index.database.entries() and self._lock.busy():
            return
        if index.database.entries() and not index.whole:
            self._notes.append(Finding("index", "was left unfinished by an interrupted run", repaired=True))
        self._update({}, complete=False)

    def _update(self, prepared: Mapping[str, Stored], *, complete: bool) -> None:
        def make(entry: Entry) -> Stored:
            return prepared.get(entry.line()) or self._stored_again(entry)

        def current() -> Mapping[str, Entry]:
            if not self._write:
                self._manifest = self._folder.load()  # a writer may have gone on
            return self._manifest.current

        self._index.update(current, make, complete=complete)
        self._sources.clear()
        for known in ("_seen", "_latest"):
            self.__dict__.pop(known, None)

    def _stored_again(self, entry: Entry) -> Stored:
        try:
            return self._stored(entry, self._document(entry))
        except CheckerError as error:
            return Stored(entry, "", "", (), (), shingles(()), error.line())

    def _document(self, entry: Entry) -> Document:
        return self._read(self._folder.read(entry), entry.file)

    def _stored(self, entry: Entry, document: Document) -> Stored:
        return Stored(
            entry=entry,
            text=document.text,
            text_sha256=sha256_text(document.text),
            blocks=document.blocks,
            passages=cut(entry.id, document, self._settings.passages),
            shingles=shingles([document.text]),
        )

    def _append(self, entry: Entry) -> None:
        self._folder.append(entry)
        self._manifest = self._manifest.with_entry(entry)

    def _require_whole(self) -> None:
        """Raises where a source cannot be read: a check without it would call its claims unsupported."""
        problems = self._index.database.problems()
        if problems:
            raise IndexDamagedError(next(iter(problems.values())))

    def _require_write(self) -> None:
        if not self._write:
            raise UsageError("was opened for reading", where=str(self._folder.path), hint="Open it with write=True.")

    def _unknown(self, source_id: str) -> CorpusError:
        return CorpusError(
            f"has no source {source_id!r}", where=str(self._folder.path), hint="See: checker corpus list"
        )


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
