"""`checker eval compare`, `gate` and `report`: what runs came to, held against each other and against a baseline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.eval import app as app

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.evaluation.baseline import Suite
    from checker.evaluation.gate import Finding
    from checker.evaluation.log import Run

RunArgument = Annotated[Path, typer.Argument(help="Folder of a run.")]


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN_A", help="Folder of the run that is compared with.")],
    second: Annotated[Path, typer.Argument(metavar="RUN_B", help="Folder of the run that is compared.")],
    allow_drift: Annotated[
        bool, typer.Option("--allow-drift", help="Compare what is the same in both, where items differ.")
    ] = False,
    flips: Annotated[int, typer.Option(min=0, help="Items that differ to print.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare RUN_B with RUN_A, item by item: differences with their intervals, p, and the items that changed.

    Exit status: 0 compared; 2 the runs cannot be paired.
    """
    from checker.errors import CheckerError, UsageError
    from checker.evaluation.compare import compare as compared
    from checker.evaluation.compare import drift
    from checker.evaluation.log import read_run
    from checker.evaluation.wording import comparison_json, comparison_lines

    one, other = read_run(first), read_run(second)
    kinds = [run.manifest["kind"] for run in (one, other)]
    if kinds[0] != kinds[1]:
        raise UsageError(f"one run is of kind {kinds[0]}, the other of {kinds[1]}", hint="Compare runs of one task.")
    _warn_partial(one, other)
    try:
        found = compared(
            one.outcomes,
            other.outcomes,
            kinds[0],
            one.manifest.get("classes") or (),
            primary=one.manifest.get("primary") or "",
            allow_drift=allow_drift,
        )
    except CheckerError:
        for line in drift(one.outcomes, other.outcomes).lines():
            typer.echo(line, err=True)
        raise
    for line in [comparison_json(found)] if as_json else comparison_lines(found, flips):
        typer.echo(line)


@app.command()
def gate(
    runs: Annotated[list[Path] | None, typer.Argument(metavar="[RUN]...", help="Folders of runs.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="The baseline, a file kept in the repository (evals/baselines).")
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Take these runs as the baseline; floors only rise.")
    ] = False,
    lower_floor: Annotated[
        list[str] | None, typer.Option(help="With --write-baseline: a figure whose floor may fall.")
    ] = None,
    tolerance: Annotated[
        float, typer.Option(min=0, max=1, help="With --write-baseline: the loss that is none, for figures new to it.")
    ] = 0.015,
    sealed: Annotated[
        list[Path] | None, typer.Option(help="Test items that nothing may know: a JSON-lines file, or the gold set.")
    ] = None,
    scan: Annotated[
        list[Path] | None, typer.Option(help="With --sealed: development or training data to search for them.")
    ] = None,
) -> None:
    """Say whether each RUN is as good as the baseline.

    Exit status: 0 it is; 1 it has got worse, breaks an invariant, or a sealed item leaked; 2 that cannot be told.
    """
    from checker.errors import UsageError
    from checker.evaluation.gate import decision

    if bool(sealed) != bool(scan):
        raise UsageError("--sealed and --scan go together", hint="Name the test items, and the files to search.")
    if not runs and not sealed:
        raise UsageError("there is nothing to look at", hint="Name the folder of a run, or --sealed with --scan.")
    if runs and baseline is None:
        raise UsageError("runs need a baseline", where="--baseline", hint="Name a file; --write-baseline makes it.")
    if write_baseline and runs and baseline:
        _write(baseline, runs, tolerance, lower_floor or [])
        return
    found = _leaks(sealed or [], scan or [])
    for folder in runs or []:
        found += _held(folder, baseline)
    for finding in found:
        typer.echo(f"{finding.gate.name:<12}  {finding.suite}: {finding.text}")
    said = decision(found)
    typer.echo(said.name.lower())
    raise typer.Exit(int(said))


@app.command()
def report(
    run: RunArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
) -> None:
    """Write RUN as one HTML page: figures, curves, tables, and the worst errors with their texts."""
    from checker.errors import UsageError
    from checker.evaluation.log import read_run
    from checker.evaluation.page import html

    found = read_run(run)
    try:
        out.write_text(html(found.manifest, found.outcomes), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(out)) from error
    typer.echo(f"written to {out}", err=True)


def _warn_partial(*runs: Run) -> None:
    for run in runs:
        if not run.complete:
            typer.echo(f"checker: PARTIAL, the run in {run.folder} has not come to its end", err=True)


def _held(folder: Path, baseline: Path | None) -> list[Finding]:
    """What is to be said of a run. One that lost items, or has them twice, is no accident: it fails."""
    from checker.errors import InputError
    from checker.evaluation.baseline import read_baseline, suite_name
    from checker.evaluation.gate import Finding, Gate, judged_by
    from checker.evaluation.log import MANIFEST, read_run

    assert baseline is not None
    suites = read_baseline(baseline)
    try:
        run = read_run(folder)
    except InputError as error:
        if not (folder / MANIFEST).is_file():
            raise
        return [Finding(folder.name, Gate.REGRESSION, error.line())]
    name = suite_name(run.manifest)
    if name not in suites:
        text = f"is not in the baseline, which has {', '.join(suites) or 'no suite'}"
        return [Finding(name, Gate.INCONCLUSIVE, text)]
    found = judged_by(suites[name], run.manifest, run.outcomes)
    return found or [Finding(name, Gate.PASS, "as good as the baseline")]


def _leaks(sealed: Sequence[Path], scan: Sequence[Path]) -> list[Finding]:
    from checker.evaluation.gate import Finding, Gate
    from checker.evaluation.leaks import leaks
    from checker.evaluation.leaks import sealed as kept

    if not sealed:
        return []
    return [Finding("sealed", Gate.REGRESSION, str(leak)) for leak in leaks(kept(sealed), scan)]


def _write(baseline: Path, folders: Sequence[Path], tolerance: float, lowered: Sequence[str]) -> None:
    from checker.evaluation.baseline import read_baseline, suite, suite_name, write_baseline
    from checker.evaluation.log import read_run

    suites: dict[str, Suite] = read_baseline(baseline) if baseline.exists() else {}
    for folder in folders:
        run = read_run(folder)
        _sound(run)
        name = suite_name(run.manifest)
        suites[name] = suite(run.manifest, run.outcomes, suites.get(name), tolerance=tolerance, lowered=lowered)
        for bound in suites[name].bounds.values():
            if bound.floor is not None:
                typer.echo(f"{name}: {bound.name} {bound.figure.value:.4f}, held to {bound.floor:.4f}")
    write_baseline(baseline, suites)


def _sound(run: Run) -> None:
    """Raises UsageError for a run that no baseline should be made of."""
    from checker.errors import UsageError
    from checker.evaluation.invariants import broken

    wrong = broken(run.manifest, run.outcomes)
    if wrong or not run.complete:
        raise UsageError(
            f"cannot be a baseline: {'; '.join(wrong) or 'it is partial'}",
            where=str(run.folder),
            hint="Make a whole run that breaks no invariant.",
        )
