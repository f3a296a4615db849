"""Two quantities of one dimension held together: what a claim's number allows, and what a source's number says.

The rules, for a claim's C and a source's S, both in the claim's unit:

- They agree where what S says lies within what C allows. A plain number allows half the worth of its last figure
  ("4.5 million" is 4.45 to 4.55 million), but never more than 7.5 % (10 % after a conversion), and a count below a
  hundred allows only itself. "About" allows 10 %. "Nearly 500" is 450 up to 500, "more than 12" above 12 and up to
  twice that (half as much again from twenty up), "up to 50" only what reaches 50.
- So a claim rounder than its source agrees, and one finer than its source does not: silence, not a conflict.
- They clash where no number can be meant by both. Here a plain number stretches to what its trailing zeros may hide
  (at most 5 %, from a hundred up), "about" to 10 %, and a conversion to 3 % more; a number of another limit is all
  that its limit leaves open.
- A reversed score ("5-2" and "2-5") neither agrees nor clashes: which side is which is for the words to say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from checker.language.counted import Limit, Role, Trend
from checker.language.quantities import Quantity, is_difference
from checker.language.units import DEGREES_OF_HEAT, Dimension, calendar, convert

_NO_END = Decimal(10) ** 30
_HAIR = Decimal("1e-9")
_ROUNDED, _CONVERTED, _ABOUT = Decimal("0.075"), Decimal("0.1"), Decimal("0.1")
_ZEROS, _ROUGH = Decimal("0.05"), Decimal("0.03")
_PAST = Decimal("0.005")
"""How far past its limit a number must lie; nearer, it may be the limit rounded."""
_FEW, _MANY, _NEAR_OPEN = Decimal(2), Decimal("1.5"), Decimal("1.1")
_WIDER = Decimal("1.25")
_OPEN = frozenset((Limit.OVER, Limit.AT_LEAST))
_CLOSED = frozenset((Limit.UNDER, Limit.AT_MOST))
_PLAIN = frozenset((Limit.EXACT, Limit.ABOUT))


@dataclass(frozen=True, slots=True)
class _Reach:
    low: Decimal
    high: Decimal

    def holds(self, other: _Reach) -> bool:
        return self.low <= other.low and other.high <= self.high

    def apart(self, other: _Reach) -> bool:
        return self.high < other.low or other.high < self.low


_TONS = frozenset(("ton", "tonne", "long ton"))
"""Written for one another so often that the word alone makes no error."""


def convertible(claim: Quantity, source: Quantity) -> bool:
    """Whether the two can be compared by number: one dimension, one currency, and units that convert."""
    if claim.dimension is not source.dimension or claim.currency != source.currency:
        return False
    if claim.unit is None or source.unit is None or claim.unit.name == source.unit.name:
        return True
    bare = {claim.unit.name, source.unit.name} - DEGREES_OF_HEAT
    return claim.dimension is not Dimension.TEMPERATURE or not bare


def in_unit_of(claim: Quantity, source: Quantity) -> Quantity:
    """`source` given in the claim's unit."""
    if claim.unit is None or source.unit is None or claim.unit.name == source.unit.name:
        return source
    ours, theirs = claim.unit.name, source.unit.name
    difference = is_difference(source)
    low, high = (convert(value, theirs, ours, difference=difference) for value in (source.low, source.high))
    return replace(
        source, low=low, high=high, step=abs(convert(source.step, theirs, ours, difference=True)), unit=claim.unit
    )


def agrees(claim: Quantity, source: Quantity) -> bool:
    """Whether what the source says lies within what the claim's number allows. Both must be convertible."""
    if claim.dimension is Dimension.SCORE:
        return (claim.low, claim.high) == (source.low, source.high)
    if opposed(claim, source):
        return False
    given = in_unit_of(claim, source)
    if claim.limit is given.limit and (claim.low, claim.high) == (given.low, given.high):
        return True
    if claim.limit is Limit.ABOUT and given.limit not in _PLAIN:
        return abs(given.low - claim.low) <= abs(claim.low) / 20
    said, allowed = _said(given), _allowed(claim, converted=given is not source)
    if not allowed.holds(said) or _much_wider(claim, given):
        return False
    if claim.limit in _OPEN:
        return said.low <= claim.low * (_NEAR_OPEN if given.limit in _OPEN else _FEW if claim.low <= 20 else _MANY)
    if claim.limit is Limit.AT_MOST:
        return said.high >= claim.high * Decimal("0.95")
    return claim.limit is not Limit.UNDER or said.high >= claim.high / (_NEAR_OPEN if given.limit in _CLOSED else 2)


