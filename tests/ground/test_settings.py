"""Settings: where they come from, which wins, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.errors import SettingsError
from checker.settings import load_settings


def test_flags_win_over_environment_over_files(tmp_path: Path) -> None:
    """checker.toml, then [tool.checker], then the environment, then flags, each over the last."""
    (tmp_path / "checker.toml").write_text("threads = 3\n[retrieval]\nlimit = 3\ncandidates = 30\n")
    (tmp_path / "pyproject.toml").write_text("[tool.checker.retrieval]\nlimit = 4\n")
    environ = {"CHECKER_RETRIEVAL__LIMIT": "5", "CHECKER_API_KEY_OF_SOMEBODY": "x"}
    assert load_settings(tmp_path, environ={}).retrieval.limit == 4
    assert load_settings(tmp_path, environ=environ).retrieval.limit == 5
    loaded = load_settings(tmp_path, environ=environ, retrieval__limit=6, threads=None)
    assert (loaded.retrieval.limit, loaded.retrieval.candidates, loaded.threads) == (6, 30, 3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("corpsu = 'x'\n", "unknown key 'corpsu'"),
        ("[retrieval]\nlimit = 'many'\n", "retrieval.limit"),
        ("[retrieval]\nlimmit = 3\n", "unknown key 'retrieval.limmit'"),
        ("threads = \n", "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, content: str, said: str) -> None:
    """An unknown key, a bad value and bad TOML are one line that names file and key."""
    (tmp_path / "checker.toml").write_text(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, environ={})
    assert said in caught.value.line()
    assert "checker.toml" in caught.value.line()
    assert "\n" not in caught.value.line()


def test_a_settings_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """A settings file given by name and missing is an error, not a silent default."""
    with pytest.raises(SettingsError, match=r"gone\.toml"):
        load_settings(tmp_path, file=tmp_path / "gone.toml", environ={})
