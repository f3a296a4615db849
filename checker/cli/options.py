"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.errors import UsageError

CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", "-c", help="Folder of the corpus. [default: the setting `corpus`, or ./corpus]"),
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="Settings file. [default: checker.toml or pyproject.toml here]")
]


class EngineName(StrEnum):
    """Who judges."""

    EMBEDDED = "embedded"
    PROMPTED = "prompted"
    CASCADE = "cascade"


EngineOption = Annotated[
    EngineName | None,
    typer.Option(help="Who judges. [default: the setting `engine`; else prompted where a model is named, or embedded]"),
]
ModelOption = Annotated[
    str | None, typer.Option(help="The model to ask, provider:name. The draft and passages are sent to its server.")
]
BaseUrlOption = Annotated[str | None, typer.Option(help="Address of an OpenAI-compatible server.")]
MaxCostOption = Annotated[float | None, typer.Option(min=0, help="Most US dollars to spend; then the rest is skipped.")]
MaxCallsOption = Annotated[int | None, typer.Option(min=0, help="Most requests to send; then the rest is skipped.")]
MaxRiskOption = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="What is less sure than 1 minus this stays open; with the cascade it is asked. Not calibrated yet.",
    ),
]
MinWorthOption = Annotated[
    float | None,
    typer.Option(
        "--min-check-worthiness",
        min=0,
        max=1,
        help="Check only sentences that are at least so likely worth checking; the others are listed as not checked.",
    ),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Print what a check would send and cost, and send nothing.")
]
BatchExportOption = Annotated[
    Path | None, typer.Option(help="Send nothing; write the model's questions here, as an OpenAI Batch file.")
]
BatchImportOption = Annotated[
    Path | None, typer.Option(help="Send nothing; take the model's answers from this file of batch results.")
]


def parse_date(value: str | None, option: str) -> date | None:
    """A day written YYYY-MM-DD; None where none was given."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a day", where=option, hint="Write it as YYYY-MM-DD.") from error
