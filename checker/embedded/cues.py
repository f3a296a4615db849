"""What the claim detector sees of a sentence beside its vector: numbers, names, marks, persons, moods.

The detector's weights are trained on these very numbers. They are kept apart from the readers of amounts, dates and
names, which may grow better without a new training.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER_WORDS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?"
    r"|half|halves|thirds?|quarters?|fifths?|tenths?|twice|double[ds]?|tripled?)"
)
_COUNTED = {
    "number": r"\d[\d.,]*",
    "number_word": rf"\b{_NUMBER_WORDS}\b",
    "measure": r"[%$€£¥]|\b(?:per ?cent|percent|crowns|dollars|euros|pounds|kilomet\w+|met(?:re|er)s|miles|degrees"
    r"|years|months|days|hours|minutes|votes|seats|points)\b",
    "year": r"\b(?:1[5-9]|20)\d\d\b",
    "calendar": r"\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday|yesterday|(?:last|this|next) (?:year|month|week|summer|autumn|winter"
    r"|spring|night))\b",
    "quotation": r"[“”„«»]|(?<!\w)[\"‘]|[\"](?!\w)",
    "said": r"\b(?:said|says|told|wrote|according to|claim(?:s|ed)|announced|reported|testified|denied|confirmed"
    r"|insisted|added|warn(?:s|ed))\b",
    "i": r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself)\b",
    "we": r"\b(?:we|we['’](?:re|ve|d|ll)|us|our|ours|ourselves)\b",
    "you": r"\b(?:you|you['’](?:re|ve|d|ll)|your|yours|yourself)\b",
    "ought": r"\b(?:should(?:n['’]t)?|must|ought|need to|needs to|have to|has to|got to|let['’]s|let us)\b",
    "will": r"\b(?:will|won['’]t|shall|going to|['’]ll)\b",
    "may": r"\b(?:may|might|could|would|can|perhaps|maybe|probably|likely|unlikely|possibl[ey]|expected|hopes?)\b",
    "if": r"\b(?:if|unless|whether)\b",
    "think": r"\b(?:think|believe|feel|hope|wish|want|guess|suppose|suspect|agree|know|understand)\b",
    "value": r"\b(?:good|bad|great|best|better|worse|worst|wrong|right|important|fair|unfair|terrible|wonderful"
    r"|beautiful|sad|shame\w*|proud|finest|brilliant|absurd|pity|deserves?)\b",
    "more": r"\b(?:more|less|fewer|than|most|least|first|last|only|largest|highest|lowest|biggest|every|all|none)\b",
    "past": r"\b(?:was|were|had|did|(?!need|indeed|speed|feed|seed|exceed|proceed)\w{3,}ed)\b",
    "perfect": r"\b(?:has|have|['’]ve)\b",
    "is": r"\b(?:is|are|['’]s|isn['’]t|aren['’]t)\b",
    "not": r"\b(?:not|no|never|nobody|nothing|none|neither|nor|\w+n['’]t)\b",
    "thanks": r"\b(?:thank\w*|welcome|please|good (?:evening|morning|night)|well|okay|yes|sir|ladies)\b",
    "address": r"https?:|www\.|@|©",
}
_TOLD = {
    "asks": r"\?[\"'”’)\]]*\s*$",
    "cries": r"!",
    "question_word": r"^\W*(?:who|what|when|where|why|how|which|whose|is|are|do|does|did|can|could|should|would"
    r"|will)\b",
    "leans": r"^\W*(?:this|that|it|they|these|those|he|she|there|and|but|so|now)\b",
    "ended": r"[.!?…][\"'”’)\]]*\s*$",
    "labelled": r"^[^.,:;!?]{2,40}:\s",
    "opens_quoted": r"^\s*[“\"„«‘']",
}
_COUNTING = [re.compile(pattern, re.I) for pattern in _COUNTED.values()]
_TELLING = [re.compile(pattern, re.I) for pattern in _TOLD.values()]

CUES = ("words", "short", "names", "name_share", "capitals", *_COUNTED, *_TOLD)
"""Names of the cues, in the order of a row."""


def cues(texts: Sequence[str]) -> NDArray[np.float32]:
    """The cues of each text, shape (len(texts), len(CUES)), float32: counts as log(1 + n), yes and no as 1 and 0."""
    import numpy as np

    return np.array([_row(text) for text in texts], dtype=np.float32).reshape(len(texts), len(CUES))


def _row(text: str) -> list[float]:
    found = _WORD.findall(text)
    names = sum(word[0].isupper() and word not in ("I", "I’m", "I'm", "I’ve", "I've") for word in found[1:])
    loud = sum(len(word) > 1 and word.isupper() for word in found)
    shape = [log1p(len(found)), len(found) <= 4, log1p(names), names / max(len(found), 1), log1p(loud)]
    counted = [log1p(sum(1 for _ in pattern.finditer(text))) for pattern in _COUNTING]
    told = [bool(pattern.search(text)) for pattern in _TELLING]
    return [float(value) for value in (*shape, *counted, *told)]
