"""Decomposition: one sentence into the statements it makes, each checkable alone - and only where the cut is certain.

A wrong cut makes a claim that nobody made. So a condition, a negated pair, a list of adjectives, a relative clause
with two possible antecedents stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.claims.restating import possessive, sentence, tidy
from checker.claims.verbs import AUXILIARIES, IRREGULAR_PAST, finite, first_verb, has_verb, opens_with_verb, past
from checker.claims.years import years_apart
from checker.language.names import find_names
from checker.language.words import words
from checker.model import Span
from checker.spans import View

_CONDITION = re.compile(
    r"\b(?:if|unless|whether|provided|either|neither|nor|not only|rather than|both|nobody|none|hardly)\b"
    r"|^(?:no|few|not)\b",
    re.I,
)
_CLAUSE_END = re.compile(
    r"(?P<semi>;[ ]+(?:and[ ]+|but[ ]+|however,[ ]+)?)|,[ ]+(?:(?P<and>and|but|yet)|although|though"
    r"|while|whereas)[ ]+|[ ]+(?:although|whereas)[ ]+"
)
_OPENING_CLAUSE = re.compile(
    r"^(?:Although|Though|While|Whereas|Even though)[ ]+(?P<first>[^,;]+),[ ]+(?P<second>[^;]+)$"
)
_RELATIVE = re.compile(r",[ ]+(?P<who>which|who)[ ]+(?=(?P<verb>[\w’']+))")
_NOT_A_FACT = frozenset(
    """means meant mean surprised angered pleased caused led prompted drew brought raises raised could would should
    may might can cannot makes made""".split()
)
_ANTECEDENT = re.compile(
    r"(?:(?<=[\s(])|^)(?P<np>(?P<det>[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Aa]nother"
    r"|[Oo]ne)[ ](?:[\w$£€.%’'-]+[ ]){0,5}[\w’'-]+)$"
)
_PREPOSITION = re.compile(
    r"\b(of|over|between|behind|above|under|in|at|near|from|to|by|with|for|on|into|through|against"
    r"|about)[ ]+(?:the[ ]+)?$",
    re.I,
)
_PULLS_BACK = frozenset("of over between behind above under through against".split())
_PREDICATE = re.compile(
    r"(?:,)?[ ]+(?P<join>and|but)[ ]+(?P<adverb>(?:then|later|also|subsequently|immediately"
    r"|eventually)[ ]+)?(?P<verb>[a-z]+)\b(?P<next>[ ]+\S+)"
)
_OBJECT_LEAD = re.compile(
    r"^(?:the|a|an|its|their|his|her|that|this|these|those|all|some|any|no|more|nearly|about|almost"
    r"|over|in|on|at|to|from|for|by|with|into|out|up|down|off|back|away|him|them|it|[A-Z\d$£€].*|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\b.*)$"
)
_SUBORDINATE = frozenset(
    """that which who whom whose when while because after before although if unless until since as where how why
    said says""".split()
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


_LONGEST = 2000
"""Characters of a sentence that is taken apart; what is longer is a list or a lost full stop, and stays whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: where it stands in the sentence, and as a sentence of its own."""

    span: Span
    text: str


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
        return [_cut(view, *opening.span("first")), *clauses(_cut(view, *opening.span("second")))]
    if _CONDITION.search(text):
        return [view]
    for match in _CLAUSE_END.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if _balanced(left) and _stands(left) and _stands(right) and not _still_subordinate(left, match):
            return [_cut(view, 0, match.start()), *clauses(_cut(view, match.end(), len(text)))]
    return [view]


def interviewed(text: str) -> tuple[Span, str] | None:
    """The fact in "experts that the Post talked to": that it talked to them."""
    match = _INTERVIEWED.match(text)
    if not match:
        return None
    rest = f" {match['rest']}" if match["rest"] else ""
    return Span(0, match.end()), sentence(f"{match['by']} {match['verb']} {match['who']}{rest}")


def _cut(view: View, start: int, end: int) -> View:
    return View(view.text[start:end], view.starts[start:end], view.ends[start:end])


def _join(*views: View) -> View:
    text, starts, ends = "", views[0].starts[:0], views[0].ends[:0]
    for view in views:
        text, starts, ends = text + view.text, starts + view.starts, ends + view.ends
    return View(text, starts, ends)


def _stands(text: str) -> bool:
    """Whether `text` has a subject and a finite verb of its own."""
    tokens = words(_after_lead(text))
    if len(tokens) < 3 or tokens[0][0] in _SUBORDINATE or (opens_with_verb(tokens) and not _open_name(text)):
        return False
    verb = first_verb(tokens, 1)
    if verb is None or any(low in ("than", "as") for low, _, _ in tokens[:verb]):
        return False
    before_verb = text[: tokens[verb][1]] if tokens[0][1] == 0 else ""
    return "," not in before_verb or bool(_after_lead(text) != text)


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


def _still_subordinate(left: str, match: re.Match[str]) -> bool:
    """Whether what follows "and" may still hang on a "that" or "which" of the left side."""
    if match["semi"] or not match["and"]:
        return False
    return any(low in _SUBORDINATE and not re.match(r"[ ](?:\d|[A-Z])", left[end:]) for low, _, end in words(left))


def _clause_parts(view: View) -> Iterator[Part]:
    main, facts = _relatives(view)
    event = _event(main)
    if event:
        yield event
    yield from sorted([*_main_parts(main, hide_lead=event is not None), *facts], key=lambda part: part.span)


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
    second = _second_predicate(view.text)
    if second is None:
        return [_part(view, begin, len(view.text), view.text)]
    subject, cut, verb = second
    return [
        _part(view, begin, cut, view.text[:cut]),
        _part(view, verb, len(view.text), view.text[:subject] + " " + view.text[verb:]),
    ]


def _part(view: View, start: int, end: int, said: str) -> Part:
    piece = _LEADS_ON.sub("", view.text[start:end])
    said = _LEADS_ON.sub("", said)
    lead, tail = len(piece) - len(piece.lstrip(" ,;")), len(piece.rstrip(" ,;"))
    if tail <= lead:
        return Part(view.span(0, len(view.text)), "")
    return Part(view.span(start + lead, start + tail), sentence(said))


def _second_predicate(text: str) -> tuple[int, int, int] | None:
    """Ends of the shared subject and of the first predicate, and the start of the second; None where unsure."""
    if _CONDITION.search(text):
        return None
    tokens = words(text)
    verb = first_verb(tokens, 1)
    while verb is not None and text[: tokens[verb][1]].rstrip().endswith(","):
        verb = first_verb(tokens, verb + 1)  # "the study, published in May, found": a participle
    if verb is None or not _simple_past(tokens[verb][0]) or tokens[verb - 1][0] in AUXILIARIES:
        return None
    subject_end = tokens[verb][1]
    found = [match for match in _PREDICATE.finditer(text, subject_end) if past(match["verb"])]
    if len(found) != 1 or re.search(r"\b(?:who|which|that|when|after|as)\b", text[:subject_end], re.I):
        return None
    match = found[0]
    between = words(text[tokens[verb][2] : match.start()])
    if (
        not between
        or any(low in _SUBORDINATE for low, _, _ in between)
        or not _OBJECT_LEAD.match(match["next"].strip())
    ):
        return None
    if _other_verbs(text, tokens, verb, match):
        return None
    return (
        len(text[:subject_end].rstrip()),
        match.start(),
        match.start("adverb") if match["adverb"] else match.start("verb"),
    )


def _simple_past(low: str) -> bool:
    return low in IRREGULAR_PAST or (low.endswith("ed") and past(low))


def _other_verbs(text: str, tokens: tuple[tuple[str, int, int], ...], first: int, match: re.Match[str]) -> bool:
    """Whether a finite verb stands outside the two predicates' own heads, so that the heads may be participles."""
    for at in range(first + 1, len(tokens)):
        low, start, _ = tokens[at]
        if start == match.start("verb") or not finite(tokens, at):
            continue
        if any(tokens[back][0] in _SUBORDINATE for back in range(first, at)):
            return False
        if low not in AUXILIARIES and past(low) and start < match.start():
            continue  # "hired workers trained abroad": a participle of the first predicate
        return True
    return False


