"""Numbers as news writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.amounts import find_amounts


def values(text: str) -> list[tuple[str, Decimal]]:
    return [(text[item.start : item.end], item.low) for item in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,523,000", "4523000"),
        ("4.5 million", "4500000"),
        ("two dozen", "24"),
        ("a dozen", "12"),
        ("half a dozen", "6"),
        ("half a million", "500000"),
        ("a half-million", "500000"),
        ("a quarter of a million", "250000"),
        ("a million and a half", "1500000"),
        ("two and a half million", "2500000"),
        ("3½", "3.5"),
        ("3 1/2", "3.5"),
        ("one-and-a-half", "1.5"),
        ("twenty-one", "21"),
        ("one hundred and five", "105"),
        ("a hundred", "100"),
        ("five hundred thousand", "500000"),
        ("12 000", "12000"),
        ("1 250 000", "1250000"),
        ("1.000.000", "1000000"),
        ("1\u202f250", "1250"),
        ("$1.2m", "1200000"),
        ("£3bn", "3000000000"),
        ("$10k", "10000"),
        ("ten thousand five hundred", "10500"),
    ],
)
def test_one_number(text: str, value: str) -> None:
    """A number is read whole, with all that multiplies it."""
    ((_, found),) = values(text)
    assert found == Decimal(value)


@pytest.mark.parametrize(
    "text", ["1.234,56", "2,50 euros", "12,5", "1,2,3", "twenty-first", "a couple", "several hundred"]
)
def test_what_is_left_unsure(text: str) -> None:
    """Decimal commas, ordinals and vague words are not guessed at."""
    assert values(text) == []


def test_two_numbers_stay_two() -> None:
    """A space parts thousands only where that is certain."""
    assert [value for _, value in values("In row 12 300 people sat")] == [12, 300]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("85", "1"),
        ("4.5 million", "100000"),
        ("3.2", "0.1"),
        ("500,000", "1"),
        ("half a million", "100000"),
        ("two million", "1000000"),
    ],
)
def test_step_is_the_worth_of_the_last_figure(text: str, step: str) -> None:
    """The precision written is kept."""
    assert find_amounts(text)[0].step == Decimal(step)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("two-thirds of voters", "two-thirds"),
        ("half of it", "half"),
        ("1/3 of voters", "1/3"),
        ("a fifth of them", "a fifth"),
    ],
)
def test_fractions_are_marked(text: str, part: str) -> None:
    """A part of a whole is told from a count."""
    (item,) = find_amounts(text)
    assert item.fraction
    assert text[item.start : item.end] == part


@pytest.mark.parametrize("text", ["a third bridge", "the second half", "24/7", "9/11"])
def test_what_only_looks_like_a_fraction(text: str) -> None:
    """Ordinals and names are no fractions."""
    assert not any(item.fraction for item in find_amounts(text))


def test_vague_numbers_are_ranges() -> None:
    """ "Hundreds" is anything from two hundred to under a thousand."""
    (item,) = find_amounts("hundreds of fans")
    assert (item.low, item.high, item.vague) == (200, 999, True)


@given(st.integers(0, 10**12))
def test_figures_with_commas_are_read_back(value: int) -> None:
    """Any whole number written with thousands separators has its value."""
    assert [found for _, found in values(f"{value:,} things")] == [value]


@given(st.text(max_size=80))
def test_spans_are_in_order_and_in_range(text: str) -> None:
    """Whatever the text, amounts lie in it and never overlap."""
    end = 0
    for item in find_amounts(text):
        assert end <= item.start < item.end <= len(text)
        end = item.end
