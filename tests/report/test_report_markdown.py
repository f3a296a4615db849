"""Markdown that an editor can paste: words from outside never become markup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports import HOSTILE, hostile, whole
from markdown_it import MarkdownIt
from markdown_it.token import Token

from checker.report import render
from checker.report.markdown import escaped
from checker.report.safe import one_line

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"text", "softbreak", "strong_open", "strong_close"}


def inline(text: str) -> Iterator[Token]:
    """Every inline token of `text`."""
    for token in READER.parse(text):
        yield from token.children or ()


SPECIAL = st.text(
    alphabet=st.sampled_from(list("\\`*_[](){}<>&|~#$@^=:!-+.1) \n\tab\"'/é🦫\u202e\x1b\ud800")), max_size=60
)


@given(st.one_of(SPECIAL, st.text(max_size=80), st.sampled_from(HOSTILE)))
def test_escaped_words_are_shown_character_for_character(words: str) -> None:
    """What Markdown shows of escaped words is the words, whatever they are, at the start of a line too."""
    tokens = READER.parse(escaped(words))
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = "".join(child.content for token in tokens for child in token.children or ())
    assert shown == one_line(words)
    assert all(child.type == "text" for token in tokens for child in token.children or ())


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_bring_no_html_image_or_link(words: str) -> None:
    """Wherever text from outside stands, no HTML, image, link, code or table comes of it."""
    text = render(hostile(words), "markdown")
    blocks = {token.type for token in READER.parse(text)}
    assert not blocks & {"html_block", "fence", "code_block", "table_open", "hr"}
    code = [token.content for token in inline(text) if token.type == "code_inline"]
    assert code == [hostile(words).article.sha256]
    assert {token.type for token in inline(text)} - {"code_inline"} <= OURS
    text.encode("utf-8")


def test_bare_addresses_are_broken_up() -> None:
    """An address in a draft is shown, and no Markdown dialect makes a link of it."""
    assert escaped("see https://evil.example or www.evil.example") == r"see https\://evil.example or www\.evil.example"
    assert escaped("at 00:12:31: so") == "at 00:12:31: so"


def test_evidence_is_a_block_quotation_with_its_source() -> None:
    """The source's exact words stand as a quotation, with title, link, publisher, day and place under it."""
    text = render(whole(), "markdown")
    assert (
        "> The Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide.\n>\n> — [County survey" in text
    )
    links = [token.attrGet("href") for token in inline(text) if token.type == "link_open"]
    assert set(links) == {"https://county.example/survey?year=2024&part=2", "http://millbrook.example/budget.pdf"}
    assert "00:12:31, Ms Aldergate, S2 (contradicts)" in text


def test_the_gravest_come_first_in_markdown_too() -> None:
    """Groups follow their gravity, and the tally leads."""
    text = render(whole(), "markdown")
    heads = [
        "**11 claims",
        "## Contradicted (3)",
        "## Mixed (1)",
        "## Not enough evidence (3)",
        "## Not checked (2)",
        "## Supported (2)",
    ]
    places = [text.index(head) for head in heads]
    assert places == sorted(places)


def test_unchecked_and_coverage_are_told() -> None:
    """Failures say why, and every sentence is accounted for."""
    text = render(whole(), "markdown")
    assert "source truncated while at verify: the coroner's list" in text
    assert "14 sentences: 10 checked; 3 not checkable (1 boilerplate, 1 heading, 1 question); 1 failed." in text
