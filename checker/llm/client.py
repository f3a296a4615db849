"""Asking: one question in, one validated reply out, or a typed error. The only way to a model for the stages."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import (
    ModelMalformedError,
    ModelRefusedError,
    ModelTruncatedError,
    ModelUnavailableError,
)
from checker.llm.budget import Budget
from checker.llm.cache import AnswerCache, Question
from checker.llm.exchange import ChatModel, ChatRequest, Failure, Finish, Message, RawAnswer, Role
from checker.llm.limiter import Limiter
from checker.llm.parsing import Fault, parsed
from checker.llm.prompts import Prompt
from checker.llm.replies import Reply
from checker.llm.tokens import TokenCounter, most, token_counter
from checker.settings import LlmSettings

R = TypeVar("R", bound=Reply)

LOGIC = 1
"""Version of the code that reads answers; a new one asks everything anew."""

_MOST_ADAPTIONS = 4
_FIRST_WAIT = 0.5
_LONGEST_BACKOFF = 20.0
_MESSAGE_BYTES = 64
"""Set aside for each message's own marks."""
_SHOWN = 4000


@dataclass
class LlmClient:
    """A model with its cache, purse and gate. Safe to use from several threads; one client serves a whole run."""

    chat: ChatModel
    settings: LlmSettings
    budget: Budget
    limiter: Limiter
    counter: TokenCounter
    cache: AnswerCache | None = None

    @classmethod
    def of(cls, settings: LlmSettings, cache: Path | None, chat: ChatModel | None = None) -> LlmClient:
        """The client that the settings describe; answers are kept in the file `cache`. `chat` replaces the server."""
        if chat is None:
            from checker.llm.langchain import LangChainChat

            chat = LangChainChat(settings)
        return cls(
            chat=chat,
            settings=settings,
            budget=Budget.of(settings, chat.name),
            limiter=Limiter(settings.concurrency, settings.requests_per_minute, settings.tokens_per_minute),
            counter=token_counter(chat.name.partition(":")[2]),
            cache=AnswerCache(cache) if cache is not None else None,
        )

    def ask(
        self,
        prompt: Prompt,
        reply: type[R],
        values: Mapping[str, str],
        *,
        check: Callable[[R], Fault | None] = lambda reply: None,
    ) -> R:
        """The model's reply to `prompt` with `values` put in; `check` says what is wrong with one of the right form.

        Raises ModelRefusedError, ModelTruncatedError, ModelMalformedError, ModelUnavailableError or BudgetSpentError.
        """
        request = self._request(prompt, reply, values)

        def fault_of(text: str) -> Fault | None:
            read = parsed(text, reply)
            return read if isinstance(read, Fault) else check(read)

        def usable() -> str:
            return self._usable(request, prompt, fault_of)

        if self.cache is None:
            text = usable()
        else:
            question = self._question(request, prompt)
            text = self.cache.once(question, usable, holds=lambda kept: _takes(fault_of(kept)))
        return _read(text, reply)

    def kept(self, prompt: Prompt, reply: type[R], values: Mapping[str, str]) -> R | None:
        """The kept reply to the question, where there is one; nothing is sent."""
        if self.cache is None:
            return None
        text = self.cache.kept(self._question(self._request(prompt, reply, values), prompt).key)
        read = parsed(text, reply) if text is not None else None
        return None if isinstance(read, Fault) else read

    def recall(self, prompt: Prompt, about: str) -> str | None:
        """What was remembered of `about` under this model and prompt.

        One question may ask of many things, and a draft edited in one place makes another question of the same things;
        what a stage made of each thing is remembered apart, so that only the edited one is asked about again.
        """
        return self.cache.kept(self._thing(prompt, about).key) if self.cache is not None else None

    def remember(self, prompt: Prompt, about: str, made: str) -> None:
        """Keeps what a stage made of one thing."""
        if self.cache is not None:
            self.cache.keep(self._thing(prompt, about), made)

    def measure(self, prompt: Prompt, values: Mapping[str, str]) -> int:
        """About how many input tokens the question is, by `counter`, its schema included."""
        request = self._request(prompt, prompt.reply, values)
        return sum(self.counter.count(text) for text in _texts(request))

    def stop(self) -> None:
        """Nothing more is sent; whoever waits gets ModelUnavailableError."""
        self.limiter.stop()

    def close(self) -> None:
        """Closes the cache."""
        if self.cache is not None:
            self.cache.close()

    def _request(self, prompt: Prompt, reply: type[Reply], values: Mapping[str, str]) -> ChatRequest:
        messages = prompt.fill(**values)
        return ChatRequest(messages, reply.form(), reply.schema_of(), self.settings.max_output_tokens)

    def _question(self, request: ChatRequest, prompt: Prompt) -> Question:
        messages = [[message.role, message.text] for message in request.messages]
        return self._keyed(prompt, {"messages": messages, "schema": request.schema})

    def _thing(self, prompt: Prompt, about: str) -> Question:
        return self._keyed(prompt, {"about": about, "schema": prompt.reply.schema_of()})

    def _keyed(self, prompt: Prompt, asked: Mapping[str, Any]) -> Question:
        told = {
            "model": self.chat.name,
            "parameters": dict(self.chat.parameters),
            "most": self.settings.max_output_tokens,
            "prompt": [prompt.label, prompt.digest],
            "logic": LOGIC,
            **asked,
        }
        canonical = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return Question(hashlib.sha256(canonical.encode("ascii")).hexdigest(), self.chat.name, prompt.label)

    def _usable(self, request: ChatRequest, prompt: Prompt, fault_of: Callable[[str], Fault | None]) -> str:
        """An answer that can be used: the first, or the second after its fault was named."""
        answer = self._answer(request, prompt)
        fault = fault_of(answer.text)
        if fault is None:
            return answer.text
        again = self._answer(_asked_again(request, answer, fault), prompt)
        second = fault_of(again.text)
        if _takes(second):
            return again.text
        if fault.minor:
            return answer.text
        says = second.says if second else ""
        raise ModelMalformedError(f"the answer cannot be used, twice: {says}", where=self._where(prompt))

    def _answer(self, request: ChatRequest, prompt: Prompt) -> RawAnswer:
        """A finished answer, whatever its form."""
        answer = self._attempts(request, prompt)
        if answer.finish is Finish.REFUSED:
            said = " ".join(answer.text.split())[:200]
            raise ModelRefusedError(
                f"the model declined: {said}" if said else "the model declined", where=self._where(prompt)
            )
        if answer.finish is Finish.TRUNCATED:
            raise ModelTruncatedError(
                f"the answer was cut at {request.max_output_tokens} tokens",
                where=self._where(prompt),
                hint="Raise llm.max_output_tokens.",
            )
        return answer

    def _attempts(self, request: ChatRequest, prompt: Prompt) -> RawAnswer:
        attempt = adaptions = 0
        while True:
            result = self._attempt(request)
            if isinstance(result, RawAnswer):
                return result
            if result.at_once and adaptions < _MOST_ADAPTIONS:
                adaptions += 1
                continue
            if not result.again or result.at_once or attempt >= self.settings.retries:
                raise ModelUnavailableError(result.message, where=self._where(prompt))
            if result.retry_after is not None:
                self.limiter.pause(result.retry_after)
            self.limiter.sleep(_backoff(attempt, result.retry_after))
            attempt += 1

    def _attempt(self, request: ChatRequest) -> RawAnswer | Failure:
        """One request: through the gate, its cost set aside, its outcome told to both."""
        inside = sum(most(text) + _MESSAGE_BYTES for text in _texts(request))
        about = sum(self.counter.count(text) for text in _texts(request)) + request.max_output_tokens
        with self.limiter.slot(about), self.budget.reserve(inside, request.max_output_tokens) as reserved:
            result = self.chat.send(request)
            if isinstance(result, RawAnswer):
                reserved.answer = result
                self.limiter.answered()
            else:
                reserved.free = not result.billed
                if result.down:
                    self.limiter.failed()
        return result

    def _where(self, prompt: Prompt) -> str:
        return f"{self.chat.name}, prompt {prompt.label}"


def _takes(fault: Fault | None) -> bool:
    return fault is None or fault.minor


def _read(text: str, reply: type[R]) -> R:
    """The reply in a text that is known to hold one."""
    read = parsed(text, reply)
    assert not isinstance(read, Fault), read.says
    return read


def _texts(request: ChatRequest) -> tuple[str, ...]:
    return (*(message.text for message in request.messages), json.dumps(request.schema))


def _asked_again(request: ChatRequest, answer: RawAnswer, fault: Fault) -> ChatRequest:
    words = f"That answer cannot be used: {fault.says} Give the whole answer again, with that put right."
    more = (Message(Role.ASSISTANT, answer.text[:_SHOWN] or "(nothing)"), Message(Role.USER, words))
    return ChatRequest((*request.messages, *more), request.schema_name, request.schema, request.max_output_tokens)


def _backoff(attempt: int, asked: float | None) -> float:
    """Seconds before the next attempt: doubling, with jitter so that threads do not come back together."""
    base = min(_LONGEST_BACKOFF, _FIRST_WAIT * 2**attempt)
    jitter = random.uniform(0.5, 1.0)
    return base * jitter if asked is None else asked + 0.25 * random.random()
