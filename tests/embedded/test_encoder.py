"""The sentence encoder inside the package."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from checker.embedded import SentenceEncoder
from checker.embedded.transformer import load, quantise, restore, save

WEIGHTS = Path(str(files("checker.embedded"))) / "weights"
TEXTS = ("The ferry carries 149 passengers.", "Up to 149 people fit on the boat.", "Bread prices doubled in spring.")


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_have_length_one_and_the_stated_shape(encoder: SentenceEncoder) -> None:
    """Vectors are float32 of shape (n, dimension), each of length 1."""
    made = encoder.encode(TEXTS)
    assert made.shape == (len(TEXTS), encoder.dimension)
    assert made.dtype == np.float32
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-5)


def test_like_texts_lie_nearer_than_unlike_ones(encoder: SentenceEncoder) -> None:
    """A paraphrase is nearer than another topic."""
    one, paraphrase, other = encoder.encode(TEXTS)
    assert one @ paraphrase > 0.5 > one @ other


def test_a_batch_gives_what_its_texts_give_alone(encoder: SentenceEncoder) -> None:
    """Padding and batching change no vector, and the order of the texts is kept."""
    texts = [*TEXTS, "ok", "word " * 300, ""]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert together == pytest.approx(alone, abs=1e-5)


def test_no_text_breaks_it(encoder: SentenceEncoder) -> None:
    """Empty texts, lone surrogates and other scripts have a finite vector; no texts have none."""
    assert np.isfinite(encoder.encode(["", "\ud800", "東京", "🚢" * 400])).all()
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_the_weights_are_those_of_the_model_card() -> None:
    """The digest in the model card is that of the file beside it."""
    digest = hashlib.sha256((WEIGHTS / "encoder.npz").read_bytes()).hexdigest()
    assert digest in (WEIGHTS / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_stored_weights_come_back_within_half_a_step(tmp_path: Path) -> None:
    """A matrix stored as int8 is off by at most half a step of its group, and stores to the same bytes twice."""
    matrix = np.random.default_rng(7).normal(size=(8, 128)).astype(np.float32)
    stored, scale = quantise(matrix)
    steps = np.repeat(scale.astype(np.float32), 64, axis=1).reshape(matrix.shape)
    assert (np.abs(restore(stored, scale) - matrix) <= 0.51 * steps).all()
    for name in ("one.npz", "two.npz"):
        save(tmp_path / name, {"matrix": matrix, "vector": matrix[0]})
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert load(tmp_path / "one.npz")["vector"] == pytest.approx(matrix[0])


def test_it_runs_without_torch_and_without_a_network() -> None:
    """Encoding imports no deep-learning framework and opens no connection."""
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a connection was opened')\n"
        "socket.socket.connect = refuse\n"
        "from checker.embedded import SentenceEncoder\n"
        "SentenceEncoder().encode(['a'])\n"
        "assert not {'torch', 'onnxruntime', 'transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
