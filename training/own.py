"""Our own pairs: passages in the register of primary sources, each with claims of all three labels written to it.

A line of `training/own/NAME.jsonl` is `{id, domain, title, evidence, claims: [{text, label, what}]}`. All of it is
invented for training: none of it is in the eval suite or the tests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.rows import Pair

FOLDER = Path(__file__).parent / "own"


def own_pairs(shares: dict[str, float], folder: Path = FOLDER) -> list[Pair]:
    """The pairs of every own set that `shares` names as `own/NAME`, with how often an epoch meets each."""
    names = [name.removeprefix("own/") for name in sorted(shares) if name.startswith("own/")]
    return [pair for name in names for pair in _pairs(folder / f"{name}.jsonl", shares[f"own/{name}"])]


def _pairs(path: Path, share: float) -> Iterator[Pair]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        # In use the title of a source stands before its sentence; every second passage is read that way.
        titled = int(row["id"].rsplit("-", 1)[1]) % 2 == 0
        evidence = f"{row['title'].rstrip('.')}. {row['evidence']}" if titled else row["evidence"]
        for at, claim in enumerate(row["claims"], 1):
            text = " ".join(claim["text"].split())
            yield Pair(
                f"own/{row['id']}/{at}", text, " ".join(evidence.split()), claim["label"], f"own/{path.stem}",
                share=share,
            )  # fmt: skip
