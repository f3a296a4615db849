"""Figures that went wrong on the way to the page: the right number in another unit, currency or scale, or two of its
digits changed round.

Two texts seldom give one figure in two units by chance, so a slip needs less shared ground than another number does:
names count most, then words of the sentence, then words of its title and of the sentence before. It is none where the
passage gives the claim's own quantity too, where the two are measured from two points, or of two times or rates.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from checker.language.counted import Role
from checker.language.names import find_names
from checker.language.predicates import deed
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.language.words import NEGATIONS, STOP_WORDS, stem, words
from checker.verify.checks.magnitudes import agrees, clashes, convertible
from checker.verify.checks.sameness import Pair, met_points, more_of_it, of_two_times, other_names, same_rate, synonyms

_DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "HKD", "SGD"))
_THOUSAND = Decimal(1000)
_SHARES = frozenset((Dimension.SHARE, Dimension.POINTS))
_LEAST = {1: 4.5, 2: 3.0}
_LEAST_OF_LONG = 2.5
_LEAST_OF_SCALE = 2.5
_LEAST_OF_PAIRS = 3.0
"""For the only two sums, and for percent beside percentage points, however few their digits."""
_OF_TIME = 1.0
_NAMED, _NAMED_NEAR, _SAID, _NEAR, _TITLED = 2.0, 1.0, 1.5, 1.0, 0.5
_CHANGES = frozenset((deed("rise"), deed("fall")))
"""They go with a number as its unit does and say nothing of what it is the number of."""
_MOST_NEAR, _MOST_TITLED = 3.0, 1.0


def slip(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether the claim's number is the sentence's with a slip in it, surely of the same thing."""
    if not _misread(ours, theirs) or not _comparable(ours, theirs, pair) or _given_too(ours, pair):
        return False
    return _common_ground(ours, theirs, pair) >= _needed(ours, theirs, pair)


def _misread(ours: Quantity, theirs: Quantity) -> bool:
    """Whether one figure is written with another unit, currency or scale, or with two digits changed round."""
    if ours.low != ours.high or theirs.low != theirs.high or ours.low <= 0 or ours.fraction or theirs.fraction:
        return False
    if ours.dimension is not theirs.dimension:
        changes = ours.role is theirs.role is Role.CHANGE and ours.trend is theirs.trend
        return {ours.dimension, theirs.dimension} == _SHARES and changes and ours.low == theirs.low
    if ours.dimension is Dimension.MONEY and ours.currency != theirs.currency:
        return ours.low == theirs.low and not {ours.currency, theirs.currency} <= _DOLLARS
    if not convertible(ours, theirs) or not clashes(ours, theirs):
        return False
    if ours.unit != theirs.unit:
        return ours.low == theirs.low
    counts = ours.dimension is Dimension.COUNT
    if ours.dimension is not Dimension.MONEY and not (counts and _same_noun(ours, theirs)):
        return False
    return _scale_apart(ours, theirs) or _changed_round(ours, theirs)


def _same_noun(ours: Quantity, theirs: Quantity) -> bool:
    return bool(ours.noun and theirs.noun) and synonyms(ours.head, theirs.head)


