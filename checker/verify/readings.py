"""One claim read against one sentence of one source: how much it says, what agrees, what conflicts, what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from checker.language.names import find_names
from checker.model import Claim, Hit, Level, ReasonCode, Source, Span, Stance
from checker.settings import VerifySettings
from checker.verify.alignment import Alignment, align, clause, word_order
from checker.verify.dates import check_dates
from checker.verify.findings import Context, Finding, Relation
from checker.verify.modality import hearsay, holds_back
from checker.verify.names import check_names
from checker.verify.negation import check_negation
from checker.verify.quantities import check_quantities

MOST_SENTENCES = 12
"""Sentences read closely for one claim; the others share too few words with it to say anything of it."""

_LEAST_SHARED = 0.2
_LEAST_WORDS = 3
_CONFLICT_ALIGNMENT = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may bear on a claim, and what stands around it."""

    source: Source
    span: Span
    before: str = ""

    @property
    def text(self) -> str:
        return self.span.of(self.source.text)

    @property
    def context(self) -> str:
        """Words that say what the sentence is about: the source's title and publisher, the sentence before."""
        return " ".join(part for part in (self.source.title, self.source.publisher, self.before) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence does to the claim; `stance` is None where it does nothing certain."""

    candidate: Candidate
    alignment: Alignment
    findings: tuple[Finding, ...]
    stance: Stance | None
    held_back: frozenset[str] = frozenset()

    @property
    def strength(self) -> float:
        return self.alignment.coverage

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        return tuple(item for item in self.findings if item.relation is Relation.CONFLICTS)

    @property
    def decides_at(self) -> int:
        """The offset in the source of the item that decides, or of the sentence."""
        ordered = self.conflicts or tuple(item for item in self.findings if item.relation is Relation.AGREES)
        for finding in ordered:
            if finding.source is not None:
                return self.candidate.span.start + finding.source.start
        return self.candidate.span.start


def candidates(hits: Iterable[Hit], sources: dict[str, Source]) -> tuple[Candidate, ...]:
    """Every sentence of the passages, once, in the order of the hits."""
    found: dict[tuple[str, Span], Candidate] = {}
    for hit in hits:
        source = sources[hit.passage.source_id]
        spans = hit.passage.sentences
        for before, span in pairwise((None, *spans)):
            assert span is not None
            key = (source.id, span)
            if key not in found or (before is not None and not found[key].before):
                found[key] = Candidate(source, span, before.of(source.text) if before else "")
    return tuple(found.values())


def nearest(claim: Claim, pool: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The sentences that share most words with the claim, best first; ties keep a fixed order."""
    scored = []
    for item in pool:
        shared = align(claim.text, item.text, context=item.context).coverage
        if shared >= _LEAST_SHARED:
            scored.append((-shared, item.source.id, item.span, item))
    scored.sort(key=lambda row: row[:3])
    return tuple(row[3] for row in scored[:MOST_SENTENCES])


def read(claim: Claim, item: Candidate, settings: VerifySettings, *, published: date | None) -> Reading:
    """`claim` read against the sentence of `item`; `published` is the draft's date, for "last Tuesday"."""
    context = Context(claim_date=published, source_date=item.source.published, source_title=item.source.title)
    sentence = item.text
    findings = (
        *check_quantities(claim.text, sentence, context),
        *_dates(claim, item, context),
        *_names(claim, item, context),
        *check_negation(claim.text, sentence, context),
    )
    conflicts = tuple(finding for finding in findings if _stands(claim.text, item, finding))
    findings = tuple(f for f in findings if f.relation is not Relation.CONFLICTS or f in conflicts)
    agreed = [finding.claim for finding in findings if finding.relation is Relation.AGREES]
    whole = align(claim.text, sentence, context=item.context, met=agreed)
    held_back = holds_back(claim.text, sentence)
    if conflicts:
        stance: Stance | None = Stance.QUALIFIES if _only_overstated(conflicts) else Stance.CONTRADICTS
    else:
        stance = _support(claim, item, whole, findings, held_back, settings)
    return Reading(item, whole, findings, stance, held_back)


def _only_overstated(conflicts: tuple[Finding, ...]) -> bool:
    return all(finding.code is ReasonCode.OVERSTATED for finding in conflicts)


def _dates(claim: Claim, item: Candidate, context: Context) -> tuple[Finding, ...]:
    """Dates against the sentence; one it does not give may stand in the sentence before."""
    settled = []
    for finding in check_dates(claim.text, item.text, context):
        if finding.relation is Relation.SILENT and item.before:
            around = [f for f in check_dates(claim.text, item.before, context) if f.claim == finding.claim]
            if any(f.relation is Relation.AGREES for f in around):
                finding = Finding(Relation.AGREES, finding.claim, note="the date stands in the sentence before")
        settled.append(finding)
    return tuple(settled)


def _names(claim: Claim, item: Candidate, context: Context) -> tuple[Finding, ...]:
    """Names against the sentence; one it does not give may stand in the title or the sentence before."""
    settled = []
    around = item.context
    for finding in check_names(claim.text, item.text, context):
        if finding.relation is Relation.SILENT and around:
            near = [f for f in check_names(claim.text, around, context) if f.claim == finding.claim]
            if any(f.relation is Relation.AGREES for f in near):
                finding = Finding(Relation.AGREES, finding.claim, note="the name stands beside the sentence")
        settled.append(finding)
    return tuple(settled)


def _stands(claim: str, item: Candidate, finding: Finding) -> bool:
    """Whether a conflict is about the claim's own matter: the words around the item are the sentence's too."""
    if finding.relation is not Relation.CONFLICTS:
        return False
    near = align(claim, item.text, context=item.context, skip=(finding.claim,), within=clause(claim, finding.claim))
    if len(near.matched) >= 2 and near.coverage >= _CONFLICT_ALIGNMENT:
        return True
    whole = align(claim, item.text, context=item.context, skip=(finding.claim,))
    return len(whole.matched) >= _LEAST_WORDS and whole.coverage >= _CONFLICT_ALIGNMENT


def _support(
    claim: Claim,
    item: Candidate,
    whole: Alignment,
    findings: tuple[Finding, ...],
    held_back: frozenset[str],
    settings: VerifySettings,
) -> Stance | None:
    """Support only where nothing of the claim is left over: all items agree, the words are there, in their order."""
    if whole.coverage < settings.support_threshold or len(whole.matched) < min(
        _LEAST_WORDS, len(whole.matched) + len(whole.missing)
    ):
        return None
    if any(finding.relation is Relation.SILENT for finding in findings):
        return None
    names = tuple(name.span for name in find_names(claim.text))
    if not word_order(claim.text, item.text, names):
        return None
    if held_back:
        return Stance.QUALIFIES if held_back != {"asked"} else None
    if claim.level is Level.CONTENT and hearsay(item.text) and not hearsay(claim.text):
        return Stance.REPORTS
    return Stance.SUPPORTS
