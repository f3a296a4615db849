"""A verb said once for two: "the bridge opened in 1985 and the tunnel in 1990", "it won the cup in 1985 and ..."."""

from __future__ import annotations

import re

from checker.claims.parts import CONDITION, plain_subject, subordinates
from checker.claims.predicates_apart import Second, simple_past
from checker.claims.verbs import AUXILIARIES, first_verb, has_verb
from checker.language.words import words

_YEAR = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)[ ])?"
    r"(?:1[5-9]|20)\d\d"
)
_TWO_YEARS = re.compile(
    rf"^(?P<first>(?P<head>[^,;]+?)[ ]in[ ]{_YEAR}),?[ ]and[ ](?P<second>(?P<other>(?:the|an?|its|their|his|her|[A-Z])"
    rf"[^,;]*?)[ ]in[ ]{_YEAR}(?P<tail>[.]?))$"
)
_TOGETHER = re.compile(r"\b(?:between|together|combined|total|only|never|not|both)\b|n['’]t\b", re.I)


def gapped(text: str) -> Second | None:
    """The second of two statements whose verb is said once, each with its year; None where that is not certain."""
    match = _TWO_YEARS.match(text)
    if not match or CONDITION.search(text) or _TOGETHER.search(text) or has_verb(words(match["other"])):
        return None
    head = match["head"]
    tokens = words(head)
    verb = first_verb(tokens, 1)
    if verb is None or not plain_subject(tokens, verb, head) or subordinates(tokens, head, 0, len(tokens)):
        return None
    last = verb + 1 if tokens[verb][0] in AUXILIARIES and verb + 1 < len(tokens) else verb
    if not simple_past(tokens[last][0]) or any(simple_past(low) for low, _, _ in tokens[last + 1 :]):
        return None
    said = head[tokens[verb][1] : tokens[last][2]]
    if last + 1 == len(tokens):
        whole = f"{match['other']} {said}{match['second'][len(match['other']) :]}"
    elif re.match(r"[ ](?:the|an?|its|their|his|her|[A-Z])", head[tokens[last][2] :]) and last == verb:
        whole = f"{head[: tokens[verb][1]]}{said} {match['second']}"
    else:
        return None
    return Second(match.end("first"), match.start("second"), whole)
