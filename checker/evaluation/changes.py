"""Changes to a claim whose effect on its verdict is known without anybody labelling it again.

Each takes words that the sources support and gives words that they do not, or None where the claim has nothing of that
kind to change. The same claim always gives the same change. Names that come in are invented, so that no source can
happen to support the changed claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

from checker.language.dates import find_dates
from checker.language.names import NameKind, find_names
from checker.language.quantities import find_quantities
from checker.language.quotations import find_quotations
from checker.language.words import words
from checker.model import Span

T = TypeVar("T")

Change = Callable[[str, str], str | None]
"""The claim and everything its sources say give the changed claim."""

_BOUNDED = re.compile(
    r"\b(?:at least|at most|more than|less than|fewer than|over|under|up to|above|below|nearly|almost|about|around|some"
    r"|roughly|approximately|close to|or more|or less|minimum|maximum|within|between)\b",
    re.I,
)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w])|(?<![\w.,-])\d+(?:\.\d+)?(?![\w%]*\d)")
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_YEAR = re.compile(r"(?<![\d,.£$€])(?:19|20)\d\d(?![\d,]|\.\d)")
_UNITS = {
    "million": "billion", "billion": "million", "thousand": "million", "metres": "kilometres", "meters": "kilometers",
    "kilometres": "metres", "km": "metres", "miles": "yards", "feet": "yards", "acres": "square miles",
    "hectares": "square kilometres", "tonnes": "kilograms", "tons": "pounds", "kilograms": "tonnes", "kg": "tonnes",
    "litres": "gallons", "gallons": "pints", "seconds": "minutes", "minutes": "hours", "hours": "days", "days": "weeks",
    "weeks": "months", "months": "weeks", "years": "months", "megawatts": "kilowatts", "MW": "kW", "GW": "MW",
    "grams": "kilograms", "millimetres": "centimetres", "centimetres": "metres", "mm": "cm", "cm": "mm",
}  # fmt: skip
_UNIT = re.compile(rf"(?<=\d )(?:{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b")
_NEGATED = re.compile(r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|n't)\b|n['’]t\b", re.I)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|must|may|might|should|did|does|do)\b"
    r"|\b(?:has|have|had)\b(?= (?:been|\w+ed|become|made|taken|given|paid|won|lost|said|grown|fallen|risen|held)\b)"
)
_CLAUSE = re.compile(r"\b(?:when|where|while|if|that|which|who|whose|because|since|after|before|as|than)\b", re.I)
"""A word behind which a denial would be of a part of the claim only."""
_UNLESS = re.compile(r"\b(?:unless|until|except)\b", re.I)
_SHARE = re.compile(r"\s?(?:per cent|percent|%)")
_HEDGES = (
    (re.compile(r"\b(?:may|might|could) have been\b"), "was"),
    (re.compile(r"\b(?:may|might|could)(?= be\b)|\bmight\b"), "certainly will"),
    (re.compile(r"\b(?:is|are) (?:likely|expected|due|planned) to\b"), "will certainly"),
    (re.compile(r"\b(?:was|were) (?:expected|due|planned|scheduled) to\b"), "did indeed"),
    (re.compile(r"\b(?:plans|hopes|intends|aims) to\b"), "is already going to"),
    (re.compile(r"\bsuggests?\b"), "proves"),
    (re.compile(r"\bmost of (?=the )"), "every one of "),
    (re.compile(r"\b(?:allegedly|reportedly|possibly|probably|apparently) "), "beyond doubt "),
)
_INVENTED = {
    NameKind.PERSON: ("Odalys Brackenfort", "Tamsel Vrieskamp", "Corvin Ashmolder", "Petronel Dusk-Harley"),
    NameKind.PLACE: ("Quarrendale", "Ostermoor Vale", "Pellenthorpe", "Varnhollow"),
    NameKind.ORGANISATION: ("the Gollanreach Society", "Brimstow Holdings", "the Farthing Quay Board"),
}
_OTHER_WORDS = ("gravel", "velvet", "marmalade", "thunder", "lantern", "saddle", "pepper", "chimney")
_ALL = 100
_LEAST_QUOTED = 6
_GAP = 2


def number_up(claim: str, sources: str) -> str | None:
    """A number half as great again."""
    return _renumbered(claim, sources, Decimal("1.5"))


def number_down(claim: str, sources: str) -> str | None:
    """A number a third less."""
    return _renumbered(claim, sources, Decimal("0.66"))


def unit(claim: str, sources: str) -> str | None:
    """The same number of another unit, or of another order."""
    found = _unquoted(_UNIT.finditer(claim), claim)
    if _BOUNDED.search(claim) or not found:
        return None
    return _put(claim, found[0], _UNITS[found[0].of(claim)])


def another_date(claim: str, sources: str) -> str | None:
    """Another year, month or day of the week."""
    years = _unquoted(_YEAR.finditer(claim), claim)
    dated = [span for span in years if any(span.overlaps(found.span) for found in find_dates(claim, None))]
    if len(dated) == 1:
        year = int(dated[0].of(claim))
        later = next(value for value in range(year + 1, year + 40) if str(value) not in sources)
        return _put(claim, dated[0], str(later))
    for pattern, names in ((_MONTH, _MONTHS), (_DAY, _DAYS)):
        found = _unquoted(pattern.finditer(claim), claim)
        if len(found) == 1 and not dated:
            at = names.index(found[0].of(claim))
            others = [names[(at + step) % len(names)] for step in range(2, len(names))]
            free = next((name for name in others if name not in sources), None)
            return _put(claim, found[0], free) if free else None
    return None


def negation(claim: str, sources: str) -> str | None:
    """The claim denied; one that denies already is left alone."""
    found = _unquoted(_AUXILIARY.finditer(claim), claim)
    if not found or any(pattern.search(claim) for pattern in (_NEGATED, _UNLESS, _BOUNDED)):
        return None
    if _CLAUSE.search(claim[: found[0].start]):
        return None
    verb = "cannot" if found[0].of(claim) == "can" else f"{found[0].of(claim)} not"
    return _put(claim, found[0], verb)


def hedge_removed(claim: str, sources: str) -> str | None:
    """What was said with reserve, said for certain."""
    for pattern, instead in _HEDGES:
        if found := _unquoted(pattern.finditer(claim), claim):
            return _put(claim, found[0], instead)
    return None


def name_swapped(claim: str, sources: str) -> str | None:
    """A person, place or body of another name, one that no source has."""
    return None if find_quotations(claim) else _renamed(claim, sources)


def _renamed(claim: str, sources: str) -> str | None:
    quoted = [quotation.span for quotation in find_quotations(claim)]
    for name in find_names(claim):
        free = [other for other in _INVENTED.get(name.kind, ()) if other not in sources]
        if free and not any(name.span.overlaps(span) for span in quoted):
            start = name.span.start
            article = claim[max(0, start - 4) : start].casefold() == "the "
            new = _pick(free, claim).removeprefix("the " if article else "\0")
            return _put(claim, name.span, new[0].upper() + new[1:] if start == 0 else new)
    return None


def quotation_truncated(claim: str, sources: str) -> str | None:
    """Words left out within a quotation, without a mark that says so."""
    inside = _quoted_words(claim)
    if len(inside) < _LEAST_QUOTED + _GAP:
        return None
    at = len(inside) // 2
    cut = Span(inside[at].start, inside[at + _GAP].start)
    made = _put(claim, cut, "")
    return None if _said(made, sources) else made


def quotation_altered(claim: str, sources: str) -> str | None:
    """One word of a quotation that is another."""
    inside = [span for span in _quoted_words(claim) if len(span) > 4]
    if len(inside) < 2:
        return None
    return _put(claim, _pick(inside, claim), _pick(_OTHER_WORDS, claim))


def another_speaker(claim: str, sources: str) -> str | None:
    """The right words, said by somebody whom no source knows."""
    return _renamed(claim, sources) if find_quotations(claim) else None


def _renumbered(claim: str, sources: str, factor: Decimal) -> str | None:
    if _BOUNDED.search(claim):
        return None
    dates = [found.span for found in find_dates(claim, None)]
    counts = [found.span for found in find_quantities(claim)]
    for span in _unquoted(_NUMBER.finditer(claim), claim):
        if any(span.overlaps(date) for date in dates) or not any(span.overlaps(count) for count in counts):
            continue
        old = Decimal(span.of(claim).replace(",", ""))
        new = _rounded(old * factor, old)
        written = f"{new:,}" if "," in span.of(claim) else str(new)
        whole = _SHARE.match(claim, span.end) is not None
        if new in (0, old) or (whole and new > _ALL):
            continue
        if not re.search(rf"(?<![\d.,]){re.escape(written)}(?![\d])", sources):
            return _put(claim, span, written)
    return None


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    """`value` to as many places as `like` has, and at least one unit of them away from it."""
    step = Decimal(1).scaleb(int(like.as_tuple().exponent))
    near = value.quantize(step)
    return near if abs(near - like) >= step else like + (step if value > like else -step)


def _unquoted(matches: Iterable[re.Match[str]], claim: str) -> list[Span]:
    """The places of matches that do not lie between quotation marks: what is quoted is another matter."""
    quoted = [quotation.span for quotation in find_quotations(claim)]
    spans = [Span(match.start(), match.end()) for match in matches]
    return [span for span in spans if not any(span.overlaps(other) for other in quoted)]


def _quoted_words(claim: str) -> list[Span]:
    longest = max(find_quotations(claim), key=lambda quotation: len(quotation.words), default=None)
    if longest is None:
        return []
    begin = longest.words.start
    return [Span(begin + start, begin + end) for _, start, end in words(longest.words.of(claim))]


def _said(claim: str, sources: str) -> bool:
    """Whether the words that `claim` quotes stand in the sources as they are."""
    spans = [quotation.words.of(claim) for quotation in find_quotations(claim)]
    return any(text in sources for text in spans)


def _put(text: str, span: Span, new: str) -> str:
    return f"{text[: span.start]}{new}{text[span.end :]}"


def _pick(options: Sequence[T], key: str) -> T:
    """One of the options, always the same for one key."""
    return options[int(sha256(key.encode()).hexdigest(), 16) % len(options)]
