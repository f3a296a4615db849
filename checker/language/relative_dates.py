"""Dates that need the date of the text: "On Tuesday", "last month", "two weeks ago", "earlier this year"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checker.language.amounts import find_amounts
from checker.language.intervals import (
    DateMention,
    Grain,
    month_of,
    of_date,
    quarter_of,
    season_of,
    shift_months,
    week_of,
    years_of,
)
from checker.model import Span

_SHORT_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_NAMED = re.compile(
    r"\b(?:(?P<lead>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming|[Tt]his|[Oo]n|[Ee]very|[Ee]ach)[ \t]+)?"
    rf"(?P<wd>(?:{_WEEKDAY})(?P<many>s)?(?!\w)|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?!\w))"
    r"(?P<parts>[ \t]+(?:mornings|afternoons|evenings|nights)\b)?"
)
_DAYWORDS = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this morning": 0, "this afternoon": 0, "this evening": 0,
}  # fmt: skip
_DAYWORD = re.compile(rf"\b(?:{'|'.join(_DAYWORDS)}|last night)\b", re.I)
_PERIOD = re.compile(
    r"\b(?:(?P<part>earlier|later|early|late)[ \t]+)?"
    r"(?P<lead>last|this|next|the past|past|the previous|the following|the current|the coming)[ \t]+"
    r"(?P<unit>week|weekend|month|year|quarter|decade|century|spring|summer|autumn|fall|winter)\b(?![-])",
    re.I,
)
_AGO = re.compile(
    r"[ \t\u00a0]+(?P<unit>days?|weeks?|months?|years?|decades?|centur(?:y|ies))[ \t]+"
    r"(?P<way>ago|earlier|later|before|after|from now|hence)\b",
    re.I,
)
_AN_AGO = re.compile(
    r"\b(?:an?|one)[ \t]+(?P<unit>day|week|month|year|decade|century)[ \t]+"
    r"(?P<way>ago|earlier|later|before|after|from now)\b",
    re.I,
)
_SAYING = re.compile(r"\b(?:said|told|announced|reported|wrote|confirmed|stated|added|tweeted|noted|revealed)\b", re.I)
_SAID_JUST_BEFORE = re.compile(rf"{_SAYING.pattern}(?:[ \t]+[\w'’]+){{0,4}}[ \t,]*$", re.I)
_AHEAD = re.compile(
    r"\b(?:will|shall|upcoming|scheduled|slated|next|due|plans? to|planning to|(?:is|are) set to|going to|'ll|’ll|"
    r"starts|begins|opens|closes|ends|expires|resumes|takes effect|comes into force)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A text and the date it was written."""

    text: str
    anchor: date | None

    def ahead(self, span: Span) -> bool:
        """Whether the words around `span` look ahead: "will open on June 12", "On June 12, the council will vote"."""
        before = self.text[max(0, span.start - 200) : span.start]
        if _SAID_JUST_BEFORE.search(before):
            return False
        cues = list(_AHEAD.finditer(before))
        if cues and not _SAYING.search(before, cues[-1].end()):
            return True
        after = self.text[span.end : span.end + 80]
        coming = _AHEAD.search(after)
        return coming is not None and not _SAYING.search(after[: coming.start()])

    def years_for(self, span: Span, month: int, day: int | None) -> tuple[int, ...]:
        """The year a month or day without one falls in: the nearest past, or the nearest to come."""
        assert self.anchor is not None
        year = self.anchor.year
        here = (self.anchor.month, self.anchor.day if day is not None else 0)
        there = (month, day or 0)
        if self.ahead(span):
            return (year,) if there >= here else (year + 1,)
        return (year,) if there <= here else (year - 1,)


def weekday_of(name: str) -> int:
    """Monday is 0."""
    return _SHORT_WEEKDAYS.index(name.lower()[:3])


def relative_dates(frame: Frame) -> Iterator[DateMention]:
    """The relative dates of the frame's text; unresolved where there is no anchor."""
    yield from _weekdays(frame)
    yield from _day_words(frame)
    for match in _PERIOD.finditer(frame.text):
        yield _period(frame, match)
    yield from _spans_ago(frame)


