"""Export a trained verifier into the package: int8 weights as `checker.embedded.transformer.save` stores them.

    python -m training.export_verifier CHECKPOINT TOKENIZER DATA [--calibration FILE] [--target FILE]

The target is `checker/embedded/weights/verifier.npz` unless told otherwise. Says what the small form costs against the
float checkpoint on the calibration split: share of equal labels, and how far a probability moves.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch

from checker.embedded.transformer import save
from training.batches import load_tokenizer, rows
from training.models import checkpoint, exported, probabilities
from training.network import stored_names
from training.rows import read_pairs

TARGET = Path(__file__).parent.parent / "checker" / "embedded" / "weights" / "verifier.npz"
_SAMPLE = 2000


def arrays(path: Path) -> dict[str, np.ndarray]:
    """The averaged weights of a checkpoint under the names that the package reads."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    values = state["network"] | state.get("average", {})
    return {stored: values[ours].numpy().astype(np.float32) for ours, stored in stored_names(values).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="Export a trained verifier.")
    for name in ("checkpoint", "tokenizer", "data"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--calibration", type=Path)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    weights = arrays(options.checkpoint)
    temperature = json.loads(options.calibration.read_text())["temperature"] if options.calibration else 1.0
    weights["calibration.temperature"] = np.array([temperature], dtype=np.float32)
    options.target.parent.mkdir(parents=True, exist_ok=True)
    save(options.target, weights)
    stored = options.target.read_bytes()
    print(f"{options.target}: {len(stored):,} bytes, sha256 {hashlib.sha256(stored).hexdigest()}")
    pairs = read_pairs(options.data / "calibration.jsonl.gz")[:_SAMPLE]
    made = rows(load_tokenizer(options.tokenizer), pairs, 256)
    float_form, small_form = (
        probabilities(model(made), temperature) for model in (checkpoint(options.checkpoint), exported(options.target))
    )
    moved = np.abs(float_form - small_form).max(axis=1)
    equal = (float_form.argmax(axis=1) == small_form.argmax(axis=1)).mean()
    print(f"{len(made)} rows of the calibration split, against float32: equal labels {equal:.4f}")
    print(f"a probability moved by {moved.max():.4f} at most, {moved.mean():.5f} in the mean")


if __name__ == "__main__":
    main()
