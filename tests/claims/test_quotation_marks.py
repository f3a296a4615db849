"""Which words stand between quotation marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"It fell," she said. "At noon."', ["It fell,", "At noon."]),
        ("“It fell,” she said.", ["It fell,"]),
        ("«It fell», she said, „so it did“.", ["It fell", "so it did"]),
        ("He called it 'the worst flood in forty years'.", ["the worst flood in forty years"]),
        ("‘It’s the wall’s end,’ he said.", ["It’s the wall’s end,"]),
        ("The workers' union said 'we strike'.", ["we strike"]),
        ("The workers' pay and the owners' share rose.", []),
        ("'The workers' pay is low,' she said.", ["The workers' pay is low,"]),
        ("“He said ‘no’ and left,” she said.", ["He said ‘no’ and left,"]),
        ("Fish 'n' chips in the '90s, 'tis said.", []),
        ('A 24" pipe, 6\' long, and a 12" one.', []),
        ('(“Quite so.”)', ["Quite so."]),
        ('He said—"no"—and left.', ["no"]),
        ("", []),
        ('"', []),
        ('""', []),
    ],
)  # fmt: skip
def test_words_between_marks(text: str, quoted: list[str]) -> None:
    """Straight and curly, double and single marks open and close; apostrophes, inches and decades do not."""
    assert [item.words.of(text) for item in find_quotations(text)] == quoted


def test_a_quotation_left_open_reaches_to_the_paragraph_s_end() -> None:
    """A mark that a new paragraph repeats is told apart from one that closes."""
    text = "She said: “The pumps failed.\n\n“The wall held.”"
    found = find_quotations(text)
    assert [(item.words.of(text), item.closed) for item in found] == [
        ("The pumps failed.", False),
        ("The wall held.", True),
    ]


@given(st.text(alphabet="ab .,\n\"'“”‘’«»s", max_size=60))
def test_any_marks_give_ordered_spans_of_the_text(text: str) -> None:
    """Quotations never overlap, always hold words, and always lie inside the text."""
    found = find_quotations(text)
    assert all(item.words in item.span and item.span.end <= len(text) for item in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