def _scale_apart(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the one is a thousand, a million or more times the other: "640 million", "640 billion"."""
    less, more = sorted((ours.low, theirs.low))
    if less <= 0:
        return False
    ratio = more / less
    return (ours.scaled or theirs.scaled) and ratio in (_THOUSAND, _THOUSAND**2, _THOUSAND**3)


def _changed_round(ours: Quantity, theirs: Quantity) -> bool:
    """Whether two digits that stand side by side have changed places: 412,300 and 421,300."""
    one, two = (format(item.low, "f").replace(".", "") for item in (ours, theirs))
    if len(one) != len(two) or ours.scaled != theirs.scaled:
        return False
    off = [at for at, (left, right) in enumerate(zip(one, two, strict=True)) if left != right]
    return len(off) == 2 and off[1] == off[0] + 1 and one[off[0]] == two[off[1]] and one[off[1]] == two[off[0]]


def _comparable(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether nothing says that the two are of two things, times or rates, or that one of them is denied."""
    if ours.attribute != theirs.attribute and (
        "age" in (ours.attribute, theirs.attribute) or (ours.attribute and theirs.attribute)
    ):
        return False
    if more_of_it(pair.claim, ours) or more_of_it(pair.sentence, theirs) or not met_points(ours, theirs):
        return False
    if of_two_times(pair) or other_names(pair):
        return False
    return same_rate(ours, theirs, pair) and _denied(pair.claim) == _denied(pair.sentence)


@lru_cache(maxsize=2048)
def _denied(text: str) -> bool:
    return any(word in NEGATIONS or word.endswith("n't") for word, _, _ in words(text))


def _given_too(ours: Quantity, pair: Pair) -> bool:
    """Whether the sentence, its title or the one before gives the claim's own quantity."""
    return any(
        convertible(ours, other) and agrees(ours, other)
        for other in (*pair.theirs, *find_quantities(pair.before), *find_quantities(pair.title))
    )


def _needed(ours: Quantity, theirs: Quantity, pair: Pair) -> float:
    """The common ground that makes a slip sure: little for a figure of many digits, much for a small round one."""
    figures = len(format(ours.low.normalize(), "f").replace(".", "").strip("0"))
    least = _LEAST.get(figures, _LEAST_OF_LONG)
    if ours.dimension is Dimension.MONEY and ours.currency != theirs.currency and _only_sums(pair):
        least = min(least, _LEAST_OF_PAIRS)
    if ours.dimension is not theirs.dimension:
        least = min(least, _LEAST_OF_PAIRS)
    if figures > 1 and ours.dimension is theirs.dimension and ours.unit == theirs.unit and _scale_apart(ours, theirs):
        least = min(least, _LEAST_OF_SCALE)
    return least + _OF_TIME * (ours.dimension is Dimension.TIME)


def _only_sums(pair: Pair) -> bool:
    return all(sum(item.dimension is Dimension.MONEY for item in found) == 1 for found in (pair.ours, pair.theirs))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Content words of a text, its quantities left out: those of its names, and the others."""

    named: frozenset[str]
    plain: frozenset[str]


def _common_ground(ours: Quantity, theirs: Quantity, pair: Pair) -> float:
    marks = _marks(pair.claim, pair.ours)
    said, near, titled = _said(pair.sentence), _said(pair.before), _said(pair.title)
    if not (marks.named & (said | near | titled) or len(marks.plain & (said | near)) > 1):
        return 0.0
    score = _NAMED * len(marks.named & said) + _NAMED_NEAR * len((marks.named - said) & (near | titled))
    score += _SAID * len(marks.plain & said) + min(_NEAR * len((marks.plain - said) & near), _MOST_NEAR)
    score += min(_TITLED * len((marks.plain - said - near) & titled), _MOST_TITLED)
    score += _SAID * (_same_noun(ours, theirs) and not set(ours.noun) & marks.plain & said)
    return score + _SAID * _agreeing_beside(ours, theirs, pair)


def _agreeing_beside(ours: Quantity, theirs: Quantity, pair: Pair) -> int:
    """How many other numbers of the claim the sentence has too."""
    others = [item for item in pair.theirs if item is not theirs]
    return sum(
        any(convertible(item, other) and agrees(item, other) for other in others) for item in pair.ours if item != ours
    )


@lru_cache(maxsize=2048)
def _marks(text: str, but: tuple[Quantity, ...]) -> _Marks:
    names = [name.span for name in find_names(text)]
    named: set[str] = set()
    plain: set[str] = set()
    for word, start, end in words(text):
        if word in STOP_WORDS or word in NEGATIONS or deed(word) in _CHANGES or word[0].isdigit() or len(word) < 3:
            continue
        if any(item.span.start < end and start < item.span.end for item in but):
            continue
        inside = any(span.start <= start < span.end for span in names)
        (named if inside else plain).add(deed(word) if not inside else stem(word))
    return _Marks(frozenset(named), frozenset(plain - named))


@lru_cache(maxsize=4096)
def _said(text: str) -> frozenset[str]:
    return frozenset(form for word, _, _ in words(text) for form in (stem(word), deed(word)))
