"""Figures and dates that a source takes back: "£710,000, and not £640,000 as first given", a notice of correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.language.quantities import Quantity, find_quantities
from checker.language.sentences import sentences
from checker.model import ReasonCode, Source, Span
from checker.verify.checks.findings import Finding, Relation

_CORRECTING = re.compile(
    r"\b(?:correct(?:s|ed|ion|ions)|corrigend\w+|errat(?:um|a)|revis(?:es|ed|ion)|replac(?:es|ed)|supersed\w+|"
    r"restat(?:es|ed|ement)|amend(?:s|ed|ment)|updat(?:es|ed)|withdr(?:aws|awn|ew)|retract\w*|"
    r"now stands? at|"
    r"(?:we|was|were|as) (?:first|originally|previously|earlier|wrongly) (?:said|given|reported|published|stated))\b",
    re.I,
)
_REFUSED = re.compile(r"\b(?:not|rather than|instead of|no longer)\s+(?:the\s+|about\s+|some\s+)?$", re.I)
_TOLD_BEFORE = re.compile(
    r"\b(?:gave|had (?:given|said|put|reported)|stated|published|was (?:given|put|reported))\b", re.I
)
_REACH = 320
"""Characters after a sentence in which a correction names the figure that replaces the old one."""


@dataclass(frozen=True, slots=True)
class Superseded:
    """Findings in which what is taken back conflicts, and the stretch of the source that shows it."""

    findings: tuple[Finding, ...]
    shown: Span


def superseded(source: Source, sentence: Span, findings: tuple[Finding, ...]) -> Superseded | None:
    """The findings on `sentence` where it gives a figure of the claim only to take it back; None where it does not."""
    text = sentence.of(source.text)
    after = source.text[sentence.end : sentence.end + _REACH]
    told_before = _TOLD_BEFORE.search(text) is not None
    notice = _CORRECTING.search(source.title) or (told_before and _CORRECTING.search(after))
    changed: list[Finding] = []
    end = sentence.end
    for finding in findings:
        taken = finding.relation is Relation.AGREES and finding.source is not None and _figure(text, finding.source)
        if not taken or finding.source is None:
            changed.append(finding)
        elif _REFUSED.search(text, 0, finding.source.start):
            changed.append(_taken_back(finding, finding.source.of(text), _other(text, finding.source)))
        elif notice and _CORRECTING.search(f"{text} {after}"):
            new = _replacement(text, finding.source, after)
            if new is None:
                changed.append(finding)
                continue
            changed.append(_taken_back(finding, finding.source.of(text), new[0]))
            end = sentence.end + new[1]
        else:
            changed.append(finding)
    if tuple(changed) == findings:
        return None
    return Superseded(tuple(changed), Span(sentence.start, end))


def corrects(source: Source, sentence: Span) -> bool:
    """Whether the source says, in its title or around the sentence, that it replaces what was said before."""
    around = source.text[max(0, sentence.start - _REACH // 2) : sentence.end + _REACH // 2]
    return _CORRECTING.search(source.title) is not None or _CORRECTING.search(around) is not None


def _figure(text: str, span: Span) -> Quantity | None:
    return next((item for item in find_quantities(text) if item.span.overlaps(span)), None)


def _other(text: str, span: Span) -> str | None:
    """The one other figure of the same kind in the sentence."""
    own = _figure(text, span)
    others = [
        item
        for item in find_quantities(text)
        if own is not None and item.span != own.span and item.dimension is own.dimension and item.low != own.low
    ]
    return others[0].span.of(text) if len(others) == 1 else None


def _replacement(text: str, span: Span, after: str) -> tuple[str, int] | None:
    """The figure that the words after the sentence give instead, and where its own sentence ends in them."""
    own = _figure(text, span)
    for part in sentences(after):
        piece = part.of(after)
        for item in find_quantities(piece):
            if (
                own is not None
                and item.dimension is own.dimension
                and item.low != own.low
                and _CORRECTING.search(piece)
            ):
                return item.span.of(piece), part.end
    return None


def _taken_back(finding: Finding, old: str, new: str | None) -> Finding:
    note = f"the source takes “{old}” back" + (f" and gives “{new}”" if new else "")
    return Finding(Relation.CONFLICTS, finding.claim, finding.source, ReasonCode.SUPERSEDED, note, new)
