"""The lines of a PDF's pages, with the geometry that paragraphs are told by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium marks a hyphen at a line's end, and the end with it, by U+FFFE; a raw reading gives U+0002.
_LINE = re.compile("([^\r\n\ufffe\x02]*)(\r\n|\r|\n|\ufffe|\x02|\\Z)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_HYPHENS = "\ufffe\x02"
# A gap this many times the font size may be a column's; a space is about 0.3.
_CELL_GAP = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: its words, edges in points from the page's lower left corner, and its font size.

    `hyphen` where a word is broken at its end (the hyphen is not in `text`); `cells` where wide gaps part it,
    the widest of them `gap` times the font size. `band` is where it stands: 0 the foot of the page, 1 the top.
    """

    page: int
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    band: float
    hyphen: bool = False
    cells: tuple[str, ...] = ()
    gap: float = 0.0


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a page in the order they are written."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count <= 0:
            return []
        text = _characters(textpage, count)
        height = page.get_height() or 1.0
        return list(_lines(textpage, text, number, height))
    finally:
        textpage.close()


def _characters(textpage: Any, count: int) -> str:
    """One character for each that PDFium counts, so that an index means the same to both."""
    text: str = textpage.get_text_range()
    if len(text) == count:
        return text
    raw = _raw()
    codes = (raw.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd" for code in codes)


def _lines(textpage: Any, text: str, number: int, height: float) -> Iterator[Line]:
    raw = _raw()
    for match in _LINE.finditer(text):
        words = match.group(1)
        shown = words.strip()
        if not shown:
            continue
        first = match.start() + len(words) - len(words.lstrip())
        last = first + len(shown) - 1
        head = textpage.get_charbox(first, loose=True)
        tail = textpage.get_charbox(last, loose=True)
        size = raw.FPDFText_GetFontSize(textpage, first) or 1.0
        size = max(size, 1.0) if size > 1.5 else max(head[3] - head[1], 1.0)  # scaled fonts report 1
        cells, gap = _cells(textpage, text, first, last + 1, size)
        soft = shown.endswith("\u00ad")
        yield Line(
            page=number,
            text=_clean(shown.rstrip("\u00ad")),
            left=min(head[0], tail[0]),
            right=max(head[2], tail[2]),
            bottom=head[1],
            top=head[3],
            size=size,
            band=head[1] / height,
            hyphen=soft or (match.group(2) != "" and match.group(2) in _HYPHENS),
            cells=cells,
            gap=gap,
        )


def _cells(textpage: Any, text: str, start: int, end: int, size: float) -> tuple[tuple[str, ...], float]:
    """The parts of a line that wide gaps keep apart, empty where there are none, and the widest gap."""
    parts, at, widest = [], start, 0.0
    for match in re.finditer(r"[ \t\xa0]+", text[start:end]):
        before, after = start + match.start() - 1, start + match.end()
        gap = textpage.get_charbox(after)[0] - textpage.get_charbox(before)[2]
        if gap > _CELL_GAP * size:
            widest = max(widest, gap / size)
            parts.append(_clean(text[at : before + 1]))
            at = after
    return ((*parts, _clean(text[at:end])) if parts else ()), widest


def _raw() -> Any:
    """PDFium's own functions, made at import and so without types."""
    import pypdfium2.raw

    return pypdfium2.raw


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).strip()
