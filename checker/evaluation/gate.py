"""Whether a run is as good as the baseline: passes, has got worse, or does not tell.

Invariants first: a quotation that is not verbatim, an offset that does not hold, an answer of the wrong form, a
dropped or doubled item fail at once. Then the floors. Then every figure that has a tolerance is compared with the
baseline's own items, paired. An engine whose answers do not vary from run to run has got worse when it lost more than
the tolerance; of any other, the whole interval of the loss has to lie beyond it, and a loss in between is inconclusive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from checker.evaluation import paired
from checker.evaluation.baseline import Suite, loss
from checker.evaluation.compare import Change, Drift, changes, drift
from checker.evaluation.figures import UNSCORED, unscored, values
from checker.evaluation.invariants import broken, named, suspicions
from checker.evaluation.measures import INVARIANTS, lower_is_better, measures
from checker.evaluation.records import Outcome

_VARYING = ("prompted", "cascade")


class Gate(IntEnum):
    """What the gate says; the number is the exit status."""

    PASS = 0
    REGRESSION = 1
    INCONCLUSIVE = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the gate has to say of a suite, and what it comes to. A PASS is only told."""

    suite: str
    gate: Gate
    text: str


def decision(findings: Sequence[Finding]) -> Gate:
    """A regression outweighs what is inconclusive."""
    said = {finding.gate for finding in findings}
    return next((gate for gate in (Gate.REGRESSION, Gate.INCONCLUSIVE) if gate in said), Gate.PASS)


def judged_by(suite: Suite, manifest: Mapping[str, Any], outcomes: Sequence[Outcome]) -> list[Finding]:
    """What is to be said of a run of that suite."""
    wrong = broken(manifest, outcomes, suite.outcomes)
    wrong += [text for text in suspicions(outcomes) if text not in suspicions(suite.outcomes)]
    if wrong:
        return [Finding(suite.name, Gate.REGRESSION, text) for text in wrong]
    if not manifest.get("complete"):
        return [Finding(suite.name, Gate.INCONCLUSIVE, "the run is partial: run it to its end")]
    apart = drift(suite.outcomes, outcomes)
    if apart:
        return [Finding(suite.name, Gate.INCONCLUSIVE, _drifted(apart))]
    found = _floors(suite, outcomes) + _losses(suite, outcomes)
    return found + [Finding(suite.name, Gate.PASS, text) for text in _notes(suite, manifest)]


def _floors(suite: Suite, outcomes: Sequence[Outcome]) -> list[Finding]:
    bounds = [bound for bound in suite.bounds.values() if bound.floor is not None]
    names = {bound.name for bound in bounds}
    wanted = [one for one in measures(suite.kind, suite.told.get("classes") or (), outcomes) if one.name in names]
    known = values(wanted, outcomes) | {UNSCORED: unscored(outcomes).value}
    found = []
    for bound in bounds:
        value = known.get(bound.name)
        side = "above the ceiling" if lower_is_better(bound.name) else "below the floor"
        if value is None:
            found.append(Finding(suite.name, Gate.REGRESSION, f"{bound.name} can no longer be computed"))
        elif bound.broken_by(value):
            text = f"{bound.name} is {value:.4f}, {side} of {bound.floor or 0:.4f} (was {bound.figure.value:.4f})"
            found.append(Finding(suite.name, Gate.REGRESSION, text))
    return found


def _losses(suite: Suite, outcomes: Sequence[Outcome]) -> list[Finding]:
    """What each figure with a tolerance has lost, over the items that both sides scored."""
    now = {item.id: item for item in outcomes}
    pairs = [(item, now[item.id]) for item in suite.outcomes if not (item.fault or now[item.id].fault)]
    varying = suite.told.get("engine") in _VARYING
    found = []
    tolerated = {
        name: bound.tolerance
        for name, bound in suite.bounds.items()
        if bound.tolerance is not None and name not in INVARIANTS
    }
    classes = suite.told.get("classes") or ()
    for change in changes(pairs, suite.kind, classes, only=tolerated) if tolerated else ():
        finding = _loss(suite.name, change, tolerated[change.name], varying)
        if finding is not None:
            found.append(finding)
    return found


def _loss(name: str, change: Change, tolerance: float, varying: bool) -> Finding | None:
    lost = loss(change.name, change.first, change.second)
    if lost <= tolerance + 1e-9:
        return None
    least = min(loss(change.name, 0.0, change.low), loss(change.name, 0.0, change.high))
    text = (
        f"{change.name} went from {change.first:.4f} to {change.second:.4f}, a loss of {lost:.4f} where "
        f"{tolerance:.4f} is tolerated "
        f"(difference {change.difference:+.4f} [{change.low:+.4f}, {change.high:+.4f}], n {change.n})"
    )
    if not varying or least > tolerance:
        return Finding(name, Gate.REGRESSION, text)
    enough = paired.needed(change.error, change.n, lost - tolerance)
    return Finding(name, Gate.INCONCLUSIVE, f"{text}; about {enough} items would tell")


def _drifted(apart: Drift) -> str:
    parts = [
        f"{what} ({named(ids)})"
        for what, ids in (
            ("new items", apart.added),
            ("changed items", apart.changed),
            ("missing items", apart.missing),
        )
        if ids
    ]
    return f"the data are not those of the baseline: {'; '.join(parts)}. Look at the figures, then --write-baseline"


def _notes(suite: Suite, manifest: Mapping[str, Any]) -> list[str]:
    """What else is not as it was: not wrong by itself, and what a change of the figures may come from."""
    names = ("models", "prompts", "parameters", "checker")
    return [f"other {name} than the baseline's" for name in names if suite.told.get(name) != manifest.get(name)]
