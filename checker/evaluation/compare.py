"""Two runs over the same items, held against each other item by item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checker.errors import InputError
from checker.evaluation import paired, resampling
from checker.evaluation.columns import Floats
from checker.evaluation.items import goodness
from checker.evaluation.measures import How, Kind, Measure, headlines, measures
from checker.evaluation.records import Outcome

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids that keep two runs from being paired whole: in one only, twice in one, or another item under the same id."""

    missing: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    doubled: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.added or self.changed or self.doubled)

    def lines(self) -> tuple[str, ...]:
        """One line for every id, what is wrong with it first."""
        told = (
            ("only in the first run", self.missing),
            ("only in the second run", self.added),
            ("not the same item in both", self.changed),
            ("twice in one run", self.doubled),
        )
        return tuple(f"{what}: {name}" for what, names in told for name in names)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of both runs on the items that both scored, and the difference (second less first) with its interval.

    `p` is of the permutation test over clusters, None for figures that need the items in order; `held` is `p` raised
    by Holm's rule, for the headline figures only. `error` is the standard error of the difference, `detectable` the
    smallest true difference that so many items would show in four of five comparisons.
    """

    name: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float | None
    held: float | None
    error: float
    detectable: float
    n: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared. `wins` are items on which the second run is better, `flips` the items on which they differ.

    `discordant` are items that one run alone has right; `mcnemar` takes items as independent, `sign_flip` takes
    articles: where there are fewer articles than items, only the latter holds.
    """

    kind: Kind
    n: int
    clusters: int
    unscored: tuple[int, int]
    drift: Drift
    changes: tuple[Change, ...]
    wins: int
    ties: int
    losses: int
    discordant: int
    mcnemar: float
    sign_flip: float
    flips: tuple[tuple[Outcome, Outcome], ...]


def drift(first: Sequence[Outcome], second: Sequence[Outcome]) -> Drift:
    """What keeps the runs from being paired."""
    one, other = ({item.id: item.digest for item in outcomes} for outcomes in (first, second))
    counts = (Counter(item.id for item in outcomes) for outcomes in (first, second))
    return Drift(
        missing=tuple(name for name in one if name not in other),
        added=tuple(name for name in other if name not in one),
        changed=tuple(name for name in one if name in other and one[name] != other[name]),
        doubled=tuple(sorted({name for count in counts for name, times in count.items() if times > 1})),
    )


def compare(
    first: Sequence[Outcome],
    second: Sequence[Outcome],
    kind: str,
    classes: Sequence[str] = (),
    *,
    primary: str = "",
    allow_drift: bool = False,
) -> Comparison:
    """The second run against the first, on the items that both have and both scored.

    Raises InputError where ids are missing, doubled, or stand for another item; with `allow_drift` only the items that
    are the same in both are compared. Doubled ids are never allowed.
    """
    found = drift(first, second)
    if found.doubled or (found and not allow_drift):
        raise InputError(_problem(found), hint="Compare runs over the same data, or say --allow-drift.")
    pairs = _pairs(first, second)
    scored = [(one, other) for one, other in pairs if not (one.fault or other.fault)]
    graded = [
        (before, after, pair)
        for pair in scored
        if (before := goodness(pair[0], Kind(kind), primary)) is not None
        and (after := goodness(pair[1], Kind(kind), primary)) is not None
    ]
    wins, losses = (
        sum(after > before for before, after, _ in graded),
        sum(after < before for before, after, _ in graded),
    )
    alone = [
        sum(after >= 1 > before for before, after, _ in graded),
        sum(before >= 1 > after for before, after, _ in graded),
    ]
    return Comparison(
        kind=Kind(kind),
        n=len(scored),
        clusters=len({one.cluster for one, _ in scored}),
        unscored=(sum(bool(one.fault) for one, _ in pairs), sum(bool(other.fault) for _, other in pairs)),
        drift=found,
        changes=changes(scored, Kind(kind), classes, primary),
        wins=wins,
        ties=len(graded) - wins - losses,
        losses=losses,
        discordant=sum(alone),
        mcnemar=paired.mcnemar(*alone),
        sign_flip=_sign_flip([(pair[0].cluster, after - before) for before, after, pair in graded]),
        flips=_flips(graded),
    )


