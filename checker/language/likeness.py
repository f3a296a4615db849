"""Whether two names name the same: the same letters, another spelling of them, a slip, or somebody else.

A *variant* and a *slip* differ like this. Marks that transliteration leaves free (hyphens, spaces, accents,
apostrophes, "ue" for "ü", British or American endings), names with two established forms (Kyiv/Kiev) and the two
ways to write a Korean place (-ni/-ri, "eo" for "o") are variants: both are in use, and an editor is told and not
corrected. Any other difference of one letter in a word of five letters or more is a slip, or of two in a word of nine.
A text alone cannot tell a slip from another transliteration; where sources use both, the stage that sees them decides.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from checker.language.lexicon import (
    ESTABLISHED_FORMS,
    FAMILY_FIRST,
    KOREAN_ENDINGS,
    NEAR_NAMES,
    PARTICLES,
    SHORT_FORMS,
    TITLES,
)
from checker.language.names import is_acronym_of
from checker.language.spelling import spelling


class Likeness(StrEnum):
    """How one name stands to another."""

    SAME = "same"
    PART = "part"  # a surname for a full name, a head word for a long one
    ACRONYM = "acronym"
    VARIANT = "variant"  # another spelling in use
    SLIP = "slip"  # a misspelling
    OTHER = "other"


_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_LEAST_SLIP = 5
_TWO_SLIPS = 9
"""Letters of the shortest word in which two may be off."""
_FORM_OF = {word: index for index, forms in enumerate(ESTABLISHED_FORMS) for word in forms}
_SHORT_FORM_OF = {
    word: {index for index, forms in enumerate(SHORT_FORMS) if word in forms} for forms in SHORT_FORMS for word in forms
}
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
)
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_KOREAN = (("eo", "o"), ("eu", "u"), ("ae", "e"), ("ch", "j"), ("k", "g"), ("t", "d"), ("p", "b"), ("r", "l"))
_GENERATIONS = frozenset("jr sr ii iii iv".split())


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """The words of `name` without case, accents, points, possessive and leading titles; hyphens part words."""
    lower = name.casefold().translate(_PLAIN)
    bare = "".join(char for char in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(char))
    bare = re.sub(r"['’ʼ`](?:s\b)", "", bare)
    bare = re.sub(r"(?<=\b\w)\.(?=\w\b)|(?<=\w\.\w)\.", "", bare)
    words = [re.sub(r"['’]", "", word) for word in _LETTERS.findall(bare)]
    while len(words) > 1 and words[0] in TITLES | {"the"}:
        words.pop(0)
    return tuple(words)


@lru_cache(maxsize=16384)
def likeness(ours: str, theirs: str, *, person: bool = False) -> Likeness:
    """How `ours` stands to `theirs`; with `person`, both are read as names of people."""
    left, right = name_words(ours), name_words(theirs)
    if not left or not right:
        return Likeness.OTHER
    if left == right:
        return Likeness.SAME if _surface(ours) == _surface(theirs) else Likeness.VARIANT
    if is_acronym_of(ours, theirs) or is_acronym_of(theirs, ours):
        return Likeness.ACRONYM
    if (
        _one_form(left, right)
        or _umlauts(ours, theirs)
        or _korean(left, right)
        or (not person and _greek(ours, theirs))
    ):
        return Likeness.VARIANT
    part = _part(left, right, person=person)
    if part is not None:
        return part
    return _spelt(left, right, person=person)


def _surface(name: str) -> str:
    """`name` with everything kept that a spelling shows: hyphens and accents, not quotes, points, case or titles."""
    composed = unicodedata.normalize("NFC", name).casefold()
    composed = re.sub(r"['’ʼ`]s?\b|\.", "", composed)
    words = re.split(r"\s+", re.sub(r"[‐‑‒–]", "-", composed).strip())
    while len(words) > 1 and words[0] in TITLES | {"the"}:
        words.pop(0)
    return " ".join(words)


def _one_form(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if "".join(left) == "".join(right):
        return True
    one, other = _FORM_OF.get("".join(left)), _FORM_OF.get("".join(right))
    if one is not None and one == other:
        return True
    return len(left) == len(right) and all(_word_form(a, b) for a, b in zip(left, right, strict=True))


def _umlauts(ours: str, theirs: str) -> bool:
    """Whether one name spells out the umlauts of the other: "Mueller", "Müller"."""
    left, right = (unicodedata.normalize("NFC", name).casefold() for name in (ours, theirs))
    if left.isascii() == right.isascii():
        return False
    return name_words(left.translate(_SPELT_OUT)) == name_words(right.translate(_SPELT_OUT))


def _korean(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names are one Korean place in two romanisations."""
    if len(left) != len(right) or len(left) < 2 or not any(word in KOREAN_ENDINGS for word in (*left[1:], *right[1:])):
        return False
    return all(a == b or _romanised(a) == _romanised(b) for a, b in zip(left, right, strict=True))


