"""Whether a sentence says that something is so, or only that it may be, is planned, or is said by somebody."""

from __future__ import annotations

import re
from functools import lru_cache

_HEDGES = {
    "possible": r"""(?-i:may)|might|could|perhaps|possibly|likely|probably|apparently|seems?|appears?|suspected|
        believed|thought\ to|speculat\w+|unclear|uncertain""",
    "alleged": r"""alleg\w+|(?:is|are|was|were|been)\ charged|accus\w+|indict\w+|reportedly|
        purported(?:ly)?|rumou?r\w*|claim(?:s|ed)?\ (?:that|to)|unconfirmed|supposedly|so-called""",
    "planned": r"""would|will|plans?\ to|planned|proposes?|proposed|proposal|considering|considered|intends?\ to|
        aims?\ to|hopes?\ to|expected\ to|scheduled\ to|set\ to|due\ to\ (?:open|start|begin|be)|if\ approved|pending|
        draft|tentative""",
    "conditional": r"""if|unless|whether|provided\ that|in\ case""",
    "denied": r"""den(?:y|ies|ied)|rejects?|rejected|disput(?:e|es|ed)|refut(?:e|es|ed)|false(?:ly)?|untrue|incorrect|
        wrong(?:ly)?|myth|erroneous(?:ly)?|mistaken(?:ly)?|no\ evidence""",
}
_ASKED = re.compile(r"\?\s*[\"”’)]*$")
_HEDGE_PATTERNS = {
    **{name: re.compile(rf"\b(?:{words})\b", re.I | re.X) for name, words in _HEDGES.items()},
    "asked": _ASKED,
}

SAYING = (
    r"(?:said|says|say|told|tells|stated|states|claimed|claims|argued|argues|insisted|insists|announced|announces|"
    r"reported|reports|wrote|writes|added|adds|noted|notes|explained|warned|warns|stressed|asserted|asserts|"
    r"suggested|suggests|estimated|estimates|believes|believed|thinks|complained|predicted|predicts|maintained|"
    r"contended|recalled|testified|declared|asked|replied|acknowledged|admitted|conceded|confirmed|quotes|quoted)"
)
_REPORTS = re.compile(rf"\b{SAYING}\b|\baccording to\b|\bin the (?:words|view|opinion) of\b", re.I)
# A document that speaks of its own findings is no hearsay.
_OWN_VOICE = re.compile(
    r"\b(?:the|this|its|our|their) (?:\w+ ){0,2}(?:report|study|survey|audit|minutes|review|inspection|count|census|"
    r"record|records|data|table|analysis|document|statement|notice|memo|agreement|declaration|text|law|act|plan|budget|release)\b",
    re.I,
)


@lru_cache(maxsize=8192)
def hedges(text: str) -> frozenset[str]:
    """The ways in which `text` holds back from saying that something is so."""
    return frozenset(name for name, pattern in _HEDGE_PATTERNS.items() if pattern.search(text))


def holds_back(claim: str, sentence: str) -> frozenset[str]:
    """The ways in which `sentence` holds back and `claim` does not."""
    return hedges(sentence) - hedges(claim)


@lru_cache(maxsize=8192)
def hearsay(sentence: str) -> bool:
    """Whether `sentence` reports what a person says, rather than stating it."""
    match = _REPORTS.search(sentence)
    return match is not None and not _OWN_VOICE.search(sentence)
