"""`checker eval gold` and `checker eval suites`: the gold set itself, and the runs that are made together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli import eval_figures
from checker.cli.eval import PARTIAL

if TYPE_CHECKING:
    from checker.evaluation.suites import Suite

app = typer.Typer(help="The gold set: validate, pairs.", no_args_is_help=True)
root = eval_figures.app
"""All of `checker eval`."""
root.add_typer(app, name="gold")

PathArgument = Annotated[Path, typer.Argument(help="The gold set, or the folder of one draft.")]
_MOST = 50


@app.command()
def validate(
    path: PathArgument,
    split: Annotated[str | None, typer.Option(help="Open only the drafts of that split. [default: all]")] = None,
) -> None:
    """Say whether every quote of PATH is in its place, every label is known and every sentence accounted for.

    Exit status: 0 all holds; 1 faults; 2 there is no gold set. No words of a draft are printed.
    """
    from checker.evaluation.datasets.validation import validated

    found = validated(path, split)
    for line in found.faults[:_MOST]:
        typer.echo(line)
    if len(found.faults) > _MOST:
        typer.echo(f"and {len(found.faults) - _MOST} more")
    for line in found.lines():
        typer.echo(line)
    typer.echo("ok" if not found.faults else f"{len(found.faults)} faults")
    raise typer.Exit(1 if found.faults else 0)


@app.command()
def pairs(
    path: PathArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write, .jsonl.")],
    split: Annotated[str, typer.Option(help="The drafts that are opened, dev or test.")] = "dev",
    gray: Annotated[bool, typer.Option("--gray", help="Arguable claims, too.")] = False,
) -> None:
    """Write the labelled claims of PATH in the verification form, each with the passages of its evidence."""
    import json

    from checker.errors import UsageError
    from checker.evaluation.datasets.drafts import read_drafts
    from checker.evaluation.datasets.pairs import pair_rows

    rows = list(pair_rows(read_drafts(path, split), gray=gray))
    try:
        out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(out)) from error
    typer.echo(f"{len(rows)} claims written to {out}", err=True)


@root.command()
def suites(
    file: Annotated[Path, typer.Argument(help="The file that names the suites.")] = Path("evals/suites.toml"),
    out: Annotated[Path, typer.Option(help="Folder of the runs, one below it for each suite.")] = Path(
        "eval-runs/suites"
    ),
    baseline: Annotated[Path | None, typer.Option(help="Hold the runs against this baseline.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only the suite of that name.")] = None,
) -> None:
    """Run the suites of FILE with their engines, print their figures, and hold them against a baseline.

    Exit status: as of `checker eval gate` with a baseline; without one 0, or 3 where an item could not be scored.
    """
    from checker.evaluation.suites import read_suites

    partial = False
    folders = []
    for suite in read_suites(file):
        if only and suite.name not in only:
            continue
        typer.echo(f"suite {suite.name}", err=True)
        partial |= not _whole(suite, out / suite.name)
        folders.append(out / suite.name)
    if baseline is None:
        raise typer.Exit(PARTIAL if partial else 0)
    from checker.cli.eval_figures import gate

    gate(runs=folders, baseline=baseline, write_baseline=False, lower_floor=None, tolerance=0.0, sealed=None, scan=None)


def _whole(suite: Suite, out: Path) -> bool:
    """Run one suite; whether every item was scored."""
    from checker.cli.eval import run

    try:
        run(
            task=suite.task,
            data=suite.data,
            engine=suite.engine,
            limit=suite.limit,
            seed=suite.seed,
            labels=None,
            split=suite.split,
            no_budget=not suite.budget,
            out=out,
            model=None,
            base_url=None,
            max_cost=None,
            max_calls=None,
            batch_export=None,
            batch_import=None,
            settings_file=None,
        )
    except typer.Exit as left:
        return left.exit_code == 0
    return True
