"""Numbers as news writes them: "4,523,000", "4.5 million", "two dozen", "3½", "half a million", "thousands".

An `Amount` is a number and how finely it is given; what is measured or counted is another matter (`quantities`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

_SPACE = r"[ \t\u00a0\u2009\u202f]"
_ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
_TEENS = dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SMALL = {"zero": 0} | _ONES | _TEENS | _TENS
_SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SHORT_SCALES = {"k": 3, "m": 6, "mn": 6, "mln": 6, "bn": 9, "b": 9, "tn": 12}
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10,
}  # fmt: skip
_VULGAR = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
_VAGUE = {
    "dozens": (24, 99), "scores": (40, 199), "hundreds": (200, 999), "thousands": (2000, 9999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "millions": (2 * 10**6, 10**9 - 1), "tens of millions": (2 * 10**7, 10**8 - 1),
    "hundreds of millions": (2 * 10**8, 10**9 - 1), "billions": (2 * 10**9, 10**12 - 1),
}  # fmt: skip

_SMALL_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[-\u2010\u2011 ](?:{'|'.join(_ONES)})(?![a-z]))?"
    rf"|{'|'.join((*_TEENS, *_ONES, 'zero'))})"
)
_ORDINAL_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_SCALE_WORD = rf"(?:{'|'.join(_SCALES)})"
_HUNDREDS = (
    rf"(?:(?:{_SMALL_WORD}|an?){_SPACE}hundred(?:{_SPACE}(?:and{_SPACE})?{_SMALL_WORD})?|{_SMALL_WORD}"
    rf"|a(?={_SPACE}(?:thousand|million|billion|trillion)\b))"
)
_SCALED_WORDS = rf"{_HUNDREDS}(?:[-{' '}\u00a0]{_SCALE_WORD}\b)+"
_WORDS = re.compile(
    rf"\b(?:{_SCALED_WORDS}(?:{_SPACE}(?:and{_SPACE})?{_SCALED_WORDS})*(?:{_SPACE}"
    rf"(?:and{_SPACE})?{_HUNDREDS})?|{_HUNDREDS})(?![a-z]|[-\u2010\u2011 ](?:{_ORDINAL_ONES})\b)",
    re.I,
)
_DIGITS = re.compile(
    # A common space parts thousands only where the last group is 000: "12 300" may be two numbers.
    r"(?<![\w.,])(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?: \d{3}){0,2} 000"
    r"(?![\d.,]\d|\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})"
    r"(?![\d]|[.,]\d)"
)
_DOZEN = re.compile(
    rf"\b(?:(?P<half>half[- ](?:an?{_SPACE})?)|(?P<n>{_SMALL_WORD}|an?|\d{{1,3}}){_SPACE})dozen\b", re.I
)
_FRACTION = re.compile(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|an?)(?P<gap>[-\u2010\u2011 ])"
    r"(?P<part>thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|half"
    r"|halves)\b",
    re.I,
)
_HALF = re.compile(
    rf"(?<!and a )(?<!and one )\bhalf\b(?:[-\u2010\u2011 ]an?\b|(?=-))?(?:{_SPACE}|-)?(?P<scale>million"
    rf"|billion|trillion)?",
    re.I,
)
_AND_A_HALF = re.compile(
    rf"(?:{_SPACE}|-)and(?:{_SPACE}|-)(?:(?P<half>an?[- ]half|one[- ]half)|(?P<q>a{_SPACE}quarter)|"
    rf"(?P<q3>three[- ]quarters))\b",
    re.I,
)
_PART_OF_SCALE = re.compile(
    rf"\b(?P<n>an?|one|three)(?:{_SPACE}|-)quarters?{_SPACE}of{_SPACE}an?{_SPACE}(?P<scale>million"
    rf"|billion|trillion)\b",
    re.I,
)
_ALONE = re.compile(r"(?<![\w/.,])(\d{1,2})[/\u2044](\d{1,2})(?![\w/]|\.\d)(?=[ -])")
_SLASHED = re.compile(r"(?:[ \u00a0-])?(\d{1,2})[/\u2044](\d{1,2})(?![\d/])")
_SCALE_AFTER = re.compile(
    rf"(?:{_SPACE}|[-\u2010\u2011]){{0,1}}(?P<scale>{_SCALE_WORD})\b(?P<more>{_SPACE}(?:thousand"
    rf"|million|billion|trillion)\b)?",
    re.I,
)
_SHORT_AFTER = re.compile(rf"{_SPACE}?(?P<scale>bn|mln|mn|tn|[kmb])(?![\w])", re.I)
_ANY_WORD = re.compile(rf"\b(?:{'|'.join(_SMALL)}|hundred|thousand|million|billion|trillion)", re.I)
_ANY_PART = re.compile(
    r"dozen|scores|hundreds|thousands|[mb]illions|half|halves|third|quarter|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth",
    re.I,
)
_VAGUE_WORDS = re.compile(rf"\b(?:{'|'.join(sorted(_VAGUE, key=len, reverse=True))})\b(?={_SPACE}|[.,;:!?)]|$)", re.I)
_CURRENCY_BEFORE = re.compile(rf"[$£€¥₹]{_SPACE}?$|\b(?:USD|EUR|GBP|CAD|AUD|CHF){_SPACE}$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a text: `low` to `high` (the same for a plain number) under `start` to `end`.

    `step` is the worth of the last figure written: 1 for "85", 100,000 for "4.5 million", 0.1 for "3.2".
    `fraction` says it was written as a part of a whole ("two-thirds"); `scaled` that a scale was ("million").
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    fraction: bool = False
    scaled: bool = False
    digits: bool = False
    vague: bool = False


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every number of `text`, in order; overlapping readings give way to the longer."""
    found = [*_words(text)] if _ANY_WORD.search(text) else []
    if any(map(str.isdigit, text)) or not text.isascii():
        found += [*_digits(text), *_slashed(text)]
    if _ANY_PART.search(text):
        found += [*_vague(text), *_dozens(text), *_fractions(text), *_halves(text)]
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[Amount] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def scaled(amount: Amount, power: int) -> Amount:
    """`amount` times ten to `power`."""
    factor = Decimal(10) ** power
    return replace(amount, low=amount.low * factor, high=amount.high * factor, step=amount.step * factor, scaled=True)


