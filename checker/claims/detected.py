"""Where rules and the detector do not agree about a sentence: who is believed.

The rules keep what they are certain of. The detector may take a sentence's claims away only where it is sure and the
sentence has nothing that could be held to a source; an extra claim costs a look, a lost one is never seen.
"""

from __future__ import annotations

from checker.claims.outcomes import hard
from checker.language.names import find_names
from checker.language.quotations import find_quotations
from checker.model import Reason, SentenceClass
from checker.ports import Detection

SURE = 0.90
"""Least certainty of a class that decides against the rules."""
LITTLE = 0.05
"""Most check-worthiness of a sentence whose claims are taken away."""
MUCH = 0.80
"""Least check-worthiness of a sentence that is checked although the rules take it for an opinion or the like."""

_REASONS = {
    SentenceClass.OPINION: Reason.OPINION,
    SentenceClass.PREDICTION: Reason.PREDICTION,
    SentenceClass.QUESTION: Reason.QUESTION,
    SentenceClass.BOILERPLATE: Reason.BOILERPLATE,
    SentenceClass.PERSONAL: Reason.PERSONAL,
    SentenceClass.INSTRUCTION: Reason.INSTRUCTION,
}
_DOUBTFUL = frozenset((Reason.OPINION, Reason.PREDICTION, Reason.PERSONAL))
"""What the rules read off single words, and may be wrong about."""


def against(text: str, found: Detection) -> Reason:
    """Why the sentence `text` is left unchecked although rules found claims in it; `NONE` where they stand."""
    reason = _REASONS.get(found.kind, Reason.NONE)
    if reason is Reason.NONE or found.certainty < SURE or found.worth > LITTLE or holdable(text):
        return Reason.NONE
    return reason


def rescued(reason: Reason, found: Detection) -> bool:
    """Whether a sentence that rules call an opinion, a forecast or personal is checked all the same."""
    return (
        reason in _DOUBTFUL and found.kind is SentenceClass.FACTUAL and found.certainty >= SURE and found.worth >= MUCH
    )


def holdable(text: str) -> bool:
    """Whether `text` has a number, a date, a name or a quotation: something to hold it to."""
    return hard(text) or bool(find_names(text)) or bool(find_quotations(text))
