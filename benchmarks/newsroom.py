"""The corpus of the invented press, built once and kept, and the process that checks a draft against it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from platformdirs import user_cache_path

from benchmarks import press
from checker.pipeline import ingest, opened_corpus
from checker.settings import IndexSettings, Settings

SOURCES = 500
"""More than ten passages each at the default length of a passage, more than 5,000 in all."""


class Spent(NamedTuple):
    """Seconds that a process took by the clock, and of all cores together."""

    wall: float
    cpu: float


class Newsroom:
    """A corpus of `SOURCES` sources with its index, in a cache folder that outlives the run."""

    def __init__(self) -> None:
        self.root = user_cache_path("checker-benchmarks") / f"press-{SOURCES}"
        self.settings = Settings(corpus=self.root / "corpus", index=IndexSettings(cache_dir=self.root / "cache"))

    def build(self) -> int:
        """Take in the sources, which takes minutes the first time; the number of passages."""
        self.root.mkdir(parents=True, exist_ok=True)
        records = self.root / "sources.jsonl"
        rows = (
            {"id": id, "title": title, "published": day.isoformat(), "tier": "primary", "text": text}
            for id, title, day, text in press.sources(SOURCES)
        )
        records.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        with opened_corpus(self.settings, create=True, write=True) as corpus:
            return sum(item.passages for item in ingest(corpus, [records], settings=self.settings).added)

    def forget(self) -> None:
        """Drop what the models inside have answered before."""
        for file in (self.root / "cache").glob("models-inside.sqlite*"):
            file.unlink()

    def check(self, draft: str) -> Spent:
        """`checker check` of that draft in a process of its own, to a report in JSON."""
        path = self.root / "draft.md"
        path.write_text(draft, encoding="utf-8")
        command = [sys.executable, "-m", "checker", "check", str(path), "--corpus", str(self.settings.corpus)]
        command += ["--published", press.PUBLISHED.isoformat(), "--fail-on", "never"]
        command += ["--output", str(self.root / "report.json")]
        environ = os.environ | {"CHECKER_INDEX__CACHE_DIR": str(self.root / "cache")}
        environ["PYTHONPATH"] = os.pathsep.join(sys.path)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, cwd=self.root, env=environ, stderr=subprocess.DEVNULL)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    def claims(self) -> int:
        """The claims of the draft that was checked last."""
        report = json.loads((self.root / "report.json").read_text(encoding="utf-8"))
        return len(report["claims"])
