"""Datelines and lines of publication: what day the draft gives for itself."""

from __future__ import annotations

import re
from datetime import date

from checker.language.dates import find_dates
from checker.language.lexicon import MONTHS
from checker.model import Article, BlockKind, Span

_PLACE = r"(?:[A-ZÀ-ÞŁŠŽ][A-ZÀ-ÞŁŠŽ'’.\-]+(?:[ ][A-ZÀ-ÞŁŠŽ][A-ZÀ-ÞŁŠŽ'’.\-]*){0,4})"
_REST = r"(?:,[ ][^\n—–]{1,50}?)?(?:[ ]?\([^)\n]{1,40}\))?"
_AGENCY = r"[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,3}(?:,[ ][^\n—–]{1,50}?)?[ ]?\([A-Z][^)\n]{1,30}\)"
DATELINE = re.compile(rf"\s*(?:{_PLACE}{_REST}|{_AGENCY})[ ]*(?:—|–|--|[ ]-)[ ]*(?=[\"“‘'A-Z0-9])")
"""A place in capitals, or a place and an agency in brackets, before a dash: "PORTSEA, March 3, 2025 —"."""

_PUBLISHED = re.compile(
    r"^\W*(?:first[ ])?(?:published|posted|issued|date|updated|last[ ]updated"
    r"|last[ ]modified)\b(?:[ ](?:on|at))?[ ]*:?[ ]*(?=\S)",
    re.I,
)
_ONLY_A_DATE = re.compile(r"^\W*(?:on[ ])?[\w ,./:|–—-]{6,60}$", re.I)
_NEAR_THE_TOP = 12
_NEAR_THE_END = 4
_LONGEST = 120
_CLOCK = re.compile(
    r"\b\d{1,2}(?::\d{2})?[ ]?(?:a\.?m\.?|p\.?m\.?)|\b\d{1,2}:\d{2}\b|\b(?:UTC|GMT|EST|EDT|CET|BST|PST)\b", re.I
)


def dateline_date(article: Article) -> date | None:
    """The day of publication that the draft's own lines give: "Published: 3 March 2025", a date alone, a dateline.

    Only lines near the top and the end are looked at, and only a day with its year counts. None where there is none,
    or where lines of one sort name different days.
    """
    lines = _lines(article)
    edge = [*lines[:_NEAR_THE_TOP], *lines[_NEAR_THE_TOP:][-_NEAR_THE_END:]]
    for days in (_published(edge), _bare(lines[:_NEAR_THE_TOP]), _datelines(lines)):
        if len(set(days)) == 1:
            return days[0]
    return None


def is_date_line(text: str) -> bool:
    """Whether `text` is only a date of publication, with or without a label and a clock time."""
    if len(text) > _LONGEST:
        return False
    label = _PUBLISHED.match(text)
    if label:
        return bool(find_dates(text[label.end() :], None)) and len(text.split()) <= 14
    return _bare_date(text) is not None


def _lines(article: Article) -> list[str]:
    kinds = {BlockKind.CODE, BlockKind.COMMENT, BlockKind.TABLE_ROW}
    texts = [block.span.of(article.text) for block in article.blocks if block.kind not in kinds] or [article.text]
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _published(lines: list[str]) -> list[date]:
    first: list[date] = []
    later: list[date] = []
    for line in lines:
        label = _PUBLISHED.match(line)
        if label and len(line) <= _LONGEST:
            days = later if re.search(r"updated|modified", label.group(), re.I) else first
            days.extend(_days(line[label.end() :])[:1])
    return first or later


def _bare(lines: list[str]) -> list[date]:
    return [day for line in lines if len(line) <= _LONGEST and (day := _bare_date(line)) is not None]


def _bare_date(line: str) -> date | None:
    """The day of a line that holds a date and nothing else but a weekday and a time."""
    if not _ONLY_A_DATE.match(line):
        return None
    mentions = [item for item in find_dates(line, None) if item.day is not None and item.resolved]
    if len(mentions) != 1:
        return None
    rest = _without(line, mentions[0].span)
    return mentions[0].earliest if not re.search(r"[^\W\d_]", _CLOCK.sub("", rest)) else None


def _without(line: str, span: Span) -> str:
    return line[: span.start] + line[span.end :]


def _datelines(lines: list[str]) -> list[date]:
    found = []
    for line in lines:
        match = DATELINE.match(line)
        if match and any(month in match.group().casefold() for month in MONTHS):
            found.extend(_days(match.group())[:1])
    return found[:1]


def _days(text: str) -> list[date]:
    return [
        item.earliest for item in find_dates(text, None) if item.resolved and item.day is not None and item.earliest
    ]
