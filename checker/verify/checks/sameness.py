"""Whether two quantities are of one thing: what is counted, from where, for whom, in what role, in whose clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from checker.language.counted import Reference, Role
from checker.language.likeness import Likeness, likeness
from checker.language.names import find_names
from checker.language.quantities import Quantity
from checker.language.units import Dimension
from checker.language.words import NEGATIONS, STOP_WORDS, stem, words
from checker.model import Span
from checker.verify.alignment import clause

_SAME_NOUNS = tuple(
    frozenset(stem(word) for word in group.split())
    for group in (
        "people persons person individuals",
        "population inhabitants residents inhabitant resident",
        "children child kids kid",
        "jobs job positions position posts post",
        "deaths death fatalities fatality",
        "homes home houses house",
        "students student pupils pupil",
        "lawyers lawyer attorneys attorney",
        "employees employee workers worker staff staffers",
        "councillors councilors councillor councilor councilmembers",
        "cars car automobiles automobile",
        "movies movie films film",
        "men man",
        "women woman",
        "votes vote ballots ballot",
        "soldiers soldier troops troop",
        "shops shop stores store",
        "firefighters firefighter firemen",
        "flats flat apartments apartment",
    )
)
_ANYBODY = frozenset(stem(word) for word in "people person persons individuals".split())
_SOMEBODY = re.compile(
    r"(?:er|or|ent|ant|ist|ian|men|man|women|woman|child|boy|girl|victim|fan|pupil|civilian|adult|teen"
    r"|crew|staff|youth|refuge|employe|guest|member)$"
)
_ROLES = {
    frozenset((Role.PLAIN, Role.PART)),
    frozenset((Role.PLAIN, Role.END)),
}
_CHANGED_STOCK = frozenset((Dimension.COUNT, Dimension.MONEY))
_YEAR = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
_PERIOD = re.compile(
    r"\b(?:this|last|next|previous)\s+(?:year|month|week|quarter|season|term)\b|\b(?:first|second"
    r"|third|fourth)\s+(?:quarter|half)\b",
    re.I,
)
_NOT_YET = re.compile(
    r"\b(?:would|could|might|may(?= [a-z])|plan(?:s|ned)?|expect(?:s|ed)?|forecast\w*|predict\w*"
    r"|project(?:s|ed)\b|propos\w+|target\w*|goal|initial\w*|original\w*"
    r"|previous\w*|earlier|formerly|once|budgeted|hope[sd]?|aims?|estimat\w+|(?-i:[Ii]f)|unless|will|will be)\b",
    re.I,
)
_MORE_OF_IT = re.compile(
    r"\b(?:another|additional|further|remaining|other|extra|these|those|of them|including|next|last"
    r"|past|first)\s+(?:\w+\s+)?$",
    re.I,
)
_SIDES = {
    "for": re.compile(
        r"\b(?:approv|adopt|pass(?:ed|es)?\b|back(?:ed|s)?\b|endors|uph[oe]ld|won\b|wins?\b|beat"
        r"|defeated\b(?! by)|in favou?r)\w*",
        re.I,
    ),
    "against": re.compile(
        r"\b(?:reject|den(?:y|ied)|turn(?:ed)? down|block|oppose|overturn|struck down|lost\b|loss\b|losing"
        r"|beaten|defeated by|table[ds]?\b)\w*",
        re.I,
    ),
}
_LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """The claim and the sentence with the quantities of each; `title` and `before` are the source's."""

    claim: str
    sentence: str
    title: str
    ours: tuple[Quantity, ...]
    theirs: tuple[Quantity, ...]
    before: str = ""

    @property
    def around(self) -> str:
        """What stands around the sentence and says what it is about."""
        return f"{self.title}. {self.before}"


@lru_cache(maxsize=4096)
def _stems(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (stem(word), start, end)
        for word, start, end in words(text)
        if word not in STOP_WORDS and word not in NEGATIONS and not word[0].isdigit() and len(word) > 1
    )


def content_stems(text: str) -> frozenset[str]:
    """Stems of the content words of `text`."""
    return frozenset(base for base, _, _ in _stems(text))


def near(text: str, item: Quantity) -> frozenset[str]:
    """Stems of the content words in the clause of `item`, the quantity itself left out."""
    part = clause(text, item.span)
    return _outside(text, item, part.start, part.end) or _outside(text, item, 0, len(text))


def _outside(text: str, item: Quantity, start: int, end: int) -> frozenset[str]:
    return frozenset(
        base
        for base, at, stop in _stems(text)
        if start <= at and stop <= end and not (item.span.start <= at < item.span.end)
    )


