"""Tables: each row readable alone, "Header: value; Header: value.", each cell a block with its own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.model import BlockKind, Locator
from checker.reading.composing import NOWHERE, PARAGRAPH, Composer

_NUMBER = re.compile(r"[^\w]*\d[\d.,\s]*%?[^\w]*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows and where it is; `heads` where the format itself calls it a header."""

    text: str
    locator: Locator = NOWHERE
    heads: bool = False

    def __post_init__(self) -> None:
        # A row is one stretch: a blank line inside a cell would end it.
        object.__setattr__(self, "text", _SPACE.sub(" ", self.text).strip())


Row = Sequence[Cell | None]
"""Cells by column; None, or a cell without words, where there is none."""


def add_table(composer: Composer, rows: Sequence[Row]) -> None:
    """Add every row that has words; rows above the header are headings, rows of one cell are notes."""
    filled = [[cell for cell in row if cell is not None and cell.text] for row in rows]
    width = max((len(row) for row in filled), default=0)
    head = _header(rows, filled, width)
    names = (
        {} if head is None else {at: cell.text for at, cell in enumerate(rows[head]) if cell is not None and cell.text}
    )
    for at, row in enumerate(rows):
        if at == head or not filled[at]:
            continue
        if width > 1 and len(filled[at]) == 1 and not _is_number(filled[at][0].text):
            above = head is not None and at < head
            composer.add(filled[at][0].text, BlockKind.HEADING if above else BlockKind.PARAGRAPH, filled[at][0].locator)
        else:
            _add_row(composer, row, names)
    if head is not None and not any(filled[head + 1 :]):
        _add_row(composer, rows[head], {})


def _add_row(composer: Composer, row: Row, names: dict[int, str]) -> None:
    cells = [(at, cell) for at, cell in enumerate(row) if cell is not None and cell.text]
    for position, (at, cell) in enumerate(cells):
        first, last = position == 0, position == len(cells) - 1
        words = f"{names[at].rstrip(':')}: {cell.text}" if at in names else cell.text
        if last and words[-1] not in ".!?":
            words += "."
        composer.add(words, BlockKind.TABLE_ROW, cell.locator, glue=PARAGRAPH if first else "; ", continues=not first)


def _header(rows: Sequence[Row], filled: list[list[Cell]], width: int) -> int | None:
    """Which row names the columns: the first that is wide enough, is all words or years, and has rows below."""
    for at, cells in enumerate(filled):
        if len(cells) < min(2, width) or not cells:
            continue
        texts = [cell.text for cell in cells]
        marked = all(cell.heads for cell in cells)
        wordy = not _is_number(texts[0]) and all(not _is_number(text) or _YEAR.fullmatch(text) for text in texts)
        return at if (marked or wordy) and any(filled[at + 1 :]) and len(set(texts)) > len(texts) // 2 else None
    return None


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None
