"""Figures that a sentence does not give but that follow from those it gives.

A change in per cent or times from its two ends, a share from a part and its whole, an age from a birth, a result told
from the other side. What follows is compared like any figure, with the rounding of both sides allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from checker.language.counted import Limit, Role, Trend
from checker.language.dates import find_dates
from checker.language.intervals import Grain
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.model import ReasonCode, Span
from checker.verify.checks.ages import with_ages
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.magnitudes import convertible, in_unit_of
from checker.verify.checks.results import check_results

_MORE = re.compile(r"[ ](?P<way>more|higher|larger|greater|fewer|less|lower|smaller)\b", re.I)
_LESS = frozenset("fewer less lower smaller".split())
_THAN = re.compile(r"\b(?:than|as)[ ](?:in[ ])?(?P<year>(?:1[5-9]|20)\d\d)\b")
_FEWER = re.compile(
    r"(?<!per cent )(?<!percent )(?<!% )(?<!times )\b(?P<way>more|higher|larger|greater|fewer|less|lower|smaller)\b"
    r"[^.;:]{0,60}?\bin (?:1[5-9]|20)\d\d than in (?:1[5-9]|20)\d\d\b"
)
_OF_THE = re.compile(r"\bof (?:the|its|their|all|those|these) $", re.I)
_LEAST_OFF = Decimal("0.1")
"""How far off, as a share of the true change, a figure must be for a conflict, besides all rounding."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Two ends of one change in a sentence, the earlier first."""

    start: Quantity
    end: Quantity

    @property
    def ratio(self) -> Decimal:
        return in_unit_of(self.start, self.end).low / self.start.low

    @property
    def slack(self) -> Decimal:
        """How far the ratio may be off because both ends are rounded."""
        ends = (self.start, in_unit_of(self.start, self.end))
        return self.ratio * sum((_half(item) / abs(item.low) for item in ends if item.low), Decimal(0))

    @property
    def place(self) -> Span:
        first, last = sorted((self.start.span, self.end.span))
        return Span(first.start, last.end)


