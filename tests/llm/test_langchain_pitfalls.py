"""The verified pitfalls of the libraries underneath, each held off."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from asking import QUERIES, Connect, Serve, ok

from checker.errors import ModelTruncatedError, SettingsError
from checker.llm import replies
from checker.llm.client import LlmClient
from checker.llm.exchange import Role
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply, Reply
from checker.settings import LlmSettings

GOOD = {"match": ".", "reply": QUERIES}
VALUES = {"claims": "1| The mill closed in 1950."}


def test_two_forms_of_one_name_are_two_questions(
    serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1. A form that changed and kept its class name never gets the answer of the old one."""

    def form(word: str) -> type[Reply]:
        made: type[Reply] = type("V", (Reply,), {"__annotations__": {"label": Literal[word]}})
        monkeypatch.setitem(replies.REPLIES, "v", made)
        return made

    server = serve({"match": ".", "text": '{"label": "old"}', "times": 1}, {"match": ".", "text": '{"label": "new"}'})
    client = connect(server, cache=tmp_path / "a.sqlite")
    assert client.ask(prompt, form("old"), VALUES).model_dump() == {"label": "old"}
    assert client.ask(prompt, form("new"), VALUES).model_dump() == {"label": "new"}


def test_ten_threads_with_one_question_send_one_request(
    serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path
) -> None:
    """2. Identical questions under way at once become one request."""
    server = serve(GOOD | {"delay": 0.2})
    client = connect(server, cache=tmp_path / "a.sqlite", concurrency=10)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: client.ask(prompt, CounterQueryReply, VALUES), range(10)))
    assert len(server.chats) == 1 and len(set(map(repr, answers))) == 1


def test_a_kept_answer_costs_nothing(serve: Serve, connect: Connect, prompt: Prompt, tmp_path: Path) -> None:
    """3. The bill counts requests that were sent, not the tokens that a kept answer once took."""
    client = connect(serve(GOOD), cache=tmp_path / "a.sqlite")
    client.ask(prompt, CounterQueryReply, VALUES)
    spent = client.budget.usage
    client.ask(prompt, CounterQueryReply, VALUES)
    assert client.budget.usage == spent


