"""`checker check`: a draft against a corpus."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import (
    BaseUrlOption,
    BatchExportOption,
    BatchImportOption,
    CorpusOption,
    DryRunOption,
    EngineOption,
    MaxCallsOption,
    MaxCostOption,
    MaxRiskOption,
    MinWorthOption,
    ModelOption,
    SettingsOption,
    parse_date,
)

if TYPE_CHECKING:
    from datetime import date

    from checker.model import Article, Report
    from checker.pipeline import Checker
    from checker.settings import Settings

FINDINGS = 1
INCOMPLETE = 3
INTERRUPTED = 130


class Format(StrEnum):
    """What a report can be printed as."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


class Sort(StrEnum):
    """What comes first among the findings of one verdict."""

    DRAFT = "draft"
    WORTH = "worth"


class FailOn(StrEnum):
    """The mildest verdict that makes the exit status 1."""

    NEVER = "never"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


_SUFFIXES = {".json": Format.JSON, ".md": Format.MARKDOWN, ".html": Format.HTML, ".htm": Format.HTML}
_SEVERITY = ("contradicted", "mixed", "not_enough_evidence")


def check(
    draft: Annotated[
        str,
        typer.Argument(help="The draft: text, Markdown, HTML, DOCX, PDF, JSON blocks, ... or - for standard input."),
    ],
    corpus: CorpusOption = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="[default: by the name of --output, else terminal]")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report here instead of printing it.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="The draft's date, YYYY-MM-DD; relative dates count from it.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Judge with sources published up to that day only, YYYY-MM-DD.")
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="Exit with status 1 at this verdict or a graver one.")
    ] = FailOn.CONTRADICTED,
    engine: EngineOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    max_cost: MaxCostOption = None,
    max_calls: MaxCallsOption = None,
    max_risk: MaxRiskOption = None,
    min_check_worthiness: MinWorthOption = None,
    sort: Annotated[
        Sort,
        typer.Option(help="Order of the findings of one verdict: the draft's, or the most worth checking first."),
    ] = Sort.DRAFT,
    dry_run: DryRunOption = False,
    batch_export: BatchExportOption = None,
    batch_import: BatchImportOption = None,
    settings_file: SettingsOption = None,
) -> None:
    """Check every claim of DRAFT against a corpus.

    Exit status: 0 nothing at or above --fail-on; 1 findings, or the draft contradicts itself; 2 usage or input; 3 some
    claims could not be checked; 130 interrupted.
    """
    from checker.settings import load_settings

    day = parse_date(published, "--published")
    settings = load_settings(
        file=settings_file,
        corpus=corpus,
        as_of=parse_date(as_of, "--as-of"),
        engine=engine and engine.value,
        llm__model=model,
        llm__base_url=base_url,
        llm__max_cost_usd=max_cost,
        llm__max_calls=max_calls,
        cascade__max_risk=max_risk,
        verify__max_risk=max_risk,
        claims__min_check_worthiness=min_check_worthiness,
    )
    _agree(settings, model, batch_export or batch_import)
    article = _article(draft, settings, day)
    if dry_run:
        _rehearse(settings, article)
        return
    report, status = _checked(settings, article, batch_export, batch_import)
    _deliver(report, format or _by_name(output), output, sort)
    _tell_unchecked(report)
    raise typer.Exit(exit_status(report, fail_on) if status is None else status)


def exit_status(report: Report, fail_on: FailOn) -> int:
    """The exit status that `report` earns. What the draft alone shows to be wrong is as grave as a contradiction."""
    if fail_on is not FailOn.NEVER:
        if report.inconsistencies:
            return FINDINGS
        grave = _SEVERITY[: _SEVERITY.index(fail_on) + 1]
        if any(verdict.label in grave for verdict in report.verdicts):
            return FINDINGS
    return INCOMPLETE if report.unchecked else 0


