"""Writes the demo's sources into a folder: `python examples/make_corpus.py FOLDER`.

Sources that are plain text in their own format lie in `sources/` and are copied. The minutes (DOCX), the survey
report (PDF) and the timetable (XLSX) are set from their words in `typeset/`. `records.jsonl` comes with them, ready
for `checker corpus add FOLDER`. The same words give the same bytes, so that the corpus's digest can be trusted.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
STAMP = datetime(2025, 3, 14, 9, 0)
"""The date that every file carries, in place of the moment it was made."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (level 1 to 3), a paragraph (level 0) or a table (`rows`) of a typeset text."""

    level: int = 0
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def parts(text: str) -> Iterator[Part]:
    """The parts of a typeset text: `#` lines are headings, runs of `|` lines are tables, the rest is paragraphs."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    for is_table, run in groupby(lines, key=lambda line: line.startswith("|")):
        if is_table:
            yield Part(rows=tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in run))
            continue
        for line in run:
            marks = len(line) - len(line.lstrip("#"))
            yield Part(level=marks, text=line[marks:].strip())


def make_corpus(folder: Path) -> None:
    """Write every source and `records.jsonl` into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "sources").iterdir()):
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(HERE / "records.jsonl", folder / "records.jsonl")
    for stem, name, write in TYPESET:
        text = (HERE / "typeset" / f"{stem}.txt").read_text(encoding="utf-8")
        write(tuple(parts(text)), folder / name)


def write_docx(content: tuple[Part, ...], path: Path) -> None:
    """Minutes: headings, paragraphs, one ruled table, and the council's name at the head of each page."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    head = document.sections[0].header.paragraphs[0]
    head.text, head.alignment = "Port Wexham Town Council: draft minutes", WD_ALIGN_PARAGRAPH.RIGHT
    for part in content:
        if part.rows:
            _docx_table(document, part.rows)
        elif part.level == 1:
            document.add_heading(part.text, level=0)
        elif part.level:
            document.add_heading(part.text, level=part.level - 1)
        else:
            document.add_paragraph(part.text)
    properties = document.core_properties
    properties.title, properties.author = content[0].text, "H. Strand, Chief Officer"
    properties.created = properties.modified = STAMP
    document.save(str(path))
    _settle(path)


def _docx_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0 or row[0] == "Total"
    document.add_paragraph()


def write_pdf(content: tuple[Part, ...], path: Path) -> None:
    """A survey report on A4, with a running head, "Page n of m" at the foot, and paragraphs that cross pages."""
    total = _typeset_pdf(content, path, 0)
    _typeset_pdf(content, path, total)


def _typeset_pdf(content: tuple[Part, ...], path: Path, total: int) -> int:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import SimpleDocTemplate

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Italic", 9)
        canvas.drawString(25 * mm, A4[1] - 15 * mm, "Northern Marine Inspectorate")
        canvas.drawRightString(A4[0] - 25 * mm, A4[1] - 15 * mm, "Report NMI 2025/014: Lady Orrin")
        canvas.line(25 * mm, A4[1] - 17 * mm, A4[0] - 25 * mm, A4[1] - 17 * mm)
        canvas.drawCentredString(A4[0] / 2, 13 * mm, f"Page {document.page} of {total}")

    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 25 * mm)
    document = SimpleDocTemplate(
        str(path), pagesize=A4, title=content[0].text, author="Northern Marine Inspectorate", invariant=1, **margins
    )
    document.build(list(_flowables(content)), onFirstPage=furniture, onLaterPages=furniture)
    return int(document.page)


def _flowables(content: tuple[Part, ...]) -> Iterator[Any]:
    from reportlab.lib import colors
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Spacer, Table

    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=15, spaceAfter=8, alignment=TA_JUSTIFY)
    heads = {
        level: ParagraphStyle(
            f"h{level}", fontName="Times-Bold", fontSize=size, leading=size * 1.3, spaceAfter=6, keepWithNext=1
        )
        for level, size in ((1, 18), (2, 14), (3, 12))
    }
    grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONT", (0, 0), (-1, -1), "Times-Roman", 10)]
    for part in content:
        if part.rows:
            yield Table(part.rows, style=grid, hAlign="LEFT", repeatRows=int(len(part.rows[0]) > 2))
            yield Spacer(1, 10)
        else:
            yield Paragraph(escape(part.text, quote=False), heads.get(part.level, body))


def write_xlsx(content: tuple[Part, ...], path: Path) -> None:
    """A timetable: a sheet for each heading, times and prices as a spreadsheet holds them."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for heading, table in zip(content[::2], content[1::2], strict=True):
        sheet = book.create_sheet(heading.text)
        for row in table.rows:
            sheet.append([_value(cell) for cell in row])
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, float):
                    cell.number_format = '"£"0.00'
                elif isinstance(cell.value, time):
                    cell.number_format = "hh:mm"
        titled = len(table.rows[0]) == 1
        for cell in (*sheet[1], *(sheet[2] if titled else ())):
            cell.font = Font(bold=True)
        for letter in "ABCDEFG":
            sheet.column_dimensions[letter].width = 22
    book.properties.creator, book.properties.created = "Orrin Sound Ferries", STAMP
    book.save(path)
    _settle(path)


def _value(cell: str) -> str | int | float | time | None:
    """A cell's value: a clock time, a price in pounds, a whole number, words, or nothing."""
    if clock := re.fullmatch(r"(\d\d):(\d\d)", cell):
        return time(int(clock[1]), int(clock[2]))
    if price := re.fullmatch(r"£(\d+\.\d\d)", cell):
        return float(price[1])
    return int(cell) if cell.isdecimal() else cell or None


def _settle(path: Path) -> None:
    """Write a zipped document again with `STAMP` wherever the library put the present moment."""
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = members["docProps/core.xml"]
    members["docProps/core.xml"] = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, core)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, STAMP.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


TYPESET: tuple[tuple[str, str, Callable[[tuple[Part, ...], Path], None]], ...] = (
    ("minutes", "minutes-2025-03-11.docx", write_docx),
    ("inspection", "inspection-2025-014.pdf", write_pdf),
    ("timetable", "timetable-2025-05.xlsx", write_xlsx),
)

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python examples/make_corpus.py FOLDER")
    make_corpus(Path(sys.argv[1]))
