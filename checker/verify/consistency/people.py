"""The people whom a draft names: each mention with who is meant, a surname alone read as the one person who has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from checker.language.likeness import name_words
from checker.language.names import Name, NameKind, find_names
from checker.model import BlockKind, Span
from checker.verify.consistency.said import Said


@dataclass(frozen=True, slots=True)
class Mention:
    """A person's name in a sentence of the draft; `person` are the words of the full name it stands for."""

    said: Said
    name: Name
    person: tuple[str, ...]

    @property
    def before(self) -> str:
        """The sentence up to the name, its titles included."""
        return self.said.text[: self.name.span.start]

    @property
    def after(self) -> str:
        """The sentence from the end of the name on."""
        return self.said.text[self.name.span.end :]

    @property
    def place(self) -> Span:
        """Where the name stands in the draft."""
        return self.said.owner(self.name.span)


def mentions(said: Sequence[Said]) -> tuple[Mention, ...]:
    """Every mention of a person outside quotations and headings, whose capitals say little."""
    found = [
        Mention(sentence, name, name_words(name.text))
        for sentence in said
        if sentence.kind is not BlockKind.HEADING
        for name in find_names(sentence.text)
        if name.kind in (NameKind.PERSON, NameKind.OTHER) and sentence.own(name.span)
    ]
    full = {item.person for item in found if item.name.kind is NameKind.PERSON and len(item.person) > 1}
    by_surname = defaultdict(list)
    for person in full:
        by_surname[person[-1]].append(person)
    return tuple(
        Mention(item.said, item.name, _whole(item.person, by_surname.get(item.person[-1], [])))
        for item in found
        if item.person and (item.person in full or (len(item.person) == 1 and item.person[-1] in by_surname))
    )


def _whole(person: tuple[str, ...], named: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The full name that a surname stands for, where only one person of the draft has it."""
    return named[0] if len(person) == 1 and len(named) == 1 else person
