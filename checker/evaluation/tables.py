"""Figures split by what is known of the items: domain, kind, difficulty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.evaluation.columns import judged, labels_of
from checker.evaluation.figures import Figure, evaluated, unscored
from checker.evaluation.measures import Kind, measures, primary
from checker.evaluation.records import Outcome

SPLITS = (
    "domain", "kind", "level", "difficulty", "genre", "natural", "gray", "reason", "planted", "change", "engine_stage"
)  # fmt: skip
_SMALL = 200
"""A fact with more values than that tells items apart; nothing is split by it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The items that have one value of a fact: the figures that a table shows of them, and the share unscored."""

    value: str
    figures: tuple[Figure, ...]
    unscored: Figure

    def figure(self, name: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.name == name), None)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table: the items split by a fact, the largest part first."""

    fact: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Confusions:
    """How often each gold label (down) got each answer (across)."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


def shown(kind: Kind, chief: str = "") -> tuple[str, ...]:
    """The figures that a breakdown has. A part is small, so they are simple shares where there are any."""
    if kind in (Kind.VERIFY, Kind.E2E):
        return ("accuracy", "false_reassurance", "false_accusation")
    return (chief or primary(kind),)


def breakdown(
    outcomes: Sequence[Outcome], fact: str, kind: Kind, classes: Sequence[str] = (), chief: str = ""
) -> Breakdown:
    """The outcomes split by `fact`; those that do not have it are left out."""
    names = shown(kind, chief)
    known = {measure.name: measure for measure in measures(kind, classes, outcomes)}
    wanted = [known[name] for name in names if name in known]
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if value := outcome.facts.get(fact):
            groups.setdefault(value, []).append(outcome)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return Breakdown(
        fact, tuple(Part(value, tuple(evaluated(wanted, items)), unscored(items)) for value, items in ordered)
    )


def breakdowns(
    outcomes: Sequence[Outcome], kind: Kind, classes: Sequence[str] = (), chief: str = ""
) -> tuple[Breakdown, ...]:
    """A table for each of the usual facts that has at least two values here."""
    made = []
    for fact in SPLITS:
        values = {outcome.facts[fact] for outcome in outcomes if outcome.facts.get(fact)}
        if 1 < len(values) < _SMALL:
            made.append(breakdown(outcomes, fact, kind, classes, chief))
    return tuple(made)


def confusions(outcomes: Sequence[Outcome], classes: Sequence[str] = ()) -> Confusions:
    """The table of gold labels and answers; `classes` first, then every other label that occurs."""
    labels = labels_of(outcomes, classes)
    place = {label: at for at, label in enumerate(labels)}
    counts = [[0] * len(labels) for _ in labels]
    for outcome in outcomes:
        if judged(outcome) and outcome.predicted is not None:
            counts[place[outcome.gold]][place[outcome.predicted]] += 1
    return Confusions(labels, tuple(map(tuple, counts)))
