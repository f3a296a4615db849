"""Sources are cut into passages: windows of whole sentences, each sharing its first sentences with the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from checker.language.sentences import stretch_sentences, stretches
from checker.model import Block, BlockKind, Document, Passage, Span
from checker.settings import PassageSettings

CHUNKER = "windows-1"
"""Name of this way of cutting; part of an index's fingerprint, so it changes when the passages would."""

NEVER = frozenset({BlockKind.FURNITURE, BlockKind.CODE, BlockKind.METADATA, BlockKind.COMMENT})
"""Blocks that are no passage, and that no passage runs across."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a heading; `section` changes where a passage may not go on."""

    span: Span
    words: int
    heading: bool
    section: int


def cut(source_id: str, document: Document, settings: PassageSettings) -> tuple[Passage, ...]:
    """The passages of a source, in reading order. Every sentence outside `NEVER` blocks is in at least one."""
    found = []
    for _, section in groupby(_units(document), key=lambda unit: unit.section):
        for window in _windows(list(section), settings):
            span = Span(window[0].span.start, window[-1].span.end)
            sentences = tuple(unit.span for unit in window)
            found.append(Passage(passage_id(source_id, span, span.of(document.text)), source_id, span, sentences))
    return tuple(found)


def passage_id(source_id: str, span: Span, text: str) -> str:
    """An id that stays while the source, the place and the words do: 32 hex digits."""
    key = f"{source_id}\0{span.start}\0{span.end}\0{text}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _units(document: Document) -> Iterator[_Unit]:
    """The sentences in reading order; a new section begins after a block that is never read and at a heading."""
    section, in_headings = 0, False
    for run in _runs(document):
        if run is None:
            section += 1
            continue
        heading = run[0].kind is BlockKind.HEADING
        if heading and not in_headings:
            section += 1
        in_headings = heading
        for span in stretch_sentences(document.text, run):
            yield _Unit(span, len(span.of(document.text).split()), heading, section)


def _runs(document: Document) -> Iterator[tuple[Block, ...] | None]:
    """Runs of blocks that one sentence may cross, and None for what parts them.

    A stretch is broken at a block that is never read: a running head between the halves of a paragraph.
    """
    blocks = document.blocks or ((Block(Span(0, len(document.text))),) if document.text else ())
    for stretch in stretches(blocks):
        for never, run in groupby(stretch, key=lambda block: block.kind in NEVER):
            yield None if never else tuple(run)


def _windows(units: Sequence[_Unit], settings: PassageSettings) -> Iterator[Sequence[_Unit]]:
    start = 0
    while start < len(units):
        end, words = start + 1, units[start].words
        while end < len(units) and words + units[end].words <= settings.words:
            words += units[end].words
            end += 1
        yield units[start:end]
        if end == len(units):
            return
        start = _next_start(units, start, end, settings)


def _next_start(units: Sequence[_Unit], start: int, end: int, settings: PassageSettings) -> int:
    """Where the next window begins: back by the overlap, as far as the next new sentence still fits in beside it."""
    at, words = end, units[end].words
    while at > max(start + 1, end - settings.overlap) and words + units[at - 1].words <= settings.words:
        at -= 1
        words += units[at].words
    return at
