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

from checker.language.intervals import (
    Bound,
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

_MONTH_NAMES = "January February March April May June July August September October November December".split()
_SHORT = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}
_MONTHS = {name.lower(): number for number, name in enumerate(_MONTH_NAMES, 1)} | {name.lower(): n for name, n in _SHORT.items()}
_MON = rf"(?:{'|'.join((*_MONTH_NAMES, *(name.upper() for name in _MONTH_NAMES)))}|(?:{'|'.join(_SHORT)})\b\.?)(?![^\W\d_])"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_WEEKDAY = rf"(?:{'|'.join((*_DAYS, *(name.upper() for name in _DAYS)))}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
_S = r"(?:[ \t\u00a0\u202f\u2009]+\n?[ \t]*|\n[ \t]*)"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORD = r"(?:st|nd|rd|th)?"
_END = r"(?![0-9\w]|[.,:][0-9])"
_YEAR = rf"(?:1[0-9]|20)[0-9]{{2}}{_END}"
_WD = rf"(?:(?P<wd>{_WEEKDAY}),?{_S}(?:the{_S})?)?"
_JOIN = rf"(?:{_S}?(?P<join>[-\u2010\u2011\u2013\u2014]|to|through|until|and|or|&|,){_S}?)"
_NOT_A_COUNT = r"(?![ \t]*(?:percent|per[ ]cent|%|million|billion|thousand|people|members|(?:a|p)\.?m\.?\b))"

_MDY = re.compile(rf"\b{_WD}(?P<mon>{_MON}){_S}(?:the{_S})?(?P<d>{_DAY}){_ORD}{_END}(?:{_JOIN}(?P<d2>{_DAY}){_ORD}{_END})?(?:,?{_S}(?P<y>{_YEAR}))?{_NOT_A_COUNT}")
_DMY = re.compile(rf"\b{_WD}(?:(?P<d0>{_DAY}){_ORD}{_JOIN})?(?P<d>{_DAY}){_ORD}{_S}(?:of{_S}|day{_S}of{_S})?(?P<mon>{_MON})(?:,?{_S}(?P<y>{_YEAR}))?")
_MY = re.compile(rf"\b(?P<mon>{_MON})(?:,|{_S}of)?{_S}(?P<y>{_YEAR})")
_ISO = re.compile(r"(?<![\w-])(?P<y>[12][0-9]{3})(?P<sep>[-/])(?P<mon>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12][0-9]|3[01])(?![\w-])(?!/\d)|(?<![\w-])(?P<y2>[12][0-9]{3})-(?P<mon2>[0-9]{2})-(?P<d2>[0-9]{2})(?=T[0-9])")
_SLASHED = re.compile(r"(?<![\w/.-])(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[12][0-9]{3}|[0-9]{2})(?![\w/]|[-.][0-9])")
_QUARTER = re.compile(
    rf"\b(?:Q(?P<q>[1-4])|(?P<qw>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[ -]quarter)(?:{_S}(?:of{_S})?(?P<fy>fiscal{_S}(?:year{_S})?|FY)?(?P<y>{_YEAR}))?"
)
_HALF = re.compile(rf"\b(?P<h>first|second) half of{_S}(?P<y>{_YEAR})", re.I)
_SEASON = re.compile(rf"\b(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:{_S}of|,)?{_S}(?P<y>{_YEAR})")
_DECADE = re.compile(r"(?<![\w-])(?:the[ ])?(?:(?P<y>(?:1[0-9]|20)[0-9]0)['’]?s|['’‘](?P<s>[0-9]0)s)\b|(?<=mid-)(?P<y2>(?:1[0-9]|20)[0-9]0)s\b")
_CENTURY = re.compile(r"\b(?P<n>[0-9]{1,2})(?:st|nd|rd|th)[ -]century\b|\b(?P<w>seventeenth|eighteenth|nineteenth|twentieth|twenty-first)[ -]century\b", re.I)
_FISCAL = re.compile(rf"\b(?:(?:fiscal|financial|school|academic)(?:{_S}year)?|FY){_S}?['’]?(?P<y>{_YEAR}|[0-9]{{2}}\b)(?:[-/–][0-9]{{2,4}})?")
_YEAR_SPAN = re.compile(r"(?<![\w.,/-])(?P<a>1[5-9][0-9]{2}|20[0-9]{2})(?P<sep>[-/–—])(?P<b>[0-9]{4}|[0-9]{2})(?![\w]|[-/.,][0-9])(?P<season>[ ](?:season|school year|fiscal year|academic year|budget))?")
_BARE_YEAR = re.compile(r"(?<![\w.,/$£€¥#:–—-])(?:(?<=mid)-)?(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?![\w%°]|[.,:/][0-9]|-[0-9]|[–—][0-9])|(?<=\bmid-)(?P<y2>1[5-9][0-9]{2}|20[0-9]{2})\b")
_BARE_MONTH = re.compile(rf"\b(?P<mon>{_MON})")

