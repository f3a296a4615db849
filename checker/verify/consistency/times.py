"""A date that falls on another day of the week, and a span of time that does not fit its two years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from checker.language.amounts import Amount, find_amounts
from checker.language.counted import Limit, limit_of
from checker.language.date_patterns import DAYS
from checker.language.dates import find_dates
from checker.language.intervals import DateMention, Grain
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.model import Clash, Span
from checker.verify.consistency.said import Found, Said

_NEAR_DAYS = 45
"""A day and month without a year are of the year next to the draft's own date where they are as near as this."""
_WEEKDAY = re.compile(
    rf"(?:{'|'.join(DAYS)}|{'|'.join(day.upper() for day in DAYS)}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\.?)"
)
_GAP_BEFORE = re.compile(
    r"\s*(?:,|\(|–|—|-)?\s*(?:(?:or|a period of|a span of|over|for|that is|i\.e\.)\s+)?(?:the\s+)?"
)
_GAP_AFTER = re.compile(r"\s*(?:,|\(|–|—|:)?\s*(?:(?:that ran|running|lasting|in office|in charge|in power)\s+)?")
_YEARS_AWAY = re.compile(r"[ ]years?[ ](?:(?P<later>later|after that|afterwards|on)|(?P<ago>ago))\b,?[ ](?:in[ ])?$")
_TOLD_OF = re.compile(
    r"\b(?:for|of|lasted|lasting|spent|ran|run|served|over|covering|whole|full|in|after|took"
    r"|some)[ ](?:the[ ])?$|[(–—][ ]?$"
)
_BETWEEN = re.compile(r"[.;:!?()]")
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")
_FAR = 1000
_ENDS = re.compile(r"\s*(?:[,.;)–—]|$|in (?:all|total|office|charge|power)\b|altogether\b)")
_ONCE_MORE = re.compile(r"\b(?:again|then|later|except|interrupt\w*|with)\b|\b(?:1[5-9]|20)\d\d\b", re.I)
_DATED_LOOSELY = re.compile(
    r"\b(?:fiscal|financial|academic|school|jail\w*|sentenc\w*|prison\w*|bann?(?:ed)?|suspen\w+|contract|lease|loan)\b",
    re.I,
)


def clashing_times(said: Sequence[Said], published: date | None) -> Iterator[Found]:
    """Dates with a wrong weekday, and durations that two years beside them do not give."""
    for sentence in said:
        dates = find_dates(sentence.text, published)
        for item in dates:
            if sentence.own(item.span) and item.weekday is not None and item.day is not None:
                dated = item.anchored and _other_years(said, sentence, published)
                if _wrong_weekday(item, published, dated=dated):
                    yield from _weekday(sentence, item)
        yield from _durations(sentence, dates, published)


def _weekday(sentence: Said, item: DateMention) -> Iterator[Found]:
    written = _WEEKDAY.match(item.span.of(sentence.text))
    if written is None or item.weekday is None or item.earliest is None:
        return
    day = Span(item.span.start, item.span.start + written.end())
    rest = sentence.text[day.end : item.span.end]
    start = item.span.end - len(rest.lstrip(" ,"))
    at = item.earliest
    told = f"{at.day} {at:%B %Y} is a {DAYS[at.weekday()]}, not a {DAYS[item.weekday]}"
    yield Found(Clash.WEEKDAY, sentence.owner(day), sentence.owner(Span(start, item.span.end)), told)


def _wrong_weekday(item: DateMention, anchor: date | None, *, dated: bool) -> bool:
    """Whether the weekday is wrong in the year that is written, or that the draft's own date leaves no doubt of."""
    if item.earliest is None or item.earliest != item.latest or not item.resolved:
        return False
    if item.anchored and (anchor is None or dated or abs((item.earliest - anchor).days) > _NEAR_DAYS):
        return False
    return item.earliest.weekday() != item.weekday


