"""Sentence boundaries: nupunkt's Punkt model with five repairs for news prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import nupunkt

from checker.model import Block, BlockKind, Span
from checker.spans import View, trim

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\r?\n|\r\r")
_CORPORATE = re.compile(r"(?:Inc|Ltd|Corp|Co|LLC|PLC|Bros)\b")
_RUN_ON = re.compile(r"(?<=[a-z]{2}[.!?])(?=[A-Z][a-z])")  # "end.The next": a space lost in scraping
# Punkt takes some common words for abbreviations ("ten per cent. Tenders closed"); a whole lower-case word is none.
_ENDED = re.compile(r"\b(?P<word>[a-z]{4,})[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z])")
_ABBREVIATED = frozenset("approx dept incl misc resp temp para paras chap vols figs nos".split())
_CLOSERS = "\"'”’)]»"


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text`, without white space at their ends. A blank line always ends a sentence."""
    found: list[Span] = []
    at = 0
    for stretch in [*_PARAGRAPH_BREAK.finditer(text), None]:
        end = stretch.start() if stretch else len(text)
        if end > at:
            found.extend(_paragraph(text, at, end))
        at = stretch.end() if stretch else end
    return tuple(found)


def stretches(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], ...]:
    """The blocks in reading order, those that continue one another together."""
    found: list[list[Block]] = []
    for block in blocks:
        if block.continues and found:
            found[-1].append(block)
        else:
            found.append([block])
    return tuple(tuple(group) for group in found)


def stretch_sentences(owner: str, stretch: Sequence[Block]) -> tuple[Span, ...]:
    """The sentences of one stretch (see `stretches`) as spans of `owner`; markup is read past. A table's row is one."""
    whole = Span(stretch[0].span.start, stretch[-1].span.end)
    if stretch[0].kind is BlockKind.TABLE_ROW:
        row = trim(owner, whole)
        return (row,) if row else ()
    view = View.without(owner, whole, (span for block in stretch for span in block.markup))
    return tuple(view.span(span.start, span.end) for span in sentences(view.text))


def _paragraph(text: str, start: int, end: int) -> list[Span]:
    piece = text[start:end]
    raw = nupunkt.sent_spans(piece) if piece.strip() else []
    merged: list[tuple[int, int]] = []
    for a, b in _split_run_ons(piece, raw):
        if merged and _joins(piece[merged[-1][0] : merged[-1][1]].rstrip(), piece[a:b].lstrip()):
            merged[-1] = (merged[-1][0], b)
        else:
            merged.append((a, b))
    spans = (trim(text, Span(start + a, start + b)) for a, b in merged if b > a)
    return [span for span in spans if span is not None]


def _split_run_ons(piece: str, raw: list[tuple[int, int]]) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    for a, b in raw:
        ended = (match for match in _ENDED.finditer(piece, a, b) if match["word"] not in _ABBREVIATED)
        cuts = {match.start() for match in _RUN_ON.finditer(piece, a, b)} | {match.end() for match in ended}
        edges = [a, *sorted(cut for cut in cuts if a < cut < b), b]
        parts.extend(pairwise(edges))
    return parts


def _joins(before: str, after: str) -> bool:
    """Whether a boundary between these two was a mistake."""
    if not before or not after:
        return True
    if _CORPORATE.match(after) or after[0].islower():
        return True
    if before[-1].isalnum() or before[-1] in ",;-–":
        return True
    # A closing mark alone belongs to the sentence it closes.
    return all(char in _CLOSERS + "." for char in after)
