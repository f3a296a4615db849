"""Weighing: many readings of one claim become one verdict that abstains when it does not know.

The order in which sources come never matters, a copy of a source adds nothing, and a source that says nothing of
the claim changes nothing. `Verdict.confidence` is a raw figure here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from checker.model import Basis, Claim, Evidence, Label, ReasonCode, Searched, Source, Stance, Tier, Verdict
from checker.verify.checks.findings import Finding, Relation
from checker.verify.checks.superseding import corrects
from checker.verify.ground import cut
from checker.verify.readings import Reading

MOST_EVIDENCE = 3
"""Pieces of evidence shown for each stance."""

_ON_TOPIC = 0.4
_NOT_WEAKER = 0.15
"""How much weaker than the best support a contradiction may be aligned and still count against it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What remains of the readings once same-source doubles, copies and outdated sources are set aside."""

    supports: tuple[Reading, ...]
    contradicts: tuple[Reading, ...]
    qualifies: tuple[Reading, ...]
    reports: tuple[Reading, ...]


def weigh(
    claim: Claim,
    readings: Iterable[Reading],
    *,
    published: date | None,
    searched: Searched,
    only_copies: bool = False,
) -> Verdict:
    """The verdict on `claim`; `published` is the draft's date, `only_copies` says that only copies of it tell."""
    pool = sorted(readings, key=_order)
    standing = _standing(pool)
    if standing.supports and standing.contradicts:
        return _disputed(claim, standing, published, searched)
    if standing.contradicts:
        return _contradicted(claim, standing.contradicts, searched)
    if standing.supports:
        return _supported(claim, standing.supports, searched)
    return _open(claim, standing, pool, searched, only_copies=only_copies)


def lineage(source: Source) -> str:
    """What a source counts as: sources that tell one story count once."""
    return source.lineage or source.id


def _order(reading: Reading) -> tuple[object, ...]:
    source = reading.candidate.source
    return (-round(reading.strength, 6), source.tier is not Tier.PRIMARY, source.id, reading.candidate.span)


def _of(pool: Sequence[Reading], stance: Stance) -> tuple[Reading, ...]:
    """The best reading of each lineage with that stance."""
    best: dict[str, Reading] = {}
    for reading in pool:
        if reading.stance is stance:
            best.setdefault(lineage(reading.candidate.source), reading)
    return tuple(best.values())


def _standing(pool: Sequence[Reading]) -> Standing:
    supports, contradicts = _of(pool, Stance.SUPPORTS), _of(pool, Stance.CONTRADICTS)
    if supports:
        floor = max(reading.strength for reading in supports) - _NOT_WEAKER
        own = {lineage(reading.candidate.source): reading.strength for reading in supports}
        # Where one source both tells the claim and seems to deny it, the denial is about something else.
        contradicts = tuple(
            reading
            for reading in contradicts
            if reading.strength >= floor and lineage(reading.candidate.source) not in own
        )
    return Standing(supports, contradicts, _of(pool, Stance.QUALIFIES), _of(pool, Stance.REPORTS))


def _disputed(claim: Claim, standing: Standing, published: date | None, searched: Searched) -> Verdict:
    """Sources on both sides: a later word that replaces the earlier counts, and a primary source over a secondary."""
    said, denied = _latest(standing.supports), _latest(standing.contradicts)
    if _replaces(standing.contradicts, standing.supports):
        if published is None or denied is None or denied <= published:
            return _contradicted(claim, standing.contradicts, searched, over=standing.supports)
        return _mixed(
            claim, standing, ReasonCode.SUPERSEDED, "true of the earlier source; a later one says otherwise", searched
        )
    if said and denied and said > denied and _replaces(standing.supports, standing.contradicts):
        return _supported(claim, standing.supports, searched)
    primary = _primary(standing.supports), _primary(standing.contradicts)
    if primary == (False, True):
        return _contradicted(claim, standing.contradicts, searched)
    if primary == (True, False):
        return _supported(claim, standing.supports, searched)
    return _mixed(claim, standing, ReasonCode.SOURCES_DISAGREE, "the sources disagree", searched)


def _replaces(later: Iterable[Reading], earlier: Iterable[Reading]) -> bool:
    """Whether the newest of `later` is newer than all of `earlier` and takes their word's place.

    It does where it says so ("corrected", "replaces", "now stands at"), or where the publisher of the earlier word
    speaks again.
    """
    said = _latest(earlier)
    for reading in later:
        source = reading.candidate.source
        if any(finding.code is ReasonCode.SUPERSEDED for finding in reading.conflicts):
            return True
        if said is None or source.published is None or source.published <= said:
            continue
        same = source.publisher and any(source.publisher == other.candidate.source.publisher for other in earlier)
        if same or corrects(source, reading.candidate.span):
            return True
    return False


def _latest(readings: Iterable[Reading]) -> date | None:
    dates = [reading.candidate.source.published for reading in readings]
    known = [item for item in dates if item is not None]
    return max(known) if len(known) == len(dates) else None


def _primary(readings: Iterable[Reading]) -> bool:
    return any(reading.candidate.source.tier is Tier.PRIMARY for reading in readings)


