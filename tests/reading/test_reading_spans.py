"""What holds of every document: blocks in order, inside the text, apart; the text as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.model import Document
from checker.reading import read_document, read_records
from checker.reading.wire import pack, unpack
from checker.settings import ReadingSettings

PIECES = st.sampled_from(
    "word Word two. * ** _ ` ``` [a](b) [^1] [^1]: > >> - 1. # --- | |-|-| <p> </p> <!-- --> &amp; \\ ! :// "
    "https://a.b 👩‍🔬 e\u0301 שלום \u202e \ufeff \0 \u2028 \x85 \r\n \n \r \n\n 00:00:01.000 --> 00:00:02.000".split(
        " "
    )
)
TEXTS = st.lists(
    st.one_of(PIECES, st.text(max_size=8), st.sampled_from([" ", "\n", "\r\n", "\n\n", "\t"])), max_size=40
).map("".join)


def holds(document: Document) -> None:
    """Blocks and links inside the text, in order, never overlapping; markup inside its block."""
    at = 0
    for block in document.blocks:
        assert at <= block.span.start and block.span.end <= len(document.text)
        words = block.span.of(document.text)
        assert words == words.strip() != ""
        assert all(mark in block.span for mark in block.markup)
        at = block.span.end
    assert all(link.span.end <= len(document.text) for link in document.links)
    assert document.extractor and not (document.blocks and document.blocks[0].continues)


def attempt(data: bytes, name: str, purpose: str = "draft") -> Document | None:
    """The document, None where the bytes are refused in one line."""
    try:
        return read_document(data, name=name, purpose=purpose, settings=ReadingSettings())  # type: ignore[arg-type]
    except InputError as error:
        assert "\n" not in str(error)
        return None


@given(text=TEXTS, suffix=st.sampled_from([".txt", ".md"]))
@settings(max_examples=200, deadline=None)
def test_text_and_markdown_are_the_file(text, suffix):
    """The text round-trips but for a leading mark, and every block is a stretch of it."""
    data = text.encode("utf-8", "replace")
    document = attempt(data, f"a{suffix}")
    if document is not None:
        holds(document)
        assert document.text == data.decode().removeprefix("\ufeff")


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_plain_text_loses_no_word(text):
    """Every character that is neither white space nor a mark of a list or quotation is in a block."""
    document = attempt(text.encode("utf-8", "replace"), "a.txt")
    if document is not None:
        inside = "".join(block.span.of(document.text) for block in document.blocks)
        left = sum(char.isalpha() for char in document.text) - sum(char.isalpha() for char in inside)
        assert left == 0


@given(text=TEXTS, suffix=st.sampled_from([".html", ".csv", ".vtt", ".srt"]))
@settings(max_examples=100, deadline=None)
def test_composed_formats_hold_their_spans(text, suffix):
    """Whatever the bytes, what is composed of them is whole."""
    document = attempt(
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n" * (suffix == ".vtt") + text).encode("utf-8", "replace"), f"a{suffix}"
    )
    if document is not None:
        holds(document)


@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_documents_cross_the_process_boundary_unchanged(text):
    """What the child packs the parent unpacks, surrogates and all."""
    document = attempt(json.dumps([{"id": "b", "text": text + "\ud800 end"}]).encode(), "a.json")
    assert document is not None
    assert unpack(pack(document)) == document
    holds(document)


@pytest.mark.parametrize("kind", [b"", b"\xef\xbb\xbf"])
def test_records_read_with_and_without_a_mark(kind):
    """A byte order mark before the first record is let be."""
    assert read_records(kind + b'{"text": "a"}\n', name="s.jsonl")[0].text == "a"
