"""Units of measure as news writes them, the dimension each measures, and conversion between those of one dimension.

The definitions given to pint are our own few dozen lines: pint's full registry takes 0.37 s to load, this one
4 ms. pint itself (0.15 s) is imported at the first conversion, so two amounts in one unit never pay for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any


class Dimension(StrEnum):
    """What a quantity measures."""

    COUNT = "count"
    ORDINAL = "ordinal"
    SHARE = "share"  # percent, fractions of a whole, "one in five": all in percent
    POINTS = "points"  # percentage points
    SCORE = "score"  # a vote or a result: "5-2"
    MONEY = "money"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    TIME = "time"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    ANGLE = "angle"  # "degrees" and no more: of arc or of heat
    ENERGY = "energy"
    POWER = "power"
    PRESSURE = "pressure"
    DATA = "data"
    FREQUENCY = "frequency"
    VOLTAGE = "voltage"
    SOUND = "sound"
    MAGNITUDE = "magnitude"
    FACTOR = "factor"  # "doubled", "three times as many"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `name` is singular and canonical."""

    name: str
    dimension: Dimension

    @property
    def plural(self) -> str:
        """The unit's name after a number other than one, in American spelling."""
        return _PLURALS.get(self.name, self.name + "s")


_PLURALS = {
    "foot": "feet", "inch": "inches", "century": "centuries", "degree Celsius": "degrees Celsius",
    "degree Fahrenheit": "degrees Fahrenheit", "mile per hour": "miles per hour", "hertz": "hertz",
    "kilometer per hour": "kilometers per hour", "meter per second": "meters per second",
    "foot per second": "feet per second",
    "kilogram per square meter": "kilograms per square meter", "square foot": "square feet", "cubic foot": "cubic feet",
    "acre-foot": "acre-feet", "square inch": "square inches", "cubic inch": "cubic inches",
    "percent": "percent", "stone": "stone",
}  # fmt: skip

