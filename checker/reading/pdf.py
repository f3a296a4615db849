"""PDF, by PDFium: pages become paragraphs that run on across them; running heads are set apart at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from checker.errors import TooLargeError, UnreadableError
from checker.model import BlockKind, Document, Locator
from checker.reading.captions import prose_kind
from checker.reading.composing import PARAGRAPH, Composer
from checker.reading.formats import PDF, Purpose
from checker.reading.furniture import furniture
from checker.reading.metadata import extractor, words
from checker.reading.pdf_lines import Line, page_lines
from checker.reading.pdf_paragraphs import Paragraph, body_size, goes_on, paragraphs
from checker.reading.tables import Cell, add_table

MOST_PAGES = 5_000
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
# Words that keep their hyphen before most others.
_KEEP = frozenset({"self", "well", "ex", "non", "half", "mid", "pro", "anti"})
_NO_TITLE = re.compile(r"untitled|\(?anonymous\)?$|microsoft word|.*\.(?:docx?|pdf|indd|tex)$", re.I)


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The text of every page. Raises UnreadableError where damaged, locked or without text; TooLargeError."""
    pages, title = _pages(data, name)
    lines = [line for page in pages for line in page]
    if not lines:
        raise UnreadableError(
            "has no text on any page: it holds scanned pictures", where=name, hint="Run OCR on it first."
        )
    aside = furniture(pages)
    body = [[line for line in page if line not in aside] for page in pages]
    size = body_size([line for page in body for line in page])
    composer = Composer()
    writer = _Writer(composer, _vocabulary(lines))
    for page in body:
        for paragraph in paragraphs(page, size):
            writer.add(paragraph)
    writer.finish()
    for line in lines:
        if line in aside:
            composer.add(line.text, BlockKind.FURNITURE, Locator(page=line.page))
    shown = title if title and not _NO_TITLE.match(title) else writer.title
    return composer.document(PDF.media_type, extractor("pdf", "pypdfium2"), title=shown)


def _pages(data: bytes, name: str) -> tuple[list[list[Line]], str | None]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
        if len(document) > MOST_PAGES:
            raise TooLargeError(f"has over {MOST_PAGES:,} pages", where=name, hint="Split it.")
        pages = [page_lines(document[index], index + 1) for index in range(len(document))]
        return pages, words(document.get_metadata_value("Title"))  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("is encrypted", where=name, hint="Save it without a password.") from error
        raise UnreadableError(f"is damaged: {error}", where=name) from error


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line.text))


class _Writer:
    """Paragraphs on their way into a composer: rows of one table together, a broken paragraph made whole."""

    def __init__(self, composer: Composer, vocabulary: frozenset[str]) -> None:
        self.title: str | None = None
        self._composer = composer
        self._vocabulary = vocabulary
        self._rows: list[Line] = []
        self._before: Paragraph | None = None

    def add(self, paragraph: Paragraph) -> None:
        """Add what comes next in reading order."""
        if paragraph.kind is BlockKind.TABLE_ROW:
            self._rows.extend(paragraph.lines)
            return
        self.finish()
        text = self._joined(paragraph.lines)
        before, self._before = self._before, paragraph
        locator = Locator(page=paragraph.lines[0].page)
        if before is not None and goes_on(before, paragraph):
            glue = self._glue(before.lines[-1], paragraph.lines[0])
            self._composer.add(text, before.kind, locator, glue=glue, continues=True)
            return
        if self.title is None and paragraph.kind is BlockKind.HEADING:
            self.title = words(text)
        self._composer.add(text, prose_kind(text, paragraph.kind), locator, glue=PARAGRAPH)

    def finish(self) -> None:
        """Add the rows that wait."""
        if self._rows:
            self._before = None
            _add_rows(self._composer, self._rows)
            self._rows = []

    def _joined(self, lines: Sequence[Line]) -> str:
        text = lines[0].text
        for before, after in pairwise(lines):
            text += self._glue(before, after) + after.text
        return text

    def _glue(self, before: Line, after: Line) -> str:
        """What stands between two lines of one paragraph: a space, or what a broken word needs."""
        if not before.hyphen:
            broken = before.text.endswith("-") and before.text[-2:-1].isalnum()
            return "" if broken else " "
        left, right = _LAST.search(before.text), _FIRST.match(after.text)
        if left is None or right is None:
            return "-"  # figures: "2018-" and "19"
        head, tail = left.group().lower(), right.group()
        if f"{head}{tail.lower()}" in self._vocabulary:
            return ""
        kept = f"{head}-{tail.lower()}" in self._vocabulary or head in _KEEP or tail[0].isupper()
        return "-" if kept else ""


def _add_rows(composer: Composer, rows: Sequence[Line]) -> None:
    """A table where every row has as many cells as the first; else each row by itself, its cells kept apart."""
    even = len(rows) > 1 and len({len(row.cells) for row in rows}) == 1
    if even:
        add_table(composer, [[Cell(cell, Locator(page=row.page)) for cell in row.cells] for row in rows])
        return
    for row in rows:
        composer.add(" | ".join(row.cells), BlockKind.TABLE_ROW, Locator(page=row.page))
