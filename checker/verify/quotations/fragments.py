"""Few words, and whether they are enough: when a fragment or a partial match shows that it is the same utterance."""

from __future__ import annotations

from itertools import pairwise

from checker.language.words import STOP_WORDS
from checker.verify.quotations.wording import Pair, Word

FRAGMENT = 5
"""A quotation of so many words at most is a fragment: one changed word of it is half of what it says."""

_LEAST_CONTENT = 0.5
_LEAST_ALIGNED = 4
_LEAST_RUN = 3
_UNDOING = ("in", "un", "im", "ir", "il", "dis", "non", "mis")


def one_in_place(ours: list[Word], pairs: list[Pair], same: list[tuple[int, int]]) -> bool:
    """Whether one word of a fragment has another in its place, and two words of content stand beside it."""
    kept = [i for i, _ in same if ours[i].key not in STOP_WORDS]
    straight = all(j - i == same[0][1] - same[0][0] for i, j in same)
    return len(same) == len(ours) - 1 and straight and len(kept) >= 2


def opposite_forms(word: str) -> tuple[str, ...]:
    """The word with a negating prefix, or without the one it has."""
    bare = [word.removeprefix(prefix) for prefix in _UNDOING if word.startswith(prefix) and len(word) > len(prefix) + 3]
    return (*(prefix + word for prefix in _UNDOING if len(word) > 3), *bare)


def holds_together(own: list[Word], ours: list[Word], matched: list[int], same: list[tuple[int, int]]) -> bool:
    """Whether enough words stand in order, among them enough of those that carry content, to be the same utterance."""
    content = [word for word in own if word.key not in STOP_WORDS]
    kept = [ours[i] for i in matched if ours[i].key not in STOP_WORDS]
    if len(matched) < _LEAST_ALIGNED or len(kept) < min(2, len(content)) or len(kept) < _LEAST_CONTENT * len(content):
        return False
    run = longest = 1
    for (i, j), (k, m) in pairwise(same):
        run = run + 1 if k == i + 1 and m == j + 1 else 1
        longest = max(longest, run)
    return longest >= _LEAST_RUN or len(matched) >= 2 * _LEAST_ALIGNED
