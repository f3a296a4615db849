"""Whether two names name the same: the same letters, another spelling of them, a slip, or somebody else.

A *variant* and a *slip* differ like this. Marks that transliteration leaves free (hyphens, spaces, accents,
apostrophes, British or American endings), names with two established forms (Kyiv/Kiev) and, in a foreign-looking
place name of eight letters or more, one vowel put for another, doubled or left out (Sakkonmol/Sakkanmol) are
variants: both spellings are in use, and an editor is told and not corrected. Any other difference of one or two
letters in a word of five letters or more is a slip. A person's own name has one spelling, so there a single
letter is a slip, whatever letter it is.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from checker.language.lexicon import ESTABLISHED_FORMS, PARTICLES, SHORT_FORMS, TITLES
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
_VOWELS = frozenset("aeiouy")
_LONG_FOREIGN = 8
_LEAST_SLIP = 5
_FORM_OF = {word: index for index, forms in enumerate(ESTABLISHED_FORMS) for word in forms}
_SHORT_FORM_OF = {
    word: {index for index, forms in enumerate(SHORT_FORMS) if word in forms} for forms in SHORT_FORMS for word in forms
}
# Word parts of place names that have one spelling in English, so that a changed vowel in them is a slip.
_ENGLISH_PART = re.compile(
    r"(?:ton|ville|field|ford|brook|wood|hill|burg|borough|ham|view|land|port|bridge|water|stone|shire|castle|church|"
    r"mouth|dale|worth|bury|mont|spring|cliff|shore|marsh|green|north|south|east|west|street|park|river|lake|well)"
)


@lru_cache(maxsize=16384)
def name_words(name: str) -> tuple[str, ...]:
    """The words of `name` without case, accents, points, possessive and leading titles; hyphens part words."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
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
    if _one_form(left, right):
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


def _word_form(a: str, b: str) -> bool:
    if a == b or spelling(a) == spelling(b):
        return True
    return a in _FORM_OF and _FORM_OF.get(a) == _FORM_OF.get(b)


def _part(left: tuple[str, ...], right: tuple[str, ...], *, person: bool) -> Likeness | None:
    """PART where the shorter name is the tail of the longer, or a full name with other given names that agree."""
    short, long = sorted((left, right), key=len)
    if person:
        return _same_person(left, right)
    if len(short) < len(long) and (long[-len(short) :] == short or long[: len(short)] == short):
        return Likeness.PART
    return None


def _same_person(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness | None:
    """PART where surnames agree and given names may, OTHER where those speak against it, None where surnames differ."""
    a = tuple(word for word in left if word not in PARTICLES) or left
    b = tuple(word for word in right if word not in PARTICLES) or right
    if len(a) == 1 or len(b) == 1:
        alone, full = (a[0], b) if len(a) == 1 else (b[0], a)
        # A family name may stand first (Kim Jong Un).
        return Likeness.PART if alone in (full[-1], full[0]) else None
    if a[-1] != b[-1]:
        return None
    return Likeness.PART if _given(a[:-1], b[:-1]) else Likeness.OTHER if not _near(a[0], b[0]) else None


def _given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two given names can be one person's: the same, an initial of it, or its short form."""
    first, second = a[0], b[0]
    if first == second:
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
    if not person and _transliterated(a, b):
        return Likeness.VARIANT
    return Likeness.SLIP if _near(a, b) else Likeness.OTHER


def _surname_slip(left: tuple[str, ...], right: tuple[str, ...]) -> Likeness:
    """A surname alone against a full name whose surname it nearly is."""
    if min(len(left), len(right)) != 1:
        return Likeness.OTHER
    return Likeness.SLIP if _near(left[-1], right[-1]) else Likeness.OTHER


def _near(a: str, b: str) -> bool:
    """Whether two words are a slip apart: one letter, or two in a long word, and the same beginning or ending."""
    from rapidfuzz.distance import OSA

    shortest = min(len(a), len(b))
    if shortest < _LEAST_SLIP - 1 or max(len(a), len(b)) < _LEAST_SLIP:
        return False
    allowed = 1 if shortest < 7 else 2
    if OSA.distance(a, b, score_cutoff=allowed) > allowed:
        return False
    return a[0] == b[0] or a[-3:] == b[-3:]


def _transliterated(a: str, b: str) -> bool:
    """Whether two long foreign-looking words differ by one vowel, put for another, doubled or left out."""
    if min(len(a), len(b)) < _LONG_FOREIGN - 1 or max(len(a), len(b)) < _LONG_FOREIGN:
        return False
    if _ENGLISH_PART.search(a) or _ENGLISH_PART.search(b):
        return False
    from rapidfuzz.distance import Levenshtein

    edits = [(edit.tag, edit.src_pos, edit.dest_pos) for edit in Levenshtein.editops(a, b)]
    if len(edits) != 1:
        return False
    kind, here, there = edits[0]
    changed = (a[here] if kind != "insert" else "") + (b[there] if kind != "delete" else "")
    return all(char in _VOWELS for char in changed)
