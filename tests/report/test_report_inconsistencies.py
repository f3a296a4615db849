"""What the draft alone shows to be wrong, in every format: both places, near the top, and provable again."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from made_reports import DRAFT, HOSTILE, claim, report, silent, span, whole

from checker.errors import ReportError
from checker.model import Clash, Inconsistency, Report
from checker.report import load_report, prove, render

ONE, OTHER = "85 miles long", "140 cubic metres"


def torn(text: str = DRAFT, one: str = ONE, other: str = OTHER, explanation: str = "one or the other") -> Report:
    """The whole report on `text` with one inconsistency between two of its places."""
    item = Inconsistency("i1", Clash.TWO_VALUES, span(text, one), span(text, other), explanation, "85 metres")
    made = whole() if text == DRAFT else report(text, (silent(claim(1, text, one)),))
    return replace(made, inconsistencies=(item,))


def test_json_has_both_places() -> None:
    """The report file gives code, both stretches with their words and lines, and counts them apart from claims."""
    data = json.loads(render(torn(), "json"))
    (item,) = data["inconsistencies"]
    assert (item["id"], item["code"], item["suggestion"]) == ("i1", "two_values", "85 metres")
    for side, words, line in (("first", ONE, 5), ("second", OTHER, 9)):
        place = item[side]
        assert (place["quote"], place["line"]) == (words, line)
        assert DRAFT[place["start"] : place["end"]] == words
    assert data["summary"]["inconsistencies"] == 1
    assert load_report(json.dumps(data)).inconsistencies[0].first.quote == ONE


def test_a_report_without_the_field_is_read() -> None:
    """A report that an earlier version wrote has no inconsistencies."""
    data = json.loads(render(whole(), "json"))
    del data["inconsistencies"], data["summary"]["inconsistencies"]
    assert load_report(json.dumps(data)).inconsistencies == ()


def test_places_out_of_order_are_refused() -> None:
    """The two places of an inconsistency stand in the order of the draft."""
    data = json.loads(render(torn(), "json"))
    item = data["inconsistencies"][0]
    item["first"], item["second"] = item["second"], item["first"]
    with pytest.raises(ReportError, match="two places"):
        load_report(json.dumps(data))


def test_the_places_are_proved_against_the_draft() -> None:
    """verify-report finds words of an inconsistency that the draft does not have there."""
    data = json.loads(render(torn(), "json"))
    assert not [
        item for item in prove(load_report(json.dumps(data)), lambda name: None, DRAFT).failures if "i1" in item.where
    ]
    data["inconsistencies"][0]["second"]["quote"] = "150 cubic metres"
    failures = prove(load_report(json.dumps(data)), lambda name: None, DRAFT).failures
    assert [item.where.split(" (")[0] for item in failures if "i1" in item.where] == ["inconsistency i1"]


@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_it_stands_before_the_verdicts(format: str) -> None:
    """Both places, the reason and the suggestion are read before the first verdict; without any there is no section."""
    text = render(torn(), format)
    heading = "The draft against itself"
    at = text.casefold().index(heading.casefold())
    first = text.index("Read first") if format == "html" else text.casefold().index("contradicted (3)")
    assert at < first
    for words in (ONE, OTHER, "one or the other", "85 metres"):
        assert at < text.index(words, at) < first
    assert heading.casefold() not in render(whole(), format).casefold()


def test_the_page_links_both_places() -> None:
    """In the page each place is marked and leads to the other; the section at the top leads to both."""
    page = render(torn(), "html")
    for side, other in (("first", "second"), ("second", "first")):
        assert page.count(f'id="clash-1-{side}"') == 1
        assert f'id="clash-1-{side}" href="#clash-1-{other}"' in page
    assert page.count('href="#clash-1-first"') == page.count('href="#clash-1-second"') == 2
    assert page.count('<mark class="clash">') == page.count("</mark>") - page.count('<mark class="in-')
    start = page.index("footbridge over the Tarn is </mark>")
    assert '<mark class="clash">' in page[start : start + 200]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("format", ["terminal", "markdown", "html"])
def test_words_of_the_draft_stay_words(words: str, format: str) -> None:
    """Nothing in a place or an explanation becomes markup."""
    made = torn(f"{words} first. Second is {words}.", words, f"Second is {words}", words)
    text = render(made, format)
    assert "\x1b" not in text and "\u202e" not in text
    assert format == "terminal" or not re.search(r"(?<!\\)<(?:script>alert|img)", text)
