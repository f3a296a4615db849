"""Sentence boundaries in news prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.sentences import sentences, stretch_sentences, stretches
from checker.model import Block, BlockKind, Span


@pytest.mark.parametrize(
    "parts",
    [
        ("The rate is ten per cent.", "Tenders closed on 24 April."),
        ("They keep weekly bin rounds.", "Reserves will fall by March 2027."),
        ("Dr. Lee met Gov. Ruiz in the U.S. Senate.", "The vote failed."),
        ("It opens at 5 p.m. on Friday.", "Bring a coat."),
        ("“We are done.”", "He left."),
        ("Who pays?", "Nobody knows."),
        ("Brill & Co. Ltd. lost 3.4 million.", "Shares fell."),
        ("See item no. 4 of the list.", "It is short."),
        ("The tower (built in 1901) fell.", "No one was hurt."),
    ],
)
def test_sentences_end_where_a_reader_ends_them(parts: tuple[str, ...]) -> None:
    """Abbreviations, figures, quotations and brackets cut no sentence; a full stop after a plain word ends one."""
    text = " ".join(parts)
    assert tuple(span.of(text) for span in sentences(text)) == parts


def test_a_blank_line_always_ends_a_sentence() -> None:
    """A heading without a full stop is a sentence of its own."""
    text = "New sailing times\n\nThe first boat leaves at six."
    assert [span.of(text) for span in sentences(text)] == ["New sailing times", "The first boat leaves at six."]


@given(st.text(alphabet=st.sampled_from(list("aB .!?\n\r“”'()é🚢م1,")), max_size=80))
def test_no_word_is_lost_and_no_span_overlaps(text: str) -> None:
    """The sentences are in order, do not overlap, and leave out nothing but white space."""
    spans = sentences(text)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    left = "".join(
        text[a:b] for a, b in zip([0, *(s.end for s in spans)], [*(s.start for s in spans), len(text)], strict=True)
    )
    assert not left.strip()


def test_a_sentence_runs_over_blocks_that_continue() -> None:
    """A paragraph that crosses a page is read as one; a table's row is one sentence whatever stands in it."""
    text = "The hull was found\nto be sound. It was painted."
    first = Block(Span(0, 18))
    second = Block(Span(19, len(text)), continues=True)
    (stretch,) = stretches([first, second])
    assert [span.of(text) for span in stretch_sentences(text, stretch)] == [
        "The hull was found\nto be sound.",
        "It was painted.",
    ]
    row = "Year: 2024. Total: 31."
    assert stretch_sentences(row, [Block(Span(0, len(row)), BlockKind.TABLE_ROW)]) == (Span(0, len(row)),)
