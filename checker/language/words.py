"""Words: what carries content, what negates, and a light stem that joins inflections of one word."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.spans import fold

_PASSAGE = 1000
"""Characters up to which the words of a text are kept: a sentence is asked for many times, a whole source is not."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d,.]*\d|\d")

STOP_WORDS = frozenset(
    """a about above after again against all also although am an and any are as at be because been before being
    below between both but by can could did do does doing down during each either for from further had has have
    having he her here hers herself him himself his how i if in into is it its itself just may me might more most
    must my myself nor of off on once or other our ours ourselves out over own shall she should so some
    such than that the their theirs them themselves then there these they this those though through to too under
    until up upon us very was we were what when where which while who whom whose why will with would you your
    yours yourself yourselves said says say according told""".split()
)

NEGATIONS = frozenset(
    """no not never none nobody nothing nowhere neither nor without cannot n't denied denies deny refused refuses
    refuse rejected rejects reject failed fails fail unable lack lacks lacked hardly scarcely barely""".split()
)


def words(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of `text` in lower case with their start and end in `text`."""
    return _kept(text) if len(text) <= _PASSAGE else _found(text)


@lru_cache(maxsize=8192)
def _kept(text: str) -> tuple[tuple[str, int, int], ...]:
    return _found(text)


def _found(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (match.group().casefold().replace("’", "'"), match.start(), match.end()) for match in _WORD.finditer(text)
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`word` (lower case) with plural and verb endings taken off, so that inflections of one word meet."""
    word = word.removesuffix("'s").removesuffix("s'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ingly", "edly", "ing", "ed", "ly", "es", "s"):
        if (
            word.endswith(ending)
            and len(word) - len(ending) >= 3
            and not (ending == "s" and word.endswith(("ss", "us", "is")))
        ):
            base = word[: -len(ending)]
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz":
                base = base[:-1]
            return base.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def content_words(text: str) -> tuple[str, ...]:
    """Stems of the words that carry content, in order, repeated as they are repeated."""
    return tuple(stem(word) for word, _, _ in words(text) if word not in STOP_WORDS)


def folded(text: str) -> str:
    """`text` folded for typography and case, for comparisons that do not need offsets."""
    return fold(text, case=True).text
