"""How much of a claim one sentence says: the share of the claim's content words that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checker.language.words import NEGATIONS, STOP_WORDS, stem, words
from checker.model import Span

_SMALL_CHANGE = frozenset("also still yet already now then just even about around nearly almost some roughly".split())
_CLAUSE_BREAK = re.compile(
    r"[;:,()–—]|\s-\s|\b(?:which|who|whom|where|while|whereas|although|but|and|after|before|because)\b", re.I
)
_MIN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """`coverage` in 0..1 is the weighted share of the claim's content words found; `missing` are the others."""

    coverage: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of `text`; parts of a hyphenated word count beside the whole."""
    found = set()
    for word, _, _ in words(text):
        for part in {word, *word.split("-")}:
            if part and part not in STOP_WORDS:
                found.add(stem(part))
    return frozenset(found)


@lru_cache(maxsize=2048)
def _weighted(text: str) -> tuple[tuple[str, str, float, int, int], ...]:
    """(stem, word, weight, start, end) of each content word; a long or capitalised word says more than a short one."""
    found = []
    for word, start, end in words(text):
        if word in STOP_WORDS or word in NEGATIONS or word in _SMALL_CHANGE:
            continue
        weight = 1.0 if len(word) > 3 or text[start].isupper() or word[0].isdigit() else _MIN_WEIGHT
        found.append((stem(word), word, weight, start, end))
    return tuple(found)


def align(
    claim: str,
    sentence: str,
    *,
    context: str = "",
    skip: Iterable[Span] = (),
    met: Iterable[Span] = (),
    within: Span | None = None,
) -> Alignment:
    """How much of `claim` stands in `sentence`.

    A capitalised word of the claim may stand in `context` instead (the source's title, the sentence before): that
    is how a text goes on about "the base". Words under `skip` are left out, words under `met` are known to be
    there in another form ("53 miles" for "85 km"), and with `within` only the words under it count.
    """
    said, near = stems(sentence), stems(context)
    skipped, given = tuple(skip), tuple(met)
    matched, missing, have, total = [], [], 0.0, 0.0
    for base, word, weight, start, end in _weighted(claim):
        if _under(skipped, start, end):
            continue
        if within is not None and not (within.start <= start and end <= within.end):
            continue
        total += weight
        there = base in said or (base in near and claim[start].isupper()) or _parts_said(word, said)
        if there or _under(given, start, end):
            matched.append(word)
            have += weight
        else:
            missing.append(word)
    return Alignment(have / total if total else 0.0, tuple(matched), tuple(missing))


def _under(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(start < span.end and span.start < end for span in spans)


def _parts_said(word: str, said: frozenset[str]) -> bool:
    parts = word.split("-")
    return len(parts) > 1 and all(stem(part) in said or part in STOP_WORDS for part in parts if part)


def clause(text: str, at: Span) -> Span:
    """The clause of `text` around `at`: up to the nearest break on either side that leaves words in it."""
    start = 0
    end = len(text)
    for match in _CLAUSE_BREAK.finditer(text):
        inside_number = match.group() == "," and text[match.end() : match.end() + 1].isdigit()
        if inside_number:
            continue
        if match.end() <= at.start:
            start = match.end()
        elif match.start() >= at.end:
            end = match.start()
            break
    return Span(start, end)


def word_order(claim: str, sentence: str, names: tuple[Span, ...]) -> bool:
    """Whether the names of the claim stand in the sentence in the claim's order, where all of them stand in it."""
    folded = sentence.casefold()
    places = []
    for name in names:
        last = name.of(claim).split()[-1].casefold()
        at = folded.find(last)
        if at < 0:
            return True
        places.append(at)
    return places == sorted(places)
