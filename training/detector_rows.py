"""The claim detector's labelled sentences, from the sets that may train and from the one that only measures.

A row's `allowed` are the classes that its label leaves open: people who marked a sentence as not factual have not said
what else it is. `worth` is whether it was marked as worth checking.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.rows import read_json_lines

CLASSES = ("factual", "opinion", "prediction", "question", "boilerplate", "quotation", "personal", "instruction")
OWN = Path(__file__).parent / "own" / "sentences.jsonl"
STRETCH = 2000
"""Numbers of one stretch of the debates, which are numbered through: about two debates. It is held out whole."""

_ALL = frozenset(CLASSES)
_FACTS = frozenset({"factual", "quotation", "personal"})
_NO_FACTS = _ALL - {"factual"}
_HELD_OUT_SHARES = {"test": 0.3, "calibration": 0.15}
_BENCH = {"yes": frozenset({"factual"}), "opinion": frozenset({"opinion", "prediction", "instruction"})}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label. `split` is train, calibration, test, or measure (a set that never trains)."""

    text: str
    allowed: frozenset[str]
    worth: bool
    source: str
    split: str


def training_rows(data: Path) -> list[Row]:
    """The rows of the sets that may train, those held out included; `data` has the folder `extraction`."""
    folder = data / "extraction"
    return [*_debates(folder), *_bench(folder), *_own()]


def measuring_rows(data: Path) -> list[Row]:
    """Speeches whose licence lets them measure only. Nothing of them may train or set a threshold."""
    path = data / "extraction" / "policlaim_train_gold.jsonl.gz"
    return [
        Row(_plain(row["sentence"]), _ALL, int(str(row["label"])) == 1, "policlaim", "measure")
        for row in read_json_lines(path)
    ]


def _debates(folder: Path) -> Iterator[Row]:
    """Each numbered sentence once in training, with the finer label where it has two; measured as published."""
    finer = list(read_json_lines(folder / "claimbuster_three_class.jsonl.gz"))
    known = {_number(row) for row in finer}
    for row in finer:
        allowed = _NO_FACTS if row["label"] == "NFS" else _FACTS
        yield Row(_plain(row["sentence"]), allowed, row["label"] == "CFS", "claimbuster_three", _stretch(row))
    for row in read_json_lines(folder / "claimbuster_two_class_train.jsonl.gz"):
        split, worth = _stretch(row), row["label"] == "CFS"
        if split == "train" and _number(row) in known:
            continue
        yield Row(_plain(row["sentence"]), _FACTS if worth else _ALL, worth, "claimbuster_two", split)


def _bench(folder: Path) -> Iterator[Row]:
    for document in read_json_lines(folder / "factcheck_bench_docs.jsonl.gz"):
        split = _drawn(str(document["id"]))
        sentences = document["sentences"]
        assert isinstance(sentences, list)
        for sentence in sentences:
            label = sentence["checkworthy"]
            allowed = _BENCH.get(label, _NO_FACTS)
            yield Row(_plain(sentence["text"]), allowed, label == "yes", "factcheck_bench", split)
            labels = sentence["claim_checkworthiness"] or ()
            for claim, said in zip(sentence["claims"] or (), labels, strict=False):
                worth = said == "factual"
                yield Row(_plain(claim), _BENCH["yes"] if worth else _NO_FACTS, worth, "factcheck_bench_claims", split)


def _own() -> Iterator[Row]:
    for line in OWN.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Row(row["text"], frozenset({row["class"]}), row["checkworthy"], "own", _drawn(row["text"]))


def _plain(text: object) -> str:
    return " ".join(str(text).split())


def _number(row: dict[str, object]) -> int:
    return int(str(row["id"]).rsplit("-", 1)[1])


def _stretch(row: dict[str, object]) -> str:
    return {0: "test", 3: "calibration"}.get(_number(row) // STRETCH % 5, "train")


def _drawn(key: str) -> str:
    """The split of a document or of a sentence that stands alone; it hangs on nothing but `key`."""
    place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6]) / 2**48
    for split, share in _HELD_OUT_SHARES.items():
        if place < share:
            return split
        place -= share
    return "train"
