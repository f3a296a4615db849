"""A report for a person at a terminal: what is wrong first, each with the draft's words and the sources' words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from checker.model import Unchecked
from checker.report.findings import (
    Cited,
    Finding,
    Group,
    Order,
    Pair,
    SetAside,
    arranged,
    coverage,
    findings,
    grouped,
    pairs,
    set_aside,
)
from checker.report.safe import one_line
from checker.report.wording import (
    CLASHES,
    GROUP_NAMES,
    ITSELF,
    SET_ASIDE,
    STANCES,
    SYMBOLS,
    coverage_line,
    failure_line,
    heading,
    in_marks,
    is_plain_support,
    provenance_line,
    reasons_line,
    source_parts,
    tally,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from checker.model import Report

_STYLES = {
    Group.CONTRADICTED: "bold red",
    Group.MIXED: "bold yellow",
    Group.NOT_ENOUGH_EVIDENCE: "bold cyan",
    Group.UNCHECKED: "bold magenta",
    Group.SUPPORTED: "bold green",
}
_WHOLE = (Group.CONTRADICTED, Group.MIXED)
_LABELLED = 14  # cells before the text of a labelled row
_INDENT = 4


def terminal(report: Report, *, color: bool = False, width: int = 100, order: Order = Order.DRAFT) -> str:
    """`report` in at most `width` cells (never under 40), with colour only where asked."""
    from rich.console import Console

    buffer = io.StringIO()
    console = Console(
        file=buffer,
        width=max(40, width),
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for line in _lines(report, console, order):
        line.rstrip()
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    return buffer.getvalue()


def _lines(report: Report, console: Console, order: Order) -> Iterator[Text]:
    found = arranged(findings(report), order)
    yield from _row(console, "", heading(report), indent=0, style="bold")
    yield from _row(console, "", tally(found), indent=0)
    yield from _itself(console, pairs(report))
    for group, items in grouped(found).items():
        if items:
            yield from _group(console, group, items)
    yield from _set_aside(console, set_aside(report))
    yield from _blank()
    yield from _row(console, "", coverage_line(coverage(report.sentences)), indent=0)
    yield from _row(console, "", provenance_line(report.provenance), indent=0, style="dim")


def _itself(console: Console, found: tuple[Pair, ...]) -> Iterator[Text]:
    """What the draft alone shows to be wrong: both places, and why they cannot both be right."""
    if not found:
        return
    yield from _blank()
    yield from _row(console, "", f"{ITSELF.upper()} ({len(found):,})", indent=0, style="bold red")
    for pair in found:
        yield from _blank()
        label = f"≠ {one_line(pair.item.id)}"
        indent = max(_INDENT + 2, len(label) + 2)
        yield from _row(console, label, CLASHES[pair.item.code], indent=indent, lead=0)
        for place in pair.places:
            yield from _row(console, f"Line {place.line:,}", in_marks(place.words), style="bold")
        yield from _row(console, "Why", one_line(pair.item.explanation))
        if pair.item.suggestion:
            yield from _row(console, "Suggest", one_line(pair.item.suggestion), style="bold")


def _set_aside(console: Console, found: tuple[SetAside, ...]) -> Iterator[Text]:
    """The sentences that were not checked because little was to be found in them, each with its figure."""
    if not found:
        return
    yield from _blank()
    yield from _row(console, "", f"{SET_ASIDE.upper()} ({len(found):,})", indent=0, style="bold magenta")
    for item in found:
        yield from _row(console, f"Line {item.line:,}", in_marks(item.words))
        yield from _row(console, "", one_line(item.note), style="dim")


def _group(console: Console, group: Group, items: tuple[Finding, ...]) -> Iterator[Text]:
    yield from _blank()
    yield from _row(console, "", f"{GROUP_NAMES[group].upper()} ({len(items):,})", indent=0, style=_STYLES[group])
    for finding in items:
        if group in _WHOLE:
            yield from _blank()
            yield from _whole(console, finding)
        else:
            yield from _compact(console, finding)


def _whole(console: Console, finding: Finding) -> Iterator[Text]:
    """Everything there is to say of a finding, one labelled row each."""
    yield from _title(console, finding, one_line(finding.place))
    yield from _row(console, "Draft", in_marks(finding.words), style="bold")
    if finding.restated:
        yield from _row(console, "Read as", one_line(finding.restated))
    yield from _row(console, "Why", one_line(finding.why) or reasons_line(finding))
    yield from _evidence(console, finding.evidence)
    if finding.suggestion:
        yield from _row(console, "Suggest", one_line(finding.suggestion), style="bold")


def _compact(console: Console, finding: Finding) -> Iterator[Text]:
    """The draft's words and what there is to say of them, with the source's words only where they need reading."""
    yield from _title(console, finding, f"{one_line(finding.place)}  {in_marks(finding.words)}")
    if finding.group is Group.SUPPORTED:
        if not is_plain_support(finding):
            yield from _row(console, "", one_line(finding.why), indent=_INDENT)
        for cited in finding.evidence:
            yield from _row(
                console, "", f"{in_marks(cited.evidence.quote)} {_named(cited)}", indent=_INDENT, style="dim"
            )
        return
    why = failure_line(finding.result) if isinstance(finding.result, Unchecked) else one_line(finding.why)
    yield from _row(console, "", why, indent=_INDENT)
    yield from _evidence(console, finding.evidence)


def _title(console: Console, finding: Finding, text: str) -> Iterator[Text]:
    label = f"{SYMBOLS[finding.group]} {one_line(finding.id)}"
    yield from _row(console, label, text, indent=max(_INDENT + 2, len(label) + 2), lead=0, style="")


def _evidence(console: Console, evidence: Iterable[Cited]) -> Iterator[Text]:
    for cited in evidence:
        yield from _row(console, "Source", in_marks(cited.evidence.quote))
        yield from _row(console, "", f"{STANCES[cited.evidence.stance]}: {_named(cited)}", style="dim")


def _named(cited: Cited) -> str:
    title, told = one_line(cited.source.title), ", ".join(source_parts(cited))
    return f"{title}, {told}" if title and title != cited.source.id else told


def _row(
    console: Console, label: str, text: str, *, indent: int = _LABELLED, lead: int = _INDENT, style: str = ""
) -> Iterator[Text]:
    """`text` wrapped by cells and hung at `indent`, with `label` at `lead` on its first line."""
    from rich.cells import cell_len
    from rich.text import Text

    body = Text(text, style=style)
    for number, line in enumerate(body.wrap(console, max(16, console.width - indent))):
        margin = " " * lead + label if number == 0 and label else ""
        first = Text(margin + " " * max(0, indent - cell_len(margin)))
        yield first.append_text(line)


def _blank() -> Iterator[Text]:
    from rich.text import Text

    yield Text("")
