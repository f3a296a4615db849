"""Rows of a table: a row with a figure is a claim, read under its headers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.claims.draft import Stretch
from checker.claims.restating import sentence, tidy
from checker.language.amounts import find_amounts
from checker.model import BlockKind

_CELLS = re.compile(r"\t|\s*\|\s*|\s{3,}")


def row_texts(owner: str, stretches: Sequence[Stretch]) -> dict[int, str]:
    """What each row of figures says, by the number of its stretch; a row of headers or without figures says nothing."""
    texts: dict[int, str] = {}
    headers: tuple[str, ...] = ()
    for number, stretch in enumerate(stretches):
        if stretch.blocks[0].kind is not BlockKind.TABLE_ROW:
            headers = ()
            continue
        cells = _cells(owner, stretch)
        if not any(find_amounts(cell) for cell in cells):
            headers = headers or cells
        elif any(char.isalpha() for cell in (*cells, *headers) for char in cell):
            texts[number] = _row(cells, headers)
    return texts


def _cells(owner: str, stretch: Stretch) -> tuple[str, ...]:
    if len(stretch.blocks) > 1:
        return tuple(tidy(block.span.of(owner)) for block in stretch.blocks)
    raw = stretch.blocks[0].span.of(owner).strip().strip("|")
    return tuple(tidy(cell) for cell in _CELLS.split(raw) if cell.strip())


def _row(cells: tuple[str, ...], headers: tuple[str, ...]) -> str:
    if len(cells) == len(headers):
        return sentence("; ".join(f"{header}: {cell}" for header, cell in zip(headers, cells, strict=True)))
    return sentence("; ".join(cells))
