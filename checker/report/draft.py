"""The draft cut for a page: paragraphs, and in them pieces that the same claims cover from end to end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.model import Article, Block, BlockKind, Span
from checker.report.findings import Finding, Group, Pair

_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[ \t]*[\r\n]\s*")  # atomic: \r\n is one break, not two
_SEVERITY = {group: rank for rank, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that lies wholly inside or outside each claim. `covers`: the claims on it, the gravest first.

    `ends` are the claims whose last words these are; `syntax` says that a reader of the draft does not see it.
    `clashes` are the sides of inconsistencies that it is a part of, `clash_ends` those whose last words it has.
    """

    text: str
    covers: tuple[Finding, ...]
    ends: tuple[Finding, ...]
    syntax: bool
    clashes: tuple[Side, ...] = ()
    clash_ends: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two places of an inconsistency; `name` is "first" or "second" and `other` the one it is not."""

    pair: Pair
    name: str
    span: Span

    @property
    def other(self) -> str:
        return "second" if self.name == "first" else "first"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the draft. The text between two paragraphs is white space."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


def paragraphs(article: Article, found: Sequence[Finding], pairs: Sequence[Pair] = ()) -> tuple[Paragraph, ...]:
    """The whole draft in order. Every claim ends in exactly one piece, however claims overlap."""
    sides = [Side(pair, name, place.span) for pair in pairs for name, place in zip(("first", "second"), pair.places)]
    spans = tuple(_paragraph_spans(article))
    if not spans:
        return ()
    markup = [span for block in article.blocks for span in block.markup]
    marked = (*spans, *markup, *(item.span for item in found), *(side.span for side in sides))
    edges = sorted({edge for span in marked for edge in (span.start, span.end)})
    starts = [span.start for span in spans]
    ends = _ends(found, spans)
    on, off = _by(found, "start"), _by(found, "end")
    hidden = _Inside(markup)
    active: dict[int, Finding] = {}
    pieces: defaultdict[int, list[Piece]] = defaultdict(list)
    for start, end in pairwise(edges):
        for item in off.get(start, ()):
            del active[item.number]
        active.update((item.number, item) for item in on.get(start, ()))
        place = bisect_right(starts, start) - 1
        if place < 0 or start >= spans[place].end:
            continue
        covers = tuple(sorted(active.values(), key=_gravest))
        text = article.text[start:end]
        clashes = tuple(side for side in sides if side.span.start <= start < side.span.end)
        closed = tuple(side for side in clashes if side.span.end == end)
        pieces[place].append(Piece(text, covers, tuple(ends.get(end, ())), hidden.holds(start), clashes, closed))
    kinds = _kinds(article, spans)
    return tuple(Paragraph(kinds[place], tuple(pieces[place])) for place in range(len(spans)))


class _Inside:
    """Whether an offset lies in one of many spans that do not overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def holds(self, at: int) -> bool:
        place = bisect_right(self._starts, at) - 1
        return place >= 0 and at < self._spans[place].end


def _gravest(finding: Finding) -> tuple[int, int, int]:
    return _SEVERITY[finding.group], len(finding.span), finding.number


def _by(found: Iterable[Finding], edge: str) -> dict[int, list[Finding]]:
    table: defaultdict[int, list[Finding]] = defaultdict(list)
    for item in found:
        table[getattr(item.span, edge)].append(item)
    return table


def _ends(found: Iterable[Finding], spans: tuple[Span, ...]) -> dict[int, list[Finding]]:
    """The claims to name after each offset: where they end, or the paragraph's end before where that is a gap."""
    starts = [span.start for span in spans]
    table: defaultdict[int, list[Finding]] = defaultdict(list)
    for item in found:
        paragraph = spans[max(0, bisect_left(starts, item.span.end) - 1)]
        inside = paragraph.start < item.span.end <= paragraph.end
        table[item.span.end if inside else paragraph.end].append(item)
    return table


def _paragraph_spans(article: Article) -> Iterator[Span]:
    """Paragraphs: between blank lines, and from each block that begins a line; line breaks at the ends are left out."""
    text = article.text
    cuts = {0, len(text), *(match.end() for match in _BLANK_LINE.finditer(text))}
    for block in article.blocks:
        begins_line = block.span.start == 0 or text[block.span.start - 1] in "\r\n"
        if begins_line and not block.continues:
            cuts.add(block.span.start)
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        body = text[start:end]
        first = start + len(body) - len(body.lstrip("\r\n"))
        last = start + len(body.rstrip())
        if first < last:
            yield Span(first, last)


def _kinds(article: Article, spans: tuple[Span, ...]) -> list[BlockKind]:
    """The kind of the block that each paragraph begins in."""
    blocks: list[Block] = sorted(article.blocks, key=lambda block: block.span)
    block_ends = [block.span.end for block in blocks]
    kinds = []
    for span in spans:
        place = bisect_right(block_ends, span.start)
        within = place < len(blocks) and blocks[place].span.start < span.end
        kinds.append(blocks[place].kind if within else BlockKind.PARAGRAPH)
    return kinds
