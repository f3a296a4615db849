"""Corpora for tests, each in a folder of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from corpus_bench import FERRY, HARBOUR, SCHOOL, Bench, new_source


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """An empty place for a corpus."""
    return Bench(tmp_path)


@pytest.fixture
def stocked(bench: Bench) -> Bench:
    """A corpus of three sources, one of them undated."""
    bench.add(
        new_source(HARBOUR, "harbour", published=date(2021, 5, 4)),
        new_source(FERRY, "ferry", published=date(2019, 11, 1)),
        new_source(SCHOOL, "school"),
    )
    return bench
