"""Whether a restatement says no more than the author's sentence: numbers, names, negations and hedges are held to it.

A model restates; this decides whether its words stand for the author's. Where they may not, the author's own do.
"""

from __future__ import annotations

import re

from checker.claims.restating import sentence
from checker.claims.verbs import has_verb
from checker.language.names import find_names
from checker.language.words import NEGATIONS, STOP_WORDS, folded, stem, words

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_HEDGES = frozenset(
    """about almost around approximately nearly roughly some over under least most may might could would allegedly
    alleged reportedly claimed probably possibly perhaps likely expected planned plans proposed if unless only first
    last all every""".split()
)
_LEAST_SHARED = 0.6


def faithful(text: str, words_of: str, said: str, around: str) -> bool:
    """Whether `text` restates `words_of`, words of the sentence `said`; `around` is what its pronouns may stand for."""
    known = folded(f"{said} {around}")
    if not set(_NUMBER.findall(folded(text))) <= set(_NUMBER.findall(folded(said))):
        return False
    if not all(_known(name.span.of(text), known) for name in find_names(text)):
        return False
    if _marks(text, NEGATIONS) != _marks(words_of, NEGATIONS) and _marks(text, NEGATIONS) != _marks(said, NEGATIONS):
        return False
    if not _marks(words_of, _HEDGES) <= _marks(text, _HEDGES) <= _marks(said, _HEDGES):
        return False
    return _shared(text, known) >= _LEAST_SHARED


def own_words(words_of: str, said: str) -> str:
    """The author's words as the claim: the stretch itself where it can stand alone, else the whole sentence."""
    return sentence(words_of) if has_verb(words(words_of)) and words_of[:1].isupper() else sentence(said)


def _known(name: str, known: str) -> bool:
    return all(part in known for part, _, _ in words(name) if part not in STOP_WORDS and len(part) > 1)


def _marks(text: str, kinds: frozenset[str]) -> frozenset[str]:
    # "May" is a month.
    found = {word for word, start, _ in words(text) if word in kinds and not (word == "may" and text[start] == "M")}
    if kinds is NEGATIONS and any(word.endswith("n't") for word, _, _ in words(text)):
        found.add("not")
    return frozenset(found)


def _shared(text: str, known: str) -> float:
    """The share of the content words of `text` that the draft uses there too."""
    there = {stem(word) for word, _, _ in words(known)}
    ours = [stem(word) for word, _, _ in words(folded(text)) if word not in STOP_WORDS]
    return sum(word in there for word in ours) / len(ours) if ours else 0.0
