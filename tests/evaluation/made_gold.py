"""A gold set of two tiny drafts, written for the tests: an invented lamp works, and an invented ferry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

DRAFT = """---
title: Lamps for Harrowick
date: 2025-03-14
author: Ida Quill
---

The Harrowick lamp works employs 240 people. It opened on 3 May 1998, and its manager is Joren Pask.

“We have never missed a delivery in eleven winters,” said Joren Pask. The works is a cheerful place.

The works paid a fine of £12,000 in 2024. Will it grow?
"""
MINUTES = """Minutes of the Harrowick works council, 4 March 2025

The Harrowick lamp works employs 240 people.

The works paid a fine of £9,000 in 2024.

Mr Pask said: “We have never missed a delivery in eleven winters.”
"""
REGISTER = """Register of works, Harrowick county

The Harrowick lamp works opened on 3 May 1998. The manager of the works is Joren Pask.
"""
SILENT = """Notice of the county library

The library opens at nine on weekdays and is closed on Sundays.
"""
SOURCES = (
    ("minutes.txt", "Minutes of the works council", MINUTES),
    ("register.txt", "Register of works", REGISTER),
    ("library.txt", "Notice", SILENT),
)


def evidence(source: str, quote: str, stance: str = "supports", set: int = 1) -> dict[str, Any]:
    return {"source": source, "quote": quote, "stance": stance, "set": set}


def claim(id: str, quote: str, text: str, verdict: str, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    row = {"id": id, "quote": quote, "nth": 1, "claim": text, "kind": "statement", "level": "content"}
    return {
        **row, "verdict": verdict, "reasons": [], "evidence": list(items), "difficulty": "easy", "ambiguous": False,
        "planted": "", **more,
    }  # fmt: skip


def claims(number: str = "03") -> list[dict[str, Any]]:
    return [
        claim(
            f"{number}-01",
            "The Harrowick lamp works employs 240 people.",
            "The Harrowick lamp works employs 240 people.",
            "supported",
            evidence("minutes.txt", "The Harrowick lamp works employs 240 people."),
            kind="quantity",
        ),
        claim(
            f"{number}-02",
            "It opened on 3 May 1998",
            "The Harrowick lamp works opened on 3 May 1998.",
            "supported",
            evidence("register.txt", "The Harrowick lamp works opened on 3 May 1998."),
            kind="date",
        ),
        claim(
            f"{number}-03",
            "its manager is Joren Pask",
            "The manager of the Harrowick lamp works is Joren Pask.",
            "supported",
            evidence("register.txt", "The manager of the works is Joren Pask."),
        ),
        claim(
            f"{number}-04",
            "“We have never missed a delivery in eleven winters,” said Joren Pask.",
            "Joren Pask said: “We have never missed a delivery in eleven winters.”",
            "supported",
            evidence("minutes.txt", "Mr Pask said: “We have never missed a delivery in eleven winters.”"),
            kind="quote",
            level="attribution",
        ),
        claim(
            f"{number}-05",
            "The works paid a fine of £12,000 in 2024.",
            "The Harrowick lamp works paid a fine of £12,000 in 2024.",
            "contradicted",
            evidence("minutes.txt", "The works paid a fine of £9,000 in 2024.", "contradicts"),
            kind="quantity",
            planted="number",
            reasons=["quantity_mismatch"],
        ),
    ]


def nonclaims(number: str = "03") -> list[dict[str, Any]]:
    return [
        {"id": f"{number}-N1", "quote": "The works is a cheerful place.", "reason": "opinion"},
        {"id": f"{number}-N2", "quote": "Will it grow?", "reason": "question"},
    ]


def rows(path: Path, *made: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), encoding="utf-8")
    return path


def gold_draft(folder: Path, number: str = "03") -> Path:
    """One draft in the gold form."""
    (folder / "sources").mkdir(parents=True)
    (folder / "draft.md").write_text(DRAFT, encoding="utf-8")
    (folder / "draft.toml").write_text('domain = "business"\ngenre = "news"\nnatural_rate = false\nwords = 60\n')
    for file, _, text in SOURCES:
        (folder / "sources" / file).write_text(text, encoding="utf-8")
    told = {"publisher": "Harrowick", "published": "2025-03-04", "tier": "primary", "note": ""}
    rows(folder / "sources.jsonl", *({"file": file, "title": title, **told} for file, title, _ in SOURCES))
    rows(folder / "claims.jsonl", *claims(number))
    rows(folder / "nonclaims.jsonl", *nonclaims(number))
    return folder


def gold_set(folder: Path) -> Path:
    """A gold set of one development draft and one sealed one, whose claims nobody can read."""
    gold_draft(folder / "03-lamp-works")
    sealed = gold_draft(folder / "04-sealed", "04")
    (sealed / "claims.jsonl").write_text("{sealed", encoding="utf-8")
    return folder


def plain_set(folder: Path) -> Path:
    """The same draft in the plain form."""
    (folder / "drafts").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "drafts" / "lamps.md").write_text(DRAFT, encoding="utf-8")
    for file, _, text in SOURCES:
        (folder / "sources" / file).write_text(text, encoding="utf-8")
    bare = [{"draft": "lamps.md", **{name: row[name] for name in ("quote", "verdict", "evidence")}} for row in claims()]
    rows(folder / "claims.jsonl", *bare)
    return folder