_CENTURY_WORDS = {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_QUARTER_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR_LEADS = frozenset(
    """in since by until till from to of during before after through early late between around about and or for the
    circa as on at with than spring summer fall autumn winter year years that when while although though but""".split()
)
_MONTH_LEADS = re.compile(
    r"\b(?:in|since|until|till|during|last|next|this|this past|early|late|mid|by|from|between|of|before|after|through|(?:start|end|beginning|middle) of)(?:[ \t]+|-)$",
    re.I,
)
_SURE_MONTH_LEADS = re.compile(r"\b(?:in|since|until|till|during|last|next|this past|early|late|mid|(?:start|end|beginning|middle) of)(?:[ \t]+|-)$", re.I)
_AFTER_MONTH = re.compile(rf"\b{_MON}(?:,|{_S}(?:and|or|to|through|until)|[-–])[ \t]*$")
_BEFORE_MONTH = re.compile(rf"{_S}(?:and|to|or|through|until){_S}{_MON}|[-–]{_MON}")
_PART = re.compile(
    r"\b(?P<part>early|late|mid|middle of|(?:the )?(?:start|beginning|outset|turn) of|(?:the )?end of)(?:[ \t]+in|[ \t]+on)?(?:[ \t]+|-)(?:the[ \t]+)?$", re.I
)
_BOUNDS = (
    (Bound.SINCE, re.compile(r"\b(?:ever since|since|starting in|starting from|beginning in)[ \t]+(?:the[ \t]+)?$", re.I)),
    (Bound.UNTIL, re.compile(r"\b(?:until|till|through|up to)[ \t]+(?:the[ \t]+)?$", re.I)),
    (Bound.BEFORE, re.compile(r"\b(?:before|prior to|ahead of|earlier than)[ \t]+(?:the[ \t]+)?$", re.I)),
    (Bound.AFTER, re.compile(r"\b(?:after|following|later than)[ \t]+(?:the[ \t]+)?$", re.I)),
    (Bound.BY, re.compile(r"\b(?:by|no later than)[ \t]+(?:the[ \t]+)?$", re.I)),
)  # fmt: skip
_TO = re.compile(rf"{_S}?(?:-|–|—){_S}?|{_S}(?:to|until|till|through|and){_S}(?:the{_S})?(?:early{_S}|late{_S}|mid-?)?")
_LIST = re.compile(rf"{_S}?(?:,|;)?{_S}?(?:and{_S}|or{_S}|&{_S})?(?:in{_S}|on{_S})?")
_MOVED = re.compile(r"\b(?:mov\w+|postpon\w+|delay\w+|push\w+|reschedul\w+|shift\w+|chang\w+|brought forward)\b[^.;]{0,60}$", re.I)
_FAR = 100
"""Anchors nearer than this many years to the ends of the calendar are not used."""


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
    for match in _MDY.finditer(text):
        yield from _days(match, match["d"], match["d2"], text)
    for match in _DMY.finditer(text):
        first, second = (match["d0"], match["d"]) if match["d0"] else (match["d"], None)
        yield from _days(match, first, second, text)
    for match in _MY.finditer(text):
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
    for match in _ISO.finditer(text):
        year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("y", "mon", "d"))
        yield from _given(day_of(_span(match), year, month, day))
    for match in _SLASHED.finditer(text):
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
    for match in _QUARTER.finditer(text):
        quarter = int(match["q"]) if match["q"] else _QUARTER_WORDS[match["qw"]]
        if match["y"] and not match["fy"]:
            yield quarter_of(_span(match), int(match["y"]), quarter)
        else:
            yield DateMention(_span(match), Grain.QUARTER, year=int(match["y"]) if match["y"] else None)
    for match in _HALF.finditer(text):
        year, first = int(match["y"]), match["h"].lower() == "first"
        start, end = (date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))
        yield DateMention(_span(match), Grain.RANGE, start, end, resolved=True, year=year)
    for match in _SEASON.finditer(text):
        yield season_of(_span(match), int(match["y"]), match["s"].lower())
    yield from _long_periods(text)
    for match in _FISCAL.finditer(text):
        yield DateMention(_span(match), Grain.YEAR)
    for match in _YEAR_SPAN.finditer(text):
        yield from _given(_year_span(match))


