"""The verdict on a quotation: whether its words stand in a source, which words differ, and who says them there."""

from __future__ import annotations

from checker.model import Claim, Evidence, Label, ReasonCode, Searched, Source, Span, Stance, Verdict
from checker.verify.ground import cut
from checker.verify.quotes import Grade, QuoteFinding
from checker.verify.speakers import Spoken

MOST_PLACES = 3
"""Places shown beside the best one."""

_SURE = 0.95
_ALTERED = 0.85


def judge_quote(
    claim: Claim,
    quoted: str,
    finding: QuoteFinding,
    sources: dict[str, Source],
    *,
    searched: Searched,
    in_copies: bool = False,
) -> Verdict:
    """The verdict on `claim`, which quotes the words `quoted`. `in_copies` says that a copy of the draft has them."""
    if finding.grade is Grade.NOT_FOUND or finding.span is None or finding.source_id is None:
        return _not_found(claim, searched, in_copies=in_copies)
    if finding.weak:
        return _weak(claim, finding, sources, searched)
    if finding.grade is Grade.ALTERED:
        return _altered(claim, quoted, finding, sources, searched)
    if finding.speaker is Spoken.OTHER:
        return _misattributed(claim, finding, sources, searched)
    return _found(claim, finding, sources, searched)


def _found(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    unsure = claim.attributed_to is not None and finding.speaker is Spoken.UNKNOWN
    folded = finding.grade is Grade.FOLDED
    words = "The source has the same words" if folded else "The source has these words, letter by letter"
    notes = [words + (f" ({finding.note.rstrip('.')})" if folded and finding.note else "")]
    if unsure:
        notes.append(f"it does not say that {claim.attributed_to} is the speaker")
    return Verdict(
        claim=claim,
        label=Label.SUPPORTED,
        confidence=_ALTERED if unsure else _SURE,
        reasons=(ReasonCode.QUOTE_FOLDED,) if folded else (),
        evidence=_evidence(finding, sources, Stance.SUPPORTS),
        justification="; ".join(notes) + ".",
        searched=searched,
    )


def _altered(
    claim: Claim, quoted: str, finding: QuoteFinding, sources: dict[str, Source], searched: Searched
) -> Verdict:
    assert finding.source_id is not None and finding.span is not None
    theirs = finding.span.of(sources[finding.source_id].text)
    reasons = [ReasonCode.QUOTE_ALTERED]
    note = finding.note.rstrip(".") or "The source's words differ"
    if finding.speaker is Spoken.OTHER:
        reasons.append(ReasonCode.MISATTRIBUTED)
        note += f"; and there {finding.said_by} says them"
    return Verdict(
        claim=claim,
        label=Label.CONTRADICTED,
        confidence=_ALTERED,
        reasons=tuple(reasons),
        evidence=_evidence(finding, sources, Stance.CONTRADICTS),
        justification=f"{note}.",
        suggestion=" ".join(theirs.split()) if finding.coverage > 0.75 else None,
        searched=searched,
    )


def _misattributed(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    return Verdict(
        claim=claim,
        label=Label.CONTRADICTED,
        confidence=_ALTERED,
        reasons=(ReasonCode.MISATTRIBUTED,),
        evidence=_evidence(finding, sources, Stance.CONTRADICTS),
        justification=f"The words are real, but in the source {finding.said_by} says them, not {claim.attributed_to}.",
        searched=searched,
    )


def _weak(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    return Verdict(
        claim=claim,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=0.5,
        reasons=(ReasonCode.ONLY_PART_FOUND,),
        evidence=_evidence(finding, sources, Stance.QUALIFIES),
        justification="So few words prove little: neither their speaker nor their surroundings are the draft's.",
        searched=searched,
    )


def _not_found(claim: Claim, searched: Searched, *, in_copies: bool) -> Verdict:
    reasons = (ReasonCode.ONLY_COPIES,) if in_copies else (ReasonCode.QUOTE_NOT_FOUND,)
    why = (
        "Only copies of the draft itself have these words." if in_copies else "No source of the corpus has these words."
    )
    return Verdict(
        claim=claim,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=0.5,
        reasons=reasons,
        justification=why,
        searched=searched,
    )


def _evidence(finding: QuoteFinding, sources: dict[str, Source], stance: Stance) -> tuple[Evidence, ...]:
    assert finding.source_id is not None and finding.span is not None
    places: list[tuple[str, Span]] = [(finding.source_id, finding.span)]
    for place in finding.others:
        same_kind = place.grade is finding.grade and place.speaker is finding.speaker
        if same_kind and place.source_id not in {source_id for source_id, _ in places}:
            places.append((place.source_id, place.span))
    return tuple(cut(sources[source_id], span, stance) for source_id, span in places[: 1 + MOST_PLACES])
