"""Figures that follow from others: changes, shares, ages from a birth, results told from the other side."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verified import source, verdict

from checker.model import Label
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.quantities import check_quantities
from checker.verify.checks.worked_out import worked_out

NOW = Context(claim_date=date(2025, 6, 20), source_date=date(2025, 6, 1))
A, C, S = Relation.AGREES, Relation.CONFLICTS, Relation.SILENT
ROSE = "Passenger numbers rose from 294,000 in 2023 to 312,000 in 2024."
CARRIED = "The ferry carried 312,000 passengers in 2024, compared with 294,000 in 2023."

FOLLOWS = [
    ("Passenger numbers rose 6 per cent in 2024.", ROSE, A, None),
    ("Passenger numbers rose 16 per cent in 2024.", ROSE, C, "6 per cent"),
    ("Passenger numbers fell 6 per cent in 2024.", ROSE, C, None),
    ("Passenger numbers doubled in 2024.", ROSE, C, None),
    ("Passenger numbers rose 16 per cent in 2019.", ROSE, S, None),
    ("Passenger numbers rose 7 per cent in 2024.", ROSE, S, None),
    ("The ferry carried 6 per cent more passengers in 2024 than in 2023.", CARRIED, A, None),
    ("The ferry carried 16 per cent more passengers in 2024 than in 2023.", CARRIED, C, "6 per cent"),
    ("The ferry carried fewer passengers in 2024 than in 2023.", CARRIED, C, None),
    ("The ferry carried more passengers in 2023 than in 2024.", CARRIED, C, None),
    ("The ferry carried more passengers in 2024 than in 2023.", CARRIED, A, None),
    ("Half of the pupils passed.", "Of the 80 pupils, 20 passed.", C, None),
    ("A quarter of the pupils passed.", "Of the 80 pupils, 20 passed.", A, None),
    ("Half of the teachers passed.", "Of the 80 pupils, 20 passed.", S, None),
    ("Ann Lee, 46, runs it.", "Ann Lee (born 3 May 1974) runs it.", C, "51"),
    ("Ann Lee, 51, runs it.", "Ann Lee (born 3 May 1974) runs it.", A, None),
    ("Ann Lee, 53, runs it.", "Ann Lee was born in Orrin in 1974.", C, None),
    ("Ann Lee, 51, runs it.", "Ann Lee was born in Orrin in 1974.", S, None),
    ("Bo Lund, 46, runs it.", "Ann Lee (born 3 May 1974) runs it.", S, None),
    ("Ann Lee was 20 when she left.", "Ann Lee (born 3 May 1974) runs it.", S, None),
    ("Ann Lee, 51, runs it.", "Ann Lee, 50, runs it.", S, None),
    ("Ann Lee, 54, runs it.", "Ann Lee, 50, runs it.", C, "50"),
    ("Rovers beat United 24-17.", "United lost 24-17 to Rovers.", A, None),
    ("Rovers beat United 24-17.", "United beat Rovers 24-17.", C, None),
    ("Rovers beat United 2-1.", "Full time: Rovers 1-2 United.", C, None),
    ("Rovers beat United 2-1.", "Full time: United 1-2 Rovers.", A, None),
    ("Rovers beat United 24-17.", "Rovers beat United 27-14.", C, "27-14"),
    ("Rovers beat United 2-1.", "Rovers drew 2-2 with United.", C, None),
    ("Rovers beat United 2-1.", "Rovers beat City 3-1.", S, None),
    ("Rovers beat United 2-1 on 3 May 2025.", "Rovers beat United 3-1 on 9 March 2025.", S, None),
]


def settled(claim: str, sentence: str, context: Context = NOW) -> Finding:
    """The last finding on the figures of `claim`, a year apart."""
    found = worked_out(check_quantities(claim, sentence, context), claim, sentence, context)
    return found[-1]


@pytest.mark.parametrize(("claim", "sentence", "relation", "suggestion"), FOLLOWS)
def test_what_follows_from_the_figures_settles_the_claim(
    claim: str, sentence: str, relation: Relation, suggestion: str | None
) -> None:
    """A figure within rounding of what follows agrees, one well outside conflicts, and the rest stays open."""
    finding = settled(claim, sentence)
    assert (finding.relation, finding.suggestion) == (relation, suggestion)


@given(st.integers(1_000, 900_000), st.integers(-60, 300))
def test_a_change_computed_from_its_ends_agrees(start: int, percent: int) -> None:
    """The true change, rounded to whole per cent, never conflicts; one 40 points further off never agrees."""
    end = round(start * (100 + percent) / 100)
    true = round((end - start) * 100 / start)
    if true == 0:
        return
    sentence = f"Sales {'rose' if end > start else 'fell'} from {start:,} in 2023 to {end:,} in 2024."
    claim = f"Sales {'rose' if true > 0 else 'fell'} {{}} per cent in 2024."
    assert settled(claim.format(abs(true)), sentence).relation is not C
    assert settled(claim.format(abs(true) + 40), sentence).relation is not A


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Rovers beat United 2-1.", "Rovers beat United."),
        ("Rovers beat United 2-1.", "Full time: Rovers 1-2 United."),
        ("Ann Lee is the mayor of Orrin.", "Ann Lee is a former mayor of Orrin."),
    ],
)
def test_what_is_said_otherwise_is_not_supported(claim: str, sentence: str) -> None:
    """Neither a missing score, nor one turned round, nor a former post supports the claim."""
    assert verdict(claim, [source("a", sentence)]).label is not Label.SUPPORTED
