"""Many readings of one claim become one verdict, and what must hold whatever the corpus."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from verified import source, verdict

from checker.model import BlockKind, Label, Level, Locator, ReasonCode, Source, Stance, Tier

CLAIM = "The Aldersey tunnel cost 85 million dollars."
SAYS = "The Aldersey tunnel cost 85 million dollars, the final account shows."
DENIES = "The Aldersey tunnel cost 97 million dollars in the end."
BESIDE = "The choir of Aldersey sang for an hour and nobody left."


def test_a_source_that_says_it_supports_it() -> None:
    """Support is shown with the source's own words."""
    made = verdict(CLAIM, [source("a", SAYS)])
    assert made.label is Label.SUPPORTED
    assert [item.quote for item in made.evidence] == [SAYS]


def test_a_source_that_gives_another_figure_contradicts_it() -> None:
    """A contradiction names the fault and offers the source's figure."""
    made = verdict(CLAIM, [source("a", DENIES)])
    assert made.label is Label.CONTRADICTED
    assert ReasonCode.QUANTITY_MISMATCH in made.reasons
    assert made.suggestion is not None
    assert "97 million" in made.suggestion


def test_without_sources_there_is_not_enough_evidence() -> None:
    """Taking all evidence away gives not enough evidence, never a verdict."""
    made = verdict(CLAIM, [])
    assert (made.label, made.reasons, made.evidence) == (
        Label.NOT_ENOUGH_EVIDENCE,
        (ReasonCode.NOTHING_FOUND,),
        (),
    )


@pytest.mark.parametrize("sources", [[SAYS], [DENIES], [SAYS, DENIES]])
def test_a_source_beside_the_point_changes_nothing(sources: Sequence[str]) -> None:
    """Adding a source that says nothing of the claim leaves label, confidence and evidence as they are."""
    made = [source(f"s{at}", text) for at, text in enumerate(sources)]
    alone, together = verdict(CLAIM, made), verdict(CLAIM, [*made, source("z", BESIDE)])
    assert (alone.label, alone.confidence, alone.evidence) == (together.label, together.confidence, together.evidence)


@pytest.mark.parametrize("text", [SAYS, DENIES])
def test_a_copy_of_a_source_adds_nothing(text: str) -> None:
    """Sources of one lineage count once, so a copy raises no confidence."""
    one = verdict(CLAIM, [source("a", text, lineage="story")])
    two = verdict(CLAIM, [source("a", text, lineage="story"), source("b", text, lineage="story")])
    assert (one.label, one.confidence) == (two.label, two.confidence)


def test_the_order_of_the_sources_does_not_matter() -> None:
    """Any order of the same sources gives the same verdict."""
    sources = [source("a", SAYS), source("b", DENIES), source("c", BESIDE), source("d", SAYS)]
    made = set()
    for seed in range(6):
        shuffled = sources[:]
        random.Random(seed).shuffle(shuffled)
        found = verdict(CLAIM, shuffled)
        made.add((found.label, found.confidence, found.reasons, found.evidence))
    assert len(made) == 1


def test_independent_sources_that_disagree_are_mixed() -> None:
    """Two publishers with two figures and no word of correction leave it mixed."""
    made = verdict(CLAIM, [source("a", SAYS, publisher="City"), source("b", DENIES, publisher="Builder")])
    assert (made.label, made.reasons[0]) == (Label.MIXED, ReasonCode.SOURCES_DISAGREE)
    assert {item.stance for item in made.evidence} == {Stance.SUPPORTS, Stance.CONTRADICTS}


def test_a_primary_source_outranks_a_secondary_one() -> None:
    """Where primary and secondary sources disagree, the primary ones decide, whichever way."""
    made = verdict(CLAIM, [source("a", SAYS, tier=Tier.SECONDARY), source("b", DENIES)])
    assert made.label is Label.CONTRADICTED
    made = verdict(CLAIM, [source("a", SAYS), source("b", DENIES, tier=Tier.SECONDARY)])
    assert made.label is Label.SUPPORTED


@pytest.mark.parametrize(
    ("later", "publishers"),
    [
        (DENIES, ("City", "City")),
        ("The corrected account: the Aldersey tunnel cost 97 million dollars.", ("City", "Auditor")),
    ],
)
def test_a_later_word_replaces_an_earlier_one(later: str, publishers: tuple[str, str]) -> None:
    """The same publisher speaking again, or a correction, supersedes what was said before."""
    old = source("a", SAYS, publisher=publishers[0], published=date(2025, 1, 1))
    new = source("b", later, publisher=publishers[1], published=date(2025, 5, 1))
    made = verdict(CLAIM, [old, new])
    assert (made.label, made.reasons[0]) == (Label.CONTRADICTED, ReasonCode.SUPERSEDED)


def test_a_correction_after_the_draft_makes_it_mixed() -> None:
    """What was right when the draft appeared and is wrong now is mixed, and says so."""
    old = source("a", SAYS, publisher="City", published=date(2025, 1, 1))
    new = source("b", DENIES, publisher="City", published=date(2025, 7, 1))
    made = verdict(CLAIM, [old, new])
    assert (made.label, made.reasons[0]) == (Label.MIXED, ReasonCode.SUPERSEDED)


@pytest.mark.parametrize(
    "notice",
    [
        "We gave the cost of the Aldersey tunnel as 85 million dollars. The corrected cost is 97 million dollars.",
        "The Aldersey tunnel cost 97 million dollars, and not 85 million dollars as we first said.",
    ],
)
def test_a_figure_named_only_to_be_taken_back_does_not_support(notice: str) -> None:
    """A notice that repeats the old figure to replace it contradicts the claim, and shows the new one."""
    made = verdict(CLAIM, [source("a", notice, title="Notice of correction")])
    assert made.label is Label.CONTRADICTED
    assert ReasonCode.SUPERSEDED in made.reasons or ReasonCode.QUANTITY_MISMATCH in made.reasons
    assert "97 million" in " ".join(item.quote for item in made.evidence)


