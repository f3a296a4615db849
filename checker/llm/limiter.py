"""One gate at the model's boundary: requests at once, requests and tokens a minute, pauses that a server asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.errors import ModelUnavailableError

_MINUTE = 60.0
FAILURES_A_SLOT = 3
"""Failures in a row, for each request at once, before the gate stays shut for a while: the server is down."""
SHUT_SECONDS = 30.0


class _Bucket:
    """A token bucket that holds one minute's worth, full at the start. Not thread-safe by itself."""

    def __init__(self, per_minute: int, now: float) -> None:
        self._size = float(per_minute)
        self._level = float(per_minute)
        self._at = now

    def wait(self, amount: float, now: float) -> float:
        """Seconds until `amount` is there; an amount over a minute's worth goes out when the bucket is full."""
        self._level = min(self._size, self._level + (now - self._at) * self._size / _MINUTE)
        self._at = now
        short = min(amount, self._size) - self._level
        return max(0.0, short * _MINUTE / self._size)

    def take(self, amount: float) -> None:
        self._level -= amount


class Limiter:
    """The gate. Every request of every thread goes through `slot`; `stop` lets all that wait go home."""

    def __init__(
        self,
        concurrency: int,
        requests_per_minute: int | None = None,
        tokens_per_minute: int | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        now = clock()
        self._free = concurrency
        self._most_failures = FAILURES_A_SLOT * concurrency
        self._requests = _Bucket(requests_per_minute, now) if requests_per_minute else None
        self._tokens = _Bucket(tokens_per_minute, now) if tokens_per_minute else None
        self._paused_until = now
        self._shut_until = now
        self._failures = 0
        self._stopped = False
        self._changed = threading.Condition()

    @contextmanager
    def slot(self, tokens: int) -> Iterator[None]:
        """One request of about `tokens`, once it may go. Raises ModelUnavailableError while the server is down."""
        self._enter(tokens)
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """No request of any thread goes out for so long."""
        with self._changed:
            self._paused_until = max(self._paused_until, self._clock() + seconds)

    def sleep(self, seconds: float) -> None:
        """Waits, unless stopped. Raises ModelUnavailableError when stopped."""
        until = self._clock() + seconds
        with self._changed:
            while (left := until - self._clock()) > 0:
                self._go_on()
                self._changed.wait(left)
            self._go_on()

    def answered(self) -> None:
        """The server answered: whatever failed before counts no more."""
        with self._changed:
            self._failures = 0

    def failed(self) -> None:
        """A request failed; after several in a row the gate shuts for a while."""
        with self._changed:
            self._failures += 1
            if self._failures >= self._most_failures:
                self._shut_until = self._clock() + SHUT_SECONDS
                self._failures = 0
                self._changed.notify_all()

    def stop(self) -> None:
        """Nothing more goes out; whoever waits gets ModelUnavailableError."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _enter(self, tokens: int) -> None:
        with self._changed:
            while True:
                self._go_on()
                now = self._clock()
                if now < self._shut_until:
                    raise ModelUnavailableError("too many requests in a row failed; not asked again for now")
                wait = self._wait(tokens, now)
                if self._free and wait <= 0:
                    break
                self._changed.wait(wait if wait > 0 else None)
            self._free -= 1
            if self._requests:
                self._requests.take(1)
            if self._tokens:
                self._tokens.take(tokens)

    def _wait(self, tokens: int, now: float) -> float:
        waits = [self._paused_until - now]
        if self._requests:
            waits.append(self._requests.wait(1, now))
        if self._tokens:
            waits.append(self._tokens.wait(tokens, now))
        return max(waits)

    def _go_on(self) -> None:
        if self._stopped:
            raise ModelUnavailableError("stopped before it was asked")
