"""Two offices of one person that nobody holds at once, a title spelt in two ways, and Mr beside Ms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from checker.language.posts import Post, find_posts
from checker.model import Clash, Span
from checker.verify.consistency.people import Mention, mentions
from checker.verify.consistency.said import Found, Said

_COURTESY = re.compile(r"\b(?P<title>Mr|Mrs|Ms|Miss)\.?[ ]$")
_KIN = re.compile(
    r"\b(?:husband|wife|brother|sister|son|daughter|father|mother|parents|couple|family|widow\w*|uncle|aunt)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Held:
    """A post with the person it is given to and its place in the draft."""

    person: tuple[str, ...]
    span: Span
    post: Post


def clashing_offices(said: Sequence[Said]) -> Iterator[Found]:
    """People who hold two offices of one kind at once, and people who are Mr in one place and Ms in another."""
    held: defaultdict[tuple[str, ...], list[_Held]] = defaultdict(list)
    named = mentions(said)
    for mention in named:
        held[mention.person].extend(_held(mention))
    for offices in held.values():
        yield from _first(found for one, other in combinations(offices, 2) if (found := _clash(one, other)))
    yield from _courtesies(named)


def _first(found: Iterator[Found]) -> Iterator[Found]:
    first = next(found, None)
    if first is not None:
        yield first


def _held(mention: Mention) -> Iterator[_Held]:
    for post in find_posts(mention.said.text):
        if post.person.span == mention.name.span and post.plain and mention.said.own(post.span):
            yield _Held(mention.person, mention.said.owner(post.span), post)


def _clash(one: _Held, other: _Held) -> Found | None:
    who = " ".join(word.capitalize() for word in one.person)
    mine, theirs = one.post, other.post
    if (mine.house and theirs.house and mine.house != theirs.house) or mine.past or theirs.past:
        return None
    if (mine.lesser, mine.title) == (theirs.lesser, theirs.title):
        if _letters(mine.words) == _letters(theirs.words):
            return None
        return Found(Clash.SPELLING, one.span, other.span, f"one office of {who} is spelt in two ways")
    if mine.title[1] != theirs.title[1] or (mine.lesser != theirs.lesser and mine.title != theirs.title):
        return None
    return Found(Clash.OFFICE, one.span, other.span, f"{who} is {mine.words} here and {theirs.words} there")


def _letters(words: str) -> str:
    """The office without what only style decides: capitals, hyphens, and "officer"."""
    return words.casefold().replace("-", " ").removesuffix(" officer")


def _courtesies(named: Sequence[Mention]) -> Iterator[Found]:
    """“Mr Lund” in one place and “Ms Lund” in another, where one person of the draft has that surname."""
    titled: defaultdict[tuple[str, ...], list[tuple[Span, str]]] = defaultdict(list)
    kin = {mention.person for mention in named if _KIN.search(mention.said.text)}
    for mention in named:
        match = _COURTESY.search(mention.before)
        if match and len(mention.person) > 1 and mention.person not in kin:
            titled[mention.person].append((mention.said.owner(Span(*match.span("title"))), match["title"]))
    for person, given in titled.items():
        men, women = ([item for item in given if (item[1] == "Mr") is man] for man in (True, False))
        if men and women:
            who = person[-1].capitalize()
            yield Found(Clash.OFFICE, men[0][0], women[0][0], f"{who} is Mr in one place and {women[0][1]} in another")
