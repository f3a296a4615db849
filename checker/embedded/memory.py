"""What a model has answered before, kept on disk: a draft checked again costs only what an edit touched.

Answers are keyed by the model's name and the texts, so no other model gets them. A file that cannot be used is done
without: it only saves time. Several processes may share it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from checker.ports import Encoder, PairReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

_TABLE = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID"
_BUSY_SECONDS = 5.0


class Memory:
    """Rows of numbers by the words they answer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def rows(self, questions: Sequence[tuple[str, ...]], width: int, answer: Callable[[Sequence[int]], Rows]) -> Rows:
        """One row of `width` float32 for each question; `answer` is asked once, for the places of those not known."""
        import numpy as np

        made = np.zeros((len(questions), width), dtype=np.float32)
        keys = [hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest() for parts in questions]
        with self._lock:
            known = {key: row for key, row in self._known(keys).items() if len(row) == made.itemsize * width}
            fresh = [at for at, key in enumerate(keys) if key not in known]
            if fresh:
                new = answer(fresh).astype("<f4")
                known |= {keys[at]: row.tobytes() for at, row in zip(fresh, new, strict=True)}
                self._keep({keys[at]: known[keys[at]] for at in fresh})
        for at, key in enumerate(keys):
            made[at] = np.frombuffer(known[key], dtype="<f4")
        return made

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with suppress(OSError, sqlite3.Error), closing(self._connect()) as store:
            for key in keys:
                row = store.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    found[key] = row[0]
        return found

    def _keep(self, answers: dict[bytes, bytes]) -> None:
        with suppress(OSError, sqlite3.Error), closing(self._connect()) as store, store:
            store.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", answers.items())

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        store = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        try:
            store.execute("PRAGMA journal_mode = WAL")
            store.execute(_TABLE)
        except sqlite3.Error:
            store.close()
            raise
        return store


class RememberingReader:
    """A reader that answers from memory where it has answered the same pair before."""

    def __init__(self, reader: PairReader, path: Path) -> None:
        self._reader = reader
        self._memory = Memory(path)

    @property
    def name(self) -> str:
        return self._reader.name

    def read(self, pairs: Sequence[tuple[str, str]]) -> Rows:
        """As the reader's own `read`."""
        questions = [(self.name, *pair) for pair in pairs]
        return self._memory.rows(questions, 3, lambda fresh: self._reader.read([pairs[at] for at in fresh]))


class RememberingEncoder:
    """An encoder that answers from memory where it has met the same text before."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder = encoder
        self._memory = Memory(path)

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Rows:
        """As the encoder's own `encode`."""
        questions = [(self.name, text) for text in texts]
        return self._memory.rows(
            questions, self.dimension, lambda fresh: self._encoder.encode([texts[at] for at in fresh])
        )
