"""Decomposition: one sentence into statements that stand alone, and only where the cut is certain."""

from __future__ import annotations

import pytest

from checker.claims import RuleExtractor
from checker.claims.decomposition import decompose
from checker.model import Article, Claim, sha256_text


def _claims(text: str) -> tuple[Claim, ...]:
    return RuleExtractor().extract(Article(text, (), sha256_text(text))).claims


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The council approved a $4 million budget on Monday and rejected a plan to close the library.",
            [
                "The council approved a $4 million budget on Monday.",
                "The council rejected a plan to close the library.",
            ],
        ),
        (
            "The bridge, which opened in 1974, carries 12,000 cars a day.",
            ["The bridge carries 12,000 cars a day.", "The bridge opened in 1974."],
        ),
        (
            "The base, which is about 12 km from the border, is active.",
            ["The base is active.", "The base is about 12 km from the border."],
        ),
        (
            "Maya Lund, who joined in 2022, has scored 14 goals.",
            ["Maya Lund has scored 14 goals.", "Maya Lund joined in 2022."],
        ),
        (
            "In May, the mill closed; in June, 200 workers left.",
            ["In May, the mill closed.", "In June, 200 workers left."],
        ),
        ("Northfield beat Tarnby 2-1, but Halden lost 4-0.", ["Northfield beat Tarnby 2-1.", "Halden lost 4-0."]),
        (
            "Although the council voted 7-2 for the scheme, residents filed an appeal in June.",
            ["The council voted 7-2 for the scheme.", "Residents filed an appeal in June."],
        ),
        (
            "The quay flooded on three occasions in 1985, 1992 and 1994.",
            [
                "The quay flooded on three occasions.",
                "The quay flooded in 1985.",
                "The quay flooded in 1992.",
                "The quay flooded in 1994.",
            ],
        ),
        (
            "Voters rejected the plan in 2011 and 2015.",
            ["Voters rejected the plan in 2011.", "Voters rejected the plan in 2015."],
        ),
        (
            "At their June 12 meeting in Portsea, Ruiz and Lund signed a pact.",
            [
                "Ruiz and Lund’s June 12 meeting was in Portsea.",
                "At their June 12 meeting in Portsea, Ruiz and Lund signed a pact.",
            ],
        ),
    ],
)
def test_certain_cuts(text: str, parts: list[str]) -> None:
    """Coordinated predicates and clauses, relative clauses, lists of years and dated events are statements apart."""
    assert [part.text for part in decompose(text)] == parts


@pytest.mark.parametrize(
    "text",
    [
        "The man arrested in May and charged with murder was released on Friday.",
        "Police arrested and charged two men.",
        "The bridge over the Tame, which opened in 1990, was closed.",
        "If the pumps fail, the quay floods and the road closes.",
        "Neither the council nor the firm paid the fine, and the court closed the case.",
        "He was fined $500 in May and paid in June.",
        "The council approved a plan that cut spending and raised taxes.",
        "The storm killed 40 people in 1985 and 1992.",
        "The two plants made a combined loss in 2011 and 2015.",
        "The council bought old and restored houses.",
        "He bought a boat, which sank in May.",
        "The price fell, which surprised the board.",
        "The law was passed between 1998 and 2004.",
        "The deal is cheap, and better than anything the island was offered.",
        "The quay flooded only in 1985 and 1992.",
        "The quay did not flood in 1985 and 1992.",
        "No member backed the plan and opposed the tax.",
    ],
)
def test_uncertain_cuts_are_not_made(text: str) -> None:
    """A condition, a participle, two antecedents, a shared number: the author's clause stays whole."""
    assert [part.text for part in decompose(text)] == [text]


def test_years_are_marked_one_by_one() -> None:
    """Each year's claim lies on its year, so that one can be wrong alone."""
    text = "The quay flooded in 1985, 1992 and 1994."
    assert [part.span.of(text) for part in decompose(text)] == ["1985", "1992", "1994"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Treasurer Ana Ruiz resigned.", ["Ana Ruiz is Treasurer."]),
        ("The board dismissed deputy mayor Ana Ruiz.", ["Ana Ruiz is deputy mayor."]),
        ("Ana Ruiz, the city's treasurer, resigned.", ["Ana Ruiz is the city's treasurer."]),
        (
            "Ana Ruiz, 43, a surgeon at Halden Hospital, resigned.",
            ["Ana Ruiz is a surgeon at Halden Hospital.", "Ana Ruiz is 43."],
        ),
        ("The surveyor, Bo Lindqvist, resigned.", ["Bo Lindqvist is the surveyor."]),
        ("Treasurer Ruiz resigned.", []),
        ("The dictator Carl Voss resigned.", []),
        ("Mr. Carl Voss resigned.", []),
        ("Ana Ruiz, the last to leave, resigned.", []),
        ("The then mayor Ana Ruiz resigned.", []),
    ],
)
def test_roles_of_full_names_are_facts(text: str, facts: list[str]) -> None:
    """A role or an age beside a full name is a claim; a surname, a courtesy and a loaded word are not."""
    assert [claim.text for claim in _claims(text) if " is " in claim.text] == facts


def test_a_role_is_claimed_once() -> None:
    """The same role of the same person later in the draft is not a second claim."""
    text = "Mayor Ana Ruiz opened the fair. Mayor Ana Ruiz closed it at noon."
    assert [claim.text for claim in _claims(text)].count("Ana Ruiz is Mayor.") == 1


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Northfield Council bought the site in 2011. The council sold it in 2015.",
            "Northfield Council sold it in 2015.",
        ),
        ("Northfield Council sued Halden Council in 2011. The council lost in 2015.", "The council lost in 2015."),
        ("Ana Ruiz joined in 2009. She left in 2015.", "Ana Ruiz left in 2015."),
        ("Ana Ruiz met Bo Lund in 2009. She left in 2015.", "She left in 2015."),
        ("The Lady Orrin was built in 1974. She carries 200 people.", "She carries 200 people."),
        ("The wall met code in 2009. It fell in 2015.", "It fell in 2015."),
    ],
)
def test_the_head_is_named_only_where_one_can_be_meant(text: str, last: str) -> None:
    """ "The council" and "she" get a name where the draft has one alone; otherwise the author's word stays."""
    assert _claims(text)[-1].text == last
