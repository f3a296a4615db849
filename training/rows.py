"""Labelled pairs as they pass from the public sets to training: reading, writing, claim groups and holding out."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_CITATION_MARK = re.compile(r"[\[(]?\bCIT\b[,\d]*[\])]?")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a text held against it. `label` is SUPPORTED, REFUTED, NEI or NOT_SUPPORTED (either of the last two).

    `kind` is "given" for what people labelled, else the name of the edit that made it; `share` is how often an epoch
    meets it (0.5: every second epoch, 2: twice).
    """

    id: str
    claim: str
    evidence: str
    label: str
    source: str
    kind: str = "given"
    share: float = 1.0


def read_json_lines(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_pairs(path: Path) -> list[Pair]:
    """The pairs that `write_pairs` stored."""
    return [Pair(**row) for row in read_json_lines(path)]  # type: ignore[arg-type]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """Store `pairs` as gzipped JSON lines; the same pairs give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        for pair in pairs:
            packed.write((json.dumps(asdict(pair), ensure_ascii=False) + "\n").encode())


def given(row: dict[str, object], share: float) -> Pair:
    """A row of the public sets as a pair, without the marks that one set puts where a citation stood."""
    claim = _CITATION_MARK.sub("", str(row["claim"])) if str(row["source"]).startswith("citint") else str(row["claim"])
    evidence = " ".join(str(row["evidence"]).split())
    return Pair(str(row["id"]), " ".join(claim.split()), evidence, str(row["label"]), str(row["source"]), share=share)


def groups(pairs: Sequence[Pair]) -> list[int]:
    """A group number for each pair: pairs that share a claim or an evidence text, however indirectly, share a group."""
    parent = list(range(len(pairs)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    first: dict[tuple[str, str], int] = {}
    for at, pair in enumerate(pairs):
        for key in (("claim", pair.claim.casefold()), ("evidence", pair.evidence.casefold())):
            parent[root(at)] = root(first.setdefault(key, at))
    return [root(at) for at in range(len(pairs))]


def held_out(pairs: Sequence[Pair], shares: dict[str, float]) -> dict[str, list[Pair]]:
    """`pairs` by split: about `shares[name]` of the groups in each named split, the rest under "train".

    A group's place depends on its lowest id alone, so that one more set does not move the others about.
    """
    members: dict[int, list[Pair]] = {}
    for pair, group in zip(pairs, groups(pairs), strict=True):
        members.setdefault(group, []).append(pair)
    split: dict[str, list[Pair]] = {name: [] for name in (*shares, "train")}
    for group in members.values():
        place = _fraction(min(pair.id for pair in group))
        chosen = "train"
        for name, share in shares.items():
            if 0 <= place < share:
                chosen = name
            place -= share
        split[chosen].extend(group)
    return split


def _fraction(text: str) -> float:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6]) / 2**48
