"""One number read with the words beside it: money, a share, a measure with its unit, an age, or a count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from checker.language.amounts import Amount, part_after, scaled
from checker.language.counted import Limit, Reference, Role, Trend, counted, whole_of
from checker.language.money import currency_after, currency_before
from checker.language.units import HEAT, PERCENT, POINT, Dimension, Unit, convert, unit_after, unit_named
from checker.language.words import stem
from checker.model import Span

_PERCENT = re.compile(r"[ \u00a0\u202f-]?(?:%|per[ -]?cent\b|pct\b)(?!age)(?P<points>[ -]?points?\b)?", re.I)
_POINTS = re.compile(
    r"[ \u00a0-](?:percentage|per cent|percent)[ -]points?\b|[ \u00a0-](?P<basis>basis)[ -]points?\b", re.I
)
JOIN = re.compile(
    r"\s?[-\u2010\u2011\u2013\u2014]\s?|\s(?:to|and|or)\s(?:about |around |as many as |as much as "
    r"|even |maybe )?",
    re.I,
)
_PART_UNIT = re.compile(r"(?:[ \u00a0](?:of[ \u00a0])?(?:an?[ \u00a0])?|-)(?=[a-z])", re.I)
_OF_WHOLE = re.compile(r"[ \u00a0](?:of\b|the\b|its\b|their\b|his\b|her\b|our\b|all\b)", re.I)
_OLD = re.compile(r"[ -](?:olds?\b|of age\b)", re.I)
_AGED = re.compile(r"\b(?:aged?|turn(?:s|ed|ing)|(?:at )?(?:the )?age of)\s+(?:just |about |only )?$|[a-z][\w’'-]*, $")
_SOMEBODY_WAS = re.compile(r"\b(?:he|she|who|[A-Z][a-z]+) (?:was|is)(?: only| just| then)? $")
_WHEN = re.compile(r"\s+(?:when (?:he|she|they)|at the time|at his death|at her death)\b")
_AGE_ENDS = re.compile(r"\s*[,.;)]|\s*$|\s+(?:and|when|in|from|after|at|to|on)\b")
_ANGLES = re.compile(r"[ ](?:angle|north|south|east|west|latitude|longitude|incline|slope|tilt|turn)\b", re.I)
_MINUS = re.compile(r"(?:(?<=[\s(])|^)[-\u2212–](?=$)|\b(?:minus|negative)\s$", re.I)
_BELOW_ZERO = re.compile(r"\s(?:below (?:zero|freezing)|sub-?zero)\b", re.I)
_TOTAL = re.compile(
    r"\b(?P<what>population|toll|crowd|attendance|membership|workforce|circulation|capacity|enrol?lment|audience|magnitude)"
    r"(?: (?:of|was|is|were|at|to|rose|fell|grew|reached|stood|stands|exceeded|exceeds|had|about|around|nearly|almost"
    r"|some|over|more|than|just)){0,4} $",
    re.I,
)
_INHABITANTS = frozenset(stem(word) for word in "people inhabitants residents persons".split())
_BRACKETS = re.compile(r"[ \u00a0]?(?:\([^()]{0,24}\d[^()]{0,24}\)|(?:\)))")
_SHORT_M = re.compile(
    r"m\b(?![²³/])(?!\s*(?:tall|high|long|wide|deep|away|above|below|across|thick|from|off|apart|by|of"
    r"|x\b|[.,;:)]|$))[ ](?=[a-z]+s\b|people|men|women|children)"
)
_ATTRIBUTES = {
    "height": ("high|tall|in height", "height|elevation|altitude"),
    "length": ("long|in length", "length"),
    "width": ("wide|broad|in width|across", "width|breadth"),
    "depth": ("deep|in depth", "depth"),
    "thickness": ("thick", "thickness"),
    "distance": ("away|apart|distant", "distance"),
    "radius": ("in radius|radius", "radius"),
    "diameter": ("in diameter|diameter", "diameter"),
}
_MEASURE_AFTER, _MEASURE_BEFORE = (
    "|".join(rf"(?P<{name}>{said[side]})" for name, said in _ATTRIBUTES.items()) for side in (0, 1)
)
ATTRIBUTE_AFTER = re.compile(r"[ \u00a0-](?:" + _MEASURE_AFTER + r")\b", re.I)
_ATTRIBUTE_BEFORE = re.compile(r"\b(?:" + _MEASURE_BEFORE + r")\s+(?:of|is|was|at|to)?\s*(?:[a-z]+ ){0,2}$", re.I)
_WHOLE_AHEAD = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|most|half|some"
    r"|none|few|many|several|each|thirds?|quarters?))"
    r"[ ](?:[a-z]+ )?(?:out )?of (?:the |its |their |our |those |these |all |his |her )?(?:[a-z]+ )?$",
    re.I,
)
_PART_AHEAD = re.compile(
    r"\s(?:[a-z]+ )?(?:out )?of (?:the|its|their|our|those|these|his|her|all|\d|two|three|four|five"
    r"|six|seven|eight|nine|ten|twelve)\b",
    re.I,
)
_A_UNIT_AND = re.compile(r"\ban?[ \u00a0](?P<unit>[a-z]+),?[ \u00a0]and[ \u00a0]$", re.I)
_A_UNIT_AND_A = re.compile(r"\ban?[ \u00a0-](?P<unit>[a-z]+)(?=[ \u00a0-]and[ \u00a0-]a)", re.I)
_SCALE = re.compile(r"thousand|million|billion|trillion|bn|mn|m\b|k\b", re.I)
_POWERS = {"thousand": 3, "k": 3, "million": 6, "mn": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning: `low` to `high` in `unit`, the same for a plain number.

    `span` covers the number and its unit or currency. `step` is the worth of the last figure written, in the unit.
    `noun` are stems of what is counted, or of the whole of a share, head last. A share is in percent, money in whole
    units of `currency`, an age is a time with the attribute "age", a score keeps its two sides in `low` and `high`.
    `rate` is what it is given for ("year", "household").
    """

    span: Span
    dimension: Dimension
    low: Decimal
    high: Decimal
    step: Decimal
    unit: Unit | None = None
    limit: Limit = Limit.EXACT
    noun: tuple[str, ...] = ()
    currency: str = ""
    reference: Reference | None = None
    rate: str = ""
    attribute: str = ""
    trend: Trend = Trend.NONE
    role: Role = Role.PLAIN
    vague: bool = False
    scaled: bool = False
    fraction: bool = False

    @property
    def head(self) -> str:
        return self.noun[-1] if self.noun else ""

    @property
    def whole(self) -> bool:
        """Whether it is a small count, which is exact as it stands."""
        return self.dimension in (Dimension.COUNT, Dimension.ORDINAL) and not self.scaled and self.high < 100


