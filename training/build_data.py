"""Build the verifier's training, watch and calibration pairs from the public sets named in `training/data.toml`.

    python -m training.build_data TARGET [--data FOLDER] [--seed N]

FOLDER holds `train/pairs.jsonl.gz`; by default it is $CHECKER_DATA, else `../shared/data`. Our own pairs come besides
(`training/own`). The same input and seed give the same files. Only sets whose manifest entry says `trains = true` are
read; any other source is an error.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tomllib
from collections import Counter
from pathlib import Path

from training.own import own_pairs
from training.rows import Pair, given, held_out, read_json_lines, write_pairs
from training.silence import distracted_pairs, removed_pairs, shortened, silent_pairs
from training.swaps import denial, names_in, variants

MANIFEST = Path(__file__).parent / "data.toml"
HELD_OUT = {"calibration": 0.04, "watch": 0.01}
OWN_HELD_OUT = {"calibration": 0.12, "watch": 0.03}
"""More of our own pairs: they are few, and nearest to what the verifier reads in use."""
SILENT_RATE = {"fever/dev_verifiable": 0.45, "feverous/dev": 0.6, "check_covid/train": 0.3, "scifact/train": 0.3}
SILENT_RATE |= {"defacto/train": 0.3, "semiauto_nli/train": 0.06, "citint/train": 0.2}
DISTRACTED_RATE = {"fever/dev_verifiable": 0.2, "semiauto_nli/train": 0.12, "check_covid/train": 0.4, "q2/all": 0.3}
REMOVED_RATE = {"fever/dev_verifiable": 0.08, "scifact/train": 0.3, "defacto/train": 0.3, "summedits/all": 0.05}
DENIAL_RATE = {"fever/dev_verifiable": 0.4, "feverous/dev": 0.4, "semiauto_nli/train": 0.3, "check_covid/train": 0.4}
DENIAL_RATE |= {"scifact/train": 0.4}
SWAP_RATE = {
    "fever/dev_verifiable": 1.0,
    "semiauto_nli/train": 0.8,
    "feverous/dev": 1.0,
    "check_covid/train": 1.0,
    "scifact/train": 1.0,
    "citint/train": 0.5,
    "defacto/train": 1.0,
    "nli_benchmarks/mnli_m_dev": 0.5,
    "begin/test_wow": 0.5,
    "conjnli/dev": 1.0,
    "q2/all": 0.5,
}
OWN_RATE = 0.15
"""Of our own passages, which hold near misses and silence already: how many are set beside another, and how many claims
are held against another."""


def data_folder(argument: str | None) -> Path:
    """The folder of the public sets."""
    return Path(argument or os.environ.get("CHECKER_DATA") or Path(__file__).parent.parent.parent / "shared" / "data")


def training_shares(manifest: Path = MANIFEST) -> dict[str, float]:
    """How often an epoch meets a row of each set that may train."""
    sets = tomllib.loads(manifest.read_text(encoding="utf-8"))["set"]
    return {entry["name"]: entry.get("share", 1.0) for entry in sets if entry["trains"] and "model" not in entry}


def permitted(data: Path, shares: dict[str, float]) -> list[Pair]:
    """The rows of the sets that may train; ValueError for a row of any other."""
    pairs = []
    for row in read_json_lines(data / "train" / "pairs.jsonl.gz"):
        if row["source"] not in shares or row.get("tier") != "A":
            raise ValueError(f"{row['source']}: not among the sets that may train (training/data.toml)")
        pairs.append(given(row, shares[str(row["source"])]))
    return pairs


def near_misses(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """Swapped pairs of every set, from its supported ones."""
    by_source: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.label == "SUPPORTED" and pair.source in SWAP_RATE:
            by_source.setdefault(pair.source, []).append(pair)
    made: list[Pair] = []
    for source in sorted(by_source):
        names = names_in([pair.evidence for pair in by_source[source]])
        for pair in by_source[source]:
            if chance.random() < SWAP_RATE[source]:
                found = variants(pair, names, chance)
                made.extend(chance.sample(found, min(2, len(found))))
    return made


def denials(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """Denied claims that hold, from the refuted ones of every set."""
    refuted = [pair for pair in pairs if pair.label == "REFUTED"]
    drawn = [pair for pair in refuted if chance.random() < DENIAL_RATE.get(pair.source, 0)]
    return [made for made in map(denial, drawn) if made is not None]


def enriched(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """`pairs` and everything made from them, windows for long evidence, each text once."""
    made = near_misses(pairs, chance) + denials(pairs, chance)
    for rates, maker in (
        (SILENT_RATE, silent_pairs),
        (DISTRACTED_RATE, distracted_pairs),
        (REMOVED_RATE, removed_pairs),
    ):
        ours = dict.fromkeys({pair.source for pair in pairs if pair.source.startswith("own/")}, OWN_RATE)
        for source, rate in sorted((rates | ours).items()):
            own = [pair for pair in pairs if pair.source == source]
            if own:
                made.extend(maker(own, round(rate * len(own)), chance))
    seen: set[tuple[str, str]] = set()
    unique = []
    for pair in map(shortened, [*pairs, *made]):
        key = (pair.claim, pair.evidence)
        if key not in seen and pair.claim and pair.evidence:
            seen.add(key)
            unique.append(pair)
    return unique


def build(data: Path, target: Path, seed: int) -> dict[str, object]:
    """Write the three splits under `target` and return their counts."""
    target.mkdir(parents=True, exist_ok=True)
    shares = training_shares()
    public, own = held_out(permitted(data, shares), HELD_OUT), held_out(own_pairs(shares), OWN_HELD_OUT)
    split = {name: [*public[name], *own[name]] for name in public}
    counts: dict[str, object] = {}
    for name, pairs in split.items():
        made = enriched(pairs, random.Random(f"{seed}/{name}"))
        write_pairs(target / f"{name}.jsonl.gz", made)
        kinds = Counter(f"{pair.kind} {pair.label}" for pair in made)
        counts[name] = {"rows": len(made), "given": len(pairs), "kinds": dict(sorted(kinds.items()))}
    (target / "counts.json").write_text(json.dumps(counts, indent=1), encoding="utf-8")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the verifier's training data.")
    parser.add_argument("target", type=Path)
    parser.add_argument("--data")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(json.dumps(build(data_folder(options.data), options.target, options.seed), indent=1))


if __name__ == "__main__":
    main()
