"""Roles and the people a text gives them: "the head teacher, Ruth Amory", "Jo Lund, harbour master"."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.language.names import NameKind, find_names

_MOST_PLACES = 20
_REACH = 110  # characters on either side of a role in which its holder is named
_LESSER = re.compile(r"\b(?:deputy|vice|former|acting|interim|assistant|then|ex|the late|sub)[\s-]*$", re.I)
_LESSER_WORDS = frozenset("deputy vice former acting interim assistant".split())
_ARTICLE = re.compile(r"^(?:the|a|an|one|its|their|our|his|her|my|this|that|some)\s+", re.I)
_COMPLEMENT = re.compile(r"\s+(?:of|for|at|in|from|who|on|with|to)\s+.*$|,.*$", re.S)
_POSSESSIVE = re.compile(r"^.*['’]s?\s+(?=\w)")
_AFTER = re.compile(r"(?:\s+(?:of|for|at)\s+[^,.;()\n]{1,50}?)?(?:,\s*|\s+|\s*\(\s*|\s+(?:is|was)\s+|:\s*)")
_LISTED = re.compile(r"\s*(?:[\n;(]|$)")
_BEFORE = re.compile(
    r"(?:,\s+|\s*\(\s*|\s+[—–-]\s+|,?\s+(?:who\s+)?(?:is|was|are|were|you are|you were|as)\s+)"
    r"(?:you\s+(?:are|were)\s+)?(?:now\s+)?(?:(?:the|a|an|our|its|your|their)\s+)?(?:[\w’'-]+\s+){0,4}?"
)
_DOCUMENTS = frozenset(
    """report letter statement minutes document study survey review notice memo law act bill agreement contract audit
    record transcript leaflet poster email message guidance policy manifesto plan judgment ruling order release article
    paper press petition book page website site advert prospectus verdict inspection""".split()
)
_ANYBODY = frozenset(
    """resident residents witness witnesses neighbour neighbours neighbor neighbors official officials man woman people
    person source sources critic critics expert experts member members passenger passengers parent parents pupil pupils
    student students worker workers customer customers visitor visitors spokesman spokeswoman spokesperson reviewer
    reader readers user users villager villagers fan fans friend friends colleague colleagues protester protesters
    speaker voter voters farmer farmers teacher teachers driver drivers mother father""".split()
)
_COMPOUND = re.compile(r"^(\w{3,}?)(master|mistress|teacher|keeper|man|woman|person)$")
_IN_CAPITALS = re.compile(r"([A-Z][A-Z.'’-]*(?: [A-Z][A-Z.'’-]+)+)(?:,\s+|\s*\(\s*)(?:[\w'’-]+\s+){0,4}?")
_INDEFINITE = re.compile(r"^(?:an?|one|some|another|several|many|two|three|most)\s", re.I)


@lru_cache(maxsize=2048)
def role_words(named: str) -> tuple[str, ...]:
    """The words of the role in `named`, a way to name a speaker that has no proper name: "the head teacher"."""
    bare = _COMPLEMENT.sub("", _ARTICLE.sub("", named.strip()))
    bare = _POSSESSIVE.sub("", bare)
    return tuple(re.findall(r"[^\W\d_]+", bare.casefold()))


def is_document(named: str) -> bool:
    """Whether the speaker is a piece of writing: "the report"."""
    return bool(set(role_words(named)[-1:]) & _DOCUMENTS)


def is_anybody(named: str) -> bool:
    """Whether the speaker is nobody in particular: "one resident", "officials"."""
    words = role_words(named)
    if _INDEFINITE.match(named.strip()):
        return True
    return bool(words) and words[-1] in _ANYBODY and words[-1].endswith("s")


@lru_cache(maxsize=4096)
def holders(role: str, text: str) -> tuple[str, ...]:
    """The people whom `text` gives the role, in order; a deputy or a former holder is none."""
    words = role_words(role)
    if not words:
        return ()
    pattern = re.compile(rf"\b(?:{'|'.join(_ways(words))})\b(?!['’]s)", re.I)
    lesser = bool(_LESSER_WORDS & set(words))
    found: list[str] = []
    for at, match in enumerate(pattern.finditer(text)):
        if at == _MOST_PLACES:
            break
        if lesser or not _LESSER.search(text, max(0, match.start() - 12), match.start()):
            found.extend(_beside(text, match.start(), match.end()))
    return tuple(dict.fromkeys(found))


def _ways(words: tuple[str, ...]) -> list[str]:
    """How a role is written: "head teacher" and "headteacher", "health minister" and "Minister of Health"."""
    parts = [_COMPOUND.sub(r"\1[\\s-]?\2", word) for word in words]
    ways = [r"[\s-]*".join(parts)]
    if len(words) > 1 and words[-1] in ("minister", "secretary", "director"):
        field = r"\s+".join(words[:-1])
        ways.append(rf"{words[-1]}\s+(?:of|for)\s+(?:the\s+)?{field}")
    return ways


def _beside(text: str, start: int, end: int) -> list[str]:
    """The name right before or right after a role."""
    after = text[end : end + _REACH]
    for name in find_names(after):
        if name.kind in (NameKind.PERSON, NameKind.OTHER):
            lead = after[: name.span.start].removesuffix(" ")
            titled = re.sub(r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.?\s*)$", "", after[: name.span.start])
            # "Chair: Pia Voss" heads a list of those present; "CHAIR: Ms Voss?" is the chair speaking.
            speaks = ":" in lead and not _LISTED.match(after, name.span.end)
            if not speaks and (_AFTER.fullmatch(titled) or _AFTER.fullmatch(lead + " ")):
                return [name.text]
        break
    line = max(text.rfind("\n", 0, start), start - _REACH, -1)
    before = text[line + 1 : start]
    names = [name for name in find_names(before) if name.kind in (NameKind.PERSON, NameKind.OTHER)]
    if names and _BEFORE.fullmatch(before[names[-1].span.end :]):
        return [names[-1].text]
    label = _IN_CAPITALS.fullmatch(before)
    return [label[1]] if label else []