# name | definition for pint | words (any case; plurals in -s are understood) | symbols (exact case)
_TABLE = {
    Dimension.LENGTH: """
        meter | [length] | metre | m
        millimeter | 0.001 meter | millimetre | mm
        centimeter | 0.01 meter | centimetre | cm
        kilometer | 1000 meter | kilometre,klick | km,kms
        inch | 0.0254 meter | inches | in.
        foot | 0.3048 meter | feet | ft,ft.
        yard | 0.9144 meter | | yd,yds,yd.
        mile | 1609.344 meter | statute mile | mi,mi.
        nautical mile | 1852 meter | | nmi
        micrometer | 0.000001 meter | micrometre,micron | µm,μm
        nanometer | 0.000000001 meter | nanometre | nm
        light-year | 9460730472580800 meter | light year | ly
    """,
    Dimension.AREA: """
        square meter | [area] | square metre,sq. meter,sq. metre | m²,m2,sqm,sq m
        square kilometer | 1000000 square_meter | square kilometre,sq. kilometer | km²,km2,sq km,sq. km
        hectare | 10000 square_meter | | ha
        acre | 4046.8564224 square_meter | | ac
        square foot | 0.09290304 square_meter | square feet,sq. feet,sq. foot | sq ft,sq. ft,sq. ft.,ft²
        square inch | 0.00064516 square_meter | square inches | sq in
        square yard | 0.83612736 square_meter | |
        square mile | 2589988.110336 square_meter | sq. mile | sq mi,sq. mi,mi²
    """,
    Dimension.VOLUME: """
        liter | [volume] | litre | L,l
        milliliter | 0.001 liter | millilitre | ml,mL
        cubic meter | 1000 liter | cubic metre | m³,m3
        cubic kilometer | 1000000000000 liter | cubic kilometre | km³,km3
        cubic centimeter | 0.001 liter | cubic centimetre | cm³,cc
        cubic foot | 28.316846592 liter | cubic feet | cu ft,ft³
        cubic mile | 4168181825440.58 liter | | cu mi
        cubic yard | 764.554857984 liter | | cu yd
        gallon | 3.785411784 liter | US gallon | gal
        quart | 0.946352946 liter | |
        barrel | 158.987294928 liter | | bbl
        acre-foot | 1233481.83754752 liter | acre-feet,acre foot,acre feet |
    """,
    Dimension.MASS: """
        kilogram | [mass] | kilogramme,kilo | kg,kgs
        gram | 0.001 kilogram | gramme | g
        milligram | 0.000001 kilogram | milligramme | mg
        microgram | 0.000000001 kilogram | microgramme | µg,μg,mcg
        tonne | 1000 kilogram | metric ton | t
        kilotonne | 1000000 kilogram | |
        ton | 907.18474 kilogram | short ton |
        long ton | 1016.0469088 kilogram | imperial ton |
        pound | 0.45359237 kilogram | | lb,lbs,lb.,lbs.
        ounce | 0.028349523125 kilogram | | oz,oz.
        stone | 6.35029318 kilogram | |
    """,
    Dimension.TIME: """
        second | [time] | | sec,secs
        millisecond | 0.001 second | | ms
        minute | 60 second | | min,mins,min.
        hour | 3600 second | | hr,hrs,h
        day | 86400 second | |
        week | 604800 second | | wk,wks
        fortnight | 1209600 second | |
        month | 2629800 second | | mos.
        year | 31557600 second | | yr,yrs,yrs.
        decade | 315576000 second | |
        century | 3155760000 second | centuries |
    """,
    Dimension.SPEED: """
        meter per second | [velocity] | metre per second,meters per second,metres per second,\
            meters a second,metres a second | m/s
        kilometer per hour | 1/3.6 meter_per_second | kilometre per hour,kilometers per hour,\
            kilometres per hour,kilometers an hour,kilometres an hour | km/h,kph,kmh,kmph,km/hr
        mile per hour | 0.44704 meter_per_second | miles per hour,miles an hour,miles-per-hour,\
            mile-per-hour,mile-an-hour | mph,m.p.h.
        foot per second | 0.3048 meter_per_second | feet per second,feet a second | ft/s
        knot | 1852/3600 meter_per_second | | kt,kts
    """,
    Dimension.TEMPERATURE: """
        kelvin | [temperature] | |
        degree Celsius | kelvin; offset: 273.15 | degrees Celsius,degrees centigrade,degree centigrade,\
            degrees C,Celsius,deg C | °C,° C,ºC,℃,C
        degree Fahrenheit | 5 / 9 * kelvin; offset: 233.15 + 200 / 9 | degrees Fahrenheit,degrees F,\
            Fahrenheit,deg F | °F,° F,ºF,℉,F
    """,
    Dimension.ANGLE: """
        degree | [angle] | deg | °,º
    """,
    Dimension.ENERGY: """
        joule | [energy] | | J
        kilojoule | 1000 joule | | kJ
        megajoule | 1000000 joule | | MJ
        calorie | 4184 joule | kilocalorie | kcal
        kilowatt-hour | 3600000 joule | kilowatt hour | kWh
        megawatt-hour | 3600000000 joule | megawatt hour | MWh
        gigawatt-hour | 3600000000000 joule | gigawatt hour | GWh
        terawatt-hour | 3600000000000000 joule | terawatt hour | TWh
    """,
    Dimension.POWER: """
        watt | [power] | | W
        kilowatt | 1000 watt | | kW
        megawatt | 1000000 watt | | MW
        gigawatt | 1000000000 watt | | GW
        terawatt | 1000000000000 watt | | TW
        horsepower | 745.69987158227 watt | | hp
    """,
    Dimension.PRESSURE: """
        pascal | [pressure] | | Pa
        hectopascal | 100 pascal | millibar | hPa,mb,mbar
        kilopascal | 1000 pascal | | kPa
        psi | 6894.757293168 pascal | |
    """,
    Dimension.DATA: """
        byte | [data] | |
        kilobyte | 1000 byte | | kB,KB
        megabyte | 1000000 byte | | MB
        gigabyte | 1000000000 byte | | GB
        terabyte | 1000000000000 byte | | TB
        petabyte | 1000000000000000 byte | | PB
    """,
    Dimension.FREQUENCY: """
        hertz | [frequency] | | Hz
        kilohertz | 1000 hertz | | kHz
        megahertz | 1000000 hertz | | MHz
        gigahertz | 1000000000 hertz | | GHz
    """,
    Dimension.VOLTAGE: """
        volt | [voltage] | | V
        kilovolt | 1000 volt | | kV
    """,
    Dimension.SOUND: """
        decibel | [sound] | | dB
    """,
}  # fmt: skip
_CALENDAR = frozenset(("month", "year", "decade", "century"))

PERCENT = Unit("percent", Dimension.SHARE)
POINT = Unit("percentage point", Dimension.POINTS)
DEGREES_OF_HEAT = frozenset(("degree Celsius", "degree Fahrenheit", "kelvin"))


