"""What the models inside add to the wheel, whose entries are compressed one by one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

_SUFFIXES = (".json", ".npz")


def run() -> Iterator[str]:
    """The size of each file of the models, on disk and in the wheel, and their sum."""
    folder = Path(str(files("checker.embedded"))) / "weights"
    total = 0
    for path in sorted(item for item in folder.iterdir() if item.suffix in _SUFFIXES):
        data = path.read_bytes()
        packed = len(zlib.compress(data))
        total += packed
        yield _line(f"weights/{path.name}", len(data), packed)
    yield f"{'all models, in the wheel':<58} {total / 1e6:9.2f} MB"


def _line(name: str, size: int, packed: int) -> str:
    return f"{name:<58} {size / 1e6:9.2f} MB  in the wheel {packed / 1e6:9.2f} MB"
