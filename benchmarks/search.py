"""Search over a corpus of synthetic text, with vectors that cost nothing to make, so that search alone is measured.

Words come from a Zipf-like vocabulary; a vector is the sum of its words' fixed random directions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import Timings, timed
from checker.corpus import Corpus, NewSource
from checker.model import Block, Document, Span
from checker.settings import IndexSettings, PassageSettings, RetrievalSettings, Settings

_WORDS = 20_000
_SENTENCE = 15
_SENTENCES = 51  # of a source: ten passages of six sentences, one shared with the next
_FIRST_DAY = date(2020, 1, 1)


class WordSums:
    """An encoder of the real one's dimension that sums fixed directions of words."""

    name = "benchmark/word-sums-1"
    dimension = 384

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of shape (len(texts), 384)."""
        rows = np.stack([np.sum([_direction(word) for word in text.lower().split()], axis=0) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@lru_cache(maxsize=_WORDS * 2)
def _direction(word: str) -> NDArray[np.float64]:
    return np.random.default_rng(int.from_bytes(word.encode()[-8:], "little")).standard_normal(WordSums.dimension)


def run(passages: int = 20_000, searches: int = 200) -> Iterator[Timings]:
    """Each leg, both, a search as of a day, and opening with a first search in a process of its own."""
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        start = time.perf_counter()
        number = build(folder, passages // 10)
        print(f"built {number:,} passages in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        queries = [" ".join(_sentence(np.random.default_rng(10_000_000 + n))) for n in range(searches)]
        for label, weight in (("both legs", 0.5), ("dense leg (Chroma)", 1.0), ("lexical leg (tantivy)", 0.0)):
            with _opened(folder, weight) as corpus:
                corpus.search(queries[0])
                yield timed(f"search {number:,} passages, {label}", corpus.search, queries)
        with _opened(folder) as corpus:
            day = _FIRST_DAY + timedelta(days=passages // 20)
            corpus.search(queries[0], as_of=day)
            yield timed(
                f"search {number:,} passages, as of a day", lambda query: corpus.search(query, as_of=day), queries
            )
        yield timed(f"open {number:,} passages and search once, new process", _fresh, [folder] * 5)
    with tempfile.TemporaryDirectory() as root:
        build(Path(root), 20)
        _fresh(Path(root))
        yield timed("open 20 sources and search once, new process", _fresh, [Path(root)] * 5)


def build(folder: Path, sources: int) -> int:
    """A corpus of `sources` sources of ten passages each, one published each day; the number of its passages."""
    passages = 0
    with _opened(folder, write=True) as corpus:
        for at in range(0, sources, 500):
            added = corpus.add([_source(number) for number in range(at, min(at + 500, sources))])
            passages += sum(item.passages for item in added)
    return passages


def first_search(folder: Path) -> None:
    """What a command does: open, search, close."""
    with _opened(folder) as corpus:
        assert corpus.search("w1 w20 w300")


def _fresh(folder: Path) -> None:
    code = f"from pathlib import Path; from benchmarks.search import first_search; first_search(Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})


def _opened(folder: Path, weight: float = 0.5, *, write: bool = False) -> AbstractContextManager[Corpus]:
    settings = Settings(
        index=IndexSettings(cache_dir=folder / "cache"),
        passages=PassageSettings(words=90, overlap=1),
        retrieval=RetrievalSettings(dense_weight=weight),
    )
    return Corpus.open(folder / "corpus", settings=settings, encoder=WordSums(), read=_read, create=write, write=write)


def _read(data: bytes, name: str) -> Document:
    text = data.decode()
    return Document(text, (Block(Span(0, len(text))),), "text/plain", extractor="benchmark/1")


def _source(number: int) -> NewSource:
    chance = np.random.default_rng(number)
    text = " ".join(" ".join(_sentence(chance)).capitalize() + "." for _ in range(_SENTENCES))
    data = text.encode()
    published = _FIRST_DAY + timedelta(days=number)
    return NewSource(data, ".txt", _read(data, ""), f"s{number:05}", f"Source {number}", published=published)


def _sentence(chance: np.random.Generator) -> list[str]:
    ranks = np.minimum(chance.zipf(1.2, _SENTENCE), _WORDS)
    return [f"w{rank}" for rank in ranks]
