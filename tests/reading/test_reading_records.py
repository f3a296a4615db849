"""Source records, a JSON object a line."""

from __future__ import annotations

import json
from datetime import date

import pytest

from checker.errors import InputError
from checker.model import Tier
from checker.reading import read_records


def line(**fields):
    """One record as its line."""
    return json.dumps({"id": "A", "text": "Words."} | fields) + "\n"


def test_records_carry_their_labels():
    """Every known key is read, unknown ones are let be, a date may be null."""
    data = (
        line(published="2018-12-05", tier="secondary", lineage="L", license="CC0", odd=[1])
        + "\n"
        + line(published=None, id="B")
    )
    first, second = read_records(data.encode(), name="s.jsonl")
    assert (first.published, first.tier, first.lineage, first.licence) == (
        date(2018, 12, 5),
        Tier.SECONDARY,
        "L",
        "CC0",
    )
    assert (second.line, second.id, second.published, second.tier) == (3, "B", None, None)


def test_a_line_separator_inside_a_text_ends_no_record():
    """Only a newline parts records."""
    data = '{"text": "one\u2028two\x85three"}\n'
    assert read_records(data.encode(), name="s.jsonl")[0].text == "one\u2028two\x85three"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{", "is not JSON"),
        ("[1]", "is not a JSON object"),
        ('{"id": "x"}', 'needs either "text" or "file"'),
        ('{"text": 3}', '"text" is not a text'),
        ('{"text": "a", "tier": "best"}', "Known tiers: primary, secondary, self"),
        ('{"text": "a", "published": "last week"}', "Write YYYY-MM-DD or null"),
        ('{"file": "../../etc/hosts"}', "leaves the folder"),
        ('{"file": "/etc/hosts"}', "leaves the folder"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_a_bad_line_is_named(bad, words):
    """One line says which line of which file is off, and how."""
    with pytest.raises(InputError) as caught:
        read_records((line() + bad).encode(), name="s.jsonl")
    assert str(caught.value).startswith("s.jsonl:2: ") and words in str(caught.value)
