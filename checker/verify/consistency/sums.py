"""Totals: votes against those present, parts against their sum, shares over a hundred, lists against their count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from checker.language.amounts import Amount, find_amounts
from checker.language.counted import Limit, Role
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension
from checker.model import Clash, Span
from checker.verify.consistency.said import Found, Said
from checker.verify.consistency.votes import clashing_votes

_TOTAL_BEFORE = re.compile(
    r"\b(?:(?:a|the|in|for a|making a|bringing the|an overall)[ ]total(?:[ ](?:of|to))?|totall?ing"
    r"|adding up to|altogether|in all,?|making)[ ]+$",
    re.I,
)
_TOTAL_AFTER = re.compile(r"[^.;:]{0,40}?\b(?:in total|in all|altogether|overall)\b", re.I)
_MADE_UP = re.compile(r"\s*(?::|\(|[–—]|,?[ ](?:made up of|comprising|consisting of|namely|composed of|that is))[ ]*$")
_BETWEEN_PARTS = re.compile(r"[^.;:()]{0,60}?(?:,|,?[ ]and|,?[ ]plus)[ ](?:[^.;:,()\d]{0,30}[ ])?[$£€¥]?$")
_NOT_ALL = re.compile(
    r"\b(?:includ\w+|among|such as|especially|mostly|mainly|more|another|other|further|rest|remain\w*|some"
    r"|of (?:them|which|whom)|at least|average|each|every|per|compared|up from|down from|respectively|least|most|or)\b",
    re.I,
)
_OWN_BASE = re.compile(r"[ ](?:of|in|among|for|from)\b(?![ ]it\b)", re.I)
_PER_CENT = re.compile(r"\bper[ -]cent\b", re.I)
_EXCLUSIVE = (
    re.compile(
        r"\b(?:in favou?r|for|yes|support\w*|agree\w*|approv\w*)\b.*"
        r"\b(?:against|no|oppos\w*|disagree\w*|disapprov\w*)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:men|male|boys)\b.*\b(?:women|female|girls)\b|\b(?:women|female|girls)\b.*\b(?:men|male|boys)\b", re.I
    ),
    re.compile(r"\b(?:split|divided|broken down|made up of|breakdown|shared out)\b", re.I),
)
_OF_THEM = re.compile(r"[ ](?:[a-z]+[ ])?of (?:them|which|whom|these|those)\b", re.I)
_OUT_OF = re.compile(r"[ ](?:out )?of (?:the |its |their )?")
_OCCASIONS = re.compile(
    r"[ ](?:(?:separate|different|previous|other|straight|general|league|cup)[ ])?"
    r"(?:occasions|times|years|seasons|elections|titles|championships"
    r"|tournaments|summers|winters)(?P<lead>[^.;\d]{0,30}?(?:[ ]in[ ]|:[ ]|[–—(,][ ]?(?:in[ ])?))$"
)
_YEARS = re.compile(
    r"(?:1[5-9]|20)\d\d(?:(?:,[ ]|,?[ ]and(?:[ ](?:again[ ])?in)?[ ]|,?[ ](?:again[ ])?in[ ])"
    r"(?:1[5-9]|20)\d\d)+(?![-–\d]|[ ](?:to|until)\b)"
)


def clashing_sums(said: Sequence[Said]) -> Iterator[Found]:
    """Figures that the draft adds up itself, and that do not add up."""
    yield from clashing_votes(said)
    for sentence in said:
        found = [item for item in find_quantities(sentence.text) if sentence.own(item.span)]
        yield from _totals(sentence, found)
        yield from _parts_of(sentence, found)
        yield from _shares(sentence, found)
        yield from _listed(sentence)


def _totals(sentence: Said, found: Sequence[Quantity]) -> Iterator[Found]:
    """“£2 million, £1 million and £500,000, a total of £4 million”; “45 people: 20 men and 15 women”."""
    for at, total in enumerate(found):
        text = sentence.text
        after = found[at + 1 :]
        before = found[:at]
        parts: list[Quantity] = []
        if _TOTAL_BEFORE.search(text, 0, total.span.start):
            parts = _run(text, before[::-1], total)[::-1]
            closed = parts and not re.search(r"[.;:]", text[parts[-1].span.end : total.span.start])
            parts = parts if closed else []
        if not parts and after and _leads(text, total, after[0]):
            listed = _run(text, after, total)
            parts = listed if all(part.low < total.low for part in listed) else []
        if len(parts) < 2 or _NOT_ALL.search(text[min(parts[0].span.start, total.span.end) : parts[-1].span.end]):
            continue
        yield from _unequal(sentence, total, parts)


def _leads(text: str, total: Quantity, first: Quantity) -> bool:
    """Whether a colon, a bracket or "made up of" between a total and the first part says that the parts are all."""
    if total.dimension is Dimension.COUNT and not total.noun:
        return False
    gap = text[total.span.end : first.span.start].rstrip("$£€¥")
    return _MADE_UP.search(gap) is not None and len(gap) < 60 and gap.count(",") <= 1


def _run(text: str, found: Sequence[Quantity], total: Quantity) -> list[Quantity]:
    """The quantities from the first on that are of the total's kind and stand in one list."""
    run: list[Quantity] = []
    for item in found:
        if not _addable(item, total):
            break
        if run:
            first, second = sorted((run[-1].span, item.span))
            if not _BETWEEN_PARTS.fullmatch(text[first.end : second.start]):
                break
        run.append(item)
    return run


