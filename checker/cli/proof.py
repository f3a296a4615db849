"""`checker verify-report`: every quote of a report proved again, with no model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.options import CorpusOption, SettingsOption


def verify_report(
    report: Annotated[Path, typer.Argument(help="A report written with --format json.")],
    corpus: CorpusOption = None,
    article: Annotated[Path | None, typer.Option(help="The draft, to prove its words and offsets too.")] = None,
    settings_file: SettingsOption = None,
) -> None:
    """Prove again, with no model, that every quote of REPORT stands in the corpus at the offsets given.

    Exit status: 0 every quote holds; 1 some do not; 2 the report, corpus or draft cannot be read.
    """
    from checker.cli.check import FINDINGS
    from checker.errors import ReportError
    from checker.pipeline import open_sources
    from checker.reading import read_path
    from checker.report import load_report, prove
    from checker.settings import load_settings

    settings = load_settings(file=settings_file, corpus=corpus)
    try:
        data = load_report(report.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot be read: {error}", where=str(report)) from error
    text = None
    if article is not None:
        _, document = read_path(article, purpose="draft", settings=settings.reading)
        text = document.text
    with open_sources(settings) as source_text:
        proof = prove(data, source_text, text)
    for failure in proof.failures:
        typer.echo(str(failure))
    typer.echo(proof.summary())
    raise typer.Exit(FINDINGS if proof.failures else 0)
