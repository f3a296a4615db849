"""A document put together piece by piece, for formats whose text is not the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from checker.model import Block, BlockKind, Document, Link, Locator, Span

PARAGRAPH = "\n\n"
NOWHERE = Locator()
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


@dataclass(slots=True)
class Inline:
    """The text of one block while it grows, with spans of markup and of links into it."""

    text: str = ""
    markup: list[Span] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def put(self, piece: str) -> None:
        """Add words as they are."""
        self.text += piece

    def flow(self, piece: str) -> None:
        """Add words as a browser shows them: white space is one space, and none where a space or line begins."""
        shown = _SPACE.sub(" ", piece)
        if shown.startswith(" ") and (not self.text or self.text[-1] in " \n"):
            shown = shown[1:]
        self.text += shown

    def hide(self, start: int) -> None:
        """Everything since `start` is markup."""
        if start < len(self.text):
            self.markup.append(Span(start, len(self.text)))

    def link(self, start: int, target: str) -> None:
        """Everything since `start` stands for `target`."""
        if start < len(self.text) and target:
            self.links.append(Link(Span(start, len(self.text)), target))


class Composer:
    """Blocks in reading order and the text they stand in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._links: list[Link] = []

    def __len__(self) -> int:
        return len(self._blocks)

    def add(
        self,
        content: Inline | str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        locator: Locator = NOWHERE,
        *,
        glue: str = PARAGRAPH,
        continues: bool = False,
    ) -> bool:
        """Add a block, `glue` before it; white space at its ends is left out. False where nothing is left."""
        inline = content if isinstance(content, Inline) else Inline(content)
        words = inline.text.strip()
        if not words:
            return False
        if self._pieces:
            self._append(glue)
        shift = self._length - (len(inline.text) - len(inline.text.lstrip()))
        whole = Span(self._length, self._length + len(words))
        self._append(words)
        markup = tuple(_clipped((span.shift(shift) for span in inline.markup if span.start + shift >= 0), whole))
        self._blocks.append(Block(whole, kind, locator, markup, continues and bool(self._blocks)))
        for link in inline.links:
            self._links.extend(Link(span, link.target) for span in _clipped([link.span.shift(shift)], whole))
        return True

    def document(
        self,
        media_type: str,
        extractor: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        published: date | None = None,
        uri: str | None = None,
    ) -> Document:
        """The document composed so far."""
        return Document(
            text="".join(self._pieces),
            blocks=tuple(self._blocks),
            media_type=media_type,
            title=title,
            publisher=publisher,
            published=published,
            uri=uri,
            links=tuple(self._links),
            extractor=extractor,
        )

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)


def _clipped(spans: Iterable[Span], whole: Span) -> Iterable[Span]:
    for span in spans:
        start, end = max(span.start, whole.start), min(span.end, whole.end)
        if start < end:
            yield Span(start, end)
