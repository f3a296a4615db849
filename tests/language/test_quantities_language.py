"""Quantities read out of sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language.counted import Limit, Role, Trend
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension


def only(text: str) -> Quantity:
    (item,) = find_quantities(text)
    return item


@pytest.mark.parametrize(
    "text",
    [
        "Route 9 was closed on June 12, 2018.",
        "The Boeing 737 landed at 7 p.m. on Tuesday.",
        "Covid-19 spread in the G7 states.",
        "One of the drivers left.",
        "No one was hurt.",
        "The new one works.",
        "Call 555-0142 or (555) 555-0142.",
        "See Section 12.3 and Room 4.",
        "She lives at 12 Alder Street.",
        "The 1990s ended.",
        "Work began three years ago.",
        "It was the 21st century.",
        "He met one another at half past seven.",
        "The F-16 took off from Runway 27.",
        "Phase 2 began.",
        "The plan was clear.[3]",
        "1. Alder Hall\n",
        "It closed in 2018.",
        "First Street is long.",
        "Windows 11 was installed.",
        "The second-hand shop shut.",
        "The store is open 24/7.",
        "He read https://example.org/a/55 twice.",
        "Apollo 11 landed.",
    ],
)
def test_numbers_that_only_name(text: str) -> None:
    """Dates, times, labels, addresses, marks and pronouns are no quantities."""
    assert [item.span.of(text) for item in find_quantities(text)] == []


@pytest.mark.parametrize(
    ("text", "dimension", "value", "words"),
    [
        ("three bridges", Dimension.COUNT, "3", "three"),
        ("a crowd of 12,000", Dimension.COUNT, "12000", "12,000"),
        ("cost US$5 million", Dimension.MONEY, "5000000", "US$5 million"),
        ("cost 75 cents", Dimension.MONEY, "0.75", "75 cents"),
        ("weighs 5 pounds", Dimension.MASS, "5", "5 pounds"),
        ("owes £3 and then 5 pounds", Dimension.MONEY, "3", "£3"),
        ("12 per cent of voters", Dimension.SHARE, "12", "12 per cent"),
        ("rose 2 percentage points", Dimension.POINTS, "2", "2 percentage points"),
        ("one in five homes", Dimension.SHARE, "20", "one in five"),
        ("half of the council", Dimension.SHARE, "50", "half"),
        ("half a mile", Dimension.LENGTH, "0.5", "half a mile"),
        ("three-quarters of an hour", Dimension.TIME, "0.75", "three-quarters of an hour"),
        ("an hour and a half", Dimension.TIME, "1.5", "an hour and a half"),
        ("an hour and 30 minutes", Dimension.TIME, "90", "an hour and 30 minutes"),
        ("voted 5-2", Dimension.SCORE, "5", "5-2"),
        ("her second term", Dimension.ORDINAL, "2", "second"),
        ("the price tripled", Dimension.FACTOR, "3", "tripled"),
        ("ten times the price", Dimension.FACTOR, "10", "ten times"),
        ("a 34-year-old nurse", Dimension.TIME, "34", "34-year-old"),
        ("a high temperature of minus 5 degrees", Dimension.TEMPERATURE, "-5", "minus 5 degrees"),
        ("turned 90 degrees", Dimension.ANGLE, "90", "90 degrees"),
        ("a 5m wall", Dimension.LENGTH, "5", "5m"),
        ("some 1.2m people", Dimension.COUNT, "1200000", "1.2m"),
    ],
)
def test_meaning_of_a_number(text: str, dimension: Dimension, value: str, words: str) -> None:
    """A number has the dimension, the value and the extent that its words give it."""
    item = find_quantities(text)[0]
    assert (item.dimension, item.low, item.span.of(text)) == (dimension, Decimal(value), words)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("about 50 homes", Limit.ABOUT),
        ("nearly 50 homes", Limit.NEARLY),
        ("more than 50 homes", Limit.OVER),
        ("fewer than 50 homes", Limit.UNDER),
        ("at least 50 homes", Limit.AT_LEAST),
        ("up to 50 homes", Limit.AT_MOST),
        ("50 or more homes", Limit.AT_LEAST),
        ("exactly 50 homes", Limit.EXACT),
        ("no more than $50", Limit.AT_MOST),
        ("an estimated 50 homes", Limit.ABOUT),
        ("some 50 homes", Limit.ABOUT),
        ("all but 50 homes", Limit.EXACT),
        ("just under 50 homes", Limit.NEARLY),
    ],
)
def test_limits(text: str, limit: Limit) -> None:
    """Words beside a number say how it is limited."""
    assert only(text).limit is limit


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10 to 12 miles", "10", "12"),
        ("10-12 homes", "10", "12"),
        ("between 10 and 12 homes", "10", "12"),
        ("$4-5 million", "4000000", "5000000"),
        ("1.5 to 2 million homes", "1500000", "2000000"),
        ("5 percent to 10 percent of homes", "5", "10"),
        ("hundreds of homes", "200", "999"),
    ],
)
def test_ranges(text: str, low: str, high: str) -> None:
    """Two numbers that bound one quantity are one."""
    item = only(text)
    assert (item.low, item.high) == (Decimal(low), Decimal(high))


def test_ends_of_a_change_are_two() -> None:
    """ "From 40 to 45 percent" after a verb of change is a start and an end, both in percent."""
    start, end = find_quantities("Turnout rose from 40 to 45 percent.")
    assert (start.role, end.role) == (Role.START, Role.END)
    assert start.dimension is end.dimension is Dimension.SHARE


@pytest.mark.parametrize(
    ("text", "trend", "role"),
    [
        ("rose by 5 percent", Trend.UP, Role.CHANGE),
        ("fell 5 percent", Trend.DOWN, Role.CHANGE),
        ("a 5 percent drop", Trend.DOWN, Role.CHANGE),
        ("fell to 5 percent", Trend.DOWN, Role.END),
        ("is 5 percent", Trend.NONE, Role.PLAIN),
        ("up to 5 percent", Trend.NONE, Role.PLAIN),
    ],
)
def test_change(text: str, trend: Trend, role: Role) -> None:
    """The way a quantity went, and whether it is the step or the level."""
    item = only(text)
    assert (item.trend, item.role) == (trend, role)


def test_what_is_counted_and_from_where() -> None:
    """The counted noun comes with its modifiers, a length with the point it is measured from, a sum with its rate."""
    assert only("three old stone bridges").noun == ("old", "ston", "bridg")
    reference = only("85 km north of the border").reference
    assert reference is not None
    assert reference.words == ("border",)
    assert only("$50 per household").rate == "household"
    assert only("$50 a year").rate == "year"


def test_parts_of_a_whole() -> None:
    """ "Three of the nine members" is a part and its whole."""
    part, whole = find_quantities("Three of the nine members left.")
    assert (part.role, whole.role) == (Role.PART, Role.WHOLE)


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_spans_never_overlap(text: str) -> None:
    """Whatever the text, quantities lie in it, in order, apart."""
    end = 0
    for item in find_quantities(text):
        assert end <= item.span.start < item.span.end <= len(text)
        end = item.span.end
