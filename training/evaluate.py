"""Measure a verifier on the evaluation sets.

    python -m training.evaluate MODEL TOKENIZER [--data FOLDER] [--calibration FILE] [--sets NAME ...] [--json FILE]

MODEL is a checkpoint or an exported .npz; FOLDER holds `verification/*.jsonl.gz` (default as in `training.build_data`).
Long evidence is read in windows (`training.windows`); the window least likely to be silent gives the verdict, and for
sets that ask only "supported or not" the window likeliest to support. Nothing is cut: a claim that leaves no room for a
window within 512 word pieces is counted and said.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.batches import Row, joined, load_tokenizer
from training.build_data import data_folder
from training.models import Model, load_model, probabilities
from training.rows import read_json_lines
from training.scoring import Figure, balanced_accuracy, bootstrap, calibration_error, macro_f1, wilson
from training.windows import WINDOW, most_supported, strongest, windows

POSITIONS = 512
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """How a set is asked: classes "SR" (supported or refuted), "SRN", or "SX" (supported or not); its measure."""

    file: str
    classes: str
    measure: str
    rationale: bool = False


TASKS = {
    "fever_gold_dev": Task("fever_gold_dev", "SR", "accuracy"),
    "fever_symmetric_dev": Task("fever_symmetric_dev", "SR", "accuracy"),
    "fool_me_twice_dev": Task("fool_me_twice_dev", "SR", "accuracy"),
    "scifact_dev/rationale": Task("scifact_dev", "SRN", "macro_f1", rationale=True),
    "scifact_dev": Task("scifact_dev", "SRN", "macro_f1"),
    "check_covid_dev": Task("check_covid_dev", "SRN", "macro_f1"),
    "healthver_dev": Task("healthver_dev", "SRN", "macro_f1"),
    "cad_nli_dev": Task("cad_nli_dev", "SRN", "accuracy"),
    "semiauto_nli_test": Task("semiauto_nli_test", "SRN", "accuracy"),
    "wice_claim_oracle_dev": Task("wice_claim_oracle_dev", "SX", "balanced_accuracy"),
    "wice_claim_dev": Task("wice_claim_dev", "SX", "balanced_accuracy"),
    "attributionbench_dev": Task("attributionbench_dev", "SX", "balanced_accuracy"),
    "defacto_val": Task("defacto_val", "SX", "balanced_accuracy"),
    "citint_dev": Task("citint_dev", "SX", "balanced_accuracy"),
    "covidfact_dev": Task("covidfact_dev", "SR", "balanced_accuracy"),
    "nli4ct_dev": Task("nli4ct_dev", "SR", "balanced_accuracy"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one set. `false_supported` is the share of rows not supported that were called supported."""

    name: str
    n: int
    measure: str
    figure: Figure
    false_supported: Figure
    ece: float
    windows: int
    claims_cut: int


def texts(row: dict[str, Any], task: Task, titles: bool) -> list[tuple[str, str]]:
    """(title, text) of a row's evidence; the gold sentences where the task asks for them and the row has them."""
    if task.rationale and row["rationale"]:
        title = row["evidence"][0]["title"] if titles else ""
        return [(title, " ".join(row["rationale"]))]
    if isinstance(row["evidence"], str):
        return [("", row["evidence"])]
    return [(item["title"] if titles else "", item["text"]) for item in row["evidence"]]


def token_rows(tokenizer: Tokenizer, claim: str, evidence: list[tuple[str, str]]) -> tuple[list[Row], bool]:
    """A row for each window, and whether the claim had to be cut to leave room for one."""
    ids = tokenizer.encode(claim, add_special_tokens=False).ids
    room = POSITIONS - WINDOW - 3
    made = []
    for window in windows(tokenizer, evidence):
        joint, at = joined(tokenizer, ids[:room], window)
        made.append(Row(joint, at, 0))
    return made, len(ids) > room


def decide(shape: str, distributions: Floats) -> tuple[int, float, float]:
    """(class, confidence, probability of support) of one row; in "SX" class 1 is "not supported"."""
    if shape == "SX":
        support = float(most_supported(distributions)[0])
        said = 0 if most_supported(distributions).argmax() == 0 else 1
        return said, support if said == 0 else 1 - support, support
    one = strongest(distributions)
    if shape == "SR":
        one = np.array([one[0], one[1], 0.0]) / max(1e-12, one[0] + one[1])
    return int(one.argmax()), float(one.max()), float(one[0])


def gold_class(shape: str, label: str) -> int:
    """The place of a row's label among the classes of its task."""
    if label == "SUPPORTED":
        return 0
    return 1 if shape == "SX" or label == "REFUTED" else 2


def measured(name: str, task: Task, rows: Sequence[dict[str, Any]], model: Model, tokenizer: Tokenizer,
             temperature: float, titles: bool) -> Result:  # fmt: skip
    """The figures of one set."""
    made = [token_rows(tokenizer, str(row["claim"]), texts(row, task, titles)) for row in rows]
    flat = [row for own, _ in made for row in own]
    spread = np.split(probabilities(model(flat), temperature), np.cumsum([len(own) for own, _ in made])[:-1])
    decided = [decide(task.classes, one) for one in spread]
    said = np.array([one[0] for one in decided])
    gold = np.array([gold_class(task.classes, str(row["label"])) for row in rows])
    right = said == gold
    measure = {"macro_f1": macro_f1, "balanced_accuracy": balanced_accuracy}.get(task.measure)
    if measure is None:
        figure = wilson(int(right.sum()), len(rows))
    else:
        kept = measure
        figure = bootstrap(lambda at: kept(gold[at], said[at], len(task.classes)), len(rows))
    others = gold != 0
    wrong = wilson(int((said[others] == 0).sum()), int(others.sum()))
    ece = calibration_error(np.array([one[1] for one in decided]), right)
    return Result(name, len(rows), task.measure, figure, wrong, ece, len(flat), sum(cut for _, cut in made))


def table(results: Sequence[Result]) -> str:
    """The figures as a Markdown table."""
    lines = ["| set | n | measure | value [95 %] | false supported | ECE | windows |", "|---|---|---|---|---|---|---|"]
    for one in results:
        cut = f" ({one.claims_cut} claims cut)" if one.claims_cut else ""
        cells = (one.name, one.n, one.measure, one.figure, one.false_supported, f"{one.ece:.3f}", f"{one.windows}{cut}")
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a verifier on the evaluation sets.")
    parser.add_argument("model", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("--data")
    parser.add_argument("--calibration", type=Path, help="what training.calibrate wrote")
    parser.add_argument("--sets", nargs="*", choices=sorted(TASKS), default=list(TASKS))
    parser.add_argument("--rows", type=int, default=0, help="at most so many rows of each set (every k-th), for a look")
    parser.add_argument("--no-titles", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    temperature = json.loads(options.calibration.read_text())["temperature"] if options.calibration else 1.0
    model, tokenizer = load_model(options.model), load_tokenizer(options.tokenizer)
    results = []
    for name in options.sets:
        rows = list(read_json_lines(data_folder(options.data) / "verification" / f"{TASKS[name].file}.jsonl.gz"))
        rows = rows[:: -(-len(rows) // options.rows)] if options.rows else rows
        results.append(measured(name, TASKS[name], rows, model, tokenizer, temperature, not options.no_titles))
        print(table(results[-1:]).splitlines()[-1], flush=True)
    print("\n" + table(results))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in results], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
