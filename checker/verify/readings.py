"""One claim read against one sentence of one source: how much it says, what agrees, what conflicts, what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from checker.language.predicates import deed, verb_like
from checker.language.words import folded, words
from checker.model import Basis, Claim, Hit, Level, ReasonCode, Source, Span, Stance
from checker.settings import VerifySettings
from checker.verify.alignment import Alignment, align, clause
from checker.verify.checks.dates import check_dates
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.given import given, named
from checker.verify.checks.lists import check_lists
from checker.verify.checks.modality import hearsay, holds_back
from checker.verify.checks.names import check_names
from checker.verify.checks.negation import check_negation
from checker.verify.checks.posts import check_posts
from checker.verify.checks.quantities import check_quantities
from checker.verify.checks.superseding import superseded
from checker.verify.checks.titled import gives_office
from checker.verify.checks.worked_out import worked_out
from checker.verify.entailment import UNREAD, Entailment
from checker.verify.subject import Subject

MOST_SENTENCES = 12
"""Sentences read closely for one claim; the others share too few words with it to say anything of it."""

_MOST_ALIKE = 6
_FIGURE = re.compile(r"(?<![\d.,])\d[\d.,]*\d(?!\d)")  # two digits or more: few sentences share one by chance
_LEAST_SHARED = 0.2
_LEAST_WORDS = 3
_LEAST_TELLING = 2
_LEAST_OWN = 0.5
_LEAST_SAID = 0.25  # a title that says the claim does not make each sentence under it say so
_CONFLICT_ALIGNMENT = 0.5
_OTHERWISE = "the source says otherwise"
_LIGHT = frozenset(deed(word) for word in "take make give get put go come set bring do".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may bear on a claim, and what stands around it."""

    source: Source
    span: Span
    before: str = ""

    @property
    def text(self) -> str:
        return self.span.of(self.source.text)

    def asked(self, claim: str, published: date | None) -> tuple[str, str]:
        """Claim and sentence as a model reads them; a figure or a name that agrees is put as the sentence has it."""
        context = Context(published, self.source.published, self.source.title, self.before)
        found = (*check_quantities(claim, self.text, context), *check_names(claim, self.text, context))
        alike = [item for item in found if item.relation is Relation.AGREES and item.code and item.source]
        for item in sorted(alike, key=lambda item: item.claim, reverse=True):
            assert item.source is not None
            claim = f"{claim[: item.claim.start]}{item.source.of(self.text)}{claim[item.claim.end :]}"
        return claim, self.with_title

    @property
    def with_title(self) -> str:
        """The sentence as a model reads it: after its title, and nothing else, so that it decides by itself."""
        return f"{self.source.title.rstrip('.')}. {self.text}"

    @property
    def context(self) -> str:
        """Words that say what the sentence is about: the source's title and publisher, the sentence before."""
        return " ".join(part for part in (self.source.title, self.source.publisher, self.before) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one sentence does to the claim; `stance` is None where it does nothing certain, `basis` what it rests on."""

    candidate: Candidate
    alignment: Alignment
    findings: tuple[Finding, ...]
    stance: Stance | None
    held_back: frozenset[str] = frozenset()
    entailment: Entailment = UNREAD
    basis: Basis = Basis.NONE

    @property
    def strength(self) -> float:
        """How surely the sentence is about the claim: the share of its words, or the model's word where it has one."""
        return max(self.alignment.coverage, self.entailment.decided)

    @property
    def sureness(self) -> float:
        """A figure in 0..1 that grows with how surely the stance is right, of its own scale for each basis."""
        if self.basis is Basis.MEANING and self.stance is Stance.CONTRADICTS:
            return min(self.entailment.contradicted, self.entailment.exchanged)
        if self.stance is Stance.SUPPORTS and self.entailment.asked:
            return self.entailment.supported
        return self.strength

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


def candidates(hits: Iterable[Hit], sources: Mapping[str, Source]) -> tuple[Candidate, ...]:
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
    """The sentences that share most words with the claim, or a figure, best first; ties keep a fixed order.

    After them come the first sentences of the pool, whose passages are likest to the claim in meaning.
    """
    every = tuple(pool)
    scored = []
    figures = frozenset(_FIGURE.findall(claim.text))
    for item in every:
        shared = align(claim.text, item.text, context=item.context).coverage
        if shared < _LEAST_SHARED and item.before:  # "It was weighed at 3,800 tonnes", after what was weighed
            shared = align(claim.text, f"{item.before} {item.text}", context=item.context).coverage / 2
        if shared >= _LEAST_SHARED or figures & frozenset(_FIGURE.findall(item.text)):
            scored.append((-shared, item.source.id, item.span, item))
    scored.sort(key=lambda row: row[:3])
    close = tuple(row[3] for row in scored[:MOST_SENTENCES])
    like = tuple(item for item in every[:_MOST_ALIKE] if item not in close)
    return (*close, *like)[:MOST_SENTENCES]


def read(
    claim: Claim, item: Candidate, subject: Subject, settings: VerifySettings, entailment: Entailment = UNREAD
) -> Reading:
    """`claim` read against the sentence of `item`; `subject` is what the draft says the claim is about."""
    source = item.source
    context = Context(subject.published, source.published, source.title, item.before, source.publisher or "")
    sentence = item.text
    found = _found(claim, item, context, sure=entailment.supported >= settings.support_probability)
    about_it = subject.met_by(f"{item.context} {sentence}")
    findings = tuple(
        finding if about_it and _stands(claim.text, item, finding, entailment) else _unsaid(finding)
        for finding in found
    )
    back = superseded(item.source, item.span, findings) if about_it else None
    if back is not None:
        findings, item = back.findings, replace(item, span=back.shown)
    # What conflicts stands in the claim's own place, so it counts as spoken of, like what agrees.
    met = [finding.claim for finding in findings if finding.relation is not Relation.SILENT]
    whole = align(claim.text, sentence, context=item.context, met=met)
    reading = Reading(item, whole, findings, None, holds_back(claim.text, sentence), entailment)
    if not about_it:
        return reading
    if says_otherwise(reading, settings):
        finding = Finding(Relation.CONFLICTS, _whole(claim.text), None, ReasonCode.SAYS_OTHERWISE, _OTHERWISE)
        return replace(reading, findings=(*findings, finding), stance=Stance.CONTRADICTS, basis=Basis.MEANING)
    if reading.conflicts:
        return replace(reading, stance=_against(reading), basis=Basis.CHECK)
    basis = _said(claim, reading, settings)
    return reading if basis is Basis.NONE else replace(reading, stance=_stance(claim, reading), basis=basis)


def _found(claim: Claim, item: Candidate, context: Context, *, sure: bool) -> tuple[Finding, ...]:
    """What the checks find; a model that is `sure` that the sentence says the claim settles what they leave open."""
    sentence = item.text
    figures = worked_out(check_quantities(claim.text, sentence, context), claim.text, sentence, context)
    dates = _looked_around(check_dates, claim, (item.before,), sentence, context)
    names = _looked_around(check_names, claim, (item.context,), sentence, context)
    lists = check_lists(claim.text, sentence)
    denials = (*check_negation(claim.text, sentence, context), *check_posts(claim.text, sentence, context))
    if sure:
        figures = tuple(given(finding, claim.text, sentence, context) for finding in figures)
        dates = tuple(given(finding, claim.text, sentence, context) for finding in dates)
        names = tuple(named(finding, claim.text, sentence, item.source.text) for finding in names)
    return (*figures, *dates, *names, *lists, *denials)


def may_say_otherwise(whole: Alignment, entailment: Entailment, settings: VerifySettings) -> bool:
    """Whether the model finds a contradiction that is worth a second reading: the sentence speaks of the claim."""
    about_it = whole.own >= _LEAST_SAID and len(whole.matched) >= _LEAST_TELLING
    return about_it and entailment.contradicted >= settings.contradiction_probability


def says_otherwise(reading: Reading, settings: VerifySettings) -> bool:
    """Whether the sentence excludes the claim in its own words, by two readings, and nothing speaks against that."""
    if not may_say_otherwise(reading.alignment, reading.entailment, settings) or reading.conflicts or reading.held_back:
        return False
    return reading.entailment.exchanged >= settings.second_reading


def _whole(text: str) -> Span:
    return Span(0, len(text))


def _against(reading: Reading) -> Stance:
    """What conflicts do: a claim that is only stronger than the source is not contradicted by it."""
    overstated = all(item.code is ReasonCode.OVERSTATED and not item.certain for item in reading.conflicts)
    return Stance.QUALIFIES if overstated else Stance.CONTRADICTS


def _stance(claim: Claim, reading: Reading) -> Stance | None:
    """What a sentence does that says all of the claim."""
    if gives_office(claim, reading.candidate.text):
        return Stance.SUPPORTS
    if reading.held_back:
        return Stance.QUALIFIES if reading.held_back != {"asked"} else None
    if claim.level is Level.CONTENT and hearsay(reading.candidate.text) and not hearsay(claim.text):
        return Stance.REPORTS
    return Stance.SUPPORTS


def _said(claim: Claim, reading: Reading, settings: VerifySettings) -> Basis:
    """How nothing of the claim is left over: its words are there or the model finds it said; no item is open.

    NONE where something is left.
    """
    if any(finding.relation is Relation.SILENT for finding in reading.findings):
        return Basis.NONE
    whole, model = reading.alignment, reading.entailment
    if whole.coverage >= settings.support_threshold and whole.own >= _LEAST_OWN:
        # Two words prove nothing by standing somewhere in a sentence.
        enough = len(whole.matched) >= _LEAST_WORDS
        enough = enough or folded(claim.text).strip(" .") in folded(reading.candidate.text)
        holds = model.supported >= settings.support_floor if model.asked else enough
        return Basis.WORDS if holds else Basis.NONE
    stated = any(verb_like(word) for word, _, _ in words(reading.candidate.text))  # a heading states nothing
    holds = model.asked and stated and whole.own >= _LEAST_SAID and model.supported >= settings.support_probability
    return Basis.MEANING if holds else Basis.NONE


def _looked_around(
    check: Callable[[str, str, Context], tuple[Finding, ...]],
    claim: Claim,
    around: Iterable[str],
    sentence: str,
    context: Context,
) -> tuple[Finding, ...]:
    """Findings on the sentence; an item that it does not give may stand around it."""
    settled = []
    for finding in check(claim.text, sentence, context):
        if finding.relation is Relation.SILENT:
            near = (f for text in around if text for f in check(claim.text, text, context) if f.claim == finding.claim)
            if any(f.relation is Relation.AGREES for f in near):
                finding = Finding(Relation.AGREES, finding.claim, note="it stands beside the sentence")
        settled.append(finding)
    return tuple(settled)


def _stands(claim: str, item: Candidate, finding: Finding, entailment: Entailment) -> bool:
    """Whether a finding holds; a conflict must be about the claim's own matter, the words around it shared."""
    if finding.relation is not Relation.CONFLICTS:
        return True
    if finding.code is ReasonCode.NEGATED and entailment.says_so:
        return False  # a model errs on figures, seldom on yes and no
    if finding.certain:
        return True
    whole = align(claim, item.text, context=item.context, skip=(finding.claim,))
    if _telling(whole) >= 1 and not whole.missing:
        return True  # a short claim, all said but for the item
    if finding.code is ReasonCode.NAME_MISMATCH and " " in finding.claim.of(claim) and _telling(whole) >= 1:
        return True  # a full name all but spelt alike, beside a word of the claim, is the same name
    if entailment.on_topic and _telling(whole) >= _LEAST_TELLING:
        return True
    near = align(claim, item.text, context=item.context, skip=(finding.claim,), within=clause(claim, finding.claim))
    if _telling(near) >= _LEAST_TELLING and near.coverage >= _CONFLICT_ALIGNMENT:
        return True
    return _telling(whole) >= _LEAST_WORDS and whole.coverage >= _CONFLICT_ALIGNMENT


def _telling(alignment: Alignment) -> int:
    """How many of the matched words say what is spoken of; "took" and "made" stand in any sentence."""
    return sum(deed(word) not in _LIGHT for word in alignment.matched)


def _unsaid(finding: Finding) -> Finding:
    """The finding as silence: a conflict about something else must not let the sentence support the claim."""
    return finding if finding.relation is not Relation.CONFLICTS else Finding(Relation.SILENT, finding.claim)
