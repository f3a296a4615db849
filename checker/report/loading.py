"""A report file read back: ours, of a version we know, and whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from checker.errors import ReportError
from checker.report.safe import one_line

if TYPE_CHECKING:
    from pydantic import ValidationError

    from checker.report.contract import ReportData

_HINT = "Write one with: checker check DRAFT --format json."


def load_report(text: str) -> ReportData:
    """The report that `text`, a JSON file, holds.

    Raises ReportError where it is not JSON, not a report of ours, of another version, or does not keep the contract.
    """
    from pydantic import ValidationError

    from checker.report.contract import SCHEMA, ReportData

    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReportError("the report is not JSON", hint=_HINT) from error
    name = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(name, str) or not name.startswith("checker/report@"):
        raise ReportError("this JSON is not a report of checker", hint=_HINT)
    if name != SCHEMA:
        raise ReportError(f"the report has the schema {_short(name)}", hint=f"This version reads {SCHEMA}.")
    try:
        return ReportData.model_validate(value)
    except ValidationError as error:
        raise ReportError(f"the report does not keep {SCHEMA}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """Where the first fault is and what it is."""
    first = error.errors(include_url=False, include_input=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    message = _short(first["msg"].removeprefix("Value error, "))
    return f"{_short(path)}: {message}" if path else message


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 160 else f"{line[:159]}…"
