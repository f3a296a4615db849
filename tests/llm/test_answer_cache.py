"""Kept answers: what keys them, what is never kept, what a second run sends."""

from __future__ import annotations

import json
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asking import QUERIES, Connect, Serve

from checker.errors import CheckerError, ModelRefusedError, UsageError
from checker.llm import client as client_module
from checker.llm.cache import AnswerCache, Question, opened
from checker.llm.parsing import Fault
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply

GOOD = {"match": ".", "reply": QUERIES}
VALUES = {"claims": "1| The mill closed in 1950."}


def test_a_second_run_sends_nothing_and_says_the_same(
    serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path
) -> None:
    """Another client with the same file answers without its server, byte for byte."""
    server = serve(GOOD)
    first = connect(server, cache=tmp_path / "a.sqlite").ask(prompt, CounterQueryReply, VALUES)
    server.__exit__()
    second = connect(server, cache=tmp_path / "a.sqlite").ask(prompt, CounterQueryReply, VALUES)
    assert first.model_dump_json() == second.model_dump_json()
    assert len(server.chats) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"settings": {"model": "openai:other"}},
        {"settings": {"temperature": 0.7}},
        {"settings": {"max_output_tokens": 500}},
        {"values": {"claims": "1| The mill closed in 1951."}},
        {"prompt": {"version": 2}},
        {"prompt": {"digest": "another"}},
        {"logic": 99},
    ],
    ids=str,
)
def test_everything_that_can_change_an_answer_is_in_the_key(
    serve: Serve,
    connect: Connect,
    prompt: Prompt,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
) -> None:
    """Model, parameters, words, prompt version, prompt digest and the version of our own reading: each asks anew."""
    server = serve(GOOD)
    path = tmp_path / "a.sqlite"
    connect(server, cache=path).ask(prompt, CounterQueryReply, VALUES)
    if "logic" in change:
        monkeypatch.setattr(client_module, "LOGIC", change["logic"])
    other = connect(server, cache=path, **change.get("settings", {}))
    other.ask(replace(prompt, **change.get("prompt", {})), CounterQueryReply, change.get("values", VALUES))
    assert len(server.chats) == 2


def test_a_fault_is_never_kept(serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path) -> None:
    """After a refusal the same question is asked again, and the answer is kept then."""
    server = serve({"match": ".", "fault": "refusal", "times": 1}, GOOD)
    client = connect(server, cache=tmp_path / "a.sqlite")
    with pytest.raises(ModelRefusedError):
        client.ask(prompt, CounterQueryReply, VALUES)
    assert client.cache is not None and client.cache.stats().answers == 0
    assert client.ask(prompt, CounterQueryReply, VALUES).queries
    assert client.cache.stats().answers == 1


def test_a_kept_answer_that_no_longer_holds_is_asked_anew(
    serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path
) -> None:
    """The caller's own check is made on kept answers too."""
    server = serve(GOOD, {"match": ".", "reply": {"queries": []}})
    client = connect(server, cache=tmp_path / "a.sqlite")
    client.ask(prompt, CounterQueryReply, VALUES)
    with pytest.raises(CheckerError):
        client.ask(
            prompt, CounterQueryReply, VALUES, check=lambda reply: Fault("too many queries.") if reply.queries else None
        )
    assert len(server.chats) == 3


def test_an_error_reaches_every_thread_that_waited(tmp_path: Path) -> None:
    """Threads that wait for one question get its error, and the next one asks again."""
    question = Question("k", "m", "p@1")
    everybody, asked = threading.Barrier(4), []

    def fail() -> str:
        asked.append(1)
        threading.Event().wait(0.2)
        raise ModelRefusedError("no")

    def go(_: int) -> str:
        everybody.wait()
        try:
            return cache.once(question, fail)
        except ModelRefusedError:
            return "refused"

    with AnswerCache(tmp_path / "a.sqlite") as cache, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(go, range(4))) == ["refused"] * 4
        assert len(asked) == 1
        assert cache.once(question, lambda: "yes") == "yes"


def test_stats_and_clear(tmp_path: Path) -> None:
    """Answers are counted by prompt and forgotten for good; the file is the owner's alone."""
    path = tmp_path / "deep" / "a.sqlite"
    with AnswerCache(path) as cache:
        for n in range(5):
            cache.once(
                Question(f"k{n}", "m", "verify@1" if n else "extract@2"), lambda: json.dumps("secret draft words")
            )
        found = cache.stats()
        assert (found.answers, found.prompts) == (5, (("extract@2", 1), ("verify@1", 4)))
        assert found.size > 0 and found.oldest is not None
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert cache.clear() == 5 and cache.stats().answers == 0
    assert b"secret draft words" not in path.read_bytes()


def test_two_processes_share_a_file(tmp_path: Path) -> None:
    """Two connections write and read side by side."""
    with AnswerCache(tmp_path / "a.sqlite") as one, AnswerCache(tmp_path / "a.sqlite") as two:
        one.once(Question("k", "m", "p"), lambda: "from one")
        assert two.once(Question("k", "m", "p"), lambda: "from two") == "from one"


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    """Another program's file is left as it is, and a missing one is said to be missing."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and long enough to be looked at as one" * 20)
    with pytest.raises(CheckerError, match=r"notes\.txt: is not a cache"):
        AnswerCache(path)
    assert path.read_text().startswith("not a database")
    with pytest.raises(UsageError, match="no cache"):
        opened(tmp_path / "none.sqlite")
