"""Dates read from English: which days each mention means, with and without the date of the text."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.dates import find_dates
from checker.language.intervals import Bound, Grain

WRITTEN = date(2024, 6, 19)  # a Wednesday
D = date

ABSOLUTE = [
    ("It opened on 12 June 2023.", "12 June 2023", D(2023, 6, 12), D(2023, 6, 12)),
    ("It opened on June 12, 2023.", "June 12, 2023", D(2023, 6, 12), D(2023, 6, 12)),
    ("It opened on the 12th of June 2023.", "12th of June 2023", D(2023, 6, 12), D(2023, 6, 12)),
    ("It opened on Sept. 4, 2023.", "Sept. 4, 2023", D(2023, 9, 4), D(2023, 9, 4)),
    ("It opened on Monday, June 12, 2023.", "Monday, June 12, 2023", D(2023, 6, 12), D(2023, 6, 12)),
    ("It opened on 2023-06-12.", "2023-06-12", D(2023, 6, 12), D(2023, 6, 12)),
    ("It opened on 13/06/2023.", "13/06/2023", D(2023, 6, 13), D(2023, 6, 13)),
    ("It opened in June 2023.", "June 2023", D(2023, 6, 1), D(2023, 6, 30)),
    ("It opened in 2023.", "2023", D(2023, 1, 1), D(2023, 12, 31)),
    ("It opened on Christmas Day 2022.", "2022", D(2022, 1, 1), D(2022, 12, 31)),
    ("It opened in the first quarter of 2022.", "first quarter of 2022", D(2022, 1, 1), D(2022, 3, 31)),
    ("It opened in the first half of 2022.", "first half of 2022", D(2022, 1, 1), D(2022, 6, 30)),
    ("It opened in the 1990s.", "the 1990s", D(1990, 1, 1), D(1999, 12, 31)),
    ("It ran from 2010 to 2014.", "2010 to 2014", D(2010, 1, 1), D(2014, 12, 31)),
    ("It ran from March 2 to April 5, 2021.", "March 2 to April 5, 2021", D(2021, 3, 2), D(2021, 4, 5)),
    ("It ran 10–12 June 2020.", "10–12 June 2020", D(2020, 6, 10), D(2020, 6, 12)),
    ("It ran in 2019-2021.", "2019-2021", D(2019, 1, 1), D(2021, 12, 31)),
]

RELATIVE = [
    ("It opened on Tuesday.", "Tuesday", D(2024, 6, 18), D(2024, 6, 18)),
    ("It opened on Wednesday.", "Wednesday", D(2024, 6, 19), D(2024, 6, 19)),
    ("It will open on Friday.", "Friday", D(2024, 6, 21), D(2024, 6, 21)),
    ("At Friday's meeting it was closed.", "Friday", D(2024, 6, 14), D(2024, 6, 14)),
    ("It opened yesterday.", "yesterday", D(2024, 6, 18), D(2024, 6, 18)),
    ("It opens tomorrow.", "tomorrow", D(2024, 6, 20), D(2024, 6, 20)),
    ("It opened last month.", "last month", D(2024, 5, 1), D(2024, 5, 31)),
    ("It opened last year.", "last year", D(2023, 1, 1), D(2023, 12, 31)),
    ("It opened on June 12.", "June 12", D(2024, 6, 12), D(2024, 6, 12)),
    ("It opened on 3 July.", "3 July", D(2023, 7, 3), D(2023, 7, 3)),
    ("It opened in June.", "June", D(2024, 6, 1), D(2024, 6, 30)),
    ("It was told at the November meeting.", "November", D(2023, 11, 1), D(2023, 11, 30)),
    ("It opened earlier this year.", "earlier this year", D(2024, 1, 1), D(2024, 6, 19)),
    ("It opened three days ago.", "three days ago", D(2024, 6, 16), D(2024, 6, 16)),
    ("It ran between Monday and Wednesday.", "Monday and Wednesday", D(2024, 6, 17), D(2024, 6, 19)),
]

NO_DATE = [
    "May said that she may march.",
    "Mr March met April Hale.",
    "The strike lasted three days.",
    "It has 2,000 seats and 1,950 windows.",
    "Flight 2019 carried 1998 people.",
    "Agenda 2030 was adopted.",
    "Version 1.2.10 was released.",
    "It weighs 2010 kg.",
]


@pytest.mark.parametrize(("text", "words", "first", "last"), ABSOLUTE)
def test_absolute_dates_need_no_anchor(text, words, first, last):
    """What is written in full means the same days whenever the text was written."""
    for anchor in (None, WRITTEN):
        (found,) = find_dates(text, anchor)
        assert (found.span.of(text), found.earliest, found.latest) == (words, first, last)
        assert found.resolved


@pytest.mark.parametrize(("text", "words", "first", "last"), RELATIVE)
def test_relative_dates_follow_the_date_of_the_text(text, words, first, last):
    """The nearest past day is meant, unless the words look ahead."""
    (found,) = find_dates(text, WRITTEN)
    assert (found.span.of(text), found.earliest, found.latest) == (words, first, last)


@pytest.mark.parametrize(("text", "words", "first", "last"), RELATIVE)
def test_without_an_anchor_a_relative_date_is_not_guessed(text, words, first, last):
    """No anchor, no days."""
    assert not any(item.resolved for item in find_dates(text, None))


@pytest.mark.parametrize("text", NO_DATE)
def test_what_only_looks_like_a_date_is_none(text):
    """People, counts, flights, versions and durations are no dates."""
    assert find_dates(text, WRITTEN) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("open since 2011", Bound.SINCE),
        ("closed until 5 May 2024", Bound.UNTIL),
        ("finished by the end of 2025", Bound.BY),
        ("built before 1990", Bound.BEFORE),
        ("built after 1990", Bound.AFTER),
        ("built in 1990", Bound.AT),
    ],
)
def test_the_word_before_a_date_bounds_it(text, bound):
    """Which side of the date is meant is kept."""
    assert find_dates(text, None)[0].bound is bound


@pytest.mark.parametrize("text", ["every Tuesday", "each Tuesday", "on Tuesdays", "on Tuesday mornings"])
def test_a_recurring_weekday_is_no_one_day(text):
    """A weekday that comes again and again keeps its name and no day."""
    (found,) = find_dates(text, WRITTEN)
    assert (found.recurring, found.weekday, found.resolved) == (True, 1, False)


def test_a_weekday_that_is_not_that_days_is_noted():
    """A text that contradicts itself says so."""
    (found,) = find_dates("on Monday, 18 June 2024", None)
    assert found.note == "2024-06-18 was a Tuesday, not a Monday"


@pytest.mark.parametrize("text", ["in early 2018", "in the summer of 2020", "in the 19th century", "last week"])
def test_vague_periods_are_fuzzy(text):
    """A period with soft edges is marked."""
    assert find_dates(text, WRITTEN)[0].fuzzy


def test_figures_that_could_be_either_month_stay_open():
    """04/05/2023 is the fourth of May to some and the fifth of April to others."""
    (found,) = find_dates("on 04/05/2023", None)
    assert (found.resolved, found.earliest, found.latest) == (False, D(2023, 4, 5), D(2023, 5, 4))
    assert found.grain is Grain.DAY


PIECES = [row[0] for row in (*ABSOLUTE, *RELATIVE)] + NO_DATE


@given(st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join), st.one_of(st.none(), st.dates()))
def test_mentions_are_in_order_apart_and_within_the_text(text, anchor):
    """Spans never overlap, and days are never the wrong way round, for any anchor of the calendar."""
    found = find_dates(text, anchor)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert all(item.span.end <= len(text) for item in found)
    assert all(item.earliest <= item.latest for item in found if item.earliest and item.latest)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text):
    """No text breaks the reader."""
    find_dates(text, WRITTEN)
