"""Dates, limits, sides and names where a source speaks in its own words."""

from __future__ import annotations

import pytest

from checker.model import ReasonCode
from checker.verify.checks.dates import check_dates
from checker.verify.checks.exclusivity import check_exclusivity
from checker.verify.checks.findings import Context, Relation
from checker.verify.checks.names import check_names
from checker.verify.checks.roles import check_roles

DATES = [
    ("The Moorings Act came into force on 1 June 2024.", "By order it enters into force on 1 July 2024.",
     "The Moorings Act was adopted on 3 May 2023.", "conflicts"),
    ("The Tannery mill was destroyed by fire on 14 May 1959.",
     "On the night of 14 May 1956 a fire broke out and the mill was lost.",
     "The Tannery had been enlarged twice.", "conflicts"),
    ("The fair at Ardle was held on 14 May 1959.", "The pier was painted on 14 May 1956.", "", "silent"),
    ("The new fare takes effect on 1 May 2025.", "The new fare applies from Thursday 1 May 2025.", "", "agrees"),
    ("The lease runs until 31 March 2035.", "The lease ends on 31 March 2035.", "", "agrees"),
    ("Trams have run in Orle since 1891.", "The tram service in Orle began in 1891.", "", "agrees"),
]  # fmt: skip

NAMES = [
    ("Cllr Lowther voted for the plan.", "Ann Lowther voted for the plan.", "agrees"),
    ("Ann Lowther voted for the plan.", "A. Lowther voted for the plan.", "agrees"),
    ("Cllr Lowther voted for the plan.", "Cllr Ann Lowther and Cllr Bob Lowther voted for the plan.", "silent"),
    ("The freighter docked at Nikopolis.", "The freighter came alongside at Nicopolis.", "agrees"),
    ("The ferry Lady Orrin sank.", "The Lady Orrin sank.", "agrees"),
]


@pytest.mark.parametrize(("claim", "sentence", "before", "relation"), DATES)
def test_dates_in_other_words(claim: str, sentence: str, before: str, relation: str) -> None:
    """A rule's start, an end and a beginning meet under other verbs; one wrong part of a full date is a slip."""
    assert check_dates(claim, sentence, Context(before=before))[0].relation == relation


@pytest.mark.parametrize(("claim", "sentence", "relation"), NAMES)
def test_names_with_titles_and_initials(claim: str, sentence: str, relation: str) -> None:
    """A surname with a title or an initial is the full name's where nobody else bears it."""
    assert check_names(claim, sentence, Context())[0].relation == relation


@pytest.mark.parametrize(
    ("sentence", "certain"),
    [
        ("It is the second largest windmill in the county of Ardle.", True),
        ("It is one of the largest windmills in the county of Ardle.", False),
        ("The barn is the second largest in Corder.", False),
    ],
)
def test_an_explicit_other_holder_is_certain(sentence: str, certain: bool) -> None:
    """ "The second largest" names another holder, "one of the largest" leaves it open."""
    claim = "Tamm Mill is the largest windmill in the county of Ardle."
    (finding,) = check_exclusivity(claim, sentence, "Tamm Mill")
    assert (finding.code, finding.certain) == (ReasonCode.OVERSTATED, certain)


def test_a_noun_turns_no_sides() -> None:
    """ "Destroyed by fire" and "a fire broke out" have no sides to turn, nor has "customers owed a refund"."""
    assert not check_roles("The mill was destroyed by fire.", "At night a fire broke out in the mill.")
    owed = check_roles("Customers are owed a refund by Ardle Water.", "The number of customers owed a refund is 40.")
    assert all(item.relation is not Relation.CONFLICTS for item in owed)
