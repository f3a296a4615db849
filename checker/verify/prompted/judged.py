"""A model's judgement of one claim, with its sentence numbers turned into places of stored text."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from checker.llm.parsing import Fault
from checker.llm.prompts import one_line
from checker.llm.replies import Judgement, VerifyReply
from checker.model import Label, ReasonCode, Source, Span, Stance
from checker.verify.prompted.sheet import Question, Sheet
from checker.verify.readings import Candidate

_MOST_NAMED = 5
_MOST_EVIDENCE = 6
_LONGEST = 700


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a claim: a label, the places it points at, and why. Nothing here is evidence yet."""

    label: Label
    places: tuple[tuple[Candidate, Stance], ...]
    reasons: tuple[ReasonCode, ...]
    justification: str

    def with_stance(self, stance: Stance) -> tuple[Candidate, ...]:
        return tuple(item for item, its in self.places if its is stance)


def fault_of(count: int, page: Sheet, reply: VerifyReply) -> Fault | None:
    """What is wrong with an answer about `count` claims. All of it concerns single claims, so all of it is minor."""
    given = [item.claim for item in reply.judgements]
    faults = [f"claim {number} is missing" for number in range(1, count + 1) if number not in given]
    faults += [off for item in reply.judgements if 1 <= item.claim <= count for off in _faults(item, page)]
    return Fault("; ".join(faults[:_MOST_NAMED]) + ".", minor=True) if faults else None


def _faults(item: Judgement, page: Sheet) -> list[str]:
    off = [f"there is no sentence {named.sentence}" for named in item.evidence if named.sentence not in page.sentences]
    given = {(named.sentence, named.stance) for named in item.evidence}
    if len({sentence for sentence, _ in given}) < len(given):
        off.append(f"claim {item.claim} gives one sentence two stances")
    stances = set(_stances(item, page).values())
    needed = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.CONTRADICTS}.get(Label(item.label))
    if needed and needed not in stances:
        off.append(f"claim {item.claim} is {item.label} and names no sentence that {needed}")
    if item.label == "mixed" and not stances:
        off.append(f"claim {item.claim} is mixed and names no sentence")
    return off


def _stances(item: Judgement, page: Sheet) -> dict[int, Stance]:
    """The sentences that count, the first few, each with its first stance."""
    found: dict[int, Stance] = {}
    for named in item.evidence[:_MOST_EVIDENCE]:
        if named.sentence in page.sentences:
            found.setdefault(named.sentence, Stance(named.stance))
    return found


def usable(number: int, page: Sheet, reply: VerifyReply) -> Judged | None:
    """The judgement of claim `number`; None where there is none, or where what it says has something wrong with it."""
    item = next((item for item in reply.judgements if item.claim == number), None)
    if item is None or _faults(item, page):
        return None
    return Judged(
        label=Label(item.label),
        places=tuple((page.sentences[sentence], stance) for sentence, stance in _stances(item, page).items()),
        reasons=tuple(dict.fromkeys(ReasonCode(code) for code in item.reasons)),
        justification=one_line(item.justification)[:_LONGEST],
    )


def about(question: Question, written: str) -> str:
    """All that the judgement of one claim depends on, as one text."""
    claim = question.claim
    places = [[item.source.id, item.source.sha256, item.span.start, item.span.end] for item in question.pool]
    return json.dumps([claim.text, claim.level, claim.attributed_to, written, places])


def to_text(judged: Judged) -> str:
    """`judged` as it is remembered: places by source and offsets."""
    places = [[item.source.id, item.span.start, item.span.end, stance] for item, stance in judged.places]
    return json.dumps([judged.label, places, judged.reasons, judged.justification])


def from_text(text: str, question: Question, source: Callable[[str], Source | None]) -> Judged | None:
    """What was remembered of a claim; None where a place it points at is no longer there."""
    label, rows, reasons, justification = json.loads(text)
    pool = {(item.source.id, item.span): item for item in question.pool}
    places = []
    for source_id, start, end, stance in rows:
        item = pool.get((source_id, Span(start, end))) or _candidate(source(source_id), Span(start, end))
        if item is None:
            return None
        places.append((item, Stance(stance)))
    return Judged(Label(label), tuple(places), tuple(ReasonCode(code) for code in reasons), justification)


def _candidate(source: Source | None, span: Span) -> Candidate | None:
    return Candidate(source, span) if source is not None and span.end <= len(source.text) else None
