"""Numbers as words of the lexical index, so that "4,523,000", "4523000" and "four and a half million" meet.

A number is indexed as it is and, where it has more than two figures, rounded to two: "=4523000 ~4500000". A query
for "4.5 million" asks for "=4500000" and "~4500000", and the second finds it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

from checker.language.amounts import Amount, find_amounts

_TWO_FIGURES = Context(prec=2, rounding=ROUND_HALF_EVEN)
_YEARS = (1000, 2100)


def figures(text: str) -> tuple[str, ...]:
    """The numbers of `text` in their variants, in order, repeated as they are repeated."""
    return parted(text)[1]


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """The words of `text` without its numbers, and its numbers in their variants.

    A number is not a word as well: cut at its commas, "4,523,000" would be a 4 that meets every other 4.
    """
    words: list[str] = []
    tokens: list[str] = []
    at = 0
    for amount in find_amounts(text):
        variants = _variants(amount, text)
        if variants:
            words.append(text[at : amount.start])
            tokens.extend(variants)
            at = amount.end
    return " ".join([*words, text[at:]]), tuple(tokens)


def _variants(amount: Amount, text: str) -> tuple[str, ...]:
    if amount.low != amount.high:
        return ()
    exact = f"={_written(amount.low)}"
    # Rounded, every year of half a century would be one token.
    year = _YEARS[0] <= amount.low <= _YEARS[1] and text[amount.start : amount.end].isdigit()
    return (exact,) if year else (exact, f"~{_written(_TWO_FIGURES.plus(amount.low))}")


def _written(value: Decimal) -> str:
    """Plain digits without trailing zeros; "4.50" and "4.5" are one number."""
    plain = f"{value.normalize():f}"
    return plain if len(plain) <= 40 else f"{value.normalize()}"
