"""Quantities of a claim held against one sentence: a table over many fields, and properties that always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.quantities import check_quantities

A, C, S = Relation.AGREES, Relation.CONFLICTS, Relation.SILENT
CONVERTED, MISMATCH, UNIT = ReasonCode.UNIT_CONVERTED, ReasonCode.QUANTITY_MISMATCH, ReasonCode.UNIT_MISMATCH

# (claim, sentence, relation of each quantity of the claim, code of the last one or None)
LENGTHS = [
    ("The quarry is 85 miles from the border.", "The quarry lies 85 kilometers from the border.", "C", UNIT),
    ("The quarry is 53 miles from the border.", "The quarry lies 85 kilometers from the border.", "A", CONVERTED),
    ("The quarry is 85 km from the border.", "The quarry lies 85 kilometres from the border.", "A", None),
    ("The quarry is 85 miles from the capital.", "The quarry lies 85 miles from the border.", "S", None),
    ("The quarry is 85 miles from the capital.", "The quarry lies 85 kilometers from the border.", "S", None),
    ("The quarry is 40 miles from the border.", "The quarry lies 85 miles from the border.", "C", MISMATCH),
    (
        "The quarry is 135 km from the border.",
        "The quarry lies 85 km from the border and 135 km from Dorn.",
        "C",
        MISMATCH,
    ),
    ("The quarry is 85 km from the border.", "The quarry lies 85 km from the border and 135 km from Dorn.", "A", None),
    ("The quarry is 85 miles from the border.", "The quarry lies 85 km (53 miles) from the border.", "C", UNIT),
    ("The quarry is 53 miles from the border.", "The quarry lies 85 km (53 miles) from the border.", "A", None),
    ("The quarry is 85 miles from Dorn.", "The quarry lies 85 km (53 miles) from the border.", "S", None),
    ("The tower is 984 feet wide.", "The tower is 300 metres (984 feet) tall.", "S", None),
    ("The trail is 3 miles long.", "The trail is 4.8 km long.", "A", CONVERTED),
    ("The trail is 3 miles long.", "The trail is 3 km long.", "C", UNIT),
    ("The trail is 30 miles long.", "The trail is 48 km long.", "A", CONVERTED),
    ("The wall is 6 feet 2 inches tall.", "The wall is 1.88 metres tall.", "A", CONVERTED),
    ("The tower is 300 metres tall.", "The tower stands 300 feet tall.", "C", UNIT),
    ("The tower is 300 metres tall.", "The tower is 300 metres wide.", "S", None),
    (
        "The village stands 2,000 feet above sea level.",
        "The village stands 610 metres above sea level.",
        "A",
        CONVERTED,
    ),
    ("The village stands 2,000 feet above sea level.", "The village stands 2,000 metres above sea level.", "C", UNIT),
    ("Half a mile of track was replaced.", "Workers replaced 0.5 miles of track.", "A", None),
    ("The ferry runs within 5 miles of the coast.", "The ferry runs within 5 miles of the coast.", "A", None),
    ("The pipe is 12 inches wide.", "The pipe is 30.5 centimeters wide.", "A", CONVERTED),
    ("The runway is about 85 miles away.", "The runway is 60 miles away.", "C", MISMATCH),
    ("A five-mile road was paved.", "Crews paved the 8-kilometer road.", "A", CONVERTED),
]
OTHER_MEASURES = [
    ("The reserve covers 100 acres.", "The reserve covers 40.5 hectares.", "A", CONVERTED),
    ("The reserve covers 100 acres.", "The reserve covers 100 hectares.", "C", UNIT),
    ("The reserve covers 2 square miles.", "The reserve covers 5.2 square kilometers.", "A", CONVERTED),
    ("The tank holds 500 gallons.", "The tank holds 500 liters.", "C", UNIT),
    ("The tank holds 50 gallons.", "The tank holds 189 liters.", "A", CONVERTED),
    ("The whale weighed 20 tonnes.", "The whale weighed 20,000 kilograms.", "A", CONVERTED),
    ("The parcel weighed 10 pounds.", "The parcel weighed 10 kilograms.", "C", UNIT),
    ("A magnitude 6.1 quake struck Dorn.", "A 6.4-magnitude quake struck Dorn.", "C", MISMATCH),
    ("The parcel weighed 22 pounds.", "The parcel weighed 10 kg.", "A", CONVERTED),
    ("Winds reached 75 mph.", "Winds reached 121 km/h.", "A", CONVERTED),
    ("Winds reached 75 mph.", "Winds reached 75 km/h.", "C", UNIT),
    ("Winds reached 75 miles per hour.", "Winds reached 90 miles per hour.", "C", MISMATCH),
    ("The oven was heated to 212 degrees Fahrenheit.", "The oven was heated to 100 degrees Celsius.", "A", CONVERTED),
    ("Temperatures reached 35 degrees Celsius.", "Temperatures reached 35 degrees Fahrenheit.", "C", UNIT),
    ("Temperatures reached 95 F.", "Temperatures reached 35 degrees Celsius.", "A", CONVERTED),
    ("Temperatures reached 95F.", "Temperatures reached 35C.", "A", CONVERTED),
    ("Temperatures fell to minus 5 degrees Celsius.", "Temperatures fell to 5 degrees Celsius.", "C", MISMATCH),
    ("Temperatures fell to 5 degrees below zero.", "Temperatures fell to minus 5 degrees.", "A", None),
    ("Temperatures rose by 5 degrees Celsius.", "Temperatures rose by 9 degrees Fahrenheit.", "A", CONVERTED),
    ("Temperatures rose by 5 degrees Celsius.", "Temperatures rose to 41 degrees Fahrenheit.", "S", None),
    ("The plant makes 500 megawatts.", "The plant makes 0.5 gigawatts.", "A", CONVERTED),
    ("The outage lasted 90 minutes.", "The outage lasted an hour and 30 minutes.", "A", None),
    ("The outage lasted 90 minutes.", "The outage lasted 1.5 hours.", "A", CONVERTED),
    ("The outage lasted two and a half hours.", "The outage lasted 2.5 hours.", "A", None),
    ("The outage lasted three hours.", "The outage lasted two hours.", "C", MISMATCH),
    ("The outage lasted one hour.", "The outage lasted an hour.", "A", None),
    ("The trial ran for 24 hours.", "The trial ran for one day.", "A", CONVERTED),
    ("The lease runs for 12 months.", "The lease runs for one year.", "A", CONVERTED),
    ("The lease runs for 20 years.", "The lease runs for 12 years.", "C", MISMATCH),
    ("The file holds 2 gigabytes.", "The file holds 2 megabytes.", "C", UNIT),
]
COUNTS = [
    ("The county owns three bridges.", "The county owns three bridges.", "A", None),
    ("The county owns 3 bridges.", "The county owns three bridges.", "A", None),
    ("The county owns three bridges.", "The county owns five bridges.", "C", MISMATCH),
    ("The county owns three bridges.", "The county owns five ferries.", "S", None),
    ("The county owns three stone bridges.", "The county owns five wooden bridges.", "S", None),
    ("The county owns three bridges.", "The county owns five wooden bridges.", "S", None),
    ("The county owns two dozen bridges.", "The county owns 24 bridges.", "A", None),
    ("More than a dozen bridges were closed.", "Officials closed 16 bridges.", "A", None),
    ("More than a dozen bridges were closed.", "Officials closed 9 bridges.", "C", MISMATCH),
    ("Nearly 500 homes lost power.", "The storm left 492 homes without power.", "A", None),
    ("Nearly 500 homes lost power.", "In all 512 homes lost power.", "C", MISMATCH),
    ("At least 3 homes burned.", "Fire crews said 5 homes burned.", "A", None),
    ("At least 3 homes burned.", "Fire crews said 2 homes burned.", "C", MISMATCH),
    ("Up to 50 homes burned.", "Fire crews said up to 50 homes burned.", "A", None),
    ("Up to 50 homes burned.", "Fire crews said 60 homes burned.", "C", MISMATCH),
    ("Up to 50 homes burned.", "Fire crews said 20 homes burned.", "S", None),
    ("Fewer than 20 homes burned.", "Fire crews said 18 homes burned.", "A", None),
    ("Fewer than 20 homes burned.", "Fire crews said 25 homes burned.", "C", MISMATCH),
    ("Five homes burned.", "At least three homes burned.", "S", None),
    ("Two homes burned.", "At least three homes burned.", "C", MISMATCH),
    ("The city has 4.5 million residents.", "The city has 4,523,000 residents.", "A", None),
    ("The city has 4,523,000 residents.", "The city has 4.5 million residents.", "S", None),
    ("The city has 5.4 million residents.", "The city has 4,523,000 residents.", "C", MISMATCH),
    ("The city has about 4 million residents.", "The city has 4,200,000 residents.", "A", None),
    ("Half a million residents fled.", "Some 500,000 residents fled.", "A", None),
    ("The march drew 10 to 12 musicians.", "The march drew 11 musicians.", "A", None),
    ("The march drew 11 musicians.", "The march drew between 10 and 12 musicians.", "S", None),
    ("The march drew 15 musicians.", "The march drew between 10 and 12 musicians.", "C", MISMATCH),
    ("The march drew 5 to 12 musicians.", "The march drew 10 to 12 musicians.", "S", None),
    ("The march drew 10-12 musicians.", "The march drew 20 musicians.", "C", MISMATCH),
    ("The march drew hundreds of musicians.", "The march drew 450 musicians.", "A", None),
    ("The march drew 120 musicians.", "The march drew 130 musicians.", "C", MISMATCH),
    ("The march drew 500 musicians.", "The march drew 512 musicians.", "S", None),
    ("Five people were killed.", "Three people were killed and five were injured.", "C", MISMATCH),
    ("Three people were killed.", "Three people were killed and five were injured.", "A", None),
    ("Five people were injured.", "Three people were killed and five injured.", "A", None),
    ("Three members of the council left.", "Three of the nine council members left.", "A", None),
    ("Nine members left.", "Three of the nine members left.", "S", None),
    ("Three of the nine members left.", "Three of the nine members left.", "AA", None),
    ("Three of the nine members left.", "Five of the nine members left.", "CA", None),
    ("One person was hurt in the crash.", "A person was hurt in the crash.", "A", None),
    ("One person was hurt in the crash.", "Two persons were hurt in the crash.", "C", MISMATCH),
    ("A crane fell on two cars.", "A crane fell on a car.", "S", None),
    ("The 12-member board met.", "The board of 12 members met.", "A", None),
    ("The depot will hire 50 drivers.", "The depot hired 30 drivers.", "S", None),
    ("In 2014 the depot had 50 drivers.", "In 2018 the depot had 60 drivers.", "S", None),
    ("The Alder depot has 50 drivers.", "The Birch depot has 60 drivers.", "S", None),
    ("The depot cut 40 jobs.", "The depot cut 60 jobs.", "C", MISMATCH),
    ("The village has a population of 528.", "The village had a population of 528 people.", "A", None),
    ("The village has a population of 528.", "The village has 264 inhabitants.", "C", MISMATCH),
    ("The fair drew more than 50 traders.", "The fair drew more than 80 traders.", "S", None),
    ("The mill was the first steam mill.", "The mill was not the second steam mill.", "S", None),
    ("The hall has one oak door.", "The hall has just one door.", "A", None),
    ("The depot cut 40 jobs.", "The depot added 40 jobs.", "C", MISMATCH),
    ("The depot has 40 buses.", "The depot bought another 10 buses.", "S", None),
]
MONEY = [
    ("The bridge cost $5 million.", "The bridge cost $5,000,000.", "A", None),
    ("The bridge cost 5 million dollars.", "The bridge cost $5 million.", "A", None),
    ("The bridge cost $5m.", "The bridge cost $5 million.", "A", None),
    ("The bridge cost $5 million.", "The bridge cost $5 billion.", "C", MISMATCH),
    ("The bridge cost $5 million.", "The bridge cost £5 million.", "C", UNIT),
    ("The bridge cost $5 million.", "The bridge cost £4 million.", "S", None),
    ("The bridge cost £3bn.", "The bridge cost 3 billion pounds.", "A", None),
    ("The bridge cost €2.4 million.", "The bridge cost 2.4 million euros.", "A", None),
    ("A ticket costs 75 cents.", "A ticket costs $0.75.", "A", None),
    ("A ticket costs $2.50.", "A ticket costs $3.50.", "C", MISMATCH),
    ("The levy costs $50 per household.", "The levy costs $50 per household.", "A", None),
    ("The levy costs $50 per household.", "The levy costs $50 million.", "S", None),
    ("The levy costs $50 a year.", "The levy costs $50 a month.", "S", None),
    ("The price doubled.", "The price rose from $40 to $80.", "A", None),
    ("The price doubled.", "The price rose from $40 to $120.", "C", MISMATCH),
    ("Sales reached $4.1 million.", "Sales rose from $3.2 million in spring to $4.1 million.", "A", None),
    ("The price tripled.", "The price doubled.", "C", MISMATCH),
    ("The price rose from $40 to $80.", "The price rose from $40 to $90.", "AC", MISMATCH),
    ("The fund holds $4-5 million.", "The fund holds $4.4 million.", "A", None),
    ("The fund holds $4-5 million.", "The fund holds $7 million.", "C", MISMATCH),
]
SHARES = [
    ("Turnout rose 5 percent.", "Turnout rose 5%.", "A", None),
    ("Turnout rose 5 percent.", "Turnout fell 5 percent.", "C", MISMATCH),
    ("Turnout rose 5 percent.", "Turnout rose 5 percentage points.", "S", None),
    ("Turnout rose 5 percent.", "Turnout rose to 5 percent.", "S", None),
    ("Turnout rose 5 percent.", "Turnout rose 7 percent.", "C", MISMATCH),
    ("Turnout rose 3 percent.", "Turnout rose 3.2 percent.", "A", None),
    ("Turnout rose 3.2 percent.", "Turnout rose 3 percent.", "S", None),
    ("Turnout rose from 40 to 45 percent.", "Turnout rose from 40 percent to 45 percent.", "AA", None),
    ("Turnout was 45 percent.", "Turnout rose from 40 to 45 percent.", "A", None),
    ("The rate rose 25 basis points.", "The rate rose 0.25 percentage points.", "A", None),
    ("Half of the council resigned.", "Fifty percent of the council resigned.", "A", None),
    ("One in five residents is over 65.", "Of residents, 20 percent are over 65.", "AA", None),
    ("One in five residents rents.", "One in three residents rents.", "C", MISMATCH),
    ("Two-thirds of voters backed the plan.", "The plan was backed by 67 percent of voters.", "A", None),
    ("Two-thirds of voters backed the plan.", "The plan was backed by 40 percent of voters.", "C", MISMATCH),
    ("A third of voters backed the plan.", "A third of farmers backed a plan.", "S", None),
    ("Nearly half of voters backed the plan.", "The plan was backed by 48 percent of voters.", "A", None),
]
VOTES_AGES_ORDINALS = [
    ("The council voted 5-2 to approve the plan.", "The council voted 5 to 2 to approve the plan.", "A", None),
    ("The council voted 5-2 to approve the plan.", "The plan was approved by five votes to two.", "A", None),
    ("The council approved the plan 5–2.", "The council approved the plan 4-3.", "C", MISMATCH),
    ("The council voted 5-2 to approve the plan.", "Five members voted in favor and two against.", "A", None),
    ("The council voted 5-2 to approve the plan.", "The council voted 5-2 to reject the plan.", "S", None),
    ("Rovers won 3-1.", "Rovers won 3-1.", "A", None),
    ("Rovers won 3-1.", "Rovers lost 1-3.", "S", None),
    ("Ida Moss, 34, was elected.", "Ida Moss, aged 34, was elected.", "A", None),
    ("Ida Moss, 34, was elected.", "The 36-year-old Ida Moss was elected.", "C", MISMATCH),
    ("Ida Moss was 34 when she was elected.", "Ida Moss was elected at the age of 34.", "A", None),
    ("Ida Moss is 34 years old.", "Ida Moss served for 34 years.", "S", None),
    ("It is her second term as mayor.", "It is her third term as mayor.", "C", MISMATCH),
    ("It is her second term as mayor.", "It is her 2nd term as mayor.", "A", None),
    ("Its seventh season was short.", "Its seventh and final season was short, unlike its sixth season.", "A", None),
    ("The second meeting was short.", "The third hearing was short.", "S", None),
    ("Alder finished third in the race.", "Alder finished 3rd in the race.", "A", None),
]
NONE_AT_ALL = [
    ("Route 9 was closed on June 12, 2018.", "Route 10 was closed.", "", None),
    ("The Boeing 737 landed at 7 p.m.", "The Boeing 747 landed at 8 p.m.", "", None),
    ("Covid-19 spread in the G7 states.", "Nothing spread.", "", None),
    ("One of the drivers called 555-0142.", "Two drivers called.", "", None),
    ("No one was hurt, and the new one works.", "Two were hurt.", "", None),
    ("See Section 12 and Room 4.", "See Section 13.", "", None),
    ("A bridge fell.", "Two bridges fell.", "", None),
]
TABLE = [*LENGTHS, *OTHER_MEASURES, *COUNTS, *MONEY, *SHARES, *VOTES_AGES_ORDINALS, *NONE_AT_ALL]


def found(claim: str, sentence: str) -> tuple[Finding, ...]:
    return check_quantities(claim, sentence, Context())


@pytest.mark.parametrize(("claim", "sentence", "relations", "code"), TABLE)
def test_quantities_of_a_claim(claim: str, sentence: str, relations: str, code: ReasonCode | None) -> None:
    """Each quantity of the claim agrees, conflicts or is not spoken of, and the fault has its code."""
    findings = found(claim, sentence)
    letters = "".join({A: "A", C: "C", S: "S"}[item.relation] for item in findings)
    assert letters == relations, [(item.claim.of(claim), item.note) for item in findings]
    if relations and code is not None:
        assert findings[-1].code is code
    for item in findings:
        assert item.relation is not C or (item.note and item.source is not None)


@pytest.mark.parametrize(
    ("claim", "sentence", "suggestion"),
    [
        (
            "The quarry is 85 miles from the border.",
            "The quarry lies 85 kilometers from the border.",
            "85 kilometers (53 miles)",
        ),
        (
            "The quarry is 85 miles from the harbour.",
            "The quarry lies 85 km from the harbour.",
            "85 kilometres (53 miles)",
        ),
        ("The quarry is 85 mi from the border.", "The quarry lies 85 kilometers from the border.", "85 km (53 mi)"),
        ("The quarry is about 85 miles away.", "The quarry lies 85 km (53 miles) away.", "85 kilometers (53 miles)"),
        ("The 85-mile road was paved.", "The 85-kilometer road was paved.", "85-kilometer (53-mile)"),
        ("The county owns three bridges.", "The county owns five bridges.", "five"),
        ("Three bridges are owned by the county.", "The county owns five bridges.", "Five"),
        ("The bridge cost $5 million.", "The bridge cost $7 million.", "$7 million"),
        ("Turnout rose 5 percent.", "Turnout fell 5 percent.", None),
        ("Nearly 500 homes lost power.", "In all 512 homes lost power.", None),
        ("The bridge cost $5 million.", "The bridge cost £5 million.", None),
    ],
)
def test_suggestion(claim: str, sentence: str, suggestion: str | None) -> None:
    """A correction in the claim's own manner is offered where it is certain, and only there."""
    (item,) = found(claim, sentence)
    assert item.relation is C
    assert item.suggestion == suggestion


