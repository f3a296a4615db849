"""The table of readers, and how a file's format is known: by media type, name or content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import Literal, Protocol, cast

from checker.errors import UnreadableError
from checker.model import Document
from checker.reading.decoding import looks_binary

Purpose = Literal["draft", "source"]
"""A draft is read whole, as its author sees it; of a source's page only the main text is."""


class Reader(Protocol):
    """What every module of the table offers as `read`. Raises InputError."""

    def __call__(self, data: bytes, *, name: str, purpose: Purpose) -> Document: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format, the module that reads it, and how long a file may be before it is read in a process of its own.

    `shared_bytes` keeps the worst file that is read here to a few seconds: 100 kB of nothing but opening brackets
    take markdown-it 3 s, and the time grows with the square.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    module: str
    shared_bytes: int = 1_000_000
    magic: bytes = b""

    @property
    def read(self) -> Reader:
        return cast(Reader, import_module(f"checker.reading.{self.module}").read)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = Format("text", "text/plain", (".txt", ".text"), "plain")
MARKDOWN = Format("Markdown", "text/markdown", (".md", ".markdown"), "markdown", 100_000)
HTML = Format("HTML", "text/html", (".html", ".htm", ".xhtml"), "web", 300_000)
DOCX = Format("DOCX", _WORD, (".docx",), "word", 0, b"PK\x03\x04")
PDF = Format("PDF", "application/pdf", (".pdf",), "pdf", 0, b"%PDF-")
CSV = Format("CSV", "text/csv", (".csv", ".tsv"), "delimited")
XLSX = Format("XLSX", _EXCEL, (".xlsx", ".xlsm"), "sheets", 0, b"PK\x03\x04")
VTT = Format("WebVTT", "text/vtt", (".vtt",), "transcript")
SRT = Format("SubRip", "application/x-subrip", (".srt",), "transcript")
BLOCKS = Format("JSON blocks", "application/json", (".json",), "blocks")
FORMATS = (TEXT, MARKDOWN, HTML, DOCX, PDF, CSV, XLSX, VTT, SRT, BLOCKS)

_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_BY_MEDIA_TYPE = {format.media_type: format for format in FORMATS} | {
    "application/xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "text/tab-separated-values": CSV,
}
_BINARY = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file, or one with a password"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"PK\x05\x06", "an empty ZIP archive"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|div|p|h[1-6])\b", re.I | re.S
)
_SRT = re.compile(rb"\s*\d+\s*\r?\n\d+:\d\d:\d\d[,.]\d{1,3}\s*-->")
_JSON = re.compile(rb'\s*(?:\[\s*\{\s*"|\{\s*"(?:blocks|title)")')
_MARKDOWN = re.compile(rb"\A---\r?\n(?s:.*?)\n---\r?\n|^#{1,6} \S|\]\(https?://|^```|^\[\^\w+\]:", re.M)


def supported_suffixes() -> frozenset[str]:
    """The endings of file names that can be read, in lower case with their dot."""
    return frozenset(_BY_SUFFIX)


def format_of(data: bytes, *, name: str, media_type: str | None = None) -> Format:
    """The format that `data` is in. Raises UnreadableError where it is none, or not the one it is named for."""
    found = sniff(data)
    named = _named(name, media_type)
    if isinstance(found, str):
        hint = "Save it as DOCX, XLSX, PDF or text." if "Word" in found or "RTF" in found else None
        raise UnreadableError(f"is {found}, which cannot be read", where=name, hint=hint)
    if named is None:
        return found
    # Among kinds of text the name decides; only where one side has a signature can it be wrong.
    if (named.magic or found.magic) and found is not named:
        raise UnreadableError(
            f"is named as {named.name} but holds {found.name if found is not TEXT else 'something else'}",
            where=name,
            hint="Give it the name of what it is, or save it again.",
        )
    return named


def _named(name: str, media_type: str | None) -> Format | None:
    if media_type:
        plain = media_type.partition(";")[0].strip().lower()
        if plain in _BY_MEDIA_TYPE:
            return _BY_MEDIA_TYPE[plain]
    return _BY_SUFFIX.get(PurePath(name).suffix.lower())


def sniff(data: bytes) -> Format | str:
    """The format that the content shows; the words for what it is where that cannot be read."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    binary = looks_binary(head.decode("latin-1"))
    # PDFium lets some bytes stand before the signature; in text it is only spoken of.
    if head.startswith(PDF.magic) or (binary and PDF.magic in head[:1024]):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        # Names of members stand unpacked in an archive.
        if b"word/" in data and b"[Content_Types].xml" in data:
            return DOCX
        if b"xl/" in data and b"[Content_Types].xml" in data:
            return XLSX
        return "a ZIP archive"
    for magic, words in _BINARY:
        if head.startswith(magic) and (binary or not magic.isalnum()):
            return words
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Format:
    if head.startswith(b"WEBVTT"):
        return VTT
    for pattern, format in ((_SRT, SRT), (_HTML, HTML), (_JSON, BLOCKS)):
        if pattern.match(head):
            return format
    return MARKDOWN if _MARKDOWN.search(head) else TEXT