def worked_out(found: Iterable[Finding], claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """The findings on the quantities of `claim`, those settled that follow from other figures of the sentence."""
    found, results = tuple(found), check_results(claim, sentence, context)
    # A score after a name ("United 2-1") is no quantity, so that a result may have no finding yet.
    alone = (result for result in results if not any(result.claim.overlaps(finding.claim) for finding in found))
    settled = []
    for finding in found:
        result = next((other for other in results if other.claim.overlaps(finding.claim)), None)
        if result is not None and result.relation is not Relation.SILENT:
            finding = result
        finding = with_ages(finding, claim, sentence, context)
        if finding.relation is Relation.SILENT:
            finding = _followed(finding, claim, sentence, context) or finding
        settled.append(finding)
    return (*settled, *alone, *_compared(claim, sentence, context))


def _compared(claim: str, sentence: str, context: Context) -> Iterator[Finding]:
    """“fewer passengers in 2024 than in 2023” against the figures of both years."""
    match = _FEWER.search(claim)
    if match is None or any(item.span.overlaps(Span(*match.span("way"))) for item in find_quantities(claim)):
        return
    change = _change(claim, sentence, context)
    if change is None or abs(change.ratio - 1) <= change.slack:
        return
    place, up = Span(*match.span("way")), match["way"].casefold() not in _LESS
    if up == (change.ratio > 1):
        yield Finding(Relation.AGREES, place, change.place)
    else:
        note = f"“{change.place.of(sentence)}” in the source is the other way round than “{place.of(claim)}”"
        yield Finding(Relation.CONFLICTS, place, change.place, ReasonCode.SAYS_OTHERWISE, note)


def _followed(finding: Finding, claim: str, sentence: str, context: Context) -> Finding | None:
    item = next((each for each in find_quantities(claim) if each.span == finding.claim), None)
    if item is None or item.low != item.high or item.vague:
        return None
    if item.dimension is Dimension.SHARE and (way := _way(item, claim)) is not Trend.NONE:
        change = _change(claim, sentence, context)
        return _as_percent(item, way, change, claim, sentence) if change else None
    if item.dimension is Dimension.FACTOR:
        change = _change(claim, sentence, context)
        return _as_factor(item, change, claim, sentence) if change else None
    return _as_share(item, claim, sentence) if item.dimension is Dimension.SHARE else None


def _way(item: Quantity, claim: str) -> Trend:
    """Which way a share changes something: "rose 6 per cent", "6 per cent more"."""
    if item.role is Role.CHANGE:
        return item.trend
    more = _MORE.match(claim, item.span.end)
    if more is None or _THAN.search(claim, more.end()) is None:
        return Trend.NONE
    return Trend.DOWN if more["way"].casefold() in _LESS else Trend.UP


def _change(claim: str, sentence: str, context: Context) -> _Change | None:
    """The one change that the sentence gives both ends of: "from A to B", or a figure for each of two years."""
    found = [item for item in find_quantities(sentence) if item.low == item.high and item.limit is Limit.EXACT]
    starts = [item for item in found if item.role is Role.START]
    ends = [item for item in found if item.role is Role.END]
    if len(starts) == len(ends) == 1 and convertible(starts[0], ends[0]) and starts[0].low > 0:
        return _Change(starts[0], ends[0]) if _same_years(claim, sentence) else None
    return _dated_change(claim, sentence, found, context)


def _same_years(claim: str, sentence: str) -> bool:
    """Whether the claim names no year that the sentence does not."""
    ours, theirs = (set(re.findall(r"\b(?:1[5-9]|20)\d\d\b", text)) for text in (claim, sentence))
    return ours <= theirs or not theirs


def _dated_change(claim: str, sentence: str, found: Sequence[Quantity], context: Context) -> _Change | None:
    """Two figures of one kind, each with its year after it, where the claim speaks of both years."""
    years = [item for item in find_dates(sentence, context.source_date) if item.grain is Grain.YEAR and item.year]
    if len(years) != 2 or years[0].year == years[1].year:
        return None
    first, second = sorted(years, key=lambda item: item.span)
    one = [item for item in found if item.span.end <= first.span.start]
    two = [item for item in found if first.span.end <= item.span.start and item.span.end <= second.span.start]
    if len(one) != 1 or len(two) != 1 or len(found) != 2 or not convertible(one[0], two[0]):
        return None
    if (one[0].noun and two[0].noun and one[0].head != two[0].head) or min(one[0].low, two[0].low) <= 0:
        return None
    told = set(re.findall(r"\b(?:1[5-9]|20)\d\d\b", claim))
    if {str(first.year), str(second.year)} != told:
        return None
    earlier = (first.year or 0) < (second.year or 0)
    start, end = (one[0], two[0]) if earlier else (two[0], one[0])
    base = _THAN.search(claim)
    # "fewer in 2023 than in 2024" is said of the earlier year.
    backwards = base is not None and base["year"] == str(max(first.year or 0, second.year or 0))
    return _Change(end, start) if backwards else _Change(start, end)


def _as_percent(item: Quantity, way: Trend, change: _Change, claim: str, sentence: str) -> Finding | None:
    if change.start.dimension is Dimension.SHARE:
        return None  # per cent of a share, or points of it: the claim has to say which
    true, slack = (change.ratio - 1) * 100, change.slack * 100
    stated = item.low if way is Trend.UP else -item.low
    return _held(item, stated, true, slack, (change.place, "a change of", claim, sentence))


def _as_factor(item: Quantity, change: _Change, claim: str, sentence: str) -> Finding | None:
    return _held(item, item.low, change.ratio, change.slack, (change.place, "a change by the factor", claim, sentence))


def _as_share(item: Quantity, claim: str, sentence: str) -> Finding | None:
    """A share of a whole against a part of that whole in figures: "20 of the 80 pupils", "of the 80 pupils, 20"."""
    found = [each for each in find_quantities(sentence) if each.dimension is Dimension.COUNT and each.low == each.high]
    if len(found) != 2 or not item.noun or any(each.limit is not Limit.EXACT for each in found):
        return None
    first, second = found
    if first.role is Role.PART and second.role is Role.WHOLE:
        part, whole = first, second
    elif _OF_THE.search(sentence[: first.span.start]) and re.match(
        r"[^,.;]{1,40}, $", sentence[first.span.end : second.span.start]
    ):
        part, whole = second, first
    else:
        return None
    if not whole.noun or whole.head != item.head or not 0 < part.low <= whole.low:
        return None
    place = Span(min(part.span, whole.span).start, max(part.span, whole.span).end)
    return _held(item, item.low, part.low * 100 / whole.low, Decimal("0.5"), (place, "a share of", claim, sentence))


def _held(
    item: Quantity, stated: Decimal, true: Decimal, slack: Decimal, told: tuple[Span, str, str, str]
) -> Finding | None:
    """A stated figure against the true one: agreement within all rounding, conflict well outside it, else None."""
    place, what, claim, sentence = told
    off = abs(stated - true)
    near = _half(item) + slack
    if item.fraction:
        near = max(near, abs(true) / 10)
    if item.limit not in (Limit.EXACT, Limit.ABOUT):
        return None
    if off <= near:
        return Finding(Relation.AGREES, item.span, place)
    least = max(near * 2, abs(true) * (_LEAST_OFF if item.limit is Limit.EXACT else _LEAST_OFF * 2))
    if off <= least and (stated < 0) == (true < 0):
        return None
    unit = "" if item.dimension is Dimension.FACTOR else " per cent"
    note = f"“{place.of(sentence)}” in the source is {what} {_shown(true)}{unit}, not “{item.span.of(claim)}”"
    same_way = (stated < 0) == (true < 0)
    better = _better(item, abs(true), claim) if same_way and item.limit is Limit.EXACT else None
    return Finding(Relation.CONFLICTS, item.span, place, ReasonCode.QUANTITY_MISMATCH, note, better)


def _half(item: Quantity) -> Decimal:
    """How far a figure may be off by rounding; a small count is not rounded."""
    return Decimal(0) if item.whole else item.step / 2


def _shown(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"


def _better(item: Quantity, true: Decimal, claim: str) -> str | None:
    """The claim's figure put right, as finely as the claim gives it; None where it is not written in digits."""
    words = item.span.of(claim)
    digits = re.match(r"\d+(?:\.\d+)?", words)
    if digits is None or item.fraction or replace(item, low=true).low <= 0:
        return None
    places = len(digits.group().partition(".")[2])
    return f"{true:.{places}f}{words[digits.end() :]}"
