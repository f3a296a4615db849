"""A model that reads like a careful intern: every sentence a claim, the nearest sentence of a source decides it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from checker.testing import FakeAnswer, FakeRequest

_LINE = re.compile(r"^(\d+)\| (.*)$", re.M)
_STANDS = {
    "why": "w",
    "same_subject": True,
    "same_time": True,
    "source_says_so_itself": True,
    "both_can_be_true": False,
}

Change = Callable[[str, dict[str, Any]], dict[str, Any]]


def kind(request: FakeRequest) -> str:
    """Which of the program's questions it is: the name of the form it asks for."""
    name: str = request.body["response_format"]["json_schema"]["name"]
    return name


def intern(change: Change = lambda kind, reply: reply) -> Callable[[FakeRequest], FakeAnswer]:
    """The model; `change` may spoil what it says."""

    def answer(request: FakeRequest) -> FakeAnswer:
        asked = kind(request)
        user = request.body["messages"][1]["content"]
        reply = {
            "extraction": _claims,
            "judgements": _judgements,
            "counter_queries": _queries,
            "second_read": lambda user: _STANDS,
        }[asked](user)
        return FakeAnswer(json.dumps(change(asked, reply)))

    return answer


def _claims(user: str) -> dict[str, Any]:
    found = []
    for number, text in _LINE.findall(user.split("Sentences:\n")[1]):
        claim = {"id": int(number), "words": text, "text": text, "kind": "statement", "speaker": None, "under": None}
        found.append({"n": int(number), "outcome": "claims", "reason": "none", "claims": [claim]})
    return {"sentences": found}


def _judgements(user: str) -> dict[str, Any]:
    passages, claims = user.split("Claims:\n")
    sentences = {int(number): set(text.split()) for number, text in _LINE.findall(passages)}
    return {
        "judgements": [_judged(int(number), set(text.split()), sentences) for number, text in _LINE.findall(claims)]
    }


def _judged(number: int, words: set[str], sentences: dict[int, set[str]]) -> dict[str, Any]:
    best = max(sentences, key=lambda at: len(words & sentences[at]))
    missing = len(words - sentences[best])
    label, stance = (
        ("supported", "supports")
        if not missing
        else ("contradicted", "contradicts")
        if missing <= 2
        else ("not_enough_evidence", "qualifies")
    )
    return {
        "claim": number,
        "evidence": [{"sentence": best, "stance": stance}],
        "justification": "The nearest sentence was read.",
        "reasons": [],
        "label": label,
    }


def _queries(user: str) -> dict[str, Any]:
    lines = _LINE.findall(user.split("Claims:\n")[1])
    return {"queries": [{"claim": int(number), "query": f"another figure for {text[:40]}"} for number, text in lines]}
