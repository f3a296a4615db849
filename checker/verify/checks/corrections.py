"""Wording to put in place of a claim's quantity, given only where it is certain."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from checker.language.counted import Limit
from checker.language.quantities import Quantity
from checker.language.units import Dimension, Unit, convert, symbol
from checker.verify.checks.sameness import Pair

_BRITISH = re.compile(
    r"\b\w*(?:metre|litre)s?\b|\b(?:colour|centre|harbour|labour|neighbour|programme|councillor)\w*"
    r"|\w+is(?:ed|ing|ation)\b",
    re.I,
)
_AMERICAN_ENDINGS = re.compile(r"(?<=met)er(?=s?\b)|(?<=lit)er(?=s?\b)")
_SWAPPABLE = frozenset(
    (Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME, Dimension.MASS, Dimension.SPEED, Dimension.TEMPERATURE)
)
_WRITTEN_OUT = re.compile(r"[a-z]{3,}", re.I)


def correction(ours: Quantity, theirs: Quantity, pair: Pair) -> str | None:
    """The source's quantity in the claim's manner; None where the two are not both plain numbers of one direction.

    A swapped unit becomes the source's unit with the claim's unit after it: "85 kilometers (53 miles)".
    """
    if (
        {ours.limit, theirs.limit} - {Limit.EXACT, Limit.ABOUT}
        or ours.trend is not theirs.trend
        or ours.currency != theirs.currency
    ):
        return None
    if ours.vague or theirs.vague or ours.dimension is Dimension.SCORE:
        return None
    if ours.unit is None or theirs.unit is None or ours.unit.name == theirs.unit.name:
        return _same_unit(ours, theirs, pair) if ours.limit is theirs.limit else None
    if ours.low != theirs.low or ours.low != ours.high or ours.dimension not in _SWAPPABLE:
        return None
    return _swapped(ours, theirs, pair)


def _same_unit(ours: Quantity, theirs: Quantity, pair: Pair) -> str | None:
    """The source's own words, where they have the form of the claim's: one unit or one currency sign."""
    said, given = ours.span.of(pair.claim), theirs.span.of(pair.sentence)
    if ours.dimension is Dimension.ORDINAL or ours.dimension is Dimension.FACTOR:
        return _capitalised_like(said, given)
    if ours.unit is None and not ours.currency:
        return _capitalised_like(said, given)
    unit = re.sub(r"[\d.,]+", "", said).strip()
    number = re.match(r"[\d.,]*\d", given)
    if re.sub(r"[\d.,]+", "", given).strip().rstrip("s") == unit.rstrip("s"):
        return given
    return (
        f"{number.group()} {unit}"
        if number and ours.unit and not theirs.scaled and re.match(r"[\d.,]*\d[ \u00a0]", said)
        else None
    )


def _capitalised_like(said: str, given: str) -> str:
    return given[0].upper() + given[1:] if said[0].isupper() else given[0].lower() + given[1:]


def _swapped(ours: Quantity, theirs: Quantity, pair: Pair) -> str | None:
    assert ours.unit is not None and theirs.unit is not None
    said = ours.span.of(pair.claim)
    number = re.match(r"(?:minus |[-−])?[\w.,]*\w", said)
    figure = re.match(r"[\d.,]*\d", said)
    written = figure.group() if figure else number.group().split("-")[0] if number else None
    if written is None or ours.scaled or ours.attribute == "age":
        return None
    converted = convert(theirs.low, theirs.unit.name, ours.unit.name).quantize(_fineness(ours), ROUND_HALF_UP)
    short = not _WRITTEN_OUT.search(said.removeprefix(written))
    joint = "-" if said.removeprefix(written).startswith("-") else " "
    british = _BRITISH.search(pair.claim) is not None
    right = f"{written}{joint}{_name(theirs.unit, theirs.low, short, joint, british)}"
    return f"{right} ({converted:,f}{joint}{_name(ours.unit, converted, short, joint, british)})"


def _fineness(item: Quantity) -> Decimal:
    """Whole units, or tenths below ten."""
    return Decimal("0.1") if item.high < 10 else Decimal(1)


def _name(unit: Unit, value: Decimal, short: bool, joint: str, british: bool) -> str:
    if short:
        return symbol(unit.name)
    name = unit.name if joint == "-" or value == 1 else unit.plural
    return _AMERICAN_ENDINGS.sub("re", name) if british else name
