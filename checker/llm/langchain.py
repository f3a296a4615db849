"""The chat model through LangChain: any `provider:model`, and every OpenAI-compatible server by its address.

The only module that knows LangChain. It sends one request once: LangChain's own retries, cache, tracing and parsing
are left out, because each of them hides what a caller must know (what was sent, what it cost, what came back).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from checker.errors import SettingsError
from checker.llm.dialect import Dialect, adapted, asked_for, first_dialect
from checker.llm.exchange import ChatRequest, Failure, Finish, Message, RawAnswer, Role
from checker.llm.failures import answer_errors, failure_of, refusal_text
from checker.settings import LlmSettings

OPENAI = "openai"
OPENAI_ADDRESS = "https://api.openai.com/v1"

_NO_KEY = "none"  # servers on one's own machine ask for no key, the client insists on one
_FALSE = frozenset({"", "0", "false", "no", "off"})
_CONNECT_SECONDS = 10.0


class LangChainChat:
    """The model named in the settings. The texts leave this machine for its address, and for nowhere else."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings
        self._provider, self._model = split_name(settings.model)
        self._lock = threading.Lock()
        self._dialect = first_dialect(settings, openai=self._provider == OPENAI)

    @property
    def name(self) -> str:
        return f"{self._provider}:{self._model}"

    @property
    def parameters(self) -> Mapping[str, Any]:
        return {"address": self._address, "temperature": self._settings.temperature}

    def ready(self) -> None:
        """Raises SettingsError where no request could be made: no key, or an environment that would spoil each one."""
        _refuse_old_tracing()
        if self._provider == OPENAI:
            self._key()

    def send(self, request: ChatRequest) -> RawAnswer | Failure:
        """The answer to `request`, from one attempt; a failure says whether another can help."""
        import langsmith

        dialect = self._dialect
        messages = [_langchain_message(message) for message in asked_for(request, dialect)]
        try:
            # Tracing is off here whatever the environment says: a draft is nobody else's to read.
            with langsmith.tracing_context(enabled=False):
                answer = self._client.invoke(messages, **self._arguments(request, dialect))
        except answer_errors() as error:
            return self._failed(error, dialect)
        return _raw(answer)

    def _failed(self, error: Exception, dialect: Dialect) -> RawAnswer | Failure:
        declined = refusal_text(error)
        if declined is not None:
            return RawAnswer(declined, Finish.REFUSED)
        failure = failure_of(error)
        learnt = adapted(dialect, failure.message, error)
        if learnt is None:
            return failure
        with self._lock:
            self._dialect = learnt
        return Failure(failure.message, again=True, at_once=True)

    def _arguments(self, request: ChatRequest, dialect: Dialect) -> dict[str, Any]:
        given: dict[str, Any] = {}
        if dialect.temperature and self._settings.temperature is not None:
            given["temperature"] = self._settings.temperature
        if self._provider != OPENAI:
            return given
        given["max_tokens"] = request.max_output_tokens
        if dialect.store:
            given["store"] = False
        form = dialect.response_format(request)
        if form:
            # In the body and not as an argument: given as one, the client parses the answer itself, and an answer
            # cut short or of another form is lost with the tokens it cost.
            given["extra_body"] = {"response_format": form}
        return given

    @property
    def _address(self) -> str | None:
        if self._settings.base_url is not None:
            return self._settings.base_url
        return OPENAI_ADDRESS if self._provider == OPENAI else None

    @cached_property
    def _client(self) -> Any:
        with self._lock:
            _refuse_old_tracing()
            return self._openai() if self._provider == OPENAI else self._other()

    def _openai(self) -> Any:
        """LangChain's client with nothing left for the environment to fill in."""
        import openai
        from httpx2 import Limits, Timeout
        from langchain.chat_models import init_chat_model

        http = openai.DefaultHttpx2Client(
            timeout=Timeout(self._settings.timeout, connect=min(_CONNECT_SECONDS, self._settings.timeout)),
            limits=Limits(
                max_connections=self._settings.concurrency, max_keepalive_connections=self._settings.concurrency
            ),
        )
        made: Any = init_chat_model(
            self._model,
            model_provider=OPENAI,
            base_url=self._address,  # explicit, so that no gateway named in the environment can take its place
            api_key=self._key(),
            timeout=self._settings.timeout,
            max_retries=0,
            use_responses_api=False,
            cache=False,
            openai_proxy="",
            http_client=http,
            # The asynchronous client is built too, though never used: with this it opens no transport of its own.
            http_socket_options=(),
        )
        if self._settings.base_url is not None:
            # The account's names in the environment belong to OpenAI, not to the server at another address.
            made.root_client.organization = made.root_client.project = None
        return made

    def _other(self) -> Any:
        """Another provider's client, where its LangChain package is installed."""
        if os.environ.get("LANGSMITH_GATEWAY", "").lower() not in _FALSE:
            raise SettingsError(
                "LANGSMITH_GATEWAY would send the draft to another address",
                where="the environment",
                hint="Unset it, or use the provider openai with llm.base_url.",
            )
        from langchain.chat_models import init_chat_model

        given: dict[str, Any] = {"timeout": self._settings.timeout, "max_retries": 0, "cache": False}
        given["max_tokens"] = self._settings.max_output_tokens
        if os.environ.get(self._settings.api_key_env):
            given["api_key"] = os.environ[self._settings.api_key_env]
        if self._settings.base_url is not None:
            given["base_url"] = self._settings.base_url
        try:
            return init_chat_model(self._model, model_provider=self._provider, **given)
        except (ImportError, ValueError, TypeError) as error:
            raise SettingsError(f"cannot be used: {error}", where=f"llm.model = {self.name}") from error

    def _key(self) -> str:
        key = os.environ.get(self._settings.api_key_env)
        if not key and self._settings.base_url is None:
            raise SettingsError(
                f"no key in the environment variable {self._settings.api_key_env}",
                where=f"llm.model = {self.name}",
                hint="Set it, or set llm.base_url to a server of your own, or choose the embedded engine.",
            )
        return key or _NO_KEY


