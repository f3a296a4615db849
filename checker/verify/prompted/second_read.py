"""A contradiction read a second time, alone: one sentence, one claim, four questions, nobody's first opinion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checker.llm.client import LlmClient
from checker.llm.prompts import Prompt, one_line
from checker.llm.replies import SecondReadReply
from checker.model import Claim, Span
from checker.verify.prompted.sheet import heading, shown
from checker.verify.readings import Candidate

_AROUND = 600
"""Characters of the source shown on either side."""


@dataclass(frozen=True, slots=True)
class SecondRead:
    """Whether the contradiction stands, and in what the second reading differs from the first."""

    stands: bool
    why: str


def read_again(client: LlmClient, prompt: Prompt, claim: Claim, item: Candidate, written: str) -> SecondRead:
    """Asks whether the sentence of `item` rules the claim out. Raises EngineError where there is no answer."""
    reply = client.ask(
        prompt,
        SecondReadReply,
        {
            "source": heading(item.source).removeprefix("## Source: "),
            "context": _context(item),
            "written": written,
            "claim": one_line(claim.text),
        },
    )
    return SecondRead(_stands(reply), _difference(reply))


def written_on(published: date | None) -> str:
    """The draft's date in words."""
    return f"{published:%A}, {published.day} {published:%B %Y}" if published else "not known"


def _stands(reply: SecondReadReply) -> bool:
    return reply.same_subject and reply.same_time and reply.source_says_so_itself and not reply.both_can_be_true


def _difference(reply: SecondReadReply) -> str:
    if not reply.same_subject:
        return "the sentence is about something else"
    if not reply.same_time:
        return "the sentence is about another time"
    if not reply.source_says_so_itself:
        return "the source does not hold what the sentence says"
    return "both can be true" if reply.both_can_be_true else ""


def _context(item: Candidate) -> str:
    """The sentence, marked, between what stands before and after it in the source."""
    text = item.source.text
    before = one_line(_piece(text, item.span.start - _AROUND, item.span.start))
    after = one_line(_piece(text, item.span.end, item.span.end + _AROUND))
    lines = [f"  1| {before}" if before else "", f"> 2| {shown(item)}", f"  3| {after}" if after else ""]
    return "\n".join(line for line in lines if line)


def _piece(text: str, start: int, end: int) -> str:
    start, end = max(0, start), min(len(text), end)
    return Span(start, end).of(text) if start < end else ""
