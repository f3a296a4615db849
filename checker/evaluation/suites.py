"""Suites: a few runs that are made together and held against one baseline, as `evals/suites.toml` names them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from checker.errors import InputError


@dataclass(frozen=True, slots=True)
class Suite:
    """One run: what `checker eval run` would be told. `data` is relative to the file that names the suite."""

    name: str
    task: str
    data: Path
    engine: str = "embedded"
    split: str = "dev"
    limit: int | None = None
    seed: int = 0
    budget: bool = False


def read_suites(path: Path) -> tuple[Suite, ...]:
    """The suites of a file. Raises InputError for one that cannot be used."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("suite", [])
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not valid TOML: {error}", where=str(path)) from error
    known = {item.name for item in fields(Suite)}
    for row in rows:
        if unknown := sorted(set(row) - known):
            raise InputError(f"has the unknown key {unknown[0]!r}", where=str(path), hint=f"Known: {sorted(known)}.")
        if missing := [name for name in ("name", "task", "data") if not row.get(name)]:
            raise InputError(f"has a suite without {missing[0]}", where=str(path), hint="Each needs all three.")
    if not rows:
        raise InputError("names no suite", where=str(path), hint="Add a table [[suite]].")
    return tuple(Suite(**{**row, "data": path.parent / row["data"]}) for row in rows)