def _agree(settings: Settings, model: str | None, batch: Path | None) -> None:
    """Raises UsageError where options ask for a model that the engine does not use."""
    from checker.errors import UsageError

    if settings.engine == "embedded" and (model or batch):
        raise UsageError(
            "the embedded engine asks no model",
            where="--model" if model else f"--batch-... {batch}",
            hint="Say --engine prompted or --engine cascade" + ("." if model else ", and --model."),
        )
    if settings.engine == "prompted" and settings.verify.max_risk is not None:
        raise UsageError(
            "the confidence of a model's verdicts is not calibrated, so no risk can be promised",
            where=f"--max-risk {settings.verify.max_risk}",
            hint="Say --engine embedded or --engine cascade.",
        )


def _article(draft: str, settings: Settings, published: date | None) -> Article:
    from dataclasses import replace

    from checker.model import Article
    from checker.reading import read_path, read_stdin

    if draft == "-":
        article = Article.from_document(read_stdin(sys.stdin.buffer, purpose="draft", settings=settings.reading))
    else:
        path = Path(draft)
        _, document = read_path(path, purpose="draft", settings=settings.reading)
        article = Article.from_document(document, uri=document.uri or path.name)
    return replace(article, published=published) if published else article


def _rehearse(settings: Settings, article: Article) -> None:
    from checker.cli.dry_run import bill_lines
    from checker.pipeline.rehearsal import rehearse

    for line in bill_lines(rehearse(settings, article), settings.llm):
        typer.echo(line)


def _checked(
    settings: Settings, article: Article, questions: Path | None, answers: Path | None
) -> tuple[Report, int | None]:
    """The report, and the exit status where it is not the report's own."""
    from checker.pipeline import CheckInterrupted, open_checker

    chat = None
    if questions or answers:
        from checker.llm.batch import BatchChat

        chat = BatchChat(settings.llm, answers)
    with open_checker(settings, chat=chat) as checker:
        try:
            report = _watched(checker, article)
        except CheckInterrupted as stopped:
            return stopped.report, INTERRUPTED
    if chat is not None and questions is not None:
        typer.echo(f"{chat.write(questions)} questions written to {questions}", err=True)
    return report, None


def _watched(checker: Checker, article: Article) -> Report:
    """The report, with a count on standard error while it is made, where a person watches."""
    if not sys.stderr.isatty():
        return checker.check(article)
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("checking claims"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("claims", total=None)

        def seen(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return checker.check(article, on_answer=seen)


def _tell_unchecked(report: Report) -> None:
    """One line on standard error that says how much was not checked, and the first reason."""
    if not report.unchecked:
        return
    first = " ".join(report.unchecked[0].message.split())
    skipped = any(item.status == "skipped_budget" for item in report.unchecked)
    more = " Answers so far are kept: the same command goes on from here." if skipped else ""
    typer.echo(
        f"checker: {len(report.unchecked)} of {len(report.results)} could not be checked: {first}{more}", err=True
    )


def _by_name(output: Path | None) -> Format:
    return _SUFFIXES.get(output.suffix.lower(), Format.TERMINAL) if output else Format.TERMINAL


def _deliver(report: Report, format: Format, output: Path | None, sort: Sort) -> None:
    from checker.report import Order, render

    order = Order(sort)

    if output is None:
        color = format is Format.TERMINAL and sys.stdout.isatty()
        _print(render(report, format, color=color, width=_width(), order=order))
        return
    _write_whole(output, render(report, format, order=order))
    typer.echo(f"report written to {output}", err=True)


def _width() -> int:
    import shutil

    return max(40, min(120, shutil.get_terminal_size((100, 24)).columns))


def _print(text: str) -> None:
    # A draft may hold what the terminal's encoding cannot show; a lone surrogate no encoding can.
    data = text.encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
    sys.stdout.flush()


def _write_whole(path: Path, text: str) -> None:
    """Write `text` so that the file is either the old one or the whole new one."""
    import os
    import tempfile

    from checker.errors import UsageError

    temporary = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(text.encode("utf-8", "backslashreplace"))
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path)) from error
