"""The day of publication that a draft's own lines give."""

from __future__ import annotations

from datetime import date

import pytest

from checker.claims import dateline_date
from checker.model import Article, sha256_text

_DAY = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wall fails\n\nPublished: 3 March 2025\n\nThe wall fell on 1 May 2020.", _DAY),
        ("Wall fails\n\nPublished on March 3, 2025 at 10:04 a.m. GMT\n\nThe wall fell.", _DAY),
        ("Wall fails\n\nMonday 3 March 2025, 10:04\n\nThe wall fell.", _DAY),
        ("PORTSEA, March 3, 2025 — The wall fell.", _DAY),
        ("Wall fails\n\nPORTSEA, England, 3 March 2025 (Wire) -- The wall fell.", _DAY),
        ("Published: 3 March 2025\nUpdated: 5 March 2025\n\nThe wall fell.", _DAY),
        ("The wall fell.\n\nFirst published 2025-03-03", _DAY),
        ("PORTSEA, March 3 — The wall fell.", None),
        ("The wall fell on 3 March 2025.", None),
        ("PORTSEA — The wall fell on 3 March 2025.", None),
        ("Published: 3 March 2025\n\nPublished: 4 March 2025\n\nThe wall fell.", None),
        ("Published: last week\n\nThe wall fell.", None),
        ("", None),
    ],
)
def test_only_a_full_day_that_the_draft_gives_for_itself(text: str, day: date | None) -> None:
    """A line of publication or a dateline with its year counts; a date in the story or half a date does not."""
    assert dateline_date(Article(text, (), sha256_text(text))) == day