def _contradicted(
    claim: Claim, readings: tuple[Reading, ...], searched: Searched, *, over: tuple[Reading, ...] = ()
) -> Verdict:
    findings = [finding for reading in readings for finding in reading.conflicts]
    reasons = _codes(findings)
    if over and ReasonCode.SUPERSEDED not in reasons:
        reasons = (ReasonCode.SUPERSEDED, *reasons)
    notes = _notes(findings)
    return Verdict(
        claim=claim,
        label=Label.CONTRADICTED,
        confidence=_sureness(readings),
        basis=_basis(readings),
        reasons=reasons,
        evidence=(*_evidence(readings, Stance.CONTRADICTS), *_evidence(over, Stance.SUPPORTS)),
        justification=("A later source says otherwise: " if over else "") + notes,
        suggestion=_agreed_suggestion(findings),
        searched=searched,
    )


def _supported(claim: Claim, readings: tuple[Reading, ...], searched: Searched) -> Verdict:
    agreed = [
        finding
        for reading in readings
        for finding in reading.findings
        if finding.relation is Relation.AGREES and finding.code
    ]
    return Verdict(
        claim=claim,
        label=Label.SUPPORTED,
        confidence=_sureness(readings),
        basis=_basis(readings),
        reasons=_codes(agreed),
        evidence=_evidence(readings, Stance.SUPPORTS),
        justification=_notes(agreed) or "The source says the same.",
        searched=searched,
    )


def _mixed(claim: Claim, standing: Standing, code: ReasonCode, why: str, searched: Searched) -> Verdict:
    findings = [finding for reading in standing.contradicts for finding in reading.conflicts]
    notes = _notes(findings)
    return Verdict(
        claim=claim,
        label=Label.MIXED,
        confidence=_sureness(standing.contradicts),
        basis=_basis(standing.contradicts),
        reasons=(code, *_codes(findings)),
        evidence=(*_evidence(standing.contradicts, Stance.CONTRADICTS), *_evidence(standing.supports, Stance.SUPPORTS)),
        justification=f"{why.capitalize()}: {notes}" if notes else f"{why.capitalize()}.",
        searched=searched,
    )


def _open(
    claim: Claim, standing: Standing, pool: Sequence[Reading], searched: Searched, *, only_copies: bool
) -> Verdict:
    """Nothing decides: say what there is."""
    evidence: tuple[Evidence, ...] = ()
    if standing.reports:
        code, why = ReasonCode.ONLY_REPORTED, "The sources only report that somebody says so."
        evidence = _evidence(standing.reports, Stance.REPORTS)
    elif standing.qualifies:
        findings = [finding for reading in standing.qualifies for finding in reading.conflicts]
        held = sorted({name for reading in standing.qualifies for name in reading.held_back})
        code = ReasonCode.OVERSTATED
        why = _notes(findings) or f"The source holds back where the draft does not ({', '.join(held)})."
        evidence = _evidence(standing.qualifies, Stance.QUALIFIES)
    elif pool and pool[0].strength >= _ON_TOPIC:
        code, why = ReasonCode.SILENT, _silence(pool[0])
        if only_copies:
            why += " Copies of the draft say it, and prove nothing."
    elif only_copies:
        code, why = ReasonCode.ONLY_COPIES, "Only copies of the draft itself say so."
    else:
        code, why = ReasonCode.NOTHING_FOUND, "Nothing in the corpus bears on this."
    return Verdict(
        claim=claim,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=1 - _sureness(pool),
        basis=Basis.ABSENCE,
        reasons=(code,),
        evidence=evidence,
        justification=why,
        searched=searched,
    )


def _silence(reading: Reading) -> str:
    missing = ", ".join(f"“{word}”" for word in reading.alignment.missing[:5])
    near = f"The nearest source ({reading.candidate.source.id}) does not settle it"
    return f"{near}; it does not say {missing}." if missing else f"{near}."


def _evidence(readings: tuple[Reading, ...], stance: Stance) -> tuple[Evidence, ...]:
    return tuple(
        cut(reading.candidate.source, reading.candidate.span, stance, at=reading.decides_at)
        for reading in readings[:MOST_EVIDENCE]
    )


def _codes(findings: Iterable[Finding]) -> tuple[ReasonCode, ...]:
    return tuple(dict.fromkeys(finding.code for finding in findings if finding.code is not None))


def _notes(findings: Iterable[Finding]) -> str:
    notes = dict.fromkeys(finding.note.rstrip(".") for finding in findings if finding.note)
    text = "; ".join(list(notes)[:3])
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _agreed_suggestion(findings: Sequence[Finding]) -> str | None:
    """The one replacement that every conflict with a suggestion gives; none where they differ."""
    offered = {finding.suggestion for finding in findings if finding.suggestion}
    return offered.pop() if len(offered) == 1 else None


def _sureness(readings: Sequence[Reading]) -> float:
    """The best reading's own figure; `checker.verify.confidence` makes a probability of it."""
    return round(max((reading.sureness for reading in readings), default=0.0), 3)


def _basis(readings: Sequence[Reading]) -> Basis:
    return max(readings, key=lambda reading: reading.sureness).basis
