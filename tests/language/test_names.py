"""Names read from capital letters: what they cover, what they name, and what is no name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.names import NameKind, find_names, is_acronym_of

PERSON, PLACE, BODY, DEMONYM = NameKind.PERSON, NameKind.PLACE, NameKind.ORGANISATION, NameKind.DEMONYM

FOUND = [
    ("Ana Ruiz opened the bridge.", [("Ana Ruiz", PERSON, "")]),
    ("On Monday Mayor Ana Ruiz opened it.", [("Ana Ruiz", PERSON, "mayor")]),
    ("Deputy Mayor Tom Hale opened it.", [("Tom Hale", PERSON, "deputy mayor")]),
    ("The security adviser Tom Hale resigned.", [("Tom Hale", PERSON, "security adviser")]),
    ("It was told by Dr. Lena Orlow’s team.", [("Lena Orlow", PERSON, "dr")]),
    ("The plan of Piet van der Berg failed.", [("Piet van der Berg", PERSON, "")]),
    ("It lies in Vellanthur.", [("Vellanthur", PLACE, "")]),
    ("The road to North Millbrook is shut.", [("North Millbrook", PLACE, "")]),
    ("They rowed to Heron Island.", [("Heron Island", PLACE, "")]),
    ("The Coastal Safety Board met.", [("Coastal Safety Board", BODY, "")]),
    ("The University of Ashford grew.", [("University of Ashford", BODY, "")]),
    ("Many North Korean ships left.", [("North Korean", DEMONYM, "")]),
    ("The CSB met.", [("CSB", BODY, "")]),
    ("The base at Dorang-ni grew.", [("Dorang-ni", PLACE, "")]),
]

NO_NAMES = [
    "The bridge opened on Monday in June.",
    "However, nobody came.",
    "Two people were hurt.",
    "In 2019 it was closed.",
    "Officials said that it was safe.",
    "COUNCIL APPROVES NEW HARBOUR BRIDGE",
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_a_name_is_read_with_its_kind_and_role(text, names):
    """Titles and possessives are split off; particles and “of” stay inside."""
    assert [(name.text, name.kind, name.title) for name in find_names(text)] == names


@pytest.mark.parametrize("text", NO_NAMES)
def test_a_capital_that_names_nothing_is_no_name(text):
    """Openers, the calendar and headlines are no names."""
    assert find_names(text) == ()


def test_the_two_forms_of_a_name_know_each_other():
    """A long form and its acronym in brackets are told of each other."""
    long, short = find_names("The Coastal Safety Board (CSB) met.")
    assert (long.acronym, short.expansion) == ("CSB", "Coastal Safety Board")


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("UN", "United Nations", True),
        ("U.N.", "United Nations", True),
        ("DoT", "Department of Transport", False),
        ("DOT", "Department of Transport", True),
        ("CSA", "Coastal Safety Board", False),
        ("un", "United Nations", False),
    ],
)
def test_acronyms_are_made_of_initials(short, long, expected):
    """Capitals that are the initials of the long form, “of” counted or not."""
    assert is_acronym_of(short, long) is expected


@given(st.text(max_size=80))
def test_every_name_is_cut_from_its_text(text):
    """A name's words are those under its span, in order and apart."""
    found = find_names(text)
    assert all(name.span.of(text) == name.text for name in found)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
