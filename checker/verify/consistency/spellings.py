"""One name spelt in two ways: a person's surname after the same given name or alone, and names of several words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.language.likeness import Likeness, likeness, name_words
from checker.language.names import Name, NameKind, find_names
from checker.language.words import stem
from checker.model import BlockKind, Clash
from checker.verify.consistency.said import Found, Said

_SHORTEST = 6
"""Letters of the shortest given name in which a letter may be a slip; of other names one less."""
_OFTEN = 3
"""A spelling that stands this often beside one that stands once is the one meant."""
_PLACED = re.compile(r"\b(?:in|at|near|the|of|from|to|off|outside|around)\s+$", re.I)


_ACTS = re.compile(
    r"[’'](?:s|d|ll)?[ ]|[ ](?:who|said|says|told|added|has|had|was|is|will|would|did|does|also|wrote|wants|made"
    r"|left|[a-z]+ed)\b|,[ ](?:who|whose|\d|an?[ ]|the[ ])|[.]$"
)
_CAPITAL = re.compile(r"[A-Z][\w’'-]*[ ]$")
_RUN_TOGETHER = re.compile(r"[a-z]{3}[A-Z]|\d")


@dataclass(frozen=True, slots=True)
class _Named:
    """A name where the draft has it."""

    said: Said
    name: Name
    words: tuple[str, ...]

    @property
    def person(self) -> bool:
        return self.name.kind is NameKind.PERSON


def clashing_spellings(said: Sequence[Said]) -> Iterator[Found]:
    """Names of which one form is a slip of the other."""
    by_form: defaultdict[tuple[str, ...], list[_Named]] = defaultdict(list)
    for item in _named(said):
        by_form[item.words].append(item)
    people = {words for words, items in by_form.items() if len(words) > 1 and any(item.person for item in items)}
    surnames = Counter(words[-1] for words in people)
    for one, other in combinations(by_form, 2):
        if _slip(one, other, people, surnames, by_form):
            yield _found(by_form[one], by_form[other])


def _named(said: Sequence[Said]) -> Iterator[_Named]:
    for sentence in said:
        if sentence.kind is BlockKind.HEADING:
            continue
        for name in find_names(sentence.text):
            words = name_words(name.text)
            usable = name.kind is not NameKind.DEMONYM and not _RUN_TOGETHER.search(name.text)
            if words and usable and sentence.own(name.span):
                yield _Named(sentence, name, words)


def _slip(
    one: tuple[str, ...],
    other: tuple[str, ...],
    people: set[tuple[str, ...]],
    surnames: Counter[str],
    by_form: dict[tuple[str, ...], list[_Named]],
) -> bool:
    if len(one) == len(other) > 1:
        whose = one in people and other in people
        if likeness(" ".join(one), " ".join(other), person=whose) is not Likeness.SLIP:
            return False
        at = next(at for at, (a, b) in enumerate(zip(one, other)) if a != b)
        return _one_word(one[at], other[at], given=whose and at < len(one) - 1)
    short, full = (one, other) if len(one) == 1 else (other, one)
    if len(short) != 1 or full not in people or short[0] in surnames or surnames[full[-1]] > 1:
        return False
    if not all(_a_person(item) for item in by_form[short]) or not _one_word(short[0], full[-1], given=False):
        return False
    return likeness(short[0], " ".join(full), person=True) is Likeness.SLIP


def _a_person(item: _Named) -> bool:
    """Whether a lone name is somebody's surname: a title stands before it, or it does, says or owns something."""
    before, after = item.said.text[: item.name.span.start], item.said.text[item.name.span.end :]
    if item.name.kind not in (NameKind.PERSON, NameKind.OTHER) or _PLACED.search(before):
        return False
    return bool(item.name.title) or (_CAPITAL.search(before) is None and _ACTS.match(after) is not None)


def _one_word(one: str, other: str, *, given: bool) -> bool:
    """Whether two words that are a slip apart are one word for all that: no man's and woman's form, no plural.

    The first letter is kept, and in a given name the last: Maria and Mario, Hutton and Sutton are two names.
    """
    short, long = sorted((one, other), key=len)
    if one[0] != other[0] or long in (short + "a", short + "s", short + "e") or short + "n" == long:
        return False
    if stem(one) == stem(other) or len(short) < (_SHORTEST if given else _SHORTEST - 1):
        return False
    return not given or (one[-1] == other[-1])


def _found(one: Sequence[_Named], other: Sequence[_Named]) -> Found:
    many, few = (one, other) if len(one) >= len(other) else (other, one)
    right, wrong = many[0], few[0]
    told = f"one name is spelt in two ways: “{right.name.text}” {_times(many)}, “{wrong.name.text}” {_times(few)}"
    sure = len(many) >= _OFTEN and len(few) == 1 and len(right.words) == len(wrong.words)
    places = (right.said.owner(right.name.span), wrong.said.owner(wrong.name.span))
    return Found(Clash.SPELLING, *places, told, right.name.text if sure else None)


def _times(items: Sequence[_Named]) -> str:
    return "once" if len(items) == 1 else f"{len(items)} times"
