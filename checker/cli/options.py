"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from datetime import date
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


def parse_date(value: str | None, option: str) -> date | None:
    """A day written YYYY-MM-DD; None where none was given."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{value!r} is not a day", where=option, hint="Write it as YYYY-MM-DD.") from error
