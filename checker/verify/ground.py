"""The only maker of `Evidence`: words are cut from stored text, never passed in."""

from __future__ import annotations

from checker.errors import GroundingError
from checker.model import Evidence, Source, Span, Stance
from checker.spans import trim

CONTEXT = 240
"""Characters shown on either side of a quote, at most; a word is never cut."""


def cut(source: Source, span: Span, stance: Stance, *, at: int | None = None) -> Evidence:
    """The words of `source` under `span`, with their surroundings and where a reader finds them.

    `at` is the offset that decides (the number, the name): its locator is given, so that a table's row points at
    its cell. Raises GroundingError where `span` holds no words of the source.
    """
    if span.end > len(source.text):
        raise GroundingError(f"{span.start}..{span.end} is past the end of its text", where=f"source {source.id}")
    trimmed = trim(source.text, span)
    if trimmed is None:
        raise GroundingError(f"{span.start}..{span.end} holds no words", where=f"source {source.id}")
    return Evidence(
        source_id=source.id,
        span=trimmed,
        quote=trimmed.of(source.text),
        stance=stance,
        locator=source.locator(trimmed.start if at is None else at),
        before=_before(source.text, trimmed.start),
        after=_after(source.text, trimmed.end),
    )


def _before(text: str, end: int) -> str:
    start = max(0, end - CONTEXT)
    piece = text[start:end]
    if start == 0:
        return piece
    cut_at = piece.find(" ")
    return piece[cut_at + 1 :] if cut_at >= 0 else ""


def _after(text: str, start: int) -> str:
    piece = text[start : start + CONTEXT]
    if start + CONTEXT >= len(text):
        return piece
    cut_at = piece.rfind(" ")
    return piece[:cut_at] if cut_at >= 0 else ""