def _plain(start: int, end: int, value: Decimal, step: Decimal, **marks: bool) -> Amount:
    return Amount(start, end, value, value, step, **marks)


def _vague(text: str) -> Iterator[Amount]:
    for match in _VAGUE_WORDS.finditer(text):
        low, high = _VAGUE[" ".join(match.group().lower().split())]
        yield Amount(match.start(), match.end(), Decimal(low), Decimal(high), Decimal(low), vague=True)


def _dozens(text: str) -> Iterator[Amount]:
    for match in _DOZEN.finditer(text):
        if match["half"]:
            value = 6
        else:
            written = match["n"].lower()
            value = 12 * (int(written) if written.isdigit() else int(_word_value(written)))
        yield _plain(match.start(), match.end(), Decimal(value), Decimal(1))


def _fractions(text: str) -> Iterator[Amount]:
    for match in _PART_OF_SCALE.finditer(text):
        scale = Decimal(10) ** _SCALES[match["scale"].lower()]
        quarters = 3 if match["n"].lower() == "three" else 1
        yield _plain(match.start(), match.end(), scale * quarters / 4, scale / 100, scaled=True)
    for match in _FRACTION.finditer(text):
        count, part = match["n"].lower(), match["part"].lower()
        article = count in ("a", "an")
        of = re.match(rf"{_SPACE}of\b", text[match.end() :]) is not None
        # "a third bridge" is an ordinal, "two quarters" may be half a year: only "of" or a hyphen makes a fraction.
        loose = article or match["gap"] == " "
        if (
            loose
            and not of
            and part
            in ("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "quarter", "quarters")
        ):
            continue
        if article and part == "half":
            continue
        top = 1 if article else _ONES[count]
        bottom = _PARTS[part] if part in _PARTS else _PARTS[part[:-1]]
        if top < bottom:
            yield _plain(match.start(), match.end(), Decimal(top) / bottom, Decimal("0.01"), fraction=True)


def _slashed(text: str) -> Iterator[Amount]:
    """A fraction in figures that stands alone: "1/3 of voters", "3/4 mile"; "24/7" and "9/11" are none."""
    for match in _ALONE.finditer(text):
        top, bottom = int(match[1]), int(match[2])
        if 0 < top < bottom and bottom in (2, 3, 4, 5, 6, 8, 10, 16):
            yield _plain(match.start(), match.end(), Decimal(top) / bottom, Decimal("0.01"), fraction=True)


def _halves(text: str) -> Iterator[Amount]:
    for match in _HALF.finditer(text):
        before = text[: match.start()].rstrip().rsplit(None, 1)[-1:] or [""]
        if before[0].lower().strip("(\"'“‘") in (
            "first",
            "second",
            "other",
            "latter",
            "better",
            "final",
            "next",
            "last",
        ):
            continue
        if match["scale"]:
            power = _SCALES[match["scale"].lower()]
            yield _plain(match.start(), match.end(), Decimal(10) ** power / 2, Decimal(10) ** power / 10, scaled=True)
        else:
            end = match.start() + 4
            yield _plain(match.start(), end, Decimal("0.5"), Decimal("0.1"), fraction=True)


def _digits(text: str) -> Iterator[Amount]:
    for match in _DIGITS.finditer(text):
        written = re.sub(r"[, \u00a0\u2009\u202f]", "", match.group())
        if written.count(".") > 1:
            written = written.replace(".", "")
        try:
            value = Decimal(written)
        except InvalidOperation:  # figures of other scripts in a form Decimal does not read
            continue
        places = len(written.partition(".")[2])
        amount = _plain(match.start(), match.end(), value, Decimal(1).scaleb(-places), digits=True)
        yield _continued(text, _with_part(text, amount))
    for match in re.finditer(rf"(?<![\d\w])[{''.join(_VULGAR)}]", text):
        top, bottom = _VULGAR[match.group()]
        amount = _plain(match.start(), match.end(), Decimal(top) / bottom, Decimal("0.1"), fraction=True)
        yield _continued(text, amount)


def _with_part(text: str, amount: Amount) -> Amount:
    """`amount` with a fraction written after it: "3½", "3 1/2"."""
    after = text[amount.end : amount.end + 1]
    if after in _VULGAR and after:
        top, bottom = _VULGAR[after]
        return _plus(amount, Decimal(top) / bottom, amount.end + 1)
    slashed = _SLASHED.match(text, amount.end)
    if slashed and slashed.start(1) > amount.end and 0 < int(slashed[1]) < int(slashed[2]) <= 16:
        return _plus(amount, Decimal(int(slashed[1])) / int(slashed[2]), slashed.end())
    return amount


def part_after(text: str, at: int) -> tuple[Decimal, int] | None:
    """The part that "and a half", "and a quarter" at `at` adds, and where the words end."""
    half = _AND_A_HALF.match(text, at)
    if half is None:
        return None
    return (Decimal("0.5") if half["half"] else Decimal("0.25") if half["q"] else Decimal("0.75")), half.end()


def _plus(amount: Amount, part: Decimal, end: int) -> Amount:
    value = amount.low + part
    return replace(amount, end=end, low=value, high=value, step=Decimal("0.1"))


def _continued(text: str, amount: Amount) -> Amount:
    """`amount` with what multiplies it: "4.5 million", "two and a half million", "$5m"."""
    half = part_after(text, amount.end)
    if half:
        scale = _SCALE_AFTER.match(text, half[1])
        amount = _plus(amount, *half)
        return _times(amount, scale) if scale else amount
    scale = _SCALE_AFTER.match(text, amount.end)
    if scale:
        return _times(amount, scale)
    short = _SHORT_AFTER.match(text, amount.end) if amount.digits else None
    if short and (
        short["scale"].lower() in ("bn", "mn", "mln", "tn") or _CURRENCY_BEFORE.search(text, 0, amount.start)
    ):
        return replace(scaled(amount, _SHORT_SCALES[short["scale"].lower()]), end=short.end())
    return amount


def _times(amount: Amount, scale: re.Match[str]) -> Amount:
    power = _SCALES[scale["scale"].lower()]
    if scale["more"]:
        power += _SCALES[scale["more"].strip().lower()]
    return replace(scaled(amount, power), end=scale.end())


def _words(text: str) -> Iterator[Amount]:
    for match in _WORDS.finditer(text):
        written = match.group().lower()
        value = _word_value(written)
        power = max((power for word, power in _SCALES.items() if power > 2 and word in written), default=0)
        step = Decimal(10) ** power
        while value % step:
            step /= 10
        amount = _plain(match.start(), match.end(), value, max(step, Decimal(1)), scaled=power > 0)
        part = part_after(text, match.end()) if power else None
        if part and written.split()[0] in ("a", "one"):  # "a million and a half"
            yield replace(_plus(amount, part[0] * Decimal(10) ** power, part[1]), step=step / 10)
        else:
            yield amount if power else _continued(text, amount)


def _word_value(written: str) -> Decimal:
    total, group = Decimal(0), Decimal(0)
    for word in re.split(r"[^a-z]+", written):
        if word in _SMALL:
            group += _SMALL[word]
        elif word in ("a", "an"):
            group += 1
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word in _SCALES:
            total += (group or Decimal(1)) * Decimal(10) ** _SCALES[word]
            group = Decimal(0)
    return total + group
