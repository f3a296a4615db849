"""DOCX: what a reader of the final document sees: insertions are text, deletions are not; notes and comments apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.errors import UnreadableError
from checker.model import BlockKind, Document, Locator
from checker.reading.archive import Archive
from checker.reading.captions import prose_kind
from checker.reading.composing import NOWHERE, Composer, Inline
from checker.reading.delimited import column_letters
from checker.reading.formats import DOCX, Purpose
from checker.reading.metadata import extractor, words
from checker.reading.tables import Cell, add_table
from checker.reading.word_runs import W, content, kind_of, mark_deleted

if TYPE_CHECKING:
    from lxml.etree import _Element

_DC = "{http://purl.org/dc/elements/1.1/}"
_THROUGH = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """Body, tables, text boxes, footnotes, endnotes, comments, then headers and footers as furniture."""
    archive = Archive(data, name=name)
    if "word/document.xml" not in archive:
        raise UnreadableError("is not a Word document: it has no word/document.xml", where=name)
    body = archive.xml("word/document.xml").find(f"{W}body")
    if body is None:
        raise UnreadableError("is damaged: the document has no body", where=name)
    word = _Word(archive)
    word.blocks(body, "word/document.xml")
    for part, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        word.notes(f"word/{part}.xml", tag, BlockKind.FOOTNOTE)
    word.notes("word/comments.xml", "comment", BlockKind.COMMENT)
    word.furniture()
    if not len(word.composer):
        raise UnreadableError("holds no text", where=name)
    title = _core_title(archive) or word.title
    return word.composer.document(DOCX.media_type, extractor("docx", "lxml"), title=title)


class _Word:
    """One document on its way into a composer."""

    def __init__(self, archive: Archive) -> None:
        self.composer = Composer()
        self.title: str | None = None
        self._archive = archive
        self._styles = _styles(archive)
        self._tables = 0

    def blocks(self, parent: _Element, part: str, kind: BlockKind | None = None, locator: Locator = NOWHERE) -> None:
        """Add the paragraphs and tables of `parent`; `kind` and `locator` where its place gives them."""
        targets = _targets(self._archive, part)
        carried = Inline()
        for element in _through(parent):
            if element.tag == f"{W}tbl":
                self._table(element, targets)
                continue
            start = len(carried.text)
            content(element, carried, targets)
            if mark_deleted(element):
                continue  # its end is deleted: the next paragraph goes on with this one
            style = self._styles.get(_style_id(element), "")
            own = kind or kind_of(element, style)
            if style == "title" and self.title is None:
                self.title = words(carried.text[start:])
            self.composer.add(carried, prose_kind(carried.text.strip(), own), locator)
            carried = Inline()
            for box in element.iter(f"{W}txbxContent"):
                if not any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
                    self.blocks(box, part, kind, locator)
        self.composer.add(carried, kind or BlockKind.PARAGRAPH, locator)

    def notes(self, part: str, tag: str, kind: BlockKind) -> None:
        """Add footnotes, endnotes or comments, each located by its number (and its author)."""
        if part not in self._archive:
            return
        number = 0
        for note in self._archive.xml(part).iter(f"{W}{tag}"):
            if note.get(f"{W}type") in _SEPARATORS:
                continue
            number += 1
            author = note.get(f"{W}author")
            mark = f"{number} by {author}" if author else str(number)
            self.blocks(note, part, kind, Locator(note=mark))

    def furniture(self) -> None:
        """Add what stands in headers and footers, each text once."""
        seen: set[str] = set()
        for part in self._archive.parts:
            if part.startswith(("word/header", "word/footer")) and part.endswith(".xml"):
                for paragraph in self._archive.xml(part).iter(f"{W}p"):
                    inline = Inline()
                    content(paragraph, inline, {})
                    shown = inline.text.strip()
                    if shown and shown not in seen:
                        seen.add(shown)
                        self.composer.add(shown, BlockKind.FURNITURE)

    def _table(self, table: _Element, targets: dict[str, str]) -> None:
        self._tables += 1
        place = Locator(block=f"table {self._tables}")
        rows = [list(_row(row, number, place, targets)) for number, row in enumerate(_rows(table), start=1)]
        if max((len(row) for row in rows), default=0) > 1:
            add_table(self.composer, rows)
            return
        for cell in table.iter(f"{W}tc"):  # a frame around text, not a table
            self.blocks(cell, "word/document.xml")


def _through(parent: _Element) -> Iterator[_Element]:
    for element in parent:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _THROUGH:
            yield from _through(element)


def _rows(table: _Element) -> Iterator[_Element]:
    for element in table:
        if element.tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is None:
            yield element
        elif element.tag in _THROUGH:
            yield from _rows(element)


def _row(row: _Element, number: int, place: Locator, targets: dict[str, str]) -> Iterator[Cell | None]:
    column = 0
    for element in row.iter(f"{W}tc"):
        if next(element.iterancestors(f"{W}tr"), None) is not row:
            continue  # a table inside a cell: its words come with the cell
        inline = Inline()
        for paragraph in element.iter(f"{W}p"):
            inline.put(" ")
            content(paragraph, inline, targets)
        yield Cell(inline.text, replace(place, cell=f"{column_letters(column)}{number}", row=number))
        across = element.find(f"{W}tcPr/{W}gridSpan")
        width = across.get(f"{W}val") if across is not None else None
        extra = min(int(width), 100) - 1 if width and width.isdigit() else 0
        yield from [None] * extra
        column += 1 + extra


def _style_id(paragraph: _Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return (style.get(f"{W}val") or "") if style is not None else ""


def _styles(archive: Archive) -> dict[str, str]:
    """Names of styles by their id, in lower case: ids are translated, names are not."""
    if "word/styles.xml" not in archive:
        return {}
    found = {}
    for style in archive.xml("word/styles.xml").iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None:
            found[style.get(f"{W}styleId") or ""] = (name.get(f"{W}val") or "").lower()
    return found


def _targets(archive: Archive, part: str) -> dict[str, str]:
    """What the part's relationships point to, by id."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in archive:
        return {}
    return {
        item.get("Id") or "": item.get("Target") or ""
        for item in archive.xml(rels)
        if item.get("TargetMode") == "External"
    }


def _core_title(archive: Archive) -> str | None:
    if "docProps/core.xml" not in archive:
        return None
    return words(archive.xml("docProps/core.xml").findtext(f"{_DC}title"))
