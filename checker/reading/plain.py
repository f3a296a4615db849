"""Plain text: the text is the file; blocks are its paragraphs, and lines that stand for themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from checker.model import Block, BlockKind, Document, Locator, Span
from checker.reading.captions import prose_kind
from checker.reading.decoding import decode
from checker.reading.formats import Purpose
from checker.reading.metadata import extractor

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_BULLET = re.compile(r"\s*(?:[-*•‣◦▪]|\(?\d{1,2}[.)])\s+(?=\S)")
_NUMBERED = re.compile(r"\s*\(?\d")
_ENDS = ".!?:;"
_CLOSERS = "\"'”’)]»"
# Prose is wrapped between these widths: shorter lines are labels, longer ones are whole paragraphs.
_NARROWEST, _WIDEST = 45, 160


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where it begins, where its words do, and where they end."""

    number: int
    begin: int
    start: int
    end: int
    text: str
    quoted: bool = False
    bullet: str = ""  # a list's mark before the words
    indented: bool = False

    @property
    def ended(self) -> bool:
        """Whether a sentence ends here."""
        return self.text.rstrip(_CLOSERS)[-1:] in _ENDS


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The text and its paragraphs, each with its line."""
    text = decode(data, where=name)
    return Document(text=text, blocks=blocks_of(text), media_type="text/plain", extractor=extractor("text"))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs, list items, block quotations and lone lines of `text`."""
    paragraphs = _paragraphs(text)
    widths = [len(line.text) for lines in paragraphs for line in lines if len(lines) > 1]
    width = max(widths, default=0)
    return tuple(_block(text, group) for lines in paragraphs for group in _groups(lines, width))


def _paragraphs(text: str) -> list[list[Line]]:
    found: list[list[Line]] = []
    current: list[Line] = []
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line = _line(match.group(1), number, match.start())
        if line is not None:
            if not current:
                found.append(current)
            current.append(line)
        elif current:
            current = []
    return found


def _line(raw: str, number: int, begin: int) -> Line | None:
    quoted = _QUOTED.match(raw)
    at = quoted.end() if quoted else 0
    bullet = _BULLET.match(raw, at)
    words = raw[bullet.end() if bullet else at :]
    if not words.strip():
        return None
    end = begin + len(raw.rstrip())
    words = words.strip()
    return Line(
        number=number,
        begin=begin,
        start=end - len(words),
        end=end,
        text=words,
        quoted=quoted is not None,
        bullet=bullet.group() if bullet else "",
        indented=raw[at : at + 1].isspace(),
    )


def _groups(lines: list[Line], width: int) -> list[list[Line]]:
    """The lines of a paragraph, those that one another's sentences run over together."""
    own = max(len(line.text) for line in lines)
    goes_on = any(line.text[0].islower() for line in lines[1:])
    groups = [[lines[0]]]
    for before, after in pairwise(lines):
        full = _filled(before, after, width) or (len(lines) > 2 and _filled(before, after, own))
        wrapped = full and own <= _WIDEST and (own >= _NARROWEST or goes_on)
        if _same_prose(groups[-1], after) and (wrapped or _runs_on(groups[-1], after, own)):
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _same_prose(group: list[Line], after: Line) -> bool:
    before = group[-1]
    if before.quoted != after.quoted:
        return False
    if not after.bullet:
        return True
    # A wrapped line may begin with a number that ends its sentence: "... rose to / 12. In May".
    return bool(_NUMBERED.match(after.bullet)) and not before.ended and not group[0].bullet


def _runs_on(group: list[Line], after: Line, own: int) -> bool:
    before = group[-1]
    if group[0].bullet and after.indented:
        return True
    return own <= _WIDEST and not before.ended and (after.text[0].islower() or before.text[-1] in ",-–")


def _filled(before: Line, after: Line, width: int) -> bool:
    """Whether the next word had no room left: then the break is the wrap's and not the author's."""
    return len(before.text) + 1 + len(after.text.split(maxsplit=1)[0]) > width


def _block(text: str, group: list[Line]) -> Block:
    first, last = group[0], group[-1]
    span = Span(first.start, last.end)
    # Marks of quotation at the beginning of lines, seen from inside the block.
    marks = tuple(Span(line.begin, line.start) for line in group[1:] if line.quoted and line.start > line.begin)
    kind = BlockKind.QUOTATION if first.quoted else BlockKind.LIST_ITEM if first.bullet else BlockKind.PARAGRAPH
    return Block(span, prose_kind(span.of(text), kind), Locator(line=first.number), marks)
