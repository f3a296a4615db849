"""Clauses apart: the parts of a sentence that can be wrong alone are claims alone, and nothing is cut that hangs on."""

from __future__ import annotations

import pytest

from checker.claims import RuleExtractor
from checker.claims.decomposition import decompose
from checker.model import Article, Claim, Level, sha256_text


def _claims(text: str) -> tuple[Claim, ...]:
    return RuleExtractor().extract(Article(text, (), sha256_text(text))).claims


def _parts(text: str) -> set[str]:
    return {part.text for part in decompose(text)}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Marrow, a retired engineer, is the treasurer of the Selby Canal Trust, which has owned it since 2011.",
            {
                "Marrow is a retired engineer.",
                "Marrow is the treasurer of the Selby Canal Trust.",
                "The Selby Canal Trust has owned it since 2011.",
            },
        ),
        (
            "The contractor, Tarn Marine, drove 40 piles into the bed of the river.",
            {"Tarn Marine is the contractor.", "Tarn Marine drove 40 piles into the bed of the river."},
        ),
        (
            "The survey, the largest of its kind in the county, covered 812 farms.",
            {"The survey was the largest of its kind in the county.", "The survey covered 812 farms."},
        ),
        (
            "The biggest grant, £90,000, came from the Shore Fund.",
            {"The biggest grant was £90,000.", "The biggest grant came from the Shore Fund."},
        ),
        (
            "The appeal raised £5,200 from 88 people, most of whom live abroad.",
            {"The appeal raised £5,200 from 88 people.", "Most of the 88 people live abroad."},
        ),
        (
            "Last year 310 calves were born at Orley, of whom about half were sold.",
            {"Last year 310 calves were born at Orley.", "About half of the 310 calves were sold."},
        ),
        (
            "The repair cost £3.2 million, which was £300,000 less than estimated.",
            {"The repair cost £3.2 million.", "The repair cost £300,000 less than estimated."},
        ),
        (
            "The pass costs £31 a month, less than half of what the rail pass costs.",
            {"The pass costs £31 a month.", "The pass costs less than half of what the rail pass costs."},
        ),
        (
            "The scheme began in the spring of 2019, when the county closed the old road.",
            {"The scheme began in the spring of 2019.", "In the spring of 2019, the county closed the old road."},
        ),
        (
            "A tram has linked the towns since 1904, when the Tarnby Company began to carry milk.",
            {"A tram has linked the towns since 1904.", "In 1904, the Tarnby Company began to carry milk."},
        ),
        (
            "He took a place at Halden College, where Ida Lund taught him to weave.",
            {"He took a place at Halden College.", "At Halden College, Ida Lund taught him to weave."},
        ),
        (
            "The council approved the budget, with nine for and four against.",
            {"The council approved the budget.", "The council voted nine for and four against."},
        ),
        (
            "Pressure grew after the mill was inspected on 29 January.",
            {"Pressure grew after the mill was inspected on 29 January.", "The mill was inspected on 29 January."},
        ),
        (
            "The ship is 49 metres long and has room for 36 cars.",
            {"The ship is 49 metres long.", "The ship has room for 36 cars."},
        ),
        (
            "It was moved by Joan Lowe and seconded by Ivo Brandt.",
            {"It was moved by Joan Lowe.", "It was seconded by Ivo Brandt."},
        ),
        (
            "She was born in Tarnby in 1938, and grew up above a bakery.",
            {"She was born in Tarnby in 1938.", "She grew up above a bakery."},
        ),
        (
            "The firm has 1,200 employees and operates in 14 countries.",
            {"The firm has 1,200 employees.", "The firm operates in 14 countries."},
        ),
        (
            "The town council voted on Tuesday to replace the ferry and to keep its operator for a year.",
            {
                "The town council voted on Tuesday to replace the ferry.",
                "The town council voted on Tuesday to keep its operator for a year.",
            },
        ),
        (
            "The bridge opened in 1985 and the tunnel in 1990.",
            {"The bridge opened in 1985.", "The tunnel opened in 1990."},
        ),
        (
            "Tarnby won the cup in 1985 and the league in 1990.",
            {"Tarnby won the cup in 1985.", "Tarnby won the league in 1990."},
        ),
        (
            "The trial was registered in advance and the evaluators received no money from the firm.",
            {"The trial was registered in advance.", "The evaluators received no money from the firm."},
        ),
        (
            "Volunteers are wanted; more than 500 have put down their names.",
            {"Volunteers are wanted.", "More than 500 have put down their names."},
        ),
        (
            "The rota will be reviewed after six months, and the board has promised to publish the findings.",
            {"The rota will be reviewed after six months.", "The board has promised to publish the findings."},
        ),
    ],
)
def test_parts_that_can_be_wrong_alone_are_apart(text: str, parts: set[str]) -> None:
    """Appositions, relatives, comparisons, votes, dated clauses and shared verbs give full sentences, and no more."""
    assert _parts(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The man who robbed the bank was caught and the money that he took is lost.",
        "The boat that the police were seeking was found in May.",
        "The survey found the pier and the shed were unsafe.",
        "The plan backed by the council and the firm was dropped.",
        "A deal between the council and the firm was signed.",
        "The report blamed the council and the firm hired to run it.",
        "The man the police were seeking is in custody and has a lawyer.",
        "Reportedly, the mill closed in May, and the shop moved to Tarnby.",
        "If the vote fails, the mill closes in May and the shop moves.",
        "She left because the mill closed, and the shop moved to Tarnby.",
        "The driver, a careful man, got out to look.",
        "Ruiz, the mayor, and Lund, the clerk, resigned.",
        "The bridge over the Tame, a listed structure from 1790, was closed.",
        "There was £61 in it, and a note that says sorry.",
        "The shop sells boats and ships to Norway.",
        "It did not open in 1985 and the tunnel in 1990.",
        "All nine lay on the western side, where the sun sets.",
        "The next chance comes on 3 February 2027, when its shadow will cross the bay.",
        "The farm was sold to a man from Tarnby, where it never rains.",
        "The price was not £3 million, which was less than estimated.",
        "The levy will fall after the bridge is paid for in 2031.",
    ],
)
def test_what_hangs_together_stays_whole(text: str) -> None:
    """Restrictive clauses, conditions, doubts, shared objects and unclear subjects are never cut."""
    assert _parts(text) == {text}


