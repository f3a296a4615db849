"""A report as Markdown for a ticket or a message. Words from outside can never become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from checker.report.safe import one_line, web_link
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
    source_parts,
    tally,
)

if TYPE_CHECKING:
    from checker.model import Report

_WHOLE = (Group.CONTRADICTED, Group.MIXED)
# A backslash makes any of these itself (CommonMark 0.31, 2.4). A colon counts in bare addresses, which GitHub links;
# a dash, plus or number only at the start of a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~#$@^=]|(?<=[A-Za-z]):(?=\S))")
_LEADING = re.compile(r"^([-+])|^(\d{1,9})([.)])")
_BARE_HOST = re.compile(r"(?i)\b(www)\.")


def markdown(report: Report, order: Order = Order.DRAFT) -> str:
    """`report` as CommonMark, readable as it stands; the findings of a group in `order`."""
    return "\n".join(_lines(report, order)).rstrip() + "\n"


def escaped(text: str) -> str:
    """`text` on one line, so that Markdown shows exactly its characters."""
    line = _SPECIAL.sub(r"\\\1", one_line(text))
    line = _BARE_HOST.sub(r"\1\\.", line)
    return _LEADING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", line)


def _lines(report: Report, order: Order) -> Iterator[str]:
    found = arranged(findings(report), order)
    yield from (f"# Fact check: {escaped(heading(report))}", "", f"**{tally(found)}**", "")
    yield from _itself(pairs(report))
    for group, items in grouped(found).items():
        if items:
            yield from (f"## {GROUP_NAMES[group]} ({len(items):,})", "")
            for finding in items:
                yield from _whole(finding) if group in _WHOLE else _compact(finding)
            yield ""
    yield from _set_aside(set_aside(report))
    yield from ("## How the draft was read", "", escaped(coverage_line(coverage(report.sentences))), "")
    yield from (escaped(provenance_line(report.provenance)), "")
    yield f"Draft SHA-256: `{report.article.sha256}`"


def _itself(found: tuple[Pair, ...]) -> Iterator[str]:
    if not found:
        return
    yield from (f"## {ITSELF} ({len(found):,})", "")
    for pair in found:
        item = pair.item
        places = " and ".join(f"{escaped(in_marks(place.words))} (line {place.line})" for place in pair.places)
        told = f"- ≠ {escaped(item.id)}, {CLASHES[item.code]}: {places} — {escaped(item.explanation)}"
        yield told + (f" Suggestion: {escaped(item.suggestion)}" if item.suggestion else "")
    yield ""


def _set_aside(found: tuple[SetAside, ...]) -> Iterator[str]:
    if found:
        yield from (f"## {SET_ASIDE} ({len(found):,})", "")
        yield from (f"- line {item.line}: {escaped(in_marks(item.words))} {escaped(item.note)}" for item in found)
        yield ""


def _whole(finding: Finding) -> Iterator[str]:
    yield from (f"### {SYMBOLS[finding.group]} {escaped(finding.id)}: {escaped(finding.place)}", "")
    yield from (f"**Draft:** {escaped(in_marks(finding.words))}", "")
    if finding.restated:
        yield from (f"**Read as:** {escaped(finding.restated)}", "")
    yield from (f"**Why:** {escaped(finding.why)}", "")
    if finding.suggestion:
        yield from (f"**Suggestion:** {escaped(finding.suggestion)}", "")
    for cited in finding.evidence:
        yield from (f"> {escaped(cited.evidence.quote)}", ">", f"> — {_source(cited)}", "")


def _compact(finding: Finding) -> Iterator[str]:
    """One list item; the source's words hang under it where they need reading."""
    told = failure_line(finding.result) if isinstance(finding.result, Unchecked) else one_line(finding.why)
    name = f"{SYMBOLS[finding.group]} {escaped(finding.id)}, {escaped(finding.place)}:"
    remark = "" if is_plain_support(finding) else f" {escaped(told)}"
    if finding.group is Group.SUPPORTED:
        words = (f"{escaped(in_marks(cited.evidence.quote))} {_source(cited)}" for cited in finding.evidence)
        yield f"- {name} {escaped(in_marks(finding.words))}{remark} — {'; '.join(words)}"
        return
    yield f"- {name} {escaped(in_marks(finding.words))}{remark}"
    for cited in finding.evidence:
        yield from ("", f"  > {escaped(cited.evidence.quote)}", "  >", f"  > — {_source(cited)}", "")


def _source(cited: Cited) -> str:
    """Title (a link where the source has a web address), what else is known, and what it does to the claim."""
    title, link = escaped(cited.source.title or cited.source.id), web_link(cited.source.uri)
    named = f"[{title}](<{link.replace('&', '&amp;')}>)" if link else title
    return f"{', '.join((named, *map(escaped, source_parts(cited))))} ({STANCES[cited.evidence.stance]})"
