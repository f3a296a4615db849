"""A fake server and a client for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asking import Connect, Serve

from checker.llm.client import LlmClient
from checker.llm.fake_script import Responder, Script
from checker.llm.fake_server import FakeServer
from checker.llm.prompts import Prompt, load_prompt
from checker.settings import LlmSettings


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts fake servers: rules of a script, or a function."""
    running: list[FakeServer] = []

    def start(*rules: dict[str, Any], responder: Responder | None = None) -> FakeServer:
        server = FakeServer(responder or Script.of(rules)).__enter__()
        running.append(server)
        return server

    yield start
    for server in running:
        server.__exit__()


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Makes clients for a server; settings are given as keywords."""
    made: list[LlmClient] = []

    def client(server: FakeServer, cache: Path | None = None, **settings: Any) -> LlmClient:
        given = {"model": "openai:fake", "base_url": server.address, "retries": 0, "timeout": 10.0} | settings
        found = LlmClient.of(LlmSettings.model_validate(given), cache)
        made.append(found)
        return found

    yield client
    for found in made:
        found.close()


@pytest.fixture
def prompt() -> Prompt:
    """The smallest prompt."""
    return load_prompt("counter_query")


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, proxy or tracing of whoever runs the tests reaches them."""
    names = (
        "OPENAI_API_KEY OPENAI_API_BASE OPENAI_BASE_URL OPENAI_ORG_ID OPENAI_PROXY LANGSMITH_GATEWAY LANGSMITH_TRACING"
    )
    for name in (*names.split(), "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