def of_one_kind(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether the two may be numbers of one thing, so that an equal number is the same statement."""
    if (ours.attribute == "age") != (theirs.attribute == "age"):
        return False
    if ours.attribute and theirs.attribute and ours.attribute != theirs.attribute:
        return False
    if not _same_role(ours, theirs) or not same_rate(ours, theirs, pair) or not _same_reference(ours, theirs, pair):
        return False
    if ours.dimension is Dimension.SHARE:
        return _same_whole(ours, theirs, pair)
    return ours.dimension not in (Dimension.COUNT, Dimension.ORDINAL) or _counts_alike(ours, theirs, pair)


def _same_role(ours: Quantity, theirs: Quantity) -> bool:
    if ours.role is theirs.role or frozenset((ours.role, theirs.role)) in _ROLES:
        return True
    return ours.dimension in _CHANGED_STOCK and {ours.role, theirs.role} == {Role.PLAIN, Role.CHANGE}


def same_rate(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """One rate in both; where one gives it beside the number, the other may give it elsewhere ("the monthly fee")."""
    if ours.rate == theirs.rate:
        return True
    if ours.rate and theirs.rate:
        return False
    given, text = (ours.rate, pair.sentence) if ours.rate else (theirs.rate, pair.claim)
    adverb = {"day": "daily", "year": "(?:yearly|annual)"}.get(given, f"{re.escape(given)}ly")
    return re.search(rf"\b(?:{adverb}|(?:per|each|every|an?) {re.escape(given)})", text, re.I) is not None


def _same_reference(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """One reference in both; where only the claim has it, its words must stand in the sentence."""
    one, two = ours.reference, theirs.reference
    if one is None:
        return True
    if two is None:
        return _speaks_of(pair.sentence, one)
    if one.way != two.way:
        return False
    if _meet(one, two):
        return True
    # "The quarry is 85 km from the border" and "the border is 85 km from the quarry" give one distance.
    claim, sentence = ({base for base, _, _ in _stems(text)} for text in (pair.claim, pair.sentence))
    return set(two.words) <= claim and set(one.words) <= sentence and len(pair.theirs) == 1


def met_points(ours: Quantity, theirs: Quantity) -> bool:
    """Whether two numbers are not measured from two points."""
    one, two = ours.reference, theirs.reference
    return one is None or two is None or (one.way == two.way and (one.way == "above" or _meet(one, two)))


def _speaks_of(text: str, point: Reference) -> bool:
    """Whether `text` has the words for a point, so that a distance in it may be from there."""
    return set(point.words) <= {base for base, _, _ in _stems(text)}


def _meet(one: Reference, two: Reference) -> bool:
    if one.words[-1] == two.words[-1] or set(one.words) <= set(two.words) or set(two.words) <= set(one.words):
        return True
    short, long = sorted((one.words, two.words), key=lambda found: len("".join(found)))
    return (
        len(short) == 1 and len(short[0]) <= 5 and short[0][0] == long[0][0] and _letters_of(short[0], " ".join(long))
    )


def _letters_of(short: str, long: str) -> bool:
    """Whether the letters of an abbreviation stand in the long form in order, each word giving its first."""
    rest = iter(long)
    return all(letter in rest for letter in short) and all(word[0] in short for word in long.split())


def _same_whole(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    if not ours.noun or not theirs.noun or set(ours.noun) & set(theirs.noun) or synonyms(ours.head, theirs.head):
        return True
    return ours.head in {base for base, _, _ in _stems(pair.sentence)} and theirs.head in {
        base for base, _, _ in _stems(pair.claim)
    }


def synonyms(one: str, two: str) -> bool:
    return one == two or any(one in group and two in group for group in _SAME_NOUNS)


def _counts_alike(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether two counts may be of one thing: one head noun, or one of them unnamed beside words they share."""
    around = near(pair.claim, ours)
    if ours.noun and theirs.noun:
        if not _one_noun(ours, theirs) and not (ours.head in _ANYBODY and _SOMEBODY.search(theirs.head)):
            return False
        said = {base for base, _, _ in _stems(pair.sentence)}
        ours_only, theirs_only = set(ours.noun[:-1]) - said, set(theirs.noun[:-1]) - set(ours.noun)
        if ours_only and theirs_only and not set(ours.noun[:-1]) & set(theirs.noun[:-1]) and not _loose(ours, theirs):
            return False
        rest = around - set(ours.noun)
        return not rest or bool(rest & said)
    if not ours.noun and not theirs.noun:
        return ours.limit is theirs.limit and bool(around & _outside(pair.sentence, theirs, 0, len(pair.sentence)))
    shared = (around - set(ours.noun)) & near(pair.sentence, theirs)
    return bool(shared) and (not ours.noun or ours.head in _ANYBODY)


def _one_noun(ours: Quantity, theirs: Quantity) -> bool:
    return synonyms(ours.head, theirs.head) or (_loose(ours, theirs) and bool(set(ours.noun) & set(theirs.noun)))


def _loose(ours: Quantity, theirs: Quantity) -> bool:
    """Whether the head is not surely the last word: after an ordinal and after "one" no plural marks it."""
    return ours.dimension is Dimension.ORDINAL or ours.high == theirs.high == 1


def may_conflict(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether two quantities of one kind are surely of one thing, so that another number is another statement."""
    if more_of_it(pair.sentence, theirs) or more_of_it(pair.claim, ours):
        return False
    if ours.dimension in (Dimension.COUNT, Dimension.ORDINAL):
        if not ours.noun or not theirs.noun or not synonyms(ours.head, theirs.head):
            return False
        claim, said = ({base for base, _, _ in _stems(text)} for text in (pair.claim, pair.sentence))
        if not set(ours.noun) - {ours.head} <= said or not set(theirs.noun) - {theirs.head} <= claim:
            return False
    if ours.reference is None and theirs.reference is not None and not _speaks_of(pair.claim, theirs.reference):
        return False
    return _one_matter(ours, theirs, pair)


def more_of_it(text: str, item: Quantity) -> bool:
    """Whether the number is of something else or of a part: "another", "the other", "the first"."""
    return _MORE_OF_IT.search(text, max(0, item.span.start - 24), item.span.start) is not None


def _one_matter(ours: Quantity, theirs: Quantity, pair: Pair) -> bool:
    """Whether claim and sentence speak of one matter, one time and one state of things."""
    if of_two_times(pair):
        return False
    part = clause(pair.sentence, theirs.span).of(pair.sentence)
    if _denied(clause(pair.claim, ours.span).of(pair.claim)) != _denied(part):
        return False
    if bool(_NOT_YET.search(pair.claim)) != bool(_NOT_YET.search(part)):
        return False
    others = _outside(pair.claim, ours, 0, len(pair.claim)) - set(ours.noun)
    said = _outside(pair.sentence, theirs, 0, len(pair.sentence))
    if not others:
        return len(said - set(theirs.noun)) <= 3
    titled = {base for base, _, _ in _stems(pair.around)}
    same_noun = bool(set(ours.noun) & set(theirs.noun))
    shared = (others & said) | (others & titled & (others if same_noun else _capitalised(pair.claim)))
    anchored = bool(shared & said) or same_noun
    return anchored and len(shared) >= _LEAST * len(others) and not other_names(pair)


def of_two_times(pair: Pair) -> bool:
    """Whether claim and sentence give years, months or periods and share none of them."""
    return _differ(_YEAR, pair) or _differ(_PERIOD, pair)


def _denied(text: str) -> bool:
    return any(word in NEGATIONS or word.endswith("n't") for word, _, _ in words(text))


def _differ(pattern: re.Pattern[str], pair: Pair) -> bool:
    ours, theirs = ({found.casefold() for found in pattern.findall(text)} for text in (pair.claim, pair.sentence))
    return bool(ours and theirs) and not ours & theirs


def _capitalised(text: str) -> frozenset[str]:
    return frozenset(base for base, start, _ in _stems(text) if text[start].isupper())


def other_names(pair: Pair) -> bool:
    """Whether the claim names what the sentence and its surroundings do not, and the sentence names another.

    A name that is a slip of one of the claim's is no other.
    """
    ours, theirs = _names(pair.claim, pair.ours), _names(pair.sentence, pair.theirs)
    known = (*theirs, *_names(pair.around, ()))
    missing = [name for name in ours if not any(_alike(name, other) for other in known)]
    strange = [name for name in theirs if not any(_alike(name, other) for other in ours)]
    return bool(missing and strange)


def _alike(one: str, other: str) -> bool:
    return bool(_parts(one) & _parts(other)) or likeness(one, other) is not Likeness.OTHER


@lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word, _, _ in words(name) if word not in STOP_WORDS)


@lru_cache(maxsize=1024)
def _names(text: str, but: tuple[Quantity, ...]) -> tuple[str, ...]:
    return tuple(
        name.text
        for name in find_names(text)
        if _parts(name.text) and not any(name.span.overlaps(item.span) for item in but)
    )


def sides_swapped(pair: Pair) -> bool:
    """Whether one text has a thing approved or won and the other rejected or lost: a score may be turned round."""
    ours, theirs = (
        {name for name, said in _SIDES.items() if said.search(text)} for text in (pair.claim, pair.sentence)
    )
    return len(ours) == len(theirs) == 1 and ours != theirs


def a_single(text: str, item: Quantity) -> Span | None:
    """Where `text` has "a bridge" or "a single bridge" for "one bridge", "an hour" for "one hour"."""
    wanted = item.unit.name if item.unit else item.head
    if item.low != item.high or item.low != 1 or not wanted:
        return None
    match = re.search(rf"\b(?:an?|a single|the only)\s+(?:[a-z]+\s+){{0,1}}?{re.escape(wanted)}(?:e|y)?\b", text, re.I)
    return Span(*match.span()) if match else None
