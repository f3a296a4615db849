"""Lists of names: one item changed is a conflict, a list that is shorter, longer or open is not."""

from __future__ import annotations

import pytest

from checker.verify.checks.lists import check_lists

CLAIM = "The boats call at Orrin, Ardle and Lunn."


def test_one_name_changed_is_a_conflict() -> None:
    """The item that the source does not list is named, with the one that stands in its place."""
    sentence = "Boats call at Ardle, Orrin and Skerry Head."
    (finding,) = check_lists(CLAIM, sentence)
    assert finding.source is not None
    assert (finding.claim.of(CLAIM), finding.source.of(sentence)) == ("Lunn", "Skerry Head")
    assert finding.suggestion == "Skerry Head"


@pytest.mark.parametrize(
    "sentence",
    [
        "The boats call at Lunn, Orrin and Ardle.",
        "The boats call at Orrin and Ardle.",
        "The boats call at Orrin, Ardle, Lunn and Skerry.",
        "The boats call at Skerry, Ardle and Head.",
        "The boats call at places such as Orrin, Ardle and Skerry.",
        "The boats sail from Orrin, Ardle and Skerry.",
        "The boats call at Orin, Ardle and Lunn.",
    ],
)
def test_other_lists_are_no_conflict(sentence: str) -> None:
    """Another order, another length, an open list, another relation and another spelling are left alone."""
    assert check_lists(CLAIM, sentence) == ()
