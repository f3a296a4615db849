"""What a deterministic check says when it holds a claim against one sentence of a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.model import ReasonCode, Span


class Relation(StrEnum):
    """How an item of the claim stands to the sentence."""

    AGREES = "agrees"  # the sentence gives the same item, perhaps in other words or units
    CONFLICTS = "conflicts"  # the sentence gives another value for the same thing
    SILENT = "silent"  # the sentence does not give the item


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know beside the two texts. Relative dates resolve against the date of their own text.

    `before` is the sentence of the source before the one that is read, `publisher` who says it.
    """

    claim_date: date | None = None
    source_date: date | None = None
    source_title: str = ""
    before: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One item of the claim (a quantity, a date, a name, a negation) held against one sentence.

    `claim` is a span of the claim's text, `source` of the sentence's. `code` names the fault of a conflict, or
    a harmless difference of an agreement (a converted unit, another spelling). `suggestion` is wording to put
    in place of the claim's item, given only where it is certain. `certain` marks a conflict whose check has itself
    made sure that both texts speak of one thing, so that no share of common words is asked for besides.
    """

    relation: Relation
    claim: Span
    source: Span | None = None
    code: ReasonCode | None = None
    note: str = ""
    suggestion: str | None = None
    certain: bool = False
