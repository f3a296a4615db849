"""A comparison as lines for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from checker.evaluation.compare import Change, Comparison
from checker.evaluation.measures import lower_is_better
from checker.evaluation.records import Outcome

_WORDS = 400


def comparison_lines(found: Comparison, flips: int = 20) -> Iterator[str]:
    """The comparison, the primary figure first, and at most `flips` items that differ, with their texts."""
    yield f"{found.n} items that both scored, of {found.clusters} articles; unscored: {_unscored(found)}"
    yield from found.drift.lines()
    width = max((len(change.name) for change in found.changes), default=0)
    yield f"{'':<{width}}  first   second  difference [95 % interval]      p       Holm    detectable"
    for change in found.changes:
        yield f"{change.name:<{width}}  {_values(change)}"
    yield (
        f"second run better on {found.wins}, the same on {found.ties}, worse on {found.losses}; "
        f"{found.discordant} right in one alone "
        f"(McNemar p {_chance(found.mcnemar)}, by article p {_chance(found.sign_flip)})"
    )
    for first, second in found.flips[:flips]:
        yield ""
        yield f"{first.id}  gold {first.gold}: {first.predicted} became {second.predicted}"
        yield from (f"  {name}: {' '.join(text.split())[:_WORDS]}" for name, text in _texts(first, second))
    if len(found.flips) > flips:
        yield f"\n{len(found.flips) - flips} more items differ: --flips {len(found.flips)} shows them"


def comparison_json(found: Comparison) -> str:
    """The whole comparison as one JSON object; the items that differ with their texts."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1)


def _unscored(found: Comparison) -> str:
    return f"{found.unscored[0]} in the first run, {found.unscored[1]} in the second"


def _values(change: Change) -> str:
    p, held = (_chance(value) for value in (change.p, change.held))
    gap = f"{change.difference:+.4f} [{change.low:+.4f}, {change.high:+.4f}]"
    better = "  less is better" if lower_is_better(change.name) else ""
    return f"{change.first:.4f}  {change.second:.4f}  {gap}  {p:<6}  {held:<6}  {change.detectable:.4f}{better}"


def _chance(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if value >= 0.0001 else "<.0001"


def _texts(first: Outcome, second: Outcome) -> Sequence[tuple[str, str]]:
    """What both runs show of an item once, and what only one shows under its side."""
    same = [(name, text) for name, text in first.texts.items() if text and second.texts.get(name) == text]
    sides = [
        (f"{side}, {name}", text)
        for side, one, other in (("first", first, second), ("second", second, first))
        for name, text in one.texts.items()
        if text and other.texts.get(name) != text
    ]
    return [*same, *sides]
