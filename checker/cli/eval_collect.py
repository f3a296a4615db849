"""`checker eval collect`: what reviewers decided, as gold rows and as figures of their agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.eval_gold import root as root

if TYPE_CHECKING:
    from checker.decisions import Decision
    from checker.evaluation.collecting import Coefficient, Collected

CONFLICTS = 1


@root.command()
def collect(
    decisions: Annotated[list[Path], typer.Argument(help="Files of decisions, written by checker review.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the rows; its files of an earlier time go.")],
    adjudicator: Annotated[
        str, typer.Option(help="Reviewer whose label is final where others differ; left out of the agreement.")
    ] = "",
    draft: Annotated[
        list[Path] | None, typer.Option(help="A draft: it is copied, and its claims are placed in it.")
    ] = None,
    corpus: Annotated[Path | None, typer.Option(help="The corpus: its sources are copied.")] = None,
) -> None:
    """Turn decisions into gold rows, say how far reviewers agree, and list what they do not agree on.

    Exit status: 0 no conflicts; 1 claims on which reviewers differ were left out; 2 usage or input.
    """
    from checker.evaluation.collecting import agreement
    from checker.evaluation.collecting import collect as collected
    from checker.evaluation.datasets.collected import copy_drafts, copy_sources, files_of, write

    found = collected(_read(decisions), adjudicator=adjudicator)
    drafts = copy_drafts(draft or (), out)
    sources = copy_sources(corpus, out) if corpus else {}
    figures = agreement(found)
    files = files_of(found, figures, drafts, sources)
    write(files, out)
    _tell(found, figures)
    for name, text in files.items():
        if name.endswith(".jsonl"):
            typer.echo(f"{text.count(chr(10)):>6}  {out / name}")
    raise typer.Exit(CONFLICTS if found.conflicts else 0)


def _read(paths: Sequence[Path]) -> list[Decision]:
    """Every decision of those files. Raises InputError for one that is not there."""
    from checker.decisions import DecisionLog
    from checker.errors import InputError

    for path in paths:
        if not path.is_file():
            raise InputError("there are no decisions here", where=str(path), hint="Make some: checker review REPORT.")
    return [decision for path in paths for decision in DecisionLog(path).read()]


def _tell(found: Collected, figures: Sequence[Coefficient]) -> None:
    from checker.report.wording import counted

    choices = Counter(one.choice for unit in found.units for one in unit.decisions.values())
    said = ", ".join(f"{choices[choice]} {choice}" for choice in sorted(choices))
    typer.echo(f"{counted(len(found.units), 'claim')}, {counted(len(found.reviewers), 'reviewer')}: {said}")
    typer.echo(f"{len(found.gold)} agreed, {len(found.conflicts)} in conflict, {len(found.waived)} only waived")
    if not figures:
        typer.echo("no claim has labels of two reviewers: agreement cannot be told")
    for item in figures:
        value = item.agreement
        number = (
            "undefined" if value.value != value.value else f"{value.value:.4f}  [{value.low:.4f}, {value.high:.4f}]"
        )
        typer.echo(f"{item.name}  {number}  n {value.n}  clusters {value.clusters}  {', '.join(item.reviewers)}")
