"""PDF: paragraphs whole across lines and pages, running heads apart."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from checker.language.sentences import stretch_sentences, stretches
from checker.model import BlockKind

STYLES = getSampleStyleSheet()
PROSE = "The harbour board met again on Monday to consider the long delayed extension of the northern quay. "


def drawn(*pages, encrypt=None):
    """The bytes of a PDF with these lines, (x, y, words), on its pages."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4, encrypt=encrypt)
    for lines in pages:
        for x, y, words in lines:
            page.drawString(x, y, words)
        page.showPage()
    page.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def report(read):
    """A report of two pages with running heads, page numbers, headings and a table."""
    buffer = io.BytesIO()

    def furnish(page, template):
        page.drawString(72, 800, "Harbour Board Annual Report")
        page.drawString(300, 30, f"Page {template.page}")

    story = [Paragraph("Review of the quay", STYLES["Title"])]
    for number in range(4):
        story += [Paragraph(f"Part {number}", STYLES["Heading2"]), Paragraph(PROSE * 15, STYLES["BodyText"])]
    story += [Table([["Station", "Visits", "Share"], ["North", "4,500", "12%"], ["South", "3,200", "9%"]])]
    story += [Paragraph("After the table.", STYLES["BodyText"])]
    SimpleDocTemplate(buffer, title="(anonymous)").build(story, onFirstPage=furnish, onLaterPages=furnish)
    return read(buffer.getvalue(), "a.pdf")


def test_a_paragraph_is_whole_and_has_its_page(report, shown):
    """Wrapped lines are one paragraph; headings are told by their type."""
    assert shown(report, BlockKind.HEADING) == ["Review of the quay", "Part 0", "Part 1", "Part 2", "Part 3"]
    assert shown(report, BlockKind.PARAGRAPH)[0] == (PROSE * 15).strip()
    assert report.blocks[1].locator.page == 1
    assert report.title == "Review of the quay"


def test_a_paragraph_runs_on_across_pages(report):
    """The rest of a paragraph on the next page continues it, with that page, and no sentence is cut."""
    rest = [block for block in report.blocks if block.continues and block.kind is BlockKind.PARAGRAPH]
    assert [block.locator.page for block in rest] == [2]
    across = next(stretch for stretch in stretches(report.blocks) if rest[0] in stretch)
    assert {span.of(report.text) for span in stretch_sentences(report.text, across)} == {PROSE.strip()}


def test_running_heads_stand_at_the_end(report, shown):
    """Heads and page numbers are furniture, after the text they interrupted."""
    heads = ["Harbour Board Annual Report", "Page 1", "Harbour Board Annual Report", "Page 2"]
    assert sorted(shown(report, BlockKind.FURNITURE)) == sorted(heads)
    assert all(block.kind is BlockKind.FURNITURE for block in report.blocks[-4:])


def test_rows_of_a_table_read_alone(report, shown):
    """Columns of figures are named by the row above them."""
    rows = ["Station: North", "Visits: 4,500", "Share: 12%.", "Station: South", "Visits: 3,200", "Share: 9%."]
    assert shown(report, BlockKind.TABLE_ROW) == rows


def test_words_broken_at_line_ends_are_made_whole(read):
    """A hyphen of the line's end goes, a hyphen of the word stays."""
    lines = ["This is an inter-", "national matter of well-", "known facts and the 2018-", "19 accounts."]
    data = drawn([(72, 700 - 14 * at, line) for at, line in enumerate(lines)])
    assert read(data, "a.pdf").text == "This is an international matter of well-known facts and the 2018-19 accounts."


def test_separate_lines_stay_separate(read, shown):
    """A line that ends early, above one that begins with a capital, is a line of its own."""
    lines = [
        "Harbour Herald",
        "Listen now",
        "The board met on Monday and put off the vote on the quay once more, it said.",
    ]
    data = drawn([(72, 700 - 14 * at, line) for at, line in enumerate(lines)])
    assert shown(read(data, "a.pdf")) == lines
