"""Numbers whose meaning lies in their form: scores ("5-2"), "one in five", ordinals ("her second term"), "doubled"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checker.language.units import Dimension
from checker.language.words import STOP_WORDS, stem
from checker.model import Span

_SMALL = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split(),
        range(21),
        strict=True,
    )
)
_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_ORDINALS = dict(
    zip(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        range(1, 21),
        strict=True,
    )
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_CONTEST = re.compile(
    r"\b(?:vot(?:e[ds]?|ing)|scor(?:e[ds]?|ing)|won|wins?|winning|beat(?:en|ing)?|defeat(?:ed|ing|s)?"
    r"|lost|loss|lose|victory|draw|drew|tied?"
    r"|rul(?:ing|ed)|majority|decision|margin|approved|rejected|passed|split|led|trail(?:ed|ing)?"
    r"|final|match|game|ratio|odds|goals?|voted)\b",
    re.I,
)
_SCORE = re.compile(
    rf"(?<![\w.,$£€-])(?P<a>{_N})(?:(?P<votes>[ ]votes?)?(?P<join>\s?[-\u2010\u2011\u2013\u2014]\s?"
    rf"|[ ]to[ ]|:))(?P<b>{_N})(?![\w%°]|[.,:-]\d|[-\u2013][a-z\d])"
    r"(?!\s*(?:percent|per cent|years?\b|days?\b|weeks?\b|months?\b|hours?\b|minutes?\b|miles?\b|km\b"
    r"|kilomet|meters?\b|metres?\b|feet\b|degrees\b|people\b|inches\b|million|billion|thousand"
    r"|hundred))",
    re.I,
)
_FOR_AND_AGAINST = re.compile(
    rf"\b(?P<a>{_N})(?:[ ](?:votes?|members|councillors|councilors|council members|commissioners"
    rf"|trustees|senators|lawmakers|judges|justices))?(?:[ ](?:voted|voting|were))?[ ](?:in favou?r|for"
    rf"|yes|ayes)(?:[ ]it)?"
    rf"(?:,|[ ]and|,[ ]and|[ ]to|[ ]with)[ ](?P<b>{_N})(?:[ ](?:votes?|members))?(?:[ ](?:voted|voting"
    rf"|were))?[ ](?:against|opposed|no|noes)\b",
    re.I,
)
_AGAINST = re.compile(r"\b(?:against|opposed|no|noes)\b", re.I)
_ONE_IN = re.compile(
    rf"\b(?P<a>{_N})[ ](?:in|out[ ]of)[ ](?:every[ ]|the[ ])?(?P<b>{_N}|a hundred)\b(?![.,:/-]\d|[ ]"
    rf"(?:million|thousand|percent|years?|days?|weeks?|months?|hours?|minutes?|places?|cities|countries"
    rf"|states|games|matches|towns|a row))",
    re.I,
)
_IN_SOME = re.compile(rf"\b(?:in|of) (?:every |the )?(?:\d|a hundred|{'|'.join(_SMALL)})", re.I)
_ORDINAL = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[-\u2011 ])?(?P<word>{'|'.join(_ORDINALS)})\b|(?<![\w.,])"
    rf"(?P<digits>\d{{1,3}})(?:st|nd|rd|th)\b",
    re.I,
)
_NEXT = re.compile(r"[ \u00a0-]([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_AND_LAST = re.compile(r"[ ]and (?:final|last|(?:so far )?(?:only|latest|current))\b", re.I)
_NAME_AFTER = re.compile(r"[ ][A-Z]")
_RANKED = re.compile(r"\b(?:finish\w*|came|come|placed?|rank\w*|stood|second|was|is)[ ](?:in[ ])?$", re.I)
_NO_ORDINAL = re.compile(
    r"[ -](?:hand|aid|responders?|name|names|class|lady|party|parties|thoughts?|guess\w*|nature|rate"
    r"|person|come|light|floor|base|and foremost|glance|of all|things?)\b",
    re.I,
)
_NOT_ORDINAL_BEFORE = re.compile(
    r"(?:\bper|\ba split|[\d]|\bone|\btwo|\bthree|\bevery|\b(?:meters|metres|feet|miles|kilometers"
    r"|kilometres) a|\bat|\bjust a)[ -]$",
    re.I,
)
_VERBS = re.compile(
    r"(?:ed|ly)$|^(?:came|went|began|took|made|gave|saw|met|won|lost|got|said|told|was|were|is|are|has|had)$"
)
_FACTOR = re.compile(
    rf"\b(?:(?P<verb>doubl(?:e[ds]?|ing)|tripl(?:e[ds]?|ing)|trebl(?:e[ds]?|ing)|quadrupl(?:e[ds]?|ing)"
    rf"|halv(?:e[ds]?|ing))(?!-)|(?P<adverb>twice|thrice)(?=[ ](?:as|the|its|what|that|their|his|her))"
    rf"|(?P<n>{_N})[ ]times(?=[ ](?:as|the (?:size|number|amount|rate|length|width|price|cost|average"
    rf"|limit|usual|national|normal)|more|larger|bigger|higher|greater|faster|what))|"
    rf"(?P<fold>{_N})-?fold)\b",
    re.I,
)
_MAY_FACTOR = re.compile(r"doubl|tripl|trebl|quadr|halv|twice|thrice|times|fold", re.I)
_FACTORS = {"doubl": 2, "tripl": 3, "trebl": 3, "quadr": 4, "halve": 0.5, "halvi": 0.5, "twice": 2, "thric": 3}
_NO_DOUBLE = re.compile(
    r"[ ](?:room|rooms|bed|decker|check\w*|standards?|doors?|agent|header|figures|digits?|track|yellow|jump)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Proportion:
    """A score (its sides in `low` and `high`), a share in percent, an ordinal, or a factor; `noun` are stems."""

    span: Span
    dimension: Dimension
    low: Decimal
    high: Decimal
    noun: tuple[str, ...] = ()


def find_proportions(text: str) -> tuple[Proportion, ...]:
    """Every such number of `text`, in order; none overlap."""
    found = sorted([*_scores(text), *_shares(text), *_ordinals(text), *_factors(text)], key=lambda item: item.span)
    kept: list[Proportion] = []
    for item in found:
        if not kept or item.span.start >= kept[-1].span.end:
            kept.append(item)
    return tuple(kept)


def _number(written: str) -> Decimal:
    written = written.lower()
    return Decimal(100) if written == "a hundred" else Decimal(written if written.isdigit() else _SMALL[written])


def _scores(text: str) -> Iterator[Proportion]:
    for match in _FOR_AND_AGAINST.finditer(text) if _AGAINST.search(text) else ():
        yield Proportion(Span(*match.span()), Dimension.SCORE, _number(match["a"]), _number(match["b"]))
    if not _CONTEST.search(text):
        return
    for match in _SCORE.finditer(text):
        low, high = _number(match["a"]), _number(match["b"])
        lead = text[max(0, match.start() - 14) : match.start()].casefold()
        span_of_time = lead.rstrip().endswith(("from", "between", "about", "some", "around"))
        ranged = (
            low < high and (match["join"].strip() == "to" or counts_follow(text, match.end())) and not match["votes"]
        )
        if not span_of_time and not ranged:
            yield Proportion(Span(*match.span()), Dimension.SCORE, low, high)


def counts_follow(text: str, at: int) -> bool:
    """Whether a plural noun follows at `at`, so that "10-12" before it is a range and not a result."""
    word = _NEXT.match(text, at)
    return (
        word is not None
        and word[1].endswith("s")
        and word[1].casefold() not in ("loss", "was", "is", "as", "his", "its", "this")
    )


def _shares(text: str) -> Iterator[Proportion]:
    if not _IN_SOME.search(text):
        return
    for match in _ONE_IN.finditer(text):
        part, whole = _number(match["a"]), _number(match["b"])
        if 0 < part < whole:
            value = part * 100 / whole
            yield Proportion(Span(*match.span()), Dimension.SHARE, value, value)


def _ordinals(text: str) -> Iterator[Proportion]:
    for match in _ORDINAL.finditer(text):
        if _NO_ORDINAL.match(text, match.end()) or _NOT_ORDINAL_BEFORE.search(
            text, max(0, match.start() - 14), match.start()
        ):
            continue
        if match.group()[0].isupper() and _NAME_AFTER.match(text, match.end()):
            continue
        noun = _ordered(text, match.end())
        noun = ("rank",) if noun[:1] in (("plac",), ("place",), ("position",), ("rank",)) else noun
        if not noun and _RANKED.search(text, max(0, match.start() - 16), match.start()):
            noun = ("rank",)
        if noun:
            base = int(match["digits"]) if match["digits"] else _ORDINALS[match["word"].lower()]
            value = Decimal(base + (_TENS[match["tens"].lower()] if match["tens"] else 0))
            yield Proportion(Span(*match.span()), Dimension.ORDINAL, value, value, noun)


def _ordered(text: str, at: int) -> tuple[str, ...]:
    """Stems of up to three words after an ordinal, before anything that is not a noun or its modifier."""
    found: list[str] = []
    last = _AND_LAST.match(text, at)
    at = last.end() if last else at
    while len(found) < 3 and (match := _NEXT.match(text, at)):
        word = match[1].casefold()
        if word in STOP_WORDS or _VERBS.search(word):
            break
        found.append(stem(word))
        at = match.end()
    return tuple(found)


def _factors(text: str) -> Iterator[Proportion]:
    if not _MAY_FACTOR.search(text):
        return
    for match in _FACTOR.finditer(text):
        said = match["verb"] or match["adverb"]
        if said and _NO_DOUBLE.match(text, match.end()):
            continue
        written = match["n"] or match["fold"]
        value = Decimal(str(_FACTORS[said.lower()[:5]])) if said else _number(written)
        if value:
            yield Proportion(Span(*match.span()), Dimension.FACTOR, value, value)
