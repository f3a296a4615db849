"""What a person reads at a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from made_reports import HOSTILE, SOURCES, article, claim, evidence, hostile, many, report, silent, whole
from rich.cells import cell_len

from checker.errors import UsageError
from checker.model import Label, Outcome, Reason, Sentence, Span, Stance, Verdict
from checker.report import render


@pytest.mark.parametrize("width", [60, 80, 100, 120])
@pytest.mark.parametrize("make", [whole, many, *(lambda words=words: hostile(words) for words in HOSTILE)])
def test_no_line_is_wider_than_the_terminal(make, width: int) -> None:
    """No line has more cells than there are, nor white space at its end."""
    for line in render(make(), "terminal", width=width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("words", ["漢字" * 80, "🦫" * 90, "e\u0301" * 200, "x" * 300, "جسر قديم " * 30])
def test_wide_and_combining_characters_keep_the_width(words: str) -> None:
    """Lines are measured in cells, so wide characters wrap in time and no word is lost."""
    text = f"{words} stands."
    plain = render(report(text, (silent(claim(1, text, text)),)), "terminal", width=60)
    assert all(cell_len(line) <= 60 for line in plain.splitlines())
    assert "".join(words.split()) in "".join(plain.split())


def test_the_gravest_come_first() -> None:
    """Tally, contradicted, mixed, not enough evidence, not checked, supported, coverage: in that order."""
    text = render(whole(), "terminal", width=100)
    heads = ["11 claims: 3 contradicted", "CONTRADICTED (3)", "MIXED (1)", "NOT ENOUGH EVIDENCE (3)", "NOT CHECKED (2)",
             "SUPPORTED (2)", "14 sentences:"]  # fmt: skip
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_a_contradiction_shows_both_sides() -> None:
    """Where in the draft, its words, why, the source's exact words, whose they are, and what to write instead."""
    text = " ".join(render(whole(), "terminal", width=100).split())
    for said in (
        "✗ c2 line 5, page 1, block p-2",
        "“footbridge over the Tarn is 85 miles long”",
        "The draft says 85 miles, the source 85 metres.",
        "“The Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide.”",
        "contradicts: County survey of bridges, Tarn County Council, 2024-03-09, page 3, S1",
        "Suggest 85 metres",
        "00:12:31, Ms Aldergate, S2",
    ):
        assert said in text


def test_what_was_not_checked_says_why() -> None:
    """A failure shows its state, its stage and its message, and no verdict."""
    text = " ".join(render(whole(), "terminal", width=100).split())
    assert "source truncated while at verify: the coroner's list was cut off at 200 pages" in text
    assert "failed while at claims: the claim's words were not found in the sentence" in text


def test_the_coverage_line_accounts_for_every_sentence() -> None:
    """The counts by outcome add up to all sentences, those by reason to their outcome."""
    draft = "A. B. C. D. E. F."
    refused = [(Outcome.NOT_CHECKABLE, reason) for reason in (Reason.OPINION, Reason.OPINION, Reason.BOILERPLATE)]
    plain = [(outcome, Reason.NONE) for outcome in (Outcome.CHECKED, Outcome.AMBIGUOUS, Outcome.FAILED)]
    outcomes = [*refused, *plain]
    sentences = tuple(Sentence(f"s{at}", Span(3 * at, 3 * at + 2), *pair) for at, pair in enumerate(outcomes))
    made = report(draft, ())
    text = render(type(made)(article(draft), sentences, (), made.provenance), "terminal")
    assert "6 sentences: 1 checked; 3 not checkable (2 opinion, 1 boilerplate); 1 ambiguous; 1 failed." in text
    assert "No claim was found in this draft." in text


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_from_outside_acts_on_the_terminal(words: str, color: bool) -> None:
    """No control character, reordering mark or escape sequence of a draft or source comes out; only our colours do."""
    text = (
        re.sub(r"\x1b\[[0-9;]*m", "", render(hostile(words), "terminal", color=color))
        if color
        else render(hostile(words), "terminal")
    )
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    text.encode("utf-8")


def test_an_escape_sequence_is_shown_and_not_carried_out() -> None:
    """The escape character is pictured, so a reader sees that it is there."""
    assert "␛[2J" in render(hostile("\x1b[2J gone"), "terminal", color=True)


def test_colour_comes_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `color` there is no escape at all, whatever the environment wants."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(whole(), "terminal")
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31m" in render(whole(), "terminal", color=True)


def test_markup_and_emoji_codes_stay_text() -> None:
    """Words that look like console markup or emoji codes are shown as they are."""
    assert "[red]:beaver:[/red]" in render(hostile("[red]:beaver:[/red]"), "terminal", width=120)


def test_a_source_that_is_not_listed_is_named_by_its_id() -> None:
    """Evidence whose source card is missing still shows its words and its id."""
    text = "The trust employs 38 people."
    found = evidence(SOURCES["S2"], "The trust has a staff of 38.", Stance.SUPPORTS)
    made = report(text, (Verdict(claim(1, text, text), Label.SUPPORTED, 0.9, (), (found,), "Same."),))
    assert "“The trust has a staff of 38.” S2" in render(made, "terminal")


def test_an_unknown_format_is_a_usage_error() -> None:
    """A format that does not exist is named with those that do."""
    with pytest.raises(UsageError, match=r"'pdf'.*terminal, json, markdown, html"):
        render(whole(), "pdf")
