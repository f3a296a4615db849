"""CSV and TSV: every row readable alone, every cell with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from checker.errors import TooLargeError, UnreadableError
from checker.model import Document, Locator
from checker.reading.composing import Composer
from checker.reading.decoding import decode
from checker.reading.formats import Purpose
from checker.reading.metadata import extractor
from checker.reading.tables import Cell, add_table

MOST_CELLS = 1_000_000
_SAMPLE = 8_192


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The table's rows as text. Raises TooLargeError over a million cells."""
    text = decode(data, where=name)
    composer = Composer()
    try:
        rows = list(_rows(text, name))
    except csv.Error as error:
        raise UnreadableError(f"is not CSV: {error}", where=name) from error
    add_table(composer, rows)
    return composer.document("text/csv", extractor("csv"))


def _rows(text: str, name: str) -> Iterator[list[Cell]]:
    seen = 0
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)), start=1):
        seen += len(row)
        if seen > MOST_CELLS:
            raise TooLargeError(f"has over {MOST_CELLS:,} cells", where=name, hint="Split it.")
        yield [Cell(value, Locator(cell=f"{column_letters(at)}{number}", row=number)) for at, value in enumerate(row)]


def _delimiter(text: str) -> str:
    # Only the delimiter is believed: what the sniffer makes of quotation marks breaks files that double them.
    sample = text[:_SAMPLE]
    try:
        return csv.Sniffer().sniff(sample, delimiters=",;\t|").delimiter
    except csv.Error:
        return "\t" if "\t" in sample and "," not in sample else ","


def column_letters(index: int) -> str:
    """The letters of a column from its index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
