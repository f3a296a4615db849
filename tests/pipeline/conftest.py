"""A checker over three short sources, opened once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from checker.model import Article, sha256_text
from checker.pipeline import Checker, ingest, open_checker, opened_corpus
from checker.settings import Settings, load_settings

SOURCES = (
    ("minutes", "The board met on 4 March 2025. The dredging of the inner basin cost 2.4 million dollars."),
    ("notice", "The lighthouse on Gannet Head stands 41 metres above the sea."),
    ("letter", "Nobody has ever measured the lighthouse on Gannet Head, whatever the notice says."),
)
DRAFT = (
    "The dredging of the inner basin cost 3.4 million dollars. "
    "The lighthouse on Gannet Head stands 41 metres above the sea. "
    "The pilot boat was painted green in 2011."
)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings that name a corpus with those sources."""
    folder = tmp_path_factory.mktemp("harbour")
    rows = [json.dumps({"id": id, "title": id.title(), "text": text, "tier": "primary"}) for id, text in SOURCES]
    (folder / "records.jsonl").write_text("\n".join(rows), encoding="utf-8")
    found = load_settings(
        folder, environ={}, corpus=folder / "corpus", index__cache_dir=folder / "cache", engine="embedded"
    )
    with opened_corpus(found, create=True, write=True) as corpus:
        ingest(corpus, [folder / "records.jsonl"], settings=found)
    return found


@pytest.fixture(scope="session")
def embedded(settings: Settings) -> Iterator[Checker]:
    """The checker with the embedded engine."""
    with open_checker(settings) as checker:
        yield checker


@pytest.fixture
def article() -> Article:
    return Article(text=DRAFT, blocks=(), sha256=sha256_text(DRAFT))