def test_a_truncated_answer_is_an_error_with_its_cost(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """4. Truncation raises our own error, and the tokens that it took are counted."""
    client = connect(serve({"match": ".", "fault": "truncated", "reply": QUERIES, "usage": [10, 500]}))
    with pytest.raises(ModelTruncatedError):
        client.ask(prompt, CounterQueryReply, VALUES)
    assert client.budget.usage.output_tokens == 500


def test_one_gate_holds_for_all_threads(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """5. Sixty threads through one client never have more requests or sockets open than the settings say."""
    server = serve(GOOD | {"delay": 0.02})
    client = connect(server, concurrency=4)
    with ThreadPoolExecutor(60) as pool:
        list(pool.map(lambda n: client.ask(prompt, CounterQueryReply, {"claims": f"{n}| x"}), range(60)))
    assert server.most_at_once <= 4 and server.connections <= 4 and len(server.chats) == 60


def test_counting_tokens_reaches_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """7. Without tiktoken's tables on this machine tokens are estimated, told so, and nothing is fetched."""
    import socket

    from checker.llm.tokens import token_counter

    def refuse(*args: object, **more: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    counter = token_counter("gpt-of-a-later-year")
    assert (counter.name, counter.exact) == ("estimate", False)
    assert 8 <= counter.count("The harbour was closed for eleven days.") <= 12


def test_nothing_is_traced(serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch) -> None:
    """9. With tracing switched on in the environment, no word of the draft goes to the tracing service."""
    tracer = serve(GOOD)
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", tracer.address)
    monkeypatch.setenv("LANGSMITH_API_KEY", "k")
    server = serve(GOOD)
    connect(server).ask(prompt, CounterQueryReply, VALUES)
    gc.collect()
    for thread in threading.enumerate():
        if "trac" in thread.name.casefold() or "langsmith" in thread.name.casefold():
            thread.join(1.0)
    assert len(server.chats) == 1 and not tracer.requests


def test_the_old_switch_of_tracing_is_named(
    serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """9. The variable of older versions, with which every call would fail, is an error that names it."""
    monkeypatch.setenv("LANGCHAIN_TRACING", "true")
    with pytest.raises(SettingsError, match="LANGCHAIN_TRACING"):
        connect(serve(GOOD)).ask(prompt, CounterQueryReply, VALUES)


def test_no_gateway_takes_the_traffic(
    serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """9. A gateway, another base and another key named in the environment get nothing."""
    gateway, server = serve(GOOD), serve(GOOD)
    monkeypatch.setenv("LANGSMITH_GATEWAY", gateway.address)
    monkeypatch.setenv("LANGSMITH_GATEWAY_API_KEY", "gateway-key")
    monkeypatch.setenv("OPENAI_API_BASE", gateway.address)
    monkeypatch.setenv("OPENAI_BASE_URL", gateway.address)
    monkeypatch.setenv("MY_KEY", "my-key")
    connect(server, api_key_env="MY_KEY").ask(prompt, CounterQueryReply, VALUES)
    assert not gateway.requests
    assert server.chats[0].headers["authorization"] == "Bearer my-key"


def test_other_providers_do_not_start_behind_a_gateway(monkeypatch: pytest.MonkeyPatch, prompt: Prompt) -> None:
    """9. A provider whose address only LangChain knows is not used while a gateway would take its place."""
    monkeypatch.setenv("LANGSMITH_GATEWAY", "true")
    client = LlmClient.of(LlmSettings(model="anthropic:some-model"), None)
    with pytest.raises(SettingsError, match="LANGSMITH_GATEWAY"):
        client.ask(prompt, CounterQueryReply, VALUES)


def test_nothing_is_stored_and_no_account_is_told(
    serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every request says store=false; the account's names do not go to another server."""
    monkeypatch.setenv("OPENAI_ORG_ID", "org-ours")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-ours")
    server = serve(GOOD)
    connect(server).ask(prompt, CounterQueryReply, VALUES)
    sent = server.chats[0]
    assert sent.body["store"] is False
    assert not any("ours" in value for value in sent.headers.values())
    assert sent.body["response_format"]["json_schema"]["strict"] is True


def test_a_server_that_does_not_know_store_is_served_without(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A server of one's own may not know the word; it is left out there, and only there."""
    from checker.llm.dialect import Dialect, Form, adapted

    server = serve({"match": ".", "fault": "no_store", "reply": QUERIES})
    assert connect(server).ask(prompt, CounterQueryReply, VALUES)
    error = type("E", (Exception,), {"status_code": 400})()
    assert adapted(Dialect(Form.TEXT), "Unrecognized request argument: store", error) is None


def test_a_proxy_of_the_environment_is_used(
    serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10. The client's own transport does not shadow the proxy that the machine is set up with."""
    proxy = serve(GOOD)
    monkeypatch.setenv("HTTP_PROXY", proxy.address.removesuffix("/v1"))
    client = connect(proxy, base_url="http://models.invalid/v1")
    client.ask(prompt, CounterQueryReply, VALUES)
    assert proxy.requests[0].path == "http://models.invalid/v1/chat/completions"


def test_a_proxy_only_for_one_library_is_not(
    serve: Serve, connect: Connect, prompt: Prompt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """9. OPENAI_PROXY, which only LangChain reads, moves no traffic."""
    proxy, server = serve(GOOD), serve(GOOD)
    monkeypatch.setenv("OPENAI_PROXY", proxy.address)
    connect(server).ask(prompt, CounterQueryReply, VALUES)
    assert not proxy.requests


def test_a_dictionary_of_a_form_is_never_half_believed(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """JSON cut short is not completed for the model."""
    server = serve(responder=lambda request: ok(fault="invalid_json"))
    client = connect(server)
    with pytest.raises(Exception, match="not one JSON object"):
        client.ask(prompt, CounterQueryReply, VALUES)


def test_a_missing_count_is_charged_as_the_most(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A server that tells no usage is charged what the request could have cost."""
    client = connect(serve(GOOD | {"usage": None}), max_output_tokens=100)
    client.ask(prompt, CounterQueryReply, VALUES)
    assert client.budget.usage.output_tokens == 100 and client.budget.usage.input_tokens > 100


def test_importing_the_engine_imports_no_vendor() -> None:
    """`import checker.llm.client` is light: vendors come with the first request."""
    code = (
        "import sys, checker.llm.client, checker.llm.langchain, checker.cli.prompts, checker.cli.cache\n"
        "bad = {'openai', 'langchain', 'langchain_core', 'langsmith', 'tiktoken', 'httpx2', 'langchain_openai'}\n"
        "sys.exit(str(sorted(bad & set(sys.modules))) if bad & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_special_tokens_of_a_source_count_as_text() -> None:
    """`<|endoftext|>` in a source is counted, not raised at."""
    from checker.llm.tokens import estimate, most

    text = "<|endoftext|> 数字 12,345"
    assert 0 < estimate(text) <= most(text)


def test_roles_are_the_protocols() -> None:
    """The names of the roles are those on the wire."""
    assert [str(role) for role in Role] == ["system", "user", "assistant"]
