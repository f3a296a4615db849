"""Confidence is a probability, and verdicts that risk more than was accepted stay open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verified import source, verdict

from checker.model import Basis, Label, ReasonCode
from checker.verify.confidence import calibrated, curves, probability

CLAIM = "The Aldersey tunnel cost 85 million dollars."
SAYS = "The Aldersey tunnel cost 85 million dollars, the final account shows."


@given(st.sampled_from(Label), st.sampled_from(Basis), st.floats(0, 1))
def test_a_confidence_is_a_probability(label: Label, basis: Basis, raw: float) -> None:
    """Whatever the raw figure, also for a basis that no curve is fitted for."""
    assert 0 <= probability(label, basis, raw) <= 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_reading_is_never_less_confident(one: float, other: float) -> None:
    """Every curve rises with its raw figure, or is level."""
    less, more = sorted((one, other))
    for key in curves():
        label, basis = key.split("/")
        assert probability(Label(label), Basis(basis), less) <= probability(Label(label), Basis(basis), more)


def test_every_kind_of_verdict_has_a_curve() -> None:
    """No verdict of the embedded engine goes without a fitted confidence."""
    decided = {Basis.WORDS, Basis.MEANING, Basis.TOGETHER, Basis.QUOTATION}
    wanted = {f"{Label.SUPPORTED}/{basis}" for basis in decided}
    wanted |= {f"{Label.CONTRADICTED}/{basis}" for basis in (Basis.CHECK, Basis.MEANING, Basis.QUOTATION)}
    wanted |= {f"{Label.MIXED}/{basis}" for basis in (Basis.CHECK, Basis.MEANING, Basis.QUOTATION)}
    wanted |= {f"{Label.NOT_ENOUGH_EVIDENCE}/{basis}" for basis in (Basis.ABSENCE, Basis.QUOTATION)}
    assert wanted <= set(curves())


def test_what_is_too_unsure_stays_open() -> None:
    """The evidence is still shown, and the reason says what the verdict would have been."""
    made = verdict(CLAIM, [source("a", SAYS)])
    held = calibrated(replace(made, confidence=0.5), max_risk=0.0001)
    assert (held.label, held.reasons[0]) == (Label.NOT_ENOUGH_EVIDENCE, ReasonCode.UNSURE)
    assert held.evidence == made.evidence
    assert "would be supported" in held.justification


@pytest.mark.parametrize("risk", [None, 1.0])
def test_without_a_risk_to_keep_to_the_verdict_stands(risk: float | None) -> None:
    """No bound, or one that anything meets, changes no label."""
    assert calibrated(verdict(CLAIM, [source("a", SAYS)]), risk).label is Label.SUPPORTED
