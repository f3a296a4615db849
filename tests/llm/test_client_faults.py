"""Every fault of a server becomes a typed error or is asked again; none becomes an answer."""

from __future__ import annotations

import time
from typing import Any

import pytest
from asking import QUERIES, Connect, Serve

from checker.errors import (
    CheckerError,
    ModelMalformedError,
    ModelRefusedError,
    ModelTruncatedError,
    ModelUnavailableError,
    SettingsError,
)
from checker.llm.client import LlmClient
from checker.llm.parsing import Fault
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply

GOOD = {"match": ".", "reply": QUERIES}


def ask(
    client: LlmClient, prompt: Prompt, claims: str = "1| The mill closed in 1950.", **more: Any
) -> CounterQueryReply:
    return client.ask(prompt, CounterQueryReply, {"claims": claims}, **more)


def test_a_valid_answer_is_a_reply(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A reply of the asked form comes back as values, and what it cost is counted once."""
    client = connect(serve(GOOD))
    assert ask(client, prompt).queries[0].query == "mill closed in another year"
    assert (client.budget.usage.calls, client.budget.usage.input_tokens, client.budget.usage.output_tokens) == (
        1,
        100,
        20,
    )


@pytest.mark.parametrize(
    ("fault", "kind", "calls"),
    [
        ({"fault": "refusal"}, ModelRefusedError, 1),
        ({"fault": "truncated", "reply": QUERIES}, ModelTruncatedError, 1),
        ({"fault": "invalid_json", "reply": QUERIES}, ModelMalformedError, 2),
        ({"fault": "wrong_schema"}, ModelMalformedError, 2),
        ({"fault": "empty"}, ModelMalformedError, 2),
        ({"reply": QUERIES | {"more": 1}}, ModelMalformedError, 2),
        ({"reply": {"queries": [{"claim": "1", "query": "x"}]}}, ModelMalformedError, 2),
        ({"fault": "not_an_answer"}, ModelUnavailableError, 1),
        ({"fault": "status", "status": 500}, ModelUnavailableError, 1),
        ({"fault": "status", "status": 401}, ModelUnavailableError, 1),
        ({"fault": "hang_up"}, ModelUnavailableError, 1),
        ({"fault": "drop", "reply": QUERIES}, ModelUnavailableError, 1),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_fault_has_its_error(
    serve: Serve, connect: Connect, prompt: Prompt, fault: dict[str, Any], kind: type[CheckerError], calls: int
) -> None:
    """Each fault raises its own error, in one line that names the model, after the asked number of requests."""
    server = serve({"match": ".", **fault})
    with pytest.raises(kind) as caught:
        ask(connect(server), prompt)
    assert type(caught.value) is kind
    assert "openai:fake" in caught.value.line() and "\n" not in caught.value.line()
    assert len(server.chats) == calls


def test_the_second_question_names_the_fault(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A malformed answer is asked for once more, with its own words and the fault in the conversation."""
    server = serve({"match": ".", "text": '{"queries": [{"claim": 1}]}', "times": 1}, GOOD)
    assert ask(connect(server), prompt).queries
    first, second = server.chats
    assert [message["role"] for message in second.body["messages"]] == ["system", "user", "assistant", "user"]
    assert "queries.0.query" in second.body["messages"][-1]["content"]
    assert first.body["messages"] == second.body["messages"][:2]


def test_a_fault_that_only_the_caller_sees_is_named_too(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """`check` decides on replies of the right form, and its words reach the model."""
    server = serve(GOOD)
    with pytest.raises(ModelMalformedError, match="claim 2 is missing"):
        ask(connect(server), prompt, check=lambda reply: Fault("claim 2 is missing."))
    assert "claim 2 is missing." in server.chats[1].body["messages"][-1]["content"]


def test_a_minor_fault_is_named_once_and_taken(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """What the caller can leave out is asked for once more, and the answer is taken even where it stays."""
    server = serve(GOOD)
    assert ask(connect(server), prompt, check=lambda reply: Fault("a word is missing.", minor=True)).queries
    assert len(server.chats) == 2


def test_fences_and_thoughts_are_set_aside(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """An answer inside a code fence, after a thought, is the answer."""
    import json

    text = f"<think>which year?</think>\n```json\n{json.dumps(QUERIES)}\n```"
    assert ask(connect(serve({"match": ".", "text": text})), prompt).queries


def test_a_wait_asked_for_is_kept(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """After a 429 with Retry-After the next request leaves no earlier."""
    client = connect(
        serve({"match": ".", "fault": "status", "status": 429, "retry_after": 0.4, "times": 1}, GOOD), retries=1
    )
    began = time.monotonic()
    ask(client, prompt)
    assert time.monotonic() - began >= 0.4


def test_a_failing_server_is_asked_again(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """One 500 and one dropped connection are survived by two retries."""
    faults = ({"match": ".", "fault": "status", "times": 1}, {"match": ".", "fault": "hang_up", "times": 1})
    server = serve(*faults, GOOD)
    assert ask(connect(server, retries=2), prompt).queries
    assert len(server.chats) == 3


def test_a_slow_answer_ends_at_the_timeout(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """No answer in time is an unavailable model, and is charged as if it had been answered in full."""
    client = connect(serve(GOOD | {"delay": 2.0}), timeout=0.3)
    with pytest.raises(ModelUnavailableError, match="in time"):
        ask(client, prompt)
    assert client.budget.usage.output_tokens == client.settings.max_output_tokens


def test_no_server_costs_nothing(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A connection that was never made is told as such and charged no token."""
    server = serve(GOOD)
    client = connect(server)
    server.__exit__()
    with pytest.raises(ModelUnavailableError, match="connection"):
        ask(client, prompt)
    assert client.budget.usage.input_tokens == 0


@pytest.mark.parametrize(
    ("fault", "left"),
    [("no_schema", {"type": "json_object"}), ("no_json", None)],
)
def test_servers_without_schemas_are_served(
    serve: Serve, connect: Connect, prompt: Prompt, fault: str, left: object
) -> None:
    """A server that turns down the schema gets it in words, and is not asked for it again."""
    server = serve({"match": ".", "fault": fault, "reply": QUERIES})
    client = connect(server)
    assert ask(client, prompt).queries
    assert ask(client, prompt).queries
    last = server.chats[-1].body
    assert last.get("response_format") == left
    assert '"additionalProperties":false' in last["messages"][0]["content"]
    assert len(server.chats) == (3 if fault == "no_schema" else 4)


def test_a_model_with_a_fixed_temperature_is_served(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """A temperature that is turned down is left out."""
    server = serve({"match": ".", "fault": "no_temperature", "reply": QUERIES})
    assert ask(connect(server), prompt).queries
    assert server.chats[0].body["temperature"] == 0 and "temperature" not in server.chats[1].body


@pytest.mark.parametrize("name", [None, "fake", "openai:", ":fake", "langsmith:openai:x", "nobody:model"])
def test_a_name_that_names_no_model_is_a_setting_at_fault(
    serve: Serve, connect: Connect, prompt: Prompt, name: str | None
) -> None:
    """A model that cannot be found says so as an error of the settings."""
    with pytest.raises(SettingsError, match=r"llm\.model"):
        ask(connect(serve(GOOD), model=name), prompt)


def test_a_missing_key_is_named(prompt: Prompt) -> None:
    """Without a key and without a server of one's own, the error names the variable to set."""
    from checker.settings import LlmSettings

    client = LlmClient.of(LlmSettings(model="openai:gpt-fake", api_key_env="NOT_SET_ANYWHERE"), None)
    with pytest.raises(SettingsError, match="NOT_SET_ANYWHERE"):
        ask(client, prompt)
