"""The fake server as a program, and the commands that look at the cache."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from asking import QUERIES, Connect, Serve
from typer.testing import CliRunner

from checker.cli.cache import app
from checker.errors import UsageError
from checker.llm.fake_script import FakeRequest, Script
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply


def test_it_serves_a_script_from_the_command_line(tmp_path: Path) -> None:
    """`python -m checker.llm.fake_server SCRIPT` prints its address and answers there."""
    script = tmp_path / "script.json"
    script.write_text(json.dumps([{"match": "hello", "text": "good day"}]))
    program = [sys.executable, "-m", "checker.llm.fake_server", str(script)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hello there"}]}).encode()
        with urlopen(Request(f"{address}/chat/completions", body, {"Content-Type": "application/json"})) as answer:
            assert json.load(answer)["choices"][0]["message"]["content"] == "good day"
        with urlopen(f"{address}/models") as answer:
            assert json.load(answer)["data"][0]["id"] == "fake"
        server.terminate()


def test_recorded_answers_are_found_by_digest(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """An answer recorded for exactly these messages is given to them, and to no others."""
    from checker.errors import ModelUnavailableError

    values = {"claims": "1| The mill closed in 1950."}
    messages = [{"content": m.text, "role": str(m.role)} for m in prompt.fill(**values)]
    digest = FakeRequest("", {}, {"messages": messages}).digest
    client = connect(serve({"sha256": digest, "reply": QUERIES}))
    assert client.ask(prompt, CounterQueryReply, values).queries
    with pytest.raises(ModelUnavailableError, match="404"):
        client.ask(prompt, CounterQueryReply, {"claims": "1| The mill closed in 1951."})


@pytest.mark.parametrize(("rows", "says"), [([{"mach": "x"}], "mach"), ([{"fault": "gremlins"}], "gremlins")])
def test_a_script_that_cannot_be_read_says_why(rows: list[dict[str, str]], says: str) -> None:
    """Unknown keys and faults are refused with the known ones."""
    with pytest.raises(UsageError, match=says):
        Script.of(rows)


def test_the_cache_commands(
    serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`stats` counts what was asked, `clear` forgets it; without a cache both say so."""
    path = tmp_path / "a.sqlite"
    monkeypatch.setenv("CHECKER_LLM__CACHE", str(path))
    run = CliRunner().invoke
    assert isinstance(run(app, ["stats"]).exception, UsageError)
    connect(serve({"match": ".", "reply": QUERIES}), cache=path).ask(prompt, CounterQueryReply, {"claims": "1| x"})
    assert "answers  1" in run(app, ["stats"]).output and "counter_query@1" in run(app, ["stats"]).output
    assert run(app, ["clear"]).output == "forgot 1 answers\n"
