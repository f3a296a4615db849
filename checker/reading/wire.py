"""A document as JSON, to cross from the parsing process: plain data that runs nothing when it is read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from checker.errors import InputError, ReadTimeoutError, TooLargeError, UnreadableError
from checker.model import Block, BlockKind, Document, Link, Locator, Span

_FIELDS = ("text", "media_type", "title", "publisher", "uri", "extractor")
_ERRORS = {kind.__name__: kind for kind in (InputError, UnreadableError, TooLargeError, ReadTimeoutError)}


def pack(answer: Document | InputError) -> bytes:
    """`answer` as JSON. Lone surrogates of a text are kept as escapes."""
    if isinstance(answer, InputError):
        return _dump({"error": [type(answer).__name__, answer.problem, answer.where, answer.hint]})
    packed: dict[str, Any] = {name: getattr(answer, name) for name in _FIELDS}
    packed["published"] = answer.published.isoformat() if answer.published else None
    packed["links"] = [[link.span.start, link.span.end, link.target] for link in answer.links]
    packed["blocks"] = [
        [
            block.span.start,
            block.span.end,
            block.kind,
            block.locator.as_dict(),
            [[span.start, span.end] for span in block.markup],
            block.continues,
        ]
        for block in answer.blocks
    ]
    return _dump({"document": packed})


def unpack(data: bytes) -> Document | InputError:
    """What `pack` packed. Raises ValueError or a KeyError where `data` is something else."""
    answer = json.loads(data)
    if "error" in answer:
        kind, problem, where, hint = answer["error"]
        return _ERRORS[kind](problem, where=where, hint=hint)
    packed = answer["document"]
    published = packed["published"]
    return Document(
        blocks=tuple(_block(*fields) for fields in packed["blocks"]),
        links=tuple(Link(Span(start, end), target) for start, end, target in packed["links"]),
        published=date.fromisoformat(published) if published else None,
        **{name: packed[name] for name in _FIELDS},
    )


def _block(start: int, end: int, kind: str, where: dict[str, Any], markup: list[list[int]], continues: bool) -> Block:
    return Block(Span(start, end), BlockKind(kind), Locator(**where), tuple(Span(a, b) for a, b in markup), continues)


def _dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")