def _much_wider(claim: Quantity, source: Quantity) -> bool:
    """Whether the claim makes a range of the source's much wider than it is."""
    given = source.high - source.low
    return given > 0 and not claim.vague and claim.high - claim.low > given * _WIDER


def clashes(claim: Quantity, source: Quantity) -> bool:
    """Whether no number can be meant by both. Both must be convertible."""
    if claim.dimension is Dimension.SCORE:
        return sorted((claim.low, claim.high)) != sorted((source.low, source.high))
    if opposed(claim, source):
        return True
    if claim.unit and source.unit and {claim.unit.name, source.unit.name} <= _TONS and claim.low == source.low:
        return False
    given = in_unit_of(claim, source)
    converted = given is not source
    if _past_limit(claim, given):
        return True
    return _possible(claim, converted=converted).apart(_possible(given, converted=converted))


def _past_limit(claim: Quantity, given: Quantity) -> bool:
    """Whether an exact number, finer than the claim's, lies on the wrong side of its limit: "more than 900" of 874."""
    if given.limit is not Limit.EXACT or given.vague or given.low != given.high or claim.unit != given.unit:
        return False
    if _hidden(given) * 2 > _hidden(claim) or given.role is Role.CHANGE:
        return False
    if claim.limit in _OPEN:
        return given.high < claim.low * (1 - _PAST)
    return claim.limit in _CLOSED and given.low > claim.high * (1 + _PAST)


def opposed(claim: Quantity, source: Quantity) -> bool:
    """Whether one rose where the other fell."""
    return (
        Trend.NONE not in (claim.trend, source.trend) and claim.trend is not source.trend and claim.role is source.role
    )


def _said(item: Quantity) -> _Reach:
    """The source's number at its word."""
    low, high = item.low, item.high
    if item.limit in _OPEN:
        return _Reach(_above(low) if item.limit is Limit.OVER else low, _NO_END)
    if item.limit in _CLOSED:
        return _Reach(-_NO_END if low < 0 else Decimal(0), _below(high) if item.limit is Limit.UNDER else high)
    if item.limit is Limit.NEARLY:
        return _Reach(low - abs(low) * _ABOUT, _below(high))
    return _Reach(low, high)


def _allowed(item: Quantity, *, converted: bool) -> _Reach:
    """What the claim's number allows a source to say."""
    if item.limit not in _PLAIN:
        return _said(item)
    share = _ABOUT if item.limit is Limit.ABOUT else None
    least = min(_half(item), abs(item.low) * (_CONVERTED if converted else _ROUNDED))
    if converted:
        least = max(least, min(_hidden(item), abs(item.low) * _ROUGH))
    if item.fraction:
        least = Decimal(1)
    below, above = (max(least, abs(value) * share) if share else least for value in (item.low, item.high))
    return _Reach(item.low - below, item.high + above)


def _possible(item: Quantity, *, converted: bool) -> _Reach:
    """Every number that can be meant."""
    low, high = (item.low / 2, item.high * 2) if item.vague else (item.low, item.high)
    slack = abs(high) * _ROUGH if converted else Decimal(0)
    if converted and item.unit is not None and calendar(item.unit.name):
        slack *= 2
    wide = max(_half(item), _zeros(item)) * (1 - _HAIR) + slack
    if item.limit is Limit.ABOUT or item.fraction:
        wide = max(wide, abs(high) * _ABOUT)
    if item.limit in _OPEN:
        return _Reach(_above(low) if item.whole and item.limit is Limit.OVER else low - wide, _NO_END)
    if item.limit in _CLOSED:
        return _Reach(-_NO_END, _below(high) if item.whole and item.limit is Limit.UNDER else high + wide)
    if item.limit is Limit.NEARLY:
        return _Reach(low - abs(low) * _ABOUT * Decimal("1.5"), high + slack)
    return _Reach(low - wide, high + wide)


def _half(item: Quantity) -> Decimal:
    return Decimal(0) if item.whole else item.step / 2


def _zeros(item: Quantity) -> Decimal:
    """What trailing zeros may hide of a number that nobody scaled: 500 for 512."""
    if item.scaled or item.whole or item.high < 100:
        return Decimal(0)
    return min(_hidden(item), abs(item.low) * _ZEROS)


def _hidden(item: Quantity) -> Decimal:
    step = Decimal(1)
    if item.low != item.low.to_integral_value() or item.low == 0:
        return Decimal(0)
    while item.low % (step * 10) == 0:
        step *= 10
    return step / 2


def _above(value: Decimal) -> Decimal:
    return value + max(abs(value), Decimal(1)) * _HAIR


def _below(value: Decimal) -> Decimal:
    return value - max(abs(value), Decimal(1)) * _HAIR
