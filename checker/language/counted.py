"""What stands around a number: what is counted, how it is limited, from where it is measured, which way it changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checker.language.words import STOP_WORDS, stem


class Limit(StrEnum):
    """How the words before a number limit it."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Role(StrEnum):
    """What part a quantity plays beside others."""

    PLAIN = "plain"
    PART = "part"  # the 3 of "3 of the 9"
    WHOLE = "whole"  # the 9 of it
    CHANGE = "change"  # "rose by 5 percent"
    START = "start"  # "from 40"
    END = "end"  # "to 45"


class Trend(StrEnum):
    """Which way a quantity changed."""

    NONE = ""
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Reference:
    """The point a quantity is measured from ("from the border"); `words` are stems, `way` is from, above or per."""

    way: str
    words: tuple[str, ...]


_BEFORE = (
    (Limit.AT_LEAST, r"at least|a minimum of|minimum of|no fewer than|no less than|not less than|not fewer than"),
    (Limit.AT_MOST, r"up to|at most|no more than|not more than|as many as|as much as|as high as|a maximum of"
        r"|maximum of|no longer than|within"),
    (Limit.NEARLY, r"nearly|almost|close to|just under|just short of|just below|approaching|not quite|virtually"),
    (Limit.OVER, r"(?:well |slightly |a little |just )?(?:more than|over|above|exceeding|in excess of|upwards of"
        r"|upward of|greater than|longer than|higher than|beyond)"),
    (Limit.UNDER, r"(?:well |slightly |a little )?(?:fewer than|less than|under|below|shorter than|lower than)"),
    (Limit.ABOUT, r"about|around|roughly|approximately|approx\.|circa|ca\.|an estimated|estimated|some"
        r"|somewhere around|in the region of|or so|~|≈"),
)  # fmt: skip
_LIMITED = re.compile(
    r"(?<!\w)(?:"
    + "|".join(rf"(?P<{limit}>{words})" for limit, words in _BEFORE)
    + r")\s*(?:the\s+|an?\s+|a total of\s+|its\s+)?(?:US|C|A)?[$£€¥₹]?\s*$",
    re.I,
)
_MORE_AFTER = re.compile(r"\s*(?:\+|plus\b|or more\b|or over\b|and over\b|or older\b|and older\b)", re.I)
_LESS_AFTER = re.compile(r"\s*(?:or less|or fewer|or under|or younger|and under|at most)\b", re.I)
_ABOUT_AFTER = re.compile(r"\s*(?:or so|or thereabouts|-odd|-ish|, give or take)\b", re.I)


def limit_of(text: str, start: int, end: int) -> Limit:
    """How the number written from `start` to `end` is limited by the words on either side."""
    if _MORE_AFTER.match(text, end):
        return Limit.AT_LEAST
    if _LESS_AFTER.match(text, end):
        return Limit.AT_MOST
    found = _LIMITED.search(text, max(0, start - 32), start)
    if found:
        return Limit(next(name for name, words in found.groupdict().items() if words))
    return Limit.ABOUT if _ABOUT_AFTER.match(text, end) else Limit.EXACT


_WORD = re.compile(
    r"[ \t\u00a0]+(?:the |of the |of its |of their |of his |of her |of our |of those |of these "
    r"|of all |of )?([^\W\d_]+(?:['’-][^\W\d_]+)*)"
)
_HYPHENED = re.compile(r"[-\u2010\u2011]([^\W\d_]+)")
_IRREGULAR = frozenset(
    """people men women children police cattle sheep fish deer feet teeth mice staff crew troops clergy personnel
    aircraft spacecraft offspring criteria phenomena media data alumni votes percent wives lives""".split()
)
_NOT_NOUNS = frozenset(
    """has was is does goes says rises falls runs makes takes gives comes costs serves holds weighs stands lies needs
    across his hers its this thus always perhaps besides sometimes afterwards years'""".split()
)
_LINKS = frozenset(
    """who which that were was are is be been had has have died dead came went said will would could should can may
    might attended voted killed injured hurt wounded arrested died took made got gave left stayed won lost saw found
    according last this next per percent versus during since within without toward towards among amid like via ago away
    than""".split()
)
_FILLING = frozenset(
    "other more further additional new one two three four five six seven eight nine ten eleven twelve".split()
)
_MOST_WORDS = 5
_MOST_OF_ONE = 3
_OF = re.compile(
    r"[ \u00a0]of[ \u00a0](?:(?:the|its|their|his|her|our|those|these|all)[ \u00a0])*([^\W\d_]+(?:['’-][^\W\d_]+)*)",
    re.I,
)


