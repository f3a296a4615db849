"""Figures with a slip in them, told by a source in its own words under a title that names the subject."""

from __future__ import annotations

import pytest

from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.quantities import check_quantities

UNIT, MISMATCH = ReasonCode.UNIT_MISMATCH, ReasonCode.QUANTITY_MISMATCH

CONFLICTS = [
    ("The Alder Walk runs for 23 miles by the Tamm.", "The whole route measures 23 km and is easy.",
     "The Alder Walk follows the bank of the Tamm.", "Alder Walk: the route", UNIT),
    ("Water at Brannock Reservoir is 4.7 metres below its full mark.", "Brannock: 4.7 ft below top water level.",
     "", "Weekly reservoir levels", UNIT),
    ("A reading of 38.6F was taken at Sorrel Head.", "Maximum temperatures: Sorrel Head 38.6 C; Ansley 36.0 C.",
     "", "Daily bulletin", UNIT),
    ("Officers found 2,600 pounds of tin wire in the hold.", "It was weighed ashore at 2,600 tonnes.",
     "They opened the hold and found tin wire.", "MV Ostra", UNIT),
    ("City sold Ivar Lund to Marsten for £6.4m.", "Ivar Lund has joined Marsten IF for 6.4 million euros.",
     "", "", UNIT),
    ("The fund lent Ardle $730bn for the Tamm dam.", "The fund agreed a loan of $730 million for the Tamm dam.",
     "", "", MISMATCH),
    ("The council spent £86,000 on the bandstand.",
     "The council spent £68,000 in all: £50,000 on the roof and £18,000 on paint.", "", "The bandstand", MISMATCH),
    ("Ardle's libraries lent 413,200 items last year.", "The branches issued 431,200 items.",
     "", "Annual report. Ardle Libraries", MISMATCH),
    ("Turnout in Tamm was up 8% on the last poll.", "Turnout in Tamm 41 per cent, a rise of eight percentage points.",
     "", "", UNIT),
    ("The vote at Tamm drew more than 900 walkers.", "The vote at Tamm drew 874 walkers.", "", "", MISMATCH),
    ("14 of the 20 lifts at Corder House were out of order.", "Four were out of order.",
     "Our surveyor tried each of the 20 lifts at Corder House.", "", MISMATCH),
    ("Ardle has had 318 cases of mumps in children.", "Of these, 204 were in children and 114 in adults.",
     "Ardle was told of 318 confirmed cases of mumps.", "", MISMATCH),
]  # fmt: skip

SILENT = [
    # Another place, a distance from a point that the claim leaves open, a part of the whole, a small round figure.
    ("The camp is another site seven miles away.", "The camp is about 80 km from the border.", "", ""),
    ("The Alder Walk runs for 23 miles.", "The Corder Loop measures 23 km.", "", ""),
    ("The pass at Orle is 3 miles long.", "The road climbs 3 km to the pass.", "", ""),
    ("The boat race is 12 miles from the weir.", "The boat race starts 12 km from the harbour.", "", ""),
    ("Ardle has had 318 cases of mumps.", "Of these, 204 were in children.",
     "Ardle was told of 318 cases of mumps.", ""),
    ("The walk is 14 miles long.", "The walk is 14 miles long, with 14 km of it on tarmac.", "", ""),
]  # fmt: skip


def first(claim: str, sentence: str, before: str, title: str) -> Finding:
    return check_quantities(claim, sentence, Context(source_title=title, before=before))[0]


@pytest.mark.parametrize(("claim", "sentence", "before", "title", "code"), CONFLICTS)
def test_a_slip_conflicts(claim: str, sentence: str, before: str, title: str, code: ReasonCode) -> None:
    """One figure in another unit, currency or scale conflicts where names and words around it are shared."""
    finding = first(claim, sentence, before, title)
    assert (finding.relation, finding.code) == (Relation.CONFLICTS, code)
    assert finding.source is not None
    assert finding.source.of(sentence) in finding.note


@pytest.mark.parametrize(("claim", "sentence", "before", "title"), SILENT)
def test_another_thing_does_not(claim: str, sentence: str, before: str, title: str) -> None:
    """A figure of another thing, from another point or of a part is no slip of the claim's."""
    assert first(claim, sentence, before, title).relation is not Relation.CONFLICTS


def test_a_misspelt_name_does_not_hide_a_swapped_unit() -> None:
    """A slip of the claim's own name is no other name: the quantity beside it conflicts as well."""
    claim = "Orrenfeld lies about 85 miles from the border."
    sentence = "Orrenfelt lies 85 km from the border."
    assert first(claim, sentence, "", "").code is UNIT


def test_the_other_end_of_a_change_tells_its_way() -> None:
    """ "Rose to 5.8%" is contradicted by "5.8 per cent, down from 6.3 per cent"."""
    claim = "Unemployment in Ardle rose to 5.8% in the second quarter."
    sentence = "The unemployment rate was 5.8 per cent in the second quarter, down from 6.3 per cent in the first."
    finding = first(claim, sentence, "", "Labour force of Ardle")
    assert (finding.relation, finding.code) == (Relation.CONFLICTS, ReasonCode.NEGATED)
    assert "down from 6.3 per cent" in finding.note


@pytest.mark.parametrize(
    ("claim", "sentence"), [("The fine was £0.", "The fine was £40."), ("It cost £40.", "It cost £0.")]
)
def test_nothing_is_no_scale_of_something(claim: str, sentence: str) -> None:
    """A figure of zero is held against another without a division by it."""
    check_quantities(claim, sentence, Context())
