"""The sentences of a draft as the checks of its consistency read them, with what stands in quotation marks left out.

What people are quoted with is theirs: it may be wrong, or differ from what the draft says, without an error of the
draft's. Tables, transcripts, code and furniture are not read either, since their figures have meanings of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.language.quotations import find_quotations
from checker.language.sentences import sentences, stretches
from checker.model import Article, Block, BlockKind, Clash, Span
from checker.spans import View

_READ = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.FOOTNOTE)
_SPACE = re.compile(r"\s")
_PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\Z|[ \t]*(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r))", re.S)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: `text` on one line, `view` its way back to the draft, `quoted` what is in quotation marks.

    `place` counts the sentences that are read, `stretch` the paragraphs, headings and items.
    """

    text: str
    view: View
    kind: BlockKind
    place: int
    stretch: int
    quoted: tuple[Span, ...] = ()

    def own(self, span: Span) -> bool:
        """Whether the words under `span` of `text` are the draft's own and not quoted."""
        return not any(span.overlaps(other) for other in self.quoted)

    def owner(self, span: Span) -> Span:
        """Where `span` of `text` stands in the draft."""
        return self.view.span(span.start, span.end)


@dataclass(frozen=True, slots=True)
class Found:
    """Two places that cannot both be right, as spans of the draft in any order."""

    code: Clash
    one: Span
    other: Span
    explanation: str
    suggestion: str | None = None


def read_sentences(article: Article) -> tuple[Said, ...]:
    """The sentences of `article` that are prose, in order."""
    blocks = article.blocks or tuple(_paragraphs(article.text))
    found: list[Said] = []
    for number, group in enumerate(stretches(blocks)):
        if group[0].kind in _READ:
            found.extend(_stretch(article.text, group, number, len(found)))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[Block]:
    for match in _PARAGRAPH.finditer(text):
        yield Block(Span(match.start(), match.end()))


def _stretch(owner: str, blocks: tuple[Block, ...], number: int, place: int) -> Iterator[Said]:
    whole = Span(blocks[0].span.start, blocks[-1].span.end)
    view = View.without(owner, whole, (span for block in blocks for span in block.markup))
    quoted = [quotation.span for quotation in find_quotations(view.text)]
    level = _SPACE.sub(" ", view.text)
    for index, span in enumerate(sentences(view.text)):
        part = View(level[span.start : span.end], view.starts[span.start : span.end], view.ends[span.start : span.end])
        inside = tuple(_within(item, span) for item in quoted if item.overlaps(span))
        yield Said(part.text, part, blocks[0].kind, place + index, number, inside)


def _within(span: Span, sentence: Span) -> Span:
    return Span(max(span.start, sentence.start), min(span.end, sentence.end)).shift(-sentence.start)
