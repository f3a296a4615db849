"""The command run in this process, in a folder of its own with a cache of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from checker.cli import main

sys.path.insert(0, str(Path(__file__).parent))

from running import DRAFT, SOURCES, Ran, Run


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `checker ARGS` in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHECKER_INDEX__CACHE_DIR", str(tmp_path / "cache"))

    def command(*args: str) -> Ran:
        monkeypatch.setattr("sys.argv", ["checker", *args])
        capfd.readouterr()
        status = 0
        try:
            main()
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 1
        said = capfd.readouterr()
        return Ran(status, said.out, said.err)

    return command


@pytest.fixture
def desk(run: Run, tmp_path: Path) -> Run:
    """The same, in a folder with a corpus of two sources and a draft."""
    (tmp_path / "records.jsonl").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    assert run("corpus", "add", "records.jsonl").status == 0
    return run
