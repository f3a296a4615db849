"""How good one outcome is by itself, 0..1: what wins and losses are counted by, and errors are ordered by."""

from __future__ import annotations

from collections.abc import Sequence

from checker.evaluation.columns import judged
from checker.evaluation.matching import Matched
from checker.evaluation.measures import Kind
from checker.evaluation.records import Outcome
from checker.model import Label

_OF_RETRIEVAL = ("recall@10", "ndcg@10")


def goodness(outcome: Outcome, kind: Kind, primary: str = "") -> float | None:
    """1 for the best that an item can be, 0 for the worst; None where it has no answer that can be good or bad.

    A verdict is right or wrong; a query has its own primary score; a document the F1 of its spans.
    """
    if not judged(outcome):
        return None
    if kind is Kind.RETRIEVE:
        names = (primary, *_OF_RETRIEVAL)
        return next((outcome.scores[name] for name in names if name in outcome.scores), float(outcome.right))
    if kind is Kind.EXTRACT:
        counts = [int(outcome.scores.get(name, 0)) for name in ("n_gold", "n_found", "n_matched")]
        found = Matched(counts[0], counts[1], counts[2], counts[2])
        return found.f1 if found.gold or found.found else 1.0
    return float(outcome.right)


def worst(outcomes: Sequence[Outcome], kind: Kind, limit: int = 30, primary: str = "") -> tuple[Outcome, ...]:
    """What is furthest from right first; of what is equally wrong, the most confident first.

    Of equally confident ones, what was wrongly called supported comes before the rest.
    """
    graded = [(value, item) for item in outcomes if (value := goodness(item, kind, primary)) is not None and value < 1]
    graded.sort(key=lambda pair: (pair[0], -(pair[1].confidence or 0.0), pair[1].predicted != Label.SUPPORTED))
    return tuple(item for _, item in graded[:limit])
