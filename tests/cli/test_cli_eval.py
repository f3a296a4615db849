"""`checker eval run` and `eval list`, as somebody meets them who measures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from modelled import intern, kind
from running import Run

from checker.testing import FakeRequest, FakeServer, Responder

ROWS = (
    ("v1", "The dredging cost 3.4 million dollars.", "The dredging cost 2.4 million dollars.", "no"),
    ("v2", "The lighthouse stands 41 metres high.", "The lighthouse stands 41 metres high.", "yes"),
    ("v3", "The ferry sails on Mondays at noon.", "The ferry sails on Mondays at noon.", "yes"),
)
LABELS = "--labels", "yes=supported,no=contradicted"


@pytest.fixture
def bench(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a folder with a small verification set, without keys or proxies of whoever runs the tests."""
    rows = [{"id": a, "claim": b, "evidence": c, "label": d} for a, b, c, d in ROWS]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for name in ("OPENAI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHECKER_LLM__RETRIES", "0")
    monkeypatch.setenv("CHECKER_DATA", str(tmp_path / "nothing"))
    return run


@pytest.fixture
def serve() -> Iterator[Callable[[Responder], FakeServer]]:
    """Starts fake servers."""
    running: list[FakeServer] = []

    def start(responder: Responder) -> FakeServer:
        running.append(FakeServer(responder).__enter__())
        return running[-1]

    yield start
    for server in running:
        server.__exit__()


def samples(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text(encoding="utf-8").splitlines()]


def test_own_data_is_measured_in_one_command(bench: Run, tmp_path: Path) -> None:
    """Figures with intervals on standard output, the answers in the run's folder, and the same again costs nothing."""
    ran = bench("eval", "run", "verify", "--data", "d.jsonl", *LABELS)
    assert ran.status == 0
    assert ran.out.splitlines()[0].split()[:2] == ["macro_f1", "1.0000"] and "n 3" in ran.out
    folder = tmp_path / "eval-runs" / "verify-d-embedded"
    assert [row["predicted"] for row in samples(folder)] == ["contradicted", "supported", "supported"]
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert told["complete"] and told["labels"] == LABELS[1] and told["command"].startswith("checker eval run verify")
    again = bench("eval", "run", "verify", "--data", "d.jsonl", *LABELS)
    assert again.out == ran.out and "3 answers were there" in again.err


def test_a_limit_is_drawn_by_seed_into_a_folder_of_its_own(bench: Run, tmp_path: Path) -> None:
    """Baselines, limit, seed and --out."""
    args = "eval", "run", "verify", "--data", "d.jsonl", *LABELS, "--engine", "overlap", "--limit", "2"
    assert bench(*args, "--seed", "5").status == 0
    assert len(samples(tmp_path / "eval-runs" / "verify-d-overlap-2-seed5")) == 2
    assert bench(*args, "--out", "mine").status == 0
    assert (tmp_path / "mine" / "run.json").is_file()
    ran = bench(*args, "--seed", "5", "--out", "mine")
    assert ran.status == 2 and "holds a run with another seed" in ran.err


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("verify",), "verify needs data"),
        (("verify", "--data", "gone.jsonl"), "gone.jsonl: cannot be read"),
        (("verify", "--data", "d.jsonl"), "d.jsonl, line 1: has the unknown label 'no'"),
        (("verify", "--data", "d.jsonl", *LABELS, "--engine", "oracle"), "--engine: has no engine 'oracle'"),
        (("fever_gold_dev",), "the set fever_gold_dev is not there. It is published at https://fever.ai"),
        (("nonsense",), "there is no task or set 'nonsense'"),
        (("verify", "--data", "d.jsonl", "--engine", "overlap", "--model", "openai:x"), "asks no model"),
        (("retrieve", "--data", "d.jsonl"), "has 0 files that may be the corpus"),
    ],
)
def test_a_slip_is_one_line(bench: Run, args: tuple[str, ...], says: str) -> None:
    """What is wrong, where and what to do, with status 2 and nothing printed."""
    ran = bench("eval", "run", *args)
    assert (ran.status, ran.out) == (2, "") and says in ran.err and len(ran.err.splitlines()) == 1


