"""Facts that two sentences state together, and contradictions in words of their own that a model finds twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from verified import source, verdict

from checker.model import Label, ReasonCode
from checker.ports import PairReader

CLAIM = "The Brill lifeboat went to a farmer in 1987 for 9,000 pounds."
BEFORE = "The Trust kept few records."
FIRST = "The Brill lifeboat left the station in 1987."
SECOND = "A farmer bought the lifeboat for 9,000 pounds."
TOGETHER = f"{FIRST} {SECOND}"

Row = tuple[float, float, float]


class Answers:
    """A reader that answers each pair by a rule."""

    name = "answers/1"

    def __init__(self, rule: Callable[[str, str], Row]) -> None:
        self._rule = rule

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.asarray([self._rule(*pair) for pair in pairs], dtype=np.float32).reshape(len(pairs), 3)


def needs_both(claim: str, text: str) -> Row:
    return (0.95, 0.01, 0.04) if "left the station" in text and "bought" in text else (0.2, 0.1, 0.7)


def test_two_sentences_support_what_neither_says_alone() -> None:
    """The evidence is the shortest run of sentences that gives the verdict, cut from the source as it stands."""
    made = verdict(CLAIM, [source("a", f"{BEFORE} {TOGETHER} Nobody has seen it since.")], reader=Answers(needs_both))
    assert made.label is Label.SUPPORTED
    assert [item.quote for item in made.evidence] == [TOGETHER]


def test_two_sentences_do_not_support_another_figure() -> None:
    """However sure a model is of a run of sentences, every figure of the claim must stand in it."""
    other = TOGETHER.replace("9,000", "7,500")
    assert verdict(CLAIM, [source("a", other)], reader=Answers(needs_both)).label is not Label.SUPPORTED


def test_sentences_far_apart_are_not_put_together() -> None:
    """Only neighbours of one passage make a run."""
    far = f"{FIRST} {'The slip was tarred. ' * 6}{SECOND}"
    assert verdict(CLAIM, [source("a", far)], reader=Answers(needs_both)).label is Label.NOT_ENOUGH_EVIDENCE


STANDS = "The chapel at Moss Row stands empty."
IN_USE = "The chapel at Moss Row holds a service each Sunday."


def twice(first: float, exchanged: float) -> PairReader:
    def rule(claim: str, text: str) -> Row:
        share = first if "stands empty" in claim else exchanged
        return (0.02, share, 0.98 - share)

    return Answers(rule)


def test_a_contradiction_found_twice_counts() -> None:
    """A model contradicts alone only where it finds the contradiction both ways round, and says which code it is."""
    made = verdict(STANDS, [source("a", IN_USE)], reader=twice(0.95, 0.8))
    assert (made.label, made.reasons) == (Label.CONTRADICTED, (ReasonCode.SAYS_OTHERWISE,))
    assert [item.quote for item in made.evidence] == [IN_USE]


@pytest.mark.parametrize(("first", "exchanged"), [(0.95, 0.3), (0.6, 0.9)])
def test_a_contradiction_found_once_does_not(first: float, exchanged: float) -> None:
    """One reading alone, or an unsure first one, leaves the claim open."""
    made = verdict(STANDS, [source("a", IN_USE)], reader=twice(first, exchanged))
    assert made.label is Label.NOT_ENOUGH_EVIDENCE


def test_a_contradiction_of_something_else_does_not() -> None:
    """A sentence that shares no two telling words with the claim contradicts nothing, whatever a model finds."""
    made = verdict(STANDS, [source("a", "The mill pond holds trout each summer.")], reader=twice(0.97, 0.97))
    assert made.label is Label.NOT_ENOUGH_EVIDENCE


def test_a_hedged_sentence_contradicts_nothing_by_model_alone() -> None:
    """What may be so excludes nothing."""
    made = verdict(
        STANDS, [source("a", "The chapel at Moss Row may hold a service on Sunday.")], reader=twice(0.97, 0.9)
    )
    assert made.label is Label.NOT_ENOUGH_EVIDENCE
