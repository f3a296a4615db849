"""Quantities of a claim held against one sentence of a source.

How two numbers are compared stands in `magnitudes`, when they are numbers of one thing in `sameness`. Here is how one
number of the sentence is chosen:

- One that agrees settles it, unless another number of the same kind has more of the claim's words in its clause:
  "three people died and five were hurt" does not say that five died.
- A conflict needs one number that is surely of the same thing. Where several are, only the one whose clause has
  clearly more of the claim's words counts.
- "Doubled" is held against "doubled", or against the two ends of the change where the sentence gives both.
- A number that is neither is silence. Numbers of two dimensions, percent and percentage points, and sums of two
  currencies never meet, but for a figure that is the claim's with a slip in it: see `slips`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from checker.language.counted import Limit, Role
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.model import ReasonCode
from checker.verify.checks.changes import other_way
from checker.verify.checks.corrections import correction
from checker.verify.checks.elision import stands_bare, with_nouns
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.magnitudes import agrees, clashes, convertible
from checker.verify.checks.sameness import Pair, a_single, content_stems, may_conflict, near, of_one_kind, sides_swapped
from checker.verify.checks.slips import slip

_NOT = re.compile(r"(?:,|\band|[—–(])\s*(?:not|rather than|instead of)\s+(?:the\s+)?$", re.I)
_CLEARLY = 2
_OFF = Decimal("0.25")
_RIGHT = Decimal("0.05")


def check_quantities(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """One finding for each quantity of `claim`, in order."""
    ours = with_nouns(claim)
    if not ours:
        return ()
    title = f"{context.source_title}. {context.publisher}"
    pair = Pair(claim, sentence, title, ours, with_nouns(sentence, context.before), context.before)
    agreed = [_agreeing(item, pair) for item in ours]
    return tuple(_finding(item, found, agreed, pair) for item, found in zip(ours, agreed, strict=True))


def _finding(item: Quantity, found: Sequence[Quantity], agreed: list[list[Quantity]], pair: Pair) -> Finding:
    taken = {other.span for others in agreed if others is not found for other in others}
    rivals = [
        other for other in pair.theirs if other not in found and other.span not in taken and _rival(item, other, pair)
    ]
    if found:
        best = max(found, key=lambda other: len(_shared(item, other, pair)))
        stronger = [other for other in rivals if _outdoes(other, best, item, pair)]
        if best.limit is Limit.EXACT and _denied_itself(pair.sentence, best) and not _denied_itself(pair.claim, item):
            return replace(_conflict(item, best, pair), note=_denial(item, best, pair), suggestion=None)
        turned = other_way(item, found, pair)
        if turned is not None:
            return _turned(item, turned, pair)
        if not stronger:
            return _agreement(item, best, pair)
        rivals = [
            other for other in stronger if not best.noun and not _shared(item, best, pair) - _shared(item, other, pair)
        ]
    elif (implied := _implied(item, pair)) is not None:
        return implied
    else:
        slips = [other for other in pair.theirs if other.span not in taken and slip(item, other, pair)]
        if len(_without_repeats(item, slips)) == 1:
            return replace(_conflict(item, slips[0], pair), certain=True)
    chosen = _chosen(item, rivals, pair)
    if chosen is None:
        return Finding(Relation.SILENT, item.span)
    return replace(_conflict(item, chosen, pair), certain=_whole_given_before(item, chosen, pair))


def _agreeing(item: Quantity, pair: Pair) -> list[Quantity]:
    return [
        other
        for other in pair.theirs
        if convertible(item, other)
        and of_one_kind(item, other, pair)
        and agrees(item, other)
        and not (item.dimension is Dimension.SCORE and sides_swapped(pair))
    ]


def _rival(item: Quantity, other: Quantity, pair: Pair) -> bool:
    """Whether `other` is of the same thing as `item` and cannot be the same number."""
    if not convertible(item, other) or not clashes(item, other):
        return False
    if other.role is Role.PART and any(whole.role is Role.WHOLE and whole.low == item.low for whole in pair.theirs):
        return False
    if stands_bare(pair.sentence, other) and not _part_meant(item, other, pair):
        return False
    return of_one_kind(item, other, pair) and may_conflict(item, other, pair)


def _whole_given_before(item: Quantity, other: Quantity, pair: Pair) -> bool:
    """Whether the claim puts the whole of the sentence before where the sentence gives a part: "of these, 204"."""
    whole = any(
        convertible(item, each) and each.noun and each.head == item.head and agrees(item, each)
        for each in find_quantities(pair.before)
    )
    return whole and stands_bare(pair.sentence, other)


def _part_meant(item: Quantity, other: Quantity, pair: Pair) -> bool:
    """Whether the claim says of its number what the sentence adds to the things of the sentence before."""
    return bool(_shared(item, other, pair) - content_stems(pair.before))


def _shared(item: Quantity, other: Quantity, pair: Pair) -> frozenset[str]:
    return (near(pair.claim, item) & near(pair.sentence, other)) - set(item.noun)


def _outdoes(rival: Quantity, best: Quantity, item: Quantity, pair: Pair) -> bool:
    """Whether the rival's clause has words of the claim that the agreeing one's lacks, and at least as many."""
    own, theirs = _shared(item, rival, pair), _shared(item, best, pair)
    return bool(own - theirs) and len(own - theirs) >= len(theirs - own)


def _chosen(item: Quantity, rivals: list[Quantity], pair: Pair) -> Quantity | None:
    """The one rival that is meant: the only one, or the one whose clause is clearly nearest to the claim's."""
    rivals = _without_repeats(item, rivals)
    if len(rivals) < 2:
        return rivals[0] if rivals else None
    ranked = sorted(rivals, key=lambda other: -len(_shared(item, other, pair)))
    best, second = (len(_shared(item, other, pair)) for other in ranked[:2])
    return ranked[0] if best - second >= _CLEARLY else None


