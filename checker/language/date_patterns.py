"""How dates are written in English news prose: the patterns that `checker.language.dates` reads with."""

from __future__ import annotations

import re

from checker.language.intervals import Bound

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT = {
    "Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10, "Nov": 11,
    "Dec": 12,
}  # fmt: skip
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)} | {
    name.lower(): number for name, number in _SHORT.items()
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Monday is 0."""
CENTURY_WORDS = {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
QUARTER_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip

_MON = (
    rf"(?:{'|'.join((*MONTH_NAMES, *(name.upper() for name in MONTH_NAMES)))}|(?:{'|'.join(_SHORT)})\b\.?)"
    r"(?![^\W\d_])"
)
_WEEKDAY = rf"(?:{'|'.join((*DAYS, *(name.upper() for name in DAYS)))}|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.)"
SPACE = r"(?:[ \t\u00a0\u202f\u2009]+\n?[ \t]*|\n[ \t]*)"
_S = SPACE
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORD = r"(?:st|nd|rd|th)?"
_END = r"(?![0-9\w]|[.,:][0-9])"
_YEAR = rf"(?:1[0-9]|20)[0-9]{{2}}{_END}"
_YEAR_WORD = r"1[5-9][0-9]{2}|20[0-9]{2}"
_WD = rf"(?:(?P<wd>{_WEEKDAY}),?{_S}(?:the{_S})?)?"
_JOIN = rf"(?:{_S}?(?P<join>[-\u2010\u2011\u2013\u2014]|to|through|until|and|or|&|,){_S}?)"
_NOT_A_COUNT = r"(?![ \t]*(?:percent|per[ ]cent|%|million|billion|thousand|people|members|(?:a|p)\.?m\.?\b))"

MDY = re.compile(
    rf"\b{_WD}(?P<mon>{_MON}){_S}(?:the{_S})?(?P<d>{_DAY}){_ORD}{_END}(?:{_JOIN}(?P<d2>{_DAY}){_ORD}{_END})?"
    rf"(?:,?{_S}(?P<y>{_YEAR}))?{_NOT_A_COUNT}"
)
DMY = re.compile(
    rf"\b{_WD}(?:(?P<d0>{_DAY}){_ORD}{_JOIN})?(?P<d>{_DAY}){_ORD}{_S}(?:of{_S}|day{_S}of{_S})?(?P<mon>{_MON})"
    rf"(?:,?{_S}(?P<y>{_YEAR}))?"
)
MY = re.compile(rf"\b(?P<mon>{_MON})(?:,|{_S}of)?{_S}(?P<y>{_YEAR})")
ISO = re.compile(
    r"(?<![\w-])(?P<y>[12][0-9]{3})(?P<sep>[-/])(?P<mon>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12][0-9]|3[01])"
    r"(?![\w-])(?!/\d)|(?<![\w-])(?P<y2>[12][0-9]{3})-(?P<mon2>[0-9]{2})-(?P<d2>[0-9]{2})(?=T[0-9])"
)
SLASHED = re.compile(
    r"(?<![\w/.-])(?P<a>[0-9]{1,2})(?P<sep>[/.-])(?P<b>[0-9]{1,2})(?P=sep)(?P<y>[12][0-9]{3}|[0-9]{2})"
    r"(?![\w/]|[-.][0-9])"
)
QUARTER = re.compile(
    r"\b(?:Q(?P<q>[1-4])|(?P<qw>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[ -]quarter)"
    rf"(?:{_S}(?:of{_S})?(?P<fy>fiscal{_S}(?:year{_S})?|FY)?(?P<y>{_YEAR}))?"
)
HALF = re.compile(rf"\b(?P<h>first|second) half of{_S}(?P<y>{_YEAR})", re.I)
SEASON = re.compile(rf"\b(?P<s>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:{_S}of|,)?{_S}(?P<y>{_YEAR})")
DECADE = re.compile(
    r"(?<![\w-])(?:the[ ])?(?:(?P<y>(?:1[0-9]|20)[0-9]0)['’]?s|['’‘](?P<s>[0-9]0)s)\b"
    r"|(?<=mid-)(?P<y2>(?:1[0-9]|20)[0-9]0)s\b"
)
CENTURY = re.compile(
    r"\b(?P<n>[0-9]{1,2})(?:st|nd|rd|th)[ -]century\b"
    r"|\b(?P<w>seventeenth|eighteenth|nineteenth|twentieth|twenty-first)[ -]century\b",
    re.I,
)
FISCAL = re.compile(
    rf"\b(?:(?:fiscal|financial|school|academic)(?:{_S}year)?|FY){_S}?['’]?(?P<y>{_YEAR}|[0-9]{{2}}\b)"
    r"(?:[-/–][0-9]{2,4})?"
)
YEAR_SPAN = re.compile(
    rf"(?<![\w.,/-])(?P<a>{_YEAR_WORD})(?P<sep>[-/–—])(?P<b>[0-9]{{4}}|[0-9]{{2}})(?![\w]|[-/.,][0-9])"
    r"(?P<season>[ ](?:season|school year|fiscal year|academic year|budget))?"
)
BARE_YEAR = re.compile(
    rf"(?<![\w.,/$£€¥#:–—-])(?:(?<=mid)-)?(?P<y>{_YEAR_WORD})(?![\w%°]|[.,:/][0-9]|-[0-9]|[–—][0-9])"
    rf"|(?<=\bmid-)(?P<y2>{_YEAR_WORD})\b"
)
BARE_MONTH = re.compile(rf"\b(?P<mon>{_MON})")

YEAR_LEADS = frozenset(
    """in since by until till from to of during before after through early late between around about and or for the
    circa as on at with than spring summer fall autumn winter year years day eve that when while although though
    but""".split()
)
_LEADS = r"in|since|until|till|during|last|next|this past|early|late|mid|(?:start|end|beginning|middle) of"
MONTH_LEADS = re.compile(
    rf"\b(?:{_LEADS}|this|by|from|between|of|before|after|through|the|a|an|its|their)(?:[ \t]+|-)$", re.I
)
SURE_MONTH_LEADS = re.compile(rf"\b(?:{_LEADS})(?:[ \t]+|-)$", re.I)
AFTER_MONTH = re.compile(rf"\b{_MON}(?:,|{_S}(?:and|or|to|through|until)|[-–])[ \t]*$")
BEFORE_MONTH = re.compile(rf"{_S}(?:and|to|or|through|until){_S}{_MON}|[-–]{_MON}")
PART = re.compile(
    r"\b(?P<part>early|late|mid|middle of|(?:the )?(?:start|beginning|outset|turn) of|(?:the )?end of)"
    r"(?:[ \t]+in|[ \t]+on)?(?:[ \t]+|-)(?:the[ \t]+)?$",
    re.I,
)
_THE = r"[ \t]+(?:the[ \t]+)?$"
BOUNDS = (
    (Bound.SINCE, re.compile(rf"\b(?:ever since|since|starting in|starting from|beginning in){_THE}", re.I)),
    (Bound.UNTIL, re.compile(rf"\b(?:until|till|through|up to){_THE}", re.I)),
    (Bound.BY, re.compile(rf"\b(?:by|no later than|not later than){_THE}", re.I)),
    (Bound.BEFORE, re.compile(rf"\b(?:before|prior to|ahead of|earlier than){_THE}", re.I)),
    (Bound.AFTER, re.compile(rf"\b(?:after|following|later than){_THE}", re.I)),
)
TO = re.compile(rf"{_S}?(?:-|–|—){_S}?|{_S}(?:to|until|till|through|and){_S}(?:the{_S})?(?:early{_S}|late{_S}|mid-?)?")
LIST = re.compile(rf"{_S}?(?:,|;)?{_S}?(?:and{_S}|or{_S}|&{_S})?(?:in{_S}|on{_S})?")
MOVED = re.compile(
    r"\b(?:mov\w+|postpon\w+|delay\w+|push\w+|reschedul\w+|shift\w+|chang\w+|brought forward)\b[^.;]{0,60}$", re.I
)
