"""What is one name in two spellings, what is a slip, and what is another name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.likeness import Likeness, likeness, name_words

SAME, PART, ACRONYM = Likeness.SAME, Likeness.PART, Likeness.ACRONYM
VARIANT, SLIP, OTHER = Likeness.VARIANT, Likeness.SLIP, Likeness.OTHER

PLACES = [
    ("Kyiv", "Kiev", VARIANT),
    ("Pyongyang", "Pyeongyang", VARIANT),
    ("Busan", "Pusan", VARIANT),
    ("Mumbai", "Bombay", VARIANT),
    ("Marseille", "Marseilles", VARIANT),
    ("Munich", "München", VARIANT),
    ("Dorang-ni", "Dorang-ri", VARIANT),
    ("Dorang-ni", "Dorangni", VARIANT),
    ("Dorang ni", "Dorang-ri", VARIANT),
    ("Seomjeo-dong", "Somjo-dong", VARIANT),
    ("Kamsu-ri", "Gamsu-ri", VARIANT),
    ("Kamsu-ri", "Kalsu-ri", SLIP),
    ("São Teodoro", "Sao Teodoro", VARIANT),
    ("Stow-on-Marsh", "Stow on Marsh", VARIANT),
    ("Al-Rashida", "Al Rashida", VARIANT),
    ("Vellanthur", "Vellanthor", SLIP),
    ("Tamakonda", "Tamakanda", SLIP),
    ("Barrosville", "Barrasville", SLIP),
    ("Millbrook", "Milbrook", SLIP),
    ("Vellanthur Naval Station", "Vellanthor Naval Station", SLIP),
    ("North Millbrook", "South Millbrook", OTHER),
    ("Austria", "Australia", OTHER),
    ("Niger", "Nigeria", OTHER),
    ("Iran", "Iraq", OTHER),
    ("Slovakia", "Slovenia", OTHER),
    ("Ashford", "Oxford", OTHER),
    ("Route 5", "Route 6", OTHER),
    ("Ashford Hospital", "Ashford School", OTHER),
    ("Harbour Office", "Harbor Office", VARIANT),
    ("United Nations", "UN", ACRONYM),
    ("Coastal Safety Board", "CSB", ACRONYM),
    ("Coastal Safety Board", "C.S.B.", ACRONYM),
    ("Coastal Safety Board", "CSA", OTHER),
    ("the Coastal Safety Board", "Coastal Safety Board", SAME),
    ("Hartwell Marine Inc.", "Hartwell Marine", PART),
    ("Harrisons", "Harrison", OTHER),
]

PEOPLE = [
    ("Ana Ruiz", "Ana Ruiz", SAME),
    ("Ana Ruiz", "Ruiz", PART),
    ("Ana Ruiz", "A. Ruiz", PART),
    ("Ana M. Ruiz", "Ana Ruiz", PART),
    ("Thomas Hale", "Tom Hale", PART),
    ("Dr Ana Ruiz", "Ms Ruiz", PART),
    ("Jan van der Berg", "Van der Berg", PART),
    ("Kim Dae Won", "Kim", PART),
    ("Ana Ruiz", "Ana", OTHER),
    ("Ana Ruiz", "Tom Ruiz", OTHER),
    ("Tom Hale Jr.", "Tom Hale Sr.", OTHER),
    ("Tom Hale Jr.", "Tom Hale", PART),
    ("Ana Ruiz", "Tom Hale", OTHER),
    ("José Marín", "Jose Marin", VARIANT),
    ("Karl Müller", "Karl Mueller", VARIANT),
    ("Søren Bløch", "Soren Bloch", VARIANT),
    ("Mohammed Sarwan", "Muhammad Sarwan", VARIANT),
    ("Sergei Volin", "Sergey Volin", VARIANT),
    ("Lena Hartmann", "Lena Hartman", SLIP),
    ("Lena Hartmann", "Hartman", SLIP),
    ("Stephan Orlow", "Stephen Orlow", SLIP),
    ("Lena Hartmann", "Lena Bergmann", OTHER),
    ("O’Hara", "O'Hara", SAME),
    ("Smith-Jones", "Smith Jones", VARIANT),
]


@pytest.mark.parametrize(("ours", "theirs", "expected"), PLACES)
def test_places_and_bodies(ours, theirs, expected):
    """Marks, established forms and romanisations are variants; a letter is a slip; the rest is another name."""
    assert likeness(ours, theirs) is expected


@pytest.mark.parametrize(("ours", "theirs", "expected"), PEOPLE)
def test_people(ours, theirs, expected):
    """A person is known by surname, initial or short form, and not by a given name alone."""
    assert likeness(ours, theirs, person=True) is expected


NAMES = sorted({name for row in (*PLACES, *PEOPLE) for name in row[:2]})


@given(st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans())
def test_likeness_goes_both_ways(ours, theirs, person):
    """Which of two names is asked about does not matter."""
    assert likeness(ours, theirs, person=person) is likeness(theirs, ours, person=person)


@given(st.text(max_size=40))
def test_any_text_is_like_itself_or_no_name(text):
    """A name is the same as itself, whatever its characters."""
    assert likeness(text, text) is (SAME if name_words(text) else OTHER)
