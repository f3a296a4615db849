"""British and American spelling of one word, brought together."""

from __future__ import annotations

import re
from functools import lru_cache

_PAIRS = {
    "gray": "grey", "program": "programme", "programs": "programmes", "tire": "tyre", "tires": "tyres", "curb": "kerb",
    "plow": "plough", "skeptic": "sceptic", "skeptical": "sceptical", "mold": "mould", "aluminum": "aluminium",
    "toward": "towards", "afterward": "afterwards", "learned": "learnt", "burned": "burnt", "spelled": "spelt",
    "while": "whilst", "among": "amongst", "judgment": "judgement", "aging": "ageing", "jewelry": "jewellery",
    "ok": "okay", "practise": "practice", "pajamas": "pyjamas", "maneuver": "manoeuvre", "metre": "meter",
    "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "labour": "labor",
    "archaeology": "archeology",
    "paediatric": "pediatric", "foetus": "fetus", "encyclopaedia": "encyclopedia", "anaesthetic": "anesthetic",
    "storey": "story", "storeys": "stories", "cheque": "check", "cheques": "checks", "draught": "draft",
}  # fmt: skip
_ENDINGS = (
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|able$|ite$|ful$|al$|er$|ers$|hood$|hoods$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=e$|ed$|es$|ing$|er$|ers$|ation$|ations$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|ed$|es$|ing$)"), "yz"),
    (re.compile(r"(?<=[a-z][bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{2})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]{3})ence(?=s?$)"), "ense"),
    (re.compile(r"(?<=[aeiou][^aeiou])([aeiou])ll(?=ed$|ing$|er$|ers$|or$|ors$)"), r"\1l"),
)
_SHORTEST = 6  # below it the endings would join different words: four/for, rise/rize, filled/filed


@lru_cache(maxsize=8192)
def spelling(word: str) -> str:
    """`word` (lower case) in one spelling, so that its British and American forms meet."""
    word = _PAIRS.get(word, word)
    if len(word) < _SHORTEST:
        return word
    for pattern, other in _ENDINGS:
        word = pattern.sub(other, word)
    return word
