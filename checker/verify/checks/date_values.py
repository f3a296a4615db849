"""How a date of a claim stands to a date of a source, as days alone, whatever happened on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checker.language.intervals import Bound, DateMention, Grain


class Days(StrEnum):
    """How the days of two mentions stand to each other."""

    SAME = "same"  # the source's days are the claim's, or lie inside them
    APART = "apart"  # no day of the one can be a day of the other
    OPEN = "open"  # neither is certain: the claim is finer, or one of them is vague


@dataclass(frozen=True, slots=True)
class Dated:
    """A mention and the text it stands in."""

    mention: DateMention
    text: str

    @property
    def words(self) -> str:
        return " ".join(self.mention.span.of(self.text).split())

    @property
    def span_of_time(self) -> bool:
        """Whether it says from when to when, rather than somewhere between."""
        before = self.text[: self.mention.span.start]
        return self.mention.grain is Grain.RANGE and not re.search(r"\bbetween\s+(?:the\s+)?$", before, re.I)


_SLACK = {Grain.DAY: 2, Grain.WEEK: 7, Grain.MONTH: 31, Grain.RANGE: 183}
_LONGEST_SLACK = 366
_NEAR_WEEKS = 21
"""A weekday read against the date of its text is no other day than one this many days away: that is another week's."""


def days(ours: Dated, theirs: Dated) -> Days:
    """How the days of the claim's mention stand to those of the source's."""
    a, b = ours.mention, theirs.mention
    if a.recurring or b.recurring:
        if not (a.recurring and b.recurring):
            return Days.OPEN
        return Days.SAME if a.weekday == b.weekday else Days.APART
    if not (a.resolved and b.resolved):
        return _either_week(a, b) if a.weekday is not None and a.earliest else _by_parts(ours, theirs)
    if a.bound is not b.bound:
        return _across_bounds(a, b)
    if ours.span_of_time or theirs.span_of_time:
        return _spans(ours, theirs)
    if b.within(a):
        return Days.SAME
    return _apart(a, b)


def _either_week(a: DateMention, b: DateMention) -> Days:
    """ "Last Tuesday", which is the nearest one to some and that of the week before to others, against a day."""
    if not b.resolved or b.earliest != b.latest or b.earliest is None:
        return Days.OPEN
    first, last = _ends(a)
    if b.earliest in (first, last):
        return Days.SAME
    return Days.APART if abs((b.earliest - last).days) <= _NEAR_WEEKS else Days.OPEN


def _by_parts(ours: Dated, theirs: Dated) -> Days:
    """Mentions that no year or no anchor fixes: what is written of them is compared."""
    a, b = ours.mention, theirs.mention
    if ours.words.casefold() == theirs.words.casefold() and a.year is not None and a.bound is b.bound:
        return Days.SAME
    if a.month is None or b.month is None or a.fuzzy or b.fuzzy or a.bound is not b.bound:
        return Days.OPEN
    if a.month != b.month or (a.day and b.day and a.day != b.day):
        return Days.APART
    if a.year and b.year and a.year != b.year and not (a.anchored or b.anchored):
        return Days.APART
    finer = (a.day and not b.day) or (a.year and not b.year and not a.anchored)
    return Days.OPEN if finer else Days.SAME


def _across_bounds(a: DateMention, b: DateMention) -> Days:
    """One side of a date against another: "before June" and "on 12 May"."""
    first, last = _ends(a)
    start, end = _ends(b)
    if b.grain is Grain.RANGE and a.bound in (Bound.UNTIL, Bound.SINCE):
        edge = end if a.bound is Bound.UNTIL else start
        return Days.SAME if first <= edge <= last else Days.APART
    if b.bound is Bound.AT:
        if a.bound in (Bound.BEFORE, Bound.BY):
            limit = first if a.bound is Bound.BEFORE else last
            inside = end < limit or (a.bound is Bound.BY and end <= limit)
            return Days.SAME if inside else Days.APART if start > last else Days.OPEN
        if a.bound is Bound.AFTER:
            return Days.SAME if start > last else Days.APART if end < first else Days.OPEN
    if a.bound is Bound.AT and not (a.fuzzy or b.fuzzy):
        if b.bound in (Bound.BEFORE, Bound.BY) and first > end:
            return Days.APART
        if b.bound is Bound.AFTER and last < start:
            return Days.APART
    return Days.OPEN


def _spans(ours: Dated, theirs: Dated) -> Days:
    """Where one at least says from when to when: both ends count, and a day in the middle tells neither."""
    a, b = ours.mention, theirs.mention
    if not (ours.span_of_time and theirs.span_of_time):
        return _apart(a, b) if a.apart(b) else Days.OPEN
    first, last = _ends(a)
    start, end = _ends(b)
    if (first, last) == (start, end):
        return Days.SAME
    vague = a.fuzzy or b.fuzzy or _by_year(first, last) != _by_year(start, end)
    return Days.OPEN if vague else Days.APART


def _by_year(first: date, last: date) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)


def _apart(a: DateMention, b: DateMention) -> Days:
    """APART where no day is shared and neither mention is so vague that it could reach the other."""
    if not a.apart(b) or Grain.QUARTER in (a.grain, b.grain) or Grain.SEASON in (a.grain, b.grain):
        return Days.OPEN
    gap = _gap(a, b)
    vague = max((_SLACK.get(item.grain, _LONGEST_SLACK) for item in (a, b) if item.fuzzy), default=0)
    if gap <= vague:
        return Days.OPEN
    if _weekday_alone(a) and _weekday_alone(b) and a.weekday is not None and a.weekday == b.weekday:
        return Days.OPEN  # "on Wednesday" of two weeks: one text may be a later copy of the other
    if _year_inferred(a, b) or any(_weekday_alone(item) and gap > _NEAR_WEEKS for item in (a, b)):
        return Days.OPEN
    return Days.APART


def _gap(a: DateMention, b: DateMention) -> int:
    first, last = _ends(a)
    start, end = _ends(b)
    return (start - last).days if start > last else (first - end).days


def _year_inferred(a: DateMention, b: DateMention) -> bool:
    """Whether only the year parts the two, and one of them does not write its year."""
    if any(one.anchored and one.month and other.grain is Grain.YEAR for one, other in ((a, b), (b, a))):
        return True
    same_day = (a.month, a.day) == (b.month, b.day) and a.month is not None
    return same_day and (a.anchored or b.anchored)


def _weekday_alone(item: DateMention) -> bool:
    return item.anchored and item.grain is Grain.DAY


def _ends(item: DateMention) -> tuple[date, date]:
    assert item.earliest and item.latest
    return item.earliest, item.latest
