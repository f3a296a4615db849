"""Which way a number went, where the sentence says it of the number's other end: "5.8 per cent, down from 6.3"."""

from __future__ import annotations

from collections.abc import Sequence

from checker.language.counted import Role, Trend
from checker.language.quantities import Quantity
from checker.verify.checks.magnitudes import convertible
from checker.verify.checks.sameness import Pair

_REACH = 90
_ENDS = frozenset((Role.END, Role.START))


def other_way(item: Quantity, found: Sequence[Quantity], pair: Pair) -> Quantity | None:
    """The end of the sentence's change that shows that the number, which both give, went the other way."""
    if item.trend is Trend.NONE or item.role not in _ENDS:
        return None
    for best in found:
        for other in pair.theirs:
            between = pair.sentence[best.span.end : other.span.start]
            beside = other.span.start > best.span.end and len(between) <= _REACH and ";" not in between
            if other.role is Role.START and beside and _opposite(item, other):
                return other
    return None


def _opposite(item: Quantity, other: Quantity) -> bool:
    return other.trend is not Trend.NONE and other.trend is not item.trend and convertible(item, other)
