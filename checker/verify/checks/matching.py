"""Which words of a claim stand in a sentence, in whatever form, and where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from checker.language.negators import Polarity, polarity
from checker.language.predicates import AUXILIARIES, deed, lemma
from checker.language.words import STOP_WORDS

_EMPTY = frozenset("no not never none nobody nothing nowhere neither nor without cannot one ones people".split())


@dataclass(frozen=True, slots=True)
class Matching:
    """The words of both texts; `pairs` gives for a content word of the claim its places in the sentence.

    Where a word stands in the sentence more than once, the places in the clause that shares most with the word's own
    clause are kept. `ours` and `theirs` are the indices of all content words.
    """

    claim: Polarity
    sentence: Polarity
    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    pairs: dict[int, tuple[int, ...]]

    @property
    def coverage(self) -> float:
        """The share of the claim's content words that stand in the sentence."""
        return len(self.pairs) / len(self.ours) if self.ours else 0.0

    @property
    def met(self) -> frozenset[int]:
        """The words of the sentence that the claim has too."""
        return frozenset(place for places in self.pairs.values() for place in places)

    def shared_in(self, clause: int, *, of: int | None = None) -> int:
        """How many of the claim's content words that clause of the sentence has; with `of`, of that clause's words."""
        return sum(
            any(self.sentence.clauses[place] == clause for place in places)
            for index, places in self.pairs.items()
            if of is None or self.claim.clauses[index] == of
        )


@lru_cache(maxsize=4096)
def matching(claim: str, sentence: str) -> Matching:
    """The words of `claim` found in `sentence`."""
    ours, theirs = polarity(claim), polarity(sentence)
    mine, other = _content(ours), _content(theirs)
    places: dict[str, list[int]] = {}
    for index in other:
        for form in {deed(theirs.words[index]), lemma(theirs.words[index])}:
            places.setdefault(form, []).append(index)
    pairs: dict[int, tuple[int, ...]] = {}
    for index in mine:
        word = ours.words[index]
        found = sorted({*places.get(lemma(word), ()), *places.get(deed(word), ())})
        closest = [place for place in found if lemma(theirs.words[place]) == lemma(word)] or found
        # "the boat's owner" is not the boat, where the boat is named too.
        owned = [place for place in closest if _owns(theirs.words[place]) == _owns(word)]
        if found:
            pairs[index] = tuple(owned or closest)
    full = Matching(ours, theirs, mine, other, pairs)
    return Matching(ours, theirs, mine, other, {index: _best(full, index, found) for index, found in pairs.items()})


def _best(full: Matching, index: int, found: tuple[int, ...]) -> tuple[int, ...]:
    """The places in the clauses that share most with the clause of the claim's word."""
    if len(found) == 1:
        return found
    own = full.claim.clauses[index]
    shared = {place: full.shared_in(full.sentence.clauses[place], of=own) for place in found}
    return tuple(place for place in found if shared[place] == max(shared.values()))


def _owns(word: str) -> bool:
    return word.endswith(("'s", "s'"))


def _content(text: Polarity) -> tuple[int, ...]:
    return tuple(
        index
        for index, word in enumerate(text.words)
        if word not in STOP_WORDS and word not in AUXILIARIES and word not in _EMPTY and not word.endswith("n't")
    )
