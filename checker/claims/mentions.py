"""Who is meant: full names for surnames, a name for "he" or "the council" - and only where one alone can be meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.claims.attribution import saying_verbs
from checker.claims.draft import Utterance
from checker.claims.verbs import first_verb
from checker.language.lexicon import ORGANISATION_WORDS, PLACE_WORDS
from checker.language.names import Name, NameKind, find_names
from checker.language.words import words

_PRONOUN = re.compile(r"^(?:he|she)$", re.I)
_THE_NOUN = re.compile(r"^[Tt]he ([a-z]+)(?=[ ]|$|['’])")
_LOOK_BACK = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence, and whether it is the subject there."""

    name: Name
    subject: bool
    article: bool  # "the" stands before it


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of a draft, sentence by sentence."""

    mentions: tuple[tuple[Mention, ...], ...]
    stretches: tuple[int, ...]
    people: Mapping[str, tuple[tuple[int, str], ...]]  # by surname: the sentences and full names

    @classmethod
    def of(cls, utterances: Sequence[Utterance]) -> Cast:
        mentions = tuple(_mentions(item.text) for item in utterances)
        people: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, sentence in enumerate(mentions):
            for item in sentence:
                if _person(item.name) and " " in item.name.text:
                    people[item.name.text.split()[-1]].append((number, item.name.text))
        by_surname = {surname: tuple(found) for surname, found in people.items()}
        return cls(mentions, tuple(item.stretch for item in utterances), by_surname)

    def full(self, name: str, at: int) -> str:
        """`name`, or the one full name of the draft that ends in it; names before sentence `at` count first."""
        known = self.people.get(name, ())
        for group in ({text for number, text in known if number <= at}, {text for _, text in known}):
            if group:
                return group.pop() if len(group) == 1 else name
        return name

    def person(self, at: int) -> str | None:
        """The person that "he" or "she" at the head of sentence `at` means; None where two or none could be meant."""
        here = [index for index in range(at) if self.stretches[index] == self.stretches[at]][-_LOOK_BACK:]
        before = [index for index in range(at) if self.stretches[index] == self.stretches[at] - 1][-_LOOK_BACK:]
        for group in (here, before):
            people = [item for index in group for item in self.mentions[index] if _person(item.name)]
            distinct = {item.name.text.split()[-1] for item in people}
            if distinct:
                sure = len(distinct) == 1 and any(item.subject for item in people)
                name = self.full(max((item.name.text for item in people), key=len), at)
                return name if sure and " " in name else None  # a lone word may be a ship or a town
        return None

    def institution(self, noun: str, at: int) -> str | None:
        """The one name before sentence `at` whose last word is `noun`: "the council" -> "Northfield Council"."""
        if noun not in ORGANISATION_WORDS and noun not in PLACE_WORDS:
            return None
        known = {
            ("the " if item.article else "") + item.name.text
            for sentence in self.mentions[:at]
            for item in sentence
            if " " in item.name.text and item.name.text.split()[-1].casefold() == noun
        }
        bare = {name.removeprefix("the ") for name in known}
        return min(known, key=len) if len(bare) == 1 else None

    def resolved(self, text: str, at: int) -> str:
        """`text`, a restated sentence, with its first pronoun or "the council" named where that is safe."""
        head = text.split(" ", 1)[0]
        if _PRONOUN.match(head):
            person = self.person(at)
            return person + text[len(head) :] if person else text
        match = _THE_NOUN.match(text)
        name = self.institution(match[1], at) if match else None
        if match and name:
            return name[0].upper() + name[1:] + text[match.end() :]
        if head[:1].isupper() and (whole := self.full(head, at)) != head:
            return whole + text[len(head) :]
        return text


def _person(name: Name) -> bool:
    return name.kind is NameKind.PERSON


def _mentions(text: str) -> tuple[Mention, ...]:
    tokens = words(text)
    verb = first_verb(tokens)
    limit = tokens[verb][1] if verb is not None else len(text)
    return tuple(
        Mention(
            name, name.span.start < limit or _speaks(text, name), text[: name.span.start].casefold().endswith("the ")
        )
        for name in find_names(text)
    )


def _speaks(text: str, name: Name) -> bool:
    """Whether a verb of saying stands beside the name: "Ruiz said", "said harbour master Ana Ruiz"."""
    after = words(text[name.span.end : name.span.end + 40])[:1]
    before = words(text[max(0, name.span.start - 40) : name.span.start])[-4:]
    said = saying_verbs()
    return any(low in said for low, _, _ in after) or any(low in said for low, _, _ in before)
