"""What a task is: a dataset that is read, an engine that is asked, and an outcome for each item.

A new task is a module with a `Task`, and a line in `TASKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from checker.errors import UsageError
from checker.evaluation.datasets.published import Published, published
from checker.evaluation.records import Outcome
from checker.settings import Settings

if TYPE_CHECKING:
    from checker.llm.exchange import ChatModel


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. `data` is the user's, or the published set's; `chat` stands in for the model's server.

    `split` and `budget` are for the gold set: which drafts are opened, and whether oracles take the stages' places.
    """

    data: Path
    engine: str
    settings: Settings
    labels: str | None = None
    chat: ChatModel | None = None
    published: Published | None = None
    split: str = "dev"
    budget: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be answered; `value` is what the task's own engine reads."""

    id: str
    digest: str
    value: object


@dataclass(frozen=True, slots=True)
class EngineCard:
    """What answers: its name, and everything that another answer could come from."""

    name: str
    models: Mapping[str, str] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """A task made ready. `kind` and `classes` are what `figures.summary` is told; `primary` is the figure to look at.

    `answer` gives one outcome for each item, in their order, each as soon as it is ready. `note` is said first.
    `unit` names what an item is a part of, where a draw takes all of that or nothing; `after` gives lines that are said
    under the figures.
    """

    kind: str
    items: Sequence[Item]
    classes: tuple[str, ...]
    primary: str
    card: EngineCard
    answer: Callable[[Sequence[Item]], Iterator[Outcome]]
    note: str = ""
    unit: Callable[[Item], str] | None = None
    after: Callable[[Sequence[Outcome]], Sequence[str]] = lambda outcomes: ()


class Task(Protocol):
    """One kind of measuring. `engines` are the names that `opened` takes, the usual one first."""

    @property
    def says(self) -> str:
        """What is measured, in one line."""

    @property
    def engines(self) -> Sequence[str]: ...

    def opened(self, request: Request) -> AbstractContextManager[Work]:
        """The data read and the engine ready. Raises CheckerError for data or an engine that cannot be used."""


TASKS = {
    "verify": "checker.evaluation.tasks.verify",
    "retrieve": "checker.evaluation.tasks.retrieve",
    "extract": "checker.evaluation.tasks.extract",
    "e2e": "checker.evaluation.tasks.e2e",
    "metamorphic": "checker.evaluation.tasks.metamorphic",
}
"""Modules by the name of their task; each has a `TASK`. Imported when it is asked for."""


def task_named(name: str) -> tuple[Task, Published | None]:
    """The task of that name, or the task and the published set. Raises UsageError for an unknown name."""
    ready = published().get(name)
    module = TASKS.get(ready.task if ready else name)
    if module is None:
        raise UsageError(
            f"there is no task or set {name!r}",
            hint=f"Tasks: {', '.join(TASKS)}. Sets that are known by name: checker eval list.",
        )
    task: Task = import_module(module).TASK
    return task, ready


def chosen(task: Task, engine: str | None) -> str:
    """The engine's name, the task's usual one where none is given. Raises UsageError for one it does not have."""
    name = engine or task.engines[0]
    if name not in task.engines:
        raise UsageError(f"has no engine {name!r}", where="--engine", hint=f"Engines: {', '.join(task.engines)}.")
    return name
