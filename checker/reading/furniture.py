"""Running heads, feet and page numbers: lines at the edges of pages that come again on others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from checker.reading.pdf_lines import Line

_ROWS = 2
_EDGE = 0.12  # of the page's height, at top and bottom
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"(?:page|p\.|seite)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+|[-–—]\s*\d+\s*[-–—]", re.I)


def furniture(pages: Sequence[Sequence[Line]]) -> frozenset[Line]:
    """The lines that belong to the pages and not to the text.

    A line counts where it stands at an edge and the same words, numbers aside, stand at that edge of three pages
    (of two where there are no more than three), or where it says which page it is.
    """
    edges = [_edges(lines) for lines in pages if lines]
    needed = 2 if len(edges) <= 3 else 3
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    return frozenset(
        line for lines in edges for line in lines if seen[_key(line)] >= needed or _PAGE.fullmatch(line.text)
    )


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The lines in the outermost rows of a page, near its top or foot."""
    rows = sorted({round(line.bottom) for line in lines})
    outer = {*rows[:_ROWS], *rows[-_ROWS:]}
    return [line for line in lines if round(line.bottom) in outer and not _EDGE <= line.band <= 1 - _EDGE]


def _key(line: Line) -> tuple[bool, str]:
    return line.band > 0.5, _NUMBER.sub("#", " ".join(line.text.lower().split()))
