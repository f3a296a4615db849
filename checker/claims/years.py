"""Lists of years: "on three occasions in 1985, 1992 and 1994" is a statement for each year, and a count."""

from __future__ import annotations

import re

from checker.language.amounts import find_amounts
from checker.model import Span

_YEAR = r"(?:1[5-9]|20)\d{2}"
_LIST = re.compile(
    rf"\b(?P<lead>in|during)[ ](?P<both>both[ ])?(?P<years>{_YEAR}(?:,[ ](?:in[ ])?{_YEAR})*,?[ ]"
    rf"(?:and|&)(?:[ ]again)?(?:[ ]in)?[ ]{_YEAR})\b"
)
_ONE = re.compile(rf"\b{_YEAR}\b")
_COUNT_WORD = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|both)"
_OCCASIONS = re.compile(
    rf",?[ ](?:on[ ])?(?:twice|thrice|(?:at least[ ])?{_COUNT_WORD}(?:[ ](?:separate|different"
    rf"|other))?[ ](?:occasions|times|years))(?=[,:—–-]?[ (]|$)",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:combined|total|overall|altogether|average|together|jointly|respectively|between"
    r"|only|just|except|solely|every|not|never)\b|n['’]t\b",
    re.I,
)


def years_apart(text: str) -> tuple[tuple[Span, str], ...]:
    """Each statement of `text`, which lists years, with the stretch that makes it its own; empty where it stays whole.

    A number that could be the sum over the years keeps the sentence whole.
    """
    match = _LIST.search(text)
    if not match or _LIST.search(text, match.end()) or _TOGETHER.search(text):
        return ()
    before, after = text[: match.start()], text[match.end() :]
    counts = [item for item in _OCCASIONS.finditer(before) if not before[item.end() :].strip(" ,:—–-(")]
    count = counts[-1] if counts else None
    stem = before[: count.start()] if count else before
    if find_amounts(stem) or find_amounts(after):
        return ()
    tail = after if count is None else after.lstrip(")")
    years = [
        Span(match.start("years") + year.start(), match.start("years") + year.end())
        for year in _ONE.finditer(match["years"])
    ]
    found = [(Span(0, count.end()), before[: count.end()] + tail)] if count else []
    found.extend((year, f"{stem.rstrip(' ,')} {match['lead']} {year.of(text)}{tail}") for year in years)
    return tuple(found)
