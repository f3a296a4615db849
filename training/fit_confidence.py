"""Fit what `checker.verify.confidence` makes of a verdict's raw figure: one curve for each label and basis.

    python -m training.fit_confidence OUTCOMES.jsonl...

A line is `{label, basis, raw, right}`: a verdict of the embedded engine on a labelled claim, its raw figure, and
whether the label was right. Logistic curves on the log odds of the raw figure, drawn towards the rate of their label by
a few imagined claims, and level where there are too few real ones.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from checker.model import Basis, Label
from checker.verify.confidence import logit

TARGET = Path(__file__).parent.parent / "checker" / "verify" / "confidence.json"
LEAST_FOR_A_SLOPE = 30
IMAGINED = 4.0
"""Claims at the label's own rate that every curve starts from."""

PAIRS = (
    *((Label.SUPPORTED, basis) for basis in (Basis.WORDS, Basis.MEANING, Basis.TOGETHER, Basis.QUOTATION)),
    *((Label.CONTRADICTED, basis) for basis in (Basis.CHECK, Basis.MEANING, Basis.QUOTATION)),
    *((Label.MIXED, basis) for basis in (Basis.CHECK, Basis.MEANING, Basis.QUOTATION)),
    *((Label.NOT_ENOUGH_EVIDENCE, basis) for basis in (Basis.ABSENCE, Basis.QUOTATION)),
)


def curve(raw: list[float], right: list[bool], prior: float) -> tuple[float, float]:
    """(intercept, slope) for verdicts with these raw figures; `prior` is how often the label is right."""
    if len(raw) < LEAST_FOR_A_SLOPE:
        rate = (sum(right) + IMAGINED * prior) / (len(right) + IMAGINED)
        return logit(rate), 0.0
    x, y = np.array([logit(value) for value in raw]), np.array(right, dtype=float)

    def loss(parameters: np.ndarray) -> float:
        z = parameters[0] + parameters[1] * x
        real = np.logaddexp(0, z) - y * z
        at = parameters[0] + parameters[1] * x.mean()
        imagined = IMAGINED * (np.logaddexp(0, at) - prior * at)
        return float(real.sum() + imagined + 0.5 * parameters[1] ** 2)

    found = minimize(loss, np.array([logit(prior), 0.0]), bounds=[(None, None), (0.0, None)])
    return float(found.x[0]), float(found.x[1])


def fitted(rows: list[dict[str, object]]) -> dict[str, dict[str, float]]:
    """A curve for every label and basis that the engine makes."""
    by_label: defaultdict[str, list[bool]] = defaultdict(list)
    by_pair: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        by_label[str(row["label"])].append(bool(row["right"]))
        by_pair[f"{row['label']}/{row['basis']}"].append((float(str(row["raw"])), bool(row["right"])))
    curves = {}
    for label, basis in PAIRS:
        every, own = by_label[str(label)], by_pair[f"{label}/{basis}"]
        prior = (sum(every) + 1) / (len(every) + 2)
        intercept, slope = curve([raw for raw, _ in own], [right for _, right in own], prior)
        curves[f"{label}/{basis}"] = {
            "intercept": round(intercept, 4), "slope": round(slope, 4), "n": len(own), "right": sum(r for _, r in own)
        }  # fmt: skip
    return curves


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the confidence of the embedded engine's verdicts.")
    parser.add_argument("outcomes", type=Path, nargs="+")
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.outcomes for line in path.read_text(encoding="utf-8").splitlines()]
    names = sorted(path.stem for path in options.outcomes)
    card = {"fitted_on": names, "verdicts": len(rows), "curves": fitted(rows)}
    TARGET.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card, indent=1))


if __name__ == "__main__":
    main()
