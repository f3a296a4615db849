"""`checker check` with a model, against a real server: what is sent, what it costs, what a failure leaves behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from modelled import intern, kind
from running import Ran, Run

from checker.testing import FakeAnswer, FakeRequest, FakeServer, Responder, Script

QUIET = "--fail-on", "never"
JSON = "--format", "json"


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


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key or proxy of whoever runs the tests reaches them; a failed request is not sent again."""
    for name in ("OPENAI_API_KEY", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CHECKER_LLM__RETRIES", "0")


def at(server: FakeServer) -> tuple[str, ...]:
    return "--model", "openai:fake", "--base-url", server.address


def report(ran: Ran) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(ran.out)
    return data


def test_a_prompted_check_shows_the_sources_words(desk: Run, serve: Any) -> None:
    """A model that is named judges; quotes are cut from the corpus, and the report says who, how and what it cost."""
    server = serve(intern())
    ran = desk("check", "draft.txt", *at(server), "--output", "r.json")
    assert ran.status == 1
    data = json.loads(Path("r.json").read_text(encoding="utf-8"))
    first, second = data["claims"]
    assert (first["verdict"], second["verdict"]) == ("contradicted", "supported")
    assert first["evidence"][0]["quote"] == "The dredging of the inner basin cost 2.4 million dollars."
    assert {claim["engine"] for claim in data["claims"]} == {"prompted"}
    told = data["provenance"]
    assert (told["engine"], told["models"]["chat"]) == ("prompted", "openai:fake")
    assert set(told["prompts"]) == {"extract@1", "verify@1", "second_read@1", "counter_query@1"}
    assert all(len(digest) == 64 for digest in told["prompts"].values())
    assert told["usage"]["calls"] == len(server.chats) == 4
    assert told["usage"]["input_tokens"] == 400
    assert told["parameters"]["llm.base_url"] == server.address
    assert desk("verify-report", "r.json", "--article", "draft.txt").status == 0


def test_a_second_run_asks_nothing_and_finds_the_same(desk: Run, serve: Any) -> None:
    """Kept answers are used: no request, no cost, and all else of the report the same."""
    server = serve(intern())
    first = report(desk("check", "draft.txt", *at(server), *JSON))
    sent = len(server.chats)
    second = report(desk("check", "draft.txt", *at(server), *JSON))
    assert len(server.chats) == sent
    assert second["provenance"].pop("usage")["calls"] == 0
    first["provenance"].pop("usage")
    assert first == second


def test_an_edit_sends_only_what_it_touches(desk: Run, serve: Any, tmp_path: Path) -> None:
    """One edited sentence is extracted and judged anew; the other claim is not asked about again."""
    server = serve(intern())
    desk("check", "draft.txt", *at(server))
    before = len(server.chats)
    draft = tmp_path / "draft.txt"
    draft.write_text(draft.read_text(encoding="utf-8").replace("41 metres", "43 metres"), encoding="utf-8")
    desk("check", "draft.txt", *at(server))
    judged = [item.body["messages"][1]["content"] for item in server.chats[before:] if kind(item) == "judgements"]
    assert len(judged) == 1
    assert "43 metres" in judged[0] and "3.4 million" not in judged[0].split("Claims:")[1]


def test_an_invented_sentence_never_reaches_the_report(desk: Run, serve: Any) -> None:
    """A number of no sentence is asked about once more, then the claim is unchecked: no verdict, no evidence."""

    def invents(asked: str, reply: dict[str, Any]) -> dict[str, Any]:
        for item in reply.get("judgements", ()):
            item["evidence"] = [{"sentence": 977, "stance": "supports"}]
            item |= {"label": "supported", "justification": "Sentence 977 says “it cost 3.4 million”."}
        return reply

    ran = desk("check", "draft.txt", *at(serve(intern(invents))), *JSON)
    assert ran.status == 3
    assert "977" not in ran.out
    assert [(claim["status"], claim["evidence"]) for claim in report(ran)["claims"]] == [("failed", [])] * 2


def test_a_dry_run_sends_nothing(desk: Run, serve: Any, tmp_path: Path) -> None:
    """Calls, tokens and money are told beforehand; the calls are those that the check then makes."""
    (tmp_path / "checker.toml").write_text("[llm.prices]\nfake = { input = 1.0, output = 2.0 }\n", encoding="utf-8")
    server = serve(intern())
    ran = desk("check", "draft.txt", *at(server), "--dry-run")
    assert ran.status == 0 and not server.requests and server.connections == 0
    assert "calls   3 (extraction 1, counter_queries 1, judgements 1)" in ran.out
    assert "estimated" in ran.out or "counted by tiktoken" in ran.out
    assert "about $0.00" in ran.out and ran.out.endswith("nothing was sent\n")
    desk("check", "draft.txt", *at(server))
    assert [kind(item) for item in server.chats] == ["extraction", "counter_queries", "judgements", "second_read"]
    again = desk("check", "draft.txt", *at(server), "--dry-run")
    assert "calls   0\n" in again.out and "money   $0" in again.out


def test_a_dry_run_of_the_embedded_engine_costs_nothing(desk: Run) -> None:
    """Without a model there is nothing to send."""
    ran = desk("check", "draft.txt", "--dry-run")
    assert (ran.status, ran.out.splitlines()[:2]) == (0, ["engine  embedded", "calls   0"])


@pytest.mark.parametrize("cap", [0, 2])
def test_a_capped_run_is_partial_and_goes_on_later(desk: Run, serve: Any, cap: int) -> None:
    """At the cap the rest is skipped, in one line and with status 3; the next run sends only what is left."""
    server = serve(intern())
    ran = desk("check", "draft.txt", *at(server), "--max-calls", str(cap), *JSON, *QUIET)
    assert (ran.status, len(server.chats)) == (3, cap)
    data = report(ran)
    states = {item["status"] for item in (*data["claims"], *data["unread"])}
    assert states == {"skipped_budget"}
    assert len(ran.err.splitlines()) == 1 and "goes on from here" in ran.err
    whole = desk("check", "draft.txt", *at(server), *JSON)
    assert whole.status == 1 and len(server.chats) == 4
    assert report(whole)["summary"]["unchecked"] == 0


def test_a_cap_on_money_needs_a_price(desk: Run, serve: Any) -> None:
    """A cap that could not be held is turned down before anything is sent."""
    server = serve(intern())
    ran = desk("check", "draft.txt", *at(server), "--max-cost", "0.5")
    assert (ran.status, server.requests) == (2, [])
    assert "needs the price of the model" in ran.err and len(ran.err.splitlines()) == 1


def test_the_cascade_sends_only_what_is_unsure(desk: Run, serve: Any, tmp_path: Path) -> None:
    """What the embedded engine is sure of is its own; only the rest is asked about, and the report says who decided."""
    (tmp_path / "draft.txt").write_text(
        "The lighthouse on Gannet Head stands 41 metres above the sea. Mr Osei abstained on the dredging vote.",
        encoding="utf-8",
    )
    server = serve(intern())
    ran = desk("check", "draft.txt", "--engine", "cascade", *at(server), *JSON, *QUIET)
    data = report(ran)
    assert [claim["engine"] for claim in data["claims"]] == ["embedded", "prompted"]
    assert {kind(item) for item in server.chats} == {"counter_queries", "judgements"}
    asked = [item.body["messages"][1]["content"].split("Claims:")[1] for item in server.chats]
    assert all("Osei" in text and "lighthouse" not in text for text in asked)
    assert data["provenance"]["parameters"]["cascade.max_risk"] == 0.15
    server.requests.clear()
    desk("check", "draft.txt", "--engine", "cascade", *at(server), "--max-risk", "0", *QUIET)
    assert any("lighthouse" in item.text for item in server.chats)


def test_a_killed_server_leaves_unchecked(desk: Run, serve: Any) -> None:
    """Nobody answers: every sentence is unread, nothing is a verdict, and standard error has one line."""
    server = serve(intern())
    address = at(server)
    server.__exit__()
    ran = desk("check", "draft.txt", *address, *JSON)
    assert ran.status == 3
    data = report(ran)
    assert data["claims"] == [] and len(data["unread"]) == 2
    assert len(ran.err.splitlines()) == 1 and "no connection" in ran.err


def test_a_server_that_dies_after_extraction_keeps_the_claims(desk: Run, serve: Any) -> None:
    """Claims that were found stay in the report, unchecked; the counter-queries are done without."""

    def dies(request: FakeRequest) -> FakeAnswer:
        return intern()(request) if kind(request) == "extraction" else FakeAnswer("gone", fault="hang_up")

    ran = desk("check", "draft.txt", *at(serve(dies)), *JSON)
    assert ran.status == 3
    assert [(claim["status"], claim["verdict"]) for claim in report(ran)["claims"]] == [("failed", None)] * 2


@pytest.mark.parametrize("engine", ["prompted", "cascade"])
def test_no_key_is_one_line(desk: Run, engine: str) -> None:
    """Without a key the program says what to set, before it does any work."""
    ran = desk("check", "draft.txt", "--engine", engine, "--model", "openai:gpt-5-mini")
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1 and "OPENAI_API_KEY" in ran.err and "embedded" in ran.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--engine", "prompted"), "names no model"),
        (("--engine", "embedded", "--model", "openai:fake"), "asks no model"),
        (("--model", "gpt"), "provider:model"),
        (("--batch-export", "q.jsonl"), "asks no model"),
    ],
)
def test_engine_and_model_have_to_agree(desk: Run, args: tuple[str, ...], said: str) -> None:
    """A model that would not be used, and an engine without its model, are mistakes and said as such."""
    ran = desk("check", "draft.txt", *args)
    assert ran.status == 2 and said in ran.err and len(ran.err.splitlines()) == 1