def _greek(ours: str, theirs: str) -> bool:
    """Whether two names of one long word write one sound with k or with c: "Nikopolis", "Nicopolis"."""
    left, right = ("".join(name_words(name)) for name in (ours, theirs))
    return " " not in ours.strip() and len(left) >= _TWO_SLIPS and left.replace("k", "c") == right.replace("k", "c")


def _romanised(word: str) -> str:
    if word in ("ri", "ni", "li"):
        return "ri"
    for one, other in _KOREAN:
        word = word.replace(one, other)
    return word


def _word_form(a: str, b: str) -> bool:
    if a == b or spelling(a) == spelling(b):
        return True
    return a in _FORM_OF and _FORM_OF.get(a) == _FORM_OF.get(b)


def _part(left: tuple[str, ...], right: tuple[str, ...], *, person: bool) -> Likeness | None:
    """PART where the shorter name is within the longer, or a full name with other given names that agree."""
    short, long = sorted((left, right), key=len)
    if person:
        return _same_person(left, right)
    if len(short) < len(long) and (long[-len(short) :] == short or long[: len(short)] == short):
        return Likeness.PART
    inside = (short[0], short[-1]) == (long[0], long[-1]) and set(short) < set(long)
    return Likeness.PART if inside else None  # "Millbrook Council", "Millbrook Town Council"


def _same_person(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness | None:
    """PART where surnames agree and given names may, OTHER where those speak against it, None where surnames differ."""
    a, b = _without_marks(left), _without_marks(right)
    older, younger = set(left) & _GENERATIONS, set(right) & _GENERATIONS
    if older and younger and older != younger:
        return Likeness.OTHER
    if len(a) == 1 or len(b) == 1:
        alone, full = (a[0], b) if len(a) == 1 else (b[0], a)
        if _word_form(alone, full[-1]) or (alone == full[0] and alone in FAMILY_FIRST):
            return Likeness.PART
        return None
    if not _word_form(a[-1], b[-1]):
        return None
    return Likeness.PART if _given(a[:-1], b[:-1]) else Likeness.OTHER if not _near(a[0], b[0]) else None


def _without_marks(name: tuple[str, ...]) -> tuple[str, ...]:
    """A person's name without particles and "Jr"."""
    return tuple(word for word in name if word not in PARTICLES and word not in _GENERATIONS) or name


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two given names can be one person's: the same, an initial of it, or its short form."""
    first, second = a[0], b[0]
    if _word_form(first, second):
        return True
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return bool(_SHORT_FORM_OF.get(first, set()) & _SHORT_FORM_OF.get(second, set()))


def _spelt(left: tuple[str, ...], right: tuple[str, ...], *, person: bool) -> Likeness:
    """VARIANT or SLIP where exactly one word differs by a letter or two, OTHER otherwise."""
    if person and len(left) != len(right):
        return _surname_slip(left, right)
    if len(left) != len(right):
        return Likeness.OTHER
    changed = [(a, b) for a, b in zip(left, right, strict=True) if not _word_form(a, b)]
    if len(changed) != 1:
        return Likeness.OTHER
    a, b = changed[0]
    return Likeness.SLIP if _near(a, b) else Likeness.OTHER


def _surname_slip(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    """A surname alone against a full name whose surname it nearly is."""
    if min(len(left), len(right)) != 1:
        return Likeness.OTHER
    return Likeness.SLIP if _near(left[-1], right[-1]) else Likeness.OTHER


@lru_cache(maxsize=16384)
def _near(a: str, b: str) -> bool:
    """Whether two words are a slip apart: one letter, or two in a long word, and the same beginning or ending."""
    from rapidfuzz.distance import OSA

    shortest = min(len(a), len(b))
    if shortest < _LEAST_SLIP - 1 or max(len(a), len(b)) < _LEAST_SLIP or (a in NEAR_NAMES and b in NEAR_NAMES):
        return False
    if _inflected(a, b) or _inflected(b, a):
        return False
    allowed = 1 if shortest < _TWO_SLIPS else 2
    if OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return False
    return a[0] == b[0] or a[-3:] == b[-3:]


def _inflected(word: str, base: str) -> bool:
    """Whether `word` is a form of `base` and no slip of it: "the Harrisons", "Georgian"."""
    return word in (base + "s", base + "es", base + "an", base + "ian") or (word == base + "n" and base.endswith("a"))
