"""DOCX: the document as its reader sees it."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from checker.errors import UnreadableError
from checker.model import BlockKind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body, **parts):
    """The bytes of a Word file with this body and further parts, written by hand."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", xml)
    return buffer.getvalue()


def run(text):
    """A run of words."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_an_ordinary_document_is_read_whole(read):
    """Headings, paragraphs, lists, quotations, tables, comments and headers each come as what they are."""
    document = docx.Document()
    document.add_heading("Museum report", 0)
    paragraph = document.add_paragraph("The museum opened in ")
    paragraph.add_run("1987").bold = True
    document.add_paragraph("First item", style="List Bullet")
    document.add_paragraph("Quoted words.", style="Intense Quote")
    table = document.add_table(2, 2)
    for row, values in enumerate((("Year", "Visits"), ("2020", "4,500"))):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_comment(paragraph.runs, text="Check this year.", author="Ed", initials="E")
    document.sections[0].header.paragraphs[0].text = "DRAFT 3"
    buffer = io.BytesIO()
    document.save(buffer)
    found = read(buffer.getvalue(), "a.docx", "draft")
    assert [(block.kind, block.span.of(found.text), str(block.locator)) for block in found.blocks] == [
        (BlockKind.HEADING, "Museum report", ""),
        (BlockKind.PARAGRAPH, "The museum opened in 1987", ""),
        (BlockKind.LIST_ITEM, "First item", ""),
        (BlockKind.QUOTATION, "Quoted words.", ""),
        (BlockKind.TABLE_ROW, "Year: 2020", "cell A2, block table 1"),
        (BlockKind.TABLE_ROW, "Visits: 4,500.", "cell B2, block table 1"),
        (BlockKind.COMMENT, "Check this year.", "note 1 by Ed"),
        (BlockKind.FURNITURE, "DRAFT 3", ""),
    ]
    assert found.title == "Museum report"


def test_tracked_insertions_are_text_and_deletions_are_not(read, shown):
    """What was inserted or moved here is read; what was deleted, moved away or hidden is not."""
    body = (
        f"<w:p>{run('It opened in ')}<w:del><w:r><w:delText>1986</w:delText></w:r></w:del><w:ins>{run('1987')}</w:ins>"
        f"<w:moveFrom>{run(' gone')}</w:moveFrom><w:moveTo>{run(' here')}</w:moveTo>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>{run('.')}</w:p>"
        f"<w:ins><w:p>{run('A new paragraph.')}</w:p></w:ins>"
    )
    assert shown(read(package(body), "a.docx")) == ["It opened in 1987 here.", "A new paragraph."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read, shown):
    """Where the end of a paragraph is deleted the next one goes on with it."""
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('One sentence ')}</w:p><w:p>{run('on two lines.')}</w:p>"
    assert shown(read(package(body), "a.docx")) == ["One sentence on two lines."]


def test_a_deleted_row_is_not_read(read):
    """A row whose deletion is tracked is no row."""
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{mark}{cell.format(run(a))}{cell.format(run(b))}</w:tr>"
        for mark, a, b in (("", "Year", "Ships"), ("<w:trPr><w:del/></w:trPr>", "2019", "40"), ("", "2020", "45"))
    )
    assert read(package(f"<w:tbl>{rows}</w:tbl>"), "a.docx").text == "Year: 2020; Ships: 45."


def test_footnotes_come_after_the_body(read):
    """A footnote is a block with its number; its reference leaves no digit in the text."""
    body = f'<w:p>{run("It rose")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}</w:p>'
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="2"><w:p>{run("By the count of May.")}</w:p></w:footnote></w:footnotes>'
    )
    document = read(package(body, footnotes=notes), "a.docx")
    assert document.text == "It rose.\n\nBy the count of May."
    assert (document.blocks[1].kind, document.blocks[1].locator.note) == (BlockKind.FOOTNOTE, "1")


def test_entities_are_never_expanded(read):
    """A part that declares entities is refused, not expanded."""
    declaration = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    evil = f"{declaration}<w:document {W}><w:body><w:p>{run('&a;')}</w:p></w:body></w:document>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", evil)
    with pytest.raises(UnreadableError, match="declares entities"):
        read(buffer.getvalue(), "a.docx")
