"""Facts in apposition: "treasurer Ana Ruiz", "Ana Ruiz, 43, the harbour master" -> "Ana Ruiz is the harbour master."

Only a full name is taken: a surname alone says too little about who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.claims.restating import sentence
from checker.claims.verbs import has_verb
from checker.language.lexicon import TITLES
from checker.language.names import Name, NameKind, find_names
from checker.language.words import words
from checker.model import Span

_HONORIFICS = frozenset(
    """mr mrs ms miss mx dr sir dame lord lady king queen prince princess pope general gen colonel col lt
    lieutenant captain capt major maj sergeant sgt officer constable prof hon mp sister brother father
    baroness baron duke duchess earl count st resident driver owner senior acting interim vice former
    foreign national security defence defense minister""".split()
)
_LOADED = frozenset("dictator activist".split())  # a label is not a fact to check
_MODIFIERS = frozenset(
    """city town county council school fire police deputy vice assistant state national security executive managing
    general team head union club health transport housing finance planning defence defense water hospital
    party foreign prime former acting interim chief senior trade home interior energy environment education
    culture project site""".split()
)
_BEFORE = re.compile(r"(?:[^\W\d_][\w'’-]*[ ]+){1,6}$")
_CAPITALISED = re.compile(r"[A-Z][\w'’-]*$")
_APPOSITION = re.compile(
    r",[ ]+(?:(?P<age>\d{1,3}),[ ]+)?(?P<role>(?:the|a|an|its|their|his|her|(?:former|acting|deputy"
    r"|chief|head)\b)[ ][^,;.:()\"“”]{2,80})(?=[,.;])"
)
_POST_FIRST = re.compile(
    r"(?:^|(?<=[.;,][ ]))(?P<role>(?:[Tt]he|[Ii]ts|[Tt]heir)[ ](?:[\w’'-]+[ ]){0,4}?[\w’'-]+),[ ]+$"
)
_AGE = re.compile(r",[ ]+(?P<age>\d{1,3})(?:[ ]years[ ]old)?(?=[,.])")


_ANOTHER = re.compile(r"\band[ ]+[A-Z]")  # "Ana Ruiz, the mayor and Bo Lund"
_NOT_NOW = frozenset("then ex late alleged self-styled aspiring would-be not no never".split())


def roles(text: str) -> tuple[tuple[Span, str], ...]:
    """Where `text` says what somebody is, and that as a sentence."""
    found: list[tuple[Span, str]] = []
    for name in find_names(text):
        if name.kind is NameKind.PERSON and " " in name.text:
            found.extend(_before(text, name))
            found.extend(_after(text, name))
    return tuple(found)


def _before(text: str, name: Name) -> Iterator[tuple[Span, str]]:
    post = _POST_FIRST.search(text[: name.span.start])
    if post and text[name.span.end : name.span.end + 1] == "," and _is_role(post["role"]):
        role = post["role"][0].lower() + post["role"][1:]
        yield Span(post.start("role"), name.span.end), sentence(f"{name.text} is {role}")
    match = _BEFORE.search(text, 0, name.span.start)
    tokens = match.group().split() if match else []
    taken: list[str] = []
    while tokens and (tokens[-1].casefold() in TITLES | _MODIFIERS) and not tokens[-1].endswith("'s"):
        taken.insert(0, tokens.pop())
    if not taken or not _names_a_post(taken):
        return
    while (
        tokens
        and _CAPITALISED.fullmatch(tokens[-1])
        and tokens[-1].casefold() not in ("the", "on", "in", "at", "when", "after", "as")
    ):
        taken.insert(0, tokens.pop())
    if tokens and tokens[-1].casefold() in _NOT_NOW:
        return
    role = " ".join(taken)
    article = tokens[-1].casefold() if tokens and tokens[-1].casefold() in ("the", "a", "an") else ""
    start = text.rindex(taken[0], 0, name.span.start - len(role) + len(taken[0]))
    yield Span(start, name.span.end), sentence(f"{name.text} is {article} {role}")


def _names_a_post(role: list[str]) -> bool:
    """Whether a role says something: "treasurer", "prime minister"; not "Mr", not a loaded word."""
    last = role[-1].casefold()
    return (last in TITLES and last not in _HONORIFICS | _LOADED) or (len(role) > 1 and last == "minister")


def _after(text: str, name: Name) -> Iterator[tuple[Span, str]]:
    match = _APPOSITION.match(text, name.span.end)
    if match and _is_role(match["role"]) and not _ANOTHER.search(match["role"]):
        yield Span(name.span.start, match.end("role")), sentence(f"{name.text} is {match['role']}")
    age = _AGE.match(text, name.span.end)
    if age and 4 < int(age["age"]) < 116:
        yield Span(name.span.start, age.end("age")), sentence(f"{name.text} is {age['age']}")


def _is_role(role: str) -> bool:
    tokens = words(role)
    head = {low for low, _, _ in tokens[:8]}
    return bool(head & (TITLES - _HONORIFICS - _LOADED)) and not has_verb(tokens) and len(tokens) <= 14