def test_copies_of_the_draft_prove_nothing() -> None:
    """What only barred sources say is not enough evidence, and no word of theirs is shown."""
    made = verdict(CLAIM, [], barred=[source("copy", SAYS)])
    assert (made.label, made.reasons, made.evidence) == (Label.NOT_ENOUGH_EVIDENCE, (ReasonCode.ONLY_COPIES,), ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Aldersey tunnel may have cost 85 million dollars.", ReasonCode.OVERSTATED),
        ("The builder says that the Aldersey tunnel cost 85 million dollars.", ReasonCode.ONLY_REPORTED),
        ("Did the Aldersey tunnel cost 85 million dollars?", ReasonCode.SILENT),
    ],
)
def test_a_source_that_holds_back_does_not_support(text: str, code: ReasonCode) -> None:
    """A hedge, a report of what somebody says and a question are no support."""
    made = verdict(CLAIM, [source("a", text)])
    assert (made.label, made.reasons) == (Label.NOT_ENOUGH_EVIDENCE, (code,))


def test_that_somebody_said_it_needs_that_somebody() -> None:
    """A claim of attribution is supported by its speaker's words, not by another's."""
    text = "Ana Ruiz said that the Aldersey tunnel cost 85 million dollars."
    told = source("a", text)
    assert verdict(text, [told], level=Level.ATTRIBUTION, speaker="Ana Ruiz").label is Label.SUPPORTED
    other = "Tom Hale said that the Aldersey tunnel cost 85 million dollars."
    assert verdict(other, [told], level=Level.ATTRIBUTION, speaker="Tom Hale").label is not Label.SUPPORTED


def test_what_somebody_says_is_not_borne_out_by_the_saying() -> None:
    """A speaker's cue with the words that the draft reports supports no statement of fact; a record of it does."""
    cue = source("a", SAYS)
    spoken = replace(cue, blocks=(replace(cue.blocks[0], kind=BlockKind.CUE, locator=Locator(speaker="Ana Ruiz")),))
    told = verdict(CLAIM, [spoken], parent="c0", speaker="Ana Ruiz")
    assert (told.label, told.reasons) == (Label.NOT_ENOUGH_EVIDENCE, (ReasonCode.ONLY_REPORTED,))
    assert verdict(CLAIM, [cue], parent="c0", speaker="Ana Ruiz").label is Label.SUPPORTED


def test_a_claim_that_leans_on_the_draft_is_held_to_its_subject() -> None:
    """ "It" is what the sentences before speak of: the same figure of another thing is no support."""
    other = source("a", "The Brill bridge cost 85 million dollars.")
    same = source("b", "The Aldersey tunnel cost 85 million dollars.")
    before = "The Aldersey tunnel opened in May."
    assert verdict("It cost 85 million dollars.", [other], before=before).label is Label.NOT_ENOUGH_EVIDENCE
    assert verdict("It cost 85 million dollars.", [same], before=before).label is Label.SUPPORTED


def test_two_common_words_prove_nothing_by_standing_together() -> None:
    """A claim of two content words is not supported by a sentence that merely has both."""
    made = verdict("The ferry is not a bus.", [source("a", "The office cannot hold a bus for a ferry that is late.")])
    assert made.label is not Label.SUPPORTED


class Says:
    """A reader that gives one answer to everything."""

    name = "says/1"

    def __init__(self, supported: float, contradicted: float) -> None:
        self._row = [supported, contradicted, 1 - supported - contradicted]

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.asarray([self._row] * len(pairs), dtype=np.float32).reshape(len(pairs), 3)


PARAPHRASE: Source = source("a", "The final bill for the tunnel at Aldersey came to 85 million dollars.")


def test_a_model_stands_in_for_other_words_but_not_for_figures() -> None:
    """A sure model lets a paraphrase support; with another figure in it, the figure decides."""
    assert verdict(CLAIM, [PARAPHRASE], reader=Says(0.97, 0.01)).label is Label.SUPPORTED
    other = source("a", PARAPHRASE.text.replace("85", "97"))
    assert verdict(CLAIM, [other], reader=Says(0.97, 0.01)).label is Label.CONTRADICTED


def test_a_model_that_finds_nothing_takes_support_away() -> None:
    """Where the words are there and the model finds them saying something else, there is no support."""
    assert verdict(CLAIM, [source("a", SAYS)], reader=Says(0.02, 0.03)).label is Label.NOT_ENOUGH_EVIDENCE


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Mayor Lena Ortiz said that the road would open in May.", Label.SUPPORTED),
        ("Lena Ortiz, the mayor, told reporters that the road was safe.", Label.SUPPORTED),
        ("Deputy Mayor Lena Ortiz said that the road would open in May.", Label.CONTRADICTED),
        ("Tom Hale said that Lena Ortiz would make a good mayor.", Label.NOT_ENOUGH_EVIDENCE),
    ],
)
def test_an_office_given_in_passing_is_vouched_for(text: str, label: Label) -> None:
    """A sentence that lets the mayor speak says itself who is mayor; what others say of her is only reported."""
    assert verdict("Lena Ortiz is mayor.", [source("a", text)]).label is label


def test_a_title_does_not_make_every_sentence_support() -> None:
    """A sentence with no word of the claim is no evidence for it, however sure the model is of the title above it."""
    titled = source("a", "It earns its keep.", title="Remarks of Governor Ida Falk")
    assert verdict("Ida Falk is Governor.", [titled], reader=Says(0.97, 0.01)).label is Label.NOT_ENOUGH_EVIDENCE
