"""What one saying says, where it says two things: "said that A and that B"."""

from __future__ import annotations

import re

from checker.claims.parts import TAKES_A_CLAUSE, plain_subject
from checker.claims.verbs import first_verb, opens_with_verb
from checker.language.words import words
from checker.model import Span

_AND_THAT = re.compile(r",?[ ](?:and|but)[ ](?:also[ ])?that[ ](?=\S)")


def things_said(text: str, content: Span) -> tuple[Span, ...]:
    """The stretches of `content` that are said each by itself; all of it where it hangs together."""
    said = content.of(text)
    match = _AND_THAT.search(said)
    if not match or _AND_THAT.search(said, match.end()):
        return (content,)
    left, right = said[: match.start()], said[match.end() :]
    if not _whole(left) or not _whole(right) or _says_itself(left):
        return (content,)  # "said that the survey found that A and that B": who says B is open
    return Span(content.start, content.start + match.start()), Span(content.start + match.end(), content.end)


def _says_itself(text: str) -> bool:
    """Whether a clause may open inside `text`; "had not been shown a plan" opens none."""
    tokens = words(text)
    return any(
        low == "that" or (low in TAKES_A_CLAUSE and tokens[at - 1][0] not in ("been", "was", "were"))
        for at, (low, _, _) in enumerate(tokens)
    )


def _whole(text: str) -> bool:
    tokens = words(text)
    verb = first_verb(tokens, 1)
    return verb is not None and len(tokens) > verb + 1 and _opens_a_clause(text) and plain_subject(tokens, verb, text)


def _opens_a_clause(text: str) -> bool:
    tokens = words(text)
    return not opens_with_verb(tokens[:1]) or text[:1].isupper()
