"""`checker check --dry-run`: the bill before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.pipeline.rehearsal import Bill
    from checker.settings import LlmSettings


def bill_lines(bill: Bill, llm: LlmSettings) -> Iterator[str]:
    """The bill as a person reads it."""
    yield f"engine  {bill.engine}" + (f", {bill.model} at {bill.address or 'its provider'}" if bill.model else "")
    parts = ", ".join(f"{step.name} {step.calls}" for step in bill.steps)
    yield f"calls   {bill.calls}" + (f" ({parts})" if parts else "")
    how = f"counted by {bill.counter}" if bill.exact else "estimated: the model's table is not on this machine"
    yield f"tokens  {bill.input_tokens} in" + (f" ({how}), about {bill.output_tokens} out" if bill.calls else ", 0 out")
    yield f"money   {_money(bill)}"
    if bill.calls:
        yield "        second readings of contradictions and repeated requests come on top; kept answers cost nothing"
    yield from _caps(bill, llm)
    yield "nothing was sent"


def _money(bill: Bill) -> str:
    amount = bill.cost_usd
    if amount is None:
        return f'not known: the settings have no llm.prices."{bill.model.partition(":")[2]}"'
    return f"about ${amount:.4f}" if bill.calls else "$0"


def _caps(bill: Bill, llm: LlmSettings) -> Iterator[str]:
    if llm.max_calls is not None and bill.calls > llm.max_calls:
        yield f"        over the cap of {llm.max_calls} calls: the check would stop there, and go on in a later run"
    if llm.max_cost_usd is not None and (bill.cost_usd or 0) > llm.max_cost_usd:
        yield f"        over the cap of ${llm.max_cost_usd:g}: the check would stop there, and go on in a later run"