def test_two_things_said_are_both_the_speakers() -> None:
    """ "Said that A and that B" is one attribution with two contents under it."""
    text = "Ivo Brandt, the clerk, said that Orley was the first lock to be sold and that four towns have since bid."
    claims = _claims(text)
    said = next(claim for claim in claims if claim.level is Level.ATTRIBUTION)
    told = {claim.text for claim in claims if claim.parent == said.id}
    assert told == {"Orley was the first lock to be sold.", "Four towns have since bid."}


def test_who_found_what_is_not_guessed() -> None:
    """Where a second "that" may hang on a verb inside, what is said stays one claim."""
    text = "Ivo Brandt said that the audit showed that the till was short and that the clerk had left."
    assert sum(claim.level is Level.CONTENT for claim in _claims(text)) == 1


def test_what_is_told_of_a_speaker_is_a_fact_of_its_own() -> None:
    """A relative clause about whoever speaks is the author's claim, and is not part of what is attributed."""
    claims = _claims("Ivo Brandt, who voted against the plan in May, said that the lock leaks badly.")
    assert [claim.text for claim in claims if claim.parent is None] == [
        "Ivo Brandt said that the lock leaks badly.",
        "Ivo Brandt voted against the plan in May.",
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Ana Ruiz met Bo Lund in May, and she has kept the letter.", "She has kept the letter."),
        ("Ana Ruiz resigned in May. A clerk said that he would look at the case.", "He would look at the case."),
        ("Ana Ruiz told the board that she had paid for the pump.", "Ana Ruiz had paid for the pump."),
    ],
)
def test_a_pronoun_after_another_name_is_not_guessed(text: str, last: str) -> None:
    """ "She" inside a sentence is named only where the sentence and what came before leave one person."""
    assert _claims(text)[-1].text == last


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        (
            "The appeal raised £5,200 from 88 people, most of whom live abroad.",
            ["The appeal raised £5,200 from 88 people", "most of whom live abroad"],
        ),
        (
            "The scheme began in the spring of 2019, when the county closed the old road.",
            ["The scheme began in the spring of 2019", "when the county closed the old road"],
        ),
        ("The bridge opened in 1985 and the tunnel in 1990.", ["The bridge opened in 1985", "the tunnel in 1990."]),
    ],
)
def test_a_part_lies_on_its_own_words(text: str, stretches: list[str]) -> None:
    """The span of a part is the stretch of its own clause."""
    assert [part.span.of(text) for part in decompose(text)] == stretches
