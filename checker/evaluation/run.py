"""Running a task: what is there already is not asked again, and what is new is on the disk as soon as it is known."""

from __future__ import annotations

import platform
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import checker
from checker.errors import EngineError, InputError
from checker.evaluation.log import RunFolder
from checker.evaluation.records import Outcome, Usage, digest
from checker.evaluation.tasks.task import Item, Work

_LIBRARIES = ("numpy", "tokenizers", "tantivy", "chromadb")


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for, as the manifest tells it. With `limit` a share of the items is drawn by `seed`."""

    task: str
    data: str
    limit: int | None = None
    seed: int = 0
    labels: str = ""
    command: str = ""
    prices: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """A run that has come to an end: the outcomes in the order of the items, and how many there should be."""

    outcomes: tuple[Outcome, ...]
    planned: int
    resumed: int
    complete: bool

    @property
    def unscored(self) -> tuple[Outcome, ...]:
        """What could not be scored: neither right nor wrong."""
        return tuple(outcome for outcome in self.outcomes if outcome.fault)


def drawn(items: Sequence[Item], limit: int | None, seed: int, unit: Callable[[Item], str] | None = None) -> list[Item]:
    """All items in their order, or `limit` of them in a random order that `seed` and the ids alone decide.

    With `unit` whole units are drawn, and `limit` is their number.
    """
    if unit is not None and limit is not None:
        names = sorted({unit(item) for item in items})
        random.Random(seed).shuffle(names)
        kept_units = set(names[:limit])
        return [item for item in items if unit(item) in kept_units]
    if limit is None or limit >= len(items):
        return list(items)
    kept = sorted(items, key=lambda item: item.id)
    random.Random(seed).shuffle(kept)
    return kept[:limit]


def same(work: Work, plan: Plan, items: Sequence[Item]) -> dict[str, Any]:
    """What has to be equal for two runs to be one: the manifest's own part."""
    return {
        "task": plan.task,
        "kind": work.kind,
        "classes": work.classes,
        "primary": work.primary,
        "engine": work.card.name,
        "models": work.card.models,
        "prompts": work.card.prompts,
        "parameters": work.card.parameters,
        "labels": plan.labels,
        "limit": plan.limit,
        "seed": plan.seed,
        "items": len(items),
        "data_digest": digest([[item.id, item.digest] for item in items]),
        "checker": checker.__version__,
    }


def run(
    work: Work,
    plan: Plan,
    folder: RunFolder,
    items: Sequence[Item],
    *,
    on_item: Callable[[int, int], None] = lambda done, total: None,
    waiting: Callable[[], bool] = lambda: False,
) -> Result:
    """Answers `items` into `folder`; those that have a scored answer there are left alone.

    `waiting` says that answers are still to come from somewhere else, so that the run is not complete. A run that is
    interrupted keeps what it has and is marked partial.
    """
    told = {
        "data": plan.data,
        "versions": _versions(),
        "prices": plan.prices,
        "command": plan.command,
        "started": _now(),
    }
    with folder.opened(told) as known:
        _unchanged(items, known)
        resumed = sum(not outcome.fault for outcome in known.values())
        todo = [item for item in items if item.id not in known or known[item.id].fault]
        done = len(items) - len(todo)
        on_item(done, len(items))
        try:
            for outcome in _answers(work, todo):
                whole_cost = _with_earlier_cost(outcome, known.get(outcome.id))
                folder.append(whole_cost)
                known[outcome.id] = whole_cost
                done += 1
                on_item(done, len(items))
        finally:
            made = tuple(known[item.id] for item in items if item.id in known)
            whole = len(made) == len(items) and not waiting() and not any(map(_postponed, made))
            folder.write_manifest({**told, "ended": _now(), "complete": whole, **_counts(made)})
    return Result(made, len(items), resumed, whole)


def _answers(work: Work, todo: Sequence[Item]) -> Iterator[Outcome]:
    """An outcome for each item. An engine that drops one, or answers another, would be scored on the wrong gold."""
    answers = work.answer(todo) if todo else iter(())
    for item in todo:
        outcome = next(answers, None)
        if outcome is None or (outcome.id, outcome.digest) != (item.id, item.digest):
            said = "nothing" if outcome is None else f"the item {outcome.id!r}"
            raise EngineError(f"was asked for the item {item.id!r} and answered {said}", where=work.card.name)
        yield outcome


def _with_earlier_cost(outcome: Outcome, before: Outcome | None) -> Outcome:
    """`outcome` with what an earlier try of the same item has cost: it was paid for, too."""
    if before is None:
        return outcome
    new, old = outcome.usage, before.usage
    whole = Usage(
        calls=new.calls + old.calls,
        input_tokens=new.input_tokens + old.input_tokens,
        output_tokens=new.output_tokens + old.output_tokens,
        cost_usd=new.cost_usd + old.cost_usd,
        seconds=new.seconds + old.seconds,
    )
    return replace(outcome, usage=whole)


def _unchanged(items: Sequence[Item], known: Mapping[str, Outcome]) -> None:
    """Raises InputError where what is there is of other items than those that are to be answered."""
    wanted = {item.id: item.digest for item in items}
    for id, outcome in known.items():
        if wanted.get(id) != outcome.digest:
            raise InputError(
                f"has an outcome of the item {id!r}, which is {'another' if id in wanted else 'no'} item of the data",
                where="samples.jsonl",
                hint="Run again with another --out.",
            )


def _postponed(outcome: Outcome) -> bool:
    return outcome.fault.startswith("skipped_budget")


def _counts(made: Sequence[Outcome]) -> dict[str, Any]:
    used = [outcome.usage for outcome in made]
    return {
        "scored": sum(not outcome.fault for outcome in made),
        "unscored": sum(bool(outcome.fault) for outcome in made),
        "usage": {
            "calls": sum(one.calls for one in used),
            "input_tokens": sum(one.input_tokens for one in used),
            "output_tokens": sum(one.output_tokens for one in used),
            "cost_usd": round(sum(one.cost_usd for one in used), 9),
            "seconds": round(sum(one.seconds for one in used), 3),
        },
    }


def _versions() -> dict[str, str]:
    return {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
