"""Names of a claim held against one sentence of a source.

A name agrees where the sentence gives it, whole or by surname, by acronym, or in another spelling in use (see
`checker.language.likeness` for what is a variant and what a slip). It conflicts only in two cases: the sentence has
a slip's distance from it in the same slot, or one person alone can hold the role that claim and sentence give to two.
Anything else is silence: another name in a sentence is no proof against this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from checker.language.lexicon import DEMONYM_OF, DEMONYMS, ORGANISATION_WORDS, PLACE_WORDS, TITLES
from checker.language.likeness import Likeness, likeness, name_words
from checker.language.names import Name, NameKind, find_names
from checker.language.predicates import deed
from checker.language.words import STOP_WORDS, words
from checker.model import ReasonCode, Span
from checker.verify.checks.findings import Context, Finding, Relation

_SAME_SLOT = 0.6
_SAME_DEED = 0.8
_LEAST_SHARED = 2
_COMPASS = frozenset(
    "north south east west northern southern eastern western new upper lower greater central old inner outer".split()
)
_GENERIC = ORGANISATION_WORDS | PLACE_WORDS | {"the", "of", "and", "for"}
_DROPPED = frozenset(
    """the of and for inc ltd limited corp corporation company co plc llc gmbh ag sa group holdings council city county
    town borough district village government province state kingdom republic""".split()
)
"""Words of a name that are left out without naming something else."""
_NEWSPAPERS = frozenset("times post guardian tribune herald gazette observer chronicle journal".split())
_SOLE_ROLES = frozenset(
    """mayor president premier prime governor chancellor chairman chairwoman chairperson chair ceo cfo king queen pope
    sheriff""".split()
)
_PAST = frozenset("former deputy vice acting interim assistant ex".split())
_COURTESY = frozenset("mr mrs ms miss mx dr sir dame lord lady hon senior".split())
_BUT_FOR_COURTESY = TITLES - _COURTESY
_APPOSITION = re.compile(
    r"\s*,\s+(?:the\s+|a\s+|an\s+)?((?:[\w'’-]+\s+){0,4}?[\w'’-]+)(?=\s*[,.;]|\s+(?:of|for|and)\b|\s*$)"
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Texts:
    """The two texts and their names; `title` is the source's."""

    claim: str
    sentence: str
    title: str
    ours: tuple[Name, ...]
    theirs: tuple[Name, ...]


