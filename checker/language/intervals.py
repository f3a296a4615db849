"""Stretches of days: what a mention of a date can mean, from one day to a century."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from checker.model import Span


class Grain(StrEnum):
    """How finely a date is given."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"  # from one date to another


_ORDER = tuple(Grain)


def coarser(one: Grain, other: Grain) -> bool:
    """Whether `one` is given less finely than `other`."""
    return _ORDER.index(one) > _ORDER.index(other)


class Bound(StrEnum):
    """How a mention limits time: at the date itself, or on one side of it."""

    AT = "at"
    SINCE = "since"
    AFTER = "after"
    UNTIL = "until"
    BEFORE = "before"
    BY = "by"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: the days `earliest` to `latest`, both included, that it can mean.

    `resolved` is False where the words alone do not fix the days (no year and no anchor, a fiscal year, "9/10/2018");
    the parts that are written are given all the same. `fuzzy` says that the stretch is only about right ("last
    week", "early 2018"). `anchored` says that the days follow from the date of the text. `note` names a fault in
    the mention itself: a weekday that is not that day's. `bound` says which side of the days is meant; the days
    themselves are those of the date named.
    """

    span: Span
    grain: Grain
    earliest: date | None = None
    latest: date | None = None
    resolved: bool = False
    fuzzy: bool = False
    anchored: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    recurring: bool = False  # "every Tuesday", "on Mondays": the weekday counts, no one day
    bound: Bound = Bound.AT
    note: str = ""

    def within(self, other: DateMention) -> bool:
        """Whether every day this can mean is a day the other can mean. Both must be resolved."""
        assert self.earliest and self.latest and other.earliest and other.latest
        return other.earliest <= self.earliest and self.latest <= other.latest

    def apart(self, other: DateMention) -> bool:
        """Whether no day this can mean is a day the other can mean. Both must be resolved."""
        assert self.earliest and self.latest and other.earliest and other.latest
        return self.latest < other.earliest or other.latest < self.earliest


def day_of(span: Span, year: int, month: int, day: int, **more: object) -> DateMention | None:
    """That one day; None where there is no such day."""
    try:
        at = date(year, month, day)
    except ValueError:
        return None
    made = DateMention(span, Grain.DAY, at, at, resolved=True, year=year, month=month, day=day)
    return replace(made, **more)  # type: ignore[arg-type]


def of_date(span: Span, at: date, **more: object) -> DateMention:
    """The day `at`."""
    made = DateMention(span, Grain.DAY, at, at, resolved=True, year=at.year, month=at.month, day=at.day)
    return replace(made, **more)  # type: ignore[arg-type]


def month_of(span: Span, year: int, month: int, **more: object) -> DateMention:
    """That month."""
    last = monthrange(year, month)[1]
    made = DateMention(
        span, Grain.MONTH, date(year, month, 1), date(year, month, last), resolved=True, year=year, month=month
    )
    return replace(made, **more)  # type: ignore[arg-type]


def years_of(span: Span, first: int, last: int, grain: Grain, **more: object) -> DateMention:
    """The years `first` to `last`."""
    year = first if first == last else None
    made = DateMention(span, grain, date(max(first, 1), 1, 1), date(min(last, 9999), 12, 31), resolved=True, year=year)
    return replace(made, **more)  # type: ignore[arg-type]


def quarter_of(span: Span, year: int, quarter: int, **more: object) -> DateMention:
    """That quarter of the calendar year."""
    month = 3 * quarter
    made = DateMention(
        span,
        Grain.QUARTER,
        date(year, month - 2, 1),
        date(year, month, monthrange(year, month)[1]),
        resolved=True,
        year=year,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def season_of(span: Span, year: int, season: str, **more: object) -> DateMention:
    """A season with a month to spare on either side; a winter may begin in the year or end in it."""
    starts = {"spring": 2, "summer": 5, "fall": 8, "autumn": 8}
    if season == "winter":
        first, last = date(year - 1, 12, 1), date(year + 1, 3, 31)
    else:
        month = starts[season]
        first, last = date(year, month, 1), date(year, month + 4, monthrange(year, month + 4)[1])
    made = DateMention(span, Grain.SEASON, first, last, resolved=True, fuzzy=True, year=year)
    return replace(made, **more)  # type: ignore[arg-type]


def week_of(span: Span, day: date, **more: object) -> DateMention:
    """The week of `day`, from the Sunday before to the Sunday after: calendars differ on where a week begins."""
    monday = day - timedelta(days=day.weekday())
    made = DateMention(
        span, Grain.WEEK, monday - timedelta(days=1), monday + timedelta(days=6), resolved=True, fuzzy=True
    )
    return replace(made, **more)  # type: ignore[arg-type]


def shift_months(day: date, by: int) -> tuple[int, int]:
    """Year and month `by` months from `day`."""
    index = day.year * 12 + day.month - 1 + by
    return index // 12, index % 12 + 1
