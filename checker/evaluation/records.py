"""What one item of a dataset came to in one run: the line of a log, and all that a figure is computed from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Usage:
    """What an item cost: calls to a model, tokens in and out, US dollars, seconds."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an item came to. Exactly one of `predicted` and `fault` is set: what could not be scored is not wrong.

    `id` is stable over runs and `digest` covers everything of the item that the answer may depend on, gold included,
    so that two runs can be paired and a changed item is seen. `cluster` is the article (or document) the item comes
    from: intervals are drawn over clusters. `scores` are the item's own figures in 0..1 by name ("right", "verbatim",
    "overlap"...), `probabilities` are by label, `facts` are what tables are split by (domain, kind, difficulty...),
    `texts` are what a reader of the errors needs (claim, evidence, justification).
    """

    id: str
    cluster: str
    digest: str
    gold: str
    predicted: str | None = None
    fault: str = ""
    confidence: float | None = None
    probabilities: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    usage: Usage = Usage()

    def __post_init__(self) -> None:
        if (self.predicted is None) != bool(self.fault):
            raise ValueError(f"item {self.id} has the prediction {self.predicted!r} and the fault {self.fault!r}")

    @property
    def right(self) -> bool:
        return self.predicted == self.gold

    def line(self) -> str:
        """One line of JSON, keys sorted."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def read_outcome(line: str) -> Outcome:
    """The outcome that `Outcome.line` wrote."""
    row = json.loads(line)
    return Outcome(**(row | {"usage": Usage(**row["usage"])}))


def digest(value: object) -> str:
    """A digest of anything that JSON can say; the same value gives the same digest whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
