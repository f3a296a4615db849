"""How much of a claim one sentence says: the share of the claim's content words that stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checker.language.predicates import deed, lemma
from checker.language.words import NEGATIONS, STOP_WORDS, stem, words
from checker.model import Span

_SMALL_CHANGE = frozenset("also still yet already now then just even about around nearly almost some roughly".split())
_CLAUSE_BREAK = re.compile(
    r"[;:,()–—]|\s-\s|\b(?:which|who|whom|where|while|whereas|although|but|and|after|before|because)\b", re.I
)
_MIN_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Alignment:
    """`coverage` in 0..1 is the weighted share of the claim's content words found; `missing` are the others.

    `own` is the share found in the sentence itself, without what stands around it.
    """

    coverage: float
    own: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The content words of `text`, each in the forms under which its inflections and its like meet.

    Parts of a hyphenated word count beside the whole.
    """
    found: set[str] = set()
    for word, _, _ in words(text):
        for part in {word, *word.split("-")}:
            if part and part not in STOP_WORDS:
                found |= _forms(part)
    return frozenset(found)


def _forms(word: str) -> frozenset[str]:
    return frozenset((stem(word), lemma(word), deed(word)))


@lru_cache(maxsize=2048)
def _weighted(text: str) -> tuple[tuple[frozenset[str], str, float, int, int], ...]:
    """(forms, word, weight, start, end) of each content word; a long or capitalised word says more than a short one."""
    found = []
    for word, start, end in words(text):
        if word in STOP_WORDS or word in NEGATIONS or word in _SMALL_CHANGE:
            continue
        weight = 1.0 if len(word) > 3 or text[start].isupper() or word[0].isdigit() else _MIN_WEIGHT
        found.append((_forms(word), word, weight, start, end))
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
    matched, missing, have, own, total = [], [], 0.0, 0.0, 0.0
    for forms, word, weight, start, end in _weighted(claim):
        if _under(skipped, start, end):
            continue
        if within is not None and not (within.start <= start and end <= within.end):
            continue
        total += weight
        inside = bool(forms & said) or _parts_said(word, said)
        if inside or _under(given, start, end) or (forms & near and claim[start].isupper()):
            matched.append(word)
            have += weight
            own += weight * inside
        else:
            missing.append(word)
    return Alignment(have / (total or 1.0), own / (total or 1.0), tuple(matched), tuple(missing))


def _under(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(start < span.end and span.start < end for span in spans)


def _parts_said(word: str, said: frozenset[str]) -> bool:
    parts = word.split("-")
    return len(parts) > 1 and all(_forms(part) & said or part in STOP_WORDS for part in parts if part)


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
