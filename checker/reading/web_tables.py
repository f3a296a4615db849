"""Tables of a page laid out as a grid, so that a value meets the header above it across spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.model import Locator
from checker.reading.composing import Composer
from checker.reading.delimited import column_letters
from checker.reading.tables import Cell, add_table

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SPAN = 200
_LAYOUT = ("table", "p", "div", "ul", "ol", "h1", "h2", "h3", "blockquote")


def is_data_table(table: _Element) -> bool:
    """Whether the table holds figures and not the page's layout."""
    if next(table.iter("th"), None) is not None:
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    nested = any(next(cell.iter(*_LAYOUT), None) is not None for row in rows for cell in row)
    return not nested and len(rows) > 1 and any(len(row) > 1 for row in rows)


def grid(table: _Element, locator: Locator, composer: Composer) -> None:
    """Add the rows of `table`; a cell that spans rows is read in each of them."""
    laid: list[list[Cell | None]] = []
    hanging: dict[int, tuple[int, Cell]] = {}  # by column: rows still to fill, and with what
    for number, row in enumerate(_rows(table), start=1):
        line: list[Cell | None] = []
        _fill(line, hanging)
        for element in _cells(row):
            place = replace(
                locator,
                block=element.get("data-id") or element.get("id") or locator.block,
                cell=f"{column_letters(len(line))}{number}",
                row=number,
            )
            cell = Cell("".join(_shown(element)), place, element.tag == "th")
            down, across = _span(element, "rowspan"), _span(element, "colspan")
            if down > 1:
                hanging[len(line)] = (down - 1, cell)
            line.extend([cell, *[None] * (across - 1)])
            _fill(line, hanging)
        laid.append(line)
    add_table(composer, laid)


def _fill(line: list[Cell | None], hanging: dict[int, tuple[int, Cell]]) -> None:
    while len(line) in hanging:
        column = len(line)
        left, cell = hanging.pop(column)
        if left > 1:
            hanging[column] = (left - 1, cell)
        line.append(cell)


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: _Element) -> Iterator[_Element]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _shown(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "del", "template"):
            yield " " if child.tag in ("br", "p", "div", "li") else ""
            yield from _shown(child)
        yield child.tail or ""


def _span(element: _Element, name: str) -> int:
    value = element.get(name) or "1"
    return min(int(value), _MOST_SPAN) if value.isascii() and value.isdigit() and int(value) else 1
