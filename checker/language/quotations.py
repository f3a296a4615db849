"""Quotation marks: which words stand between them, in straight and curly marks, double and single.

A mark that can be an apostrophe, an inch or a slip opens nothing. Whether the words were spoken by anybody is
another matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.model import Span

_OPENER = re.compile(
    r"(?:(?<=[\s(\[{—–/-])|(?<=[\s(\[—–-]['‘])|^)"
    r"(?:[\"“„«]|[\"“„]?(?<![\w])['‘](?!(?:s|tis|twas|em|til|cause|n)\b))(?=[^\s\"”»])",
    re.M,
)
_CLOSERS = {'"': '"”', "“": '”"', "„": "“”", "«": "»", "'": "'’", "‘": "’'"}
_LONGEST_SINGLE = 2000  # characters; a mark further on is more likely an apostrophe
_SINGLE = "'‘"
_PARAGRAPH_END = re.compile(r"\n[ \t]*\r?\n|\Z")
_ENDS_WORDS = re.compile(r"[\w.,!?…;:%)\]'’\"”—–-]")
_AFTER_SINGLE = re.compile(r"[\s.,;:!?)\]—–\"”-]|$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: `span` with the marks, `words` without.

    `closed` is False where the paragraph ends before the closing mark comes.
    """

    span: Span
    words: Span
    closed: bool = True


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation of `text` in order; one inside another is part of it."""
    found: list[Quotation] = []
    at = 0
    while opener := _OPENER.search(text, at):
        quotation = _from(text, opener)
        if quotation is None:
            at = opener.end()
        else:
            found.append(quotation)
            at = quotation.span.end
    return tuple(found)


def opens_with_mark(text: str) -> bool:
    """Whether `text` begins with a mark that opens a quotation."""
    return text.lstrip()[:1] in ('"', "“", "„", "«")


def _from(text: str, opener: re.Match[str]) -> Quotation | None:
    mark, start = opener.group()[-1], opener.end()
    paragraph = _PARAGRAPH_END.search(text, start)
    limit = paragraph.start() if paragraph else len(text)
    close = (
        _single_close(text, start, min(limit, start + _LONGEST_SINGLE))
        if mark in _SINGLE
        else _double_close(text, start, limit, mark)
    )
    if close is not None and close > start:
        return Quotation(Span(opener.start(), close + 1), Span(start, close))
    if close is None and mark not in _SINGLE and not set('"“”„«»') & set(text[start:limit]) and limit > start:
        return Quotation(Span(opener.start(), limit), Span(start, limit), closed=False)
    return None


def _double_close(text: str, start: int, limit: int, mark: str) -> int | None:
    """Where the quotation closes; None where another opens first or none closes."""
    for at in range(start, limit):
        char = text[at]
        if char in _CLOSERS[mark] and _ENDS_WORDS.match(text[at - 1]):
            return at
        if char == mark and mark != '"':
            return None
    return None


def _single_close(text: str, start: int, limit: int) -> int | None:
    """Where a single mark closes: after punctuation where one does, else where no possessive can be meant."""
    places = [
        at
        for at in range(start + 1, limit)
        if text[at] in "'’" and _ENDS_WORDS.match(text[at - 1]) and _AFTER_SINGLE.match(text, at + 1)
    ]
    pointed = [at for at in places if text[at - 1] in ".,!?…"]
    plain = [at for at in places if text[at - 1] not in "sS" or not re.match(r"\s+[a-z]", text[at + 1 : limit])]
    choices = pointed[:1] or plain[:1]
    return choices[0] if choices else None
