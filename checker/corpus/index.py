"""The derived index of one corpus: brought up to date from the manifest, asked for passages, deleted at any time."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from checker.corpus.database import VERSION, Database, Stored, vector_key
from checker.corpus.fusion import fuse
from checker.corpus.lineage import lineages
from checker.corpus.locking import Lock
from checker.corpus.manifest import Entry, parse_line
from checker.corpus.nearest import cosines, nearest
from checker.corpus.passages import CHUNKER
from checker.corpus.vectors import Change, VectorIndex
from checker.corpus.words import Row, WordIndex
from checker.errors import IndexDamagedError
from checker.model import Hit, Leg
from checker.ports import Encoder
from checker.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Current = Callable[[], Mapping[str, Entry]]
    Make = Callable[[Entry], Stored]

_LOCK, _READY, _TEXTS, _WORDS = "index.lock", "ready", "texts.sqlite", "words"
_ENCODED_AT_ONCE = 256
_LEAST_WAIT = 5.0  # seconds; readers hold the lock for milliseconds, so even a hasty writer gets it
_LIBRARIES = ("chromadb", "nupunkt", "tantivy")


def fingerprint(corpus: Path, settings: Settings, encoder: Encoder) -> str:
    """The name of the index of the corpus folder `corpus`: another one wherever the index would be another."""
    parts = [
        str(corpus.resolve()),
        f"schema {VERSION}",
        f"{CHUNKER} {settings.passages.words} {settings.passages.overlap}",
        f"{encoder.name} {encoder.dimension}",
        *(f"{name} {version(name)}" for name in _LIBRARIES),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


class Index:
    """Texts and passages in SQLite, words in tantivy, vectors in Chroma; all under one lock for writing.

    What is seen is one state, held since the index was opened or last updated.
    """

    def __init__(self, folder: Path, *, name: str, settings: Settings, encoder: Encoder) -> None:
        self.folder = folder
        self.settings = settings
        self.encoder = encoder
        self.lock = Lock(folder / _LOCK, subject=f"the index {folder}")
        self.database = Database(folder / _TEXTS)
        self.words = WordIndex(folder / _WORDS)
        self.vectors = VectorIndex(folder, name=f"checker-{name}", address=settings.index.chroma, lock=self.lock)
        self._change: Change | None = None
        self._touched: frozenset[str] = frozenset()
        self._matrix: tuple[str, tuple[list[str], NDArray[np.int64], NDArray[np.float32]]] | None = None
        self._completing = threading.Lock()
        self._complete = ""

    def close(self) -> None:
        self.vectors.close()
        self.database.close()

    # Bringing it up to date.

    @property
    def whole(self) -> bool:
        """Whether texts and words are of one state."""
        return self.words.generation == self.database.generation

    def follows(self, current: Mapping[str, Entry]) -> bool:
        """Whether what is seen is what the manifest says, every source read."""
        lines = {id: entry.line() for id, entry in current.items()}
        return self.whole and self.database.entries() == lines and not self.database.problems()

    def update(self, current: Current, make: Make, *, complete: bool) -> None:
        """Take in what the manifest says is current; with `complete`, vectors too, which else are made when asked for.

        Vectors are made before the lock is taken, so that readers wait for the writing alone.
        """
        made: dict[str, Stored] = {}

        def once(entry: Entry) -> Stored:
            line = entry.line()
            if line not in made:
                made[line] = make(entry)
            return made[line]

        if complete:
            fresh = [once(entry) for entry in self._to_read(current())]
            self._encode(passage.span.of(stored.text) for stored in fresh for passage in stored.passages)
        with self.lock.holding(max(self.settings.index.lock_seconds, _LEAST_WAIT)):
            self.database.refresh()
            self._write_texts(current(), once)
            self._write_words()
            if complete:
                self.make_vectors()
                self.write_vectors()

    def _to_read(self, current: Mapping[str, Entry]) -> list[Entry]:
        """The sources whose text is not in the index: a new label alone does not make it read again."""
        have, broken = self.database.entries(), self.database.problems()
        return [
            entry for id, entry in current.items() if id in broken or id not in have or not _same_text(have[id], entry)
        ]

    def _write_texts(self, current: Mapping[str, Entry], make: Make) -> None:
        have = self.database.entries()
        gone = sorted(have.keys() - current.keys())
        fresh = {entry.id: make(entry) for entry in self._to_read(current)}
        relabelled = [entry for id, entry in current.items() if id not in fresh and have[id] != entry.line()]
        self._change, self._touched = None, frozenset()
        if not (gone or fresh or relabelled):
            return
        since, before = self.database.generation, set(self.database.passage_ids())
        with self.database.writing() as writer:
            for id in gone:
                writer.remove(id)
            for stored in fresh.values():
                writer.put(stored)
            for entry in relabelled:
                writer.relabel(entry)
            labelled = {id: entry.lineage for id, entry in current.items() if entry.lineage}
            writer.set_lineages(lineages(writer.shingles(), labelled))
            writer.set_generation(_generation(writer.states()))
        self.database.refresh()
        after = self.database.passage_ids()
        self._change = Change(since, [id for id in after if id not in before], sorted(before - set(after)))
        self._touched = frozenset((*gone, *fresh, *(entry.id for entry in relabelled)))

    def _write_words(self) -> None:
        self.words.refresh()
        if self.words.generation == self.database.generation:
            return
        current = self.database.entries()
        step = self._change is not None and self.words.generation == self._change.since
        ids = [id for id in current if id in self._touched] if step else list(current)
        self.write_words(ids, without=sorted(self._touched) if step else None)

    def write_words(self, ids: Sequence[str], *, without: Iterable[str] | None) -> None:
        """Index the words of the sources `ids`; see `WordIndex.write`. The caller holds the lock."""
        rows = (
            Row(passage.id, entry.id, entry.title, _plain(text), entry.published.toordinal() if entry.published else 0)
            for passage, entry, text in self.database.passage_texts(ids)
        )
        self.words.write(rows, without=without, generation=self.database.generation)

    def make_vectors(self) -> None:
        """Make the vectors that passages lack."""
        missing = set(self.database.keys_without_vector())
        if missing:
            texts = (text for _, _, text in self.database.passage_texts())
            self._encode(text for text in texts if vector_key(text) in missing)

    def write_vectors(self) -> None:
        """Bring Chroma to the state that is seen. The caller holds the lock."""
        generation = self.database.generation
        if self.vectors.generation != generation:
            self.vectors.write(
                self.database.passage_ids(), self.database.vectors, generation=generation, change=self._change
            )

    def _encode(self, texts: Iterable[str]) -> None:
        known = self.database.known_keys()
        wanted = {key: text for text in texts if (key := vector_key(text)) not in known}
        keys = list(wanted)
        for at in range(0, len(keys), _ENCODED_AT_ONCE):
            some = keys[at : at + _ENCODED_AT_ONCE]
            self.database.keep_vectors(dict(zip(some, self.encoder.encode([wanted[key] for key in some]), strict=True)))

    # Asking.

    def search(self, query: str, limit: int, as_of: date | None) -> tuple[Hit, ...]:
        """The best passages for `query`, from both legs; see `fusion` for the score."""
        retrieval = self.settings.retrieval
        candidates = max(retrieval.candidates, limit)
        last_day = as_of.toordinal() if as_of else None
        dense = self._nearest(query, candidates, last_day) if retrieval.dense_weight > 0 else {}
        lexical: dict[str, float] = {}
        if retrieval.dense_weight < 1:
            lexical = dict(self.words.search(_plain(query), candidates, last_day=last_day))
        passages = self.database.passages([*dict.fromkeys((*dense, *lexical))])
        fused = {id: score for id, score in fuse(dense, lexical, retrieval.dense_weight).items() if id in passages}
        order = sorted(fused, key=lambda id: (-fused[id], passages[id].source_id, passages[id].span.start))
        legs = {"dense": _ranked(dense), "lexical": _ranked(lexical)}
        return tuple(
            Hit(passages[id], fused[id], rank, {name: leg[id] for name, leg in legs.items() if id in leg})
            for rank, id in enumerate(order[:limit], 1)
        )

    def _nearest(self, query: str, limit: int, last_day: int | None) -> dict[str, float]:
        """The cosines of the nearest passages: proposed by Chroma, reckoned from our own vectors."""
        self._completed()
        vector = self.encoder.encode([query])[0]
        ids = None
        if last_day is None:
            ids = self.vectors.query(vector, limit, self.database.generation)
            if ids is None and self._caught_up():
                ids = self.vectors.query(vector, limit, self.database.generation)
        if ids is None:
            # Chroma's filters slow with the number of passages, and lose some; a day is looked for by comparison.
            ids = nearest(vector, *self._all_vectors(), limit, last_day)
        ids = list(self.database.passages(ids))
        vectors = self.database.vectors(ids)
        if len(vectors) < len(ids):  # a writer beside this state took away vectors that its own does not need
            self.make_vectors()
            vectors = self.database.vectors(ids)
        return cosines(vector, vectors)

    def _completed(self) -> None:
        with self._completing:
            if self._complete != self.database.generation:
                self.make_vectors()
                self._complete = self.database.generation

    def _caught_up(self) -> bool:
        """Whether Chroma could be brought to the state that is seen; never back from a later one."""
        with self._completing, self.lock.trying() as free:
            if not free or self.database.latest() != self.database.generation:
                return False
            self.write_vectors()
            return True

    def _all_vectors(self) -> tuple[list[str], NDArray[np.int64], NDArray[np.float32]]:
        with self._completing:
            generation = self.database.generation
            if self._matrix is None or self._matrix[0] != generation:
                self.make_vectors()
                self._matrix = (generation, self.database.matrix())
            return self._matrix[1]


def _ranked(scores: Mapping[str, float]) -> dict[str, Leg]:
    order = sorted(scores, key=lambda id: (-scores[id], id))
    return {id: Leg(rank, scores[id]) for rank, id in enumerate(order, 1)}


def _same_text(line: str, entry: Entry) -> bool:
    old = parse_line(line, where="the index")
    return (old.sha256, old.text_sha256) == (entry.sha256, entry.text_sha256)


def _generation(states: Iterable[tuple[str, str]]) -> str:
    """Names a state by what is in it, so that an index that was deleted and built again has the same name."""
    whole = "\n".join(f"{line}\t{sha256}" for line, sha256 in states)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(text: str) -> str:
    """`text` without lone surrogates, which tantivy cannot take."""
    return text.encode("utf-8", "replace").decode("utf-8")


def open_index(folder: Path, *, name: str, settings: Settings, encoder: Encoder) -> tuple[Index, str]:
    """The index in `folder`, made where there is none, made anew where it is damaged; and what was wrong with it."""
    if not (folder / _READY).exists():
        make_anew(folder, settings, only_if_missing=True)
    try:
        return Index(folder, name=name, settings=settings, encoder=encoder), ""
    except IndexDamagedError as error:
        make_anew(folder, settings)
        return Index(folder, name=name, settings=settings, encoder=encoder), error.line()


def make_anew(folder: Path, settings: Settings, *, only_if_missing: bool = False) -> None:
    """Delete everything derived and lay an empty index; two processes that begin at once do it one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    with Lock(folder / _LOCK, subject=f"the index {folder}").holding(settings.index.lock_seconds):
        if only_if_missing and (folder / _READY).exists():
            return
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != _LOCK:  # others may be waiting on it
                path.unlink()
        Database(folder / _TEXTS).close()
        WordIndex(folder / _WORDS)
        (folder / _READY).touch()
