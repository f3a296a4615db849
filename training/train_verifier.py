"""Train the verifier; resumes by itself from the newest checkpoint in its folder.

    python -m training.train_verifier DATA MODEL FOLDER [--pairs N] [--minutes M] [--seed S] [--start CHECKPOINT] ...

DATA is what `training.build_data` wrote, MODEL the published encoder's folder (model.safetensors, tokenizer.json); into
FOLDER go `last.pt`, `final.pt` and `log.jsonl`. A run ends after N pairs or M minutes of training, whichever is first,
and the learning rate falls to nothing by then: it follows whichever of the two is further on. The order of the batches
depends on the seed and N alone; only with --minutes does the learning rate depend on the clock. A GPU is used where
there is one.
"""

from __future__ import annotations

import argparse
import json
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import LABELS, Row, load_tokenizer, padded, rows, schedule
from training.network import Network, from_arrays, published_arrays, stored_names
from training.rows import read_pairs

WARM_UP = 0.06
SMOOTHING = 0.05
HEAD_FASTER = 5.0
"""The head starts at random and may move faster than the encoder, which collapses to one answer at 3e-4."""
_TWO_CLASS = LABELS.index("NOT_SUPPORTED")


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean cross-entropy; a NOT_SUPPORTED row asks only that refuted and silent together are likely."""
    logs = F.log_softmax(logits, dim=1)
    either = torch.logsumexp(logs[:, 1:], dim=1)
    two_class = -((1 - SMOOTHING) * either + SMOOTHING * logs[:, 0])
    three_class = F.cross_entropy(logits, labels.clamp(max=2), reduction="none", label_smoothing=SMOOTHING)
    return torch.where(labels == _TWO_CLASS, two_class, three_class).mean()


def rate(progress: float) -> float:
    """The learning rate's share of its peak: up over WARM_UP, then in a straight line to nothing."""
    if progress < WARM_UP:
        return max(progress / WARM_UP, 0.01)
    return max(0.0, (1 - progress) / (1 - WARM_UP))


@torch.no_grad()
def watched(network: Network, sample: Sequence[Row], device: torch.device) -> dict[str, float]:
    """Loss, three-class accuracy and two-class (supported or not) accuracy on rows that nothing trains on."""
    network.eval()
    total = three = threes = two = 0.0
    ordered = sorted(sample, key=lambda row: len(row.ids))
    for start in range(0, len(ordered), 64):
        part = ordered[start : start + 64]
        labels = torch.tensor([row.label for row in part], device=device)
        logits = network(*padded(part, device))
        best = logits.argmax(dim=1)
        total += float(loss_of(logits, labels)) * len(part)
        three += float(((best == labels) & (labels < _TWO_CLASS)).sum())
        threes += float((labels < _TWO_CLASS).sum())
        two += float(((best == 0) == (labels == 0)).sum())
    network.train()
    return {"watch_loss": total / len(sample), "watch_three": three / max(1, threes), "watch_two": two / len(sample)}


