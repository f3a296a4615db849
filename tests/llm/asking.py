"""What several of these tests ask, and how they name their fixtures."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from checker.llm.client import LlmClient
from checker.llm.fake_script import FakeAnswer
from checker.llm.fake_server import FakeServer

Serve = Callable[..., FakeServer]
Connect = Callable[..., LlmClient]

QUERIES = {"queries": [{"claim": 1, "query": "mill closed in another year"}]}


def ok(**more: Any) -> FakeAnswer:
    """A valid answer to the smallest prompt."""
    return FakeAnswer(json.dumps(QUERIES), **more)
