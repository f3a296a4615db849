"""Queries for what would show a claim to be wrong, so that retrieval looks on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from checker.llm.client import LlmClient
from checker.llm.parsing import Fault
from checker.llm.prompts import Prompt, one_line
from checker.llm.replies import CounterQueryReply
from checker.model import Claim

CLAIMS_A_CALL = 80
_LONGEST = 200


def counter_queries(client: LlmClient, prompt: Prompt, claims: Sequence[Claim]) -> dict[str, str]:
    """One query for each claim, by the claim's id; claims that the model leaves out have none.

    A query is remembered for its claim, so that an edit elsewhere in the draft does not change what is found for it.
    Raises EngineError where the model does not answer: the check can go on without.
    """
    found = {claim.id: query for claim in claims if (query := client.recall(prompt, claim.text)) is not None}
    fresh = [claim for claim in claims if claim.id not in found]
    for at in range(0, len(fresh), CLAIMS_A_CALL):
        part = fresh[at : at + CLAIMS_A_CALL]
        for claim, query in _asked(client, prompt, part):
            if found.setdefault(claim.id, query) is query:
                client.remember(prompt, claim.text, query)
    return found


def _asked(client: LlmClient, prompt: Prompt, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    lines = "\n".join(f"{number}| {one_line(claim.text)}" for number, claim in enumerate(claims, 1))
    reply = client.ask(prompt, CounterQueryReply, {"claims": lines}, check=partial(_fault, len(claims)))
    for item in reply.queries:
        if 1 <= item.claim <= len(claims) and item.query.strip():
            yield claims[item.claim - 1], one_line(item.query)[:_LONGEST]


def _fault(count: int, reply: CounterQueryReply) -> Fault | None:
    missing = sorted(set(range(1, count + 1)) - {item.claim for item in reply.queries})
    return Fault(f"claims {missing} are missing.", minor=True) if missing else None
