"""The caps on money and calls, across threads and against a real server."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from asking import Connect, Serve, ok
from hypothesis import given
from hypothesis import strategies as st

from checker.errors import BudgetSpentError, SettingsError
from checker.llm.budget import Budget, cost, price_of
from checker.llm.exchange import RawAnswer
from checker.llm.fake_script import FakeAnswer, FakeRequest
from checker.llm.prompts import Prompt
from checker.llm.replies import CounterQueryReply
from checker.settings import LlmSettings, PriceSettings

PRICE = PriceSettings(input=1.0, output=8.0)


def billed(request: FakeRequest) -> tuple[int, int]:
    """What a server could count: some of the bytes in, up to the asked limit out."""
    size = len(request.text.encode())
    return random.randint(size // 6, size // 2), random.randint(1, request.body["max_completion_tokens"])


def test_the_cap_on_money_is_never_passed(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """Forty threads, answers of any cost: what the server billed stays under the cap, and the cap is made use of."""
    bills: list[float] = []

    def answer(request: FakeRequest) -> FakeAnswer:
        usage = billed(request)
        bills.append(cost(PRICE, *usage))
        return ok(usage=usage, delay=0.01)

    cap = 0.05
    client = connect(
        serve(responder=answer),
        max_cost_usd=cap,
        max_output_tokens=400,
        prices={"fake": PRICE.model_dump()},
        concurrency=8,
    )

    def ask(n: int) -> bool:
        try:
            client.ask(prompt, CounterQueryReply, {"claims": f"{n}| x"})
        except BudgetSpentError:
            return False
        return True

    with ThreadPoolExecutor(40) as pool:
        done = list(pool.map(ask, range(60)))
    assert sum(bills) <= cap
    assert sum(bills) == pytest.approx(client.budget.usage.cost_usd)
    assert 10 < sum(done) < 60


def test_the_cap_on_calls_is_never_passed(serve: Serve, connect: Connect, prompt: Prompt) -> None:
    """Retries and second questions count as calls too."""
    server = serve({"match": ".", "text": "not json"})
    client = connect(server, max_calls=7, concurrency=8)

    def ask(n: int) -> str:
        try:
            client.ask(prompt, CounterQueryReply, {"claims": f"{n}| x"})
        except Exception as error:
            return type(error).__name__
        return "answered"

    with ThreadPoolExecutor(20) as pool:
        kinds = set(pool.map(ask, range(20)))
    assert len(server.chats) == 7 and client.budget.usage.calls == 7
    assert kinds <= {"BudgetSpentError", "ModelMalformedError"} and "BudgetSpentError" in kinds


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500), st.booleans()), max_size=30),
    st.floats(0.0, 0.02),
)
def test_spent_and_set_aside_stay_under_any_cap(asks: list[tuple[int, int, bool]], cap: float) -> None:
    """Whatever is asked, in whatever order, answers or failures: the purse never holds a minus."""
    budget = Budget(PRICE, max_cost_usd=cap)
    for inside, outside, answered in asks:
        try:
            with budget.reserve(inside, outside) as reserved:
                if answered:
                    reserved.answer = RawAnswer("", input_tokens=inside // 2, output_tokens=outside)
        except BudgetSpentError:
            assert budget.usage.cost_usd + cost(PRICE, inside, outside) > cap
        assert budget.usage.cost_usd <= cap


def test_a_request_waits_for_money_set_aside_by_others() -> None:
    """What another request may give back is waited for, not refused."""
    budget = Budget(PRICE, max_cost_usd=cost(PRICE, 0, 1000))
    inside, may_leave = threading.Event(), threading.Event()

    def first() -> None:
        with budget.reserve(0, 1000) as reserved:
            inside.set()
            may_leave.wait(5)
            reserved.answer = RawAnswer("", input_tokens=0, output_tokens=10)

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    threading.Timer(0.1, may_leave.set).start()
    with budget.reserve(0, 900) as reserved:
        reserved.free = True
    thread.join()
    assert budget.usage.output_tokens == 10


def test_an_interrupted_request_is_charged_in_full() -> None:
    """An error while the request is under way leaves the purse as if it had been billed."""
    budget = Budget(PRICE, max_cost_usd=1.0)
    with pytest.raises(KeyboardInterrupt), budget.reserve(100, 50):
        raise KeyboardInterrupt
    assert (budget.usage.input_tokens, budget.usage.output_tokens) == (100, 50)


def test_a_cap_on_money_needs_a_price() -> None:
    """Without a price the cap could not hold, so it is refused with what to set."""
    settings = LlmSettings(model="openai:m", max_cost_usd=1.0)
    with pytest.raises(SettingsError, match=r'llm\.prices\."openai:m"'):
        Budget.of(settings, "openai:m")


def test_prices_are_found_by_either_name() -> None:
    """The full name wins over the model's alone; tokens from the server's prefix cache have their own price."""
    table = {"m": PRICE, "openai:m": PriceSettings(input=2.0, output=2.0, cached_input=0.5)}
    settings = LlmSettings(prices=table)
    found = price_of(settings, "openai:m")
    assert found is not None and found.input == 2.0
    assert price_of(settings, "other:m") == PRICE
    assert cost(found, 1_000_000, 0, 500_000) == pytest.approx(1.25)
