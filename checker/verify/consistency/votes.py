"""A vote against the number of those who voted: "nine for, four against and one abstention ... the 15 present"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.language.amounts import find_amounts
from checker.model import Clash, Span
from checker.verify.consistency.said import Found, Said

_N = r"(?:\d{1,4}|[a-z]+(?:-[a-z]+)?)"
_VOTERS = r"(?:votes?|members|councillors|councilors|voted|voting|delegates|trustees|lawmakers|governors)"
_FOR_TO = re.compile(rf"\b(?:by|was|of)[ ](?P<f>{_N})(?:[ ]votes?)?(?:[ ]to[ ]|[-–])(?P<a>{_N})\b", re.I)
_FOR = re.compile(rf"\b(?P<n>{_N})(?:[ ]{_VOTERS})*[ ](?:for|in favou?r)\b(?=[ ]?[,;]|[ ]and\b|[ ]it\b|[ ]to\b)", re.I)
_AGAINST = re.compile(rf"\b(?P<n>{_N})(?:[ ]{_VOTERS})*[ ](?:against|opposed)\b", re.I)
_ABSTAINED = re.compile(rf"\b(?P<n>{_N})(?:[ ](?:{_VOTERS}|others?))*[ ](?:abstentions?|abstained|abstaining)\b", re.I)
_PRESENT = re.compile(
    rf"\b(?:(?:all|the)[ ])(?P<n>{_N})[ ](?:(?:[a-z]+[ ])?(?:members|councillors|councilors|delegates|trustees"
    rf"|governors|people|lawmakers))[ ](?:who[ ]were[ ])?(?:present|attending|at the meeting|who voted|in the room)\b"
    rf"|\b(?P<m>{_N})[ ](?:members|councillors|councilors|delegates|trustees|governors|lawmakers)[ ]"
    r"(?:were[ ](?:present|at the meeting)|took part in the vote|cast votes)\b",
    re.I,
)
_VOTE = re.compile(r"\b(?:vot\w+|approv\w+|reject\w+|pass\w+|abst\w+|against|motion|council\w*|ballot)\b", re.I)
_NEAR = 1
"""Sentences on either side in which those present may be counted."""


@dataclass(frozen=True, slots=True)
class _Count:
    value: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Vote:
    """One vote: for, against, and those who abstained where that is told."""

    yes: _Count
    no: _Count
    neither: _Count | None


def clashing_votes(said: Sequence[Said]) -> Iterator[Found]:
    """Votes whose sides do not make the number of those who were present for it."""
    votes = [(sentence, vote) for sentence in said if (vote := _vote(sentence)) is not None]
    present = [(sentence, count) for sentence in said if (count := _present(sentence)) is not None]
    for sentence, vote in votes:
        near = [item for item in present if abs(item[0].place - sentence.place) <= _NEAR]
        rivals = [
            other for other, _ in votes if other is not sentence and abs(other.place - sentence.place) <= _NEAR + 1
        ]
        if len(near) == 1 and not rivals:
            yield from _held(sentence, vote, *near[0])


def _held(sentence: Said, vote: _Vote, where: Said, present: _Count) -> Iterator[Found]:
    counts = [vote.yes, vote.no, *([vote.neither] if vote.neither else [])]
    made = sum(count.value for count in counts)
    # Without a word of abstentions some of those present may not have voted.
    if made == present.value or (vote.neither is None and made < present.value):
        return
    spans = sorted(count.span for count in counts)
    whole = Span(spans[0].start, spans[-1].end)
    if where is sentence and present.span.overlaps(whole):
        return
    told = f"{', '.join(str(count.value) for count in counts)} make {made}, not {present.value}"
    yield Found(Clash.SUM, sentence.owner(whole), where.owner(present.span), told)


def _vote(sentence: Said) -> _Vote | None:
    text = sentence.text
    if not _VOTE.search(text):
        return None
    neither = _count(sentence, _ABSTAINED.search(text), "n")
    pair = _FOR_TO.search(text)
    if pair:
        yes, no = _count(sentence, pair, "f"), _count(sentence, pair, "a")
    else:
        yes, no = _count(sentence, _FOR.search(text), "n"), _count(sentence, _AGAINST.search(text), "n")
    return _Vote(yes, no, neither) if yes and no else None


def _present(sentence: Said) -> _Count | None:
    match = _PRESENT.search(sentence.text)
    return _count(sentence, match, "n" if match and match["n"] else "m")


def _count(sentence: Said, match: re.Match[str] | None, group: str) -> _Count | None:
    """The number a group of `match` writes, in figures or in words, where it stands outside quotation marks."""
    if match is None or not sentence.own(Span(*match.span())):
        return None
    amounts = find_amounts(match[group])
    whole = len(amounts) == 1 and len(match[group]) == amounts[0].end - amounts[0].start
    if match[group].casefold() in ("no", "none", "nobody"):
        return _Count(0, Span(*match.span()))
    return _Count(int(amounts[0].low), Span(*match.span())) if whole and amounts[0].low % 1 == 0 else None