def _symbol_of(unit: str) -> str:
    return re.sub(r"[ -]", "_", unit)


def _build() -> tuple[dict[str, Unit], dict[str, Unit], tuple[str, ...]]:
    said: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    definitions = []
    for dimension, lines in _TABLE.items():
        for line in lines.strip().splitlines():
            name, definition, named, symbols = (part.strip() for part in line.split("|"))
            unit = Unit(name, dimension)
            factor = re.sub(r"(?<=[\d.]) (?=[a-z])", " * ", definition)
            definitions.append(f"{_symbol_of(name)} = {factor}")
            for word in (name, unit.plural, *(each.strip() for each in named.split(",") if each.strip())):
                said[word.lower()] = unit
                said.setdefault(f"{word.lower()}s", unit)
            for sign in filter(None, (each.strip() for each in symbols.split(","))):
                signs[sign] = unit
    return said, signs, tuple(definitions)


_SAID, _SIGNS, _DEFINITIONS = _build()


def _one_of(options: dict[str, Unit]) -> str:
    ordered = sorted(options, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0-]") for word in ordered)


_UNIT = re.compile(
    rf"(?:(?P<said>(?i:{_one_of(_SAID)}))(?![\w²³])|(?P<sign>{_one_of(_SIGNS)})(?![\w²³]|['’](?!s\b)\w|/[a-z]))",
)
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]?[-\u2010\u2011]?(?=[^\s])")
_AFTER_STONE = re.compile(r"[.,;:)!?\d]|\s+(?:\d|and\b|in\b|in weight|heavier|lighter)|\s*$", re.I)
HEAT = re.compile(
    r"\b(?:temperatures?|heat|hot|cold|warm\w*|cool\w*|celsius|fahrenheit|thermometer|freezing|weather"
    r"|below zero|below freezing|sea surface|oven|fever|mercury)\b",
    re.I,
)
"""Words that tell of heat: beside them "degrees" are no angle and a loose C or F is a unit."""
_LOOSE_SIGNS = frozenset(("in.", "t", "h", "C", "F", "V", "W", "J", "L", "l", "ac", "mb", "min.", "mi.", "g"))
"""Signs that are words or initials as often as units; they count only where they touch the figure or end there."""


def unit_after(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit written right after offset `at` (with one space or hyphen at most), and where it ends."""
    gap = _GAP.match(text, at)
    if gap is None:
        return None
    match = _UNIT.match(text, gap.end())
    if match is None:
        return None
    if match["sign"] is not None:
        touching = gap.end() == at
        if match["sign"] in _LOOSE_SIGNS and not touching and not (match["sign"] in ("C", "F") and HEAT.search(text)):
            return None
        return _SIGNS[re.sub(r"[\s\u00a0-]", " ", match["sign"])], match.end()
    word = re.sub(r"[\s\u00a0-]", " ", match["said"].lower())
    if word == "stone" and not _AFTER_STONE.match(text, match.end()):
        return None
    unit = _SAID.get(word) or _SAID.get(match["said"].lower()) or _SAID.get(word.replace(" ", "-"))
    return (unit, match.end()) if unit else None


def unit_named(word: str) -> Unit | None:
    """The unit that `word` names in full, singular or plural."""
    return _SAID.get(word.lower())


def symbol(name: str) -> str:
    """The first sign of the unit, or its name where it has none."""
    return next((sign for sign, unit in _SIGNS.items() if unit.name == name), name)


def calendar(name: str) -> bool:
    """Whether the unit's length depends on the calendar ("month"), so that conversion to days is only rough."""
    return name in _CALENDAR


_CLEAN = Context(prec=18)
"""Takes off what dividing leaves in the last places of a Decimal, so that an hour is 60 minutes."""


@lru_cache(maxsize=1)
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(None, non_int_type=Decimal, cache_folder=None)
    registry.load_definitions(list(_DEFINITIONS))
    return registry


@lru_cache(maxsize=4096)
def convert(value: Decimal, unit: str, other: str, *, difference: bool = False) -> Decimal:
    """`value` of `unit` in `other`, both canonical names of one dimension.

    With `difference`, degrees of heat are a distance between two temperatures and not a reading.
    """
    if unit == other:
        return value
    registry = _registry()
    before, after = _symbol_of(unit), _symbol_of(other)
    if difference and unit in DEGREES_OF_HEAT:
        before, after = (f"delta_{name}" if name != "kelvin" else name for name in (before, after))
    return _CLEAN.plus(Decimal(registry.Quantity(value, before).to(after).magnitude))
