"""One quantity given twice with two values.

Two sentences seldom say by chance the same thing of two figures whose digits are turned round, so little else is asked
of those. Any other two values clash only where the words around them are the same, or where one stands in the headline
or a caption and the text has no figure that agrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from checker.language.counted import Limit, Role
from checker.language.dates import find_dates
from checker.language.lexicon import MONTHS, WEEKDAYS
from checker.language.likeness import name_words
from checker.language.names import find_names
from checker.language.predicates import verb_like
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.language.words import STOP_WORDS, stem, words
from checker.model import BlockKind, Clash, Span
from checker.verify.consistency.said import Found, Said

_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:and|but|while|whereas|when|after|before|although|though|because|which|who|whose|where|as)\b", re.I
)
_CONTRAST = re.compile(
    r"\b(?:another|other|others|further|additional|extra|originally|initially|previous\w*|former\w*|earlier|later|revised"
    r"|expected|forecast\w*|planned|target\w*|estimat\w*|budget\w*|predict\w*|project\w*|proposed|instead|average|record"
    r"|more|fewer|less|rose|rise|fell|increase\w*|from|compared|than|up|down|once|now|maximum|minimum|limit|could|would"
    r"|should|may|might|not|no|if|or|each|per|every|only|half|remaining|rest|first|second|third)\b",
    re.I,
)
_SUMMARIES = (BlockKind.HEADING, BlockKind.CAPTION)
_COMPARED = (
    Dimension.COUNT, Dimension.MONEY, Dimension.SHARE, Dimension.LENGTH, Dimension.AREA, Dimension.VOLUME,
    Dimension.MASS, Dimension.SPEED, Dimension.POWER, Dimension.ENERGY, Dimension.SCORE,
)  # fmt: skip
_TIMES = WEEKDAYS | MONTHS | frozenset("year years month months week weeks day days last this next since today".split())
_TURNED_DIGITS = 3
"""Digits that a number needs before two of them turned round tell of a slip."""
_ENOUGH = 2
"""Words beside a number that two clauses must share, and share wholly, to say one thing."""


@dataclass(frozen=True)
class _Figure:
    """A quantity with the clause it stands in; `told` are that clause's words as written, without the quantity."""

    said: Said
    item: Quantity
    day: date | None

    @cached_property
    def clause(self) -> Span:
        text, span = self.said.text, self.item.span
        starts = [match.end() for match in _CLAUSE.finditer(text, 0, span.start)]
        after = _CLAUSE.search(text, span.end)
        return Span(starts[-1] if starts else 0, after.start() if after else len(text))

    @cached_property
    def told(self) -> frozenset[str]:
        start = self.clause.start
        return frozenset(
            word
            for word, at, end in words(self.clause.of(self.said.text))
            if word not in STOP_WORDS
            and not Span(at + start, end + start).overlaps(self.item.span)
            and stem(word) not in self.item.noun
        )

    @cached_property
    def subject(self) -> str:
        """The stem of the first word before the quantity that the clause can be about; empty where there is none."""
        before = self.said.text[self.clause.start : self.item.span.start]
        found = (word for word, _, _ in words(before) if word not in STOP_WORDS | _TIMES and not verb_like(word))
        return stem(next(found, ""))

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(word for name in find_names(self.said.text) for word in name_words(name.text))

    @cached_property
    def dates(self) -> frozenset[tuple[object, object, object]]:
        """What the sentence says of time; a relative date that is not resolved counts as written."""
        found = find_dates(self.said.text, self.day)
        return frozenset(
            (item.earliest or item.span.of(self.said.text).casefold(), item.latest, item.bound) for item in found
        )

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.item.span.of(self.said.text)) if self.item.span else ""


def clashing_values(said: Sequence[Said], published: date | None) -> Iterator[Found]:
    """Quantities that the draft gives twice and not alike."""
    figures = [
        _Figure(sentence, item, published)
        for sentence in said
        for item in find_quantities(sentence.text)
        if sentence.own(item.span) and item.dimension in _COMPARED and item.attribute != "age"
    ]
    exact = [figure for figure in figures if _exact(figure.item)]
    clashes = [pair for pair in combinations(exact, 2) if _may_be_one(*pair) and _clash(*pair, figures)]
    yield from (_found(*pair) for pair in _alone(clashes))
    for figure in exact:
        if figure.said.kind in _SUMMARIES:
            yield from _unlike_text(figure, figures)


def _alone(clashes: Sequence[tuple[_Figure, _Figure]]) -> Iterator[tuple[_Figure, _Figure]]:
    """The first clash of each figure: a figure that clashes with several is told of once."""
    told: set[int] = set()
    for one, other in clashes:
        if id(one) not in told and id(other) not in told:
            yield one, other
        told |= {id(one), id(other)}


def _exact(item: Quantity) -> bool:
    plain = item.limit is Limit.EXACT and not item.vague and not item.fraction and item.role in (Role.PLAIN, Role.END)
    return plain and (item.low == item.high or item.dimension is Dimension.SCORE)


