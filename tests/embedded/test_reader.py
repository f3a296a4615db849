"""The verifier inside the package, and the memory of what it has read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from checker.embedded import EmbeddedReader, RememberingReader

WEIGHTS = Path(str(files("checker.embedded"))) / "weights"
CLAIM = "The tunnel was opened in 2004."
PAIRS = (
    (CLAIM, "The tunnel was opened to traffic in 2004."),
    (CLAIM, "The tunnel was never opened."),
    (CLAIM, "Bread prices doubled in the spring."),
)


@pytest.fixture(scope="module")
def reader() -> EmbeddedReader:
    return EmbeddedReader()


def test_it_tells_support_from_contradiction_and_silence(reader: EmbeddedReader) -> None:
    """A restatement supports, a denial contradicts, another topic leaves open; each row adds up to 1."""
    made = reader.read(PAIRS)
    assert made.shape == (3, 3)
    assert made.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert made.argmax(axis=1).tolist() == [0, 1, 2]


def test_a_batch_gives_what_its_pairs_give_alone(reader: EmbeddedReader) -> None:
    """Padding and batching change no answer; long texts and odd characters are read without fault."""
    pairs = [*PAIRS, ("word " * 200, "text " * 400), ("", ""), ("\ud800", "🚢")]
    alone = np.vstack([reader.read([pair]) for pair in pairs])
    assert reader.read(pairs) == pytest.approx(alone, abs=1e-4)
    assert reader.read([]).shape == (0, 3)


def test_the_weights_are_those_of_their_card() -> None:
    """The digest in the model card is that of the file beside it."""
    digest = hashlib.sha256((WEIGHTS / "verifier.npz").read_bytes()).hexdigest()
    assert digest in (WEIGHTS / "VERIFIER_CARD.md").read_text(encoding="utf-8")


class Counting:
    """A reader that counts what it is asked."""

    name = "counting/1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.asked.extend(pairs)
        return np.asarray([[len(a), len(b), 1] for a, b in pairs], dtype=np.float32).reshape(len(pairs), 3)


def test_what_was_read_before_is_not_read_again(tmp_path: Path) -> None:
    """Only pairs not met before reach the reader, across openings of the file; answers are the same bytes."""
    first, second = Counting(), Counting()
    made = RememberingReader(first, tmp_path / "deep" / "readings.sqlite").read(PAIRS)
    again = RememberingReader(second, tmp_path / "deep" / "readings.sqlite").read([*PAIRS, ("new", "pair")])
    assert (first.asked, second.asked) == (list(PAIRS), [("new", "pair")])
    assert np.array_equal(made, again[:3])


def test_another_reader_has_a_memory_of_its_own(tmp_path: Path) -> None:
    """Answers of one model are not taken for another's."""
    other = Counting()
    other.name = "counting/2"  # type: ignore[misc]
    RememberingReader(Counting(), tmp_path / "r.sqlite").read(PAIRS)
    RememberingReader(other, tmp_path / "r.sqlite").read(PAIRS)
    assert other.asked == list(PAIRS)


@pytest.mark.parametrize("content", [None, b"not a database at all, but long enough to be taken for one" * 40])
def test_a_memory_that_cannot_be_used_is_done_without(tmp_path: Path, content: bytes | None) -> None:
    """A folder in the way or a damaged file costs time, never an answer."""
    path = tmp_path / "r.sqlite"
    path.mkdir() if content is None else path.write_bytes(content)
    reader = Counting()
    made = RememberingReader(reader, path).read(PAIRS)
    assert reader.asked == list(PAIRS)
    assert made.shape == (3, 3)
