"""The words of one Word paragraph: through runs, links, fields and tracked changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.model import BlockKind
from checker.reading.composing import Inline

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": ""}
# Deleted or moved away, instructions of fields, properties, pictures and their text boxes (read apart).
_SKIPPED = frozenset(
    {
        f"{W}{tag}"
        for tag in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "drawing", "pict", "object", "sdtPr", "rt")
    }
)
_HEADINGS = ("heading", "title", "subtitle")


def content(element: _Element, inline: Inline, targets: dict[str, str]) -> None:
    """Add the words under `element`; `targets` are what the part's relationships point to."""
    for child in element:
        tag = child.tag
        if tag == f"{W}t":
            inline.put(child.text or "")
        elif tag in _CHARACTERS:
            inline.put(_CHARACTERS[tag])
        elif tag in _SKIPPED or not isinstance(tag, str) or tag.endswith("}AlternateContent") or _vanishes(child):
            continue
        elif tag == f"{W}hyperlink":
            start = len(inline.text)
            content(child, inline, targets)
            inline.link(start, targets.get(child.get(f"{_R}id") or "", ""))
        else:
            content(child, inline, targets)


def mark_deleted(paragraph: _Element) -> bool:
    """Whether the end of this paragraph is a tracked deletion."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def kind_of(paragraph: _Element, style: str) -> BlockKind:
    """What a paragraph is, by the name of its style or its own properties."""
    if style.startswith(_HEADINGS) or paragraph.find(f"{W}pPr/{W}outlineLvl") is not None:
        return BlockKind.HEADING
    if "quote" in style or style == "block text":
        return BlockKind.QUOTATION
    if style == "caption":
        return BlockKind.CAPTION
    if style.startswith("list") or paragraph.find(f"{W}pPr/{W}numPr") is not None:
        return BlockKind.LIST_ITEM
    return BlockKind.CODE if style in ("html preformatted", "code", "source code") else BlockKind.PARAGRAPH


def _vanishes(run: _Element) -> bool:
    """Whether a run is formatted as hidden."""
    hidden = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false", "off")
