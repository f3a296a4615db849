"""What text from a draft, a source or a model goes through before it is shown.

Escaping for one format (HTML, Markdown) comes after; this is what every format needs.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# Escape sequences move a terminal's cursor and set its title; their first character becomes a picture of itself.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"}
_LATIN_CONTROLS = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
# Embeddings, overrides and isolates can show words in an order in which they were not read.
_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SHOWN: dict[int, int | None] = {
    **_PICTURES,
    **_LATIN_CONTROLS,
    **_SURROGATES,
    **_REORDERING,
    0x7F: 0x2421,
    0x85: 0x0A,
    0x2028: 0x0A,
    0x2029: 0x0A,
}
_URL_SAFE = "!#$%&'*+,-./:;=?@_~[]"  # no angle bracket, quote, parenthesis, backslash or space


def printable(text: str) -> str:
    """`text` with nothing in it that acts on a terminal or a page: controls are pictured, reordering is left out."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """`text` printable and on one line, every run of white space one space."""
    return " ".join(printable(text).split())


def web_link(uri: str | None) -> str | None:
    """`uri` as an address that may become a link: http or https, percent-encoded; None for anything else."""
    if not uri or re.search(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\\]", uri):
        return None
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        return None
    return quote(uri, safe=_URL_SAFE)