def _without_repeats(item: Quantity, rivals: list[Quantity]) -> list[Quantity]:
    """The rivals without those that give another's number in other units: "85 km (53 miles)"."""
    kept: list[Quantity] = []
    for other in sorted(rivals, key=lambda other: other.low != item.low):
        if not any(convertible(one, other) and not clashes(one, other) for one in kept):
            kept.append(other)
    return kept


def _agreement(item: Quantity, other: Quantity, pair: Pair) -> Finding:
    if item.unit and other.unit and item.unit.name != other.unit.name and item.unit.dimension not in _ONE_SCALE:
        note = f"“{item.span.of(pair.claim)}” is “{other.span.of(pair.sentence)}” in the source"
        return Finding(Relation.AGREES, item.span, other.span, ReasonCode.UNIT_CONVERTED, note)
    return Finding(Relation.AGREES, item.span, other.span)


_ONE_SCALE = frozenset((Dimension.SHARE, Dimension.POINTS))


def _conflict(item: Quantity, other: Quantity, pair: Pair) -> Finding:
    swapped = (
        item.low == other.low
        and item.high == other.high
        and (item.unit != other.unit or item.currency != other.currency)
    )
    code = ReasonCode.UNIT_MISMATCH if swapped else ReasonCode.QUANTITY_MISMATCH
    note = f"the source gives “{_in_words(other, pair.sentence)}”, not “{_in_words(item, pair.claim)}”"
    return Finding(Relation.CONFLICTS, item.span, other.span, code, note, correction(item, other, pair))


def _denied_itself(text: str, item: Quantity) -> bool:
    """Whether the number is what a "not" stands before: "it is 4,115, and not 2,600"."""
    return _NOT.search(text, max(0, item.span.start - 24), item.span.start) is not None


def _denial(item: Quantity, best: Quantity, pair: Pair) -> str:
    return (
        f"the source says that it is not “{best.span.of(pair.sentence)}”; the draft gives “{item.span.of(pair.claim)}”"
    )


def _turned(item: Quantity, other: Quantity, pair: Pair) -> Finding:
    said = _in_words(other, pair.sentence)
    note = f"the source has it the other way: “{said}”, not “{_in_words(item, pair.claim)}”"
    return Finding(Relation.CONFLICTS, item.span, other.span, ReasonCode.NEGATED, note)


def _in_words(item: Quantity, text: str) -> str:
    """The quantity with the word that limits it or says which way it went, as the text has it."""
    words = item.span.of(text)
    if item.limit is Limit.EXACT and not item.trend:
        return words
    lead = text[: item.span.start].split()[-2 if item.trend or item.limit not in (Limit.ABOUT, Limit.NEARLY) else -1 :]
    return " ".join((*lead, words))


def _implied(item: Quantity, pair: Pair) -> Finding | None:
    """What the sentence says without the number: "a bridge" for "one bridge", "from 40 to 80" for "doubled"."""
    if item.dimension is Dimension.FACTOR:
        return _multiplied(item, pair)
    single = a_single(pair.sentence, item) if item.limit is Limit.EXACT else None
    return Finding(Relation.AGREES, item.span, single) if single else None


def _multiplied(item: Quantity, pair: Pair) -> Finding | None:
    """A factor held against the two ends of the one change in the sentence."""
    starts = [other for other in pair.theirs if other.role is Role.START]
    ends = [other for other in pair.theirs if other.role is Role.END]
    if len(starts) != 1 or len(ends) != 1 or not convertible(starts[0], ends[0]) or starts[0].low <= 0:
        return None
    off = abs(ends[0].low / starts[0].low / item.low - 1)
    if off <= (_RIGHT if item.limit is Limit.EXACT else _RIGHT * 3):
        return Finding(Relation.AGREES, item.span, ends[0].span)
    if off <= _OFF or item.limit is not Limit.EXACT or not may_conflict(item, ends[0], pair):
        return None
    change = f"from {starts[0].span.of(pair.sentence)} to {ends[0].span.of(pair.sentence)}"
    note = f"the source gives a change “{change}”, which is not “{item.span.of(pair.claim)}”"
    return Finding(Relation.CONFLICTS, item.span, ends[0].span, ReasonCode.QUANTITY_MISMATCH, note)
