"""The figures of a run: each with its interval, the number of items behind it and the number of articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from checker.evaluation import resampling
from checker.evaluation.columns import Floats
from checker.evaluation.intervals import clopper_pearson, design_effect, wilson
from checker.evaluation.measures import How, Kind, Measure, measures
from checker.evaluation.records import Outcome

UNSCORED = "unscored"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval, over `n` items of `clusters` articles."""

    name: str
    value: float
    low: float
    high: float
    n: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Efficiency:
    """What a run cost: sums over its items, and the seconds of the median item and of the slowest in twenty."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    seconds: float
    median_seconds: float
    p95_seconds: float
    n: int


def summary(
    outcomes: Sequence[Outcome], kind: str, classes: Sequence[str] = (), primary: str = ""
) -> tuple[Figure, ...]:
    """All figures that the outcomes of a kind of task allow, the primary first, the share that is unscored last.

    `classes` are the labels that averages are taken over (default: all that occur); `primary` puts another one first.
    """
    found = evaluated(measures(Kind(kind), classes, outcomes), outcomes)
    found.sort(key=lambda figure: figure.name != primary)
    return (*found, unscored(outcomes))


def unscored(outcomes: Sequence[Outcome]) -> Figure:
    """The share of outcomes that could not be scored. Each is neither right nor wrong: no other figure counts it."""
    faults = sum(bool(outcome.fault) for outcome in outcomes)
    low, high = clopper_pearson(faults, len(outcomes))
    articles = len({outcome.cluster for outcome in outcomes})
    return Figure(UNSCORED, faults / max(len(outcomes), 1), low, high, len(outcomes), articles)


def evaluated(wanted: Sequence[Measure], outcomes: Sequence[Outcome]) -> list[Figure]:
    """The figures of those measures that some outcome takes part in."""
    clusters = [outcome.cluster for outcome in outcomes]
    tables: dict[int, _Table] = {}
    found = []
    for measure in wanted:
        # Many measures are functions of one table, which is drawn once for all of them.
        if id(measure.rows) not in tables:
            tables[id(measure.rows)] = _Table(measure.rows(outcomes), clusters)
        figure = tables[id(measure.rows)].figure(measure)
        if figure is not None:
            found.append(figure)
    return found


def values(wanted: Sequence[Measure], outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The bare values of those measures by name, without an interval."""
    clusters = [outcome.cluster for outcome in outcomes]
    found = {measure.name: _Table(measure.rows(outcomes), clusters).value(measure) for measure in wanted}
    return {name: value for name, value in found.items() if not np.isnan(value)}


def efficiency(outcomes: Sequence[Outcome]) -> Efficiency:
    """What the outcomes cost."""
    used = [outcome.usage for outcome in outcomes]
    seconds = [one.seconds for one in used] or [0.0]
    return Efficiency(
        calls=sum(one.calls for one in used),
        input_tokens=sum(one.input_tokens for one in used),
        output_tokens=sum(one.output_tokens for one in used),
        cost_usd=sum(one.cost_usd for one in used),
        seconds=sum(one.seconds for one in used),
        median_seconds=float(np.quantile(seconds, 0.5)),
        p95_seconds=float(np.quantile(seconds, 0.95)),
        n=len(used),
    )


class _Table:
    """Rows with their clusters, those that take part; resampled totals are drawn when first asked for."""

    def __init__(self, rows: Floats, clusters: Sequence[str]) -> None:
        places = np.flatnonzero(~np.isnan(rows).any(axis=1))
        self.rows, self.clusters = rows[places], [clusters[int(at)] for at in places]
        self.n = len(places)

    @cached_property
    def sums(self) -> Floats:
        return resampling.by_cluster(self.rows, self.clusters)

    @cached_property
    def totals(self) -> Floats:
        return resampling.drawn_totals(self.sums)

    @cached_property
    def places(self) -> list[NDArray[np.int32]]:
        """The items of each resample."""
        # In the order of the values, so that putting a resample in order is nearly free.
        order = np.lexsort((-self.rows).T)
        names = [self.clusters[int(at)] for at in order]
        return [order[drawn].astype(np.int32) for drawn in resampling.drawn_items(names)]

    def value(self, measure: Measure) -> float:
        """The measure of these rows; NaN where it is not defined on them."""
        if not self.n:
            return float("nan")
        return float(measure.value(self.rows if measure.how is How.ITEMS else self.sums.sum(axis=0)))

    def figure(self, measure: Measure) -> Figure | None:
        """The measure of these rows; None where it is not defined on them."""
        value = self.value(measure)
        if np.isnan(value):
            return None
        low, high = self._interval(measure)
        return Figure(measure.name, value, low, high, self.n, len(self.sums))

    def _interval(self, measure: Measure) -> tuple[float, float]:
        if measure.how is How.ITEMS:
            drawn = [measure.value(self.rows[places]) for places in self.places]
            return resampling.percentile(np.array(drawn, dtype=float))
        if measure.how is How.TOTALS:
            return resampling.percentile(np.asarray(measure.value(self.totals)))
        hits, trials = self.sums[:, 0], self.sums[:, 1]
        # Claims of one article are alike: so many of them are worth fewer that are not.
        worth = 1 / design_effect(hits, trials)
        interval = wilson if measure.how is How.WILSON else clopper_pearson
        return interval(float(hits.sum()) * worth, float(trials.sum()) * worth)
