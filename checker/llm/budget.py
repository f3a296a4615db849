"""Hard caps on the money and the requests of one run, across threads.

Before a request goes out, the most it can cost is set aside; when its answer is in, what it did not cost is given
back. The cap is held against what is spent and what is set aside together, so it cannot be passed however many
requests are under way. Where the rest is short only because of requests under way, the next one waits for them.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from checker.errors import BudgetSpentError, SettingsError
from checker.llm.exchange import RawAnswer
from checker.model import Usage
from checker.settings import LlmSettings, PriceSettings

_MILLION = 1_000_000


def price_of(settings: LlmSettings, name: str) -> PriceSettings | None:
    """The price of the model `provider:model`, by that name or without its provider."""
    return settings.prices.get(name) or settings.prices.get(name.partition(":")[2])


def cost(price: PriceSettings | None, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float:
    """US dollars for that many tokens; 0 where no price is known."""
    if price is None:
        return 0.0
    cached = price.input if price.cached_input is None else price.cached_input
    fresh = max(0, input_tokens - cached_tokens)
    return (fresh * price.input + cached_tokens * cached + output_tokens * price.output) / _MILLION


@dataclass(slots=True)
class Reservation:
    """What was set aside for one request. `free` says that the request cannot have been billed."""

    input_tokens: int
    output_tokens: int
    answer: RawAnswer | None = None
    free: bool = False


@dataclass
class Budget:
    """The purse of one run. Thread-safe."""

    price: PriceSettings | None = None
    max_cost_usd: float | None = None
    max_calls: int | None = None
    _spent: Usage = field(default_factory=Usage)
    _aside: float = 0.0
    _under_way: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @classmethod
    def of(cls, settings: LlmSettings, name: str) -> Budget:
        """The caps of the settings. Raises SettingsError for a cap on money where the model has no price."""
        price = price_of(settings, name)
        if settings.max_cost_usd is not None and price is None:
            raise SettingsError(
                "a cap on cost needs the price of the model",
                where=f"llm.max_cost_usd = {settings.max_cost_usd:g}",
                hint=f'Set llm.prices."{name}" = {{ input = ..., output = ... }} in US dollars for a million tokens.',
            )
        return cls(price, settings.max_cost_usd, settings.max_calls)

    @property
    def usage(self) -> Usage:
        """What was spent so far."""
        with self._changed:
            return self._spent

    def tab(self) -> Budget:
        """A purse that pays out of this one and keeps its own account: what one thing of many costs."""
        return _Tab(self.price, purse=self)

    @contextmanager
    def reserve(self, input_tokens: int, output_tokens: int) -> Iterator[Reservation]:
        """Sets aside one call with at most that many tokens. Raises BudgetSpentError where the rest is too little.

        A request that leaves without an answer and is not marked `free` is charged in full: it may have been billed.
        """
        asked = Reservation(input_tokens, output_tokens)
        held = cost(self.price, input_tokens, output_tokens)
        self._take(held)
        try:
            yield asked
        finally:
            self._settle(asked, held)

    def _take(self, held: float) -> None:
        with self._changed:
            while True:
                if self.max_calls is not None and self._spent.calls >= self.max_calls:
                    raise BudgetSpentError(
                        f"the cap of {self.max_calls} calls is reached", hint="Raise llm.max_calls to go on."
                    )
                if self.max_cost_usd is None or self._spent.cost_usd + self._aside + held <= self.max_cost_usd:
                    break
                if not self._under_way:
                    raise BudgetSpentError(
                        f"the cap of ${self.max_cost_usd:g} leaves too little for the next request "
                        f"(${self._spent.cost_usd:.4f} spent, up to ${held:.4f} needed)",
                        hint="Raise llm.max_cost_usd to go on.",
                    )
                self._changed.wait()
            self._aside += held
            self._under_way += 1
            self._spent = _plus(self._spent, calls=1)

    def _settle(self, asked: Reservation, held: float) -> None:
        with self._changed:
            self._under_way -= 1
            self._aside = self._aside - held if self._under_way else 0.0
            self._spent = self._charged(asked)
            self._changed.notify_all()

    def _charged(self, asked: Reservation) -> Usage:
        if asked.free:
            return self._spent
        answer = asked.answer
        # A server that tells no count is charged the most that was possible.
        known_in = answer.input_tokens if answer is not None else None
        known_out = answer.output_tokens if answer is not None else None
        inside = asked.input_tokens if known_in is None else known_in
        outside = asked.output_tokens if known_out is None else known_out
        cached = answer.cached_tokens if answer is not None else 0
        return _plus(self._spent, inside, outside, cost(self.price, inside, outside, cached))


@dataclass
class _Tab(Budget):
    """The caps are the purse's; only the account is its own."""

    purse: Budget | None = None

    @contextmanager
    def reserve(self, input_tokens: int, output_tokens: int) -> Iterator[Reservation]:
        """As the purse's own `reserve`."""
        assert self.purse is not None
        with self.purse.reserve(input_tokens, output_tokens) as asked:
            self._take(0.0)
            try:
                yield asked
            finally:
                self._settle(asked, 0.0)


def _plus(
    usage: Usage, input_tokens: int = 0, output_tokens: int = 0, cost_usd: float = 0.0, *, calls: int = 0
) -> Usage:
    return Usage(
        calls=usage.calls + calls,
        input_tokens=usage.input_tokens + input_tokens,
        output_tokens=usage.output_tokens + output_tokens,
        cost_usd=usage.cost_usd + cost_usd,
    )
