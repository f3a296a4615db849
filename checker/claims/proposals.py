"""A claim before it has its number."""

from __future__ import annotations

from dataclasses import dataclass

from checker.model import ClaimKind, Level, Span


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """A claim as found in one sentence; spans are into the article. `under` is the proposal that reports this one."""

    span: Span
    text: str
    kind: ClaimKind
    level: Level = Level.CONTENT
    attributed_to: str | None = None
    quoted: Span | None = None
    under: Proposal | None = None
