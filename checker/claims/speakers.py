"""Who speaks: the name in the phrase that a verb of saying has for its subject."""

from __future__ import annotations

import re

from checker.claims.restating import tidy
from checker.language.names import Name, NameKind, find_names

_PRONOUN = re.compile(r"^(?:he|she|they|it|we|i|others|some|one|this|that|these|those)$", re.I)
_POST = re.compile(r"^(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)[ ]")
_LINKS = frozenset("of in on at by for from with to about as into over and or than".split())
_LONGEST = 100


def speaker_of(phrase: str) -> str | None:
    """The speaker that the noun phrase `phrase` names: a person's name alone, else the phrase; None for a pronoun."""
    head, _, apposed = (part.strip() for part in tidy(phrase).partition(","))
    if not head or _PRONOUN.match(head):
        return None
    if _POST.match(head) and (person := _whole_name(apposed)):
        return person
    kinds = (NameKind.PERSON, NameKind.OTHER, NameKind.ORGANISATION)
    named = [name for name in find_names(head) if name.kind in kinds]
    if len(named) == 1 and named[0].span.end == len(head) and _stands_for(named[0], head):
        return named[0].text
    return head if len(head) <= _LONGEST else None


def _stands_for(name: Name, head: str) -> bool:
    """Whether the name that ends `head` is the speaker: "harbour master Ana Ruiz", not "a friend of Ruiz"."""
    before = [word.casefold() for word in head[: name.span.start].split()]
    person = name.kind is NameKind.PERSON or (name.kind is NameKind.OTHER and bool(name.title))
    return before in ([], ["the"]) or (person and not _LINKS & set(before))


def _whole_name(text: str) -> str | None:
    """The person's full name that `text` is, and nothing else."""
    names = find_names(text)
    alone = len(names) == 1 and names[0].kind is NameKind.PERSON and " " in names[0].text and names[0].text == text
    return names[0].text if alone else None