def _same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be one, but for their values."""
    units = one.unit is None or other.unit is None or one.unit.name == other.unit.name
    kind = one.dimension is other.dimension and units and one.currency == other.currency and one.rate == other.rate
    attributes = not one.attribute or not other.attribute or one.attribute == other.attribute
    same_way = one.trend is other.trend and one.role is other.role and one.reference == other.reference
    return kind and attributes and same_way


def _may_be_one(one: _Figure, other: _Figure) -> bool:
    if one.said is other.said or not _same_kind(one.item, other.item) or _agree(one.item, other.item):
        return False
    if one.item.dimension is Dimension.COUNT and not _one_noun(one.item, other.item):
        return False
    return not any(_CONTRAST.search(figure.clause.of(figure.said.text)) for figure in (one, other))


def _one_noun(one: Quantity, other: Quantity) -> bool:
    """Whether both count one thing: the same head, and no modifier that only one of them has on each side."""
    if not one.noun or not other.noun or one.head != other.head:
        return False
    left, right = set(one.noun), set(other.noun)
    return left <= right or right <= left


def _agree(one: Quantity, other: Quantity) -> bool:
    """Whether the values can be one, the coarser of them rounded."""
    step = max(one.step, other.step) if not (one.whole and other.whole) else Decimal(0)
    return abs(one.low - other.low) <= step and abs(one.high - other.high) <= step


def _clash(one: _Figure, other: _Figure, figures: Sequence[_Figure]) -> bool:
    if _turned(one, other):
        rival_names = bool(one.names - other.names) and bool(other.names - one.names) and not one.names & other.names
        alone = all(_stands_once(figure, figures) for figure in (one, other))
        money = one.item.dimension is not Dimension.COUNT
        shared = bool(one.told & other.told) or bool(one.item.noun and other.item.noun)
        return (
            alone and not rival_names and _one_subject(one, other) and _one_time(one, other) and (shared or not money)
        )
    enough = 1 if one.item.attribute and one.item.attribute == other.item.attribute else _ENOUGH
    same_words = one.told == other.told and len(one.told) >= enough
    return same_words and one.item.noun == other.item.noun and one.names == other.names and one.dates == other.dates


def _turned(one: _Figure, other: _Figure) -> bool:
    """Whether two digits side by side are changed round and all others are the same: 312,000 and 321,000."""
    a, b = one.digits, other.digits
    if len(a) != len(b) or len(a) < _TURNED_DIGITS or one.item.step != other.item.step or a == b:
        return False
    at = next(at for at in range(len(a)) if a[at] != b[at])
    return a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]


def _one_subject(one: _Figure, other: _Figure) -> bool:
    """Whether nothing else does the one than the other: "the motion got 312 votes", "the amendment got 321"."""
    return not one.subject or not other.subject or one.subject == other.subject


def _one_time(one: _Figure, other: _Figure) -> bool:
    """Whether the two can be of one time: the same dates, or dates in one sentence only."""
    return not one.dates or not other.dates or bool(one.dates & other.dates)


def _stands_once(figure: _Figure, figures: Sequence[_Figure]) -> bool:
    """Whether the draft gives that very value once: one that it repeats is meant."""
    return sum(_same_kind(figure.item, other.item) and figure.item.low == other.item.low for other in figures) == 1


def _found(one: _Figure, other: _Figure) -> Found:
    told = f"given as {_written(one)} here and as {_written(other)} there"
    return Found(Clash.TWO_VALUES, one.said.owner(one.item.span), other.said.owner(other.item.span), told)


def _written(figure: _Figure) -> str:
    return figure.item.span.of(figure.said.text)


# A headline or a caption against the text.


def _unlike_text(figure: _Figure, figures: Sequence[_Figure]) -> Iterator[Found]:
    """The one figure of the text that says with the headline's words what the headline says, and another value."""
    text = [other for other in figures if other.said.kind not in _SUMMARIES]
    alike = [other for other in text if other.item.dimension is figure.item.dimension]
    if any(_could_be(figure.item, other.item) for other in alike) or _made_of(figure.item, alike):
        return
    rivals = [other for other in alike if _exact(other.item) and _says_it_too(figure, other)]
    if len({(rival.item.low, rival.item.high) for rival in rivals}) == 1:
        yield _found(figure, rivals[0])


def _could_be(ours: Quantity, theirs: Quantity) -> bool:
    """Whether a figure of the text may be the headline's, with all that "about", "over" and rounding allow."""
    if ours.currency != theirs.currency or (ours.rate and theirs.rate and ours.rate != theirs.rate):
        return False
    room = max(ours.step, theirs.step)
    if theirs.limit is not Limit.EXACT or theirs.vague or theirs.unit != ours.unit:
        room = max(room, max(ours.high, theirs.high) / 4)
    return (
        theirs.low - room <= ours.high and ours.low <= theirs.high + room
        if not ours.whole
        else (theirs.low <= ours.low <= theirs.high or theirs.limit is not Limit.EXACT)
    )


def _made_of(ours: Quantity, text: Sequence[_Figure]) -> bool:
    """Whether two figures of the text make the headline's together, or one less the other does."""
    pairs = combinations([other.item.low for other in text], 2)
    return any(abs(a + b - ours.low) <= ours.step / 2 or abs(abs(a - b) - ours.low) <= ours.step / 2 for a, b in pairs)


def _says_it_too(figure: _Figure, other: _Figure) -> bool:
    if not _same_kind(figure.item, other.item) or _CONTRAST.search(other.clause.of(other.said.text)):
        return False
    if figure.item.noun and other.item.noun and not _one_noun(figure.item, other.item):
        return False
    if _turned(figure, other):
        return True
    ours = {stem(word) for word in figure.told | figure.names} | set(figure.item.noun)
    theirs = {stem(word) for word, _, _ in words(other.said.text)}
    return len(ours) >= _ENOUGH and ours <= theirs and _one_time(figure, other)
