"""JSON blocks of an editor's tool: `[{"id": "b1", "text": "..."}]`, each block's id kept as its locator."""

from __future__ import annotations

import json
from typing import Any

from checker.errors import UnreadableError
from checker.model import BlockKind, Document, Locator
from checker.reading.composing import Composer, Inline
from checker.reading.decoding import decode
from checker.reading.formats import Purpose
from checker.reading.metadata import day, extractor, words
from checker.reading.plain import blocks_of

_SHAPE = 'Write [{"id": "b1", "text": "..."}], or {"title": ..., "blocks": [...]}.'
_KINDS = {kind.value: kind for kind in BlockKind} | {"code_block": BlockKind.CODE, "blockquote": BlockKind.QUOTATION}


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The blocks' texts one after another; a block's `kind` may name ours."""
    top = _parsed(decode(data, where=name), name)
    items = top.get("blocks") if isinstance(top, dict) else top
    if not isinstance(items, list):
        raise UnreadableError("holds no list of blocks", where=name, hint=_SHAPE)
    composer = Composer()
    for number, item in enumerate(items, start=1):
        _add(composer, item, f"{name}, block {number}")
    about = top if isinstance(top, dict) else {}
    return composer.document(
        "application/json",
        extractor("blocks"),
        title=words(about.get("title")),
        publisher=words(about.get("publisher")),
        published=day(about.get("published")),
        uri=words(about.get("uri")),
    )


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"is not JSON: {error}", where=name, hint=_SHAPE) from error


def _add(composer: Composer, item: object, where: str) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise UnreadableError('has no "text"', where=where, hint=_SHAPE)
    text, mark = item["text"], item.get("id")
    if mark is not None and not isinstance(mark, str | int):
        raise UnreadableError('its "id" is neither a text nor a number', where=where, hint=_SHAPE)
    locator = Locator(block=None if mark is None else str(mark))
    kind = _KINDS.get(str(item.get("kind") or item.get("type") or "").lower())
    for block in blocks_of(text):
        inline = Inline(block.span.of(text), [span.shift(-block.span.start) for span in block.markup])
        composer.add(inline, kind or block.kind, locator)
