"""Public hand-labelled sets that can be run by name where a copy is at hand; none comes with the program.

The folder is `$CHECKER_DATA`, or `shared/data` beside the checkout; `published.toml` says what lies where in it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from checker.errors import InputError

VARIABLE = "CHECKER_DATA"
_BESIDE = Path("..") / "shared" / "data"


@dataclass(frozen=True, slots=True)
class Published:
    """A public set: what it is, under which licence, where it is published, and which task reads it.

    `measure` is its primary figure; `cluster` the field that says which items belong together; `rationale` that its
    gold sentences are the evidence.
    """

    name: str
    task: str
    file: str
    licence: str
    address: str
    obtain: str
    classes: str
    measure: str
    cluster: str = ""
    rationale: bool = False
    remark: str = ""

    def path(self, environ: Mapping[str, str] = os.environ) -> Path:
        """Where the set is expected."""
        return data_folder(environ) / self.file

    def there(self, environ: Mapping[str, str] = os.environ) -> bool:
        """Whether it is there. A retrieval set is several files that begin with its name."""
        path = self.path(environ)
        return path.is_file() or any(path.parent.glob(f"{path.name.partition(':')[0]}_corpus*"))

    def required(self, environ: Mapping[str, str] = os.environ) -> Path:
        """Where it is. Raises InputError that says how to obtain it."""
        if self.there(environ):
            return self.path(environ)
        raise InputError(
            f"the set {self.name} is not there",
            where=str(self.path(environ)),
            hint=f"It is published at {self.address} ({self.licence}): {self.obtain}. Put it into the form of "
            f"docs/evals.md and set {VARIABLE} to the folder, or name the file with --data.",
        )


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the public sets."""
    return Path(environ.get(VARIABLE) or _BESIDE)


@cache
def published() -> Mapping[str, Published]:
    """Every set, by its name."""
    text = (files("checker.evaluation.datasets") / "published.toml").read_text(encoding="utf-8")
    return {row["name"]: Published(**row) for row in tomllib.loads(text)["set"]}
