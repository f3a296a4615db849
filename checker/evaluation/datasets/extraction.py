"""Extraction: which sentences can be checked, or where the claims of a text stand.

Sentences:  {"id": "s1", "text": "...", "label": "factual"}          ("sentence" does as well as "text")
Spans:      {"id": "d1", "text": "...", "claims": [{"start": 0, "end": 31, "claim": "..."}]}

`start` and `end` are code points of `text`, half-open; `claim` restates it and may be left out. Labels that say "yes":
factual, checkable, checkworthy, CFS, claim, yes, true, 1. Labels that say "no": opinion, not_checkable, not_a_claim,
other, NFS, UFS, NCS, no, false, 0, -1. Others by `--labels "mine=checkable,rest=not_checkable"`.
Optional in both: `cluster`, default `document`, else the item itself. A file holds one of the two forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import InputError, UsageError
from checker.evaluation.datasets.labels import key
from checker.evaluation.datasets.rows import Row, read_rows, unique
from checker.evaluation.records import digest
from checker.model import Span

CHECKABLE, NOT_CHECKABLE = "checkable", "not_checkable"

_YES = "factual checkable checkworthy check-worthy cfs cs yes true 1 claim"
_NO = "opinion not_checkable not_a_claim not-a-claim other nfs ufs ncs no false 0 -1 non-factual not_factual"
_KNOWN = {key(name): CHECKABLE for name in _YES.split()} | {key(name): NOT_CHECKABLE for name in _NO.split()}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and whether it can be checked."""

    id: str
    text: str
    gold: str
    cluster: str
    label: str

    @property
    def digest(self) -> str:
        return digest([self.text, self.gold])


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the places of its claims, in their order."""

    id: str
    text: str
    claims: tuple[tuple[Span, str], ...]
    cluster: str

    @property
    def digest(self) -> str:
        return digest([self.text, [[span.start, span.end, claim] for span, claim in self.claims]])


def read_extraction(path: Path, labels: str | None = None) -> tuple[Labelled, ...] | tuple[Marked, ...]:
    """The items of a file, all of one form. Raises InputError for a row of neither form or of the other one."""
    own = _own(labels)
    rows = list(unique((row, row.text("id")) for row in read_rows(path)))
    if not rows:
        raise InputError(
            "has no rows", where=str(path), hint="Put one sentence, or one text with claims, on each line."
        )
    spans = "claims" in rows[0][0].values
    for row, _ in rows:
        if ("claims" in row.values) is not spans:
            raise row.error("is of another form than the first row", "Keep sentences and texts in two files.")
    if spans:
        return tuple(_marked(row, id) for row, id in rows)
    return tuple(_labelled(row, id, own) for row, id in rows)


def _own(text: str | None) -> dict[str, str]:
    own = {}
    for part in filter(str.strip, (text or "").split(",")):
        name, equals, ours = part.rpartition("=")
        if not equals or ours.strip() not in (CHECKABLE, NOT_CHECKABLE):
            raise UsageError(
                f"{part.strip()!r} does not say what a label means",
                where="--labels",
                hint=f'Write "mine={CHECKABLE},rest={NOT_CHECKABLE}".',
            )
        own[key(name)] = ours.strip()
    return own


def _labelled(row: Row, id: str, own: dict[str, str]) -> Labelled:
    value = row.values.get("label")
    label = str(value) if isinstance(value, bool | int) else row.text("label")
    gold = own.get(key(label)) or _KNOWN.get(key(label))
    if gold is None:
        raise row.error(
            f"has the unknown label {label!r}",
            f'Say what it means: --labels "{label}={CHECKABLE}" or "{label}={NOT_CHECKABLE}".',
        )
    return Labelled(id, row.text("text", "sentence"), gold, _cluster(row, id), label)


def _marked(row: Row, id: str) -> Marked:
    text = row.text("text")
    claims = row.values["claims"]
    if not isinstance(claims, list):
        raise row.error('has "claims" that are no list', 'Write "claims": [{"start": 0, "end": 9, "claim": "..."}].')
    found = sorted((_claim(row, text, item) for item in claims), key=lambda one: one[0])
    return Marked(id, text, tuple(found), _cluster(row, id))


def _claim(row: Row, text: str, item: Any) -> tuple[Span, str]:
    start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text):
        raise row.error(
            f"has a claim from {start!r} to {end!r} in a text of {len(text)} characters",
            "Give code points of the text, end after start.",
        )
    return Span(start, end), str(item.get("claim") or text[start:end])


def _cluster(row: Row, id: str) -> str:
    return row.optional("cluster") or row.optional("document") or id
