"""Quantities of a sentence: how many of what, how far from where, how much for whom; see `Quantity`.

Numbers that only name (`labels`), dates and clock times are none. A number whose meaning is not clear from the words
beside it is a count of nothing named, which agrees or conflicts with very little.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from checker.language.amounts import find_amounts
from checker.language.counted import (
    Limit,
    Role,
    change_of,
    limit_of,
    rate_before,
    rate_of,
    reference_of,
    whole_of,
)
from checker.language.labels import named_numbers
from checker.language.measures import ATTRIBUTE_AFTER, Quantity, measured, past_brackets, units_and_a_half
from checker.language.proportions import Proportion, find_proportions
from checker.language.ranges import joined
from checker.language.units import DEGREES_OF_HEAT, PERCENT, Dimension
from checker.model import Span

__all__ = ["Quantity", "find_quantities", "is_difference"]

_ANY = re.compile(
    r"\d|[½⅓⅔¼¾]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores"
    r"|half|halves|halved|halv|third|quarter|twice|thrice"
    r"|first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|double[ds]?|doubling|triple[ds]?"
    r"|tripling|quadrupl|zero)"
    r"|(?:teen|ty|hundreds?|thousands?|[mb]illions?|trillions?|teenth|tieth|fold)\b",
    re.I,
)


@lru_cache(maxsize=4096)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of `text`, in order; none overlap."""
    if not _ANY.search(text):
        return ()
    named = named_numbers(text)
    found = [_proportion(text, item) for item in find_proportions(text) if not _inside(item.span, named)]
    found += units_and_a_half(text)
    taken = [*named, *(item.span for item in found)]
    amounts = [amount for amount in find_amounts(text) if not _inside(Span(amount.start, amount.end), taken)]
    found += joined(text, (_described(text, item) for item in measured(text, amounts)))
    return _apart(found)


def _inside(span: Span, others: list[Span] | tuple[Span, ...]) -> bool:
    return any(span.overlaps(other) for other in others)


def _apart(found: list[Quantity]) -> tuple[Quantity, ...]:
    kept: list[Quantity] = []
    for item in sorted(found, key=lambda item: (item.span.start, -item.span.end)):
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return tuple(kept)


def _proportion(text: str, item: Proportion) -> Quantity:
    limit = limit_of(text, item.span.start, item.span.end)
    share = item.dimension is Dimension.SHARE
    noun = item.noun or (whole_of(text, item.span.end) if share else ())
    step = Decimal(1)
    return Quantity(
        item.span, item.dimension, item.low, item.high, step, PERCENT if share else None, limit, noun, fraction=share
    )


def _described(text: str, item: Quantity) -> Quantity:
    """`item` with its limit, its reference, its rate and the way it changed."""
    start, end = item.span.start, item.span.end
    limit = limit_of(text, start, end)
    end = past_brackets(text, end)
    rate = rate_of(text, end)
    if not rate and item.dimension is Dimension.MONEY:
        rate = rate_before(text, start)
    item = replace(item, limit=limit, rate=rate)
    if item.dimension is Dimension.LENGTH:
        past = ATTRIBUTE_AFTER.match(text, end)
        item = replace(item, reference=reference_of(text, past.end() if past else end, within=limit is Limit.AT_MOST))
    if item.attribute != "age" and item.role is Role.PLAIN and limit is not Limit.AT_MOST:
        trend, role = change_of(text, start, item.span.end)
        item = replace(item, trend=trend, role=role)
    return item


def is_difference(item: Quantity) -> bool:
    """Whether degrees of heat are a distance between two temperatures."""
    return item.role is Role.CHANGE and item.unit is not None and item.unit.name in DEGREES_OF_HEAT