def test_the_list_says_how_to_obtain_what_is_not_there(bench: Run) -> None:
    """Every public set with licence, source, classes and primary figure."""
    ran = bench("eval", "list")
    assert ran.status == 0
    for words in (
        "engines: embedded",
        "fever_gold_dev  verify, not there",
        "CC BY-SA 3.0",
        "https://fever.ai",
        "macro_f1",
    ):
        assert words in ran.out


def test_a_model_is_measured_and_a_cap_leaves_a_partial_run(bench: Run, serve: Any, tmp_path: Path) -> None:
    """At the cap the rest is unscored, not wrong; the next run asks only for the rest, and each item has its bill."""
    server = serve(intern())
    args = "eval", "run", "verify", "--data", "d.jsonl", *LABELS, "--model", "openai:fake", "--base-url", server.address
    ran = bench(*args, "--max-calls", "1", "--out", "r")
    assert ran.status == 3 and "PARTIAL" in ran.err and "unscored" in ran.out
    assert not json.loads((tmp_path / "r" / "run.json").read_text(encoding="utf-8"))["complete"]
    assert len(server.chats) == 1
    ran = bench(*args, "--out", "r")
    assert ran.status == 0 and ran.out.splitlines()[0].split()[:2] == ["macro_f1", "1.0000"]
    assert sorted(kind(item) for item in server.chats) == ["judgements"] * 3 + ["second_read"]
    told = json.loads((tmp_path / "r" / "run.json").read_text(encoding="utf-8"))
    assert told["complete"] and set(told["prompts"]) == {"verify@1", "second_read@1"}
    last = {row["id"]: row for row in samples(tmp_path / "r")}
    assert {row["facts"]["engine"] for row in last.values()} == {"prompted"}
    assert sum(row["usage"]["calls"] for row in last.values()) == told["usage"]["calls"] == len(server.chats) == 4


def test_a_cascade_asks_only_where_it_is_unsure(bench: Run, serve: Any, tmp_path: Path) -> None:
    """What the embedded engine is sure of costs nothing."""
    server = serve(intern())
    args = "eval", "run", "verify", "--data", "d.jsonl", *LABELS, "--engine", "cascade"
    ran = bench(*args, "--model", "openai:fake", "--base-url", server.address, "--out", "r")
    assert ran.status == 0
    calls = {row["facts"]["engine"]: row["usage"]["calls"] for row in samples(tmp_path / "r")}
    assert calls.get("embedded", 0) == 0 and len(server.chats) == sum(
        row["usage"]["calls"] for row in samples(tmp_path / "r")
    )


def test_a_run_by_batch_files_reaches_the_same_verdicts(bench: Run, tmp_path: Path) -> None:
    """Questions are written, answered elsewhere and read back, round by round, into one folder."""
    model, answers = intern(), tmp_path / "answers.jsonl"
    answers.write_text("", encoding="utf-8")
    args = ("eval", "run", "verify", "--data", "d.jsonl", *LABELS, "--model", "openai:fake", "--out", "r")
    files = ("--batch-export", "open.jsonl", "--batch-import", "answers.jsonl")
    asked: list[str] = []
    while (ran := bench(*args, *files)).status == 3:
        assert len(asked) < 9
        with answers.open("a", encoding="utf-8") as file:
            for line in (tmp_path / "open.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                request = FakeRequest("", {}, row["body"])
                asked.append(kind(request))
                body = {"choices": [{"message": {"content": model(request).text}, "finish_reason": "stop"}]}
                file.write(json.dumps({"custom_id": row["custom_id"], "response": {"body": body}}) + "\n")
    assert ran.status == 0 and "0 questions written" in ran.err
    assert sorted(asked) == ["judgements"] * 3 + ["second_read"]
    assert ran.out.splitlines()[0].split()[:2] == ["macro_f1", "1.0000"]
