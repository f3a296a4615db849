"""Dates in English news prose: which days each mention can mean.

Absolute dates stand by themselves; "On Tuesday", "last month" and "June 12" need the date of the text (`anchor`)
and take the nearest past day unless the words look ahead. Where words do not fix the days, the parts that are
written are given and the mention stays unresolved: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from checker.language import date_patterns as patterns
from checker.language.intervals import (
    DateMention,
    Grain,
    day_of,
    month_of,
    quarter_of,
    season_of,
    years_of,
)
from checker.language.relative_dates import Frame, relative_dates, weekday_of
from checker.language.units import unit_after
from checker.model import Span

_FAR = 100
"""Anchors nearer than this many years to the ends of the calendar are not used."""


@lru_cache(maxsize=8192)
def find_dates(text: str, anchor: date | None) -> tuple[DateMention, ...]:
    """Every date of `text` in order; `anchor` is the date of the text, against which relative dates resolve."""
    if anchor is not None and not _FAR < anchor.year < 9999 - _FAR:
        anchor = None
    frame = Frame(text, anchor)
    found = [*_absolute(text), *relative_dates(frame)]
    kept = _longest(found)
    kept = _longest([*kept, *_bare_months(text, kept), *_bare_years(text, kept)])
    kept = [_limited(text, item) for item in kept]
    kept = _inherit_years(text, kept)
    kept = [_anchored(item, frame, kept) for item in kept]
    return tuple(_checked(item) for item in _ranges(text, kept))


def _longest(found: list[DateMention]) -> list[DateMention]:
    """The mentions in order; of overlapping ones the longest, and of one span the first made."""
    kept: list[DateMention] = []
    for item in sorted(found, key=lambda item: (-len(item.span), item.span)):
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.span)


def _absolute(text: str) -> Iterator[DateMention]:
    for match in patterns.MDY.finditer(text):
        yield from _days(match, match["d"], match["d2"], text)
    for match in patterns.DMY.finditer(text):
        first, second = (match["d0"], match["d"]) if match["d0"] else (match["d"], None)
        yield from _days(match, first, second, text)
    for match in patterns.MY.finditer(text):
        yield month_of(_span(match), int(match["y"]), _month(match["mon"]))
    yield from _figures(text)
    yield from _periods(text)


def _days(match: re.Match[str], first: str, second: str | None, text: str) -> Iterator[DateMention]:
    """One day of a month, or two that share the month: "June 12-14, 2018", "27 and 28 February"."""
    month = _month(match["mon"])
    year = int(match["y"]) if match["y"] else None
    weekday = weekday_of(match["wd"]) if match["wd"] else None
    one = _day(_span(match), year, month, int(first), weekday)
    if second is None:
        yield from _given(one)
        return
    two = _day(_span(match), year, month, int(second), None)
    if one is None or two is None:
        return
    if match["join"] in ("and", "or", "&", ","):
        yield from _two_days(match, one, two)
    elif int(first) < int(second):
        yield replace(one, grain=Grain.RANGE, latest=two.latest, day=None, weekday=None)


def _two_days(match: re.Match[str], one: DateMention, two: DateMention) -> Iterator[DateMention]:
    """Two mentions for "June 12 and 13": each has a stretch of its own."""
    if "d0" in match.re.groupindex:
        cut = match.end("d0")
        yield replace(one, span=Span(match.start(), cut))
        yield replace(two, span=Span(match.start("d"), match.end()))
    else:
        yield replace(one, span=Span(match.start(), match.end("d")))
        yield replace(two, span=Span(match.start("d2"), match.end()))


def _day(span: Span, year: int | None, month: int, day: int, weekday: int | None) -> DateMention | None:
    if year is not None:
        return day_of(span, year, month, day, weekday=weekday)
    if day_of(span, 2000, month, day) is None:
        return None
    return DateMention(span, Grain.DAY, month=month, day=day, weekday=weekday)


def _figures(text: str) -> Iterator[DateMention]:
    for match in patterns.ISO.finditer(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("y", "mon", "d"))
        yield from _given(day_of(_span(match), year, month, day))
    for match in patterns.SLASHED.finditer(text):
        yield from _given(_slashed(match))


def _slashed(match: re.Match[str]) -> DateMention | None:
    """A date in figures; where both first figures can be a month, it stays open which is."""
    one, two, year = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] != "/" and len(match["y"]) == 2:
        return None  # "1.2.10" is a version or a clause
    if year < 100:
        year += 2000 if year < 70 else 1900
    if one <= 12 and two <= 12 and one != two:
        both = day_of(_span(match), year, one, two), day_of(_span(match), year, two, one)
        first, last = sorted(item.earliest for item in both if item and item.earliest)
        return DateMention(_span(match), Grain.DAY, first, last, year=year, fuzzy=True)
    return day_of(_span(match), year, two, one) if one > 12 else day_of(_span(match), year, one, two)


def _periods(text: str) -> Iterator[DateMention]:
    for match in patterns.QUARTER.finditer(text):
        quarter = int(match["q"]) if match["q"] else patterns.QUARTER_WORDS[match["qw"]]
        if match["y"] and not match["fy"]:
            yield quarter_of(_span(match), int(match["y"]), quarter)
        else:
            yield DateMention(_span(match), Grain.QUARTER, year=int(match["y"]) if match["y"] else None)
    for match in patterns.HALF.finditer(text):
        year, first = int(match["y"]), match["h"].lower() == "first"
        start, end = (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))
        yield DateMention(_span(match), Grain.RANGE, start, end, resolved=True, year=year)
    for match in patterns.SEASON.finditer(text):
        yield season_of(_span(match), int(match["y"]), match["s"].lower())
    yield from _long_periods(text)
    for match in patterns.FISCAL.finditer(text):
        yield DateMention(_span(match), Grain.YEAR)
    for match in patterns.YEAR_SPAN.finditer(text):
        yield from _given(_year_span(match))


def _long_periods(text: str) -> Iterator[DateMention]:
    for match in patterns.DECADE.finditer(text):
        written = match["y"] or match["y2"]
        first = int(written) if written else _century_of(int(match["s"]))
        # "the 1800s" is a decade to some and a century to others.
        wide = first % 100 == 0
        item = years_of(_span(match), first, first + (99 if wide else 9), Grain.CENTURY if wide else Grain.DECADE)
        yield replace(item, resolved=not wide, fuzzy=wide)
    for match in patterns.CENTURY.finditer(text):
        number = int(match["n"]) if match["n"] else patterns.CENTURY_WORDS[match["w"].lower()]
        if 1 <= number <= 30:
            yield years_of(_span(match), 100 * (number - 1), 100 * number, Grain.CENTURY, fuzzy=True)


def _century_of(short: int) -> int:
    """The year of '80 or '05, of the century that is nearer to today's readers."""
    return 1900 + short if short >= 30 else 2000 + short