def _long_periods(text: str) -> Iterator[DateMention]:
    for match in _DECADE.finditer(text):
        written = match["y"] or match["y2"]
        if written:
            first = int(written)
        else:
            first = 1900 + int(match["s"]) if int(match["s"]) >= 30 else 2000 + int(match["s"])
        # "the 1800s" is a decade to some and a century to others.
        wide = first % 100 == 0
        item = years_of(_span(match), first, first + (99 if wide else 9), Grain.CENTURY if wide else Grain.DECADE)
        yield replace(item, resolved=not wide, fuzzy=wide)
    for match in _CENTURY.finditer(text):
        number = int(match["n"]) if match["n"] else _CENTURY_WORDS[match["w"].lower()]
        if 1 <= number <= 30:
            yield years_of(_span(match), 100 * (number - 1), 100 * number, Grain.CENTURY, fuzzy=True)


def _year_span(match: re.Match[str]) -> DateMention | None:
    first, written = int(match["a"]), match["b"]
    last = int(written) if len(written) == 4 else first // 100 * 100 + int(written)
    if match["sep"] == "/" and len(written) == 2 and last != first + 1:
        return None
    if last <= first or last > 2200 or (len(written) == 2 and match["sep"] == "-" and int(written) <= 12 and last < first):
        return None
    span = Span(match.start("a"), match.end("b"))
    item = years_of(span, first, last, Grain.RANGE)
    # "2018-19" is mostly a season or a fiscal year, which begins somewhere in 2018.
    return replace(item, resolved=len(written) == 4 and not match["season"] and match["sep"] != "/")


def _bare_years(text: str, known: Sequence[DateMention]) -> Iterator[DateMention]:
    for match in _BARE_YEAR.finditer(text):
        name = "y" if match["y"] else "y2"
        span = Span(match.start(name), match.end(name))
        if any(span.overlaps(item.span) for item in known):
            continue
        year = int(match[name])
        if _reads_as_year(text, span, year):
            yield years_of(span, year, year, Grain.YEAR)


def _reads_as_year(text: str, span: Span, year: int) -> bool:
    before, after = text[: span.start], text[span.end :]
    if unit_after(text, span.end) is not None or re.match(r"[ \t]*(?:%|percent\b|per cent\b|people\b|million\b|billion\b|(?:euros?|dollars?)\b)", after):
        return False
    if re.search(r"\b(?:No\.?|number|room|flight|route|highway|page|section|model|nearly|almost|least|most|over|some)[ \t]+$", before, re.I):
        return False
    if re.search(r"\b(?:more|fewer|less) than[ \t]+$", before, re.I):
        return False
    if year % 100 == 0 and re.match(r"[ \t]+[a-z]+s\b", after) and not re.search(r"\bthe[ \t]+$", before):
        return False
    lead = re.search(r"([^\W\d_]+)[ \t\n]+$", before)
    if lead and lead[1][0].isupper() and lead[1].lower() not in _YEAR_LEADS:
        return False  # a name that ends in a figure: "Agenda 2030", "Euro 2020"
    return True


def _bare_months(text: str, known: Sequence[DateMention]) -> Iterator[DateMention]:
    for match in _BARE_MONTH.finditer(text):
        span = _span(match)
        if any(span.overlaps(item.span) for item in known) or not _reads_as_month(text, match):
            continue
        yield DateMention(span, Grain.MONTH, month=_month(match["mon"]))