def check_names(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """One finding for each name of `claim`, in order."""
    texts = _Texts(claim, sentence, context.source_title, find_names(claim), find_names(sentence))
    agreed = {name.span: finding for name in texts.ours if (finding := _agreement(name, texts)) is not None}
    return tuple(agreed.get(name.span) or _disagreement(name, texts, agreed) for name in texts.ours)


def _agreement(name: Name, texts: _Texts) -> Finding | None:
    """The place where the sentence gives the name."""
    best: tuple[int, Finding] | None = None
    for other in texts.theirs:
        found = _likeness(name, other)
        if found not in _AGREEING or not _one_sex(name, other):
            continue
        if found is Likeness.PART and not _names_the_same(name, other, texts):
            continue
        rank = _AGREEING.index(found)
        if best is None or rank < best[0]:
            best = (rank, _agrees(name, other, found))
    if best is not None:
        return best[1]
    place = _spelt_out(name, texts)
    return Finding(Relation.AGREES, name.span, place) if place else None


_AGREEING = (Likeness.SAME, Likeness.PART, Likeness.ACRONYM, Likeness.VARIANT)


def _agrees(name: Name, other: Name, found: Likeness) -> Finding:
    if found is Likeness.VARIANT and _plain(name.text) != _plain(other.text):
        note = f"“{name.text}” is spelt “{other.text}” in the source"
        return Finding(Relation.AGREES, name.span, other.span, ReasonCode.NAME_VARIANT, note)
    return Finding(Relation.AGREES, name.span, other.span)


def _plain(name: str) -> str:
    return re.sub(r"['’.]", "", " ".join(name.casefold().split()))


def _person(name: Name) -> bool:
    return name.kind is NameKind.PERSON


def _likeness(name: Name, other: Name) -> Likeness:
    fixed = {NameKind.ORGANISATION, NameKind.PLACE, NameKind.DEMONYM}
    if NameKind.DEMONYM in (name.kind, other.kind):
        return Likeness.SAME if _same_land(name.text, other.text) else Likeness.OTHER
    person = (_person(name) or _person(other)) and not {name.kind, other.kind} & fixed
    found = likeness(name.text, other.text, person=person)
    if found is Likeness.OTHER:
        for left, right in product((name.text, name.expansion), (other.text, other.expansion)):
            if left and right and likeness(left, right) in (Likeness.SAME, Likeness.ACRONYM):
                return Likeness.ACRONYM
    return found


def _same_land(ours: str, theirs: str) -> bool:
    """Whether two names go back to one country: "North Korean", "North Korea"."""
    left, right = name_words(ours), name_words(theirs)
    return len(left) == len(right) and all(_land(a) == _land(b) for a, b in zip(left, right, strict=True))


def _land(word: str) -> str:
    """The country behind an adjective, where the word is one: "korean" and "korea" are "korea"."""
    single = word if word in DEMONYMS or word in DEMONYM_OF else word.removesuffix("s")
    known = DEMONYM_OF.get(single)
    if known is not None:
        return known
    if single in DEMONYMS and single.endswith(("an", "i")):
        return single[:-1]
    return word


def _names_the_same(name: Name, other: Name, texts: _Texts) -> bool:
    """Whether a part of a name stands for the whole: the words left out tell nothing apart."""
    fixed = {name.kind, other.kind} & {NameKind.ORGANISATION, NameKind.PLACE}
    if (_person(name) or _person(other)) and not fixed:
        return _one_bearer(name, other, texts)
    ours, theirs = name_words(name.text), name_words(other.text)
    short, long = sorted((ours, theirs), key=len)
    left_out = set(long) - set(short)
    if left_out & _COMPASS:
        return short == ours and short[-1] in _NEWSPAPERS and long[-1] == short[-1]
    if left_out <= _DROPPED:
        return bool(set(short) - _GENERIC)
    # "the Times" may stand for "The New York Times", not "Ashford" for "Ashford Hospital".
    return short == ours and long[-len(short) :] == short and bool(set(short) - (_GENERIC - _NEWSPAPERS))


def _one_bearer(name: Name, other: Name, texts: _Texts) -> bool:
    """Whether a surname alone can only mean the one: no other bearer stands by, no title speaks against it."""
    rivals = (*texts.theirs, *find_names(texts.title))
    full = name.text if len(name_words(name.text)) >= len(name_words(other.text)) else other.text
    return not any(
        rival.span != other.span and " " in rival.text and likeness(full, rival.text, person=True) is Likeness.OTHER
        for rival in rivals
        if name_words(rival.text)[-1:] == name_words(full)[-1:]
    )


_GENDERED = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f",
    "lady": "f", "queen": "f", "princess": "f",
}  # fmt: skip


def _one_sex(name: Name, other: Name) -> bool:
    """Whether no title of the one speaks against one of the other: Mr Ruiz is not Mrs Ruiz."""
    ours = {_GENDERED[title] for title in name.title.split() if title in _GENDERED}
    theirs = {_GENDERED[title] for title in other.title.split() if title in _GENDERED}
    return not ours or not theirs or ours == theirs


def _spelt_out(name: Name, texts: _Texts) -> Span | None:
    """The same words in the sentence where they were not read as one name: in a headline, in lower case, in pieces."""
    wanted = re.split(r"[\s-]+", name.text)
    if len("".join(wanted)) < 3:
        return None
    pattern = r"(?<![\w-])" + r"[\s-]+".join(re.escape(word) for word in wanted) + r"(?![\w-])"
    # A lone word that opens the claim may be no name at all: "Builders repaired the roof."
    opens = len(wanted) == 1 and name.span.start == 0
    flags = re.I if texts.sentence.isupper() or len(wanted) > 1 or opens else 0
    for match in re.finditer(pattern, texts.sentence, flags):
        place = Span(*match.span())
        if all(other.span in place and other.span != place for other in texts.theirs if other.span.overlaps(place)):
            return place
    return None


