"""`checker eval`: how good an engine is on labelled data."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import (
    BaseUrlOption,
    BatchExportOption,
    BatchImportOption,
    MaxCallsOption,
    MaxCostOption,
    ModelOption,
    SettingsOption,
)

if TYPE_CHECKING:
    from checker.evaluation.figures import Figure
    from checker.evaluation.run import Plan, Result
    from checker.evaluation.tasks.task import Request, Task, Work
    from checker.llm.batch import BatchChat
    from checker.settings import Settings

app = typer.Typer(help="Measure an engine on labelled data: list, run, compare, gate, report.", no_args_is_help=True)

PARTIAL = 3
_RUNS = Path("eval-runs")
_ASKING = ("prompted", "cascade")
_SPLIT = ("e2e", "metamorphic")
"""Tasks over the gold set, whose test drafts stay closed unless they are asked for."""


@app.command("list")
def list_() -> None:
    """List the tasks with their engines, and the public sets that are known by name."""
    from checker.evaluation.datasets.published import VARIABLE, data_folder, published
    from checker.evaluation.tasks.task import TASKS, task_named

    for name in TASKS:
        task, _ = task_named(name)
        typer.echo(f"{name:<10}{task.says}\n{'':<10}engines: {', '.join(task.engines)}")
    typer.echo(f"\nPublic sets, none of which comes with the program; looked for in {data_folder()} ({VARIABLE}):")
    for item in published().values():
        typer.echo(f"\n{item.name}  {item.task}, {'there' if item.there() else 'not there'}")
        lines = {
            "classes": item.classes,
            "primary": item.measure,
            "licence": item.licence,
            "source": item.address,
            "obtain": f"{item.obtain}; as {item.file}",
            "remark": item.remark,
        }
        for label, text in lines.items():
            if text:
                typer.echo(f"  {label:<8} {text}")


@app.command()
def run(
    task: Annotated[
        str,
        typer.Argument(
            help="What is measured: verify, retrieve, extract, e2e, metamorphic, or a set of `checker eval list`."
        ),
    ],
    data: Annotated[
        Path | None, typer.Option(help="The data; docs/evals.md describes the forms. [default: where the set lies]")
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(help="Who answers; see `checker eval list`. [default: prompted with --model, or embedded]"),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many items, drawn at random by --seed.")] = None,
    seed: Annotated[int, typer.Option(help="Which items --limit draws.")] = 0,
    labels: Annotated[str | None, typer.Option(help='What your labels mean: "yes=supported,no=contradicted".')] = None,
    split: Annotated[str, typer.Option(help="Of a gold set: the drafts that are opened, dev or test.")] = "dev",
    no_budget: Annotated[
        bool, typer.Option("--no-budget", help="e2e: leave out the error budget, which asks four times.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the run; one that is there goes on. [default: under eval-runs/]")
    ] = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    max_cost: MaxCostOption = None,
    max_calls: MaxCallsOption = None,
    batch_export: BatchExportOption = None,
    batch_import: BatchImportOption = None,
    settings_file: SettingsOption = None,
) -> None:
    """Ask an engine about every item of TASK and print the figures, each with its 95 % interval.

    The answers are kept in the run's folder as they come: the same command goes on where it stopped.

    Exit status: 0 all items scored; 2 usage or input; 3 partial, or some items could not be scored; 130 interrupted.
    """
    from checker.evaluation.run import Plan
    from checker.evaluation.tasks.task import Request, chosen, task_named

    found, ready = task_named(task)
    name = chosen(found, engine or ("prompted" if model and "prompted" in found.engines else None))
    settings = _settings(name, settings_file, model, base_url, max_cost, max_calls)
    _agree(name, bool(model), batch_export or batch_import)
    where = data or (ready.required() if ready else _missing(task))
    chat = _batch(settings, batch_import) if batch_export or batch_import else None
    request = Request(where, name, settings, labels, chat, ready, split, not no_budget)
    in_split = split if task in _SPLIT or (task == "verify" and where.is_dir()) else None
    plan = Plan(
        task=task,
        data=f"{where}:{split}" if in_split else str(where),
        limit=limit,
        seed=seed,
        labels=labels or "",
        command=_command(
            task, {"data": where, "engine": name, "limit": limit, "seed": seed, "split": in_split, "labels": labels}
        ),
        prices={price: value.model_dump() for price, value in settings.llm.prices.items()},
    )
    result, work = _measured(found, request, plan, out or _folder(task, data, name, limit, seed, in_split), chat)
    if chat is not None and batch_export is not None:
        typer.echo(f"{chat.write(batch_export)} questions written to {batch_export}", err=True)
    _tell(result, work)
    raise typer.Exit(0 if result.complete and not result.unscored else PARTIAL)


# `compare`, `gate` and `report` are added to `app` below this line, or in a module that imports it.


def _settings(
    engine: str,
    file: Path | None,
    model: str | None,
    base_url: str | None,
    max_cost: float | None,
    max_calls: int | None,
) -> Settings:
    from checker.settings import load_settings

    return load_settings(
        file=file,
        engine=engine if engine in (*_ASKING, "embedded") else "embedded",
        llm__model=model,
        llm__base_url=base_url,
        llm__max_cost_usd=max_cost,
        llm__max_calls=max_calls,
    )


def _agree(engine: str, model: bool, batch: Path | None) -> None:
    """Raises UsageError where options ask for a model that the engine does not use."""
    from checker.errors import UsageError

    if engine not in _ASKING and (model or batch):
        raise UsageError(
            f"the engine {engine} asks no model",
            where="--model" if model else f"--batch-... {batch}",
            hint="Say --engine prompted or --engine cascade.",
        )


def _missing(task: str) -> Path:
    from checker.errors import UsageError

    raise UsageError(
        f"{task} needs data",
        where="--data",
        hint="Name a file or folder in a form of docs/evals.md, or a set of: checker eval list.",
    )


def _batch(settings: Settings, answers: Path | None) -> BatchChat:
    from checker.llm.batch import BatchChat

    return BatchChat(settings.llm, answers)


def _command(task: str, options: dict[str, object]) -> str:
    given = [text for name, value in options.items() if value is not None for text in (f"--{name}", str(value))]
    return shlex.join(["checker", "eval", "run", task, *given])


def _folder(task: str, data: Path | None, engine: str, limit: int | None, seed: int, split: str | None) -> Path:
    """Where a run lies that was given no folder: the same for the same command."""
    stem = data.name.partition(".")[0].replace(":", "-") if data else ""
    share = f"{limit}-seed{seed}" if limit else ""
    return _RUNS / "-".join(part for part in (task, stem, split, engine, share) if part)


def _measured(task: Task, request: Request, plan: Plan, out: Path, chat: BatchChat | None) -> tuple[Result, Work]:
    from checker.evaluation.log import RunFolder
    from checker.evaluation.run import drawn, run, same

    with task.opened(request) as work, _progress(plan.task) as seen:
        items = drawn(work.items, plan.limit, plan.seed, work.unit)
        typer.echo(f"{len(items)} items, engine {work.card.name}, run folder {out}", err=True)
        if work.note:
            typer.echo(work.note, err=True)
        folder = RunFolder(out, same(work, plan, items))
        waiting = (lambda: chat.open_questions > 0) if chat is not None else (lambda: False)
        return run(work, plan, folder, items, on_item=seen, waiting=waiting), work


@contextmanager
def _progress(task: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where a person watches; told how many items of how many have their answer."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(task), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(task, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


def _tell(result: Result, work: Work) -> None:
    """The figures, and in one line what is missing."""
    from checker.evaluation.figures import summary

    for line in figure_lines(summary(result.outcomes, work.kind, work.classes, work.primary)):
        typer.echo(line)
    for line in work.after(result.outcomes):
        typer.echo(line)
    if result.resumed:
        typer.echo(f"{result.resumed} answers were there from an earlier run", err=True)
    missing = result.unscored
    if missing or not result.complete:
        first = f": {' '.join(missing[0].fault.split())}" if missing else ""
        typer.echo(
            f"checker: PARTIAL, {len(missing)} of {result.planned} items could not be scored{first}. "
            "They count neither as right nor as wrong; the same command tries them again.",
            err=True,
        )


def figure_lines(figures: Sequence[Figure]) -> list[str]:
    """Figures as lines of a table, the primary first."""
    width = max((len(figure.name) for figure in figures), default=0)
    return [
        f"{figure.name:<{width}}  {figure.value:.4f}  [{figure.low:.4f}, {figure.high:.4f}]  "
        f"n {figure.n}  clusters {figure.clusters}"
        for figure in figures
    ]
