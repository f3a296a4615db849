"""The gate at the model's boundary, on a clock of the test's own where time matters."""

from __future__ import annotations

import threading
import time

import pytest

from checker.errors import ModelUnavailableError
from checker.llm.limiter import FAILURES_A_SLOT, SHUT_SECONDS, Limiter


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_requests_a_minute_are_held() -> None:
    """After a minute's worth at once, the next goes out only as time allows."""
    limiter = Limiter(10, requests_per_minute=600)
    began = time.monotonic()
    for _ in range(605):
        with limiter.slot(1):
            pass
    assert 0.4 <= time.monotonic() - began < 3.0


def test_tokens_a_minute_are_held() -> None:
    """A large request waits until its tokens are there; one over a minute's worth still goes out."""
    limiter = Limiter(10, tokens_per_minute=6000)
    with limiter.slot(6000):
        pass
    began = time.monotonic()
    with limiter.slot(30):
        pass
    assert time.monotonic() - began >= 0.25
    huge = Limiter(1, tokens_per_minute=10)
    with huge.slot(10_000):
        pass


def test_a_pause_holds_every_thread() -> None:
    """What one request is told to wait, all wait."""
    limiter = Limiter(4)
    limiter.pause(0.2)
    began = time.monotonic()
    times = []

    def go() -> None:
        with limiter.slot(1):
            times.append(time.monotonic() - began)

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert min(times) >= 0.19


def test_a_server_that_is_down_is_left_alone_for_a_while() -> None:
    """After enough failures in a row nothing is sent; an answer in between starts the count anew."""
    clock = Clock()
    limiter = Limiter(2, clock=clock)
    for _ in range(FAILURES_A_SLOT * 2 - 1):
        limiter.failed()
    limiter.answered()
    for _ in range(FAILURES_A_SLOT * 2 - 1):
        limiter.failed()
    with limiter.slot(1):
        pass
    limiter.failed()
    with pytest.raises(ModelUnavailableError, match="in a row"), limiter.slot(1):
        pass
    clock.now += SHUT_SECONDS + 1
    with limiter.slot(1):
        pass


def test_stop_sends_everybody_home() -> None:
    """Whoever waits when the run is stopped gets an error at once, and so does whoever comes later."""
    limiter = Limiter(1)
    limiter.pause(60)
    caught: list[Exception] = []

    def wait() -> None:
        try:
            with limiter.slot(1):
                pass
        except ModelUnavailableError as error:
            caught.append(error)

    threads = [threading.Thread(target=wait) for _ in range(5)]
    for thread in threads:
        thread.start()
    limiter.stop()
    for thread in threads:
        thread.join(2)
    assert len(caught) == 5
    with pytest.raises(ModelUnavailableError):
        limiter.sleep(60)