def _year_span(match: re.Match[str]) -> DateMention | None:
    first, written = int(match["a"]), match["b"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if match["sep"] == "/" and len(written) == 2 and last != first + 1:
        return None
    if (
        last <= first
        or last > 2200
        or (len(written) == 2 and match["sep"] == "-" and int(written) <= 12 and last < first)
    ):
        return None
    span = Span(match.start("a"), match.end("b"))
    item = years_of(span, first, last, Grain.RANGE)
    # "2018-19" is mostly a season or a fiscal year, which begins somewhere in 2018.
    return replace(item, resolved=len(written) == 4 and not match["season"] and match["sep"] != "/")


def _bare_years(text: str, known: Sequence[DateMention]) -> Iterator[DateMention]:
    for match in patterns.BARE_YEAR.finditer(text):
        name = "y" if match["y"] else "y2"
        span = Span(match.start(name), match.end(name))
        if any(span.overlaps(item.span) for item in known):
            continue
        year = int(match[name])
        if _reads_as_year(text, span, year):
            yield years_of(span, year, year, Grain.YEAR)


def _reads_as_year(text: str, span: Span, year: int) -> bool:
    before, after = text[: span.start], text[span.end :]
    if unit_after(text, span.end) is not None or re.match(
        r"[ \t]*(?:%|percent\b|per cent\b|people\b|million\b|billion\b|(?:euros?|dollars?)\b)", after
    ):
        return False
    if re.search(
        r"\b(?:No\.?|number|room|flight|route|highway|page|section|model|nearly|almost|least|most|over|some)[ \t]+$",
        before,
        re.I,
    ):
        return False
    if re.search(r"\b(?:more|fewer|less) than[ \t]+$", before, re.I):
        return False
    if year % 100 == 0 and re.match(r"[ \t]+[a-z]+s\b", after) and not re.search(r"\bthe[ \t]+$", before):
        return False
    lead = re.search(r"([^\W\d_]+)[ \t\n]+$", before)
    # A capitalised word before it makes a name that ends in a figure: "Agenda 2030", "Euro 2020".
    return not (lead and lead[1][0].isupper() and lead[1].lower() not in patterns.YEAR_LEADS)


def _bare_months(text: str, known: Sequence[DateMention]) -> Iterator[DateMention]:
    for match in patterns.BARE_MONTH.finditer(text):
        span = _span(match)
        if any(span.overlaps(item.span) for item in known) or not _reads_as_month(text, match):
            continue
        yield DateMention(span, Grain.MONTH, month=_month(match["mon"]))


def _reads_as_month(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    unsure = match["mon"] in ("May", "March", "Mar", "Jan", "April", "June", "August", "MAY", "MARCH")
    if re.match(r"[ \t]+(?!On\b|In\b|The\b|At\b)[A-Z][a-z]+|['’]s\b|-[a-z]", text[match.end() :]) and unsure:
        return False  # a person or a street
    paired = patterns.AFTER_MONTH.search(before) or (
        re.search(r"\b(?:between|from|in|for)[ \t]+$", before, re.I) and patterns.BEFORE_MONTH.match(text, match.end())
    )
    if paired:
        return True
    leads = (
        patterns.SURE_MONTH_LEADS if match["mon"] in ("May", "March", "Mar", "MAY", "MARCH") else patterns.MONTH_LEADS
    )
    return leads.search(before) is not None


def _limited(text: str, item: DateMention) -> DateMention:
    """`item` with the words before it that narrow or bound it: "early 2018", "since 2011"."""
    before = text[: item.span.start]
    part = patterns.PART.search(before)
    if part:
        item = replace(_narrow(item, part["part"].lower()), fuzzy=True)
        before = before[: part.start()] + " "
        before = before.rstrip() + " "
    for bound, pattern in patterns.BOUNDS:
        if pattern.search(before):
            return replace(item, bound=bound)
    return item


def _narrow(item: DateMention, part: str) -> DateMention:
    """`item` cut down to that part of it, generously."""
    if not item.resolved or item.earliest is None or item.latest is None or item.grain is Grain.DAY:
        return item
    days = (item.latest - item.earliest).days
    if part in ("early", "late"):
        first, last = (0.0, 0.45) if part == "early" else (0.55, 1.0)
    elif part in ("mid", "middle of"):
        first, last = 0.3, 0.7
    else:
        first, last = (0.7, 1.0) if part.endswith("end of") else (0.0, 0.3)
    start = item.earliest
    return replace(
        item, earliest=start + timedelta(days=int(days * first)), latest=start + timedelta(days=int(days * last))
    )


def _inherit_years(text: str, items: list[DateMention]) -> list[DateMention]:
    """A date without a year takes that of the next in the same list or range: "January or February 2019"."""
    done = list(items)
    for index in range(len(done) - 2, -1, -1):
        item, following = done[index], done[index + 1]
        if item.year is not None or item.month is None or following.year is None or following.month is None:
            continue
        gap = text[item.span.end : following.span.start]
        if (
            following.resolved
            and not following.anchored
            and gap.strip()
            and (patterns.LIST.fullmatch(gap) or patterns.TO.fullmatch(gap))
        ):
            year = following.year - (1 if item.month > following.month and patterns.TO.fullmatch(gap) else 0)
            done[index] = _with_year(item, year)
    return done


def _with_year(item: DateMention, year: int, **more: object) -> DateMention:
    assert item.month is not None
    if item.day is None:
        made: DateMention | None = month_of(item.span, year, item.month)
    else:
        made = day_of(item.span, year, item.month, item.day)
    if made is None:
        return item
    return replace(made, bound=item.bound, fuzzy=item.fuzzy, weekday=item.weekday, **more)  # type: ignore[arg-type]


def _anchored(item: DateMention, frame: Frame, items: Sequence[DateMention]) -> DateMention:
    """A month or a day of a month without a year takes the nearest year, unless the text speaks of another one."""
    if item.resolved or item.month is None or item.year is not None or frame.anchor is None:
        return item
    spoken = {other.year for other in items if other.year is not None and not other.anchored}
    if spoken - {frame.anchor.year}:
        return item
    for year in frame.years_for(item.span, item.month, item.day):
        made = _with_year(item, year, anchored=True)
        if made.resolved:
            return made
    return item


def _ranges(text: str, items: list[DateMention]) -> list[DateMention]:
    """The mentions with "from A to B" and "between A and B" made one."""
    joined: list[DateMention] = []
    for item in items:
        if joined:
            whole = _range(text, joined[-1], item)
            if whole is not None:
                joined[-1] = whole
                continue
        joined.append(item)
    return joined


def _range(text: str, one: DateMention, two: DateMention) -> DateMention | None:
    gap = text[one.span.end : two.span.start]
    if Grain.RANGE in (one.grain, two.grain) or not gap.strip() or not patterns.TO.fullmatch(gap):
        return None
    if not (one.earliest and two.latest and one.resolved and two.resolved) or (
        one.weekday is not None and one.day is None
    ):
        return None
    before = text[: one.span.start]
    between = re.search(r"\bbetween[ \t]+(?:the[ \t]+)?$", before, re.I) is not None
    if "and" in gap.split() and not between:
        return None
    if patterns.MOVED.search(before) or one.earliest >= two.latest:
        return None
    span = Span(one.span.start, two.span.end)
    year = one.year if one.year == two.year else None
    return DateMention(
        span, Grain.RANGE, one.earliest, two.latest, resolved=True, year=year,
        fuzzy=one.fuzzy or two.fuzzy, anchored=one.anchored or two.anchored,
    )  # fmt: skip


def _checked(item: DateMention) -> DateMention:
    """`item` with a note where the weekday written is not the weekday of that day."""
    if (
        item.weekday is None
        or item.earliest is None
        or item.earliest != item.latest
        or item.day is None
        or not item.resolved
    ):
        return item
    true = item.earliest.weekday()
    if true == item.weekday:
        return item
    return replace(
        item, note=f"{item.earliest.isoformat()} was a {patterns.DAYS[true]}, not a {patterns.DAYS[item.weekday]}"
    )


def _given(item: DateMention | None) -> Iterator[DateMention]:
    if item is not None:
        yield item


def _month(written: str) -> int:
    return patterns.MONTHS[written.rstrip(".").lower()]


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
