"""How a server wants to be asked: servers that call themselves OpenAI-compatible differ in what they take.

The first request asks for the most. Where a server turns it down and names the part it does not know, that part is
left out from then on; the form of the answer is then described in words, and validated here all the same.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from checker.llm.exchange import ChatRequest, Message, Role
from checker.settings import LlmSettings


class Form(StrEnum):
    """How the form of an answer is asked for."""

    SCHEMA = "json_schema"
    OBJECT = "json_object"
    TEXT = "text"


_BELOW = {Form.SCHEMA: Form.OBJECT, Form.OBJECT: Form.TEXT}
_NAMES_FORM = re.compile(r"response_format|json_schema|json_object|json schema|structured output|guided|grammar", re.I)
_NAMES_TEMPERATURE = re.compile(r"temperature", re.I)
_NAMES_STORE = re.compile(r"\bstore\b", re.I)
_TURNED_DOWN = frozenset({400, 404, 415, 422, 501})


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is sent beside the messages. `fixed`: the user chose the form; `own`: the server is not OpenAI's."""

    form: Form
    temperature: bool = True
    store: bool = True
    fixed: bool = False
    own: bool = False

    def response_format(self, request: ChatRequest) -> dict[str, Any] | None:
        """The protocol's `response_format` for `request`; None where the form stands in the messages only."""
        if self.form is Form.SCHEMA:
            schema = {"name": request.schema_name, "strict": True, "schema": dict(request.schema)}
            return {"type": "json_schema", "json_schema": schema}
        return {"type": "json_object"} if self.form is Form.OBJECT else None


def first_dialect(settings: LlmSettings, *, openai: bool) -> Dialect:
    """What to try first. Other providers' packages name their options differently: there the form stands in words."""
    if not openai:
        return Dialect(Form.TEXT, fixed=True, own=True)
    fixed = settings.structured != "auto"
    form = Form(settings.structured) if fixed else Form.SCHEMA
    return Dialect(form, fixed=fixed, own=settings.base_url is not None)


def adapted(dialect: Dialect, message: str, error: Exception) -> Dialect | None:
    """The dialect without what the server's `error` turned down; None where the error is about something else."""
    if getattr(error, "status_code", None) not in _TURNED_DOWN:
        return None
    if dialect.temperature and _NAMES_TEMPERATURE.search(message):
        return replace(dialect, temperature=False)
    if _NAMES_FORM.search(message) and dialect.form in _BELOW and not dialect.fixed:
        return replace(dialect, form=_BELOW[dialect.form])
    # OpenAI itself is never asked without it: there, silence means that the draft is kept.
    if dialect.store and dialect.own and _NAMES_STORE.search(message):
        return replace(dialect, store=False)
    return None


def asked_for(request: ChatRequest, dialect: Dialect) -> tuple[Message, ...]:
    """The messages of `request`; where the server takes no schema, the first one ends with it in words."""
    if dialect.form is Form.SCHEMA:
        return request.messages
    schema = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
    words = f"Answer with one JSON object and nothing else, no code fence. It must fit this JSON schema:\n{schema}"
    first, *rest = request.messages
    if first.role is Role.SYSTEM:
        return (Message(Role.SYSTEM, f"{first.text}\n\n{words}"), *rest)
    return (Message(Role.SYSTEM, words), *request.messages)