def _relatives(view: View) -> tuple[View, list[Part]]:
    """The clause without its non-restrictive relative clauses, and those as statements about their antecedents."""
    facts: list[Part] = []
    at = 0
    while match := _RELATIVE.search(view.text, at):
        at = match.end()
        antecedent = _antecedent(view.text, match)
        end = _relative_end(view.text, match.end())
        relative = view.text[match.end() : end]
        if antecedent is None or match["verb"].casefold() in _NOT_A_FACT or not _predicate(relative):
            continue
        facts.append(Part(view.span(match.start("who"), end), sentence(f"{antecedent} {tidy(relative)}")))
        rest = view.text[end:]
        kept = [_cut(view, 0, match.start())]
        if rest.startswith(","):
            kept.append(_cut(view, end + 1, len(view.text)))
        view, at = _join(*kept), match.start()
    return view, facts


def _relative_end(text: str, start: int) -> int:
    """Where the relative clause ends: at the comma after which the main clause goes on, or at the end."""
    comma = text.find(",", start)
    while comma >= 0:
        digits = text[comma - 1 : comma].isdigit() and text[comma + 1 : comma + 2].isdigit()
        following = words(text[comma + 1 :])
        year = bool(re.match(r",[ ]\d{4}\b", text[comma:]))
        if not digits and not year and following:
            break
        comma = text.find(",", comma + 1)
    return comma if comma >= 0 else len(text.rstrip(" ."))


def _predicate(relative: str) -> bool:
    tokens = words(relative)
    return len(tokens) >= 3 and (opens_with_verb(tokens) or (len(tokens) > 1 and finite(tokens, 1)))


def _antecedent(text: str, match: re.Match[str]) -> str | None:
    """What ", which" or ", who" refers to, where one noun phrase alone can be meant."""
    before = text[: match.start()]
    name = next((name for name in reversed(find_names(before)) if name.span.end == len(before)), None)
    found = _ANTECEDENT.search(before)
    start = name.span.start if name else found.start("np") if found else None
    if start is None or has_verb(words(before[start:])):
        return None
    if name and before[:start].casefold().endswith("the "):
        start -= 4
    preposition = _PREPOSITION.search(
        before[:start] if not before[start:].casefold().startswith("the ") else before[:start] + ""
    )
    if preposition and (
        preposition[1].casefold() in _PULLS_BACK or (name is None and _noun_before(before[: preposition.start()]))
    ):
        return None
    if name is None and found and found["det"].casefold() in ("a", "an", "another", "one"):
        return None  # "a boat sank" would say too little about which
    return before[start:]


def _noun_before(text: str) -> bool:
    """Whether a noun phrase stands right before, which the clause could be about instead."""
    return bool(re.search(r"\b(?:the|an?|its|their|his|her)[ ](?:[\w’'-]+[ ]){0,3}[\w’'-]+[ ]*$", text, re.I))
