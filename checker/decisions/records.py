"""One decision of one person on one verdict, whole in itself: it can be read without the report, draft or corpus."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from checker.model import ClaimKind, Label, Level, Span, Stance

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA: Final = "checker/decision@1"

CONTEXT: Final = 32
"""Characters of the draft kept on either side of a claim: what `spans.reanchor` looks at."""


class Choice(StrEnum):
    """What a person does with a verdict."""

    ACCEPTED = "accepted"  # it is right
    CORRECTED = "corrected"  # another one is right
    WAIVED = "waived"  # nothing is to be done about it; this says nothing of whether it is right


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of a source as the person saw them; `quote` is the source's text under `span`."""

    source_id: str
    span: Span
    quote: str
    stance: Stance
    title: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A claim with its verdict, as the report that was read has them.

    `span` and `quote` are where and how the draft says it. `nth` says which of the places of those words in the draft
    it is, from 1; `before` and `after` are the draft's words around it. The three are unknown (None, empty) where the
    draft was not at hand. `verdict` is None for a claim that could not be checked.
    """

    id: str
    text: str
    span: Span
    quote: str
    verdict: Label | None
    kind: ClaimKind = ClaimKind.STATEMENT
    level: Level = Level.CONTENT
    codes: tuple[str, ...] = ()
    evidence: tuple[Shown, ...] = ()
    basis: str = ""
    nth: int | None = None
    before: str = ""
    after: str = ""

    @property
    def words(self) -> tuple[Level, str, str]:
        """What stays the same where the draft is edited somewhere else."""
        return self.level, self.text, self.quote


@dataclass(frozen=True, slots=True)
class Decision:
    """What `reviewer` decided of `claim`. `report` and `article` are SHA-256 of the report file and the draft's text.

    `verdict_after` is the verdict that is right: None for a waiver. `decided_by` counts, from 1, the words shown that
    bear a corrected verdict. `draft` is what the report calls the draft. `time` is in UTC, ISO 8601. Raises ValueError
    for a decision that contradicts itself.
    """

    choice: Choice
    claim: Subject
    verdict_after: Label | None
    reviewer: str
    time: str
    report: str
    article: str
    draft: str = ""
    reason: str = ""
    decided_by: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        before, after = self.claim.verdict, self.verdict_after
        if not self.reviewer.strip():
            raise ValueError("a decision needs a reviewer")
        if self.choice is Choice.ACCEPTED and (after is None or after is not before):
            raise ValueError("only a verdict that is there can be accepted, and it stays what it is")
        if self.choice is Choice.CORRECTED and (after is None or after is before or not self.reason.strip()):
            raise ValueError("a correction needs another verdict and a reason")
        if self.choice is Choice.WAIVED and after is not None:
            raise ValueError("a waiver gives no verdict")
        if any(not 1 <= number <= len(self.claim.evidence) for number in self.decided_by):
            raise ValueError(f"{len(self.claim.evidence)} pieces of evidence were shown")

    def holds_for(self, verdict: Label | None) -> bool:
        """Whether nothing has to be asked again of a report that has `verdict` for the claim."""
        return verdict is self.claim.verdict or (verdict is not None and verdict is self.verdict_after)

    def line(self) -> str:
        """The decision as a line of the file, without the line's end."""
        values = asdict(self)
        claim = values.pop("claim")
        told = {"schema": SCHEMA, "time": values.pop("time"), "reviewer": values.pop("reviewer")}
        told |= {"decision": values.pop("choice"), "verdict_before": claim.pop("verdict"), **values, "claim": claim}
        return json.dumps(told, ensure_ascii=False)


def read_decision(line: str) -> Decision:
    """The decision that `Decision.line` wrote; fields it does not know are passed over. Raises ValueError."""
    row: Any = json.loads(line)
    if not isinstance(row, dict) or row.get("schema") != SCHEMA or not isinstance(row.get("claim"), dict):
        raise ValueError(f"it is not of the form {SCHEMA}")
    claim = {**row["claim"], "verdict": row.get("verdict_before")}
    return _adapter().validate_python({**row, "choice": row.get("decision"), "claim": claim})


@cache
def _adapter() -> TypeAdapter[Decision]:
    from pydantic import TypeAdapter

    return TypeAdapter(Decision)
