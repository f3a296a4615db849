"""What the model sees of the sources: passages of several claims together, each sentence once, with a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.llm.prompts import one_line
from checker.model import Claim, Source, Span
from checker.ports import Retrieval
from checker.verify.readings import Candidate, candidates

CLAIMS_A_CALL = 5
PASSAGES_A_CLAIM = 5
CHARACTERS_A_CALL = 12_000
"""Of passages; about 2,600 tokens."""

_LONGEST_SENTENCE = 1500


@dataclass(frozen=True, slots=True)
class Question:
    """One claim and what was found for it."""

    claim: Claim
    found: Retrieval

    @property
    def pool(self) -> tuple[Candidate, ...]:
        """The sentences of its best passages."""
        return candidates(self.found.hits[:PASSAGES_A_CLAIM], dict(self.found.sources))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The numbered sentences of one question to the model. Numbers count from 1."""

    text: str
    sentences: Mapping[int, Candidate]


def sheet(questions: Iterable[Question]) -> Sheet:
    """The passages of `questions` under the names of their sources, in the order in which they were found."""
    found: dict[tuple[str, Span], Candidate] = {}
    for question in questions:
        for item in question.pool:
            found.setdefault((item.source.id, item.span), item)
    sources = {item.source.id: item.source for item in found.values()}
    lines: list[str] = []
    numbers: dict[int, Candidate] = {}
    for source in sources.values():
        lines.append(heading(source))
        mine = sorted((item for item in found.values() if item.source.id == source.id), key=lambda item: item.span)
        for before, item in zip((None, *mine), mine, strict=False):
            if before is not None and source.text[before.span.end : item.span.start].strip():
                lines.append("[...]")
            numbers[len(numbers) + 1] = item
            lines.append(f"{len(numbers)}| {shown(item)}")
    return Sheet("\n".join(lines) or "(no passage)", numbers)


def heading(source: Source) -> str:
    """The line that stands above a source's sentences."""
    day = source.published.isoformat() if source.published else "undated"
    parts = (source.title, source.publisher or "", day, "secondary" if source.tier == "secondary" else "")
    return "## Source: " + " | ".join(one_line(part) for part in parts if part)


def shown(item: Candidate) -> str:
    """A sentence on one line, with who speaks where the source is a transcript; a very long one is cut."""
    speaker = item.source.locator(item.span.start).speaker
    text = one_line(item.text)
    cut = f"{text[:_LONGEST_SENTENCE]} [...]" if len(text) > _LONGEST_SENTENCE else text
    return f"{one_line(speaker)}: {cut}" if speaker else cut


def grouped(questions: Sequence[Question]) -> tuple[tuple[Question, ...], ...]:
    """The questions in groups that share passages, so that a passage is sent once for several claims.

    Each group begins with the first question left, and takes the ones that share most of what it holds, the nearer in
    the draft first.
    """
    left = list(questions)
    keys = {id(item): _keys(item) for item in left}
    groups: list[tuple[Question, ...]] = []
    while left:
        group = [left.pop(0)]
        held = dict(keys[id(group[0])])
        while left and len(group) < CLAIMS_A_CALL:
            best = min(left, key=lambda item: _added(keys[id(item)], held))
            if sum(held.values()) + _added(keys[id(best)], held) > CHARACTERS_A_CALL:
                break
            left.remove(best)
            group.append(best)
            held |= keys[id(best)]
        groups.append(tuple(group))
    return tuple(groups)


def _keys(question: Question) -> dict[tuple[str, Span], int]:
    return {(item.source.id, item.span): len(item.span) for item in question.pool}


def _added(keys: Mapping[tuple[str, Span], int], held: Mapping[tuple[str, Span], int]) -> int:
    """Characters that a question would add to a group."""
    return sum(size for key, size in keys.items() if key not in held)
