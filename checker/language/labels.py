"""Numbers that name and do not count: "Route 9", "Boeing 737", "Covid-19", "7 p.m.", "555-0142", "[3]"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.language.dates import find_dates
from checker.language.proportions import counts_follow
from checker.language.words import STOP_WORDS
from checker.model import Span

_NAMED = frozenset(
    """route highway interstate motorway autobahn road room flight section sections article articles chapter
    page pages paragraph clause appendix figure fig table number numbers no nos phase stage level grade gate
    lane channel platform pier berth dock line exit junction track bus train tram unit apartment apt suite
    floor building block lot ward district precinct zone region division class type model version volume vol
    issue part episode season verse psalm title rule proposition prop item step tier case ordinance permit
    docket amendment schedule annex category cat terminal hangar runway seat row box file windows formula
    trail ladder squad battalion studio day week round footnote""".split()
)
_NAMED_IN_CAPITALS = frozenset(
    "Plan Option Game Act Bill Measure Question Order Area Form Note Group Company Engine Resolution Point".split()
)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2})?(?:\s?(?:-|–|to)\s?\d{1,2}(?:[:.]\d{2})?)?[ \u00a0]?(?:a\.?m\b\.?"
    r"|p\.?m\b\.?|o['’]clock|noon\b|midnight\b)"
    r"|\b(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?\b(?!\s*(?:ratio|odds))"
    r"|\b(?:half|quarter|ten|five|twenty)[ ](?:past|to)[ ](?:noon|midnight|(?:one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve)\b)"
    r"(?=\s*(?:[.,;]|$|in the|on|at))"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ](?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock)"
    r"|\b(?:at|by|until|before|after|around|about)[ ](?:\d{4}[ ](?:hours|GMT|UTC)\b)",
    re.I,
)
_NAMED_NUMBER = re.compile(
    r"\b(?P<word>[^\W\d_]+)\.?(?:[ \u00a0]|[ ]?#)(?:(?:No|Nos|Number|number)\.?[ \u00a0])?"
    r"(?:\d+(?:[.:/-]\d+)*[A-Z]?|one|two|three|four|five|six|seven|eight|nine|ten)\b(?!,\d)(?:(?:,"
    r"| and| or| to|[-–])[ ]?\d+\b(?![,.]\d))*",
    re.I,
)
_OTHERS = re.compile(
    r"#\d[\d-]*|\b\d+0['’]?s\b"
    r"|\[\d+(?:[,–-]\s?\d+)*\]"
    r"|(?<=[^\W\d][.!?\"”’])\d{1,3}(?=\s|$)|(?<=[.!?][\"”’])\d{1,3}(?=\s|$)"  # a footnote's mark after a sentence
    r"|(?m:^)\s*\(?\d{1,3}[.)](?=\s)"  # the head of a list item
    r"|\b[A-Za-z]+[-\u2010\u2011\u2013]\d+[\w-]*"  # Covid-19, F-16, I-95, Apollo-11
    r"|\b\d+[A-Za-z]*[-–]\d+[-–]\d+\b|(?:\(\d{3}\)[ ]?|\b\d{3}[-.])\d{3}[-.]\d{4}\b|\b\d{3}-\d{4}\b"  # phone numbers
    r"|\b\d+[x×]\d+\b|\b(?:24/7|9/11|20/20|50/50)\b"
    r"|\b\d+(?:th|st|nd|rd)?[ ](?:[A-Z][\w.]*[ ]){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr"
    r"|Boulevard|Blvd|Way|Court|Place|Highway|Square)\b"
    r"|\b(?:\d+(?:th|st|nd|rd)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)[ ]"
    r"(?:Street|St\.|Avenue|Ave\.?|Road|Lane|Amendment|Army|Fleet|Division|Ward|District|Circuit|Reich"
    r"|Lady|Baptist|World|Nations?|Republic)\b"
    r"|\bWorld War (?:\d|One|Two)\b|\bFirst World War\b|\bSecond World War\b|\b(?:5|4|3)G\b|\b401\(k\)"
    r"|\bCatch-22\b|\b9-1-1\b|\b(?:call|dial|dialled|dialed) 911\b|\b911 (?=call|dispatch|operator)"
    r"|https?://\S+|www\.\S+|\S+@\S+\.\w+"
)
_AFTER_NAME = re.compile(
    r"(?:(?<![.!?:;\"“‘'’)\]\n])[ \u00a0]|^)(?P<name>[A-Z][\w’'.-]*[^\W\d_.])[ \u00a0]"
    r"(?P<n>\d{1,4}[A-Z]?)(?![\d,.]?\d|[\w%°])(?!\s*(?:percent|per cent|%|million|billion|thousand"
    r"|to\b))"
)
_NO_NAME = frozenset(
    """about around nearly almost roughly approximately some over under only at least more than up between
    from for with by in on to and or but when while that another just every these those its their his
    her the exactly an a monday tuesday wednesday thursday friday saturday sunday today yesterday last
    next first another including plus fewer less many several police crews officials""".split()
)
_MAY_DATE = re.compile(
    r"\d{4}|\d[/.-]\d+[/.-]\d|\d0s|FY|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR"
    r"|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"|(?i:\b(?:ago|earlier|later|before|after|hence|from now|centur\w+|quarter|fiscal|decades?"
    r"|first half|second half|school year)\b)"
)
"""What a date with a number in it needs; reading dates is the dearer half of the work, so it waits for this."""
_PRONOUN_ONE = re.compile(
    r"\b(?:no|any|every|some|each|which|the|this|that|another|either|only|new|old|last|next|first|good"
        r"|big|bad|same|latter|former|other|right|wrong|was|is)[ -]one\b"
    r"|(?<!\bfor )(?<!\bin )(?<!\bthan )(?<!\bwithin )(?<!\bof )(?<!\blasted )(?<!\btook )one[ ](?:day"
        r"|night|morning|evening|time)\b"
    r"|\bone(?:[ ](?:of|another|or more|or two|who|whose|that|which|can|could|may|might|must|should"
        r"|would|will|is|was|has|had|side|hand|thing|else|by one|more|by|in|on|at|for|to|with|and|as|after"
        r"|from|such|way)\b|[-’'](?:time|off|way|sided|on|s|third|half|quarter)\b|\s*[.,;:?!)]|\s*$)",
    re.I,
)  # fmt: skip
_ONE_IN = re.compile(
    r"one (?:in|out of) (?:every )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
    r"|a hundred)|one (?:of|more) ",
    re.I,
)


def named_numbers(text: str) -> tuple[Span, ...]:
    """The stretches of `text` whose numbers are names, dates, clock times, marks or pronouns; they may overlap."""
    return (*_dates(text), *_labels(text), *_pronouns(text))


def _dates(text: str) -> Iterable[Span]:
    return (item.span for item in find_dates(text, None)) if _MAY_DATE.search(text) else ()


def _labels(text: str) -> Iterable[Span]:
    if not any(map(str.isdigit, text)) and not re.search(
        r"\b(?:First|Second|Third|o['’]clock|[ap]\.?m\b|past|One|Two|one|two|three|four)\b", text
    ):
        return
    for pattern in (_CLOCK, _OTHERS):
        yield from (Span(*match.span()) for match in pattern.finditer(text))
    for match in _NAMED_NUMBER.finditer(text):
        if (match["word"].casefold() in _NAMED or match["word"] in _NAMED_IN_CAPITALS) and not _counts_after_all(
            text, match
        ):
            yield Span(*match.span())
    for match in _AFTER_NAME.finditer(text):
        name = match["name"].casefold()
        first = not text[: match.start("name")].strip()
        if name in _NO_NAME or (
            first and (name in STOP_WORDS or name.endswith("ly") or counts_follow(text, match.end("n")))
        ):
            continue
        if name not in STOP_WORDS:
            yield Span(*match.span("n"))


def _counts_after_all(text: str, match: re.Match[str]) -> bool:
    """Whether the word before the number is no label here: "on the bus two passengers slept"."""
    said = match.group().split()
    number = said[-1]
    if number.isalpha() and not match.group()[0].isupper():
        return True  # "flight three" in lower case is rare, "on the bus two people" is not
    return (
        re.match(r"\s*(?:percent|per cent|%|million|billion|thousand|hundred|people\b)", text[match.end() :])
        is not None
    )


def _pronouns(text: str) -> Iterable[Span]:
    if not re.search(r"\bone\b", text, re.I):
        return
    for match in _PRONOUN_ONE.finditer(text):
        at = match.start() + match.group().lower().index("one")
        if not _ONE_IN.match(text, at) or re.match(r"one (?:of|more)", text[at : at + 8], re.I):
            yield Span(at, at + 3)