def counted(text: str, end: int, *, single: bool) -> tuple[str, ...]:
    """Stems of what the number ending at `end` counts, modifiers first and the head last; empty where nothing is named.

    The head is the first plural within five words; for `single` ("one stone bridge") up to three words are given.
    """
    hyphened = _HYPHENED.match(text, end)
    if hyphened:
        return (stem(hyphened[1].casefold()),)
    found: list[str] = []
    at = end
    while len(found) < _MOST_WORDS:
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match[1].casefold().replace("’", "'")
        if word in STOP_WORDS - {"other", "more", "further"} or word in _LINKS:
            break
        if word not in _FILLING:
            if single and (word.endswith("ed") or len(found) == _MOST_OF_ONE):
                break
            found.append(stem(word))
            if not single and _plural(word):
                return tuple(found)
        at = match.end()
    return tuple(found) if single else ()


def whole_of(text: str, end: int) -> tuple[str, ...]:
    """Stems of what the share ending at `end` is a share of: "half of the council", "40 percent of all voters"."""
    found = counted(text, end, single=False)
    if found:
        return found
    of = _OF.match(text, end)
    return (stem(of[1].casefold()),) if of and of[1].casefold() not in STOP_WORDS else ()


def _plural(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "ous"))
        and word not in _NOT_NOUNS
    )


_FROM = re.compile(
    r"[\s,]*(?:or so |away |out |further |farther )?(?:to the )?(?:(?:due |just )?(?:north|south|east"
    r"|west|north-?east|north-?west|south-?east|south-?west|off|outside|inland|upstream|downstream"
    r"|offshore|short|up|down)"
    r"(?:ern)?[ ](?:side )?)?(?P<way>from|of|off|outside|above|below|beneath)[ ](?:the |its |a |an )?",
    re.I,
)
_NEAR_OF = re.compile(r"(?:north|south|east|west|outside|off|inland|upstream|downstream|short|within\b.*)", re.I)
_REFERENCE_WORD = re.compile(r"\s*([^\W\d_]+(?:['’.-][^\W\d_]+)*)")
_REFERENCE_END = frozenset(
    """and or but to in on at with by for as while where which that who is was were are the its a an near from of
    after before since when than into because""".split()
)


def reference_of(text: str, end: int, *, within: bool) -> Reference | None:
    """What the length or height that ends at `end` is measured from; `within` allows "within 5 miles of town"."""
    match = _FROM.match(text, end)
    if match is None:
        return None
    way = match["way"].lower()
    if way == "of" and not within and not _NEAR_OF.search(match.group()):
        return None
    found: list[str] = []
    at = match.end()
    while len(found) < 5:
        word = _REFERENCE_WORD.match(text, at)
        if word is None or (word[1].casefold() in _REFERENCE_END and not (word[1] == "of" and found)):
            break
        if word[1] != "of":
            found.append(stem(word[1].casefold().replace("’", "'")))
        at = word.end()
    kind = "above" if way in ("above", "below", "beneath") else "from"
    return Reference(kind, tuple(found)) if found else None


_PER = re.compile(
    r"\s*(?:-|/)?\s*(?:(?:(?:for |in )?(?:each|every)|per|an?)[ \u00a0-]|/[ ]?)(?P<what>[^\W\d_]+)|\s*"
    r"(?P<adverb>annually|yearly|monthly|weekly|daily|hourly|nightly|apiece|each)\b",
    re.I,
)
_PERIODS = frozenset(
    """year month week day hour minute second night season quarter semester term household person head capita
    resident passenger customer student pupil child patient family home house unit worker employee vehicle
    car acre gallon liter litre ton tonne barrel kilogram pound mile ticket share vote inhabitant square
    decade""".split()
)
_ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
    "hourly": "hour",
    "nightly": "night",
    "apiece": "each",
    "each": "each",
    "annual": "year",
}
_RATE_BEFORE = re.compile(r"\b(annual|yearly|monthly|weekly|daily|hourly|nightly)(?:ly)?\b[^.;]{0,40}$", re.I)
_LONE_A = re.compile(r"\s*an?[ \u00a0-]", re.I)