def test_a_model_in_the_settings_is_used_and_an_engine_there_wins(desk: Run, serve: Any, tmp_path: Path) -> None:
    """Naming a model in the settings chooses the prompted engine, unless they name an engine too."""
    server = serve(intern())
    model = f'[llm]\nmodel = "openai:fake"\nbase_url = "{server.address}"\n'
    (tmp_path / "checker.toml").write_text('engine = "embedded"\n' + model, encoding="utf-8")
    assert report(desk("check", "draft.txt", *JSON))["provenance"]["engine"] == "embedded"
    assert server.requests == []
    (tmp_path / "checker.toml").write_text(model, encoding="utf-8")
    assert report(desk("check", "draft.txt", *JSON))["provenance"]["engine"] == "prompted"


def test_the_doctor_asks_the_model_only_when_told_to(desk: Run, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configured model is named and not asked; with --ask-model one question proves it or says what is wrong."""
    assert "ok   model: none configured" in desk("doctor").out
    server = serve(intern())
    monkeypatch.setenv("CHECKER_LLM__MODEL", "openai:fake")
    monkeypatch.setenv("CHECKER_LLM__BASE_URL", server.address)
    ran = desk("doctor")
    assert "openai:fake" in ran.out and "not asked" in ran.out and server.requests == []
    assert "answers in the asked form" in desk("doctor", "--ask-model").out
    server.responder = Script.of([{"match": ".", "fault": "status", "status": 401}])
    ran = desk("doctor", "--ask-model")
    assert ran.status == 1 and "FAIL model: " in ran.out and "401" in ran.out


def test_questions_go_to_a_file_and_answers_come_from_one(desk: Run, tmp_path: Path) -> None:
    """A check by batch files: each round answers what the last one asked, until nothing is open."""
    model = intern()
    answers = tmp_path / "answers.jsonl"
    answers.write_text("", encoding="utf-8")
    files = "--model", "openai:fake", "--batch-import", "answers.jsonl", "--batch-export", "open.jsonl"
    asked: list[str] = []
    while (ran := desk("check", "draft.txt", *files, *JSON)).status == 3:
        assert len(asked) < 9
        with answers.open("a", encoding="utf-8") as file:
            for line in (tmp_path / "open.jsonl").read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                request = FakeRequest("", {}, row["body"])
                said = model(request).text
                asked.append(kind(request))
                body = {"choices": [{"message": {"content": said}, "finish_reason": "stop"}]}
                file.write(json.dumps({"custom_id": row["custom_id"], "response": {"body": body}}) + "\n")
    assert ran.status == 1 and "0 questions written" in ran.err
    assert asked == ["extraction", "counter_queries", "judgements", "second_read"]
    assert [claim["verdict"] for claim in report(ran)["claims"]] == ["contradicted", "supported"]


@pytest.mark.slow
def test_ctrl_c_leaves_a_whole_report(desk: Run, serve: Any, tmp_path: Path) -> None:
    """Interrupted while the model thinks: status 130, and a report that says which claims were not reached."""
    thinking = threading.Event()

    def slow(request: FakeRequest) -> FakeAnswer:
        answer = intern()(request)
        if kind(request) != "judgements":
            return answer
        thinking.set()
        return replace(answer, delay=2.0)

    command = [sys.executable, "-m", "checker", "check", "draft.txt", *at(serve(slow)), "--output", "r.json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert thinking.wait(60)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130 and "Traceback" not in said
    data = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert [claim["failure"]["message"] for claim in data["claims"]] == ["interrupted before it was checked"] * 2


def test_prompts_and_cache_are_commands(desk: Run, serve: Any) -> None:
    """What is said to a model can be read, and what it answered is counted and can be forgotten."""
    assert "extract@1" in desk("prompts", "list").out
    assert desk("cache", "stats").status == 2
    desk("check", "draft.txt", *at(serve(intern())))
    assert "verify@1" in desk("cache", "stats").out
    assert "forgot" in desk("cache", "clear").out


@pytest.mark.slow
@pytest.mark.parametrize("args", [("--help",), ("check", "draft.txt", *QUIET), ("corpus", "list")])
def test_no_client_of_a_model_is_imported_without_one(desk: Run, args: tuple[str, ...]) -> None:
    """Commands that ask no model load none of its packages."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "checker", *args], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in ran.stderr.splitlines() if "|" in line}
    assert "checker" in loaded
    assert not loaded & {"openai", "langchain", "langchain_core", "langchain_openai", "langsmith", "tiktoken"}