def split_name(name: str | None) -> tuple[str, str]:
    """Provider and model of `provider:model`. Raises SettingsError where one of them is missing."""
    provider, _, model = (name or "").partition(":")
    if not provider or not model:
        raise SettingsError(
            f"{name!r} names no model", where="llm.model", hint="Write provider:model, for instance openai:gpt-5-mini."
        )
    if provider == "langsmith":
        raise SettingsError("sends drafts through a tracing service", where=f"llm.model = {name}")
    return provider, model


def _refuse_old_tracing() -> None:
    """Two variables of older LangChain versions make the present one fail at every call: better said once."""
    for name in ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER"):
        if os.environ.get(name, "").lower() not in _FALSE:
            raise SettingsError(
                f"{name} is set, and models cannot be asked then", where="the environment", hint="Unset it."
            )


def _langchain_message(message: Message) -> Any:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    kinds = {Role.SYSTEM: SystemMessage, Role.USER: HumanMessage, Role.ASSISTANT: AIMessage}
    return kinds[message.role](content=message.text)


_FINISHES = {
    "length": Finish.TRUNCATED,
    "max_tokens": Finish.TRUNCATED,
    "MAX_TOKENS": Finish.TRUNCATED,
    "content_filter": Finish.REFUSED,
    "refusal": Finish.REFUSED,
    "SAFETY": Finish.REFUSED,
}


def _raw(answer: Any) -> RawAnswer:
    told = answer.response_metadata
    reason = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or ""
    refusal = answer.additional_kwargs.get("refusal")
    usage = answer.usage_metadata or {}
    return RawAnswer(
        text=refusal or answer.text,
        finish=Finish.REFUSED if refusal else _FINISHES.get(reason, Finish.DONE),
        input_tokens=usage.get("input_tokens"),
        output_tokens=usage.get("output_tokens"),
        cached_tokens=usage.get("input_token_details", {}).get("cache_read") or 0,
    )
