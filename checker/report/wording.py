"""The English of a report: names of groups, reasons and outcomes, and the lines that every format has."""

from __future__ import annotations

from checker.model import Clash, Provenance, Report, Stance, Unchecked, Verdict
from checker.report.findings import Cited, Finding, Group, Share, grouped
from checker.report.safe import one_line

GROUP_NAMES = {
    Group.CONTRADICTED: "Contradicted",
    Group.MIXED: "Mixed",
    Group.NOT_ENOUGH_EVIDENCE: "Not enough evidence",
    Group.UNCHECKED: "Not checked",
    Group.SUPPORTED: "Supported",
}

# One mark a group, so that nothing hangs on colour. None of them has an emoji form.
SYMBOLS = {
    Group.CONTRADICTED: "✗",
    Group.MIXED: "±",
    Group.NOT_ENOUGH_EVIDENCE: "?",
    Group.UNCHECKED: "!",
    Group.SUPPORTED: "✓",
}

STANCES = {
    Stance.SUPPORTS: "supports",
    Stance.CONTRADICTS: "contradicts",
    Stance.QUALIFIES: "qualifies",
    Stance.REPORTS: "only reports that it was said",
}

CLASHES = {
    Clash.TWO_VALUES: "two values",
    Clash.SUM: "does not add up",
    Clash.WEEKDAY: "wrong day of the week",
    Clash.DURATION: "years do not fit",
    Clash.AGE: "ages do not fit",
    Clash.OFFICE: "two offices",
    Clash.SPELLING: "two spellings",
}

ITSELF = "The draft against itself"

SET_ASIDE = "Not checked: below the check-worthiness asked for"

_OPENING, _CLOSING = frozenset('“"«„'), frozenset('”"»“')

_REASONS = {
    "quantity_mismatch": "another number",
    "unit_mismatch": "another unit",
    "date_mismatch": "another date",
    "name_mismatch": "another name",
    "office_mismatch": "another office",
    "quote_altered": "words of the quotation changed",
    "quote_not_found": "quotation not found",
    "misattributed": "said by somebody else",
    "negated": "the source says the opposite",
    "superseded": "a later source says otherwise",
    "says_otherwise": "the source says otherwise in other words",
    "only_reported": "only reported speech",
    "only_copies": "only copies of the draft",
    "silent": "sources are silent",
    "unsure": "too unsure for the risk asked for",
    "name_variant": "spelt another way, no error",
    "unit_converted": "same in another unit, no error",
    "quote_folded": "only marks differ, no error",
    "no_language": "no words to read",
    "not_checkable": "not checkable",
    "little_worth": "below the check-worthiness asked for",
    "skipped_budget": "budget spent",
}


def spoken(code: str) -> str:
    """A code of the contract in words."""
    return _REASONS.get(code, code.replace("_", " "))


def counted(number: int, noun: str) -> str:
    """`number` with its noun: 1 claim, 2 claims."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tally(found: tuple[Finding, ...]) -> str:
    """The whole report in one line."""
    if not found:
        return "No claim was found in this draft."
    counts = {group: len(items) for group, items in grouped(found).items()}
    parts = [
        f"{count:,} {GROUP_NAMES[group].lower()}"
        for group, count in counts.items()
        if count or group is Group.CONTRADICTED
    ]
    return f"{counted(len(found), 'claim')}: {', '.join(parts)}."


def heading(report: Report) -> str:
    """What the draft is called."""
    article = report.article
    return one_line(article.title or article.uri or "") or "Untitled draft"


def coverage_line(shares: tuple[Share, ...]) -> str:
    """What became of every sentence, by outcome and reason, in one line."""
    parts = []
    for share in shares:
        reasons = ", ".join(f"{count:,} {spoken(reason)}" for reason, count in share.reasons)
        parts.append(f"{share.count:,} {spoken(share.outcome)}" + (f" ({reasons})" if reasons else ""))
    total = counted(sum(share.count for share in shares), "sentence")
    return f"{total}: {'; '.join(parts)}." if parts else f"{total}."


def in_marks(text: str) -> str:
    """Words on one line in quotation marks, which they are not given twice."""
    line = one_line(text)
    return line if line[:1] in _OPENING and line[-1:] in _CLOSING else f"“{line}”"


def source_parts(cited: Cited) -> tuple[str, ...]:
    """Publisher, day, place and id of a source, as far as they are known; its title stands apart."""
    source, where = cited.source, str(cited.evidence.locator)
    parts = (source.publisher, source.published and source.published.isoformat(), where, source.id)
    return tuple(one_line(part) for part in parts if part)


def failure_line(result: Unchecked) -> str:
    """Why a claim has no verdict: the state, the stage, the message."""
    return one_line(f"{spoken(result.status)} while at {result.stage}: {result.message}")


def searched_line(finding: Finding) -> str:
    """What was looked through before nothing decisive was found; empty where a verdict was found."""
    if not isinstance(finding.result, Verdict) or finding.group is not Group.NOT_ENOUGH_EVIDENCE:
        return ""
    done = finding.result.searched
    if not done.passages:
        return ""
    among = f" of {counted(done.sources, 'source')}" if done.sources else ""
    return f"Looked through {counted(done.passages, 'passage')}{among}."


def reasons_line(finding: Finding) -> str:
    """The codes of a finding in words."""
    return ", ".join(spoken(code) for code in finding.reasons)


def provenance_line(origin: Provenance) -> str:
    """How the report was made, in one line."""
    parts = [f"checker {origin.checker}", f"{origin.engine} engine", f"corpus {origin.corpus[:12]}"]
    parts.append(counted(origin.sources, "source"))
    if origin.as_of:
        parts.append(f"as of {origin.as_of.isoformat()}")
    if origin.usage.calls:
        parts.append(f"{counted(origin.usage.calls, 'model call')}, ${origin.usage.cost_usd:.4f}")
    return one_line(", ".join(parts)) + "."


def is_plain_support(finding: Finding) -> bool:
    """Whether a finding needs no remark: supported, with nothing to say about how."""
    return finding.group is Group.SUPPORTED and not finding.reasons
