"""Two ages of one person, and an age that does not fit the year of birth or death."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from checker.language.births import find_births
from checker.model import Clash, Span
from checker.verify.consistency.people import Mention, mentions
from checker.verify.consistency.said import Found, Said

_AGE = re.compile(
    r",[ ](?:aged[ ])?(?P<n>\d{1,3})(?=[,.;)]|[ ]and\b|$)|,?[ ]aged[ ](?P<aged>\d{1,3})(?=[ ,.;)]|$)|[ ]\((?:aged[ ])?"
    r"(?P<inside>\d{1,3})\)"
)
_YEAR_OLD = re.compile(r"\b(?P<n>\d{1,3})[- ]year[- ]old[ ](?:[a-z][\w'’-]*[ ]){0,4}(?:[A-Z][\w.]*[ ])?$")
_LIVED = re.compile(r"[ ]\((?P<born>1\d{3}|20\d\d)[ ]?[-–—][ ]?(?P<died>1\d{3}|20\d\d)\)")
_DIED = re.compile(
    r"\bdied\b[^.;]{0,40}?\b(?:in|on)[ ][^.;]{0,20}?\b(?P<year>1[89]\d\d|20\d\d)\b[^.;]{0,20}?"
    r"\b(?:aged|at the age of|at)[ ](?P<n>\d{1,3})\b(?![ ](?:home|his|her|the)|[-:.]\d)"
)
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")
_THEN = re.compile(
    r"\b(?:then|ago|at the time|when (?:he|she|they) w\w+|years? (?:later|earlier)|had been|archive)\b", re.I
)
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class _Aged:
    """What a draft says of a person's years: an age, a year of birth, or both ends of a life; spans of the draft."""

    said: Said
    span: Span
    value: int
    year: int | None = None  # the year in which the age was that; None for the draft's own day


def clashing_ages(said: Sequence[Said], published: date | None) -> Iterator[Found]:
    """People with two ages on the day of the draft, or with an age that their birth does not give."""
    named = mentions(said)
    ages: defaultdict[tuple[str, ...], list[_Aged]] = defaultdict(list)
    births: defaultdict[tuple[str, ...], list[_Aged]] = defaultdict(list)
    today = published.year if published else None
    for mention in named:
        ages[mention.person].extend(_ages(mention, today))
        births[mention.person].extend(_births(mention))
    for person, given in ages.items():
        yield from _two_ages(person, [age for age in given if age.year is None])
        for birth in births[person]:
            yield from _unborn(given, birth, today)


def _ages(mention: Mention, today: int | None) -> Iterator[_Aged]:
    text, end = mention.said.text, mention.name.span.end
    died = _DIED.search(text, end)
    if died and len(mention.person) > 1:
        yield _aged(mention, died.span("n"), int(died["n"]), int(died["year"]))
        return
    if _THEN.search(text) or any(int(year) != today for year in _YEAR.findall(text) if not _of_birth(text, year)):
        return  # the age of another time
    match = _AGE.match(text, end)
    if match:
        name = match.lastgroup or "n"
        yield _aged(mention, match.span(name), int(match[name]))
    before = _YEAR_OLD.search(mention.before)
    if before:
        yield _aged(mention, before.span("n"), int(before["n"]))


def _of_birth(text: str, year: str) -> bool:
    return any(birth.span.of(text) == year for birth in find_births(text))


def _aged(mention: Mention, at: tuple[int, int], value: int, year: int | None = None) -> _Aged:
    return _Aged(mention.said, mention.said.owner(Span(*at)), value, year)


def _births(mention: Mention) -> Iterator[_Aged]:
    for birth in find_births(mention.said.text):
        if birth.person.span == mention.name.span:
            yield _Aged(mention.said, mention.said.owner(birth.span), birth.first.year)
    lived = _LIVED.match(mention.said.text, mention.name.span.end)
    if lived:
        yield _aged(mention, lived.span("born"), int(lived["born"]))


def _two_ages(person: tuple[str, ...], given: list[_Aged]) -> Iterator[Found]:
    for one, other in combinations(given, 2):
        if one.value != other.value and one.span != other.span and max(one.value, other.value) <= _OLDEST:
            told = f"{_called(person)} is {one.value} here and {other.value} there"
            yield Found(Clash.AGE, one.span, other.span, told)
            return


def _unborn(given: list[_Aged], birth: _Aged, today: int | None) -> Iterator[Found]:
    for age in given:
        year = age.year or today
        if year is None or age.span == birth.span:
            continue
        oldest = year - birth.value
        if age.value not in (oldest - 1, oldest) and 0 <= oldest <= _OLDEST:
            told = f"born in {birth.value} is {oldest - 1} or {oldest} in {year}, not {age.value}"
            yield Found(Clash.AGE, birth.span, age.span, told)
            return


def _called(person: tuple[str, ...]) -> str:
    return " ".join(word.capitalize() for word in person)
