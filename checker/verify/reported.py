"""Claims of what somebody said: the sentence must say that it is theirs, and saying so does not make it so."""

from __future__ import annotations

from dataclasses import replace

from checker.language.likeness import Likeness, likeness
from checker.language.names import find_names
from checker.language.words import folded
from checker.model import Claim, Stance
from checker.verify.checks.modality import hearsay
from checker.verify.readings import Reading


def says_it(claim: Claim, reading: Reading) -> Reading:
    """`reading` of a claim of attribution: a support counts only where the speaker is the claim's.

    The speaker may be named in the sentence as one who speaks, be the speaker of the cue, or be the publisher.
    """
    if reading.stance not in (Stance.SUPPORTS, Stance.REPORTS, Stance.QUALIFIES) or claim.attributed_to is None:
        return reading
    if reading.stance is Stance.QUALIFIES:
        return replace(reading, stance=None)
    return replace(reading, stance=Stance.SUPPORTS if _speaks(claim.attributed_to, reading) else None)


def only_told(claim: Claim, reading: Reading) -> Reading:
    """`reading` of what the draft lets somebody say, where the support is a speaker's own cue: that is told again, not
    borne out."""
    item = reading.candidate
    told = claim.parent is not None and item.source.locator(item.span.start).speaker is not None
    return replace(reading, stance=Stance.REPORTS) if told and reading.stance is Stance.SUPPORTS else reading


def _speaks(speaker: str, reading: Reading) -> bool:
    item = reading.candidate
    cue = item.source.locator(item.span.start).speaker
    if cue and _same(speaker, cue):
        return True
    if item.source.publisher and _same(speaker, item.source.publisher):
        return True
    named = any(_same(speaker, name.span.of(item.text)) for name in find_names(item.text))
    return hearsay(item.text) and (named or folded(speaker) in folded(item.text))


def _same(ours: str, theirs: str) -> bool:
    if folded(ours) in folded(theirs) or folded(theirs) in folded(ours):
        return True
    return likeness(ours, theirs) in (Likeness.SAME,)
