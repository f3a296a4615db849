"""Queries for what would show a claim to be wrong, so that retrieval looks on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from checker.llm.client import LlmClient
from checker.llm.parsing import Fault
from checker.llm.prompts import Prompt, one_line
from checker.llm.replies import CounterQueryReply
from checker.model import Claim

CLAIMS_A_CALL = 40
_LONGEST = 200


def counter_queries(client: LlmClient, prompt: Prompt, claims: Sequence[Claim]) -> dict[str, str]:
    """One query for each claim, by the claim's id; claims that the model leaves out have none.

    Raises EngineError where the model does not answer: the check can go on without.
    """
    found: dict[str, str] = {}
    for at in range(0, len(claims), CLAIMS_A_CALL):
        part = claims[at : at + CLAIMS_A_CALL]
        lines = "\n".join(f"{number}| {one_line(claim.text)}" for number, claim in enumerate(part, 1))
        reply = client.ask(prompt, CounterQueryReply, {"claims": lines}, check=partial(_fault, len(part)))
        for item in reply.queries:
            if 1 <= item.claim <= len(part) and item.query.strip():
                found.setdefault(part[item.claim - 1].id, one_line(item.query)[:_LONGEST])
    return found


def _fault(count: int, reply: CounterQueryReply) -> Fault | None:
    missing = sorted(set(range(1, count + 1)) - {item.claim for item in reply.queries})
    return Fault(f"claims {missing} are missing.", minor=True) if missing else None
