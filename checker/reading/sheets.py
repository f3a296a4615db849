"""XLSX: every sheet a reader can see, every row readable alone; formulas by the value they were saved with."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from checker.errors import TooLargeError, UnreadableError
from checker.model import Document, Locator
from checker.reading.archive import Archive
from checker.reading.composing import Composer
from checker.reading.delimited import MOST_CELLS, column_letters
from checker.reading.displayed import displayed
from checker.reading.formats import XLSX, Purpose
from checker.reading.metadata import extractor, words
from checker.reading.tables import Cell, add_table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


_BLANK = Cell("")


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The rows of every visible sheet. Raises UnreadableError where damaged, TooLargeError over a million cells."""
    archive = Archive(data, name=name)
    for part in archive.parts:
        if part.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part)[:4096]:
            raise UnreadableError(f"its part {part} declares entities, which Office files never do", where=name)
    composer = Composer()
    try:
        title = _compose(composer, data, name)
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
        zipfile.BadZipFile,
    ) as error:
        # openpyxl meets a damaged part with whatever its code runs into.
        raise UnreadableError("is damaged: its sheets cannot be read", where=name) from error
    if not len(composer):
        hint = "Formulas need saved values: open it in a spreadsheet program and save it."
        raise UnreadableError("has no cell with a value", where=name, hint=hint)
    return composer.document(XLSX.media_type, extractor("xlsx", "openpyxl"), title=title)


def _compose(composer: Composer, data: bytes, name: str) -> str | None:
    import openpyxl

    book: Workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    seen = 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()  # what a file says of its size may be wrong
        rows: list[list[Cell]] = []
        for row in sheet.iter_rows():
            placed = {cell.column: _cell(cell, sheet.title) for cell in row if cell.value is not None}
            seen += len(placed)
            if seen > MOST_CELLS:
                raise TooLargeError(f"has over {MOST_CELLS:,} cells", where=name, hint="Split it.")
            if placed:
                rows.append([placed.get(column, _BLANK) for column in range(1, max(placed) + 1)])
        add_table(composer, rows)
    return words(book.properties.title)


def _cell(cell: Any, sheet: str) -> Cell:
    # Nobody is served by "#REF!" as a fact.
    shown = "" if cell.data_type == "e" else displayed(cell.value, cell.number_format or "General")
    return Cell(shown, Locator(sheet=sheet, cell=f"{column_letters(cell.column - 1)}{cell.row}", row=cell.row))