def test_the_note_names_both_texts() -> None:
    """A conflict shows the words of the source beside those of the claim."""
    (item,) = found("The tank holds 500 gallons.", "The tank holds 500 liters.")
    assert "500 gallons" in item.note
    assert "500 liters" in item.note


def test_a_long_row_of_quantities_is_settled() -> None:
    """A claim with many quantities has one finding for each, in order."""
    claim = "The bill passed 5-2, costs $4 million, covers 30 miles and serves 12,000 people."
    findings = found(claim, claim)
    assert [item.claim.of(claim) for item in findings] == ["5-2", "$4 million", "30 miles", "12,000"]


SENTENCES = sorted({text for row in TABLE for text in row[:2]})
PIECES = st.sampled_from(
    """about nearly more than at least up to from between and to 5 12 500 4.5 million % percent points
    miles km $ £ dollars one two three half of the third second people bridges rose fell by voted 5-2 ,
    . ( ) - – ½ ² °C degrees a year old 1,200 3½ été 😀""".split()
)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_never_conflicts_with_itself(text: str) -> None:
    """What is held against itself agrees or is silent, and every plain number of it agrees."""
    assert {item.relation for item in found(text, text)} <= {A}


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map(" ".join))
def test_spans_are_in_range(claim: str, sentence: str) -> None:
    """Whatever the words, spans lie in their texts, in order, and no text conflicts with itself."""
    findings = found(claim, sentence)
    assert all(item.claim.end <= len(claim) for item in findings)
    assert all(item.source is None or item.source.end <= len(sentence) for item in findings)
    assert [item.claim for item in findings] == sorted(item.claim for item in findings)
    assert C not in {item.relation for item in found(claim, claim)}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """No text, however odd, stops the check or conflicts with itself."""
    assert C not in {item.relation for item in found(text, text)}


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 2000), st.sampled_from(["miles", "pounds", "acres", "gallons", "mph"]))
def test_a_true_conversion_never_conflicts(value: int, unit: str) -> None:
    """A quantity converted and rounded to a whole number is never called wrong, and from ten up it agrees."""
    other, factor = {
        "miles": ("kilometers", 1.609344),
        "pounds": ("kilograms", 0.45359237),
        "acres": ("hectares", 0.40468564),
        "gallons": ("liters", 3.785411784),
        "mph": ("km/h", 1.609344),
    }[unit]
    (item,) = found(f"The crate had {value} {unit} to go.", f"The crate had {round(value * factor)} {other} to go.")
    assert item.relation is not C
    assert item.relation is A or value * factor < 10 or factor < 1
