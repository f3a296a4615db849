"""End to end: which drafts a folder holds, in the gold form or in the plain one, and which of them a split has.

Gold form: folders of drafts side by side, or one of them. `splits.toml` beside them lists `dev` and `test` by name or
number; where it does not, drafts whose number is a multiple of three are `dev` and the other numbers are `test`. The
files of a draft outside the split are not opened.

Plain form: `drafts/` with one file each, `sources/` (or `sources/NAME/` for the draft of that name alone),
`claims.jsonl` whose rows name their `draft`, and if wanted `sources.jsonl` and `nonclaims.jsonl`. It has no splits.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.errors import InputError, UsageError
from checker.evaluation.datasets.gold import (
    GoldClaim,
    GoldDraft,
    GoldSource,
    NonClaim,
    read_article,
    read_claim,
    read_draft,
    read_nonclaim,
    read_source,
)
from checker.evaluation.datasets.rows import Row, read_rows, unique
from checker.model import Article
from checker.reading import supported_suffixes

DEV, TEST = "dev", "test"
SPLITS = "splits.toml"
_NUMBERED = re.compile(r"(\d+)-")


def read_drafts(path: Path, split: str = DEV) -> tuple[GoldDraft, ...]:
    """The drafts of `path` that are in `split`; in the plain form, all. Raises InputError."""
    if (path / "drafts").is_dir():
        return _plain(path)
    return tuple(read_draft(folder) for folder in folders(path, split))


def folders(path: Path, split: str | None = None) -> tuple[Path, ...]:
    """The folders of drafts of the gold form in `path`, which may be one itself; those of `split`, or all.

    Raises UsageError for a draft that is not in the split: the sealed ones are opened only when they are asked for.
    """
    if (path / "draft.md").is_file():
        if split and split_of(path) not in (split, ""):
            raise UsageError(
                f"is a draft of the split {split_of(path)!r}, not {split!r}", where=str(path), hint="See --split."
            )
        return (path,)
    every = sorted(part for part in path.iterdir() if (part / "draft.md").is_file()) if path.is_dir() else []
    if not every:
        raise InputError("holds no drafts", where=str(path), hint="docs/evals.md describes the two forms.")
    lists = _lists(path / SPLITS)
    kept = tuple(folder for folder in every if not split or _split(folder.name, lists) in (split, ""))
    if not kept:
        raise InputError(f"has no draft of the split {split!r}", where=str(path), hint="See --split.")
    return kept


def split_of(folder: Path) -> str:
    """The split that a draft is in; empty where there are none."""
    return _split(folder.name, _lists(folder.absolute().parent / SPLITS))


def _split(name: str, lists: Mapping[str, frozenset[str]]) -> str:
    number = _NUMBERED.match(name)
    for split, members in lists.items():
        if name in members or (number and str(int(number[1])) in members):
            return split
    if lists:
        # A draft that nobody has put anywhere is sealed: it may be tuned on only when somebody says so.
        return TEST
    return "" if number is None else DEV if int(number[1]) % 3 == 0 else TEST


def _lists(path: Path) -> dict[str, frozenset[str]]:
    """The members of each split, by name and by number without leading noughts."""
    if not path.is_file():
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not valid TOML: {error}", where=str(path)) from error
    told = told.get("splits", told)
    return {split: _members(told[split]) for split in (DEV, TEST) if split in told}


def _members(value: Any) -> frozenset[str]:
    if isinstance(value, dict):
        value = value.get("drafts", [])
    written = [str(item) for item in value] if isinstance(value, list) else []
    return frozenset(str(int(item)) if item.isdigit() else item for item in written)


def _plain(path: Path) -> tuple[GoldDraft, ...]:
    known = supported_suffixes()
    files = [file for file in sorted((path / "drafts").iterdir()) if file.suffix.lower() in known]
    articles = {file.name: read_article(file) for file in files}
    shared = _labelled_sources(path)
    sources = {file.name: _of_draft(shared, file.stem) for file in files}
    claims = _by_draft(path / "claims.jsonl", articles)
    others = _by_draft(path / "nonclaims.jsonl", articles) if (path / "nonclaims.jsonl").exists() else {}
    return tuple(
        GoldDraft(
            name=Path(name).stem,
            article=article,
            sources=sources[name],
            claims=_claims(claims.get(name, []), article, sources[name]),
            nonclaims=_nonclaims(others.get(name, []), article),
        )
        for name, article in articles.items()
    )


def _labelled_sources(path: Path) -> dict[str, GoldSource]:
    """Every file below `sources/`, by its path there, with what a row of `sources.jsonl` says of it."""
    folder, labels = path / "sources", path / "sources.jsonl"
    rows = {row.text("file"): row for row in read_rows(labels)} if labels.exists() else {}
    known = supported_suffixes()
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix.lower() in known)
    if not files:
        raise InputError("has no source that can be read", where=str(folder), hint="Put the sources there.")
    names = [file.relative_to(folder).as_posix() for file in files]
    if unknown := sorted(set(rows) - set(names)):
        raise InputError(f"names {unknown[0]!r}, which is not there", where=str(labels), hint="Correct the row.")
    return {name: read_source(rows.get(name, Row(name, {"file": name})), folder) for name in names}


def _of_draft(sources: Mapping[str, GoldSource], stem: str) -> tuple[GoldSource, ...]:
    """The sources of one draft: those in its own folder where it has one, else those in none."""
    own = tuple(source for name, source in sources.items() if name.startswith(f"{stem}/"))
    return own or tuple(source for name, source in sources.items() if "/" not in name)


def _by_draft(path: Path, articles: Mapping[str, Article]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    stems = {Path(name).stem: name for name in articles}
    for row in read_rows(path):
        name = row.text("draft")
        name = name if name in articles else stems.get(name, name)
        if name not in articles:
            raise row.error(f"is of the draft {name!r}, which is not in drafts/", "Name a file of drafts/.")
        number = len(found.setdefault(name, [])) + 1
        stem = Path(name).stem
        found[name].append(Row(row.where, {"id": f"{stem}-{number}", **row.values}))
    return found


def _claims(rows: list[Row], article: Article, sources: tuple[GoldSource, ...]) -> tuple[GoldClaim, ...]:
    texts = {source.file: source.document.text for source in sources}
    return tuple(read_claim(row, article.text, texts) for row, _ in unique((row, row.text("id")) for row in rows))


def _nonclaims(rows: list[Row], article: Article) -> tuple[NonClaim, ...]:
    return tuple(read_nonclaim(row, article.text) for row in rows)
