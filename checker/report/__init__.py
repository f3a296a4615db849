"""Renderers: a `Report` as text that people and tools read. A renderer never judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checker.errors import UsageError
from checker.report.findings import Order
from checker.report.loading import load_report
from checker.report.proof import Proof, prove

if TYPE_CHECKING:
    from checker.model import Report

__all__ = ["FORMATS", "Order", "Proof", "load_report", "prove", "render"]

FORMATS = ("terminal", "json", "markdown", "html")


def render(report: Report, format: str, *, color: bool = False, width: int = 100, order: Order = Order.DRAFT) -> str:
    """`report` in one of `FORMATS`, ending in a line break.

    `color` and `width` (in terminal cells) matter to the terminal only. `order` is that of the results of one verdict;
    JSON and the page's draft keep the draft's order. The result has no lone surrogates, so it can
    be written as UTF-8. Raises UsageError for another format.
    """
    if format == "terminal":
        from checker.report.terminal import terminal

        return terminal(report, color=color, width=width, order=order)
    if format == "json":
        from checker.report.document import as_json

        return as_json(report)
    if format == "markdown":
        from checker.report.markdown import markdown

        return markdown(report, order)
    if format == "html":
        from checker.report.page import html

        return html(report, order)
    raise UsageError(f"a report cannot be written as {format!r}", hint=f"Formats: {', '.join(FORMATS)}.")
