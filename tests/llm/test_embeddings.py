"""Vectors from a server that speaks the OpenAI embeddings protocol; the server here is real and local."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from checker.errors import EngineError, SettingsError
from checker.llm.embeddings import MOST_TEXTS, OpenAIEncoder
from checker.settings import EncoderSettings

DIMENSION = 4


def vector(text: str) -> list[float]:
    return [float(len(text)), float(text.count("a")), 1.0, 0.0]


class Handler(BaseHTTPRequestHandler):
    """Answers in reverse order, in base64 where asked; `server.refuse` makes it fail, `server.asked` keeps requests."""

    server: Any

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        if self.server.refuse:
            self._send(400, {"error": {"message": "no such model", "type": "invalid_request_error"}})
            return
        rows = []
        for index, text in enumerate(body["input"]):
            numbers: Any = vector(text)
            if body.get("encoding_format") == "base64":
                numbers = base64.b64encode(np.asarray(numbers, dtype="<f4").tobytes()).decode()
            rows.append({"object": "embedding", "index": index, "embedding": numbers})
        rows.reverse()
        self._send(
            200,
            {"object": "list", "model": body["model"], "data": rows, "usage": {"prompt_tokens": 1, "total_tokens": 1}},
        )

    def _send(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.refuse = [], False
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def encoder(server: Any, **more: Any) -> OpenAIEncoder:
    address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    return OpenAIEncoder(
        EncoderSettings(kind="openai", model="tiny", base_url=address, **{"dimension": DIMENSION, **more})
    )


def test_vectors_come_back_in_order_with_length_one(server: Any) -> None:
    """The answer's own index orders the vectors, whatever order they arrive in; each has length 1."""
    texts = ["a", "bb aa", "a longer text"]
    made = encoder(server).encode(texts)
    expected = np.asarray([vector(text) for text in texts])
    assert made == pytest.approx(expected / np.linalg.norm(expected, axis=1, keepdims=True), abs=1e-6)


def test_many_texts_go_in_several_requests(server: Any) -> None:
    """No request holds more than the most texts a server takes; empty texts and lone surrogates are sendable."""
    made = encoder(server).encode(["x"] * MOST_TEXTS + ["", "\ud800"])
    assert made.shape == (MOST_TEXTS + 2, DIMENSION)
    assert [len(body["input"]) for body in server.asked] == [MOST_TEXTS, 2]


def test_another_dimension_is_an_error_that_names_it(server: Any) -> None:
    """Vectors of another size than the settings say are refused, and the right size is named."""
    with pytest.raises(EngineError, match=r"encoder\.dimension = 4"):
        encoder(server, dimension=7).encode(["a"])


def test_a_refusal_is_one_line_that_names_server_and_model(server: Any) -> None:
    """What the server says is passed on, with its address and the model."""
    server.refuse = True
    with pytest.raises(EngineError, match=r"model tiny.*no such model"):
        encoder(server).encode(["a"])


def test_without_a_key_or_an_address_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no address of one's own is an error before any request."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        OpenAIEncoder(EncoderSettings(kind="openai")).encode(["a"])
