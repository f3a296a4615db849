"""The parts of a sentence: a statement with the stretch that makes it, and views of a sentence cut and joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.claims.verbs import AUXILIARIES, finite, past
from checker.model import Span
from checker.spans import View

SUBORDINATE = frozenset(
    """that which who whom whose when while because after before although if unless until since as where how why
    said says""".split()
)
"""Words after which a verb may belong to a clause of its own."""

CONDITION = re.compile(
    r"\b(?:if|unless|whether|provided|either|neither|nor|not only|rather than|both|nobody|none|hardly)\b"
    r"|^(?:no|few|not)\b",
    re.I,
)
"""What ties two halves of a sentence together, so that neither is claimed alone."""

HEDGED = re.compile(
    r"^(?:reportedly|allegedly|apparently|perhaps|maybe|possibly|probably|presumably|supposedly|seemingly)\b", re.I
)
"""A doubt at the head of a sentence, which may cover all of it."""

DISTINCT_PAST = frozenset(
    """became began broke chose drew drove fell flew gave went grew knew rode rose sang saw shook shrank sank spoke
    stole swam swore took threw tore wore wrote withdrew overtook ate bit blew froze hid forgot forgave
    undertook oversaw rewrote woke sprang ran rang lay forbade""".split()
)
"""Past forms that are no participles too: "grew", not "held"."""

TAKES_A_CLAUSE = frozenset(
    """found find finds showed show shows shown believed believe believes knew know knows thought think thinks feared
    hoped heard felt saw means meant says said told claims claimed suggests suggested ruled agreed hopes fears learned
    learnt revealed reveals noted notes warned warns reckons reckoned expects expected insists insisted between let
    made""".split()
)
"""Verbs after which a clause can follow without "that", and what needs two."""

_PREPOSITIONS_TOO = frozenset("after before since until as".split())

_GIVING = frozenset(
    """given gave paid awarded offered granted sent handed told asked denied allowed promised shown taught lent left
    called named made considered deemed elected appointed cost""".split()
)
_DIRECT_OBJECT = re.compile(
    r"^[ ](?:the|an?|its|their|his|her|no|all|every|another|[$£€]?\d|two|three|four|five|six"
    r"|seven|eight|nine|ten)(?=[ \d,.])"
)
_PRONOUNS = frozenset("he she it they we".split())
_OPENS_A_PHRASE = frozenset("the a an he she they we it his her its their somebody someone nobody everyone".split())
_LINKS = frozenset(
    """of in at on for from by with to and or near over under between against about into during after before since
    than as all both half while not through per around outside inside year month
    week night morning today yesterday""".split()
)

Tokens = Sequence[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: where it stands in the sentence, and as a sentence of its own."""

    span: Span
    text: str


def cut(view: View, start: int, end: int) -> View:
    """The characters `start` to `end` of a view, as a view of the same owner."""
    return View(view.text[start:end], view.starts[start:end], view.ends[start:end])


def join(*views: View) -> View:
    """Views of one owner, in order, run together."""
    text, starts, ends = "", views[0].starts[:0], views[0].ends[:0]
    for view in views:
        text, starts, ends = text + view.text, starts + view.starts, ends + view.ends
    return View(text, starts, ends)


def without(view: View, start: int, end: int) -> View:
    """`view` with the characters `start` to `end` left out."""
    return join(cut(view, 0, start), cut(view, end, len(view.text)))


def subordinates(tokens: Tokens, text: str, start: int, end: int) -> bool:
    """Whether a clause of its own opens among the words from `start` to `end`; "after six months" opens none."""
    for at in range(start, end):
        low, _, stop = tokens[at]
        if low not in SUBORDINATE:
            continue
        phrase = low in _PREPOSITIONS_TOO and (
            text[stop : stop + 2].strip().isdigit() or not any(finite(tokens, later) for later in range(at + 1, end))
        )
        if not phrase:
            return True
    return False


def governs(tokens: Tokens, at: int, text: str) -> bool:
    """Whether the word at `at` can only be the verb of its subject: a helper, "grew", "received no money"."""
    low, _, end = tokens[at]
    if low in AUXILIARIES or low in DISTINCT_PAST:
        return True
    if at and past(low) and (tokens[at - 1][0] in _PRONOUNS or text[tokens[at - 1][1]].isupper()):
        return True  # no participle follows a name or "she" without a comma
    return past(low) and low not in _GIVING and bool(_DIRECT_OBJECT.match(text[end:]))


def plain_subject(tokens: Tokens, verb: int, text: str) -> bool:
    """Whether one noun phrase stands before the verb, not "the man the police" were seeking."""
    return not any(
        tokens[at][0] in _OPENS_A_PHRASE
        and tokens[at - 1][0] not in _LINKS
        and "," not in text[tokens[at - 1][2] : tokens[at][1]]
        for at in range(1, verb)
    )
