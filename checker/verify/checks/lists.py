"""Lists of names: "the boats call at Orrin, Ardle and Lunn" where the source has Skerry for Lunn.

Lists that differ in length say nothing here: one of them may leave something out. So do lists of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.language.likeness import Likeness, likeness
from checker.model import ReasonCode, Span
from checker.verify.checks.findings import Finding, Relation

_ITEM = r"(?:the[ ])?[A-Z][\w’'-]*(?:[ ](?:of[ ])?[A-Z][\w’'-]*)*"
_LIST = re.compile(rf"(?:{_ITEM},[ ]){{1,12}}{_ITEM},?[ ](?:and|or)[ ]{_ITEM}")
_PART = re.compile(_ITEM)
_LEAST = 3
_OPEN = re.compile(r"\b(?:including|such as|among them|like|for example|notably)[ ]$", re.I)
_SAME = frozenset((Likeness.SAME, Likeness.PART, Likeness.VARIANT, Likeness.ACRONYM, Likeness.SLIP))


@dataclass(frozen=True, slots=True)
class _Listed:
    """The items of a list, with the word before it."""

    items: tuple[Span, ...]
    lead: str


def check_lists(claim: str, sentence: str) -> tuple[Finding, ...]:
    """A conflict for each list of `claim` of which the sentence has all but one name, and another in its place."""
    theirs = _lists(sentence)
    found = (_finding(mine, other, claim, sentence) for mine in _lists(claim) for other in theirs)
    return tuple(finding for finding in found if finding is not None)


def _finding(mine: _Listed, other: _Listed, claim: str, sentence: str) -> Finding | None:
    if len(mine.items) != len(other.items) or mine.lead != other.lead:
        return None
    alone = [item for item in mine.items if not _in(item.of(claim), other, sentence)]
    instead = [item for item in other.items if not _in(item.of(sentence), mine, claim)]
    if len(alone) != 1 or len(instead) != 1:
        return None
    better = instead[0].of(sentence)
    note = f"the source lists “{better}” and not “{alone[0].of(claim)}”"
    return Finding(Relation.CONFLICTS, alone[0], instead[0], ReasonCode.NAME_MISMATCH, note, better)


def _in(name: str, listed: _Listed, text: str) -> bool:
    return any(likeness(name, item.of(text)) in _SAME for item in listed.items)


@lru_cache(maxsize=2048)
def _lists(text: str) -> tuple[_Listed, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[_Listed]:
    for match in _LIST.finditer(text):
        items = tuple(Span(*part.span()) for part in _PART.finditer(text, match.start(), match.end()))
        before = text[: match.start()]
        if len(items) >= _LEAST and not _OPEN.search(before):
            yield _Listed(items, before.split()[-1].casefold() if before.split() else "")
