"""Timings of one thing done many times."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds of each run of what `name` says; a run does `each` things."""

    name: str
    seconds: tuple[float, ...]
    each: int = 1

    def __str__(self) -> str:
        median, high = statistics.median(self.seconds), percentile(self.seconds, 0.95)
        line = f"{self.name:<58} n {len(self.seconds):>5}  median {_written(median)}  p95 {_written(high)}"
        line += f"  least {_written(min(self.seconds))}"  # what other work on the machine adds to least
        return line if self.each == 1 else f"{line}  {self.each / median:7.1f} a second"


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that `share` of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(name: str, work: Callable[[T], object], inputs: Iterable[T], *, each: int = 1) -> Timings:
    """How long `work` takes on each of `inputs`, which hold `each` things."""
    seconds = []
    for item in inputs:
        start = time.perf_counter()
        work(item)
        seconds.append(time.perf_counter() - start)
    return Timings(name, tuple(seconds), each)


def _written(seconds: float) -> str:
    return f"{seconds * 1000:9.2f} ms"