def _other_years(said: Sequence[Said], sentence: Said, anchor: date | None) -> bool:
    """Whether the paragraph or the one before speaks of another year, whose days a day without a year may be."""
    near = (other for other in said if 0 <= sentence.stretch - other.stretch <= 1)
    years = {int(year) for other in near for year in _YEAR.findall(other.text)}
    return anchor is None or bool(years - {anchor.year})


def _durations(sentence: Said, dates: tuple[DateMention, ...], anchor: date | None) -> Iterator[Found]:
    if _DATED_LOOSELY.search(sentence.text):
        return
    for quantity in find_quantities(sentence.text):
        years = _whole_years(quantity)
        if years is None or not sentence.own(quantity.span):
            continue
        for item in dates:
            if not item.fuzzy and sentence.own(item.span) and not item.span.overlaps(quantity.span):
                yield from _over(sentence, years, quantity.span, item)
    for amount in find_amounts(sentence.text):
        if amount.low == amount.high == amount.low.to_integral_value() and amount.low < _FAR:
            yield from _away(sentence, amount, dates, anchor)


def _whole_years(quantity: Quantity) -> int | None:
    exact = quantity.limit is Limit.EXACT and quantity.low == quantity.high and not quantity.vague
    if not exact or quantity.dimension is not Dimension.TIME or quantity.attribute or quantity.rate:
        return None
    if quantity.unit is None or quantity.unit.name != "year" or quantity.low % 1 or quantity.low < 1:
        return None
    return int(quantity.low)


def _over(sentence: Said, years: int, span: Span, item: DateMention) -> Iterator[Found]:
    """“from 1985 to 1995, twelve years”, “twelve years, from 1985 to 1995”."""
    if item.grain is not Grain.RANGE or not item.resolved or item.anchored or not item.earliest or not item.latest:
        return
    first, last = item.earliest.year, item.latest.year
    text = sentence.text
    if item.span.end <= span.start:
        beside = _GAP_BEFORE.fullmatch(text, item.span.end, span.start) if _ENDS.match(text, span.end) else None
    else:
        start = re.search(r"(?:\bfrom|\bbetween)\s+$|$", text[span.end : item.span.start])
        beside = _GAP_AFTER.fullmatch(text, span.end, span.end + (start.start() if start else 0))
        told_of = _TOLD_OF.search(text, 0, span.start) and not _ONCE_MORE.search(text, item.span.end)
        beside = beside if told_of else None
    # Counted from day to day or with both years, a span is a year shorter or longer than the two years' difference.
    if beside and last - first >= 1 and abs(last - first - years) > 1:
        yield _unlike(
            sentence, item.span, span, f"{first} to {last} is {_counted(last - first)}, not {_counted(years)}"
        )


def _away(sentence: Said, amount: Amount, dates: tuple[DateMention, ...], anchor: date | None) -> Iterator[Found]:
    """“opened in 1985 and closed ten years later, in 1997”; “thirty years ago, in 1985”."""
    text, span, years = sentence.text, Span(amount.start, amount.end), int(amount.low)
    named = [item for item in dates if item.year is not None and not item.anchored and sentence.own(item.span)]
    after = next((item for item in named if item.span.start >= span.end), None)
    words = _YEARS_AWAY.fullmatch(text, span.end, after.span.start) if after else None
    if words is None or after is None or after.year is None or limit_of(text, span.start, span.end) is not Limit.EXACT:
        return
    before = [item for item in named if item.span.end <= span.start]
    if words["ago"]:
        start, told_of = (anchor.year if anchor else None), "the draft’s date"
    else:
        apart = len(before) != 1 or _BETWEEN.search(text, before[0].span.end, span.start)
        start, told_of = (None, "") if apart else (before[0].year, str(before[0].year))
    if start is not None and abs(abs(after.year - start) - years) > 1:
        told = f"{after.year} and {told_of} are {_counted(abs(after.year - start))} apart, not {_counted(years)}"
        yield _unlike(sentence, span, after.span, told)


def _unlike(sentence: Said, one: Span, other: Span, told: str) -> Found:
    return Found(Clash.DURATION, sentence.owner(one), sentence.owner(other), told)


def _counted(years: int) -> str:
    return f"{years} year" if years == 1 else f"{years} years"
