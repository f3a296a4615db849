"""Where a sentence stands in the article's make-up: headline, heading, caption, credit, dateline, furniture, prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from checker.claims.dateline import is_date_line
from checker.claims.draft import Stretch, Utterance
from checker.claims.furniture import boilerplate, caption_label, credit, desk_line, order
from checker.claims.outcomes import labelled_figure, not_in_english
from checker.claims.verbs import has_verb
from checker.language.words import words
from checker.model import BlockKind, Outcome, Reason

_HEADING_WORDS = 16
_BODY_WORDS = 8
_HEADLINE_WORDS = 4


class Role(StrEnum):
    """What a sentence is in the article's make-up."""

    PROSE = "prose"
    HEADLINE = "headline"
    CAPTION = "caption"
    CREDIT = "credit"
    ROW = "row"
    NOTHING = "nothing"  # it says nothing; the standing tells why


@dataclass(frozen=True, slots=True)
class Standing:
    """The role of a sentence, and for `NOTHING` its outcome and reason."""

    role: Role
    outcome: Outcome = Outcome.NOT_CHECKABLE
    reason: Reason = Reason.NONE
    note: str = ""


_BY_KIND = {
    BlockKind.FURNITURE: Standing(Role.NOTHING, reason=Reason.BOILERPLATE),
    BlockKind.METADATA: Standing(Role.NOTHING, reason=Reason.METADATA),
    BlockKind.CODE: Standing(Role.NOTHING, reason=Reason.CODE),
    BlockKind.COMMENT: Standing(
        Role.NOTHING, Outcome.SKIPPED, Reason.METADATA, "a comment on the draft, not part of it"
    ),
}


def standings(stretches: Sequence[Stretch]) -> tuple[Standing, ...]:
    """The standing of every sentence, in order."""
    found: list[Standing] = []
    body = False
    headings = 0
    for stretch in stretches:
        pictured = _pictured(stretch)
        for utterance in stretch.utterances:
            standing = _standing(utterance, body=body, headings=headings, pictured=pictured)
            found.append(standing)
            heading = utterance.block.kind is BlockKind.HEADING
            headings += heading and standing.reason is not Reason.BOILERPLATE
            body = body or (
                standing.role is Role.PROSE
                and not heading_like(utterance)
                and len(words(utterance.text)) >= _BODY_WORDS
            )
    return tuple(found)


def heading_like(utterance: Utterance) -> bool:
    """Whether a sentence standing alone looks like a heading: short, without a full stop."""
    if utterance.block.kind is BlockKind.HEADING:
        return True
    if utterance.block.kind is not BlockKind.PARAGRAPH:
        return False
    text = utterance.text.rstrip()
    ended = text.rstrip("\"'”’)]").endswith((".", "!", "?", "…", ":"))
    return not ended and len(words(text)) <= _HEADING_WORDS


def _standing(utterance: Utterance, *, body: bool, headings: int, pictured: bool) -> Standing:
    text, kind = utterance.text, utterance.block.kind
    fixed = _BY_KIND.get(kind) or _desk(utterance)
    if fixed:
        return fixed
    if credit(text):
        return Standing(Role.CREDIT)
    if kind is BlockKind.TABLE_ROW:
        return Standing(Role.ROW)
    if kind is BlockKind.CAPTION or pictured:
        return Standing(Role.CAPTION) if utterance.opens else Standing(Role.PROSE)
    if heading_like(utterance) and not order(text) and not labelled_figure(text):
        return _heading(utterance, body=body, headings=headings)
    return Standing(Role.PROSE)


def _desk(utterance: Utterance) -> Standing | None:
    """The standing of a line that only says where the article stands, or None."""
    text = utterance.text
    if utterance.dateline or is_date_line(text):
        return Standing(Role.NOTHING, reason=Reason.METADATA)
    if not_in_english(text):
        return Standing(Role.NOTHING, reason=Reason.NO_LANGUAGE)
    if boilerplate(text):
        return Standing(Role.NOTHING, reason=Reason.BOILERPLATE)
    if desk_line(text):
        return Standing(Role.NOTHING, reason=Reason.METADATA)
    return None


def _heading(utterance: Utterance, *, body: bool, headings: int) -> Standing:
    """A headline says something and stands before the body; any other heading only names what follows."""
    tokens = words(utterance.text)
    if utterance.text.rstrip("\"'”’)]").endswith("?"):
        return Standing(Role.NOTHING, reason=Reason.QUESTION)
    first = headings == 0 if utterance.block.kind is BlockKind.HEADING else not body
    if first and has_verb(tokens) and len(tokens) >= _HEADLINE_WORDS:
        return Standing(Role.HEADLINE)
    if (
        not body
        and not headings
        and not has_verb(tokens)
        and utterance.block.kind is not BlockKind.HEADING
        and len(tokens) <= _HEADLINE_WORDS
    ):
        return Standing(Role.NOTHING, reason=Reason.METADATA)
    return Standing(Role.NOTHING, reason=Reason.HEADING)


def _pictured(stretch: Stretch) -> bool:
    """Whether a paragraph is a caption: it ends in a credit, or is labelled as one."""
    items = stretch.utterances
    return bool(items) and ((len(items) > 1 and credit(items[-1].text)) or caption_label(items[0].text))
