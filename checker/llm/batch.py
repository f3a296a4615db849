"""Questions written to a file and answered from one, in the form of the OpenAI Batch API.

For the half-price batch service, for desks without a network, and for any machine that reads a file. A run answers what
it can from the file of answers and writes what is left as questions; where one stage's questions depend on another's
answers, that takes as many rounds. A question without an answer leaves what it was about unchecked.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checker.errors import InputError, UsageError
from checker.llm.dialect import Dialect, Form
from checker.llm.exchange import ChatRequest, Failure, Finish, RawAnswer
from checker.llm.langchain import split_name
from checker.settings import LlmSettings

MOST_QUESTIONS = 50_000
"""Of one file, by the Batch API's own rule."""
PATH = "/v1/chat/completions"
WAITING = "its question is in the batch file and has no answer yet"


class BatchChat:
    """A chat model whose answers come from a file and whose open questions go to another. Thread-safe.

    `questions` is written anew by `write`. Raises InputError for an answers file that is not in the Batch form.
    """

    def __init__(self, settings: LlmSettings, answers: Path | None = None) -> None:
        self._settings = settings
        self._provider, self._model = split_name(settings.model)
        self._answers = dict(_answers(answers)) if answers is not None else {}
        self._open: dict[str, str] = {}
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return f"{self._provider}:{self._model}"

    @property
    def parameters(self) -> Mapping[str, Any]:
        return {"address": "batch", "temperature": self._settings.temperature}

    @property
    def open_questions(self) -> int:
        """How many questions have no answer so far."""
        with self._lock:
            return len(self._open)

    def send(self, request: ChatRequest) -> RawAnswer | Failure:
        """The answer from the file, else a failure and one more open question."""
        body = self._body(request)
        canonical = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        custom_id = hashlib.sha256(canonical.encode("ascii")).hexdigest()[:40]
        if custom_id in self._answers:
            return self._answers[custom_id]
        line = {"custom_id": custom_id, "method": "POST", "url": PATH, "body": body}
        with self._lock:
            self._open[custom_id] = json.dumps(line, ensure_ascii=False)
        return Failure(WAITING)

    def write(self, questions: Path) -> int:
        """Writes the open questions, in an order that does not depend on threads; how many there are."""
        with self._lock:
            lines = [self._open[custom_id] for custom_id in sorted(self._open)]
        if len(lines) > MOST_QUESTIONS:
            raise UsageError(f"{len(lines)} questions are too many for one file; {MOST_QUESTIONS} fit")
        questions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return len(lines)

    def _body(self, request: ChatRequest) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [{"role": str(message.role), "content": message.text} for message in request.messages],
            "response_format": Dialect(Form.SCHEMA).response_format(request),
            "max_completion_tokens": request.max_output_tokens,
            "store": False,
        }
        if self._settings.temperature is not None:
            body["temperature"] = self._settings.temperature
        return body


def _answers(path: Path) -> Iterator[tuple[str, RawAnswer | Failure]]:
    """The answers of a file, by the id of their question."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _answer(line, where=f"{path}, line {number}")


def _answer(line: str, where: str) -> tuple[str, RawAnswer | Failure]:
    try:
        row = json.loads(line)
        custom_id = str(row["custom_id"])
        response = row.get("response") or {}
        failed = row.get("error") or response.get("status_code", 200) != 200
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("is not an answer in the form of the Batch API", where=where) from error
    if failed:
        said = row.get("error") or response.get("body") or {}
        return custom_id, Failure(f"the batch has no answer: {json.dumps(said)[:200]}")
    try:
        return custom_id, _raw(response["body"])
    except (KeyError, TypeError, IndexError, AttributeError):
        # One bad line of many costs its own question and no other.
        return custom_id, Failure("the batch's answer has no message in it")


def _raw(body: Mapping[str, Any]) -> RawAnswer:
    choice = body["choices"][0]
    message, usage = choice["message"], body.get("usage") or {}
    finish = {"length": Finish.TRUNCATED, "content_filter": Finish.REFUSED}.get(
        choice.get("finish_reason"), Finish.DONE
    )
    if message.get("refusal"):
        return RawAnswer(str(message["refusal"]), Finish.REFUSED)
    return RawAnswer(
        text=str(message.get("content") or ""),
        finish=finish,
        input_tokens=usage.get("prompt_tokens"),
        output_tokens=usage.get("completion_tokens"),
        cached_tokens=(usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0,
    )
