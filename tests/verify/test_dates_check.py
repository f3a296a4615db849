"""Dates of a claim against one sentence: containment, slots, bounds, relative dates, and what is left open."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model import ReasonCode
from checker.verify.checks.dates import check_dates
from checker.verify.checks.findings import Context, Relation

AGREES, CONFLICTS, SILENT = Relation.AGREES, Relation.CONFLICTS, Relation.SILENT
CLAIM_DAY, SOURCE_DAY = date(2024, 6, 20), date(2024, 6, 19)  # a Thursday, a Wednesday
DATED = Context(claim_date=CLAIM_DAY, source_date=SOURCE_DAY)
UNDATED = Context()

ABSOLUTE = [
    ("The bridge opened on 12 June 2023.", "The bridge opened on June 12, 2023.", AGREES),
    ("The bridge opened on 12 June 2023.", "The bridge opened on 2023-06-12.", AGREES),
    ("The bridge opened on 12 June 2023.", "The bridge opened to traffic on Monday, 12 June 2023.", AGREES),
    ("The bridge opened in June 2023.", "The bridge opened on 12 June 2023.", AGREES),
    ("The bridge opened in 2023.", "The bridge opened on 12 June 2023.", AGREES),
    ("The bridge opened in the 2020s.", "The bridge opened in 2023.", AGREES),
    ("The bridge opened in early 2023.", "The bridge opened in February 2023.", AGREES),
    ("The bridge opened on Sept. 4, 2023.", "The bridge opened on 4 September 2023.", AGREES),
    ("The bridge opened in the first quarter of 2023.", "The bridge opened on 3 March 2023.", AGREES),
    ("The bridge opened in the summer of 2023.", "The bridge opened on 3 July 2023.", AGREES),
    ("The bridge opened on 12 June 2023.", "The bridge opened in June 2023.", SILENT),
    ("The bridge opened on 12 June 2023.", "The bridge opened in 2023.", SILENT),
    ("The bridge opened in June 2023.", "The bridge opened in 2023.", SILENT),
    ("The bridge opened in June 2023.", "The bridge opened in the summer of 2023.", SILENT),
    ("The bridge opened on 12 June 2023.", "The bridge opened to great applause.", SILENT),
    ("The bridge opened on 12 June 2023.", "The bridge opened on 14 June 2023.", CONFLICTS),
    ("The bridge opened on 12 June 2023.", "The bridge opened in May 2023.", CONFLICTS),
    ("The bridge opened in June 2023.", "The bridge opened on 3 July 2023.", CONFLICTS),
    ("The bridge opened in 2022.", "The bridge opened in 2023.", CONFLICTS),
    ("The bridge opened in 2022.", "The bridge was opened to traffic on 12 June 2023.", CONFLICTS),
    ("The mill was built in 1887.", "Built in 1878, the mill stood by the river.", CONFLICTS),
    ("The school was founded in 1964.", "The school was founded in 1946 by two teachers.", CONFLICTS),
    ("The council approved the budget on March 3, 2024.", "The council passed the budget on March 5, 2024.", CONFLICTS),
    ("The bridge opened in the spring of 2023.", "The bridge opened in the autumn of 2023.", SILENT),
    ("Sales peaked in the first quarter of 2023.", "Sales peaked in the second quarter of 2023.", SILENT),
    ("Sales peaked in fiscal 2023.", "Sales peaked in 2022.", SILENT),
    ("Sales peaked in fiscal 2023.", "Sales peaked in fiscal 2022.", SILENT),
    ("The permit was issued on 4/5/2023.", "The permit was issued on 5 April 2023.", SILENT),
    ("The bridge opened in early 2023.", "The bridge opened in August 2023.", SILENT),
    ("The bridge opened in early 2019.", "The bridge opened in August 2023.", CONFLICTS),
]

SLOTS = [
    ("The bridge opened on 12 June 2023.", "The bridge closed on 14 June 2023.", SILENT),
    ("The bridge opened on 12 June 2023.", "The bridge closed on 12 June 2023.", SILENT),
    ("The mine opened in 1910.", "The mine opened in 1910 and closed in 1984.", AGREES),
    ("The mine closed in 1984.", "The mine opened in 1910 and closed in 1984.", AGREES),
    ("The mine opened in 1984.", "The mine opened in 1910 and closed in 1984.", CONFLICTS),
    ("The mine closed in 1910.", "The mine opened in 1910 and closed in 1984.", CONFLICTS),
    ("The mine closed in 1990.", "The mine opened in 1910 and closed in 1984.", CONFLICTS),
    ("The mine closed in 1910.", "In 1910 the mine opened, and in 1984 it closed.", CONFLICTS),
    ("The mine opened in 1910.", "In 1910 the mine opened, and in 1984 it closed.", AGREES),
    ("The poet was born in 1901.", "The poet was born in 1901 and died in 1977.", AGREES),
    ("The poet died in 1901.", "The poet was born in 1901 and died in 1977.", CONFLICTS),
    ("The poet died in 1971.", "The poet was born in 1901 and died in 1977.", CONFLICTS),
    ("The council approved the plan on 3 May 2024.", "The council discussed the plan on 1 May 2024.", SILENT),
    ("The council approved the plan on 3 May 2024.", "The committee rejected a stadium on 1 May 2024.", SILENT),
    ("The first ferry sailed in 1921.", "The last ferry sailed in 1964.", SILENT),
    ("The ferry sank in 1921.", "A statue of the captain was put up in 1964.", SILENT),
    ("The museum reopened in 2019.", "The museum opened in 2004.", SILENT),
    ("The trial began on 4 March 2024.", "The trial ended on 9 April 2024.", SILENT),
    ("The trial began on 4 March 2024.", "The trial, which began on 6 March 2024, ended on 9 April 2024.", CONFLICTS),
    ("The trial began on 4 March 2024.", "The trial started on 4 March 2024 and ended on 9 April 2024.", AGREES),
    ("The vote was held on 3 May 2024.", "The vote was moved from 3 May 2024 to 10 May 2024.", SILENT),
    ("The treaty was signed in 1951 and ratified in 1953.", "The treaty was signed in 1951.", AGREES),
    ("The annual fair was held on 3 May 2023.", "The fair was held on 6 May 2024.", SILENT),
]

OCCASIONS = [
    ("The chairman resigned on 3 May 2024.", "The chairman was appointed on 3 May 2024.", SILENT),
    ("The treaty was signed in 1951.", "Signing of the treaty: 4 March 1951", AGREES),
    ("Ana Ruiz made the remarks on 3 May 2024.", "Ruiz said on 3 May 2024 that it was time.", AGREES),
    ("The council approved the plan on 3 May.", "The council, which discussed the plan on 3 May, approved it.", SILENT),
    ("The council approved the plan on 3 May.", "The council, which discussed the plan on 1 May, approved it.", SILENT),
    ("The bridge opened on 3 May 2024.", "The mayor said on 3 May 2024 that the bridge opened.", SILENT),
    ("The mayor said on 3 May that the bridge opened.", "The mayor said on 3 May that the bridge opened.", AGREES),
    ("Ana Ruiz won the election in 2019.", "Tom Hale won the election in 2023.", SILENT),
    ("Ana Ruiz won the election in 2019.", "Ana Ruiz won the election in 2023.", CONFLICTS),
    ("Rovers won the cup in 2011.", "Rovers won the cup in 2004 and 2011.", AGREES),
    ("Rovers won the cup in 2019.", "Rovers won the cup in 2004 and 2011.", SILENT),
    ("The 2018 census counted 4,000 people.", "The 2011 census counted 4,200 people.", SILENT),
    ("In 2022 the port handled 3 million tonnes.", "The port handled 2 million tonnes in 2021.", SILENT),
    ("The ferry carried 90 people on 3 May 2024.", "The ferry carried 80 people on 4 May 2024.", SILENT),
    ("The summit of 12 June 2018 took place in Oslo.", "The summit in Oslo took place on June 14, 2018.", CONFLICTS),
]

RANGES = [
    ("The lease runs until 31 March 2035.", "It begins on 1 April 2025 and ends on 31 March 2035.", AGREES),
    ("The fare holds until the end of March 2026.", "The fare holds from 1 April 2025 to 31 March 2026.", AGREES),
    ("The boat is due by the end of May 2026.", "The boat is due not later than 30 May 2026.", AGREES),
    ("The plant ran from 2010 to 2014.", "The plant ran from 2010 to 2014.", AGREES),
    ("The plant ran from 2010 to 2014.", "The plant ran from 2010 to 2016.", CONFLICTS),
    ("The plant ran from 2010 to 2014.", "The plant ran in 2012.", SILENT),
    ("The plant shut between 2010 and 2014.", "The plant shut in 2012.", AGREES),
    ("The plant shut between 2010 and 2014.", "The plant shut in 2018.", CONFLICTS),
    ("The plant shut in 2012.", "The plant shut between 2010 and 2014.", SILENT),
    ("The festival ran June 12-14, 2023.", "The festival ran from June 12 to June 14, 2023.", AGREES),
    ("The festival ran June 12-14, 2023.", "The festival ran from June 13 to June 15, 2023.", CONFLICTS),
    ("The festival was held on 13 June 2023.", "The festival was held from 12 to 14 June 2023.", SILENT),
    ("The route has run since 2011.", "The route has run since 2011.", AGREES),
    ("The route has run since 2011.", "The route has run since 2015.", CONFLICTS),
    ("The museum has been open since 2011.", "The museum opened in 2011.", AGREES),
    ("The route has run since 2011.", "The route ran in 2011.", AGREES),
    ("Work must be finished by 2025.", "Work must be finished by 2025.", AGREES),
    ("Work must be finished by 2025.", "Work must be finished by 2027.", CONFLICTS),
    ("The tunnel was finished before 1990.", "The tunnel was finished in 1988.", AGREES),
    ("The tunnel was finished before 1990.", "The tunnel was finished in 1994.", CONFLICTS),
    ("The tunnel was finished after 1990.", "The tunnel was finished in 1994.", AGREES),
    ("The tunnel was finished after 1990.", "The tunnel was finished in 1988.", CONFLICTS),
    ("The tunnel was finished in 1994.", "The tunnel was finished before 1990.", CONFLICTS),
    ("The tunnel was finished in 1988.", "The tunnel was finished before 1990.", SILENT),
    ("The road stays closed until 5 May 2024.", "The road stays closed until 9 May 2024.", CONFLICTS),
    ("The road stays closed until 5 May 2024.", "The road stays closed until 5 May 2024.", AGREES),
    ("The road closed on 5 May 2024.", "The road stays closed until 5 May 2024.", SILENT),
]

RELATIVE = [
    ("The bridge opened in June.", "The bridge opened in 2023.", DATED, SILENT),
    ("The council voted last Tuesday.", "The council voted on 18 June 2024.", DATED, AGREES),
    ("The council voted last Tuesday.", "The council voted on 14 June 2024.", DATED, CONFLICTS),
    ("The work starts in October.", "The work starts in October 2024.", DATED, AGREES),
    ("A new timetable takes effect on 1 July.", "The timetable takes effect on 1 July 2024.", DATED, AGREES),
    ("The council met on Tuesday.", "The council met on 18 June 2024.", DATED, AGREES),
    ("The council met on Tuesday.", "The council met on Tuesday.", DATED, AGREES),
    ("The council met on Tuesday.", "The council met yesterday.", DATED, AGREES),
    ("The council met on Tuesday.", "The council met on 17 June 2024.", DATED, CONFLICTS),
    ("The council met on Tuesday.", "The council met on Monday.", DATED, CONFLICTS),
    ("The council met on Tuesday.", "The council met on 18 March 2024.", DATED, SILENT),
    ("The council met on Tuesday.", "The council met in the town hall.", DATED, SILENT),
    ("The council met on Tuesday.", "The council met on 18 June 2024.", UNDATED, SILENT),
    ("The council met on Tuesday.", "The council met on Tuesday.", UNDATED, SILENT),
    ("The council met yesterday.", "The council met today.", DATED, AGREES),
    ("The council met yesterday.", "The council met on 11 June 2024.", DATED, CONFLICTS),
    ("The council met last month.", "The council met on 14 May 2024.", DATED, AGREES),
    ("The council met last month.", "The council met on 14 March 2024.", DATED, SILENT),
    ("The bridge opened last month.", "The bridge opened on 14 March 2024.", DATED, CONFLICTS),
    ("The council met on June 12.", "The council met on June 12, 2024.", DATED, AGREES),
    ("The council met on June 12.", "The council met on 12 June 2018.", UNDATED, AGREES),
    ("The council met on June 12.", "The council met on 14 June 2018.", UNDATED, CONFLICTS),
    ("The council met on June 12, 2018.", "The council met on 12 June.", UNDATED, SILENT),
    ("The council met on June 12.", "The council met on 12 June 2018.", DATED, SILENT),
    ("The council met in March.", "The council met on 5 March 2024.", DATED, AGREES),
    ("The council met in March.", "The council met on 5 April 2024.", DATED, CONFLICTS),
    ("The council met on Monday, 18 June 2024.", "The council met on 18 June 2024.", DATED, CONFLICTS),
    ("The council met on Monday, 18 June 2024.", "The council met in June 2024.", DATED, SILENT),
    ("The market is held every Tuesday.", "The market is held on Tuesdays.", DATED, AGREES),
    ("The market is held every Tuesday.", "The market is held on Mondays.", DATED, CONFLICTS),
    ("The market is held every Tuesday.", "The market was held on Tuesday.", DATED, SILENT),
    ("At Tuesday's meeting the council voted.", "The council voted on 18 June 2024.", DATED, AGREES),
]

SUGGESTED = [
    ("The bridge opened on 12 June 2023.", "The bridge opened on June 14, 2023.", "14 June 2023"),
    ("The bridge opened on June 12th, 2023.", "The bridge opened on 22 June 2023.", "June 22nd, 2023"),
    ("The bridge opened on Sept. 4, 2023.", "The bridge opened on 4 August 2023.", "Aug. 4, 2023"),
    ("The bridge opened on 2023-06-12.", "The bridge opened on 14 June 2023.", "2023-06-14"),
    ("The bridge opened in 2022.", "The bridge opened on 14 June 2023.", "2023"),
    ("The bridge opened in June 2023.", "The bridge opened on 3 July 2023.", "July 2023"),
    ("The bridge opened on Monday, June 12, 2023.", "It opened on 13 June 2023: the bridge.", "Tuesday, June 13, 2023"),
    ("The bridge opened on Monday, 18 June 2024.", "The bridge opened on 18 June 2024.", "Tuesday, 18 June 2024"),
    ("The bridge opened on 12 June 2023.", "The bridge opened in May 2023.", None),
    ("The route has run since 2011.", "The route has run since 2015.", "2015"),
]


@pytest.mark.parametrize(("claim", "sentence", "relation"), [*ABSOLUTE, *SLOTS, *OCCASIONS, *RANGES])
def test_the_first_date_stands_to_the_sentence_as_its_days_and_deed_do(claim, sentence, relation):
    """Containment decides agreement, and only a date of the same deed can conflict."""
    assert check_dates(claim, sentence, UNDATED)[0].relation is relation


@pytest.mark.parametrize(("claim", "sentence", "context", "relation"), RELATIVE)
def test_relative_dates_resolve_against_the_date_of_their_own_text(claim, sentence, context, relation):
    """A relative date is read from the article's date in the claim and the source's date in the sentence."""
    assert check_dates(claim, sentence, context)[0].relation is relation


@pytest.mark.parametrize(("claim", "sentence", "suggestion"), SUGGESTED)
def test_a_suggestion_gives_the_sources_date_in_the_claims_own_style(claim, sentence, suggestion):
    """What is offered can be pasted in place of the claim's date; a coarser source offers nothing."""
    (finding,) = check_dates(claim, sentence, UNDATED)
    assert finding.code is ReasonCode.DATE_MISMATCH
    assert finding.suggestion == suggestion


