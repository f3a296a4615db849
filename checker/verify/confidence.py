"""A verdict's own figure becomes the probability that its label is right, and verdicts that are too unsure stay open.

`training/fit_confidence.py` fits the curves on labelled claims; `confidence.json` says on which, and how many of each
kind there were. The ones that stand there now are set by hand, with n = 0.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from checker.model import Basis, Label, ReasonCode, Verdict

_UNFITTED = (0.0, 0.0)
_EDGE = 0.01


def calibrated(verdict: Verdict, max_risk: float | None) -> Verdict:
    """The verdict with a probability for its raw figure; where that risks more than `max_risk`, open in its place."""
    sure = replace(verdict, confidence=probability(verdict.label, verdict.basis, verdict.confidence))
    decided = verdict.label is not Label.NOT_ENOUGH_EVIDENCE
    if max_risk is None or not decided or sure.confidence >= 1 - max_risk:
        return sure
    return replace(
        sure,
        label=Label.NOT_ENOUGH_EVIDENCE,
        reasons=(ReasonCode.UNSURE, *sure.reasons),
        suggestion=None,
        justification=f"It would be {verdict.label.replace('_', ' ')} with a confidence of {sure.confidence:.2f}, "
        f"less than the {1 - max_risk:.2f} asked for. {verdict.justification}",
    )


def probability(label: Label, basis: Basis, raw: float) -> float:
    """The probability that `label` is right, for a raw figure in 0..1 of a verdict that rests on `basis`."""
    intercept, slope = curves().get(f"{label}/{basis}", _UNFITTED)
    return round(1 / (1 + math.exp(-(intercept + slope * logit(raw)))), 3)


def logit(share: float) -> float:
    """The log odds of a share, kept off the ends."""
    inside = min(1 - _EDGE, max(_EDGE, share))
    return math.log(inside / (1 - inside))


@cache
def curves() -> Mapping[str, tuple[float, float]]:
    """(intercept, slope) on the log odds of the raw figure, by "label/basis"."""
    card = json.loads((files("checker.verify") / "confidence.json").read_text(encoding="utf-8"))
    return {key: (row["intercept"], row["slope"]) for key, row in card["curves"].items()}
