"""What a model has read before, kept on disk: a draft checked again costs only what an edit touched."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from checker.ports import PairReader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TABLE = "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID"
_BUSY_SECONDS = 5.0
_ANSWER_BYTES = 12  # three float32


class RememberingReader:
    """A reader that answers from `path` where it has answered the same pair before.

    Answers are keyed by the reader's name and both texts. A file that cannot be used is done without: it only saves
    time. Several processes may share it.
    """

    def __init__(self, reader: PairReader, path: Path) -> None:
        self._reader = reader
        self._path = path
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._reader.name

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """As the reader's own `read`."""
        import numpy as np

        made = np.zeros((len(pairs), 3), dtype=np.float32)
        keys = [self._key(*pair) for pair in pairs]
        with self._lock:
            known = self._known(keys)
            fresh = [at for at, key in enumerate(keys) if key not in known]
            if fresh:
                answers = self._reader.read([pairs[at] for at in fresh])
                known |= {keys[at]: answer.astype("<f4").tobytes() for at, answer in zip(fresh, answers, strict=True)}
                self._keep({keys[at]: known[keys[at]] for at in fresh})
        for at, key in enumerate(keys):
            made[at] = np.frombuffer(known[key], dtype="<f4")
        return made

    def _key(self, claim: str, evidence: str) -> bytes:
        parts = (self.name, claim, evidence)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        with suppress(OSError, sqlite3.Error), closing(self._connect()) as store:
            for key in keys:
                row = store.execute("SELECT answer FROM readings WHERE key = ?", (key,)).fetchone()
                if row is not None and len(row[0]) == _ANSWER_BYTES:
                    found[key] = row[0]
        return found

    def _keep(self, answers: dict[bytes, bytes]) -> None:
        with suppress(OSError, sqlite3.Error), closing(self._connect()) as store, store:
            store.executemany("INSERT OR IGNORE INTO readings VALUES (?, ?)", answers.items())

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
