"""Plain text: the text is the file, and every line that stands for itself is a block."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model import BlockKind
from checker.reading import read_path
from checker.spans import View

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"


def test_hard_wrapped_prose_is_one_block(read, shown):
    """Lines that end because the next word had no room belong to one paragraph."""
    text = (
        "The harbour board met on Monday night to consider a plan that would close\n"
        "Quay Street to cars, and put off its vote until the engineers have reported\n"
        "on the strength of the wall.\n\n"
        "A second paragraph follows it and is wrapped at the same width as the one\nbefore.\n"
    )
    assert len(shown(read(text, "a.txt"))) == 2


def test_labels_and_headings_stand_alone(read, shown):
    """A brand, a button and a heading right above its text are blocks of their own."""
    text = (
        "Harbour Herald\nListen NOW\n\nWhat the board said\n"
        "The board said on Monday that the quay is safe, that the wall will stand for another forty years, and that "
        "nobody needs to move before the engineers have looked at every stone of it.\n"
    )
    assert shown(read(text, "a.txt"))[:3] == ["Harbour Herald", "Listen NOW", "What the board said"]


def test_one_paragraph_a_line_is_one_block_a_line(read, shown):
    """Long lines without blank lines between them are paragraphs each."""
    line = "The ferry carried more people than ever in the year that ended in June, the company said, and " * 2
    assert len(shown(read(f"{line.strip()}.\n{line.strip()}.\n", "a.txt"))) == 2


def test_lists_and_quotations_are_known(read, shown):
    """A list item loses its mark, a quoted block its signs, which are markup inside it."""
    document = read(
        "> first line of the quotation\n> and second\n\n- one thing\n- another thing\n1. counted\n", "a.txt"
    )
    assert shown(document, BlockKind.LIST_ITEM) == ["one thing", "another thing", "counted"]
    quoted = document.blocks[0]
    assert quoted.kind is BlockKind.QUOTATION
    assert View.prose(document.text, quoted).text == "first line of the quotation\nand second"


def test_a_wrapped_line_may_begin_with_a_number(read, shown):
    """A number that ends a sentence at the head of a line begins no list."""
    text = (
        "The number of boats that called at the old quay in the spring rose to\n"
        "12. In May it fell again to fewer than anyone had seen in the harbour.\n"
    )
    assert len(shown(read(text, "a.txt"))) == 1


def test_a_credit_makes_a_caption(read, shown):
    """A paragraph that ends in a picture's credit is a caption."""
    credits = "(Ann Lee/Getty Images)", "(AP Photo/Ann Lee)", "(Photo by Ann Lee)", "Photograph: Ann Lee"
    text = "\n\n".join(f"A crane lifts a stone on the quay. {credit}" for credit in credits)
    document = read(f"{text}\n\nThe board met (again).\n", "a.txt")
    assert [block.kind for block in document.blocks] == [BlockKind.CAPTION] * 4 + [BlockKind.PARAGRAPH]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_separates(read, shown, newline):
    """Blocks are found, and the text kept, with any line ending."""
    text = f"One paragraph.{newline}{newline}Another one 👩‍🔬 e\u0301.{newline}"
    document = read(text, "a.txt")
    assert document.text == text
    assert shown(document) == ["One paragraph.", "Another one 👩‍🔬 e\u0301."]
    assert [block.locator.line for block in document.blocks] == [1, 3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_their_mark(read, encoding):
    """A byte order mark is no part of the text."""
    text = "Zażółć gęślą jaźń. שלום עולם. NUL\0 inside.\n"
    assert read(text.encode(encoding), "a.txt").text == text


def test_an_old_western_encoding_is_recognised(read):
    """A file in Windows-1252 keeps its accents, dashes and curly quotes."""
    text = "“The café’s façade was rebuilt”, said Zoë – naïve or not – in Málaga, and the fête cost £5.\n" * 3
    assert read(text.encode("cp1252"), "a.txt").text == text


def test_the_seed_article_gives_up_its_furniture(settings, shown):
    """Every line of furniture of the article under test is a block of its own."""
    if not SEED.exists():
        pytest.skip("the seed article is not beside this checkout")
    _, document = read_path(SEED, purpose="draft", settings=settings)
    assert {"Please verify", "Blaze Media", "Watch LIVE", "Most recent", "All Articles"} <= set(shown(document))
    assert document.text == SEED.read_text(encoding="utf-8")
