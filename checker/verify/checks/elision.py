"""Numbers whose noun stands in the sentence before: "… tried each of the 20 lifts. Four were out of order."."""

from __future__ import annotations

import re
from dataclasses import replace

from checker.language.counted import Role
from checker.language.quantities import Quantity, find_quantities
from checker.language.units import Dimension

_OF_THESE = re.compile(r"\bof (?:these|those|them|whom|which)\b,?\s+(?:\w+\s+)?$", re.I)
_DID = re.compile(
    r"\s+(?:of (?:these|those|them)\s+)?(?:more\s+)?"
    r"(?:were|was|are|is|had|have|has|did|died|will|would|came|went|remain\w*)\b",
    re.I,
)


def with_nouns(sentence: str, before: str = "") -> tuple[Quantity, ...]:
    """The quantities of `sentence`, each part with the noun of its whole ("14 of the 20 lifts").

    A bare count that is said to be or do something is a part of what `before` counts.
    """
    found = find_quantities(sentence)
    wholes = [item.noun for item in found if item.role is Role.WHOLE]
    counted = {item.noun[-1:] for item in find_quantities(before) if item.dimension is Dimension.COUNT and item.noun}
    named = tuple(_named(item, wholes) for item in found)
    if len(counted) != 1:
        return named
    noun = counted.pop()
    return tuple(
        replace(item, noun=noun, role=Role.PART) if not item.noun and stands_bare(sentence, item) else item
        for item in named
    )


def _named(item: Quantity, wholes: list[tuple[str, ...]]) -> Quantity:
    return replace(item, noun=wholes[0]) if item.role is Role.PART and not item.noun and len(wholes) == 1 else item


def stands_bare(sentence: str, item: Quantity) -> bool:
    """Whether `item` is a count that stands for things named before, without their noun."""
    if item.dimension is not Dimension.COUNT or item.scaled:
        return False
    start, end = item.span.start, item.span.end
    opens = not sentence[:start].strip() or sentence[:start].rstrip().endswith((",", ";"))
    return _OF_THESE.search(sentence[:start]) is not None or (opens and _DID.match(sentence, end) is not None)