def _addable(item: Quantity, total: Quantity) -> bool:
    same = item.dimension is total.dimension and item.currency == total.currency and item.unit == total.unit
    return (
        same
        and item.dimension in (Dimension.COUNT, Dimension.MONEY, Dimension.LENGTH, Dimension.AREA, Dimension.MASS)
        and all(_plain(each) for each in (item, total))
    )


def _plain(item: Quantity) -> bool:
    exact = item.limit is Limit.EXACT and item.low == item.high and not item.vague and not item.rate
    if item.dimension is Dimension.COUNT and not item.noun and 1500 <= item.low < 2200:
        return False  # a year, more likely
    return exact and item.role in (Role.PLAIN, Role.WHOLE, Role.PART)


def _unequal(sentence: Said, total: Quantity, parts: Sequence[Quantity]) -> Iterator[Found]:
    made = sum((part.low for part in parts), Decimal(0))
    slack = sum((_half(part) for part in parts), _half(total))
    if abs(made - total.low) > slack:
        listed = Span(parts[0].span.start, parts[-1].span.end)
        told = f"{' and '.join(_shown(part.low) for part in parts)} make {_shown(made)}, not {_shown(total.low)}"
        yield Found(Clash.SUM, sentence.owner(total.span), sentence.owner(listed), told)


def _half(item: Quantity) -> Decimal:
    """How far off a number may be by rounding; a small count is exact."""
    return Decimal(0) if item.whole or (item.step <= 1 and item.dimension is Dimension.COUNT) else item.step / 2


def _shown(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _parts_of(sentence: Said, found: Sequence[Quantity]) -> Iterator[Found]:
    """“12 of the nine members”, “seven defects, nine of them serious”."""
    for whole, part in pairwise(found):
        counts = whole.dimension is part.dimension is Dimension.COUNT and _plain(whole) and _plain(part)
        gap = sentence.text[whole.span.end : part.span.start]
        of_them = _OF_THEM.match(sentence.text, part.span.end)
        if counts and of_them and len(gap) < 40 and re.search(r"[,–—(]\s*$", gap) and part.low > whole.low:
            told = f"{_shown(part.low)} cannot be among {_shown(whole.low)}"
            yield Found(Clash.SUM, sentence.owner(whole.span), sentence.owner(part.span), told)
        out_of = whole.role is Role.PART and part.role is Role.WHOLE and _OUT_OF.fullmatch(gap)
        if counts and out_of and whole.low > part.low:
            told = f"{_shown(whole.low)} cannot be among {_shown(part.low)}"
            yield Found(Clash.SUM, sentence.owner(whole.span), sentence.owner(part.span), told)


def _shares(sentence: Said, found: Sequence[Quantity]) -> Iterator[Found]:
    """Shares of one whole that exclude one another and make more than a hundred per cent."""
    shares = [item for item in found if item.dimension is Dimension.SHARE and _plain(item) and not item.fraction]
    if len(shares) < 2 or not any(pattern.search(sentence.text) for pattern in _EXCLUSIVE):
        return
    run = shares[:1]
    for item in shares[1:]:
        if _BETWEEN_PARTS.fullmatch(sentence.text[run[-1].span.end : item.span.start]):
            run.append(item)
    between = sentence.text[run[0].span.start : run[-1].span.end]
    made = sum((item.low for item in run), Decimal(0))
    slack = sum((item.step / 2 for item in run), Decimal(0))
    if (
        len(run) > 1
        and made > 100 + slack
        and not _NOT_ALL.search(_PER_CENT.sub("%", between))
        and _one_whole(sentence, run)
    ):
        rest = Span(run[1].span.start, run[-1].span.end)
        told = f"{' and '.join(_shown(item.low) for item in run)} per cent make {_shown(made)} per cent"
        yield Found(Clash.SUM, sentence.owner(run[0].span), sentence.owner(rest), told)


def _one_whole(sentence: Said, shares: Sequence[Quantity]) -> bool:
    """Whether no share is given of a thing of its own: "60 per cent of men and 70 per cent of women"."""
    return not any(item.noun or _OWN_BASE.match(sentence.text, item.span.end) for item in shares[1:])


def _listed(sentence: Said) -> Iterator[Found]:
    """“on six occasions in 1985, 1992 and 1994”."""
    for match in _YEARS.finditer(sentence.text):
        listed = re.findall(r"\d{4}", match.group())
        amount = _counted_before(sentence.text, match.start())
        if amount is None or amount.low == len(listed) or amount.low < 2:
            continue
        spans = Span(amount.start, amount.end), Span(*match.span())
        if all(sentence.own(span) for span in spans):
            told = f"{len(listed)} years are listed, not {_shown(amount.low)}"
            yield Found(Clash.SUM, sentence.owner(spans[0]), sentence.owner(spans[1]), told)


def _counted_before(text: str, at: int) -> Amount | None:
    """The number of occasions right before a list of years, where no word says that some are left out."""
    for amount in find_amounts(text[:at])[::-1][:1]:
        between = text[amount.end : at]
        lead = re.search(
            r"(?:at least|more than|over|about|nearly|last|past|first|next)[ ]$", text[: amount.start], re.I
        )
        if amount.low == amount.high and _OCCASIONS.fullmatch(between) and not _NOT_ALL.search(between) and not lead:
            return amount
    return None
