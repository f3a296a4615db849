"""The files that collected decisions are written to: gold rows in the plain forms, and what is left to people.

    verification.jsonl   claims with the words that were shown, in the verification form
    claims.jsonl         claims in the gold form, each naming its draft
    conflicts.jsonl      claims on which reviewers differ, for adjudication; in neither of the files above
    incomplete.jsonl     labels that make no row of one form or the other, and why
    agreement.json       how far reviewers agree

With the drafts and the corpus, `drafts/`, `sources/` and `sources.jsonl` too: then the folder is the plain form of an
end to end set.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from checker.corpus.folder import Folder
from checker.decisions import Choice
from checker.errors import UsageError
from checker.evaluation.collecting import Coefficient, Collected, Gold, Unit, needed_together
from checker.evaluation.datasets.gold import places_of, read_article
from checker.model import Article, ClaimKind, ReasonCode, Span
from checker.spans import reanchor

Rows = list[dict[str, Any]]
Drafts = Mapping[str, tuple[str, Article]]
"""Drafts at hand by the name that reports call them: the name of the file, and what it says."""

NO_WORDS = "no words that were shown bear the label: name the source's words"
NOTHING_SHOWN = "nothing was shown to read: no row of the verification form"
QUOTATION = "a quotation needs its speaker and the whole source: no row of the verification form"
NO_DRAFT = "it was decided without the draft: its place is unknown"
GONE = "its words do not stand in the draft that was given, or not in a certain place"


def files_of(
    found: Collected, figures: Sequence[Coefficient], drafts: Drafts, files: Mapping[str, str]
) -> dict[str, str]:
    """What is to be written, by file name.

    Claims of `drafts` are placed in them. `files` are the names that sources have in the folder, by id; a source that
    has none keeps its id.
    """
    verification, claims, incomplete = _sorted_out(found.gold, drafts, files)
    return {
        "verification.jsonl": _lines(verification),
        "claims.jsonl": _lines(claims),
        "conflicts.jsonl": _lines(_conflict(unit) for unit in found.conflicts),
        "incomplete.jsonl": _lines(incomplete),
        "agreement.json": json.dumps([_figure(item) for item in figures], ensure_ascii=False, indent=1) + "\n",
    }


def copy_drafts(paths: Sequence[Path], out: Path) -> dict[str, tuple[str, Article]]:
    """The drafts at `paths` (see `Drafts`), copied to `out/drafts`. Raises InputError or UsageError."""
    twice = next((path for at, path in enumerate(paths) if path.name in {other.name for other in paths[:at]}), None)
    if twice:
        raise UsageError("has the name of another draft", where=str(twice), hint="Collect them into two folders.")
    read = {path: read_article(path) for path in paths}
    for path in paths:
        _put(out / "drafts" / path.name, path.read_bytes())
    return {article.uri or path.name: (path.name, article) for path, article in read.items()}


def copy_sources(corpus: Path, out: Path) -> dict[str, str]:
    """The sources of a corpus, copied to `out/sources` with their labels beside; their file names by id.

    Raises CorpusError where the corpus cannot be read.
    """
    folder = Folder(corpus)
    folder.require()
    current = folder.load().current
    rows: Rows = []
    for entry in current.values():
        _put(out / "sources" / entry.file, folder.read(entry))
        row = {"file": entry.file, "title": entry.title, "publisher": entry.publisher, "tier": entry.tier.value}
        rows.append(row | ({"published": entry.published.isoformat()} if entry.published else {}))
    _put(out / "sources.jsonl", _lines(rows).encode())
    return {entry.id: entry.file for entry in current.values()}


def write(files: Mapping[str, str], out: Path) -> None:
    """Write those files into `out`. Raises UsageError."""
    for name, text in files.items():
        _put(out / name, text.encode("utf-8", "surrogatepass"))


def _sorted_out(gold: Sequence[Gold], drafts: Drafts, files: Mapping[str, str]) -> tuple[Rows, Rows, Rows]:
    """Rows of the verification form, rows of the gold form, and of what is missing from either."""
    verification: Rows = []
    claims: Rows = []
    incomplete: Rows = []
    for item in gold:
        nth = _nth(item, drafts)
        quoted = item.decision.claim.kind is ClaimKind.QUOTE
        if item.evidence and not quoted:
            verification.append(_pair(item))
        if item.evidence is not None and nth:
            name, _ = drafts.get(item.unit.cluster, (item.unit.cluster, None))
            claims.append(_claim(item, name, nth, files))
        missing = {
            NO_WORDS: item.evidence is None,
            QUOTATION: quoted,
            NOTHING_SHOWN: item.evidence == () and not quoted,
            NO_DRAFT: item.decision.claim.nth is None and not nth,
            GONE: item.decision.claim.nth is not None and not nth,
        }
        incomplete += [_missing(item, why) for why, so in missing.items() if so]
    return verification, claims, incomplete


def _pair(item: Gold) -> dict[str, Any]:
    """A row of the verification form; each piece of evidence is the words shown with what stands around them."""
    texts = {(shown.title, shown.before + shown.quote + shown.after): None for shown, _ in item.evidence or ()}
    return {
        "id": item.unit.id,
        "claim": item.decision.claim.text,
        "evidence": [{"title": title, "text": text} for title, text in texts],
        "label": item.label.value,
        "cluster": item.unit.cluster,
        "facts": {"kind": item.decision.claim.kind.value, "level": item.decision.claim.level.value, **_told(item)},
    }


def _claim(item: Gold, draft: str, nth: int, files: Mapping[str, str]) -> dict[str, Any]:
    """A row of the gold form."""
    claim, together = item.decision.claim, needed_together(item.decision)
    known = {code.value for code in ReasonCode}
    accepted = item.decision.choice is Choice.ACCEPTED
    return {
        "id": item.unit.id,
        "draft": draft,
        "quote": claim.quote,
        "nth": nth,
        "claim": claim.text,
        "kind": claim.kind.value,
        "level": claim.level.value,
        "verdict": item.label.value,
        "reasons": [code for code in claim.codes if accepted and code in known],
        "evidence": [
            {
                "source": files.get(shown.source_id, shown.source_id),
                "quote": shown.quote,
                "stance": stance.value,
                "set": 1 if together else number,
            }
            for number, (shown, stance) in enumerate(item.evidence or (), 1)
        ],
        "difficulty": "",
        "ambiguous": False,
        "planted": "",
        "note": item.decision.reason,
    }


def _told(item: Gold) -> dict[str, str]:
    return {"decision": item.decision.choice.value, "reviewers": str(len(item.unit.labels))}


def _nth(item: Gold, drafts: Drafts) -> int | None:
    """Which of the places of its words in the draft a claim is; None where that is not known."""
    claim = item.decision.claim
    if item.unit.cluster not in drafts:
        return claim.nth
    _, article = drafts[item.unit.cluster]
    if article.sha256 == item.decision.article:
        span: Span | None = claim.span
    else:
        old = claim.before + claim.quote + claim.after
        span = reanchor(Span(len(claim.before), len(claim.before) + len(claim.quote)), old, article.text)
    places = places_of(claim.quote, article.text)
    return places.index(span) + 1 if span in places else None


def _missing(item: Gold, why: str) -> dict[str, Any]:
    row = {"id": item.unit.id, "why": why, "claim": item.decision.claim.text, "label": item.label.value}
    return row | {"draft": item.unit.cluster, "reason": item.decision.reason}


def _conflict(unit: Unit) -> dict[str, Any]:
    """What an adjudicator needs: the claim, and what each reviewer said of which words."""
    first = next(iter(unit.decisions.values()))
    return {
        "id": unit.id,
        "draft": unit.cluster,
        "quote": first.claim.quote,
        "claim": first.claim.text,
        "labels": {name: label.value for name, label in sorted(unit.labels.items())},
        "decisions": [
            {
                "reviewer": name,
                "decision": one.choice.value,
                "verdict_before": one.claim.verdict,
                "verdict_after": one.verdict_after,
                "reason": one.reason,
                "time": one.time,
                "report": one.report,
                "article": one.article,
                "evidence": [
                    {"source": item.source_id, "quote": item.quote, "stance": item.stance.value}
                    for item in one.claim.evidence
                ],
            }
            for name, one in sorted(unit.decisions.items())
        ],
    }


def _figure(item: Coefficient) -> dict[str, Any]:
    values = asdict(item.agreement)
    whole = {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in values.items()}
    return {"name": item.name, "reviewers": list(item.reviewers), **whole}


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _put(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(f"cannot be written: {error.strerror}", where=str(path), hint="Name another --out.") from error
