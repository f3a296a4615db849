"""Questions and answers by file, in the form of the Batch API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from asking import QUERIES

from checker.errors import InputError, ModelRefusedError, ModelTruncatedError, ModelUnavailableError
from checker.llm.batch import BatchChat
from checker.llm.client import LlmClient
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply
from checker.settings import LlmSettings

SETTINGS = LlmSettings(model="openai:batch-model", retries=3)
VALUES = {"claims": "1| The mill closed in 1950."}


def ask(chat: BatchChat, prompt: Prompt, values: dict[str, str] = VALUES) -> CounterQueryReply:
    return LlmClient.of(SETTINGS, None, chat).ask(prompt, CounterQueryReply, values)


def exported(prompt: Prompt, folder: Path, answers: Path | None = None) -> list[dict[str, Any]]:
    """The questions of a run that has these answers."""
    chat = BatchChat(SETTINGS, answers)
    for claims in ("1| The mill closed in 1950.", "1| The mill burned."):
        with pytest.raises(ModelUnavailableError, match="no answer yet"):
            ask(chat, prompt, {"claims": claims})
    assert chat.write(folder / "questions.jsonl") == chat.open_questions == 2
    return [json.loads(line) for line in (folder / "questions.jsonl").read_text().splitlines()]


def answered(question: dict[str, Any], text: str, **choice: Any) -> str:
    message = {"role": "assistant", "content": text} | choice.pop("message", {})
    body = {
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"} | choice],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    }
    return json.dumps(
        {"custom_id": question["custom_id"], "response": {"status_code": 200, "body": body}, "error": None}
    )


def test_open_questions_are_requests_of_the_batch_form(prompt: Prompt, tmp_path: Path) -> None:
    """Each line is one request with its own id, the schema and store=false; the same run writes the same bytes."""
    questions = exported(prompt, tmp_path)
    first = (tmp_path / "questions.jsonl").read_bytes()
    exported(prompt, tmp_path)
    assert (tmp_path / "questions.jsonl").read_bytes() == first
    assert {question["url"] for question in questions} == {"/v1/chat/completions"}
    assert len({question["custom_id"] for question in questions}) == 2
    assert all(len(question["custom_id"]) <= 64 and question["method"] == "POST" for question in questions)
    body = questions[0]["body"]
    assert body["model"] == "batch-model" and body["store"] is False
    assert body["response_format"]["json_schema"]["schema"]["additionalProperties"] is False


def test_an_answer_from_the_file_is_an_answer(prompt: Prompt, tmp_path: Path) -> None:
    """The question that has its answer is answered, with the cost it names; the other stays open."""
    questions = exported(prompt, tmp_path)
    mine = next(item for item in questions if "1950" in item["body"]["messages"][1]["content"])
    (tmp_path / "answers.jsonl").write_text(answered(mine, json.dumps(QUERIES)) + "\n")
    client = LlmClient.of(SETTINGS, None, BatchChat(SETTINGS, tmp_path / "answers.jsonl"))
    assert client.ask(prompt, CounterQueryReply, VALUES).queries
    assert client.budget.usage.input_tokens == 7
    with pytest.raises(ModelUnavailableError, match="no answer yet"):
        client.ask(prompt, CounterQueryReply, {"claims": "1| The mill burned."})


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ({"finish_reason": "length"}, ModelTruncatedError),
        ({"message": {"refusal": "no"}}, ModelRefusedError),
        ({"message": {"content": "not json"}}, ModelUnavailableError),
    ],
)
def test_a_bad_answer_is_never_a_reply(
    prompt: Prompt, tmp_path: Path, choice: dict[str, Any], kind: type[Exception]
) -> None:
    """Truncated and refused answers are what they are; a malformed one opens the question that names its fault."""
    questions = exported(prompt, tmp_path)
    lines = [answered(question, json.dumps(QUERIES), **dict(choice)) for question in questions]
    (tmp_path / "answers.jsonl").write_text("\n".join(lines))
    chat = BatchChat(SETTINGS, tmp_path / "answers.jsonl")
    with pytest.raises(kind):
        ask(chat, prompt)
    assert chat.open_questions == (1 if kind is ModelUnavailableError else 0)


def test_a_line_that_failed_costs_its_own_question_only(prompt: Prompt, tmp_path: Path) -> None:
    """Errors of the service, by line, leave the other lines as they are."""
    first, second = exported(prompt, tmp_path)
    failed = {"custom_id": first["custom_id"], "response": {"status_code": 500, "body": {"error": "x"}}, "error": None}
    empty = {"custom_id": second["custom_id"], "response": {"status_code": 200, "body": {}}, "error": None}
    (tmp_path / "answers.jsonl").write_text(f"{json.dumps(failed)}\n{json.dumps(empty)}\n")
    chat = BatchChat(SETTINGS, tmp_path / "answers.jsonl")
    for claims in (VALUES, {"claims": "1| The mill burned."}):
        with pytest.raises(ModelUnavailableError, match="the batch"):
            ask(chat, prompt, claims)


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    """A file that holds no answers is an error that names file and line."""
    (tmp_path / "answers.jsonl").write_text('{"custom_id": "a"}\n["not", "one"]\n')
    with pytest.raises(InputError, match="line 2"):
        BatchChat(SETTINGS, tmp_path / "answers.jsonl")
