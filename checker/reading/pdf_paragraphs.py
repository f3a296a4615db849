"""Paragraphs told from the geometry of lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from checker.model import BlockKind
from checker.reading.pdf_lines import Line

_BULLET = re.compile(r"(?:[•‣◦▪●■–*-]|\(?\d{1,2}[.)]|\([a-z]\))\s+\S")
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]»]*$")
_HEADING_SIZE = 1.12  # times the size of the body
_WIDER_GAP = 1.35  # times the usual distance of two lines
_INDENT = 0.8  # times the font size
_LONGEST_CELL = 40
_COLUMN_GAP = 1.8  # times the font size: no justified line is set so wide


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[Line, ...]
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def ended(self) -> bool:
        return not self.lines[-1].hyphen and _ENDED.search(self.lines[-1].text) is not None


def body_size(lines: Sequence[Line]) -> float:
    """The font size that most characters are set in, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def paragraphs(lines: Sequence[Line], body: float) -> list[Paragraph]:
    """The paragraphs of one page in the order they are written; `body` is the font size of the document's prose."""
    steps = [a.bottom - b.bottom for a, b in pairwise(lines) if 0 < a.bottom - b.bottom < 4 * a.size]
    usual = median(steps) if steps else body * 1.2
    rows = _rows(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        alone = line in rows or (groups and groups[-1][-1] in rows)
        if groups and not alone and _same(groups[-1], line, usual, _margin(lines, at, rows)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [
        Paragraph(tuple(group), BlockKind.TABLE_ROW if group[0] in rows else _kind(group, body)) for group in groups
    ]


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether `after`, first on its page, is the rest of `before`, last on the page before it."""
    last, first = before.lines[-1], after.lines[0]
    prose = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if first.page != last.page + 1 or before.kind not in prose or after.kind is not BlockKind.PARAGRAPH or before.ended:
        return False
    if last.hyphen or first.text[0].islower():
        return True
    # A line that was full, in the same type: the sentence goes on with a name or a number.
    widest = max(line.right for line in (*before.lines, *after.lines))
    return abs(last.size - first.size) < 0.5 and len(before.lines) > 1 and last.right > widest - 4 * last.size


def _kind(group: Sequence[Line], body: float) -> BlockKind:
    if group[0].size >= _HEADING_SIZE * body and sum(len(line.text) for line in group) < 250:
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if _BULLET.match(group[0].text) else BlockKind.PARAGRAPH


def _rows(lines: Sequence[Line]) -> frozenset[Line]:
    """The lines that are rows of a table: short parts far apart, or less far where most lines beside have figures.

    A justified line in a narrow column has wide gaps too, but no column of figures under one another.
    """
    found: set[Line] = set()
    for parted, run in groupby(lines, key=_parted):
        group = list(run)
        figures = sum(any(cell[0].isdigit() or cell[-1].isdigit() for cell in line.cells[1:]) for line in group)
        if parted and len(group) > 1 and 2 * figures >= len(group):
            found.update(group)
        elif parted:
            found.update(line for line in group if line.gap > _COLUMN_GAP)
    return frozenset(found)


def _parted(line: Line) -> bool:
    # A bullet and its words are not two columns.
    return len(line.cells) > 1 and len(line.cells[0]) > 2 and max(map(len, line.cells)) <= _LONGEST_CELL


def _same(group: Sequence[Line], line: Line, usual: float, margin: float) -> bool:
    """Whether `line` belongs to the paragraph of `group`."""
    before = group[-1]
    if abs(before.size - line.size) > 0.6:
        return False
    if before.hyphen:
        return True
    step = before.bottom - line.bottom
    if step < -before.size:
        # The top of another column: the same paragraph only where its sentence is cut.
        return not _ENDED.search(before.text) and line.text[0].islower()
    if abs(step) < 0.3 * before.size:
        return True  # one line that PDFium gave in two
    if step > _WIDER_GAP * max(usual, 1.0) or _BULLET.match(line.text):
        return False
    if _ENDED.search(before.text) and line.left > before.left + _INDENT * line.size:
        return False
    return line.text[0].islower() or not _had_room(before, line, margin)


def _had_room(before: Line, after: Line, margin: float) -> bool:
    """Whether the next word would have fitted: then the line was ended on purpose."""
    word = len(after.text.split(maxsplit=1)[0]) + 1
    width = (after.right - after.left) / max(1, len(after.text))
    return before.right + word * width < margin


def _margin(lines: Sequence[Line], at: int, rows: frozenset[Line]) -> float:
    """The right edge of the column around line `at`."""
    here = lines[at]
    near = [
        line.right
        for line in lines[max(0, at - 6) : at + 6]
        if abs(line.size - here.size) < 0.6 and line.right > here.left and line.left < here.right and line not in rows
    ]
    return max(near, default=here.right)