@dataclass
class Run:
    """What a checkpoint holds, and how it goes on."""

    network: Network
    average: dict[str, Tensor]
    optimiser: torch.optim.Optimizer
    step: int = 0
    pairs: int = 0
    seconds: float = 0.0
    settings: dict[str, Any] = field(default_factory=dict)
    mixed: bool = True

    def save(self, path: Path) -> None:
        """Written beside and renamed, so that a stop in the middle leaves the checkpoint before."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "counts": (self.step, self.pairs, self.seconds),
            "random": torch.get_rng_state(),
            "settings": self.settings,
        }
        beside = path.with_suffix(".part")
        torch.save(state, beside)
        beside.replace(path)

    def restore(self, path: Path) -> None:
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average = {name: value.to(self.average[name].device) for name, value in state["average"].items()}
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.pairs, self.seconds = state["counts"]
        torch.set_rng_state(state["random"])

    def averaged(self) -> Network:
        """A network with the averaged weights."""
        copy = from_arrays(self.arrays())
        return copy.to(next(self.network.parameters()).device)

    def arrays(self) -> dict[str, Any]:
        """The averaged weights under the names that `checker.embedded.transformer` reads."""
        state = self.network.state_dict() | self.average
        return {stored: state[ours].cpu().numpy() for ours, stored in stored_names(state).items()}


def started(options: argparse.Namespace, device: torch.device) -> Run:
    """A run at its first step."""
    arrays = published_arrays(options.model)
    network = from_arrays(arrays)
    if options.start:
        network.load_state_dict(torch.load(options.start, map_location="cpu", weights_only=True)["network"])
    network.freeze(options.freeze)
    network.to(device)
    free = {name: value for name, value in network.named_parameters() if value.requires_grad}
    head = [value for name, value in free.items() if name.startswith(("hidden.", "final."))]
    body = [value for name, value in free.items() if not name.startswith(("hidden.", "final."))]
    groups = [{"params": body, "faster": 1.0}, {"params": head, "faster": HEAD_FASTER}]
    optimiser = torch.optim.AdamW(groups, lr=options.rate, weight_decay=0.01, fused=True)
    average = {name: value.detach().clone() for name, value in free.items()}
    settings = {key: str(value) for key, value in vars(options).items()}
    return Run(network, average, optimiser, settings=settings, mixed=not options.exact)


def trained(run: Run, data: list[Row], shares: list[float], watch: list[Row], options: argparse.Namespace) -> None:
    """Train to the end of the budget, with a checkpoint every `options.every` minutes and when told to stop."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: told.append(received))
    device = next(run.network.parameters()).device
    lengths = [len(row.ids) for row in data]
    batches = schedule(lengths, shares, options.pairs, options.batch, options.seed)
    limit = options.minutes * 60 if options.minutes else float("inf")
    run.network.train()
    clock, saved, reported, losses = time.monotonic(), time.monotonic(), (run.pairs, run.seconds), []
    while not told and (progress := max(run.step / len(batches), run.seconds / limit)) < 1:
        losses.append(one_step(run, [data[at] for at in batches[run.step]], rate(progress) * options.rate, device))
        now = time.monotonic()
        run.seconds, clock = run.seconds + now - clock, now
        if run.step % 100 == 0:
            speed = (run.pairs - reported[0]) / max(1e-9, run.seconds - reported[1])
            note(options.folder, step=run.step, of=len(batches), pairs=run.pairs, minutes=run.seconds / 60,
                 progress=progress, loss=sum(losses) / len(losses), pairs_a_second=speed)  # fmt: skip
            reported, losses = (run.pairs, run.seconds), []
        if now - saved > options.every * 60:
            run.save(options.folder / "last.pt")
            note(options.folder, step=run.step, pairs=run.pairs, **watched(run.averaged(), watch, device))
            saved = clock = time.monotonic()
    run.save(options.folder / "last.pt")
    if told:
        return
    torch.save({"network": run.averaged().state_dict(), "settings": run.settings}, options.folder / "final.pt")
    note(options.folder, step=run.step, pairs=run.pairs, done=True, **watched(run.averaged(), watch, device))


def one_step(run: Run, chosen: Sequence[Row], speed: float, device: torch.device) -> float:
    """One batch: gradient, step, and the average of the weights moved a little after them. The loss."""
    for group in run.optimiser.param_groups:
        group["lr"] = speed * group["faster"]
    labels = torch.tensor([row.label for row in chosen], device=device)
    # Products in bfloat16, sums and weights in float32: a third faster on a CPU that has the instructions.
    with torch.autocast(device.type, dtype=torch.bfloat16, enabled=run.mixed):
        logits = run.network(*padded(chosen, device))
    loss = loss_of(logits.float(), labels)
    run.optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    run.optimiser.step()
    run.step, run.pairs = run.step + 1, run.pairs + len(chosen)
    if run.step % 4 == 0:  # every fourth step with the fourth power of 0.999: the same average, a quarter of the time
        keep = min(0.996, run.step / (run.step + 40))
        with torch.no_grad():
            current = dict(run.network.named_parameters())
            for name, value in run.average.items():
                value.lerp_(current[name], 1 - keep)
    return float(loss.detach())


def note(folder: Path, **values: object) -> None:
    """A line in the run's log and on standard output."""
    rounded = {name: round(value, 5) if isinstance(value, float) else value for name, value in values.items()}
    line = json.dumps({"at": time.strftime("%H:%M:%S"), **rounded})
    print(line, flush=True)
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the verifier.")
    for name in ("data", "model", "folder"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--start", type=Path, help="a final.pt to start from instead of the published encoder")
    parser.add_argument("--pairs", type=int, default=200_000, help="most pairs to train on")
    parser.add_argument("--minutes", type=float, default=0.0, help="most minutes to train; 0 for no limit")
    parser.add_argument("--rate", type=float, default=1e-4, help="peak learning rate of the encoder")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--longest", type=int, default=160, help="most tokens of a pair")
    parser.add_argument("--freeze", type=int, default=0, help="lowest layers held still; the word table always is")
    parser.add_argument("--every", type=float, default=5.0, help="minutes between checkpoints")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--exact", action="store_true", help="float32 throughout, for CPUs without bfloat16")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    options = arguments()
    options.folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    tokenizer = load_tokenizer(options.model / "tokenizer.json")
    pairs = read_pairs(options.data / "train.jsonl.gz")
    data = rows(tokenizer, pairs, options.longest)
    watch = rows(tokenizer, read_pairs(options.data / "watch.jsonl.gz"), options.longest)
    run = started(options, device)
    if (options.folder / "last.pt").exists():
        run.restore(options.folder / "last.pt")
    note(options.folder, pairs=run.pairs, rows=len(data), device=str(device), settings=run.settings)
    trained(run, data, [pair.share for pair in pairs], watch, options)


if __name__ == "__main__":
    main()
