"""Made-up outcomes and run folders for the tests of what is measured. Texts and names are our own."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.evaluation.records import Outcome, digest

LABELS = ("supported", "contradicted", "mixed", "not_enough_evidence")
DOMAINS = ("courts", "health", "local government", "sport")


def outcomes(count: int = 120, right: float = 0.8, seed: int = 1, articles: int = 12) -> list[Outcome]:
    """Verdicts on made-up claims, a share `right` of them right; the same items whatever the share."""
    return [_outcome(at, right, random.Random(f"{seed}-{at}"), articles) for at in range(count)]


def always(label: str, made: Sequence[Outcome]) -> list[Outcome]:
    """The same items, all answered with one label."""
    return [replace(item, predicted=label, probabilities={}, confidence=0.9) for item in made]


def of_the_item_before(made: Sequence[Outcome]) -> list[Outcome]:
    """The same items, each with the answer to the one before it."""
    return [replace(item, predicted=previous.predicted) for previous, item in zip((made[0], *made), made, strict=False)]


def run_folder(folder: Path, made: Sequence[Outcome], **told: Any) -> Path:
    """A run's folder as `checker eval run` leaves it."""
    folder.mkdir(parents=True)
    manifest = {
        "task": "verify",
        "kind": "verify",
        "engine": "embedded",
        "data": "claims.jsonl",
        "classes": list(LABELS),
        "primary": "macro_f1",
        "items": len(made),
        "data_digest": digest([item.digest for item in made]),
        "complete": True,
    }
    (folder / "run.json").write_text(json.dumps(manifest | told), encoding="utf-8")
    (folder / "samples.jsonl").write_text("".join(f"{item.line()}\n" for item in made), encoding="utf-8")
    return folder


def _outcome(at: int, right: float, chance: random.Random, articles: int) -> Outcome:
    gold = chance.choices(LABELS, (5, 3, 1, 2))[0]
    lucky, other = chance.random(), chance.choice([label for label in LABELS if label != gold])
    predicted = gold if lucky < right else other
    confidence = round(0.5 + 0.5 * chance.random() ** (0.5 if predicted == gold else 1.5), 4)
    rest = (1 - confidence) / (len(LABELS) - 1)
    return Outcome(
        id=f"{at % articles:02}-{at // articles:02}",
        cluster=f"draft-{at % articles:02}",
        digest=digest([at, gold]),
        gold=gold,
        predicted=predicted,
        confidence=confidence,
        probabilities={label: confidence if label == predicted else rest for label in LABELS},
        scores={"verbatim": 1.0, "evidence_f1": round(chance.random(), 3)},
        facts={
            "domain": DOMAINS[at % articles % len(DOMAINS)],
            "kind": ("quantity", "quote", "event")[at % 3],
            "difficulty": ("easy", "medium", "hard")[at % 3],
            "pair": f"pair-{at // 2}",
        },
        texts={
            "claim": f"The harbour board raised the toll by {at + 2} pence.",
            "evidence": "The toll rose by 9 pence.",
        },
    )
