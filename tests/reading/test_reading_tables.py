"""CSV and XLSX: rows that read alone, cells that can be found."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from checker.language.sentences import stretch_sentences, stretches
from checker.model import BlockKind, Locator
from checker.reading.displayed import displayed


def workbook(rows, *, formats=(), hidden=()):
    """The bytes of a workbook of one sheet `Visits`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Visits"
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats:
        sheet[cell].number_format = number_format
    for title in hidden:
        extra = book.create_sheet(title)
        extra["A1"] = "unseen"
        extra.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_each_csv_row_reads_alone(read, shown):
    """A row is one sentence of header and value, each cell with its place."""
    document = read("Station,Visits\nNorth,4500\nSouth,3200\n", "a.csv")
    assert document.text == "Station: North; Visits: 4500.\n\nStation: South; Visits: 3200."
    assert [str(block.locator) for block in document.blocks] == ["cell A2", "cell B2", "cell A3", "cell B3"]
    rows = [stretch_sentences(document.text, stretch) for stretch in stretches(document.blocks)]
    assert [[span.of(document.text) for span in row] for row in rows] == [
        ["Station: North; Visits: 4500."],
        ["Station: South; Visits: 3200."],
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_common_delimiter_is_found(read, delimiter):
    """Semicolons, tabs and bars part cells as commas do."""
    text = "\n".join(delimiter.join(row) for row in (["Year", "Ships"], ["2020", "45"], ["2021", "51"]))
    assert "Year: 2021; Ships: 51." in read(text, "a.csv").text


def test_a_table_of_figures_without_header_names_nothing(read):
    """The first row of plain figures is no header."""
    assert read("1,2\n3,4\n", "a.csv").text == "1; 2.\n\n3; 4."


def test_xlsx_cells_read_as_displayed(read):
    """Numbers keep their format, days are ISO, years head columns, errors are left out."""
    data = workbook(
        [
            ["Visits to the museum"],
            [],
            ["Station", 2019, 2020, "Share", "Day", "Fee", "Broken"],
            ["North", 4500.5, 1234567, 0.125, datetime.date(2020, 3, 4), -3, "#REF!"],
            ["Source: the museum's own count."],
        ],
        formats=[("B4", "#,##0.00"), ("C4", "#,##0"), ("D4", "0.0%"), ("F4", '"$"#,##0.00_);("$"#,##0.00)')],
        hidden=["Notes"],
    )
    document = read(data, "a.xlsx")
    row = "Station: North; 2019: 4,500.50; 2020: 1,234,567; Share: 12.5%; Day: 2020-03-04; Fee: -$3.00."
    assert document.text == f"Visits to the museum\n\n{row}\n\nSource: the museum's own count."
    assert document.blocks[0].kind is BlockKind.HEADING
    assert document.blocks[2].locator == Locator(sheet="Visits", cell="B4", row=4)
    assert "unseen" not in document.text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (12.0, "General", "12"),
        (1e21, "General", "1000000000000000000000"),
        (2.5, "0", "3"),
        (1234.5, "0.##", "1234.5"),
        (1234.0, "#,##0.##", "1,234"),
        (1500000, "#,##0,", "1,500,000"),
        (0.5, "0%", "50%"),
        (85, '0 "km"', "85 km"),
        (85, "[Red]0", "85"),
        (4.5, "[$€-407]\\ 0.00", "€ 4.50"),
        (True, "General", "TRUE"),
        (None, "General", ""),
        (datetime.datetime(2020, 1, 2, 3, 4, 5), "General", "2020-01-02 03:04:05"),
    ],
)
def test_numbers_are_shown_by_their_format(value, number_format, text):
    """A number reads as its cell shows it, never scaled or rounded beyond that."""
    assert displayed(value, number_format) == text
