"""The verdict on a quotation: whether its words stand in a source, which words differ, and who says them there."""

from __future__ import annotations

import re
from dataclasses import replace

from checker.language.sentences import sentences
from checker.model import Article, Claim, Evidence, Label, ReasonCode, Searched, Source, Span, Stance, Tier, Verdict
from checker.verify.ground import cut
from checker.verify.quotations.quotes import Grade, Place, QuoteFinding
from checker.verify.quotations.speakers import Spoken
from checker.verify.quotations.turned import Turn
from checker.verify.quotations.voices import paragraph

MOST_PLACES = 3
"""Places shown beside the best one."""

_SURE = 0.95
_ALTERED = 0.85
_TOO_MANY_FOR_CHANCE = 6  # words that two people do not say alike by chance


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
        return (_unheard if finding.unheard else _altered)(claim, finding, sources, searched)
    if finding.speaker is Spoken.OTHER:
        return _misattributed(claim, finding, sources, searched)
    if finding.turn is not None:
        return _turned(claim, finding, finding.turn, sources, searched)
    if claim.attributed_to is not None and finding.speaker is Spoken.UNKNOWN:
        return _unclaimed(claim, finding, sources, searched)
    rival = _rival(claim, quoted, finding, sources)
    if rival is not None:
        return _disputed(claim, finding, rival, sources, searched)
    return _found(claim, finding, sources, searched)


def draft_around(article: Article, claim: Claim) -> str:
    """What the draft says around the words that `claim` quotes: their sentence, and the next one of its paragraph."""
    assert claim.quoted is not None
    start, end = paragraph(article.text, claim.quoted)
    around = [span.shift(start) for span in sentences(article.text[start:end])]
    held = [at for at, span in enumerate(around) if span.overlaps(claim.quoted) or span.overlaps(claim.span)]
    if not held:
        return claim.span.of(article.text)
    first, last = around[held[0]], around[min(held[-1] + 1, len(around) - 1)]
    return article.text[first.start : last.end]


def disputed_quote(said: Verdict, altered: Verdict) -> Verdict:
    """Mixed: secondary sources have the words, and a primary source has others by the same speaker."""
    return replace(
        altered,
        label=Label.MIXED,
        reasons=(ReasonCode.SOURCES_DISAGREE, *altered.reasons),
        evidence=(*altered.evidence, *said.evidence),
        justification=f"A primary source has other words than the secondary ones: {altered.justification}",
    )


def _found(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    unsure = claim.attributed_to is not None and finding.speaker is not Spoken.FOUND
    folded = finding.grade is Grade.FOLDED
    notes = [_same_words(finding)]
    if unsure and finding.said_by:
        notes.append(f"there {_voice(finding.said_by)} says them")
    elif unsure:
        notes.append(f"it does not say that {_voice(claim.attributed_to)} is the speaker")
    return Verdict(
        claim=claim,
        label=Label.SUPPORTED,
        confidence=_ALTERED if unsure else _SURE,
        reasons=(ReasonCode.QUOTE_FOLDED,) if folded else (),
        evidence=_evidence(finding, sources, Stance.SUPPORTS),
        justification="; ".join(notes) + ".",
        searched=searched,
    )


def _same_words(finding: QuoteFinding) -> str:
    folded = finding.grade is Grade.FOLDED
    words = "The source has the same words" if folded else "The source has these words, letter by letter"
    return words + (
        f" ({finding.note.rstrip('.').removeprefix('the same words; ')})" if folded and finding.note else ""
    )


def _voice(name: str | None) -> str:
    """A speaker's name as it stands inside a sentence."""
    return re.sub(r"^(?:The|A|An|One|Its|Their)\b", lambda article: article.group().lower(), name or "somebody else")


def _turned(claim: Claim, finding: QuoteFinding, turn: Turn, sources: dict[str, Source], searched: Searched) -> Verdict:
    """The words stand there, and the sentence they are cut out of says otherwise: it is shown whole."""
    assert finding.source_id is not None
    note = f"The words stand in the source, but {turn.note}"
    if claim.attributed_to is not None and finding.speaker is Spoken.UNKNOWN:
        note += f"; and it does not say that {_voice(claim.attributed_to)} is the speaker"
    return Verdict(
        claim=claim,
        label=Label.MIXED,
        confidence=_ALTERED,
        reasons=(ReasonCode.QUOTE_ALTERED,),
        evidence=(cut(sources[finding.source_id], turn.sentence, Stance.QUALIFIES),),
        justification=f"{note[0].upper()}{note[1:]}.",
        searched=searched,
    )


def _unclaimed(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    """The words are there, and nothing shows that they are the speaker's."""
    whose = f"gives them to {_voice(finding.said_by)}" if finding.said_by else "does not say who speaks"
    return Verdict(
        claim=claim,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=0.5,
        reasons=(ReasonCode.ONLY_PART_FOUND,),
        evidence=_evidence(finding, sources, Stance.QUALIFIES),
        justification=f"{_same_words(finding)}, but {whose}: nothing shows that {_voice(claim.attributed_to)} "
        "said them.",
        searched=searched,
    )


def _unheard(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    return Verdict(
        claim=claim,
        label=Label.NOT_ENOUGH_EVIDENCE,
        confidence=0.5,
        reasons=(ReasonCode.ONLY_PART_FOUND,),
        evidence=_evidence(finding, sources, Stance.QUALIFIES),
        justification="The source could not be heard at one place of the quotation; the other words are the same.",
        searched=searched,
    )


def _rival(claim: Claim, quoted: str, finding: QuoteFinding, sources: dict[str, Source]) -> Place | None:
    """A source of the same standing that gives the same words, too many for chance, to somebody else."""
    if claim.attributed_to is None or len(quoted.split()) < _TOO_MANY_FOR_CHANCE or finding.source_id is None:
        return None
    ours = sources[finding.source_id]
    telling = {place.source_id for place in finding.others if place.speaker is Spoken.FOUND}
    for place in finding.others:
        theirs = sources[place.source_id]
        if (
            place.speaker is Spoken.OTHER
            and place.grade in (Grade.EXACT, Grade.FOLDED)
            and place.source_id not in telling | {ours.id}
            and (theirs.tier is ours.tier or theirs.tier is Tier.PRIMARY)
        ):
            return place
    return None


def _disputed(
    claim: Claim, finding: QuoteFinding, rival: Place, sources: dict[str, Source], searched: Searched
) -> Verdict:
    against = cut(sources[rival.source_id], rival.span, Stance.CONTRADICTS)
    return Verdict(
        claim=claim,
        label=Label.MIXED,
        confidence=0.6,
        reasons=(ReasonCode.SOURCES_DISAGREE, ReasonCode.MISATTRIBUTED),
        evidence=(against, *_evidence(finding, sources, Stance.SUPPORTS)),
        justification=f"The sources disagree on who says this: another one gives the words to {_voice(rival.said_by)}.",
        searched=searched,
    )


def _altered(claim: Claim, finding: QuoteFinding, sources: dict[str, Source], searched: Searched) -> Verdict:
    assert finding.source_id is not None and finding.span is not None
    theirs = finding.span.of(sources[finding.source_id].text)
    reasons = [ReasonCode.QUOTE_ALTERED]
    note = finding.note.rstrip(".") or "The source's words differ"
    if finding.speaker is Spoken.OTHER:
        reasons.append(ReasonCode.MISATTRIBUTED)
        note += f"; and there {_voice(finding.said_by)} says them"
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
        justification=f"The words are real, but in the source {_voice(finding.said_by)} says them, "
        f"not {_voice(claim.attributed_to)}.",
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