def rate_of(text: str, end: int) -> str:
    """What the quantity that ends at `end` is given for: "a year", "per household"; empty where it is a total."""
    match = _PER.match(text, end)
    if match is None:
        return ""
    if match["adverb"]:
        return _ADVERBS[match["adverb"].lower()]
    what = match["what"].casefold()
    if _LONE_A.match(text, end) and what not in _PERIODS:
        return ""
    return stem(what)


def rate_before(text: str, start: int) -> str:
    """The period that "annual", "monthly" shortly before `start` puts on the quantity there."""
    match = _RATE_BEFORE.search(text, max(0, start - 60), start)
    return _ADVERBS.get(match[1].lower(), _ADVERBS.get(match[1].lower() + "ly", "")) if match else ""


_UP = (
    r"rose|rise[sn]?|rising|grew|grow(?:s|n|ing)?|growth|increas\w+|gain(?:s|ed|ing)?|climb\w*|jump\w*"
    r"|surg\w+|soar\w*|(?-i:up)(?! to\b)|added|expand\w*|improv\w+|hike[ds]?|higher(?! than)|warmer"
    r"|hotter|heavier|swell\w*|swollen|swelled"
)
_DOWN = (
    r"fell|fall(?:s|en|ing)?|dropp\w*|drops?|declin\w+|decreas\w+|shr[aiu]nk\w*|shrinking|lost"
    r"|los[se]\w*|slid|slump\w*|plung\w+|sank|sink|down|cut(?:s|ting)?|reduc\w+|lower(?:ed)?(?! than)"
    r"|tumbl\w+|slipp\w+|dip\w*|contract(?:ed|ion)|cooler|colder|lighter|fewer(?! than)"
)
_TREND = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
_TREND_BEFORE = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<rest>(?:[ ,]+(?!and\b|but\b"
    rf"|while\b)[^\W\d_][\w’'-]*){{0,5}}?[ ,]*)$",
    re.I,
)
_TREND_AFTER = re.compile(
    rf"\s*(?:in (?:the|its) )?(?:year-on-year |annual |further |net )?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I
)
_PREPOSITION = re.compile(
    r"\b(?P<prep>by|to|from|at)\s+(?:(?:about|around|nearly|almost|more than|over|under|less than"
    r"|roughly|approximately|just|only|some|at least|as much as|a record|a total of"
    r"|up to)\s+)*[$£€¥]?\s*$",
    re.I,
)


@lru_cache(maxsize=256)
def _trending(text: str) -> bool:
    return _TREND.search(text) is not None


def change_of(text: str, start: int, end: int) -> tuple[Trend, Role]:
    """Which way and in what role the quantity from `start` to `end` changed: "rose by 5", "fell to 40"."""
    if not _trending(text):
        return Trend.NONE, Role.PLAIN
    head = text[max(0, start - 90) : start]
    prep = _PREPOSITION.search(head)
    word = prep["prep"].lower() if prep else ""
    after = _TREND_AFTER.match(text, end)
    if after and word not in ("to", "from"):
        return (Trend.UP if after["up"] else Trend.DOWN), Role.CHANGE
    before = _TREND_BEFORE.search(head)
    if before is None:
        pair = re.search(
            rf"{_TREND.pattern}.{{0,40}}\bfrom\b(?:[^.;]|\.\d){{1,40}}\bto\s+(?:\w+ ){{0,2}}[$£€]?$", head, re.I
        )
        if pair and word == "to":
            return (Trend.UP if pair["up"] else Trend.DOWN), Role.END
        return Trend.NONE, Role.PLAIN
    trend = Trend.UP if before["up"] else Trend.DOWN
    if word in ("to", "at"):
        return trend, Role.END
    if word == "from":
        return trend, Role.START
    rest = before["rest"].strip(" ,").casefold().split()
    return (trend, Role.CHANGE) if word == "by" or not rest or len(rest) <= 2 else (Trend.NONE, Role.PLAIN)
