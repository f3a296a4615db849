"""Numbers and dates of a spreadsheet as its reader sees them; dates in ISO form."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_COLOUR = re.compile(r"\[(?!\$)[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_FILL = re.compile(r"[_*].")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')


def displayed(value: object, number_format: str) -> str:
    """`value` as the cell shows it; an empty text for an empty cell or an error value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: int | float, number_format: str) -> str:
    section = _COLOUR.sub("", number_format).split(";")[0]
    currency = _CURRENCY.search(section)
    section = _FILL.sub("", _CURRENCY.sub(lambda found: found.group(1).replace("$", "\\$"), section))
    literals: list[str] = []

    def keep(found: re.Match[str]) -> str:
        literals.append(found.group(1) if found.group(1) is not None else found.group(2))
        return chr(0xE000 + len(literals) - 1)

    section = _LITERAL.sub(keep, section)
    digits = _DIGITS.search(section)
    if section.strip().lower() in ("general", "@", "") or digits is None or "E+" in section.upper() or "/" in section:
        return _general(value)
    before, after = section[: digits.start()], section[digits.end() :]
    shown = _fixed(value, digits.group(), percent="%" in section)
    for at, literal in enumerate(literals):
        before, after = before.replace(chr(0xE000 + at), literal), after.replace(chr(0xE000 + at), literal)
    before, after = before.strip("( ") if currency is None else before.lstrip("( "), after.rstrip(") ")
    return f"{'-' if shown.startswith('-') else ''}{before}{shown.lstrip('-')}{after}"


def _fixed(value: int | float, digits: str, *, percent: bool) -> str:
    number = Decimal(repr(value)) * (100 if percent else 1)
    decimals = digits.partition(".")[2]
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP)
    grouped = "," in digits.rstrip(",")  # commas at the end scale; the whole number is shown instead
    shown = f"{rounded:,f}" if grouped else f"{rounded:f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and shown.endswith("0"):
        shown, optional = shown[:-1], optional - 1
    return shown.rstrip(".") if "." in shown else shown


def _general(value: int | float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(float(f'{value:.11g}'))):f}"