def changes(
    pairs: Sequence[tuple[Outcome, Outcome]],
    kind: Kind,
    classes: Sequence[str] = (),
    primary: str = "",
    only: Collection[str] = (),
) -> tuple[Change, ...]:
    """Every figure of both sides of the pairs, or those named in `only`, the primary first."""
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    tables: dict[int, _Sides] = {}
    made = []
    for measure in measures(kind, classes, [*first, *second]):
        if only and measure.name not in only:
            continue
        # Many measures are functions of one table, which is drawn once for all of them.
        if id(measure.rows) not in tables:
            tables[id(measure.rows)] = _Sides(measure.rows(first), measure.rows(second), first)
        change = tables[id(measure.rows)].change(measure)
        if change is not None:
            made.append(change)
    made.sort(key=lambda change: change.name != primary)
    chief = {*headlines(kind), primary}
    held = paired.holm({one.name: one.p for one in made if one.name in chief and one.p is not None})
    return tuple(replace(one, held=held.get(one.name)) for one in made)


class _Sides:
    """The rows of both runs for the items that take part in both; resamples are drawn when first asked for."""

    def __init__(self, rows: Floats, others: Floats, items: Sequence[Outcome]) -> None:
        places = np.flatnonzero(~(np.isnan(rows).any(axis=1) | np.isnan(others).any(axis=1)))
        self.rows, self.others = rows[places], others[places]
        self.clusters = [items[int(at)].cluster for at in places]

    @cached_property
    def sums(self) -> tuple[Floats, Floats]:
        return resampling.by_cluster(self.rows, self.clusters), resampling.by_cluster(self.others, self.clusters)

    @cached_property
    def totals(self) -> tuple[Floats, Floats]:
        both = resampling.drawn_totals(np.hstack(self.sums))
        return both[:, : self.rows.shape[1]], both[:, self.rows.shape[1] :]

    @cached_property
    def places(self) -> list[NDArray[np.intp]]:
        return list(resampling.drawn_items(self.clusters))

    def change(self, measure: Measure) -> Change | None:
        """The measure of both sides; None where it is not defined on one."""
        if not len(self.rows):
            return None
        p = None
        if measure.how is How.ITEMS:
            before, after = float(measure.value(self.rows)), float(measure.value(self.others))
            sides = [(measure.value(self.rows[at]), measure.value(self.others[at])) for at in self.places]
            drawn = np.diff(np.array(sides, dtype=float), axis=1)[:, 0]
        else:
            figure = _as_array(measure)
            before, after = (float(figure(sums.sum(axis=0))) for sums in self.sums)
            drawn = figure(self.totals[1]) - figure(self.totals[0])
            p = paired.swapping(*self.sums, figure)
        if np.isnan(before) or np.isnan(after):
            return None
        error, n = paired.standard_error(drawn), len(self.rows)
        low, high = resampling.percentile(drawn)
        least = paired.detectable(error, n)
        return Change(measure.name, before, after, after - before, low, high, p, None, error, least, n)


def _as_array(measure: Measure) -> Callable[[Floats], Floats]:
    return lambda sums: np.asarray(measure.value(sums), dtype=float)


def _pairs(first: Sequence[Outcome], second: Sequence[Outcome]) -> list[tuple[Outcome, Outcome]]:
    others = {item.id: item for item in second}
    both = ((item, others[item.id]) for item in first if item.id in others)
    return [(one, other) for one, other in both if one.digest == other.digest]


def _sign_flip(differences: Sequence[tuple[str, float]]) -> float:
    if not differences:
        return 1.0
    rows = np.array([[value] for _, value in differences])
    return paired.sign_flip(resampling.by_cluster(rows, [cluster for cluster, _ in differences])[:, 0])


def _flips(graded: Sequence[tuple[float, float, tuple[Outcome, Outcome]]]) -> tuple[tuple[Outcome, Outcome], ...]:
    """The pairs whose goodness differs, what got worst first."""
    differing = sorted((item for item in graded if item[0] != item[1]), key=lambda item: item[1] - item[0])
    return tuple(pair for _, _, pair in differing)


def _problem(found: Drift) -> str:
    lines = found.lines()
    more = f", and {len(lines) - _NAMED} more" if len(lines) > _NAMED else ""
    return f"the runs are not over the same items: {'; '.join(lines[:_NAMED])}{more}"
