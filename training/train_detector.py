"""Train, calibrate, measure and store the claim detector of the package.

    python -m training.train_detector [TARGET] [--data FOLDER] [--cache FILE] [--seed N]

TARGET is the weights' file (by default the one in the package); its card is written beside it. FOLDER holds
`extraction/*.jsonl.gz`; by default it is $CHECKER_DATA, else `../shared/data`. The package's own encoder makes the
vectors, which `--cache` keeps; with them a run takes under a minute on one core. The same input and seed give the same
weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from torch.nn import functional as F

from checker.embedded import RememberingEncoder, SentenceEncoder
from checker.embedded.cues import CUES, cues
from checker.embedded.detector import CLASSES, inputs, outputs, probabilities
from checker.embedded.encoder import NAME
from training.build_data import MANIFEST, data_folder
from training.detector_rows import Row, measuring_rows, training_rows
from training.scoring import Figure, bootstrap, calibration_error, wilson

WEIGHTS = Path(__file__).parent.parent / "checker" / "embedded" / "weights" / "detector.npz"
HIDDEN, DROP, EPOCHS, BATCH, RATE, DECAY = 64, 0.3, 25, 256, 1e-3, 0.05
CLASS_SHARE = 0.5
"""Weight of a sentence's class in the loss beside its check-worthiness."""
SHARES = {"own": 3.0, "factcheck_bench": 1.0, "factcheck_bench_claims": 0.4}
NOT_WORTH_SHARE = 0.6
"""Of debate sentences not worth checking: they are six to one, and a missed claim is worse than an extra one."""
DRAFTS = ("own", "factcheck_bench")
"""The sets whose held-out rows the score is calibrated on: sentences as they are written, not as they are spoken."""
Floats = NDArray[np.float32]
Parts = dict[str, Floats]


@dataclass(frozen=True)
class Table:
    """Rows with what the detector reads of them."""

    rows: list[Row]
    vectors: Floats
    told: Floats

    @property
    def worth(self) -> NDArray[np.bool_]:
        return np.array([row.worth for row in self.rows])

    @property
    def allowed(self) -> NDArray[np.bool_]:
        return np.array([[kind in row.allowed for kind in CLASSES] for row in self.rows])

    def where(self, split: str, source: str | None = None) -> NDArray[np.int64]:
        """Places of the rows of a split, and of one source where it is named."""
        chosen = [row.split == split and source in (None, row.source) for row in self.rows]
        return np.flatnonzero(np.array(chosen))


def tabled(rows: list[Row], cache: Path) -> Table:
    """The rows with their vectors, made by the package's encoder or taken from `cache`, and their cues."""
    encoder = RememberingEncoder(SentenceEncoder(), cache)
    texts = [row.text for row in rows]
    vectors = [encoder.encode(texts[at : at + 1000]) for at in range(0, len(texts), 1000)]
    return Table(rows, np.vstack(vectors), cues(texts))


def permitted(rows: list[Row], manifest: Path = MANIFEST) -> list[Row]:
    """The rows as they are; ValueError where one is of a set that may not train."""
    sets = tomllib.loads(manifest.read_text(encoding="utf-8"))["set"]
    names = {entry["name"] for entry in sets if entry["trains"] and entry.get("model") == "detector"}
    other = sorted({row.source for row in rows} - names)
    if other:
        raise ValueError(f"{other[0]}: not among the sets that may train (training/data.toml)")
    return rows


