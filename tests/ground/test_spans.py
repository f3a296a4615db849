"""Offset arithmetic: views map back, positions agree with their units, anchors are never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import Span
from checker.spans import Positions, View, find_all, fold, reanchor, trim

TEXTS = st.text(alphabet=st.sampled_from(list("ab \n\r\t.,'’“”-–ﬁé\u0301\u200b\u00ad🚢م東½…")), max_size=40)


@given(TEXTS)
def test_every_folded_character_maps_to_its_own_stretch(text: str) -> None:
    """Folding a stretch of the owner gives back the characters that map to it; the maps never go backwards."""
    view = fold(text)
    assert len(view.text) == len(view.starts) == len(view.ends)
    assert list(view.starts) == sorted(view.starts)
    assert list(view.ends) == sorted(view.ends)
    for at, char in enumerate(view.text):
        stretch = view.span(at, at + 1).of(text)
        assert char in fold(stretch).text or (char == " " and not stretch.strip("\u200b\u00ad \r\n\t"))


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is its own fold."""
    once = fold(text, case=True).text
    assert fold(once, case=True).text == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It’s done”", '"It\'s done"'),
        ("a – b", "a - b"),
        ("two\r\n  lines", "two lines"),
        ("e\u0301te\u0301", "été"),
        ("eﬃcient", "efficient"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_the_same_words_fold_to_the_same_string(one: str, other: str) -> None:
    """Typography, composition and invisible characters make no difference."""
    assert fold(one).text == fold(other).text


def test_markup_is_read_past_and_mapped_back() -> None:
    """A view without markup reads as prose, and what is found in it covers the markup inside."""
    owner = "The **new** ferry"
    view = View.without(owner, Span(0, len(owner)), [Span(4, 6), Span(9, 11)])
    assert view.text == "The new ferry"
    (found,) = find_all(view, "new ferry")
    assert found.of(owner) == "new** ferry"


@given(TEXTS)
def test_positions_agree_with_the_encodings(text: str) -> None:
    """UTF-16 and UTF-8 offsets are those the encodings give, and UTF-16 comes back."""
    positions = Positions(text)
    for at in range(len(text) + 1):
        assert positions.utf16(at) == len(text[:at].encode("utf-16-le")) // 2
        assert positions.utf8(at) == len(text[:at].encode("utf-8"))
        assert positions.from_utf16(positions.utf16(at)) == at


def test_lines_end_after_each_kind_of_line_break() -> None:
    """CRLF is one line break; a lone CR and a lone LF are one each."""
    text = "a\r\nb\rc\nd"
    positions = Positions(text)
    assert [positions.line_column(text.index(char)) for char in "abcd"] == [(1, 1), (2, 1), (3, 1), (4, 1)]


@given(TEXTS, st.integers(0, 39), st.integers(1, 40))
def test_trimming_only_takes_white_space(text: str, start: int, size: int) -> None:
    """A trimmed span holds the same words, and there is none where there are no words."""
    span = Span(start, start + size)
    trimmed = trim(text, span)
    assert (trimmed.of(text) if trimmed else "") == span.of(text).strip()


def test_a_span_follows_its_words_through_an_edit() -> None:
    """Words that stand once are found again wherever an edit moved them."""
    old, new = "First. The ferry sank. Last.", "A new start. First. The ferry sank. Last."
    span = Span(old.index("The"), old.index(" Last"))
    moved = reanchor(span, old, new)
    assert moved is not None
    assert moved.of(new) == "The ferry sank."


def test_a_lookalike_is_never_taken_for_the_anchor() -> None:
    """Where the words stand twice and the surroundings decide nothing, the anchor is lost."""
    assert reanchor(Span(2, 5), "a yes b", "c yes d yes e") is None
    assert reanchor(Span(0, 3), "yes", "no") is None


def test_an_empty_span_cannot_be_made() -> None:
    """A span is never empty and never backwards."""
    for start, end in ((3, 3), (4, 2), (-1, 2)):
        with pytest.raises(ValueError, match="not a span"):
            Span(start, end)
