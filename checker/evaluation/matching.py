"""Spans that were found held against the spans that should have been found, in one document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.model import Span

_LEAST_IOU = 0.5
_LEAST_SHARE = 0.5
_NO_PAIR = 1e9
_TIE = 1e-6


@dataclass(frozen=True, slots=True)
class Matched:
    """How many spans are gold, how many were found, and how many of each have a counterpart.

    One to one, `gold_met` and `found_met` are equal. Counts of several documents are added before a ratio is taken.
    """

    gold: int
    found: int
    gold_met: int
    found_met: int

    @property
    def precision(self) -> float:
        return self.found_met / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.gold_met / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def iou(one: Span, other: Span) -> float:
    """The characters that two spans share over the characters that either has."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)


def best_pairs(
    gold: Sequence[Span],
    found: Sequence[Span],
    least: float = _LEAST_IOU,
    ties: Callable[[int, int], float] = lambda row, column: 0.0,
) -> tuple[tuple[int, int], ...]:
    """Places in `gold` and `found` paired one to one: as many pairs of IoU `least` or more as can be, then the best.

    `ties`, below 1, decides between pairs of the same spans.
    """
    weights = [[iou(one, other) for other in found] for one in gold]
    share = 1 / (1 + _TIE) / (1 + len(gold))
    costs = [
        [
            -1 - share * (weight + _TIE * ties(row, column)) if weight >= least else 0.0
            for column, weight in enumerate(line)
        ]
        for row, line in enumerate(weights)
    ]
    pairs = enumerate(_assignment(costs))
    return tuple((row, column) for row, column in pairs if column >= 0 and weights[row][column] >= least)


def matched(gold: Sequence[Span], found: Sequence[Span], least: float = _LEAST_IOU) -> Matched:
    """Counts of the best one-to-one matching."""
    pairs = len(best_pairs(gold, found, least))
    return Matched(len(gold), len(found), pairs, pairs)


def tolerant(gold: Sequence[Span], found: Sequence[Span], least: float = _LEAST_SHARE) -> Matched:
    """Counts where several may stand for one: a span is met where it and another share `least` of the shorter."""
    return Matched(len(gold), len(found), touched(gold, found, least), touched(found, gold, least))


def touched(spans: Sequence[Span], others: Sequence[Span], least: float = _LEAST_SHARE) -> int:
    """How many of `spans` share at least `least` of the shorter with one of `others`.

    Of the sentences with a claim it is their coverage; of the sentences without one, what leaked.
    """
    return sum(any(cover(span, other) >= least for other in others) for span in spans)


def cover(one: Span, other: Span) -> float:
    """The characters that two spans share over those of the shorter one."""
    return max(0, min(one.end, other.end) - max(one.start, other.start)) / min(len(one), len(other))


def _assignment(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row the column of the cheapest assignment, -1 for a row that gets none: the Hungarian method.

    Shortest augmenting paths with potentials, cubic in the number of spans. More rows than columns are turned round.
    """
    if not costs or not costs[0]:
        return [-1] * len(costs)
    if len(costs) > len(costs[0]):
        rows = _assignment(list(zip(*costs)))
        place = {row: column for column, row in enumerate(rows)}
        return [place.get(row, -1) for row in range(len(costs))]
    height, width = len(costs), len(costs[0])
    row_price, column_price = [0.0] * (height + 1), [0.0] * (width + 1)
    taken = [0] * (width + 1)  # the row that holds a column, counted from 1; 0 is free
    for row in range(1, height + 1):
        taken[0] = row
        way = _cheapest_way(costs, taken, row_price, column_price)
        column = way.pop()
        while column:
            before = way[column]
            taken[column] = taken[before]
            column = before
    result = [-1] * height
    for column in range(1, width + 1):
        if taken[column]:
            result[taken[column] - 1] = column - 1
    return result


def _cheapest_way(
    costs: Sequence[Sequence[float]], taken: list[int], row_price: list[float], column_price: list[float]
) -> list[int]:
    """The column before each column on the cheapest way to a free one, and that free column last.

    Column 0 stands for the row that looks for a place. The prices are brought up to date in place.
    """
    width = len(column_price)
    least, way, seen = [_NO_PAIR] * width, [0] * width, [False] * width
    here = 0
    while True:
        seen[here] = True
        row = taken[here]
        nearest, step = 0, _NO_PAIR
        for column in range(1, width):
            if seen[column]:
                continue
            reduced = costs[row - 1][column - 1] - row_price[row] - column_price[column]
            if reduced < least[column]:
                least[column], way[column] = reduced, here
            if least[column] < step:
                nearest, step = column, least[column]
        for column in range(width):
            if seen[column]:
                row_price[taken[column]] += step
                column_price[column] -= step
            else:
                least[column] -= step
        here = nearest
        if not taken[here]:
            return [*way, here]
