"""A report as one HTML file that asks the network for nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from checker.model import Outcome, Reason, Sentence, Unchecked
from checker.report import wording
from checker.report.draft import paragraphs
from checker.report.findings import Group, Order, arranged, coverage, findings, grouped, pairs, worth_of
from checker.report.safe import one_line, printable, web_link
from checker.spans import Positions

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from checker.model import Report

_READ_FIRST = (Group.CONTRADICTED, Group.MIXED)


def html(report: Report, order: Order = Order.DRAFT) -> str:
    """`report` as a page: the draft with its claims marked on the left, the evidence on the right."""
    found, against = findings(report), pairs(report)
    groups = grouped(arranged(found, order))
    style, script = _asset("report.css"), _asset("report.js")
    text = _template().render(
        report=report,
        heading=wording.heading(report),
        tally=wording.tally(found),
        found=found,
        groups=groups,
        first=[item for group in _READ_FIRST for item in groups[group]],
        against=against,
        paragraphs=paragraphs(report.article, found, against),
        coverage=wording.coverage_line(coverage(report.sentences)),
        without_claims=_without_claims(report),
        provenance=wording.provenance_line(report.provenance),
        style=_trusted(style),
        script=_trusted(script),
        policy=_policy(style, script),
    )
    return text if text.endswith("\n") else text + "\n"


def _without_claims(report: Report) -> list[tuple[int, str, str]]:
    """Line, what became of it, and words of every sentence that has no claim."""
    positions, text = Positions(report.article.text), report.article.text
    return [
        (
            positions.line_column(sentence.span.start)[0],
            _became(sentence),
            one_line(sentence.span.of(text)),
        )
        for sentence in report.sentences
        if sentence.outcome is not Outcome.CHECKED
    ]


def _became(sentence: Sentence) -> str:
    """What became of a sentence; where a figure decided, the note that tells it."""
    told = [wording.spoken(code) for code in (sentence.outcome, sentence.reason) if code]
    return ", ".join([told[0], sentence.note] if sentence.reason is Reason.LITTLE_WORTH else told)


def _policy(style: str, script: str) -> str:
    """A content security policy under which nothing runs or loads but this style and this script."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    from importlib.resources import files

    return files("checker.report").joinpath("templates", name).read_text(encoding="utf-8")


def _trusted(text: str) -> object:
    """A file of ours, to be put into the page as it is."""
    from markupsafe import Markup

    return Markup(text)


@lru_cache(maxsize=1)
def _template() -> Template:
    return _environment().get_template("report.html.j2")


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.globals.update(
        Group=Group,
        clashes=wording.CLASHES,
        itself=wording.ITSELF,
        names=wording.GROUP_NAMES,
        symbols=wording.SYMBOLS,
        stances=wording.STANCES,
        failure_line=wording.failure_line,
        reasons_line=wording.reasons_line,
        searched_line=wording.searched_line,
        web_link=web_link,
        worth_of=worth_of,
    )
    environment.tests["unchecked"] = lambda result: isinstance(result, Unchecked)
    return environment


def _shown(value: object) -> object:
    """What the template puts out: any text from outside is made printable before it is escaped."""
    if hasattr(value, "__html__"):
        return value
    return printable(str(value))
