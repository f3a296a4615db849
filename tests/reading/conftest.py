"""What the tests of reading share: a reader under the usual limits, and a short way to look at what it read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.model import BlockKind, Document
from checker.reading import read_document
from checker.settings import ReadingSettings

Read = Callable[..., Document]


@pytest.fixture(scope="session")
def settings() -> ReadingSettings:
    """The usual limits."""
    return ReadingSettings()


@pytest.fixture(scope="session")
def read(settings: ReadingSettings) -> Read:
    """Bytes or text and a file name become a document."""

    def read(data: bytes | str, name: str, purpose: str = "source") -> Document:
        raw = data.encode() if isinstance(data, str) else data
        return read_document(raw, name=name, purpose=purpose, settings=settings)  # type: ignore[arg-type]

    return read


@pytest.fixture(scope="session")
def shown() -> Callable[..., list[str]]:
    """The texts of a document's blocks, of one kind where one is given."""

    def shown(document: Document, kind: BlockKind | None = None) -> list[str]:
        return [block.span.of(document.text) for block in document.blocks if kind in (None, block.kind)]

    return shown
