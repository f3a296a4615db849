"""Claims of office ("Lena Ortiz is mayor"), and sentences that give the office in passing ("Mayor Ortiz said")."""

from __future__ import annotations

import re

from checker.language.names import find_names
from checker.language.words import content_words
from checker.model import Claim, ClaimKind

_OFFICE = re.compile(r"(?P<name>[^\W\d_][\w.'’ -]{2,60}?) is (?:the |a |an )?(?P<office>[^,.;]{3,80})\.?")
_LESS = frozenset("deputy former acting vice interim assistant ex retired designate elect".split())
_AFTER = re.compile(r"\s*,\s+(?:the |a |an |its |their )?(?P<office>[^,.;]{3,80}?)\s*[,.;]")


def gives_office(claim: Claim, sentence: str) -> bool:
    """Whether `sentence` names the holder of the claim's office with it: it vouches for that, whoever it lets speak."""
    said = _OFFICE.fullmatch(claim.text)
    if claim.kind is not ClaimKind.STATEMENT or said is None:
        return False
    holder, office = set(content_words(said["name"])), set(content_words(said["office"]))
    for name in find_names(sentence):
        if not office or set(content_words(name.text)) != holder:
            continue
        after = _AFTER.match(sentence, name.span.end)
        beside = set(content_words(name.title)) | (set(content_words(after["office"])) if after else set())
        if office <= beside and not (beside & _LESS) - office:
            return True
    return False