def _disagreement(name: Name, texts: _Texts, agreed: dict[Span, Finding]) -> Finding:
    """A conflict where the same slot holds a slip of this name or another holder of its role; else silence."""
    taken = {finding.source for finding in agreed.values()}
    free = [other for other in texts.theirs if other.span not in taken]
    if not _in_title(name, texts.title):
        for other in free:
            if _likeness(name, other) is Likeness.SLIP and _slipped(name, other, texts):
                note = f"the source spells it “{other.text}”, not “{name.text}”"
                return Finding(
                    Relation.CONFLICTS, name.span, other.span, ReasonCode.NAME_MISMATCH, note, _suggestion(name, other)
                )
        rival = _rival(name, free, texts, agreed)
        if rival is not None:
            role = " ".join(_role(texts.sentence, rival) & _SOLE_ROLES)
            note = f"the source names “{rival.text}” as {role}, not “{name.text}”"
            return Finding(Relation.CONFLICTS, name.span, rival.span, ReasonCode.NAME_MISMATCH, note)
    return Finding(Relation.SILENT, name.span)


def _suggestion(name: Name, other: Name) -> str:
    """The source's spelling, as much of the name as the claim gives."""
    wanted = len(name.text.split())
    return " ".join(other.text.split()[-wanted:]) if _person(other) else other.text


def _in_title(name: Name, title: str) -> bool:
    """Whether the source's title has the claim's own spelling, so that both are in use."""
    return bool(title) and any(
        likeness(name.text, other.text) in (Likeness.SAME, Likeness.PART) for other in find_names(title)
    )


def _slipped(name: Name, other: Name, texts: _Texts) -> bool:
    """Whether a near-miss stands in the slot of the name: other words of it, its role or its sentence are shared."""
    kinds = {name.kind, other.kind}
    if NameKind.PERSON in kinds and kinds & {NameKind.PLACE, NameKind.ORGANISATION} and not (name.title or other.title):
        return _same_slot(name, texts)
    shared = set(name_words(name.text)) & set(name_words(other.text))
    if shared - _GENERIC or (shared and len(name.text.split()) == len(other.text.split())):
        return True
    roles = _role(texts.claim, name) & _role(texts.sentence, other)
    return bool(roles) or _same_slot(name, texts)


def _same_slot(name: Name, texts: _Texts, least: float = _SAME_SLOT) -> bool:
    """Whether the sentence says the rest of the claim: most of its content words, the name and its title left out."""
    titles = set(name.title.split())
    rest = {
        deed(word)
        for word, start, end in words(texts.claim)
        if word not in STOP_WORDS and word not in titles and not (name.span.start <= start < name.span.end)
    }
    there = {deed(word) for word, _, _ in words(texts.sentence)}
    shared = rest & there
    return len(shared) >= _LEAST_SHARED and len(shared) >= least * len(rest)


def _rival(name: Name, free: list[Name], texts: _Texts, agreed: dict[Span, Finding]) -> Name | None:
    """The other person to whom the sentence gives the role and the deed that the claim gives to `name`.

    A role is one person's only in one place and at one time, so every other name of the two texts must be shared.
    """
    ours = _role(texts.claim, name)
    if not _person(name) or not ours & _SOLE_ROLES or not _same_years(texts):
        return None
    if not _same_slot(name, texts, _SAME_DEED) or any(
        other.span not in agreed for other in texts.ours if other.span != name.span
    ):
        return None
    holders = [other for other in free if _person(other) and _same_role(ours, _role(texts.sentence, other))]
    if len(holders) != 1 or len(free) != 1 or _likeness(name, holders[0]) is not Likeness.OTHER:
        return None
    return None if name_words(name.text)[-1] == name_words(holders[0].text)[-1] else holders[0]


def _same_role(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(ours & theirs & _SOLE_ROLES) and ours & _PAST == theirs & _PAST


def _same_years(texts: _Texts) -> bool:
    ours, theirs = set(_YEAR.findall(texts.claim)), set(_YEAR.findall(texts.sentence))
    return ours <= theirs or not theirs


def _role(text: str, name: Name) -> frozenset[str]:
    """The words for a role beside a name: before it, or after it between commas."""
    found = set(name.title.split())
    after = _APPOSITION.match(text, name.span.end)
    if after:
        found |= {word for word in after.group(1).casefold().split() if word in TITLES}
    before = re.search(r"([\w'’-]+(?:\s+[\w'’-]+){0,3}),\s+$", text[: name.span.start])
    if before:
        found |= {word for word in before.group(1).casefold().split() if word in TITLES}
    return frozenset(found & _BUT_FOR_COURTESY)
