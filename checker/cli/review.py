"""`checker review`: a person goes through the verdicts of a report, and every decision is kept."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import SettingsOption

if TYPE_CHECKING:
    from checker.decisions import Choice, Decision, DecisionLog, Standing, Subject
    from checker.decisions.answers import Answer, Ruling
    from checker.model import Label
    from checker.report.contract import ReportData
    from checker.settings import Settings

LEFT = 3
_KEYS = "[a]ccept  [c]orrect  [w]aive  [s]kip  [q]uit"


def review(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report written with --format json.")],
    decisions: Annotated[
        Path | None, typer.Option(help="The file of decisions. [default: REPORT with the ending .decisions.jsonl]")
    ] = None,
    article: Annotated[
        Path | None, typer.Option(help="The draft. [default: the file the report names, if it is unchanged]")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Who decides. [default: the name you are logged in by]")] = None,
    again: Annotated[bool, typer.Option("--again", help="Ask about claims that are decided, too.")] = False,
    settings_file: SettingsOption = None,
) -> None:
    """Go through the verdicts of REPORT and accept, correct or waive each; every decision is kept at once.

    Answers are keys or words, one a line, typed or through a pipe. The same command goes on where it stopped.
    Decisions of other reviewers are not shown, so that labels stay independent.

    Exit status: 0 every claim is decided; 2 usage or input; 3 some are left; 130 interrupted.
    """
    from checker.decisions import DecisionLog, standing
    from checker.report.reviewing import subjects
    from checker.settings import load_settings

    data, digest = _report(report)
    text = _draft(data, report, article, load_settings(file=settings_file))
    log = DecisionLog(decisions or report.with_suffix(".decisions.jsonl"))
    who = _reviewer(reviewer)
    claims = subjects(data, text)
    mine = [decision for decision in log.read() if decision.reviewer == who]
    found = standing(mine, claims, data.article.sha256, draft=data.article.uri or "", text=text)
    desk = _Desk(data, digest, text, log, who)
    _tell(found, log.path)
    todo = [claim for claim in claims if again or claim.id not in found.held]
    desk.go_through(todo, found)
    left = sum(claim.id not in desk.decided and claim.id not in found.held for claim in claims)
    typer.echo(desk.summary(left))
    raise typer.Exit(LEFT if left else 0)


@dataclass
class _Desk:
    """The dialogue: what it is about, and what was decided in it."""

    data: ReportData
    digest: str
    text: str | None
    log: DecisionLog
    reviewer: str
    decided: dict[str, Choice] = field(default_factory=dict)
    skipped: int = 0

    def go_through(self, todo: Sequence[Subject], found: Standing) -> None:
        """Ask about each claim until there are no more answers."""
        from checker.report.reviewing import card, told

        width = shutil.get_terminal_size((100, 24)).columns
        for claim in todo:
            typer.echo()
            for line in card(self.data, claim, self.text, width=width):
                typer.echo(line)
            earlier = found.reopened.get(claim.id) or found.held.get(claim.id)
            if earlier is not None:
                typer.echo(f"  {'Before':<10}{told(earlier)}")
            if not self._decide(claim):
                return

    def _decide(self, claim: Subject) -> bool:
        """Ask until `claim` is decided or skipped; False where no more is to be asked."""
        from checker.decisions.answers import Key, read_answer

        while (line := _asked(_KEYS)) is not None:
            try:
                answer = read_answer(line)
                if answer.key is Key.QUIT:
                    return False
                if answer.key is Key.SKIP:
                    self.skipped += 1
                    return True
                decision = self._decision(claim, answer)
            except ValueError as error:
                typer.echo(f"  {error}")
                continue
            if decision is None:
                return False
            self.log.append(decision)
            self.decided[claim.id] = decision.choice
            return True
        return False

    def _decision(self, claim: Subject, answer: Answer) -> Decision | None:
        """What `answer` decides; None where the answers end before it is whole. Raises ValueError."""
        from checker.decisions import Choice
        from checker.decisions.answers import Key

        if answer.key is Key.ACCEPT:
            if claim.verdict is None:
                raise ValueError("There is no verdict to accept: correct, waive or skip.")
            return self._made(Choice.ACCEPTED, claim, claim.verdict)
        if answer.key is Key.WAIVE:
            reason = answer.rest or _asked("Reason (may be empty)")
            return None if reason is None else self._made(Choice.WAIVED, claim, None, reason)
        ruling = _ruling(claim, answer.rest)
        if ruling is None:
            return None
        return self._made(Choice.CORRECTED, claim, ruling.verdict, ruling.reason, ruling.decided_by)

    def _made(
        self, choice: Choice, claim: Subject, after: Label | None, reason: str = "", decided_by: tuple[int, ...] = ()
    ) -> Decision:
        from datetime import UTC, datetime

        from checker.decisions import Decision

        return Decision(
            choice=choice,
            claim=claim,
            verdict_after=after,
            reviewer=self.reviewer,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            report=self.digest,
            article=self.data.article.sha256,
            draft=self.data.article.uri or "",
            reason=reason.strip(),
            decided_by=decided_by,
        )

    def summary(self, left: int) -> str:
        counts = Counter(self.decided.values())
        parts = ", ".join(f"{counts[choice]} {choice}" for choice in sorted(counts))
        return (
            f"\n{len(self.decided)} decided now{f' ({parts})' if parts else ''}, {self.skipped} skipped, {left} left. "
            f"Decisions are in {self.log.path}."
        )


def _ruling(claim: Subject, given: str) -> Ruling | None:
    """Another verdict with its reason, asked for where they are not given; None where the answers end.

    Raises ValueError for an answer that cannot be used: the claim is then asked about from the start.
    """
    from dataclasses import replace

    from checker.decisions.answers import read_ruling

    shown = len(claim.evidence)
    numbers = " and the numbers of the words that show it" if shown else ""
    line = given or _asked(f"Right verdict: supported, contradicted, mixed, not_enough_evidence{numbers}")
    if line is None:
        return None
    ruling = read_ruling(line, shown)
    if ruling.verdict is claim.verdict:
        raise ValueError("That is the verdict it has: nothing was kept.")
    reason = ruling.reason or _asked("Reason")
    if reason is None:
        return None
    if not reason:
        raise ValueError("A correction needs a reason: nothing was kept.")
    return replace(ruling, reason=reason)


def _asked(question: str) -> str | None:
    """The next line of standard input, stripped, or None where there are no more. Raises UsageError."""
    from checker.errors import UsageError

    typer.echo(f"  {question} > ", nl=False)
    sys.stdout.flush()
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError as error:
        raise UsageError(f"cannot be read as {error.encoding}", where="standard input", hint="Type UTF-8.") from error
    if not sys.stdin.isatty():
        typer.echo()
    return line.strip() if line else None


def _report(path: Path) -> tuple[ReportData, str]:
    """The report in a file, and the SHA-256 of its bytes."""
    from hashlib import sha256

    from checker.errors import ReportError
    from checker.report import load_report

    try:
        written = path.read_bytes()
        return load_report(written.decode("utf-8")), sha256(written).hexdigest()
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"cannot be read: {error}", where=str(path)) from error


def _draft(data: ReportData, report: Path, article: Path | None, settings: Settings) -> str | None:
    """The text that was checked, from `article` or from the file that the report names beside it or here."""
    from checker.errors import InputError, UsageError
    from checker.model import sha256_text
    from checker.reading import read_path

    named = data.article.uri or ""
    for path in [article] if article else [folder / named for folder in (report.parent, Path()) if named]:
        if article is None and not path.is_file():
            continue
        try:
            _, document = read_path(path, purpose="draft", settings=settings.reading)
        except InputError:
            if article is not None:
                raise
            continue
        if sha256_text(document.text) == data.article.sha256:
            return document.text
        if article is not None:
            raise UsageError(
                "is not the text that was checked", where=str(article), hint="Check it again, and review that report."
            )
    typer.echo("The draft that was checked is not at hand: claims are shown without their sentences.", err=True)
    return None


def _reviewer(given: str | None) -> str:
    import getpass

    from checker.errors import UsageError

    try:
        name = getpass.getuser() if given is None else given
    except (OSError, KeyError, ImportError):  # no such user in a container; no such module on Windows
        name = ""
    name = " ".join(name.split())
    if not name:
        raise UsageError("nobody is named who decides", where="--reviewer", hint="Give a name.")
    return name


def _tell(found: Standing, path: Path) -> None:
    """What is there from earlier, in short; decisions that have lost their claim are listed whole."""
    from checker.report.reviewing import told
    from checker.report.wording import counted, in_marks

    if found.held or found.reopened:
        moved = f", {found.moved} of them on another version of the draft" if found.moved else ""
        earlier = len(found.held) + len(found.reopened)
        typer.echo(f"{counted(earlier, 'claim')} decided earlier{moved} ({path}).")
    if found.reopened:
        typer.echo(f"{len(found.reopened)} of them to be looked at again: the verdict is another one now.")
    if found.orphans:
        typer.echo(f"{counted(len(found.orphans), 'decision')} without a claim, because its words are gone or unclear:")
        for decision in found.orphans:
            typer.echo(f"  {in_marks(decision.claim.quote)} {told(decision)}")
    if found.others:
        typer.echo(f"{counted(found.others, 'decision')} on other drafts in the same file.")
