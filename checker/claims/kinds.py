"""What sort of statement a claim is: by its numbers, its dates, and whether something happens in it."""

from __future__ import annotations

import re

from checker.claims.verbs import AUXILIARIES, first_verb
from checker.language.amounts import find_amounts
from checker.language.dates import find_dates
from checker.language.words import words
from checker.model import ClaimKind

_DATED_STATE = re.compile(
    r"\b(?:born|founded|established|dates? (?:from|back)|built|opened|took place|was held|took effect)\b", re.I
)
_ONE_OF = re.compile(r"\bone(?:['’]s| of| another)?\b", re.I)
_LINKING = frozenset("seemed seems appeared appears remained remains became becomes".split())


def kind_of(text: str) -> ClaimKind:
    """The kind of the statement `text`, which is one sentence of content."""
    dates = [item.span for item in find_dates(text, None)]
    counted = [
        amount
        for amount in find_amounts(text)
        if not any(span.start < amount.end and amount.start < span.end for span in dates)
        and not _ONE_OF.fullmatch(text[amount.start : amount.end])
    ]
    if counted:
        return ClaimKind.QUANTITY
    tokens = words(text)
    main = first_verb(tokens)
    acts = main is not None and tokens[main][0] not in AUXILIARIES | _LINKING
    passive = bool(re.search(r"\b(?:was|were|has been|have been|had been|being)\s+\w+(?:ed|en|t|wn|ld|de)\b", text))
    if dates and _DATED_STATE.search(text):
        return ClaimKind.DATE
    if dates and not acts and not passive:
        return ClaimKind.DATE
    return ClaimKind.EVENT if acts or passive else ClaimKind.STATEMENT
