"""Units of measure and their conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.language.units import Dimension, convert, unit_after, unit_named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" miles", "mile"),
        ("-mile", "mile"),
        (" km", "kilometer"),
        (" kilometres", "kilometer"),
        ("km/h", "kilometer per hour"),
        (" miles per hour", "mile per hour"),
        (" sq. km", "square kilometer"),
        (" square feet", "square foot"),
        ("°C", "degree Celsius"),
        (" degrees Fahrenheit", "degree Fahrenheit"),
        ("F", "degree Fahrenheit"),
        (" feet", "foot"),
        (" lbs", "pound"),
        (" tonnes", "tonne"),
        (" stone.", "stone"),
        ("\u00a0sq\u00a0ft", "square foot"),
        (" megawatt hours", "megawatt-hour"),
        (" centuries", "century"),
    ],
)
def test_unit_after_a_number(text: str, name: str) -> None:
    """Words, signs and hyphens are read; the longest unit wins."""
    found = unit_after(text, 0)
    assert found is not None
    assert found[0].name == name


@pytest.mark.parametrize("text", [" stone bridges", " in. the", " F", " people", "K run", "s", " meetings", " t", ""])
def test_words_that_are_no_units(text: str) -> None:
    """A word or initial that only looks like a unit is none."""
    assert unit_after(text, 0) is None


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        ("85", "kilometer", "mile", "52.8"),
        ("100", "acre", "hectare", "40.5"),
        ("212", "degree Fahrenheit", "degree Celsius", "100.0"),
        ("-40", "degree Celsius", "degree Fahrenheit", "-40.0"),
        ("75", "mile per hour", "kilometer per hour", "120.7"),
        ("1", "day", "hour", "24.0"),
        ("10", "pound", "kilogram", "4.5"),
        ("2", "square mile", "square kilometer", "5.2"),
    ],
)
def test_conversion(value: str, unit: str, other: str, expected: str) -> None:
    """Quantities convert within their dimension."""
    assert round(convert(Decimal(value), unit, other), 1) == Decimal(expected)


def test_a_difference_of_temperature_has_no_zero_point() -> None:
    """Five degrees Celsius warmer is nine degrees Fahrenheit warmer."""
    assert round(convert(Decimal(5), "degree Celsius", "degree Fahrenheit", difference=True), 6) == 9


def test_a_unit_by_name() -> None:
    """A unit is found by its name, singular or plural, in either spelling."""
    assert unit_named("Metres") == unit_named("meter")
    assert unit_named("meter").dimension is Dimension.LENGTH  # type: ignore[union-attr]
    assert unit_named("bridge") is None
