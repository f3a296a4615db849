"""Births that a text tells: "Ann Lee (born 3 May 1974)", "Ann Lee was born in Orrin in 1974"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from checker.language.date_patterns import MONTHS
from checker.language.names import Name, NameKind, find_names
from checker.model import Span

_MONTH = r"(?P<{}>January|February|March|April|May|June|July|August|September|October|November|December)"
_BORN = re.compile(
    r"(?:,[ ](?:(?:aged[ ])?\d{1,3},[ ])?|[ ]\(|[ ]was[ ]|,[ ](?:(?:aged[ ])?\d{1,3},[ ])?who[ ]was[ ])(?:born|b\.)"
    r"(?:[ ](?:in|at)[ ](?!\d)[A-Z][\w'’-]*(?:[ ][A-Z][\w'’-]*)*,?)?(?:[ ](?:on|in))?[ ]"
    rf"(?:(?P<d>\d{{1,2}})[ ]{_MONTH.format('m')}[ ]|{_MONTH.format('m2')}[ ](?P<d2>\d{{1,2}}),[ ])?"
    r"(?P<y>1[89]\d\d|20\d\d)\b(?!s)"
)


@dataclass(frozen=True, slots=True)
class Birth:
    """A person's birth on a day between `first` and `last`, the same where the text gives the day."""

    person: Name
    span: Span
    first: date
    last: date

    def ages(self, day: date) -> tuple[int, int]:
        """The least and the greatest age in whole years that the person can have on `day`."""
        return _years(self.last, day), _years(self.first, day)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@lru_cache(maxsize=2048)
def find_births(text: str) -> tuple[Birth, ...]:
    """The births of `text`, each told right after the person's name."""
    if "born" not in text and "b." not in text:
        return ()
    found = []
    for name in find_names(text):
        match = _BORN.match(text, name.span.end) if name.kind in (NameKind.PERSON, NameKind.OTHER) else None
        days = _days(match) if match else None
        if match and days:
            found.append(Birth(name, Span(match.start("y"), match.end("y")), *days))
    return tuple(found)


def _days(match: re.Match[str]) -> tuple[date, date] | None:
    year, day, month = int(match["y"]), match["d"] or match["d2"], match["m"] or match["m2"]
    if day is None:
        return date(year, 1, 1), date(year, 12, 31)
    try:
        at = date(year, MONTHS[month.lower()], int(day))
    except ValueError:
        return None
    return at, at
