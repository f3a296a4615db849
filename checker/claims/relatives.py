"""Relative clauses that add a fact: "the bridge, which opened in 1974, ..." - and only where it is certain of what.

A clause without a comma tells which one is meant ("the man who robbed the bank") and is never taken apart.
"""

from __future__ import annotations

import re

from checker.claims.attribution import MASK
from checker.claims.parts import Part, cut, join
from checker.claims.restating import sentence, tidy
from checker.claims.verbs import finite, has_verb, opens_with_verb
from checker.language.lexicon import TITLES
from checker.language.names import NameKind, find_names
from checker.language.words import words
from checker.model import Span
from checker.spans import View

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
_HOLDER = re.compile(r"\b(?P<noun>[\w’'-]+)[ ]of[ ]+(?:the[ ]+)?$", re.I)


def relatives(view: View) -> tuple[View, list[Part]]:
    """The clause without its non-restrictive relative clauses, and those as statements about their antecedents."""
    facts: list[Part] = []
    at = 0
    while match := _RELATIVE.search(view.text, at):
        at = match.end()
        who = antecedent(view.text, match.start(), relative=match["who"])
        end = aside_end(view.text, match.end())
        relative = view.text[match.end() : end]
        if who is None or match["verb"].casefold() in _NOT_A_FACT or not _predicate(relative):
            continue
        facts.append(Part(view.span(match.start("who"), end), sentence(f"{who} {tidy(relative)}")))
        rest = view.text[end:]
        kept = [cut(view, 0, match.start())]
        if rest.startswith(","):
            kept.append(cut(view, end + 1, len(view.text)))
        view, at = join(*kept), match.start()
    return view, facts


def told_of_people(text: str) -> tuple[tuple[Span, str], ...]:
    """What clauses with "who" tell of people named in full in `text`, wherever they stand in it."""
    found = []
    for name in find_names(text):
        match = _RELATIVE.match(text, name.span.end)
        if name.kind is not NameKind.PERSON or " " not in name.text or not match or match["who"] != "who":
            continue
        end = aside_end(text, match.end())
        relative = text[match.end() : end].rstrip(" .;")
        if MASK not in relative and match["verb"].casefold() not in _NOT_A_FACT and _predicate(relative):
            found.append((Span(match.start("who"), match.end() + len(relative)), sentence(f"{name.text} {relative}")))
    return tuple(found)


def aside_end(text: str, start: int) -> int:
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


def antecedent(text: str, end: int, *, relative: str = "which") -> str | None:
    """What ", which" or ", who" after `end` characters refers to, where one noun phrase alone can be meant."""
    before = text[:end]
    name = next((name for name in reversed(find_names(before)) if name.span.end == len(before)), None)
    found = _ANTECEDENT.search(before)
    start = name.span.start if name else found.start("np") if found else None
    if start is None or has_verb(words(before[start:])):
        return None
    if name and before[:start].casefold().endswith("the "):
        start -= 4
    preposition = _PREPOSITION.search(before[:start])
    if preposition and not (name and relative == "which" and _held_by_a_person(before[:start])):
        pulled = preposition[1].casefold() in _PULLS_BACK
        if pulled or (name is None and _noun_before(before[: preposition.start()])):
            return None
    if name is None and found and found["det"].casefold() in ("a", "an", "another", "one"):
        return None  # "a boat sank" would say too little about which
    return before[start:]


def _predicate(relative: str) -> bool:
    tokens = words(relative)
    return len(tokens) >= 3 and (opens_with_verb(tokens) or (len(tokens) > 1 and finite(tokens, 1)))


def _held_by_a_person(before: str) -> bool:
    """Whether "of" hangs on a post, so that "which" after the name can be about the name alone."""
    holder = _HOLDER.search(before)
    return holder is not None and holder["noun"].casefold() in TITLES | {"head", "member"}


def _noun_before(text: str) -> bool:
    """Whether a noun phrase stands right before, which the clause could be about instead."""
    return bool(re.search(r"\b(?:the|an?|its|their|his|her)[ ](?:[\w’'-]+[ ]){0,3}[\w’'-]+[ ]*$", text, re.I))
