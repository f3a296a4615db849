"""Whether a gold set holds: every quote in its place, every label known, every sentence accounted for.

Faults name a file, a line and an id and never repeat the words of a draft, so that whoever works on the program can
validate the sealed drafts without reading them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from checker.errors import CheckerError, InputError
from checker.evaluation.datasets.drafts import folders, split_of
from checker.evaluation.datasets.gold import (
    GoldClaim,
    read_article,
    read_claim,
    read_facts,
    read_nonclaim,
    read_source,
    read_sources,
)
from checker.evaluation.datasets.rows import Row, read_rows
from checker.language.sentences import stretch_sentences, stretches
from checker.model import Article, BlockKind, Span

T = TypeVar("T")

_NO_PROSE = (BlockKind.FURNITURE, BlockKind.METADATA, BlockKind.CODE, BlockKind.COMMENT, BlockKind.HEADING)


@dataclass
class Validated:
    """What a gold set is made of, and everything that does not hold."""

    faults: list[str] = field(default_factory=list)
    drafts: Counter[str] = field(default_factory=Counter)  # by split
    verdicts: Counter[str] = field(default_factory=Counter)
    planted: int = 0
    gray: int = 0
    claims: int = 0

    def lines(self) -> Iterator[str]:
        """The counts, for a terminal."""
        splits = ", ".join(f"{split or 'no split'} {number}" for split, number in sorted(self.drafts.items()))
        yield f"{sum(self.drafts.values())} drafts ({splits}), {self.claims} claims"
        yield ", ".join(f"{name} {number}" for name, number in self.verdicts.most_common())
        yield f"planted {self.planted}, gray {self.gray}"


def validated(path: Path, split: str | None = None) -> Validated:
    """The gold set in `path`, or one draft of it, read whole; only the drafts of `split` are opened where it is given.

    Raises InputError where there is no gold set.
    """
    found = Validated()
    ids: set[str] = set()
    for folder in folders(path, split):
        found.drafts[split_of(folder)] += 1
        _draft(folder, found, ids)
    return found


def _draft(folder: Path, found: Validated, ids: set[str]) -> None:
    faults = found.faults
    article = _tried(faults, lambda: read_article(folder / "draft.md"))
    _tried(faults, lambda: read_facts(folder / "draft.toml"))
    texts = _sources(folder, faults)
    if article is None:
        return
    covered: list[Span] = []
    for row in _rows(folder / "claims.jsonl", faults):
        claim = _tried(faults, partial(read_claim, row, article.text, texts))
        _once(row, ids, faults)
        if claim is not None:
            covered.append(claim.span)
            _count(claim, found)
    for row in _rows(folder / "nonclaims.jsonl", faults):
        other = _tried(faults, partial(read_nonclaim, row, article.text))
        _once(row, ids, faults)
        if other is not None:
            covered.append(other.span)
    faults += [f"{folder / 'draft.md'}: {line}" for line in _uncovered(article, covered)]


def _sources(folder: Path, faults: list[str]) -> dict[str, str]:
    texts: dict[str, str] = {}
    whole = True
    for row in _rows(folder / "sources.jsonl", faults):
        source = _tried(faults, partial(read_source, row, folder / "sources"))
        missing = [name for name in ("title", "publisher", "published", "tier") if not row.optional(name)]
        if missing:
            faults.append(f"{row.where}: has no {' and no '.join(missing)}")
        if source is None:
            whole = False
        else:
            texts[source.file] = source.document.text
    if whole:
        _tried(faults, lambda: read_sources(folder / "sources.jsonl", folder / "sources"))
    return texts


def _uncovered(article: Article, covered: list[Span]) -> Iterator[str]:
    """Each sentence of the body that no claim and no row of nonclaims stands in."""
    for stretch in stretches(article.blocks):
        if stretch[0].kind in _NO_PROSE:
            continue
        for span in stretch_sentences(article.text, stretch):
            if not any(span.overlaps(other) for other in covered):
                line = article.text.count("\n", 0, span.start) + 1
                yield f"the sentence at characters {span.start} to {span.end} (line {line}) is in no row"


def _count(claim: GoldClaim, found: Validated) -> None:
    found.claims += 1
    found.verdicts[claim.verdict.value] += 1
    found.planted += bool(claim.planted)
    found.gray += claim.ambiguous


def _once(row: Row, ids: set[str], faults: list[str]) -> None:
    id = row.optional("id")
    if id and id in ids:
        faults.append(f"{row.where}: has the id {id!r} of another row")
    ids.add(id)


def _rows(path: Path, faults: list[str]) -> list[Row]:
    return _tried(faults, lambda: list(read_rows(path))) or []


def _tried(faults: list[str], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except CheckerError as error:
        faults.append(error.line() if isinstance(error, InputError) else str(error))
        return None
