"""What goes to a chat model and what comes back: requests, raw answers, failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question: the messages, and the JSON schema that the answer has to fit."""

    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, Any]
    max_output_tokens: int


class Finish(StrEnum):
    """Why a model stopped."""

    DONE = "done"
    TRUNCATED = "truncated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """What a model wrote, before anything is believed. Token counts are the server's own, None where it gives none."""

    text: str
    finish: Finish = Finish.DONE
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that got no answer.

    `again`: sending it once more can help. `at_once`: the model has learnt how the server wants it, and no wait is
    needed. `billed`: the server may have worked for it. `down`: the server does not work at all. `retry_after`: seconds
    that it asks for.
    """

    message: str
    again: bool = False
    at_once: bool = False
    billed: bool = False
    down: bool = False
    retry_after: float | None = None


class ChatModel(Protocol):
    """A model that answers one request at a time. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """Provider and model."""

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Everything beside the messages that can change an answer; part of the cache's key."""

    def send(self, request: ChatRequest) -> RawAnswer | Failure:
        """The answer to `request`, from one attempt."""
