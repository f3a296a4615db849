"""A fake server that speaks the OpenAI protocol on a real socket, for tests and for trying the program without a model.

    python -m checker.llm.fake_server SCRIPT [--port 8080]

Chat completions follow the script (see `fake_script`), embeddings are made from the words, `/v1/models` names one
model. It listens on this machine only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from checker.errors import CheckerError
from checker.llm.fake_script import FakeAnswer, FakeRequest, Responder, Script

MODEL = "fake"
_DIMENSION = 64
_DRIP_SECONDS = 0.05
_TURNED_DOWN = {
    "no_schema": ("response_format", "'response_format.type' must be 'text' or 'json_object'"),
    "no_json": ("response_format", "response_format is not supported by this server"),
    "no_temperature": ("temperature", "Unsupported value: 'temperature' is fixed for this model"),
    "no_store": ("store", "Unrecognized request argument supplied: store"),
}


class FakeServer(ThreadingHTTPServer):
    """The server; as a context manager it serves from a thread of its own.

    `requests` keeps what came in, in order; `most_at_once` and `connections` count what was open.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, responder: Responder, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.responder = responder
        self.requests: list[FakeRequest] = []
        self.most_at_once = 0
        self.connections = 0
        self.lock = threading.Lock()
        self.under_way = 0

    @property
    def address(self) -> str:
        """What to set as `llm.base_url`."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def chats(self) -> list[FakeRequest]:
        """The chat requests that came in."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    def __enter__(self) -> FakeServer:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that leaves early is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections += 1

    def do_GET(self) -> None:
        self._keep({})
        if self.path.endswith("/models"):
            self._send(200, {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "fake"}]})
        else:
            self._error(404, "no such path")

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            body = json.loads(raw)
        except ValueError:
            body = {}
        request = self._keep(body)
        with self.server.lock:
            self.server.under_way += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.under_way)
        try:
            if self.path.endswith("/chat/completions"):
                self._chat(request)
            elif self.path.endswith("/embeddings"):
                self._send(200, _embeddings(body))
            else:
                self._error(404, "no such path")
        finally:
            with self.server.lock:
                self.server.under_way -= 1

    def _keep(self, body: Mapping[str, Any]) -> FakeRequest:
        request = FakeRequest(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        with self.server.lock:
            self.server.requests.append(request)
        return request

    def _chat(self, request: FakeRequest) -> None:
        answer = self.server.responder(request)
        time.sleep(answer.delay)
        if answer.fault in _TURNED_DOWN:
            key, says = _TURNED_DOWN[answer.fault]
            if _sends(request.body, key, answer.fault):
                self._error(400, says)
                return
        if answer.fault == "status":
            self._error(answer.status, answer.text, retry_after=answer.retry_after)
        elif answer.fault == "hang_up":
            self.close_connection = True
        elif answer.fault == "not_an_answer":
            self._bytes(200, b"<html>a proxy's own page</html>", {"Content-Type": "text/html"})
        else:
            self._completion(answer, request)

    def _completion(self, answer: FakeAnswer, request: FakeRequest) -> None:
        data = json.dumps(_completion(answer, request.body)).encode()
        if answer.fault == "drop":
            self._head(200, len(data), {})
            self.wfile.write(data[: len(data) // 2])
            self.close_connection = True
        elif answer.fault == "drip":
            self._head(200, len(data), {})
            for at in range(len(data)):
                self.wfile.write(data[at : at + 1])
                self.wfile.flush()
                time.sleep(_DRIP_SECONDS)
        else:
            self._bytes(200, data, {})

    def _error(self, status: int, message: str, *, retry_after: float | None = None) -> None:
        headers = {"Retry-After": f"{retry_after:g}"} if retry_after is not None else {}
        kind = "rate_limit_exceeded" if status == 429 else "server_error" if status >= 500 else "invalid_request_error"
        self._bytes(status, json.dumps({"error": {"message": message, "type": kind}}).encode(), headers)

    def _send(self, status: int, body: Mapping[str, Any]) -> None:
        self._bytes(status, json.dumps(body).encode(), {})

    def _bytes(self, status: int, data: bytes, headers: Mapping[str, str]) -> None:
        self._head(status, len(data), headers)
        self.wfile.write(data)

    def _head(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in (
            {"Content-Type": "application/json", "Content-Length": str(length)} | dict(headers)
        ).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """The server is quiet."""


def _sends(body: Mapping[str, Any], key: str, fault: str) -> bool:
    if fault == "no_schema":
        return (body.get(key) or {}).get("type") == "json_schema"
    return key in body


def _completion(answer: FakeAnswer, body: Mapping[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": _content(answer)}
    if answer.fault == "refusal":
        message |= {"content": None, "refusal": answer.text if answer.text != "{}" else "I cannot help with that."}
    made: dict[str, Any] = {
        "id": "chatcmpl-fake",
        "object": "chat.completion",
        "created": 0,
        "model": body.get("model", MODEL),
        "choices": [
            {"index": 0, "message": message, "finish_reason": "length" if answer.fault == "truncated" else "stop"}
        ],
    }
    if answer.usage is not None:
        inside, outside = answer.usage
        made["usage"] = {"prompt_tokens": inside, "completion_tokens": outside, "total_tokens": inside + outside}
    return made


def _content(answer: FakeAnswer) -> str:
    match answer.fault:
        case "truncated" | "invalid_json":
            return answer.text[: max(1, len(answer.text) // 2)]
        case "wrong_schema":
            return json.dumps({"something": "else"})
        case "empty":
            return ""
    return answer.text


def _embeddings(body: Mapping[str, Any]) -> dict[str, Any]:
    given = body.get("input", [])
    texts = [given] if isinstance(given, str) else given
    rows = [{"object": "embedding", "index": at, "embedding": _vector(str(text))} for at, text in enumerate(texts)]
    return {
        "object": "list",
        "model": body.get("model", MODEL),
        "data": rows,
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }


def _vector(text: str) -> list[float]:
    """A bag of hashed words, of length 1."""
    vector = [0.0] * _DIMENSION
    for word in text.casefold().split():
        vector[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % _DIMENSION] += 1.0
    length = math.sqrt(sum(number * number for number in vector)) or 1.0
    return [number / length for number in vector]


def main() -> None:
    """Serve a script until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m checker.llm.fake_server", description=__doc__.splitlines()[0])
    parser.add_argument("script", type=Path, help="JSON file of rules")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    given = parser.parse_args()
    try:
        server = FakeServer(Script.read(given.script), given.port)
    except CheckerError as error:
        sys.exit(f"fake_server: {error.line()}")
    print(server.address, flush=True)  # noqa: T201 - the address is what the command is run for
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
