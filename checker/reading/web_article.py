"""The main text of a source's page, and what the page says of itself, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.model import BlockKind, Document, Locator
from checker.reading.captions import prose_kind
from checker.reading.composing import Composer, Inline
from checker.reading.delimited import column_letters
from checker.reading.formats import HTML
from checker.reading.metadata import day, extractor, words
from checker.reading.tables import Cell, add_table

if TYPE_CHECKING:
    from lxml.etree import _Element

_KINDS = {"head": BlockKind.HEADING, "item": BlockKind.LIST_ITEM, "quote": BlockKind.QUOTATION, "code": BlockKind.CODE}
_NESTED = frozenset({"p", "head", "list", "item", "quote", "table", "div", "code"})
_CONTAINERS = frozenset({"body", "list", "quote", "div", "main"})


def main_text(page: str) -> Document | None:
    """The page's article; None where trafilatura finds none."""
    import trafilatura

    found = trafilatura.bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        include_links=True,
        favor_recall=True,
        with_metadata=True,
        # A date that the page states, not one that stands somewhere in it.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or isinstance(found, dict) or found.body is None:
        return None
    composer = Composer()
    _walk(found.body, composer, BlockKind.PARAGRAPH)
    if not len(composer):
        return None
    return composer.document(
        HTML.media_type,
        extractor("html-article", "trafilatura"),
        title=words(found.title),
        publisher=words(found.sitename),
        published=day(found.date),
        uri=words(found.url),
    )


def _walk(element: _Element, composer: Composer, kind: BlockKind) -> None:
    """Add the blocks of trafilatura's tree: p, head, list/item, quote, code, table."""
    kind = _KINDS.get(element.tag, kind)
    if element.tag == "table":
        add_table(composer, [list(_cells(row, number)) for number, row in enumerate(element.iter("row"), start=1)])
        return
    nested = any(child.tag in _NESTED for child in element)
    if element.tag not in _CONTAINERS and not nested:
        _add(composer, element, kind)
        return
    loose = Inline()
    loose.flow(element.text or "")
    for child in element:
        if child.tag in _NESTED:
            composer.add(loose, prose_kind(loose.text, kind))
            loose = Inline()
            _walk(child, composer, kind)
        else:
            _flow(child, loose)
        loose.flow(child.tail or "")
    composer.add(loose, prose_kind(loose.text, kind))


def _add(composer: Composer, element: _Element, kind: BlockKind) -> None:
    inline = Inline()
    _content(element, inline)
    composer.add(inline, prose_kind(inline.text, kind))


def _content(element: _Element, inline: Inline) -> None:
    inline.flow(element.text or "")
    for child in element:
        _flow(child, inline)
        inline.flow(child.tail or "")


def _flow(element: _Element, inline: Inline) -> None:
    if element.tag == "lb":
        inline.put("\n")
        return
    if element.tag in ("del", "graphic"):
        return
    start = len(inline.text)
    _content(element, inline)
    if element.tag == "ref":
        inline.link(start, element.get("target") or "")


def _cells(row: _Element, number: int) -> Iterator[Cell]:
    for at, element in enumerate(row.iter("cell")):
        place = Locator(cell=f"{column_letters(at)}{number}", row=number)
        yield Cell(" ".join(map(str, element.itertext())), place, element.get("role") == "head")