def measured(text: str, amounts: list[Amount]) -> Iterator[Quantity]:
    for place, amount in enumerate(amounts):
        after = amounts[place + 1] if place + 1 < len(amounts) else None
        amount = _with_scale_of(text, amount, after)
        item = _money(text, amount) or _share(text, amount) or _with_unit(text, amount) or _count(text, amount)
        if item is not None:
            yield item


def _with_scale_of(text: str, amount: Amount, after: Amount | None) -> Amount:
    """The 1.5 of "1.5 to 2 million" is in millions too."""
    if (
        after is None
        or amount.scaled
        or not after.scaled
        or not JOIN.fullmatch(text[amount.end : after.start].rstrip("$£€"))
    ):
        return amount
    scale = _SCALE.search(text[after.start : after.end])
    power = _POWERS[scale.group().lower()] if scale else 0
    return scaled(amount, power) if power and amount.low < after.low.scaleb(-power) else amount


def _money(text: str, amount: Amount) -> Quantity | None:
    before, after = currency_before(text, amount.start), currency_after(text, amount)
    if before is None and after is None:
        return None
    start = before.start if before else amount.start
    end = after.end if after else amount.end
    power = after.power if after else 0
    amount = scaled(amount, power) if power else amount
    code = before.code if before else after.code if after else ""
    return Quantity(
        Span(start, end),
        Dimension.MONEY,
        amount.low,
        amount.high,
        amount.step,
        currency=code,
        vague=amount.vague,
        scaled=amount.scaled,
    )


def _share(text: str, amount: Amount) -> Quantity | None:
    points = _POINTS.match(text, amount.end)
    percent = points or _PERCENT.match(text, amount.end)
    if percent:
        of_points = points is not None or percent["points"] is not None
        factor = Decimal("0.01") if points and points["basis"] else Decimal(1)
        dimension, unit = (Dimension.POINTS, POINT) if of_points else (Dimension.SHARE, PERCENT)
        values = (amount.low * factor, amount.high * factor, amount.step * factor)
        noun = whole_of(text, percent.end())
        return Quantity(Span(amount.start, percent.end()), dimension, *values, unit, noun=noun)
    if not amount.fraction or not _OF_WHOLE.match(text, amount.end) or _fraction_unit(text, amount):
        return None
    noun = whole_of(text, amount.end)
    return Quantity(
        Span(amount.start, amount.end),
        Dimension.SHARE,
        amount.low * 100,
        amount.high * 100,
        Decimal(1),
        PERCENT,
        noun=noun,
        fraction=True,
    )


def _fraction_unit(text: str, amount: Amount) -> tuple[Unit, int] | None:
    """The unit of "half a mile", "three-quarters of an hour"."""
    gap = _PART_UNIT.match(text, amount.end)
    return unit_after(text, gap.end()) if gap else None


