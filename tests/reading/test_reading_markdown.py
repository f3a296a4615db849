"""Markdown: the text stays the file; what is syntax is markup."""

from __future__ import annotations

from datetime import date

from checker.model import BlockKind
from checker.spans import View

DRAFT = """---
title: The quay
date: 2024-03-05
publisher: Harbour Herald
url: https://herald.example/quay
---
# The *old* quay #

The **board** of `quayctl` met[^1] and [said so](https://board.example/minutes "Minutes") \\*twice\\*.
See <https://map.example> or https://plan.example/a.

> It is safe, **really**
> safe.

- first
  and more
- second

[^1]: On a Monday.

[^2]: Nothing refers to this.

| Year | Ships |
|------|-------|
| 2020 | [45](https://ships.example) |

```py
print("no prose")
```

<!-- not shown -->
"""


def prose(document):
    """What a reader sees of each block, by kind."""
    return [(block.kind, View.prose(document.text, block).text) for block in document.blocks]


def test_the_text_is_the_file_and_metadata_comes_from_the_front_matter(read):
    """Nothing of the file is lost, and its front matter labels it."""
    document = read(DRAFT, "a.md", "draft")
    assert document.text == DRAFT
    assert (document.title, document.published, document.publisher) == ("The quay", date(2024, 3, 5), "Harbour Herald")
    assert document.uri == "https://herald.example/quay"
    assert document.blocks[0].kind is BlockKind.METADATA


def test_syntax_code_and_addresses_are_no_prose(read):
    """Prose reads as on the page: no marks, no code, no addresses."""
    read_as = prose(read(DRAFT, "a.md", "draft"))
    assert (BlockKind.HEADING, "The old quay") in read_as
    assert (BlockKind.PARAGRAPH, "The board of  met and said so *twice*.\nSee  or .") in read_as
    assert (BlockKind.QUOTATION, "It is safe, really\nsafe.") in read_as
    assert (BlockKind.LIST_ITEM, "first\nand more") in read_as
    assert (BlockKind.TABLE_ROW, "2020 | 45") in read_as
    assert [text for kind, text in read_as if kind is BlockKind.CODE] == [
        '```py\nprint("no prose")\n```',
        "<!-- not shown -->",
    ]


def test_notes_are_blocks_with_their_mark(read):
    """A footnote is read where it stands, also one that nothing refers to."""
    document = read(DRAFT, "a.md", "draft")
    notes = [
        (block.locator.note, block.span.of(document.text))
        for block in document.blocks
        if block.kind is BlockKind.FOOTNOTE
    ]
    assert notes == [("1", "On a Monday."), ("2", "Nothing refers to this.")]


def test_links_keep_their_words_and_targets(read):
    """What the author cites is a link: the words it stands on and where it points."""
    document = read(DRAFT, "a.md", "draft")
    links = [(link.span.of(document.text), link.target) for link in document.links]
    assert links == [
        ("said so", "https://board.example/minutes"),
        ("https://map.example", "https://map.example"),
        ("https://plan.example/a", "https://plan.example/a"),
        ("45", "https://ships.example"),
    ]


def test_lone_marks_stay_prose(read):
    """An asterisk or underscore that marks nothing is a character."""
    document = read("Five * six is snake_case_name, and ** stays.\n", "a.md")
    assert View.prose(document.text, document.blocks[0]).text == "Five * six is snake_case_name, and ** stays."


def test_line_endings_and_nul_keep_offsets(read, shown):
    """Windows line ends and a NUL shift nothing."""
    document = read("# A\0b\r\n\r\n> one *two*\r\n> three\r\n", "a.md")
    assert shown(document) == ["A\0b", "one *two*\r\n> three"]
    assert View.prose(document.text, document.blocks[1]).text == "one two\r\nthree"
