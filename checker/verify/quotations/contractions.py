"""Contractions of English: "couldn't" is "could not" wherever that is certain, and may be where it is not.

"n't", "'ve", "'re", "'m" and "'ll" stand for one word. "'s" is "is" or "has", "'d" is "would" or "had"; which one
shows only in the word that follows, and may not show at all ("I'd put it there").
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.language.predicates import past_form

_ENDINGS = {"'ve": "have", "'re": "are", "'m": "am", "'ll": "will"}
_SHORTENED = {"wo": "will", "ca": "can", "sha": "shall"}
_UNCERTAIN_BEFORE = frozenset(
    "i you he she it we they that this there here what who where how when everybody everyone nobody one".split()
)
_LONG_FORMS = {"'s": ("is", "has"), "'d": ("would", "had")}
_ONE_FORM_FOR_ALL = frozenset("cut put set let hit cost hurt shut split spread quit run come become read bet".split())
_AFTER_HAD = frozenset("been better had gone done seen taken given known become come run".split())


def long_form(letters: str) -> tuple[str, str, int] | None:
    """The two words that `letters` (lower case, straight apostrophe) is certain to stand for, and where it parts."""
    if letters == "cannot":
        return "can", "not", 3
    if letters == "let's":
        return "let", "us", 3
    if letters.endswith("n't") and letters != "ain't" and len(letters) > 4:
        stem = letters[:-3]
        return _SHORTENED.get(stem, stem), "not", len(stem)
    for ending, word in _ENDINGS.items():
        stem = letters.removesuffix(ending)
        if stem and stem != letters and "'" not in stem:
            return stem, word, len(stem)
    return None


def may_stand_for(short: str, long: Sequence[str], following: str) -> bool:
    """Whether `short` ("it's") can be the words `long` ("it has") before the word `following`."""
    base, mark, ending = short.partition("'")
    if not mark or len(long) != 2 or long[0] != base or base not in _UNCERTAIN_BEFORE:
        return False
    if long[1] not in _LONG_FORMS.get(f"'{ending}", ()):
        return False
    if ending == "s":
        return True
    had = following in _AFTER_HAD or (past_form(following) and following not in _ONE_FORM_FOR_ALL)
    if following in _ONE_FORM_FOR_ALL:
        return False
    return (long[1] == "had") == had
