"""Verification given the evidence: a claim, what there is to read, and what that does to the claim.

    {"id": "a1", "claim": "...", "evidence": "...", "label": "SUPPORTED"}

`evidence` is a text, a list of texts, or a list of {"title": ..., "text": ...}; empty where there is none. `label` is
any label of `labels`. Optional: `cluster` (items that are not independent: one article, one claim in variants;
default the item itself), `facts` (an object of names and values by which tables are split). Other fields are ignored.
Files: `.jsonl`, `.json` (a list), each also as `.gz`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checker.errors import InputError
from checker.evaluation.datasets.labels import LabelMap, classes_of, within
from checker.evaluation.datasets.rows import Row, read_rows, unique
from checker.evaluation.records import digest

Texts = tuple[tuple[str, str], ...]

_KNOWN = LabelMap()
_EVIDENCE = 'Write a text, a list of texts, or a list of {"title": ..., "text": ...}; "" where there is no evidence.'


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim with its evidence, (title, text) each, and its gold label among the classes of its set."""

    id: str
    claim: str
    evidence: Texts
    gold: str
    cluster: str
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Of everything that the answer may depend on, gold included."""
        return digest([self.claim, self.evidence, self.gold])


@dataclass(frozen=True, slots=True)
class Pairs:
    """A verification set. `classes` are those that its labels make it be asked in."""

    items: tuple[Pair, ...]
    classes: tuple[str, ...]


def read_pairs(path: Path, labels: LabelMap = _KNOWN, *, rationale: bool = False, cluster: str = "") -> Pairs:
    """The set in a file; `cluster` names the field that says which items belong together, where there is no `cluster`.

    With `rationale` the gold sentences under that name stand in for the evidence, where there are any.
    Raises InputError for a row that cannot be used: nothing is dropped silently.
    """
    return pairs_of(read_rows(path), str(path), labels, rationale=rationale, cluster=cluster)


def pairs_of(
    rows: Iterable[Row], where: str, labels: LabelMap = _KNOWN, *, rationale: bool = False, cluster: str = ""
) -> Pairs:
    """The set that those rows are; `where` is what an error calls it."""
    known = unique((row, row.text("id")) for row in rows)
    read = [_pair(row, id, labels, rationale, cluster) for row, id in known]
    if not read:
        raise InputError("has no rows", where=where, hint="Put one claim with its evidence on each line.")
    classes = classes_of(pair.gold for pair in read)
    return Pairs(tuple(replace(pair, gold=within(pair.gold, classes)) for pair in read), classes)


def _pair(row: Row, id: str, labels: LabelMap, rationale: bool, cluster: str) -> Pair:
    evidence = _evidence(row)
    gold_sentences = row.values.get("rationale")
    if rationale and isinstance(gold_sentences, list) and gold_sentences:
        evidence = ((evidence[0][0] if evidence else "", " ".join(map(str, gold_sentences))),)
    return Pair(
        id=id,
        claim=row.text("claim"),
        evidence=evidence,
        gold=labels.read(row),
        cluster=row.optional("cluster") or row.optional(cluster) or id,
        facts=_facts(row),
    )


def _evidence(row: Row) -> Texts:
    if "evidence" not in row.values:
        raise row.error('has no field "evidence"', _EVIDENCE)
    value = row.values["evidence"]
    found = tuple(_piece(row, item) for item in (value if isinstance(value, list) else [value]))
    return tuple(piece for piece in found if piece[1].strip())


def _piece(row: Row, item: Any) -> tuple[str, str]:
    if item is None or isinstance(item, str):
        return "", item or ""
    if isinstance(item, dict) and isinstance(item.get("text"), str):
        return str(item.get("title") or ""), item["text"]
    raise row.error(f'has an "evidence" that cannot be read ({type(item).__name__} without "text")', _EVIDENCE)


def _facts(row: Row) -> dict[str, str]:
    facts = row.values.get("facts", {})
    if not isinstance(facts, dict):
        raise row.error('has "facts" that are no object', 'Write "facts": {"domain": "health"}.')
    return {str(name): str(value) for name, value in facts.items()} | {"label": row.optional("label")}
