"""Captions known by their credit line."""

from __future__ import annotations

import re

from checker.model import BlockKind

_CREDIT = re.compile(
    r"""\(\s*(?:
            (?:photo|photograph|image|picture|illustration|credit|graphic|video)s?\b[^()\n]{0,120}
          | [^()\n]{0,120}(?:/|\bvia\b|\bphoto\b|\bcourtesy\s+of\b)[^()\n]{0,60}
            \b(?:getty(?:\s+images)?|afp|ap|reuters|epa|shutterstock|alamy|images|photo|handout|pool)\b[^()\n]{0,40}
          | [^()\n]{0,60}\b(?:ap|afp|reuters|file)\s+photo\b[^()\n]{0,60}
        )\)\.?\s*$
      | \b(?:photo|photograph|picture|image|credit)s?:\s+(?-i:[A-Z])[^.:\n]{1,60}\s*$
      | ^\s*(?:photo|image|picture)\s*(?:credit|courtesy|:)""",
    re.I | re.X,
)


def prose_kind(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> BlockKind:
    """`kind`, or CAPTION where a paragraph ends in a picture's credit."""
    if kind is BlockKind.PARAGRAPH and len(text) < 1_000 and _CREDIT.search(text):
        return BlockKind.CAPTION
    return kind
