"""A page walked block by block, ids kept; what a browser does not show, and what is deleted, is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from checker.errors import TooLargeError
from checker.model import BlockKind, Locator
from checker.reading.captions import prose_kind
from checker.reading.composing import Composer, Inline
from checker.reading.metadata import day, words
from checker.reading.web_tables import grid, is_data_table

if TYPE_CHECKING:
    from lxml.etree import _Element

_DROPPED = re.compile(
    "script|style|nav|noscript|template|svg|math|head|iframe|object|canvas|audio|video|select|option|textarea"
    "|button|input|map|del|dialog|datalist"
)
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hgroup|hr|html|legend|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_KINDS = {
    "blockquote": BlockKind.QUOTATION,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "footer": BlockKind.FURNITURE,
    "li": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "pre": BlockKind.CODE,
} | {f"h{level}": BlockKind.HEADING for level in range(1, 7)}
_CODE = frozenset({"code", "kbd", "samp"})


def parse(text: str, *, name: str) -> _Element | None:
    """The tree of a page, None where it has none. Nothing outside it is loaded.

    Raises TooLargeError where the parser's own limits would cut the page short, which it does without a word.
    """
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        tree = None
    for entry in parser.error_log:
        if entry.type_name == "ERR_NO_MEMORY":
            raise MemoryError
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            raise TooLargeError(f"is beyond what can be parsed: {entry.message.partition(',')[0].strip()}", where=name)
    return tree


def walk(page: _Element, composer: Composer) -> None:
    """Add every block of `page` that a reader sees."""
    walker = _Walker(composer)
    walker.visit(page, BlockKind.PARAGRAPH, Locator())
    walker.flush()


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None


def about(page: _Element) -> About:
    """Title, publisher, day and address from the page's head; a title from its first heading where none is there."""
    meta: dict[str, str] = {}
    for element in page.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key:
            meta.setdefault(key.lower(), element.get("content") or "")
    canonical = next((element.get("href") for element in page.iter("link") if element.get("rel") == "canonical"), None)
    named = next((element for tag in ("h1", "title") for element in page.iter(tag)), None)
    dates = ("article:published_time", "datepublished", "dc.date", "dcterms.date", "date")
    return About(
        title=words(meta.get("og:title"))
        or (words("".join(map(str, named.itertext()))) if named is not None else None),
        publisher=words(meta.get("og:site_name")) or words(meta.get("dc.publisher")),
        published=next((found for key in dates if (found := day(meta.get(key)))), None),
        uri=words(canonical) or words(meta.get("og:url")),
    )


class _Walker:
    """One walk: the block that is open, and where it stands."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._open = Inline()
        self._kind = BlockKind.PARAGRAPH
        self._locator = Locator()
        self._shown_as_is = False

    def visit(self, element: _Element, kind: BlockKind, locator: Locator) -> None:
        """Add what is in `element`; text after it belongs to the caller."""
        tag = element.tag
        if not isinstance(tag, str) or _DROPPED.fullmatch(tag) or _hidden(element):
            return
        mark = element.get("data-id") or element.get("id")
        if not _BLOCKS.fullmatch(tag):
            self._inline(element, kind, locator)
            return
        self.flush()
        if mark:
            locator = replace(locator, block=mark)
        kind = self._kind_in(tag, kind)
        if tag == "table" and is_data_table(element):
            self._table(element, locator)
            return
        self._kind, self._locator = kind, locator
        as_is, self._shown_as_is = self._shown_as_is, self._shown_as_is or tag == "pre"
        self._content(element, kind, locator)
        self.flush()
        self._shown_as_is = as_is

    def flush(self) -> None:
        """Close the open block."""
        kind = prose_kind(self._open.text.strip(), self._kind)
        self._composer.add(self._open, kind, self._locator)
        self._open = Inline()

    def _kind_in(self, tag: str, kind: BlockKind) -> BlockKind:
        # A heading or code inside a quotation or a list is still one; what is furniture stays furniture.
        return kind if kind is BlockKind.FURNITURE else _KINDS.get(tag, kind)

    def _content(self, element: _Element, kind: BlockKind, locator: Locator) -> None:
        self._put(element.text)
        for child in element:
            self.visit(child, kind, locator)
            if isinstance(child.tag, str) and _BLOCKS.fullmatch(child.tag):
                self._kind, self._locator = kind, locator
            self._put(child.tail)

    def _inline(self, element: _Element, kind: BlockKind, locator: Locator) -> None:
        if element.tag in ("br", "wbr"):
            self._open.put("\n" if element.tag == "br" else "")
            return
        if element.tag == "sup" and _is_note_mark(element):
            return  # "in 2018" with a raised 1 is not "in 20181"
        start = len(self._open.text)
        if element.tag == "q":
            self._open.put("“")
        self._content(element, kind, locator)
        if element.tag == "q":
            self._open.put("”")
        if element.tag in _CODE and self._kind is not BlockKind.CODE:
            self._open.hide(start)
        if element.tag == "a":
            self._open.link(start, element.get("href") or "")

    def _table(self, element: _Element, locator: Locator) -> None:
        for caption in element.iter("caption"):
            self.visit(caption, BlockKind.CAPTION, locator)
            self.flush()
        grid(element, locator, self._composer)

    def _put(self, piece: str | None) -> None:
        if piece and self._shown_as_is:
            self._open.put(piece)
        elif piece:
            self._open.flow(piece)


def _hidden(element: _Element) -> bool:
    """Whether a browser would not show it: words no reader sees are no part of a draft."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _is_note_mark(element: _Element) -> bool:
    return any((link.get("href") or "").startswith("#") for link in element.iter("a"))
