"""The draft against itself: what two places of it cannot both say, and all that must not be taken for that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import Article, Clash, Inconsistency
from checker.reading import read_document
from checker.settings import load_settings
from checker.verify.consistency import inconsistencies

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
SETTINGS = load_settings(ROOT, environ={})
DAY = date(2025, 3, 14)  # a Friday


def draft(text: str, published: date | None = DAY) -> Article:
    """The article that `text` is read as: Markdown where it opens with a heading, else plain text."""
    name = "draft.md" if text.startswith("#") else "draft.txt"
    document = read_document(text.encode(), name=name, purpose="draft", settings=SETTINGS.reading)
    return Article.from_document(document, published=published)


def told(text: str) -> list[tuple[Clash, str, str]]:
    """Code and words of each inconsistency found in `text`."""
    article = draft(text)
    return [(item.code, item.first.of(article.text), item.second.of(article.text)) for item in inconsistencies(article)]


@pytest.mark.parametrize(
    ("text", "code", "first", "second"),
    [
        (
            "312,000 passengers used the ferry.\n\nThe line carried 321,000 passengers last year.",
            Clash.TWO_VALUES, "312,000", "321,000",
        ),
        (
            "# Council backs £18.4m ferry\n\nThe Kittiwake is being built in Gothenburg for £14.8 million.",
            Clash.TWO_VALUES, "£18.4m", "£14.8 million",
        ),
        (
            "# Three killed in Millbrook crash\n\nFour people were killed in a crash at Millbrook on Friday.",
            Clash.TWO_VALUES, "Three", "Four",
        ),
        (
            "The trust employs 38 people. It is old.\n\nThe trust employs 42 people.",
            Clash.TWO_VALUES, "38", "42",
        ),
        (
            "The bridge is 85 metres long. It is old.\n\nThe bridge is 95 metres long.",
            Clash.TWO_VALUES, "85 metres", "95 metres",
        ),
        (
            "It passed with nine for, four against and one abstention. The 15 members present then left.",
            Clash.SUM, "nine for, four against and one abstention", "The 15 members present",
        ),
        ("45 people came: 20 men, 15 women and 12 children.", Clash.SUM, "45", "20 men, 15 women and 12"),
        ("The survey listed seven defects, nine of them serious.", Clash.SUM, "seven", "nine"),
        ("The work fell to 10 of the nine members.", Clash.SUM, "10", "nine"),
        (
            "In the poll 60 per cent were for it, 35 per cent against and 15 per cent undecided.",
            Clash.SUM, "60 per cent", "35 per cent against and 15 per cent",
        ),
        (
            "They promised it on six occasions in 1985, 1992, 1994, 2005 and 2007.",
            Clash.SUM, "six", "1985, 1992, 1994, 2005 and 2007",
        ),
        ("The council met on Monday, 11 March 2025.", Clash.WEEKDAY, "Monday", "11 March 2025"),
        ("The council met on Monday 11 March.", Clash.WEEKDAY, "Monday", "11 March"),
        ("She led it from 1985 to 1995, twelve years.", Clash.DURATION, "1985 to 1995", "twelve years"),
        ("She led it for twelve years, from 1985 to 1995.", Clash.DURATION, "twelve years", "1985 to 1995"),
        ("It opened in 1985 and closed ten years later, in 1997.", Clash.DURATION, "ten", "1997"),
        ("It opened 30 years ago, in 1985.", Clash.DURATION, "30", "1985"),
        ("Ann Lee, 46, who was born in 1974, said so.", Clash.AGE, "46", "1974"),
        ("Ann Lee (born 3 May 1974) runs it.\n\nLee, 46, is proud of it.", Clash.AGE, "1974", "46"),
        ("Ann Lee, 46, said so.\n\nThe chair was Ann Lee, 48.", Clash.AGE, "46", "48"),
        ("Ann Lee (1950-2010) died in 2010 aged 64.", Clash.AGE, "1950", "64"),
        (
            "Finance director Ann Lee said so.\n\nAnn Lee, the managing director, left.",
            Clash.OFFICE, "Finance director", "managing director",
        ),
        ("The mayor, Jo Lund, spoke.\n\nJo Lund, the deputy mayor, spoke.", Clash.OFFICE, "mayor", "deputy mayor"),
        ("Neil Farrant voted.\n\nMr Farrant is old. Ms Farrant left.", Clash.OFFICE, "Mr", "Ms"),
        ("Margaret Tollefsen spoke.\n\nTollefson left.", Clash.SPELLING, "Margaret Tollefsen", "Tollefson"),
        (
            "The vessel was the Port Wexham Star.\n\nThe Port Wexam Star sailed.",
            Clash.SPELLING, "Port Wexham Star", "Port Wexam Star",
        ),
    ],
)  # fmt: skip
def test_what_cannot_both_be_right_is_found(text: str, code: Clash, first: str, second: str) -> None:
    """Each kind of inconsistency is found once, with the very words of both places."""
    assert told(text) == [(code, first, second)]


CONSISTENT = (
    # another time, place, group or thing
    "Last year 312,000 passengers used the ferry.\n\nIn 2021 the line carried 321,000 passengers.",
    "Leeds had 1,240 pupils.\n\nBradford had 1,420 pupils.",
    "The firm employed 400 people when it opened.\n\nThe firm employs 900 people.",
    "The firm employs 400 people in Leeds.\n\nThe firm employs 900 people in York.",
    "On Monday police arrested 20 people.\n\nOn Tuesday police arrested 30 people.",
    "Police arrested 20 men. Police arrested 30 women.",
    "The motion got 312 votes. The amendment got 321 votes.",
    "The bridge is 85 metres long. The old bridge was 95 metres long.",
    "He scored 123 runs in the first innings and 132 runs in the second.",
    "It costs £123. It used to cost £132.",
    "The house was sold for £250,000. A flat went for £520,000.",
    # said loosely, or by somebody else
    "More than 312,000 passengers used the ferry.\n\nThe line carried 321,000 passengers last year.",
    "“We had 321,000 passengers last year,” she said.\n\nThe ferry carried 312,000 passengers last year.",
    "# Council to spend £3m on roads\n\nThe council will spend £2.96 million on roads.",
    "# Council to spend £3m on roads\n\nThe council will spend £1.2 million on roads in the north. "
    "The council will spend £1.8 million on roads in the south.",
    "“We met on Monday 11 March,” he said.",
    "About ten years, from 1985 to 1997, were lost.",
    # sums that need not add up
    "It passed with nine for, four against and one abstention. The 14 members present then left.",
    "The motion passed by nine votes to four. The 15 members present then left.",
    "The 15-member council voted nine to four.",
    "There were 45 people on board, including 20 men and 15 women.",
    "Of the 120 jobs, 80 are full-time and 30 part-time.",
    "60 per cent own a car, 50 per cent a bike and 20 per cent a boat.",
    "Some 60 per cent of men and 70 per cent of women agreed.",
    "They promised it on five occasions in 1985, 1992, 1994, 2005 and 2007.",
    "They won it six times, most recently in 2005 and 2007.",
    "The grants were £2 million, £1.4 million and £1.3 million, a total of £5 million.",
    # years that fit
    "The council met on Tuesday, 11 March 2025. It meets again on Friday, 14 March.",
    "In 1962 the town woke up. On Monday 11 March it snowed.",
    "She led it from 1985 to 1995, eleven years.",
    "It was built between 1985 and 1995, five years late.",
    "He was jailed for 12 years (2003-2010).",
    "She was mayor for 12 years, from 1990 to 1996 and from 2000 to 2006.",
    "Ann Lee, 50, who was born in 1974, said so.",
    "Ann Lee, 51, who was born in 1974, said so.",
    "Ann Lee, 46, said so.\n\nIn 2021 Ann Lee, 42, moved to York.",
    "Ann Lee, 46, and Bo Lee, 48, said so.",
    # people
    "Finance director Ann Lee said so.\n\nAnn Lee, the former managing director, left.",
    "The managing director and finance director, Ann Lee, spoke. Finance director Ann Lee left.",
    "The mayor, Jo Lund, spoke.\n\nThe deputy mayor, Kim Roe, spoke.",
    "Neil Farrant and his wife left. Mr Farrant is old. Mrs Farrant said so.",
    "Maria Lopez and Mario Lopez spoke.",
    "Ivan Petrov said so. Elena Petrova said no. Petrov left. Petrova stayed.",
    "Upper Hutton and Upper Sutton are villages.",
)


@pytest.mark.parametrize("text", CONSISTENT)
def test_what_can_both_be_right_is_left_alone(text: str) -> None:
    """Other times, places and things, rounding, loose words, quoted speech and open lists are no inconsistency."""
    assert told(text) == []


@given(st.lists(st.sampled_from(CONSISTENT), min_size=1, max_size=3, unique=True), st.integers(1000, 9999))
def test_saying_a_thing_twice_alike_is_consistent(parts: list[str], count: int) -> None:
    """A draft that repeats itself word for word clashes no more than it did, whatever the figure."""
    text = f"The harbour trust counted {count:,} seals."
    assert told(f"{text}\n\n{parts[0]}\n\n{text}") == []


@given(st.integers(1900, 2020), st.integers(2, 60))
def test_spans_that_fit_their_years_are_consistent(start: int, years: int) -> None:
    """The right span is never told of, and one that is three years off always is."""
    assert told(f"She ran it from {start} to {start + years}, {years} years.") == []
    assert len(told(f"She ran it from {start} to {start + years}, {years + 3} years.")) == 1


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 400))
def test_votes_that_add_up_are_consistent(yes: int, no: int, neither: int) -> None:
    """A vote clashes with those present exactly where its sides do not make them."""
    vote = f"The motion passed with {yes} for, {no} against and {neither} abstentions. The {{}} members present left."
    assert told(vote.format(yes + no + neither)) == []
    assert [code for code, _, _ in told(vote.format(yes + no + neither + 2))] == [Clash.SUM]


def test_a_spelling_that_stands_often_is_suggested() -> None:
    """Only a spelling that the draft has three times against one is suggested."""
    often = "The Port Wexham Star sailed. The Port Wexham Star sank. The Port Wexham Star was raised.\n\n"
    (item,) = inconsistencies(draft(f"{often}The Port Wexam Star is old."))
    assert item.suggestion == "Port Wexham Star"
    (item,) = inconsistencies(draft("The Port Wexham Star sailed.\n\nThe Port Wexam Star is old."))
    assert item.suggestion is None


def test_markup_and_tables_are_read_past() -> None:
    """Emphasis does not hide a figure, and spans are the draft's own; tables are not read."""
    table = "| staff | seats |\n|-|-|\n| 38 people | 42 people |\n"
    text = f"# Ferry\n\nThe trust employs **38** people. It is old.\n\nThe trust *employs* 42 people.\n\n{table}"
    assert told(text) == [(Clash.TWO_VALUES, "38", "42")]


def test_the_places_of_an_inconsistency_are_in_order() -> None:
    """An inconsistency names two places that do not overlap, the first one first."""
    article = draft("It passed with nine for, four against and one abstention. The 15 members present then left.")
    (item,) = inconsistencies(article)
    assert item.id == "i1"
    assert item.first.end <= item.second.start
    with pytest.raises(ValueError, match="not two places"):
        Inconsistency("i1", Clash.SUM, item.second, item.first, "")


def test_the_demo_does_not_contradict_itself() -> None:
    """The example draft is wrong in many places, but never against itself."""
    text = (ROOT / "examples" / "ferry.md").read_bytes()
    document = read_document(text, name="ferry.md", purpose="draft", settings=SETTINGS.reading)
    assert inconsistencies(Article.from_document(document)) == ()


@pytest.mark.skipif(not SEED.exists(), reason="the article the program serves is not beside the checkout")
def test_the_seed_article_does_not_contradict_itself() -> None:
    """No false alarm on the real article."""
    assert inconsistencies(draft(SEED.read_text(encoding="utf-8"), None)) == ()
