"""All checks of a draft's consistency, and their findings in the order of the draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from checker.model import Article, Inconsistency
from checker.verify.consistency.ages import clashing_ages
from checker.verify.consistency.persons import clashing_offices
from checker.verify.consistency.said import Found, read_sentences
from checker.verify.consistency.spellings import clashing_spellings
from checker.verify.consistency.sums import clashing_sums
from checker.verify.consistency.times import clashing_times
from checker.verify.consistency.values import clashing_values


def inconsistencies(article: Article) -> tuple[Inconsistency, ...]:
    """Every two places of `article` that cannot both be right, in its order and numbered i1, i2, ..."""
    said, published = read_sentences(article), article.published
    found = (
        *clashing_sums(said),
        *clashing_times(said, published),
        *clashing_ages(said, published),
        *clashing_values(said, published),
        *clashing_offices(said),
        *clashing_spellings(said),
    )
    ordered = sorted(_made(found), key=lambda made: (made.first, made.second))
    return tuple(replace(made, id=f"i{number}") for number, made in enumerate(ordered, 1))


def _made(found: Iterable[Found]) -> Iterable[Inconsistency]:
    """The findings without ids, each two places once; two that overlap are one place and say nothing."""
    told = set()
    for item in found:
        first, second = sorted((item.one, item.other))
        if (first, second) not in told and not first.overlaps(second):
            told.add((first, second))
            yield Inconsistency("", item.code, first, second, item.explanation, item.suggestion)