def _reads_as_month(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()]
    unsure = match["mon"] in ("May", "March", "Mar", "Jan", "April", "June", "August", "MAY", "MARCH")
    if re.match(r"[ \t]+(?!On\b|In\b|The\b|At\b)[A-Z][a-z]+|['’]s\b|-[a-z]", text[match.end() :]) and unsure:
        return False  # a person or a street
    paired = _AFTER_MONTH.search(before) or (re.search(r"\b(?:between|from|in|for)[ \t]+$", before, re.I) and _BEFORE_MONTH.match(text, match.end()))
    if paired:
        return True
    leads = _SURE_MONTH_LEADS if match["mon"] in ("May", "March", "Mar", "MAY", "MARCH") else _MONTH_LEADS
    return leads.search(before) is not None


def _limited(text: str, item: DateMention) -> DateMention:
    """`item` with the words before it that narrow or bound it: "early 2018", "since 2011"."""
    before = text[: item.span.start]
    part = _PART.search(before)
    if part:
        item = replace(item, fuzzy=True, **_narrow(item, part["part"].lower()))
        before = before[: part.start()] + " "
        before = before.rstrip() + " "
    for bound, pattern in _BOUNDS:
        if pattern.search(before):
            return replace(item, bound=bound)
    return item


def _narrow(item: DateMention, part: str) -> dict[str, date]:
    """The days of a part of `item`, generously."""
    if not item.resolved or item.earliest is None or item.latest is None or item.grain is Grain.DAY:
        return {}
    days = (item.latest - item.earliest).days
    if part in ("early", "late"):
        first, last = (0.0, 0.45) if part == "early" else (0.55, 1.0)
    elif part in ("mid", "middle of"):
        first, last = 0.3, 0.7
    else:
        first, last = (0.7, 1.0) if part.endswith("end of") else (0.0, 0.3)
    return {
        "earliest": item.earliest + timedelta(days=int(days * first)),
        "latest": item.earliest + timedelta(days=int(days * last)),
    }


def _inherit_years(text: str, items: list[DateMention]) -> list[DateMention]:
    """A date without a year takes that of the next in the same list or range: "January or February 2019"."""
    done = list(items)
    for index in range(len(done) - 2, -1, -1):
        item, following = done[index], done[index + 1]
        if item.year is not None or item.month is None or following.year is None or following.month is None:
            continue
        gap = text[item.span.end : following.span.start]
        if following.resolved and not following.anchored and gap.strip() and (_LIST.fullmatch(gap) or _TO.fullmatch(gap)):
            year = following.year - (1 if item.month > following.month and _TO.fullmatch(gap) else 0)
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
    if Grain.RANGE in (one.grain, two.grain) or not gap.strip() or not _TO.fullmatch(gap):
        return None
    if not (one.earliest and two.latest and one.resolved and two.resolved) or one.weekday is not None and one.day is None:
        return None
    before = text[: one.span.start]
    between = re.search(r"\bbetween[ \t]+(?:the[ \t]+)?$", before, re.I) is not None
    if "and" in gap.split() and not between:
        return None
    if _MOVED.search(before) or one.earliest >= two.latest:
        return None
    span = Span(one.span.start, two.span.end)
    year = one.year if one.year == two.year else None
    return DateMention(
        span, Grain.RANGE, one.earliest, two.latest, resolved=True, year=year,
        fuzzy=one.fuzzy or two.fuzzy, anchored=one.anchored or two.anchored,
    )  # fmt: skip


def _checked(item: DateMention) -> DateMention:
    """`item` with a note where the weekday written is not the weekday of that day."""
    if item.weekday is None or item.earliest is None or item.earliest != item.latest or item.day is None or not item.resolved:
        return item
    true = item.earliest.weekday()
    if true == item.weekday:
        return item
    return replace(item, note=f"{item.earliest.isoformat()} was a {_DAYS[true]}, not a {_DAYS[item.weekday]}")


def _given(item: DateMention | None) -> Iterator[DateMention]:
    if item is not None:
        yield item


def _month(written: str) -> int:
    return _MONTHS[written.rstrip(".").lower()]


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())
