"""What an engine for verification gives, and how its answer is brought to the classes of a set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from checker.evaluation.datasets.labels import NOT_SUPPORTED
from checker.evaluation.datasets.verification import Pair
from checker.evaluation.records import Usage
from checker.evaluation.tasks.task import EngineCard
from checker.model import Label

SUPPORTED, CONTRADICTED, OPEN = Label.SUPPORTED.value, Label.CONTRADICTED.value, Label.NOT_ENOUGH_EVIDENCE.value


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an engine says of a pair: a label of ours, or the fault that kept it from saying one."""

    label: str | None
    confidence: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    fault: str = ""


class Judge(Protocol):
    """Judges claims by the evidence that each comes with."""

    @property
    def card(self) -> EngineCard: ...

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair, in their order, each as soon as it is ready. No gold label is looked at."""


def first_of(classes: Sequence[str], *wished: str) -> str:
    """The first of `wished` that the set has; in two classes all that is not support is one."""
    for label in wished:
        if label in classes:
            return label
    return NOT_SUPPORTED if NOT_SUPPORTED in classes else wished[0]


def likeliest(classes: Sequence[str], supported: float, contradicted: float, silent: float) -> Judgement:
    """The likeliest class of a set, of three probabilities; a class that the set does not have is left out."""
    if NOT_SUPPORTED in classes:
        shares = {SUPPORTED: supported, NOT_SUPPORTED: 1 - supported}
    else:
        every = {SUPPORTED: supported, CONTRADICTED: contradicted, OPEN: silent}
        kept = {label: share for label, share in every.items() if label in classes} or every
        whole = sum(kept.values()) or 1.0
        shares = {label: share / whole for label, share in kept.items()}
    label = max(shares, key=lambda name: shares[name])
    return Judgement(label, round(shares[label], 6), {name: round(share, 6) for name, share in shares.items()})
