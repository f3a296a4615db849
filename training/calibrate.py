"""Fit the verifier's temperature on the calibration split, which nothing trained on.

    python -m training.calibrate MODEL TOKENIZER DATA [--target FILE]

DATA is what `training.build_data` wrote. Writes the temperature, the calibration error before and after, and for each
risk the lowest probability of support (and of contradiction) at which the verdict is wrong no oftener than that.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.batches import LABELS, load_tokenizer, rows
from training.models import load_model, probabilities
from training.rows import read_pairs
from training.scoring import calibration_error, wilson

RISKS = (0.01, 0.02, 0.05, 0.1)
LONGEST = 256
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def likelihood(logits: Floats, labels: Places, temperature: float) -> float:
    """Mean negative log-likelihood; of a NOT_SUPPORTED row, that it is refuted or silent."""
    spread = probabilities(logits, temperature)
    chosen = spread[np.arange(len(labels)), np.minimum(labels, 2)]
    either = spread[:, 1] + spread[:, 2]
    return float(-np.log(np.where(labels == 3, either, chosen) + 1e-12).mean())


def fit(logits: Floats, labels: Places) -> float:
    """The temperature with the least negative log-likelihood, by golden section between 0.3 and 5."""
    low, high, ratio = np.log(0.3), np.log(5.0), (5**0.5 - 1) / 2
    while high - low > 1e-4:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if likelihood(logits, labels, float(np.exp(left))) < likelihood(logits, labels, float(np.exp(right))):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def error(logits: Floats, labels: Places, temperature: float) -> float:
    """Expected calibration error over the rows that have one of three labels."""
    three = labels < 3
    spread = probabilities(logits[three], temperature)
    return calibration_error(spread.max(axis=1), spread.argmax(axis=1) == labels[three])


def thresholds(spread: Floats, labels: Places, column: int) -> dict[str, float | None]:
    """For each risk the lowest threshold on class `column` whose error, at Wilson's upper end, stays within it."""
    known = labels < 3 if column else np.ones(len(labels), dtype=bool)
    scores, right = spread[known, column], labels[known] == column
    order = np.argsort(-scores, kind="stable")
    wrong = np.cumsum(~right[order])
    found: dict[str, float | None] = dict.fromkeys(map(str, RISKS))
    for taken in range(20, len(order) + 1, 5):
        upper = wilson(int(wrong[taken - 1]), taken).high
        for risk in RISKS:
            if upper <= risk:
                found[str(risk)] = round(float(scores[order[taken - 1]]), 4)
    return found


def calibration(logits: Floats, labels: Sequence[int]) -> dict[str, object]:
    """Everything the file states."""
    places = np.array(labels)
    temperature = fit(logits, places)
    spread = probabilities(logits, temperature)
    return {
        "temperature": round(temperature, 4),
        "rows": len(places),
        "loss": [round(likelihood(logits, places, t), 4) for t in (1.0, temperature)],
        "ece": [round(error(logits, places, t), 4) for t in (1.0, temperature)],
        "supported_at_risk": thresholds(spread, places, 0),
        "contradicted_at_risk": thresholds(spread, places, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the verifier's temperature.")
    for name in ("model", "tokenizer", "data"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--target", type=Path, help="where to write; by default calibration.json beside the model")
    options = parser.parse_args()
    pairs = read_pairs(options.data / "calibration.jsonl.gz")
    made = rows(load_tokenizer(options.tokenizer), pairs, LONGEST)
    found = calibration(load_model(options.model)(made), [row.label for row in made])
    target = options.target or options.model.parent / "calibration.json"
    target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"{target}\n{json.dumps(found, indent=1)}\nclasses: {', '.join(LABELS[:3])}")


if __name__ == "__main__":
    main()
