"""Decomposition: one sentence into the statements it makes, each checkable alone - and only where the cut is certain.

A wrong cut makes a claim that nobody made. So a condition, a negated pair, a list of adjectives, a relative clause
with two possible antecedents stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.claims.asides import asides
from checker.claims.gapping import gapped
from checker.claims.parts import (
    CONDITION,
    HEDGED,
    SUBORDINATE,
    TAKES_A_CLAUSE,
    Part,
    Tokens,
    cut,
    governs,
    plain_subject,
    subordinates,
)
from checker.claims.predicates_apart import second_predicate
from checker.claims.relatives import relatives
from checker.claims.restating import possessive, sentence
from checker.claims.verbs import first_verb, opens_with_verb
from checker.claims.years import years_apart
from checker.language.names import find_names
from checker.language.words import words
from checker.model import Span
from checker.spans import View

_CLAUSE_END = re.compile(
    r"(?P<semi>;[ ]+(?:and[ ]+|but[ ]+|however,[ ]+)?)|,[ ]+(?:(?P<and>and|but|yet)|although|though"
    r"|while|whereas)[ ]+|[ ]+(?:although|whereas)[ ]+"
    r"|[ ](?P<bare>and|but)[ ](?=(?:the|its|their|his|her|another|all|some|most|many|[A-Z][\w’'-]*|\d[\d,.]*)[ ])"
)
_OPENING_CLAUSE = re.compile(
    r"^(?:Although|Though|While|Whereas|Even though)[ ]+(?P<first>[^,;]+),[ ]+(?P<second>[^;]+)$"
)
_FRONTED = re.compile(
    r"^(?P<whole>(?:At|During|After|Before|In|Following)[ ](?P<event>(?P<det>the|a|an|its|their|his"
    r"|her)[ ](?:[\w.,’'-]+[ ]){0,4}?"
    r"(?:summit|meeting|conference|hearing|rally|session|match|final|election|referendum|ceremony"
    r"|debate|trial|vote|festival|race|inquest|protest|march))"
    r"[ ](?P<place>(?:in|at)[ ](?:the[ ])?[A-Z][\w’'-]*(?:[ ][A-Z][\w’'-]*)*)),[ ]+(?=\S)"
)
_DATED = re.compile(
    r"\b(?:\d|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|last|first|second|third|annual)\b"
)
_HOSTS = re.compile(r"^([A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+)*[ ]and[ ][A-Z][\w’'-]+(?:[ ][A-Z][\w’'-]+)*)(?=[ ])")
_LEADS_ON = re.compile(
    r"(?:,?[ ](?:that|which)[ ](?:read|reads|said|says|states|stated)|[ ]as follows|[ ]reading)?[ ]*:[ ]*$"
)
_INTERVIEWED = re.compile(
    r"^(?P<who>(?:[\w’'-]+[ ]){0,3}[\w’'-]+)[ ](?:that"
    r"|whom)[ ](?P<by>(?:the[ ])?[A-Z][\w’'. -]*?)[ ](?P<verb>talked to|spoke to|spoke with"
    r"|interviewed|consulted|contacted)[ ]?(?P<rest>from[ ][^,;]+?)?$"
)


_NO_SUBJECT = SUBORDINATE | frozenset("so well such too very as".split())
_RELATIVES = frozenset("that which who whom whose".split())
_COMPARING = re.compile(r"(?<!more )(?<!fewer )(?<!less )\bthan\b|\bas\b")
_LONGEST = 2000
"""Characters of a sentence that is taken apart; what is longer is a list or a lost full stop, and stays whole."""


def decompose(text: str, within: Span | None = None) -> tuple[Part, ...]:
    """The statements of `text`, or of the stretch `within`, in order; at least one where there are words."""
    whole = within or Span(0, len(text))
    view = View.of(text, (whole,))
    if len(view.text) > _LONGEST:
        return (_part(view, 0, len(view.text), view.text),)
    return tuple(part for clause in clauses(view) for part in _clause_parts(clause) if part.text)


def clauses(view: View) -> list[View]:
    """The coordinated clauses that have a subject and a verb each; one where the cut is not certain."""
    text = view.text
    if len(text) > _LONGEST:
        return [view]
    opening = _OPENING_CLAUSE.match(text)
    if opening and _stands(opening["first"]) and _stands(opening["second"]):
        return [cut(view, *opening.span("first")), *clauses(cut(view, *opening.span("second")))]
    if CONDITION.search(text) or HEDGED.search(text):
        return [view]
    for match in _CLAUSE_END.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if _balanced(left) and _stands(left) and _stands(right) and not _still_joined(left, right, match):
            return [cut(view, 0, match.start()), *clauses(cut(view, match.end(), len(text)))]
    return [view]


def interviewed(text: str) -> tuple[Span, str] | None:
    """The fact in "experts that the Post talked to": that it talked to them."""
    match = _INTERVIEWED.match(text)
    if not match:
        return None
    rest = f" {match['rest']}" if match["rest"] else ""
    return Span(0, match.end()), sentence(f"{match['by']} {match['verb']} {match['who']}{rest}")


def _stands(text: str) -> bool:
    """Whether `text` has a subject and a finite verb of its own."""
    tokens = words(_after_lead(text))
    if (
        len(tokens) < 3
        or tokens[0][0] in _NO_SUBJECT
        or (opens_with_verb(tokens) and tokens[0][0] != "last" and not _open_name(text))
    ):
        return False
    verb = first_verb(tokens, 1)
    if verb is None or _only_relative(tokens, verb):
        return False
    if tokens[verb - 1][0] in ("somebody", "someone") or _COMPARING.search(text[: tokens[verb][1]]):
        return False
    before_verb = text[: tokens[verb][1]] if tokens[0][1] == 0 else ""
    return not set(",;") & set(before_verb) or bool(_after_lead(text) != text)


def _only_relative(tokens: Tokens, verb: int) -> bool:
    """Whether the first verb is that of a relative clause, and no other follows: "a note that says so"."""
    if not any(low in _RELATIVES for low, _, _ in tokens[1:verb]):
        return False
    return tokens[verb - 1][0] in _RELATIVES or first_verb(tokens, verb + 1) is None


def _open_name(text: str) -> bool:
    return any(name.span.start == 0 for name in find_names(text))


def _after_lead(text: str) -> str:
    """`text` without an opening adverbial and its comma."""
    match = re.match(
        r"^(?:in|on|at|by|since|after|before|during|last|this|earlier|later|meanwhile|however|then)\b[^,;]{0,50},[ ]+",
        text,
        re.I,
    )
    return text[match.end() :] if match else text


def _balanced(text: str) -> bool:
    return (
        text.count("(") == text.count(")")
        and text.count("[") == text.count("]")
        and text.count('"') % 2 == 0
        and text.count("“") == text.count("”")
    )


def _still_joined(left: str, right: str, match: re.Match[str]) -> bool:
    """Whether what follows "and" may still hang on a "that" or "which" of the left side, or be its second object."""
    tokens = words(left)
    if match["bare"]:
        return not _both_certain(left, tokens, right) or subordinates(tokens, left, 0, len(tokens))
    return bool(match["and"]) and subordinates(tokens, left, 0, len(tokens))


def _both_certain(left: str, tokens: Tokens, right: str) -> bool:
    """Whether an "and" without a comma stands between clauses, not between "the survey found A and B were lost"."""
    others = words(right)
    verbs = first_verb(tokens, 1), first_verb(others, 1)
    if verbs[0] is None or verbs[1] is None or any(low in TAKES_A_CLAUSE for low, _, _ in tokens):
        return False
    if not (governs(tokens, verbs[0], left) and governs(others, verbs[1], right)):
        return False
    if not (plain_subject(tokens, verbs[0], left) and plain_subject(others, verbs[1], right)):
        return False
    subject, helper = others[verbs[1] - 1][0], others[verbs[1]][0]
    plural = subject.endswith("s") and not subject.endswith(("ss", "'s", "us"))
    return plural or helper not in ("were", "are", "have")


def _clause_parts(view: View) -> Iterator[Part]:
    main, facts = relatives(view)
    main, more = asides(main)
    event = _event(main)
    if event:
        yield event
    said = [*_main_parts(main, hide_lead=event is not None), *facts, *more]
    yield from sorted(said, key=lambda part: part.span)


def _event(view: View) -> Part | None:
    """The fact in "At their June 12 summit in Singapore,": where the dated event was."""
    match = _FRONTED.match(view.text)
    if not match or not _DATED.search(match["event"]):
        return None
    event = match["event"]
    hosts = _HOSTS.match(view.text[match.end() :])
    if match["det"] == "their" and hosts:
        event = f"{possessive(hosts[1])} {event.split(' ', 1)[1]}"
    elif match["det"] in ("a", "an"):
        event = f"the {event.split(' ', 1)[1]}"
    return Part(view.span(*match.span("whole")), sentence(f"{event} was {match['place']}"))


def _main_parts(view: View, *, hide_lead: bool) -> list[Part]:
    lead = _FRONTED.match(view.text) if hide_lead else None
    begin = lead.end() if lead else 0
    apart = years_apart(view.text)
    if apart:
        return [Part(view.span(year.start, year.end), sentence(said)) for year, said in apart]
    second = gapped(view.text) or second_predicate(view.text)
    if second is None:
        return [_part(view, begin, len(view.text), view.text)]
    return [
        _part(view, begin, second.first_end, view.text[: second.first_end]),
        _part(view, second.start, len(view.text), second.text),
    ]


def _part(view: View, start: int, end: int, said: str) -> Part:
    piece = _LEADS_ON.sub("", view.text[start:end])
    said = _LEADS_ON.sub("", said)
    lead, tail = len(piece) - len(piece.lstrip(" ,;")), len(piece.rstrip(" ,;"))
    if tail <= lead:
        return Part(view.span(0, len(view.text)), "")
    return Part(view.span(start + lead, start + tail), sentence(said))
