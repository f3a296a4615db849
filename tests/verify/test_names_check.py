"""Names of a claim against one sentence: variants agree, slips and rival holders of a role conflict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Relation
from checker.verify.checks.names import check_names

AGREES, CONFLICTS, SILENT = Relation.AGREES, Relation.CONFLICTS, Relation.SILENT
PLAIN = Context()

FIRST_NAME = [
    ("Ana Ruiz opened the bridge.", "Ana Ruiz opened the bridge.", AGREES),
    ("Mayor Ana Ruiz opened the bridge.", "Ruiz opened the bridge.", AGREES),
    ("Ana Ruiz opened the bridge.", "Dr. Ruiz opened the bridge.", AGREES),
    ("Ruiz opened the bridge.", "Mayor Ana Ruiz opened the bridge.", AGREES),
    ("A. Ruiz opened the bridge.", "Ana Ruiz opened the bridge.", AGREES),
    ("Tom Hale resigned.", "Thomas Hale resigned.", AGREES),
    ("Ana Ruiz’s plan was adopted.", "The plan of Ana Ruiz was adopted.", AGREES),
    ("Mr Ruiz opened the bridge.", "Mrs Ruiz opened the bridge.", SILENT),
    ("Ana Ruiz opened the bridge.", "Tom Ruiz opened the bridge.", SILENT),
    ("Ruiz opened the bridge.", "Tom Ruiz and Ana Ruiz opened the bridge.", SILENT),
    ("Ana Ruiz opened the bridge.", "Tom Hale opened the bridge.", SILENT),
    ("Ana Ruiz opened the bridge.", "The bridge was opened on Monday.", SILENT),
    ("Lena Hartmann opened the bridge.", "Lena Hartman opened the bridge.", CONFLICTS),
    ("Hartmann opened the bridge in May.", "Lena Hartman opened the bridge in May.", CONFLICTS),
    ("José Marín opened the bridge.", "Jose Marin opened the bridge.", AGREES),
    ("Karl Müller opened the bridge.", "Karl Mueller opened the bridge.", AGREES),
    ("Kim Dae Won gave a speech.", "Kim gave a speech.", AGREES),
    ("The base lies at Vellanthur.", "The base lies at Vellanthor.", CONFLICTS),
    ("The base at Tamakonda was enlarged.", "The base at Tamakanda was enlarged.", CONFLICTS),
    ("The Vellanthur Naval Station was enlarged.", "The Vellanthor Naval Station was enlarged.", CONFLICTS),
    ("The ferry runs to Millbrook.", "The ferry runs to Milbrook.", CONFLICTS),
    ("The ferry runs to Kyiv.", "The ferry runs to Kiev.", AGREES),
    ("The base lies at Dorang-ni.", "The base lies at Dorang-ri.", AGREES),
    ("The summit was held in Pyongyang.", "The summit was held in Pyeongyang.", AGREES),
    ("The road runs to North Millbrook.", "The road runs to South Millbrook.", SILENT),
    ("The road runs to North Millbrook.", "The road runs to Millbrook.", SILENT),
    ("The road runs to Millbrook.", "The road runs to North Millbrook.", SILENT),
    ("The trade with Austria grew.", "The trade with Australia grew.", SILENT),
    ("The trade with Niger grew.", "The trade with Nigeria grew.", SILENT),
    ("The trade with Niger grew.", "Nigerian trade grew.", SILENT),
    ("The trade with France grew.", "French trade grew.", AGREES),
    ("The trade with South Korea grew.", "South Korean trade grew.", AGREES),
    ("The trade with South Korea grew.", "North Korean trade grew.", SILENT),
    ("The trade with Kenya grew.", "Kenyan trade grew.", AGREES),
    ("The United Nations sent a team.", "The UN sent a team.", AGREES),
    ("The CSB sent a team.", "The Coastal Safety Board (CSB) sent a team.", AGREES),
    ("The Coastal Safety Board sent a team.", "The C.S.B. sent a team.", AGREES),
    ("Hartwell Marine built the ship.", "Hartwell Marine Inc. built the ship.", AGREES),
    ("Millbrook Council approved it.", "Millbrook Town Council approved it.", AGREES),
    ("It was first told by the Times.", "It was first told by The New York Times.", AGREES),
    ("It was first told by The New York Times.", "It was first told by the Times.", SILENT),
    ("Ashford won a prize.", "Ashford Hospital won a prize.", SILENT),
    ("Ashford Hospital won a prize.", "Ashford School won a prize.", SILENT),
    ("Stow-on-Marsh won a prize.", "Stow on Marsh won a prize.", AGREES),
    ("Harbour Island is empty.", "Harbor Island is empty.", AGREES),
    ("O'Hara led the crew.", "O’Hara led the crew.", AGREES),
    ("Builders repaired the roof.", "The roof was repaired by builders.", AGREES),
    ("Ruiz opened the bridge.", "The Ruizes opened the bridge.", SILENT),
    ("Tom Hale Jr. led the crew.", "Tom Hale Sr. led the crew.", SILENT),
]

RIVALS = [
    ("Mayor Ana Ruiz opened the bridge.", "Mayor Tom Hale opened the bridge.", CONFLICTS),
    ("Mayor Ana Ruiz opened the bridge.", "Tom Hale, the mayor, opened the bridge.", CONFLICTS),
    ("Mayor Ana Ruiz opened the bridge.", "Deputy Mayor Tom Hale opened the bridge.", SILENT),
    ("Mayor Ana Ruiz opened the bridge.", "Former Mayor Tom Hale opened the bridge.", SILENT),
    ("Mayor Ana Ruiz opened the bridge.", "Ashford Mayor Tom Hale opened the bridge.", SILENT),
    ("Mayor Ana Ruiz opened the bridge.", "Mayor Tom Hale opened the library.", SILENT),
    ("Mayor Ana Ruiz opened the bridge.", "Mayor Tom Hale and Mayor Lena Orlow opened the bridge.", SILENT),
    ("Mayor Ana Ruiz opened the bridge in 2019.", "Mayor Tom Hale opened the bridge in 2004.", SILENT),
    ("Editor Ana Ruiz opened the bridge.", "Editor Tom Hale opened the bridge.", SILENT),
    ("Ana Ruiz opened the bridge.", "Mayor Tom Hale opened the bridge.", SILENT),
    ("Mayor Ana Ruiz opened the bridge.", "Mayor Ana Ruiz and Mayor Tom Hale opened the bridge.", AGREES),
]


@pytest.mark.parametrize(("claim", "sentence", "relation"), [*FIRST_NAME, *RIVALS])
def test_the_first_name_stands_to_the_sentence_as_its_bearer_does(claim, sentence, relation):
    """One bearer in another spelling agrees, a slip in the slot conflicts, and a different bearer is silence."""
    assert check_names(claim, sentence, PLAIN)[0].relation is relation


@pytest.mark.parametrize(
    ("claim", "sentence", "suggestion"),
    [
        ("The base lies at Vellanthur.", "The base lies at Vellanthor.", "Vellanthor"),
        ("The Vellanthur Naval Station grew.", "The Vellanthor Naval Station grew.", "Vellanthor Naval Station"),
        ("Lena Hartmann opened the bridge.", "Lena Hartman opened the bridge.", "Lena Hartman"),
        ("Hartmann opened the bridge in May.", "Lena Hartman opened the bridge in May.", "Hartman"),
    ],
)
def test_a_slip_is_corrected_to_the_sources_spelling(claim, sentence, suggestion):
    """As much of the name as the claim gives is suggested."""
    finding = check_names(claim, sentence, PLAIN)[0]
    assert finding.code is ReasonCode.NAME_MISMATCH
    assert finding.suggestion == suggestion


def test_a_variant_is_named_and_not_corrected():
    """Another spelling in use supports, and the reader is told of it."""
    (finding,) = check_names("The ferry runs to Kyiv.", "The ferry runs to Kiev.", PLAIN)
    assert (finding.code, finding.suggestion) == (ReasonCode.NAME_VARIANT, None)
    assert finding.note == "“Kyiv” is spelt “Kiev” in the source"


def test_a_spelling_that_the_sources_title_has_is_no_slip():
    """Where the source itself uses both spellings, neither is corrected by the other."""
    context = Context(source_title="Vellanthur in pictures")
    (finding,) = check_names("The base lies at Vellanthur.", "The base lies at Vellanthor.", context)
    assert finding.relation is SILENT


TEXTS = sorted({text for row in (*FIRST_NAME, *RIVALS) for text in row[:2]})


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.sampled_from(["", *TEXTS]))
def test_every_span_lies_in_its_own_text(claim, sentence, title):
    """A finding can always be cut out of the two texts."""
    for finding in check_names(claim, sentence, Context(source_title=title)):
        assert finding.claim.end <= len(claim)
        assert finding.source is None or finding.source.end <= len(sentence)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(" ".join))
def test_a_text_never_conflicts_with_itself(text):
    """A name is never a slip of itself."""
    assert not [item for item in check_names(text, text, PLAIN) if item.relation is CONFLICTS]
