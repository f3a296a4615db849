"""The article the program must serve, held against its hand labels; skipped where it is not at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.claims import RuleExtractor
from checker.model import Article, Claim, sha256_text

_SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
pytestmark = pytest.mark.skipif(
    not (_SEED / "article.txt").exists(), reason="the seed article lies beside the checkout"
)

_LEAST_FOUND = 0.8


def _overlap(claim: Claim, start: int, end: int) -> float:
    shared = max(0, min(claim.span.end, end) - max(claim.span.start, start))
    return shared / (len(claim.span) + end - start - shared)


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    text = (_SEED / "article.txt").read_text(encoding="utf-8")
    return RuleExtractor().extract(Article(text, (), sha256_text(text))).claims


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (_SEED / name).read_text(encoding="utf-8").splitlines()]


def test_labelled_claims_are_found(claims: tuple[Claim, ...]) -> None:
    """At least four in five labelled claims have a claim of ours on half their span or more, at the same level."""
    rows = _rows("claims_dev.jsonl")
    found = [
        any(
            claim.level == row["level"] and _overlap(claim, int(str(row["start"])), int(str(row["end"]))) >= 0.5
            for claim in claims
        )
        for row in rows
    ]
    assert sum(found) / len(rows) >= _LEAST_FOUND


def test_furniture_and_questions_are_not_claims(claims: tuple[Claim, ...]) -> None:
    """No claim lies on a stretch that is labelled as none."""
    for row in _rows("nonclaims.jsonl"):
        assert not any(_overlap(claim, int(str(row["start"])), int(str(row["end"]))) >= 0.5 for claim in claims)
