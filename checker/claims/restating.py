"""Restating: an author's words made into a sentence that can be read alone. No number, date or name is rewritten."""

from __future__ import annotations

import re

from checker.language.lexicon import CALENDAR, DEMONYMS
from checker.language.names import find_names

_SPACES = re.compile(r"\s+")
_LOOSE_START = re.compile(r"^(?:[\s,;:—–]+|-+\s+)+|^(?:and|but|while|although|though|whereas|so|yet)\s+", re.I)
_LOOSE_END = re.compile(r"[\s,;:—–]+$|\s+-+$")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_BEFORE_STOP = re.compile(r"\s+([,.;:!?])")
_KEPT_CAPITAL = frozenset({"i", "i'm", "i've", "i'll", "i'd"})


def tidy(text: str) -> str:
    """`text` in one line, without loose conjunctions and commas at its ends."""
    text = _SPACES.sub(" ", text).strip()
    text = _LOOSE_START.sub("", _LOOSE_START.sub("", text))
    return _BEFORE_STOP.sub(r"\1", _LOOSE_END.sub("", text))


def sentence(text: str) -> str:
    """`text` as a full sentence: capital first, a stop last."""
    text = tidy(text)
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if _ENDED.search(text) else text + "."


def inner(text: str) -> str:
    """`text` as it stands inside a sentence: no stop, and a small letter first unless the word is a name."""
    text = tidy(text).rstrip(".").rstrip()
    first = text.split(" ", 1)[0] if text else ""
    if not first or not first[0].isupper() or keeps_capital(text, first):
        return text
    return first[0].lower() + first[1:] + text[len(first) :]


def keeps_capital(text: str, first: str) -> bool:
    """Whether the first word of `text` would be capital anywhere."""
    low = re.sub(r"['’]s?$", "", first.rstrip(",.")).casefold()
    if low.replace("’", "'") in _KEPT_CAPITAL or low in CALENDAR or low in DEMONYMS:
        return True
    if len(low) > 1 and any(char.isupper() for char in first[1:]):
        return True
    return any(name.span.start == 0 for name in find_names(f"{text}."))


def possessive(name: str) -> str:
    """ "the council" -> "the council's"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