def _weekdays(frame: Frame) -> Iterator[DateMention]:
    for match in _NAMED.finditer(frame.text):
        span = Span(match.start("wd"), match.end("wd"))
        weekday = weekday_of(match["wd"])
        lead = (match["lead"] or "").lower()
        item = DateMention(span, Grain.DAY, weekday=weekday)
        if match["many"] or match["parts"] or lead in ("every", "each"):
            yield replace(item, recurring=True)
            continue
        if frame.anchor is None or re.search(r"\b(?:any|an?)[ \t]+$", frame.text[: match.start()], re.I):
            yield item
            continue
        back = (frame.anchor.weekday() - weekday) % 7
        past, coming = frame.anchor - timedelta(days=back), frame.anchor + timedelta(days=(7 - back) % 7)
        if lead == "last":
            # "last Tuesday" is the nearest one to some and that of last week to others.
            past = past if back else past - timedelta(days=7)
            yield replace(item, earliest=past - timedelta(days=7), latest=past, fuzzy=True, anchored=True)
        elif lead == "next":
            yield replace(item, earliest=coming, latest=coming + timedelta(days=7), fuzzy=True, anchored=True)
        else:
            ahead = lead == "this coming" or (lead != "this past" and frame.ahead(span))
            yield of_date(span, coming if ahead else past, weekday=weekday, anchored=True)


def _day_words(frame: Frame) -> Iterator[DateMention]:
    for match in _DAYWORD.finditer(frame.text):
        span, word = Span(match.start(), match.end()), match.group().lower()
        if frame.anchor is None:
            yield DateMention(span, Grain.DAY)
        elif word == "last night":
            yield DateMention(
                span,
                Grain.DAY,
                frame.anchor - timedelta(days=1),
                frame.anchor,
                resolved=True,
                fuzzy=True,
                anchored=True,
            )
        else:
            yield of_date(span, frame.anchor + timedelta(days=_DAYWORDS[word]), anchored=True, fuzzy=word == "today")


def _period(frame: Frame, match: re.Match[str]) -> DateMention:
    span, unit, lead = Span(match.start(), match.end()), match["unit"].lower(), match["lead"].lower()
    grain = _grain(unit)
    step = {"last": -1, "this": 0, "next": 1, "the current": 0, "the coming": 1}.get(lead)
    if frame.anchor is None or step is None:
        return DateMention(span, grain)
    item = _stretch(span, frame.anchor, unit, step)
    if match["part"] and item.earliest and item.latest:
        before = match["part"].lower() in ("earlier", "early")
        first, last = item.earliest, item.latest
        if step == 0 and before:
            last = min(last, frame.anchor)
        elif step == 0:
            first = max(first, frame.anchor)
        item = replace(item, earliest=first, latest=last, fuzzy=True)
    return replace(item, anchored=True)


def _grain(unit: str) -> Grain:
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        return Grain.SEASON
    return {"weekend": Grain.WEEK, "days": Grain.DAY}.get(unit) or Grain(unit)


def _stretch(span: Span, anchor: date, unit: str, step: int) -> DateMention:
    """The week, month, quarter, season, year, decade or century `step` from that of the anchor."""
    if unit in ("week", "weekend"):
        return week_of(span, anchor + timedelta(days=7 * step))
    if unit == "month":
        return month_of(span, *shift_months(anchor, step))
    if unit == "quarter":
        year, month = shift_months(anchor, 3 * step)
        return quarter_of(span, year, (month + 2) // 3)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        first = anchor.year // size * size + step * size
        return years_of(span, first, first + size - 1, Grain(unit), fuzzy=True)
    if unit == "year":
        return years_of(span, anchor.year + step, anchor.year + step, Grain.YEAR)
    one, two = season_of(span, anchor.year + min(step, 0), unit), season_of(span, anchor.year + max(step, 0), unit)
    return replace(one, latest=two.latest, year=None)  # "last summer" may be this year's or the one before


def _spans_ago(frame: Frame) -> Iterator[DateMention]:
    for match in _AN_AGO.finditer(frame.text):
        yield _ago(frame, Span(match.start(), match.end()), 1, match["unit"].lower(), match["way"].lower())
    for amount in find_amounts(frame.text):
        after = _AGO.match(frame.text, amount.end)
        if after:
            whole = amount.low == amount.high == amount.low.to_integral_value() and amount.low < 1000
            unit = after["unit"].lower().removesuffix("s") if not after["unit"].lower().startswith("c") else "century"
            span = Span(amount.start, after.end())
            yield _ago(frame, span, int(amount.low) if whole else None, unit, after["way"].lower())


def _ago(frame: Frame, span: Span, count: int | None, unit: str, way: str) -> DateMention:
    grain = _grain(unit)
    if frame.anchor is None or count is None or way in ("earlier", "later", "before", "after"):
        return DateMention(span, grain)
    step = -count if way == "ago" else count
    if unit == "day":
        return of_date(span, frame.anchor + timedelta(days=step), anchored=True)
    days = {"week": 7, "month": 30.44, "year": 365.25, "decade": 3652.5, "century": 36525}[unit]
    far = round(days * abs(step))
    if far > 365 * 90:
        return DateMention(span, grain)
    middle = frame.anchor + timedelta(days=far if step > 0 else -far)
    slack = timedelta(days=round(days / 2) if unit != "week" else 4)
    return DateMention(span, grain, middle - slack, middle + slack, resolved=True, fuzzy=True, anchored=True)
