"""A source's date written as the claim writes its own."""

from __future__ import annotations

import re
from datetime import date

from checker.language.date_patterns import DAYS, MONTH_NAMES
from checker.language.intervals import DateMention, Grain

_ABBREVIATED = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
_DAY_PLACE = r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_NAMES = "|".join((*MONTH_NAMES, r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"))
_MONTH = re.compile(rf"\b(?:{_NAMES})")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b")
_YEAR = re.compile(r"\b\d{4}\b")


def rewritten(written: str, ours: DateMention, theirs: DateMention) -> str | None:
    """`written`, the claim's words for `ours`, changed to mean `theirs`; None where that is not certain."""
    if (
        theirs.fuzzy
        or theirs.anchored
        or not theirs.resolved
        or theirs.earliest is None
        or ours.bound is not theirs.bound
    ):
        return None
    at = theirs.earliest
    if ours.grain is Grain.YEAR and theirs.year is not None and _YEAR.fullmatch(written):
        return str(theirs.year)
    if ours.grain is Grain.MONTH and theirs.month is not None:
        return _parts(written, at, with_day=False)
    if ours.grain is Grain.DAY and theirs.grain is Grain.DAY:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            return at.isoformat()
        return _parts(written, at, with_day=True) if ours.month is not None and _MONTH.search(written) else None
    return None


def _parts(written: str, at: date, *, with_day: bool) -> str | None:
    """`written` with its month, weekday, year and day put in turn to those of `at`."""
    if not _MONTH.search(written):
        return None
    text = _YEAR.sub(str(at.year), written)
    text = _WEEKDAY.sub(DAYS[at.weekday()], text)
    if with_day:
        text = re.sub(_DAY_PLACE, lambda found: _day(found.group(), at.day), text, count=1)
    return _MONTH.sub(lambda found: _month(found.group(), at.month), text)


def _day(written: str, day: int) -> str:
    if written[-1].isdigit():
        return f"{day:02d}" if written.startswith("0") else str(day)
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _month(written: str, month: int) -> str:
    if written in MONTH_NAMES and written != "May":
        return MONTH_NAMES[month - 1]
    if written.endswith("."):
        return _ABBREVIATED.get(month, MONTH_NAMES[month - 1])
    return MONTH_NAMES[month - 1] if written == "May" else MONTH_NAMES[month - 1][:3]
