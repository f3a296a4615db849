"""What the tests of the corpus share: documents built by hand, and a corpus with a cache folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from word_vectors import WordVectors

from checker.corpus import Corpus, NewSource
from checker.model import Block, Document, Span
from checker.settings import IndexSettings, Settings


def plain_document(text: str, **known: Any) -> Document:
    """A document whose blocks are the paragraphs of `text`."""
    blocks, at = [], 0
    for piece in text.split("\n\n"):
        if piece.strip():
            blocks.append(Block(Span(at, at + len(piece))))
        at += len(piece) + 2
    return Document(text, tuple(blocks), "text/plain", extractor="plain/1", **known)


def read_plain(data: bytes, name: str) -> Document:
    """The reader of tests."""
    return plain_document(data.decode("utf-8"))


def new_source(text: str, id: str | None = None, **labels: Any) -> NewSource:
    """A source of plain text."""
    labels.setdefault("title", id or "A note")
    return NewSource(data=text.encode("utf-8"), suffix=".txt", document=plain_document(text), id=id, **labels)


@dataclass
class Bench:
    """A corpus folder and a cache folder under one temporary folder."""

    root: Path
    encoder: WordVectors = field(default_factory=WordVectors)
    read: Callable[[bytes, str], Document] = read_plain

    @property
    def folder(self) -> Path:
        return self.root / "corpus"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    def settings(self, **sections: Any) -> Settings:
        index = {"cache_dir": self.cache, "lock_seconds": 10.0} | sections.pop("index", {})
        return Settings(index=IndexSettings(**index), **sections)

    def open(self, *, write: bool = False, settings: Settings | None = None) -> AbstractContextManager[Corpus]:
        return Corpus.open(
            self.folder,
            settings=settings or self.settings(),
            encoder=self.encoder,
            read=self.read,
            create=write,
            write=write,
        )

    def add(self, *sources: NewSource) -> list[str]:
        with self.open(write=True) as corpus:
            return [added.status for added in corpus.add(sources)]

    def index(self) -> Path:
        """The folder of the one index."""
        (found,) = (self.cache / "index").iterdir()
        return found


HARBOUR = (
    "The harbour board approved the new breakwater on 3 May 2021. It will be 410 metres long and cost "
    "4,523,000 crowns. Work begins after the herring season."
    "\n\n"
    "The board had turned down two earlier plans."
)
FERRY = "The ferry to Ostrava Island sails four times a day in winter. A crossing takes 35 minutes."
SCHOOL = "Enrolment at the school fell to 212 pupils. The head teacher blamed the closing of the cannery."