def _with_unit(text: str, amount: Amount) -> Quantity | None:
    if amount.digits and _SHORT_M.match(text, amount.end):
        return None
    found = _fraction_unit(text, amount) if amount.fraction else unit_after(text, amount.end)
    if found is None:
        return None if amount.fraction else _bare_age(text, amount)
    unit, end = found
    part = part_after(text, end) if amount.low == amount.high else None
    low, high, step = amount.low, amount.high, amount.step
    if part:
        low, high, step, end = low + part[0], high + part[0], Decimal("0.1"), part[1]
    start, more = _a_unit_before(text, amount.start, unit)
    low, high = low + more, high + more
    item = Quantity(Span(start, end), unit.dimension, low, high, step, unit, vague=amount.vague, scaled=amount.scaled)
    if (
        unit.dimension is Dimension.TIME
        and unit.name in ("year", "month", "week", "day")
        and (old := _OLD.match(text, end))
    ):
        return replace(item, attribute="age", span=Span(amount.start, old.end()))
    if unit.dimension in (Dimension.ANGLE, Dimension.TEMPERATURE):
        return _heat(text, item)
    return replace(item, attribute=_attribute(text, item)) if unit.dimension is Dimension.LENGTH else item


def _a_unit_before(text: str, at: int, unit: Unit) -> tuple[int, Decimal]:
    """Where "an hour and 30 minutes" starts, and what its first part adds; `at` and 0 where there is none."""
    match = _A_UNIT_AND.search(text, max(0, at - 24), at)
    larger = unit_named(match["unit"]) if match else None
    if match is None or larger is None or larger.dimension is not unit.dimension or larger.name == unit.name:
        return at, Decimal(0)
    return match.start(), convert(Decimal(1), larger.name, unit.name)


def units_and_a_half(text: str) -> Iterator[Quantity]:
    """The quantities of "an hour and a half", which have no number of their own."""
    for match in _A_UNIT_AND_A.finditer(text):
        unit, part = unit_named(match["unit"]), part_after(text, match.end())
        if unit and part:
            value = 1 + part[0]
            yield Quantity(Span(match.start(), part[1]), unit.dimension, value, value, Decimal("0.1"), unit)


def _bare_age(text: str, amount: Amount) -> Quantity | None:
    """The age in "aged 34" and "Ida Moss, 34, said"."""
    if not 0 < amount.low <= 120 or amount.scaled or amount.fraction or not _is_age(text, amount):
        return None
    year = Unit("year", Dimension.TIME)
    return Quantity(
        Span(amount.start, amount.end), Dimension.TIME, amount.low, amount.high, amount.step, year, attribute="age"
    )


def _is_age(text: str, amount: Amount) -> bool:
    if _WHEN.match(text, amount.end) and _SOMEBODY_WAS.search(text, max(0, amount.start - 40), amount.start):
        return True
    lead = _AGED.search(text, max(0, amount.start - 40), amount.start)
    if lead is None or not _AGE_ENDS.match(text, amount.end):
        return False
    return not lead.group().endswith(", ") or re.search(r"\b[A-Z][\w’'-]+, $", text[: amount.start]) is not None


def _heat(text: str, item: Quantity) -> Quantity:
    """Degrees of heat, with their sign; a bare "degrees" is heat where the words say so."""
    assert item.unit is not None
    if item.dimension is Dimension.ANGLE and (not HEAT.search(text) or _ANGLES.match(text, item.span.end)):
        return item
    unit = replace(item.unit, dimension=Dimension.TEMPERATURE)
    minus = _MINUS.search(text, max(0, item.span.start - 10), item.span.start)
    below = _BELOW_ZERO.match(text, item.span.end)
    start = minus.start() if minus else item.span.start
    end = below.end() if below else item.span.end
    low, high = (-item.high, -item.low) if minus or below else (item.low, item.high)
    return replace(item, span=Span(start, end), dimension=Dimension.TEMPERATURE, unit=unit, low=low, high=high)


def past_brackets(text: str, end: int) -> int:
    """Where the words go on after "85 km (53 miles)", for either number of it."""
    match = _BRACKETS.match(text, end)
    return match.end() if match else end


def _attribute(text: str, item: Quantity) -> str:
    match = ATTRIBUTE_AFTER.match(text, past_brackets(text, item.span.end)) or _ATTRIBUTE_BEFORE.search(
        text, max(0, item.span.start - 40), item.span.start
    )
    return next((name for name, said in match.groupdict().items() if said), "") if match else ""


def _count(text: str, amount: Amount) -> Quantity | None:
    if amount.fraction:
        return None
    if amount.digits and _SHORT_M.match(text, amount.end):
        amount = replace(scaled(amount, 6), end=amount.end + 1)
    noun = counted(text, amount.end, single=amount.high == 1)
    total = _TOTAL.search(text, max(0, amount.start - 48), amount.start)
    if total and (not noun or noun[-1] in _INHABITANTS):
        noun = (stem(total["what"].casefold()),)
    if amount.low == amount.high == 1 and not noun:
        return None
    role = Role.PLAIN
    if _PART_AHEAD.match(text, amount.end):
        role = Role.PART
    elif _WHOLE_AHEAD.search(text, max(0, amount.start - 24), amount.start):
        role = Role.WHOLE
    return Quantity(
        Span(amount.start, amount.end),
        Dimension.COUNT,
        amount.low,
        amount.high,
        amount.step,
        noun=noun,
        role=role,
        vague=amount.vague,
        scaled=amount.scaled,
    )
