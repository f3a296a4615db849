"""The sentences of a draft, each with its plain text and a way back to the draft's own offsets.

Beyond the shared sentence splitter: a dateline, a photo credit and a short line of its own are sentences apart, and
no character of a block is lost between two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from checker.claims.dateline import DATELINE
from checker.claims.furniture import CREDIT_AT_END
from checker.language.sentences import sentences, stretches
from checker.model import Article, Block, BlockKind, Span
from checker.spans import View, trim

_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\Z|[ \t]*(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r))", re.S)
_LINE = re.compile(r"[^\r\n]+")
_SPACE = re.compile(r"\s")
_ENDED = re.compile(r"[.!?…:;,\-–—][\"'”’)\]]*\s*$")
_SHORT_LINE = 45
_SHORT_SHARE = 0.6
_PROSE = (
    BlockKind.PARAGRAPH,
    BlockKind.QUOTATION,
    BlockKind.LIST_ITEM,
    BlockKind.FOOTNOTE,
    BlockKind.CAPTION,
    BlockKind.CUE,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence of the draft: `text` is what a reader sees of it on one line, `view` maps it back.

    `stretch` counts the stretches of blocks; `opens` and `alone` say that it is the first, or the only one, there.
    """

    span: Span
    view: View
    block: Block
    stretch: int
    opens: bool = False
    alone: bool = False
    dateline: bool = False

    @property
    def text(self) -> str:
        return self.view.text

    def owner(self, start: int, end: int) -> Span:
        """The article's span of characters `start` to `end` of `text`."""
        return self.view.span(start, end)

    def inside(self, span: Span) -> tuple[int, int] | None:
        """The characters of `text` that lie in the article's `span`."""
        held = [at for at, start in enumerate(self.view.starts) if span.start <= start < span.end]
        return (held[0], held[-1] + 1) if held else None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Blocks that read on: their plain text as one view, and their sentences."""

    view: View
    blocks: tuple[Block, ...]
    utterances: tuple[Utterance, ...]


def read_draft(article: Article) -> tuple[Stretch, ...]:
    """The draft's stretches with their sentences, in order; a stretch of white space has none."""
    blocks = article.blocks or tuple(_paragraphs(article.text))
    return tuple(_stretch(article.text, group, number) for number, group in enumerate(stretches(blocks)))


def _paragraphs(text: str) -> Iterator[Block]:
    for match in _PARAGRAPH.finditer(text):
        yield Block(Span(match.start(), match.end()))


def _stretch(owner: str, blocks: tuple[Block, ...], number: int) -> Stretch:
    whole = Span(blocks[0].span.start, blocks[-1].span.end)
    hidden = (*(span for block in blocks for span in block.markup), *_gaps(owner, blocks))
    view = View.without(owner, whole, hidden)
    level = View(_SPACE.sub(" ", view.text), view.starts, view.ends)
    spans, datelines = _spans(view.text, blocks[0].kind)
    made = tuple(
        Utterance(
            span=level.span(span.start, span.end),
            view=View(
                level.text[span.start : span.end],
                level.starts[span.start : span.end],
                level.ends[span.start : span.end],
            ),
            block=_block_at(blocks, level.starts[span.start]),
            stretch=number,
            opens=index == 0,
            alone=len(spans) == 1,
            dateline=index < datelines,
        )
        for index, span in enumerate(spans)
    )
    return Stretch(level, blocks, made)


def _gaps(owner: str, blocks: tuple[Block, ...]) -> Iterator[Span]:
    """The white space between blocks that read on, all but its first character, so that no blank line parts them."""
    for before, after in pairwise(blocks):
        gap = owner[before.span.end : after.span.start]
        if len(gap) > 1 and not gap.strip():
            yield Span(before.span.end + 1, after.span.start)


def _block_at(blocks: tuple[Block, ...], offset: int) -> Block:
    return next((block for block in blocks if block.span.start <= offset < block.span.end), blocks[0])


def _spans(text: str, kind: BlockKind) -> tuple[list[Span], int]:
    """The sentences of a stretch's plain text, and how many of the first are its dateline."""
    if kind is BlockKind.TABLE_ROW or kind not in _PROSE:
        whole = trim(text, Span(0, len(text))) if text else None
        return ([whole] if whole else []), 0
    dateline = DATELINE.match(text) if kind is BlockKind.PARAGRAPH else None
    begin = dateline.end() if dateline and text[dateline.end() :].strip() else 0
    head = trim(text, Span(0, begin)) if begin else None
    rest = [span.shift(begin) for span in sentences(text[begin:])]
    split = [piece for span in _complete(text, rest, begin) for piece in _credits(text, _lines(text, span))]
    return ([head, *split] if head else split), 1 if head else 0


def _complete(text: str, spans: list[Span], begin: int) -> list[Span]:
    """`spans` stretched so that every character from `begin` on that is not white space is in one."""
    if not spans:
        whole = trim(text, Span(begin, len(text))) if begin < len(text) else None
        return [whole] if whole else []
    edges = [begin, *(span.end for span in spans[:-1]), len(text)]
    found = []
    for index, span in enumerate(spans):
        start = edges[index] if text[edges[index] : span.start].strip() else span.start
        end = len(text) if index == len(spans) - 1 and text[span.end :].strip() else span.end
        whole = trim(text, Span(start, end))
        if whole:
            found.append(whole)
    return found


def _lines(text: str, span: Span) -> list[Span]:
    """`span` cut where a short line without a full stop stands above another that begins afresh."""
    lines = [Span(match.start(), match.end()) for match in _LINE.finditer(text, span.start, span.end)]
    if len(lines) < 2:
        return [span]
    longest = max(len(line) for line in lines)
    cuts = [span.start]
    for above, below in pairwise(lines):
        short = len(above) <= max(_SHORT_LINE, 0) and (longest <= _SHORT_LINE or len(above) < _SHORT_SHARE * longest)
        fresh = below.of(text).lstrip()[:1]
        if short and not _ENDED.search(above.of(text)) and not fresh.islower():
            cuts.append(below.start)
    pieces = (trim(text, Span(start, end)) for start, end in pairwise([*cuts, span.end]) if end > start)
    return [piece for piece in pieces if piece]


def _credits(text: str, spans: list[Span]) -> Iterator[Span]:
    """The spans, a photo credit in brackets at the end of one split off."""
    for span in spans:
        match = CREDIT_AT_END.search(text, span.start, span.end)
        if match and match.start() > span.start:
            before = trim(text, Span(span.start, match.start()))
            if before:
                yield before
            yield Span(match.start(), span.end)
        else:
            yield span
