"""What a "supported" has to pass before it is shown: the claim's items are looked for in the sentences pointed at.

The model proposes; numbers, units, dates, names, negations, hedges and speakers are held together by the same checks
that the embedded engine uses, and they can only take support away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checker.language.words import folded
from checker.model import Claim, Level, ReasonCode, Stance
from checker.verify.checks.dates import check_dates
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.readings import Reading
from checker.verify.reported import says_it

_NEAR = 400
"""Characters on either side of a sentence in which its date may stand."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why support is not enough: a code, and words for the reader."""

    code: ReasonCode
    note: str


def doubt(claim: Claim, readings: Sequence[Reading]) -> Doubt | None:
    """What stands against taking `readings`, the sentences said to support the claim, as support."""
    if not readings:
        return Doubt(ReasonCode.SILENT, "it points at no sentence")
    return (
        _conflict(readings)
        or _left_out(claim, readings)
        or _held_back(readings)
        or (_not_theirs(claim, readings) if claim.level is Level.ATTRIBUTION else None)
    )


def _conflict(readings: Iterable[Reading]) -> Doubt | None:
    for reading in readings:
        for finding in reading.conflicts:
            return Doubt(finding.code or ReasonCode.ONLY_PART_FOUND, finding.note or "the sentence says otherwise")
    return None


def _left_out(claim: Claim, readings: Sequence[Reading]) -> Doubt | None:
    """An item of the claim that no sentence gives, nor, for words, the passages around them."""
    told = {
        finding.claim for reading in readings for finding in reading.findings if finding.relation is Relation.AGREES
    }
    for reading in readings:
        for finding in reading.findings:
            if (
                finding.relation is Relation.SILENT
                and finding.claim not in told
                and not _beside(claim, finding, readings)
            ):
                item = finding.claim.of(claim.text)
                return Doubt(ReasonCode.ONLY_PART_FOUND, f"no sentence pointed at gives “{item}”")
    return None


def _beside(claim: Claim, finding: Finding, readings: Sequence[Reading]) -> bool:
    """Whether a date stands nearby or in the title, or a name anywhere in the source; no such way for figures."""
    if any(_dated(claim, finding, reading) for reading in readings):
        return True
    item = folded(finding.claim.of(claim.text))
    if any(char.isdigit() for char in item):
        return False
    sources = {reading.candidate.source.id: reading.candidate.source for reading in readings}
    return any(item in folded(f"{s.title} {s.publisher or ''} {s.text}") for s in sources.values())


def _dated(claim: Claim, finding: Finding, reading: Reading) -> bool:
    source, at = reading.candidate.source, reading.candidate.span
    near = f"{source.title}. {source.text[max(0, at.start - _NEAR) : at.end + _NEAR]}"
    context = Context(source_date=source.published, source_title=source.title)
    return any(
        other.relation is Relation.AGREES and other.claim == finding.claim
        for other in check_dates(claim.text, near, context)
    )


def _held_back(readings: Sequence[Reading]) -> Doubt | None:
    """Every sentence says less surely than the claim."""
    if all(reading.held_back for reading in readings):
        ways = ", ".join(sorted(readings[0].held_back))
        return Doubt(ReasonCode.OVERSTATED, f"the source holds back where the draft does not ({ways})")
    return None


def _not_theirs(claim: Claim, readings: Sequence[Reading]) -> Doubt | None:
    spoken = (says_it(claim, replace(reading, stance=Stance.SUPPORTS)) for reading in readings)
    if any(reading.stance is Stance.SUPPORTS for reading in spoken):
        return None
    return Doubt(ReasonCode.ONLY_PART_FOUND, f"no sentence pointed at is said by {claim.attributed_to}")
