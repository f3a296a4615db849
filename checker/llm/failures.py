"""The errors of the client libraries, told as failures: can another attempt help, when, and was this one billed."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from checker.llm.exchange import Failure

LONGEST_WAIT = 120.0
"""Seconds; a server that asks for more is not waited for."""

_AGAIN = frozenset({408, 409, 425, 429})
_NO_MONEY = ("insufficient_quota", "billing_hard_limit", "credit balance")


def answer_errors() -> tuple[type[Exception], ...]:
    """What an attempt may raise; a value of the wrong type too, where a server sent something else than an answer."""
    import httpx2
    import openai
    from langchain_core.exceptions import LangChainException

    return (openai.OpenAIError, LangChainException, httpx2.HTTPError, ValueError, TypeError, KeyError, AttributeError)


def refusal_text(error: Exception) -> str | None:
    """The words of a model that declined, where a package tells it as an error."""
    return str(error) if type(error).__name__.endswith("RefusalError") else None


def failure_of(error: Exception) -> Failure:
    """The failure that `error` tells of, in one line."""
    import openai

    message = " ".join(str(getattr(error, "message", "") or error or type(error).__name__).split())[:500]
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _by_status(status, message, _headers(error))
    if isinstance(error, openai.APITimeoutError) or "Timeout" in type(error).__name__:
        return Failure("no answer in time", again=True, down=True, billed=not _never_sent(error))
    if isinstance(error, openai.APIConnectionError) or "Connection" in type(error).__name__:
        return Failure(
            f"no connection: {_cause(error) or message}", again=True, down=True, billed=not _never_sent(error)
        )
    if isinstance(error, openai.OpenAIError) and not isinstance(error, openai.APIError):
        return Failure(message)
    # An answer arrived and is not one: cut off on its way, or another program's page.
    return Failure(f"the server sent something that is not an answer: {message}", again=True, billed=True)


def _by_status(status: int, message: str, headers: Mapping[str, str]) -> Failure:
    said = f"HTTP {status}: {message}"
    if any(words in message for words in _NO_MONEY):
        return Failure(said)
    again = status in _AGAIN or status >= 500
    wait = retry_after(headers) if again else None
    if wait is not None and wait > LONGEST_WAIT:
        return Failure(f"{said} (asks to wait {wait:.0f} s)")
    return Failure(said, again=again, down=status >= 500, retry_after=wait)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date."""
    exact = _number(headers.get("retry-after-ms"))
    if exact is not None:
        return exact / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is not None or not value:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _headers(error: Exception) -> Mapping[str, str]:
    response: Any = getattr(error, "response", None)
    return getattr(response, "headers", None) or {}


def _cause(error: BaseException) -> str:
    cause = error.__cause__ or error.__context__
    while cause is not None and (cause.__cause__ or cause.__context__) is not None and not str(cause).strip():
        cause = cause.__cause__ or cause.__context__
    return str(cause) if cause is not None else ""


def _never_sent(error: BaseException) -> bool:
    """Whether the connection was never made, so that nothing can have been billed."""
    seen: BaseException | None = error
    while seen is not None:
        if type(seen).__name__ in {"ConnectError", "ConnectTimeout", "PoolTimeout"}:
            return True
        seen = seen.__cause__ or seen.__context__
    return False
