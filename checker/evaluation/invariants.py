"""What holds in every sound run, whatever its figures: and what no engine that reads its items does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from checker.evaluation.columns import judged
from checker.evaluation.measures import INVARIANTS
from checker.evaluation.paired import mcnemar
from checker.evaluation.records import Outcome

_NAMED = 10
_ENOUGH = 20  # answers below which sameness may be chance
_CHANCE = 0.001
_WHAT = {
    "verbatim": "a quotation is not the source's own words",
    "anchored": "an offset does not hold",
    "schema": "an answer is not of the form asked for",
}


def broken(manifest: Mapping[str, Any], outcomes: Sequence[Outcome], expected: Sequence[Outcome] = ()) -> list[str]:
    """Each invariant that the run breaks, in one line with the ids. `expected` are the items that must be there."""
    found = [
        f"{_WHAT[name]}: {named(ids)}"
        for name in INVARIANTS
        if (ids := [item.id for item in outcomes if item.scores.get(name, 1.0) < 1.0])
    ]
    there = {item.id for item in outcomes}
    if doubled := [name for name, times in Counter(item.id for item in outcomes).items() if times > 1]:
        found.append(f"stands there twice: {named(doubled)}")
    if manifest.get("complete") and (lost := [item.id for item in expected if item.id not in there]):
        found.append(f"was dropped: {named(lost)}")
    planned = manifest.get("items")
    if manifest.get("complete") and isinstance(planned, int) and planned != len(there):
        found.append(f"{planned} items were to be answered and {len(there)} are there")
    return found


def suspicions(outcomes: Sequence[Outcome]) -> list[str]:
    """What answers look like that do not come from reading: one for all, or the item before's.

    The outcomes are in the order in which they were answered.
    """
    answered = [item for item in outcomes if judged(item)]
    if len(answered) < _ENOUGH or len({item.gold for item in answered}) < 2:
        return []
    said = {item.predicted for item in answered}
    if len(said) == 1:
        return [f"every answer is {said.pop()!r}"]
    own = before = 0
    for previous, item in pairwise(answered):
        if previous.gold != item.gold:
            own += item.predicted == item.gold
            before += item.predicted == previous.gold
    if before > own and mcnemar(before, own) < _CHANCE:
        return [f"answers fit the item before ({before} times) more than their own ({own} times)"]
    return []


def named(ids: Sequence[str]) -> str:
    """The first ids, and how many more there are."""
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
