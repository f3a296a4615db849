"""Quantities that belong together: "10 to 12 miles", "6 feet 2 inches", "from 40 to 45 percent"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from checker.language.counted import Role
from checker.language.measures import JOIN, Quantity
from checker.language.units import Dimension, convert
from checker.model import Span

_TO = re.compile(r"\s*(?:a year )?to\s*(?:about |around |nearly |almost |more than |just |over )?", re.I)
_FROM_AHEAD = re.compile(r"\bfrom\s*(?:about |around |nearly |almost |more than |just |over )?$", re.I)
_CHANGING = re.compile(
    r"\b(?:doubl|tripl|trebl|quadrupl|halv|went|moved?|chang|rais|lower|extend|shorten|widen|lengthen"
    r"|revis|adjust|cut|push|bump|boost|increas|narrow|swung|took)\w*\b",
    re.I,
)
_COMPOUND_GAP = re.compile(r"(?:,?[ \u00a0](?:and[ \u00a0])?)$")


def joined(text: str, found: Iterable[Quantity]) -> list[Quantity]:
    """Ranges and compounds put together: "10 to 12 miles", "6 feet 2 inches"; ends of a change stay apart."""
    kept: list[Quantity] = []
    for item in found:
        whole = _compound(text, kept[-1], item) or _range(text, kept[-1], item) if kept else None
        if whole is not None:
            kept[-1] = whole
        elif kept and _ends_of_change(text, kept[-1], item):
            kept[-1] = _like(text, kept[-1], item)
            kept.append(replace(item, role=Role.END, trend=kept[-1].trend))
        else:
            kept.append(item)
    return kept


def _compound(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    if one.unit is None or two.unit is None or one.dimension is not two.dimension or one.unit == two.unit:
        return None
    if (
        one.dimension not in (Dimension.LENGTH, Dimension.TIME, Dimension.MASS)
        or one.low != one.high
        or two.low != two.high
    ):
        return None
    if not _COMPOUND_GAP.fullmatch(text[one.span.end : two.span.start]):
        return None
    if two.low >= convert(Decimal(1), one.unit.name, two.unit.name):
        return None
    value = one.low + convert(two.low, two.unit.name, one.unit.name)
    step = convert(two.step, two.unit.name, one.unit.name)
    joint = replace(
        two, span=Span(one.span.start, two.span.end), unit=one.unit, limit=one.limit, trend=one.trend, role=one.role
    )
    return replace(joint, low=value, high=value, step=step)


def _range(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """One quantity for "10 to 12", "between 10 and 12", "$4-5 million"."""
    gap = text[one.span.end : two.span.start]
    if _ends_of_change(text, one, two):
        return None
    if one.low >= two.low or not JOIN.fullmatch(gap) or not _of_one_kind(one, two):
        return None
    lead = text[max(0, one.span.start - 12) : one.span.start].casefold()
    if "and" in gap and not lead.rstrip("$£€ ").endswith("between"):
        return None
    if _second_sum(one, two):
        two = replace(two, dimension=one.dimension, currency=one.currency)
    return replace(
        two, span=Span(one.span.start, two.span.end), low=one.low, limit=one.limit, trend=one.trend, role=one.role
    )


def _of_one_kind(one: Quantity, two: Quantity) -> bool:
    if one.dimension is two.dimension:
        return one.unit == two.unit and (one.currency == two.currency or not two.currency) and not one.noun[:-1]
    return (one.dimension is Dimension.COUNT and not one.noun) or _second_sum(one, two)


def _second_sum(one: Quantity, two: Quantity) -> bool:
    """Whether `two` is the bare 5 of "$4-5 million"."""
    return one.dimension is Dimension.MONEY and two.dimension is Dimension.COUNT and not two.noun


def _ends_of_change(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether two numbers are where a change began, or how large it was, and where it ended."""
    if not _TO.fullmatch(text[one.span.end : two.span.start]) or one.attribute == "age":
        return False
    lead = text[max(0, one.span.start - 60) : one.span.start]
    if _FROM_AHEAD.search(lead):
        return one.role is Role.START or _CHANGING.search(lead) is not None
    return one.role is Role.CHANGE and (one.unit is not None or bool(one.currency))


def _like(text: str, one: Quantity, two: Quantity) -> Quantity:
    """The start of a change in the unit that is written only at its end: "from 40 to 45 percent"."""
    if one.role is Role.CHANGE and not _FROM_AHEAD.search(text[: one.span.start]):
        return one
    one = replace(one, role=Role.START)
    if one.dimension is Dimension.COUNT and not one.noun:
        return replace(one, dimension=two.dimension, unit=two.unit, noun=two.noun, currency=two.currency)
    return one