def trained(table: Table, seed: int) -> Parts:
    """The weights after training on the split "train", not calibrated yet."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    places = table.where("train")
    scaling = {"cues.mean": table.told[places].mean(axis=0), "cues.scale": table.told[places].std(axis=0) + 1e-3}
    read = torch.tensor(inputs(scaling, table.vectors, table.told))
    allowed, worth = torch.tensor(table.allowed), torch.tensor(table.worth, dtype=torch.float32)
    share = torch.tensor([_share(row) for row in table.rows], dtype=torch.float32)
    hidden, final = torch.nn.Linear(read.shape[1], HIDDEN), torch.nn.Linear(HIDDEN, len(CLASSES) + 1)
    weights = [*hidden.parameters(), *final.parameters()]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(places) // BATCH + 1)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        order = torch.tensor(chance.permutation(places))
        for batch in order.split(BATCH):
            x = F.dropout(read[batch], DROP)
            made = final(F.dropout(F.relu(hidden(x)), DROP))
            loss = (share[batch] * _loss(made, allowed[batch], worth[batch])).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rate.step()
    named = {"hidden": hidden, "final": final}
    kept = {f"{name}.weight": layer.weight.detach().numpy() for name, layer in named.items()}
    kept |= {f"{name}.bias": layer.bias.detach().numpy() for name, layer in named.items()}
    # Stored as float16: the weights that are measured are the ones that ship.
    return {name: part.astype(np.float16).astype(np.float32) for name, part in (scaling | kept).items()}


def _share(row: Row) -> float:
    return SHARES.get(row.source, 1.0 if row.worth else NOT_WORTH_SHARE)


def _loss(made: torch.Tensor, allowed: torch.Tensor, worth: torch.Tensor) -> torch.Tensor:
    """Loss of each row: that one of the allowed classes is likely, and that the check-worthiness is right."""
    kinds = torch.log_softmax(made[:, :-1], dim=1).masked_fill(~allowed, -1e9)
    return F.binary_cross_entropy_with_logits(made[:, -1], worth, reduction="none") - CLASS_SHARE * torch.logsumexp(
        kinds, dim=1
    )


def calibrated(weights: Parts, table: Table) -> Parts:
    """The weights with what fits the split "calibration" best: a temperature for the classes, and for the
    check-worthiness a temperature and an offset, which are those of drafts: debates have far fewer claims.
    """
    places = table.where("calibration")
    made = torch.tensor(outputs(weights, table.vectors[places], table.told[places]), dtype=torch.float64)
    allowed, worth = torch.tensor(table.allowed[places]), torch.tensor(table.worth[places], dtype=torch.float64)
    drafts = torch.tensor([table.rows[at].source in DRAFTS for at in places])

    def kinds(at: float) -> float:
        spread = torch.log_softmax(made[:, :-1] / at, dim=1).masked_fill(~allowed, -1e9)
        return float(-torch.logsumexp(spread, dim=1).mean())

    def worths(pair: tuple[float, float]) -> float:
        score = made[drafts, -1] / pair[0] + pair[1]
        return float(F.binary_cross_entropy_with_logits(score, worth[drafts]))

    temperatures, offsets = np.exp(np.linspace(-1.2, 1.2, 97)), np.linspace(-1, 3, 81)
    best = min(((one, two) for one in temperatures for two in offsets), key=worths)
    found = {"calibration.classes": [min(temperatures, key=kinds)], "calibration.worth": best}
    # Rounded as they are stored, so that what is measured is what ships.
    return weights | {name: np.array(part, dtype=np.float16).astype(np.float32) for name, part in found.items()}


def scores(weights: Parts, table: Table, places: NDArray[np.int64]) -> NDArray[np.float64]:
    """The check-worthiness of the rows at `places`, as the package gives it."""
    made = outputs(weights, table.vectors[places], table.told[places])
    return probabilities(made, weights)[1].astype(np.float64)


def store(path: Path, weights: Parts) -> None:
    """Store the weights as float16; equal weights, equal bytes."""
    with path.open("wb") as file:
        np.savez(file, **{name: weights[name].astype(np.float16) for name in sorted(weights)})  # type: ignore[arg-type]


def measured(weights: Parts, table: Table, places: NDArray[np.int64], threshold: float = 0.5) -> dict[str, str]:
    """F1, precision, recall, AUROC and calibration error of check-worthiness over `places`, with 95 % intervals."""
    score = scores(weights, table, places)
    gold, said = table.worth[places], score >= threshold

    def f1(at: NDArray[np.int64]) -> float:
        hits = (gold[at] & said[at]).sum()
        return float(2 * hits / max(gold[at].sum() + said[at].sum(), 1))

    def area(at: NDArray[np.int64]) -> float:
        return float(roc_auc_score(gold[at], score[at])) if 0 < gold[at].sum() < len(at) else float("nan")

    hits = int((gold & said).sum())
    return {
        "n": str(len(places)),
        "worth checking": str(int(gold.sum())),
        "threshold": f"{threshold:.2f}",
        "f1": str(bootstrap(f1, len(places))),
        "precision": str(wilson(hits, int(said.sum()))),
        "recall": str(wilson(hits, int(gold.sum()))),
        "auroc": str(bootstrap(area, len(places))),
        "calibration error": f"{calibration_error(score, gold):.3f}",
    }


def best_threshold(weights: Parts, table: Table, places: NDArray[np.int64]) -> float:
    """The threshold of the best F1 over `places`, which must be none that are reported."""
    score, gold = scores(weights, table, places), table.worth[places]
    grid = np.linspace(0.05, 0.95, 91)
    return float(max(grid, key=lambda at: 2 * (gold & (score >= at)).sum() / (gold.sum() + (score >= at).sum())))


def class_figure(weights: Parts, table: Table) -> Figure:
    """The share of our own held-out sentences whose class is right."""
    places = table.where("test", "own")
    said = outputs(weights, table.vectors[places], table.told[places])[:, :-1].argmax(axis=1)
    right = table.allowed[places][np.arange(len(places)), said]
    return wilson(int(right.sum()), len(places))


def report(weights: Parts, table: Table) -> dict[str, object]:
    """Every figure: held-out rows of the sets that train, and the set that only measures."""
    debates = best_threshold(weights, table, table.where("calibration", "claimbuster_two"))
    found: dict[str, object] = {
        f"{name} (held out)": measured(weights, table, table.where("test", name))
        for name in sorted({row.source for row in table.rows if row.split == "test"})
    }
    chosen = measured(weights, table, table.where("test", "claimbuster_two"), debates)
    found["claimbuster_two (held out), threshold of the calibration rows"] = chosen
    found["policlaim (never trained on)"] = measured(weights, table, table.where("measure"))
    found["own, class right"] = str(class_figure(weights, table))
    found["rows"] = dict(sorted(Counter(f"{row.source} {row.split}" for row in table.rows).items()))
    found["calibration"] = {name: [float(x) for x in weights[f"calibration.{name}"]] for name in ("classes", "worth")}
    return found


def card(path: Path, figures: dict[str, object], seed: int, manifest: Path = MANIFEST) -> dict[str, object]:
    """What has to be known of the weights at `path`: what they are, what trained them, what was measured."""
    sets = [entry for entry in tomllib.loads(manifest.read_text(encoding="utf-8"))["set"] if "model" in entry]
    return {
        "model": f"claim detector: one hidden layer of {HIDDEN} over a sentence's vector and {len(CUES)} cues; English",
        "says": "the likeliest of the classes, and a check-worthiness in 0..1 calibrated on drafts",
        "classes": list(CLASSES),
        "encoder": NAME,
        "file": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "bytes": path.stat().st_size,
        "stored as": "float16",
        "run by": "checker.embedded.detector, numpy in float32",
        "made by": f"python -m training.train_detector --seed {seed}",
        "licence": "Apache-2.0 for the weights",
        "data": [
            {key: entry[key] for key in ("name", "address", "licence", "rows", "trains", "remark")} for entry in sets
        ],
        "figures": figures,
        "never alone": "it takes claims away only where a sentence has no number, date, name or quotation",
        "known leanings": "most rows are debate speech before 2017; what is not checked there may be checked elsewhere",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the claim detector.")
    parser.add_argument("target", type=Path, nargs="?", default=WEIGHTS)
    parser.add_argument("--data")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "detector-vectors.sqlite")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = data_folder(options.data)
    table = tabled([*permitted(training_rows(data)), *measuring_rows(data)], options.cache)
    weights = calibrated(trained(table, options.seed), table)
    store(options.target, weights)
    described = card(options.target, report(weights, table), options.seed)
    text = json.dumps(described, indent=1, ensure_ascii=False)
    options.target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
