"""Markdown: the text is the file; markdown-it finds the blocks, and `inline_marks` what in them is no prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.errors import UnreadableError
from checker.model import Block, BlockKind, Document, Link, Locator, Span
from checker.reading.captions import prose_kind
from checker.reading.decoding import decode
from checker.reading.formats import Purpose
from checker.reading.inline_marks import Mark, Marks, parser
from checker.reading.metadata import day, extractor, words
from checker.spans import View, trim

if TYPE_CHECKING:
    from markdown_it.token import Token

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.S)
_INVISIBLE = re.compile(r"\s*<(?:!--|script|style|\?|!)", re.I)
_CONTAINERS = {
    "blockquote": BlockKind.QUOTATION,
    "list_item": BlockKind.LIST_ITEM,
    "footnote_reference": BlockKind.FOOTNOTE,
    "heading": BlockKind.HEADING,
    "tr": BlockKind.TABLE_ROW,
}
# The innermost decides, but a note stays a note whatever stands in it, and a heading a heading.
_WEIGHT = (BlockKind.FOOTNOTE, BlockKind.TABLE_ROW, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTATION)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, and the links in it."""

    block: Block
    links: tuple[Link, ...] = ()


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The text, its blocks with their lines, the links of the author, and what the front matter says."""
    text = decode(data, where=name)
    marks: list[Mark] = []
    tokens = parser().parse(text, {"marks": marks})
    lines = [match.span(1) for match in _LINE.finditer(text)]
    pieces = list(_pieces(text, lines, tokens, Marks(marks)))
    if not pieces:
        raise UnreadableError("holds no text", where=name)
    pieces.sort(key=lambda piece: piece.block.span.start)
    front = _front_matter(tokens, name)
    headings = (piece.block for piece in pieces if piece.block.kind is BlockKind.HEADING)
    heading = next((words(View.prose(text, block).text) for block in headings), None)
    return Document(
        text=text,
        blocks=tuple(piece.block for piece in pieces),
        media_type="text/markdown",
        title=words(front.get("title")) or heading,
        publisher=words(front.get("publisher")),
        published=day(front.get("published")) or day(front.get("date")),
        uri=words(front.get("uri")) or words(front.get("url")),
        links=tuple(link for piece in pieces for link in piece.links),
        extractor=extractor("markdown", "markdown-it-py", "mdit-py-plugins"),
    )


def _front_matter(tokens: list[Token], name: str) -> dict[str, Any]:
    import yaml

    for token in tokens:
        if token.type == "front_matter":
            try:
                found = yaml.safe_load(token.content)
            except (yaml.YAMLError, ValueError, RecursionError) as error:
                raise UnreadableError(f"its front matter is not YAML: {error}", where=name) from error
            return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}
    return {}


def _pieces(text: str, lines: list[tuple[int, int]], tokens: list[Token], marks: Marks) -> Iterator[_Piece]:
    inside: list[tuple[str, str | None]] = []
    rows: dict[int, _Piece] = {}
    for token in tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if token.type.endswith("_open") and name in _CONTAINERS:
            inside.append((name, token.meta.get("label")))
        elif token.type.endswith("_close") and name in _CONTAINERS:
            inside.pop()
        elif token.map is None:
            continue
        elif token.type == "inline" and any(name == "tr" for name, _ in inside):
            _add_cell(rows, text, lines, token, marks)
        elif token.type == "inline":
            yield from _prose(text, lines, token, inside, marks)
        elif token.type in ("fence", "code_block", "html_block", "front_matter"):
            yield from _verbatim(text, lines, token)
    yield from rows.values()


def _locator(token: Token, note: str | None = None) -> Locator:
    assert token.map is not None
    return Locator(line=token.map[0] + 1, note=note)


def _prose(
    text: str, lines: list[tuple[int, int]], token: Token, inside: list[tuple[str, str | None]], marks: Marks
) -> Iterator[_Piece]:
    starts = _line_starts(text, lines, token) if token.content.strip() else []
    if not starts:
        return
    content = token.content.split("\n")
    span = trim(text, Span(starts[0], starts[-1] + len(content[-1])))
    if span is None:
        return
    # Between the end of one line's words and the beginning of the next stand marks of quotation and indents.
    gaps = [
        Span(lines[token.map[0] + i + 1][0], start)  # type: ignore[index]
        for i, start in enumerate(starts[1:])
        if start > lines[token.map[0] + i + 1][0]  # type: ignore[index]
    ]
    hidden, links = marks.placed(token, starts)
    kinds = {_CONTAINERS[name] for name, _ in inside}
    kind = next((kind for kind in _WEIGHT if kind in kinds), BlockKind.PARAGRAPH)
    note = next((label for name, label in inside if name == "footnote_reference"), None)
    within = tuple(sorted(mark for mark in [*gaps, *hidden] if mark in span))
    kind = prose_kind(span.of(text), kind)
    yield _Piece(Block(span, kind, _locator(token, note), within), tuple(link for link in links if link.span in span))


def _line_starts(text: str, lines: list[tuple[int, int]], token: Token) -> list[int]:
    """Where each line of an inline token's content stands in the file; empty where it cannot be told."""
    assert token.map is not None
    starts = []
    for number, content in enumerate(token.content.split("\n"), start=token.map[0]):
        if number >= len(lines):
            return []
        begin, end = lines[number]
        # markdown-it cuts what stands before (marks, indents) and shows NUL as U+FFFD.
        at = text[begin:end].replace("\0", "\ufffd").rfind(content.strip())
        if at < 0:
            return []
        starts.append(begin + at - (len(content) - len(content.lstrip())))
    return starts


def _add_cell(rows: dict[int, _Piece], text: str, lines: list[tuple[int, int]], token: Token, marks: Marks) -> None:
    """Widen the row's block to hold this cell; pipes between cells stay, they keep figures apart."""
    assert token.map is not None
    number = token.map[0]
    begin, end = lines[number]
    row = rows.get(number)
    at = text.find(token.content, row.block.span.end if row else begin, end) if token.content else -1
    if at < 0:
        return
    cell = Span(at, at + len(token.content))
    hidden, links = marks.placed(token, [at])
    if row is None:
        rows[number] = _Piece(Block(cell, BlockKind.TABLE_ROW, _locator(token), tuple(sorted(hidden))), tuple(links))
        return
    whole = Span(row.block.span.start, cell.end)
    markup = tuple(sorted([*row.block.markup, *hidden]))
    rows[number] = _Piece(Block(whole, BlockKind.TABLE_ROW, row.block.locator, markup), (*row.links, *links))


def _verbatim(text: str, lines: list[tuple[int, int]], token: Token) -> Iterator[_Piece]:
    assert token.map is not None
    first, last = token.map[0], min(token.map[1], len(lines)) - 1
    span = trim(text, Span(lines[first][0], lines[last][1])) if lines[last][1] > lines[first][0] else None
    if span is None:
        return
    kind, markup = BlockKind.CODE, ()
    if token.type == "front_matter":
        kind = BlockKind.METADATA
    elif token.type == "html_block" and not _INVISIBLE.match(span.of(text)):
        tags = tuple(Span(span.start + tag.start(), span.start + tag.end()) for tag in _TAG.finditer(span.of(text)))
        if _TAG.sub("", span.of(text)).strip():
            yield _Piece(Block(span, BlockKind.PARAGRAPH, _locator(token), tags))
            return
    yield _Piece(Block(span, kind, _locator(token), markup))
