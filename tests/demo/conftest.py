"""The demo's draft and its hand labels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from checker.model import Label, Span

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(frozen=True, slots=True)
class HandLabel:
    """One line of the labels; `span` is where its quote stands in the draft, `verdict` is None for what is no claim."""

    id: str
    kind: str
    quote: str
    span: Span
    verdict: Label | None
    accept: frozenset[Label]  # verdicts that a second reader could defend, the first one included
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    excerpts: tuple[str, ...]
    planted: str
    trap: str

    def __str__(self) -> str:
        return f"{self.id} {self.planted or self.trap} {self.quote!r}"

    @classmethod
    def of(cls, row: Mapping[str, Any], draft: str) -> HandLabel:
        start = -1
        for _ in range(row.get("occurrence", 1)):
            start = draft.index(row["quote"], start + 1)
        verdict = Label(row["verdict"]) if "verdict" in row else None
        return cls(
            id=row["id"],
            kind=row["kind"],
            quote=row["quote"],
            span=Span(start, start + len(row["quote"])),
            verdict=verdict,
            accept=frozenset(Label(name) for name in row.get("accept", ())) | ({verdict} if verdict else frozenset()),
            reasons=tuple(row.get("reasons", ())),
            sources=tuple(row.get("sources", ())),
            excerpts=tuple(row.get("excerpts", ())),
            planted=row.get("planted", ""),
            trap=row.get("trap", ""),
        )


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the demo."""
    return EXAMPLES


@pytest.fixture(scope="session")
def draft() -> str:
    """The words of the demo's draft."""
    return (EXAMPLES / "ferry.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def rows() -> tuple[dict[str, Any], ...]:
    """The lines of the label file as they stand."""
    lines = (EXAMPLES / "ferry.labels.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@pytest.fixture(scope="session")
def labels(rows: tuple[dict[str, Any], ...], draft: str) -> tuple[HandLabel, ...]:
    """Every hand label, in the order of the draft."""
    return tuple(HandLabel.of(row, draft) for row in rows)
