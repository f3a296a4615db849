"""A report as somebody meets it who decides on its verdicts: its claims one by one, each in its sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.decisions.records import CONTEXT, Decision, Shown, Subject
from checker.model import ClaimKind, Span
from checker.report.findings import Group
from checker.report.safe import one_line
from checker.report.wording import STANCES, SYMBOLS, in_marks, spoken

if TYPE_CHECKING:
    from checker.report.contract import ClaimData, EvidenceData, ReportData

OPENING, CLOSING = "⟦", "⟧"
"""Around the claim in its sentence; marks that no newsroom uses."""

_LABELLED = 10  # cells before the text of a row


def subjects(data: ReportData, text: str | None = None) -> tuple[Subject, ...]:
    """Every claim of a report with what can be decided on, in the report's order.

    `text` is that of the draft, the very one that was checked, where it is at hand.
    """
    return tuple(_subject(claim, text) for claim in data.claims)


def card(data: ReportData, subject: Subject, text: str | None = None, *, width: int = 100) -> Iterator[str]:
    """The lines in which `subject` is shown: its sentence, the verdict, the sources' words, and why.

    The words of sources are numbered as `Decision.decided_by` counts them.
    """
    at = next(place for place, claim in enumerate(data.claims) if claim.id == subject.id)
    claim, evidence = data.claims[at], data.claims[at].evidence
    line = f", line {claim.line:,}" if claim.line else ""
    yield one_line(f"{at + 1:,} of {len(data.claims):,}  {claim.id}{line}")
    yield from _row("Draft", _in_sentence(data, claim, text), width)
    if " ".join(claim.text.split()) != " ".join(claim.quote.split()):
        yield from _row("Read as", one_line(claim.text), width)
    yield from _row("Verdict", _verdict(claim), width)
    for number, item in enumerate(evidence, 1):
        yield from _row(f"[{number}]", in_marks(item.quote), width)
        yield from _row("", f"{STANCES[item.stance]}: {_named(item)}", width)
    why = claim.failure.message if claim.failure else claim.justification
    if why:
        yield from _row("Why", one_line(why), width)


def told(decision: Decision) -> str:
    """A decision in one line, without its claim."""
    before, after = (_label(label) for label in (decision.claim.verdict, decision.verdict_after))
    what = {
        "accepted": f"accepted as {after}",
        "corrected": f"corrected from {before} to {after}",
        "waived": f"waived ({before})",
    }[decision.choice.value]
    return one_line(f"{what} by {decision.reviewer}, {decision.time}" + (decision.reason and f": {decision.reason}"))


def _subject(claim: ClaimData, text: str | None) -> Subject:
    span, known = Span(claim.start, claim.end), {kind.value for kind in ClaimKind}
    return Subject(
        id=claim.id,
        text=claim.text,
        span=span,
        quote=claim.quote,
        verdict=claim.verdict,
        # A later checker may know kinds that this one does not.
        kind=ClaimKind(claim.kind) if claim.kind in known else ClaimKind.STATEMENT,
        level=claim.level,
        codes=claim.reasons,
        evidence=tuple(
            Shown(
                item.source_id, Span(item.start, item.end), item.quote, item.stance, item.title, item.before, item.after
            )
            for item in claim.evidence
        ),
        basis=claim.basis,
        nth=None if text is None else 1 + _times_before(claim.quote, span.start, text),
        before="" if text is None else text[max(0, span.start - CONTEXT) : span.start],
        after="" if text is None else text[span.end : span.end + CONTEXT],
    )


def _times_before(words: str, start: int, text: str) -> int:
    count, at = 0, text.find(words)
    while 0 <= at < start:
        count, at = count + 1, text.find(words, at + 1)
    return count


def _in_sentence(data: ReportData, claim: ClaimData, text: str | None) -> str:
    """The claim in its sentence; without the draft there are only its own words."""
    if text is None:
        return f"{OPENING}{one_line(claim.quote)}{CLOSING}"
    around = next((item for item in data.sentences if item.id == claim.sentence), claim)
    start, end = min(around.start, claim.start), max(around.end, claim.end)
    marked = f"{text[start : claim.start]}{OPENING}{text[claim.start : claim.end]}{CLOSING}{text[claim.end : end]}"
    return one_line(marked)


def _verdict(claim: ClaimData) -> str:
    if claim.verdict is None:
        return one_line(f"{SYMBOLS[Group.UNCHECKED]} not checked: {spoken(claim.status)}")
    sure = "" if claim.confidence is None else f", confidence {claim.confidence:.2f}"
    codes = ", ".join(spoken(code) for code in claim.reasons)
    return one_line(f"{SYMBOLS[Group(claim.verdict.value)]} {_label(claim.verdict)}{sure}" + (codes and f" ({codes})"))


def _label(label: str | None) -> str:
    return "not checked" if label is None else spoken(label)


def _named(item: EvidenceData) -> str:
    place = ", ".join(f"{name} {value}" for name, value in item.locator.items())
    parts = (item.title, item.publisher, item.published and item.published.isoformat(), place)
    named = [one_line(part) for part in parts if part]
    return ", ".join([*named, one_line(item.source_id)] if item.source_id != item.title else named)


def _row(label: str, words: str, width: int) -> Iterator[str]:
    """`words` wrapped and hung beside `label`."""
    lines = textwrap.wrap(words, max(30, width - _LABELLED - 2), break_on_hyphens=False) or [""]
    for number, line in enumerate(lines):
        yield f"  {label if number == 0 else '':<{_LABELLED}}{line}"