def test_each_date_of_the_claim_has_its_own_finding():
    """A claim with two dates gets two findings, in order."""
    claim = "The treaty was signed in 1951 and ratified in 1953."
    findings = check_dates(claim, "The treaty was signed in 1951 and ratified in 1955.", UNDATED)
    assert [finding.relation for finding in findings] == [AGREES, CONFLICTS]
    assert [finding.claim.of(claim) for finding in findings] == ["1951", "1953"]


def test_the_note_of_a_conflict_names_both_dates_and_the_day_a_relative_one_means():
    """A reader sees which day was understood."""
    (finding,) = check_dates("The council met on Tuesday.", "The council met on 17 June 2024.", DATED)
    assert finding.note == "the source gives “17 June 2024”, not “Tuesday” (2024-06-18)"


@pytest.mark.parametrize("claim", ["The strike lasted three days.", "It opened three years later."])
def test_a_duration_is_no_date(claim):
    """How long something took is a quantity."""
    assert check_dates(claim, "The strike lasted four days.", DATED) == ()


TEXTS = sorted({text for row in (*ABSOLUTE, *SLOTS, *OCCASIONS, *RANGES, *RELATIVE) for text in row[:2]})


@given(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.sampled_from([DATED, UNDATED]))
def test_every_span_lies_in_its_own_text(claim, sentence, context):
    """A finding can always be cut out of the two texts."""
    for finding in check_dates(claim, sentence, context):
        assert finding.claim.end <= len(claim)
        assert finding.source is None or finding.source.end <= len(sentence)


@given(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map(" ".join), st.dates(date(1990, 1, 1), date(2040, 1, 1))
)
def test_a_text_never_conflicts_with_itself(text, day):
    """Nothing that a text says of dates speaks against the same text of the same day."""
    findings = check_dates(text, text, Context(claim_date=day, source_date=day))
    own_fault = [finding for finding in findings if "was a" in finding.note]
    assert not [finding for finding in findings if finding.relation is CONFLICTS and finding not in own_fault]
