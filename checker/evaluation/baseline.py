"""The baseline file: what a suite came to when it was last looked at, and the bounds that a later run is held to.

JSON lines, kept in the repository. A suite has one line `"row": "suite"` (what was run, on which data, with which
prompts and weights), a line `"row": "figure"` for every figure, and a line `"row": "item"` for every item, so that a
later run is paired with it. `floor` is the worst value that passes (of a figure where less is better, the greatest);
`tolerance` is how much worse than `value` is still no loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

from checker.errors import InputError, UsageError
from checker.evaluation.figures import Figure, summary
from checker.evaluation.measures import INVARIANTS, Kind, headlines, lower_is_better
from checker.evaluation.records import Outcome

TOLERANCE = 0.015
_SLACK = 2  # a new floor lies so many tolerances below what was measured
_TOLD = ("task", "engine", "kind", "classes", "primary", "models", "prompts", "parameters", "data_digest", "checker")
_KEPT_FACTS = ("pair", "row")


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure as it was measured, and what a later run is held to; None where it is only told."""

    figure: Figure
    floor: float | None
    tolerance: float | None

    @property
    def name(self) -> str:
        return self.figure.name

    def broken_by(self, value: float) -> bool:
        """Whether a value is worse than the floor."""
        return self.floor is not None and loss(self.name, self.floor, value) > 1e-9


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite of a baseline: what was run, its bounds by figure, and its outcomes without their texts."""

    name: str
    told: Mapping[str, Any]
    bounds: Mapping[str, Bound]
    outcomes: tuple[Outcome, ...]

    @property
    def kind(self) -> Kind:
        return Kind(self.told["kind"])


def loss(name: str, before: float, after: float) -> float:
    """How much worse `after` is than `before`, of a figure of that name; negative where it is better."""
    return after - before if lower_is_better(name) else before - after


def suite_name(manifest: Mapping[str, Any]) -> str:
    """What a run is called in a baseline: the task, the data file, the engine, and the share that was drawn."""
    data = Path(str(manifest.get("data", ""))).name.partition(".")[0]
    share = f"{manifest['limit']}-seed{manifest.get('seed', 0)}" if manifest.get("limit") else ""
    return "-".join(part for part in (str(manifest["task"]), data, str(manifest["engine"]), share) if part)


def suite(
    manifest: Mapping[str, Any],
    outcomes: Sequence[Outcome],
    before: Suite | None = None,
    *,
    tolerance: float = TOLERANCE,
    lowered: Iterable[str] = (),
) -> Suite:
    """The suite that a run makes. A floor of `before` stays or rises; one that has to fall must be named in `lowered`.

    Raises UsageError naming the floors that the run is below and that were not named.
    """
    kind, names = Kind(manifest["kind"]), set(lowered)
    figures = summary(outcomes, kind, manifest.get("classes", ()), manifest.get("primary", ""))
    held = {*headlines(kind), str(manifest.get("primary", "")), *INVARIANTS, "unscored"}
    old = before.bounds if before is not None else {}
    below = [
        figure.name
        for figure in figures
        if figure.name in old and old[figure.name].broken_by(figure.value) and figure.name not in names
    ]
    gone = [name for name, bound in old.items() if bound.floor is not None and name not in _names(figures) | names]
    if below or gone:
        raise UsageError(
            f"{suite_name(manifest)} is below the floor of {' and '.join([*below, *gone])}",
            hint=f"To accept that, say {' '.join(f'--lower-floor {name}' for name in [*below, *gone])}.",
        )
    bounds = {
        figure.name: _bound(figure, None if figure.name in names else old.get(figure.name), tolerance)
        if figure.name in held
        else Bound(figure, None, None)
        for figure in figures
    }
    told = {name: manifest.get(name) for name in _TOLD}
    return Suite(suite_name(manifest), told, bounds, tuple(map(_bare, outcomes)))


def read_baseline(path: Path) -> dict[str, Suite]:
    """The suites of a baseline by name. Raises InputError for a file that cannot be read or a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), hint="Make it with --write-baseline.") from error
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            rows.setdefault(row["suite"], []).append(row)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"is no line of a baseline: {error}", where=f"{path}, line {number}") from error
    try:
        return {name: _suite(name, found) for name, found in rows.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"is not a baseline: {error}", where=str(path), hint="Restore it, or make it with --write-baseline."
        ) from error


def write_baseline(path: Path, suites: Mapping[str, Suite]) -> None:
    """Write the suites, so that the file is the old one or the whole new one."""
    lines = [line for name in sorted(suites) for line in _lines(suites[name])]
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    draft.replace(path)


def _bound(figure: Figure, old: Bound | None, tolerance: float) -> Bound:
    if figure.name in INVARIANTS:
        return Bound(figure, 1.0, 0.0)
    if old is not None and old.tolerance is not None:
        tolerance = old.tolerance
    lower = lower_is_better(figure.name)
    edge = figure.value + _SLACK * tolerance if lower else figure.value - _SLACK * tolerance
    edge = min(1.0, ceil(edge * 1e4) / 1e4) if lower else max(0.0, floor(edge * 1e4) / 1e4)
    if old is not None and old.floor is not None:
        edge = min(edge, old.floor) if lower else max(edge, old.floor)
    return Bound(figure, edge, tolerance)


def _names(figures: Iterable[Figure]) -> set[str]:
    return {figure.name for figure in figures}


def _bare(outcome: Outcome) -> Outcome:
    """What pairing and figures need of an outcome: no texts, no costs, no model's number in full."""
    return Outcome(
        id=outcome.id,
        cluster=outcome.cluster,
        digest=outcome.digest,
        gold=outcome.gold,
        predicted=outcome.predicted,
        fault=outcome.fault,
        confidence=outcome.confidence,
        probabilities=outcome.probabilities,
        scores=outcome.scores,
        facts={name: value for name, value in outcome.facts.items() if name in _KEPT_FACTS},
    )


def _lines(suite: Suite) -> Iterable[str]:
    yield _line({"suite": suite.name, "row": "suite", **suite.told})
    for bound in suite.bounds.values():
        figure = bound.figure
        values = {"value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n}
        limits = {"clusters": figure.clusters, "floor": bound.floor, "tolerance": bound.tolerance}
        yield _line({"suite": suite.name, "row": "figure", "name": figure.name, **values, **limits})
    for item in suite.outcomes:
        plain = {name: getattr(item, name) for name in ("id", "cluster", "digest", "gold", "predicted")}
        rest = {name: getattr(item, name) for name in ("fault", "confidence", "probabilities", "scores", "facts")}
        yield _line(
            {"suite": suite.name, "row": "item", **plain, **{name: value for name, value in rest.items() if value}}
        )


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _suite(name: str, rows: Sequence[Mapping[str, Any]]) -> Suite:
    told = next(row for row in rows if row["row"] == "suite")
    bounds = {}
    for row in rows:
        if row["row"] == "figure":
            values = {key: row[key] for key in ("name", "value", "low", "high", "n", "clusters")}
            bounds[row["name"]] = Bound(Figure(**values), row["floor"], row["tolerance"])
    items = (
        {key: value for key, value in row.items() if key not in ("suite", "row")}
        for row in rows
        if row["row"] == "item"
    )
    kept = {key: value for key, value in told.items() if key not in ("suite", "row")}
    return Suite(name, kept, bounds, tuple(Outcome(**item) for item in items))
