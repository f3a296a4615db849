"""What may differ between a quotation and its source though the words are the same: a "that", a figure's style.

Each of these says of one short stretch of unequal words whether the difference is of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.verify.quotations.contractions import may_stand_for
from checker.verify.quotations.wording import Word

_REPORTING = frozenset(
    """say says said saying tell tells told telling think thinks thought believe believes believed know knows knew feel
    feels felt hope hopes hoped agree agreed insist insisted warn warned promise promised understand understood see
    saw mean means meant hear heard admit admitted expect expected guess suppose fear feared wish sure glad sorry
    afraid confident""".split()
)
_SUBJECTS = frozenset(
    """i you he she it we they there this these those the a an my your his her its our their nobody everybody no one
    everyone people some any all every each both if when what""".split()
)
_NEAR = 4  # words between the verb and its "that": "told the whole board that"
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 10**9, "trillion": 10**12}
_UNHEARD = frozenset("inaudible unintelligible indistinct unclear".split())
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


def only_that(alone: Sequence[Word], before: Sequence[Word], following: Word | None) -> bool:
    """Whether `alone`, words that only one side has, are the "that" which a verb of saying can do without."""
    if [word.plain for word in alone] != ["that"] or following is None or following.plain not in _SUBJECTS:
        return False
    return any(word.plain in _REPORTING for word in before[-_NEAR:])


def same_but_contraction(ours: Sequence[Word], theirs: Sequence[Word], following: str) -> bool:
    """Whether one side is a contraction that can be the other's two words: "it's", "it is"."""
    for short, long in ((ours, theirs), (theirs, ours)):
        if len(short) == 1 and may_stand_for(short[0].plain, [word.plain for word in long], following):
            return True
    return False


def same_amount(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether both stretches are one number written otherwise: "1.5 million", "1,500,000"."""
    left, right = _amount(ours), _amount(theirs)
    return left is not None and right is not None and abs(left - right) < 1e-9 * max(1.0, abs(left))


def unheard(theirs: Sequence[Word], text: str) -> bool:
    """Whether the source marks that nobody could hear what was said here: "[inaudible]"."""
    return any(word.plain in _UNHEARD and text[word.start - 1 : word.start] in ("[", "(") for word in theirs)


def _amount(words: Sequence[Word]) -> float | None:
    total = current = 0.0
    seen = False
    for at, word in enumerate(words):
        if _FIGURE.fullmatch(word.key):
            current, seen = current + float(word.key), True
        elif word.key in _SCALES:
            current = (current or 1.0) * _SCALES[word.key]
            seen = True
            if word.key != "hundred":
                total, current = total + current, 0.0
        elif not (word.plain == "and" and seen) and not (word.plain == "a" and at == 0):
            return None
    return total + current if seen else None
