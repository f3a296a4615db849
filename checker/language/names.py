"""Proper names of people, organisations and places, read from capital letters; no model.

A name is a run of capitalised words, with the particles that stand inside names ("de", "van", "al-") and the
"of" of an organisation. Titles and roles before it are split off. A capital that only opens a sentence or a
headline is not taken for a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from checker.language.lexicon import (
    CALENDAR,
    DEMONYMS,
    JOINING_NOUNS,
    MONTHS,
    OPENERS,
    ORGANISATION_WORDS,
    PARTICLES,
    PLACE_WORDS,
    TITLES,
)
from checker.language.words import STOP_WORDS
from checker.model import Span


class NameKind(StrEnum):
    """What a name seems to name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    DEMONYM = "demonym"  # "North Korean"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: `span` covers it without title and possessive, `title` is the role given before it.

    `acronym` and `expansion` are the other form where the text gives both: "Demilitarized Zone (DMZ)".
    """

    span: Span
    text: str
    kind: NameKind
    title: str = ""
    acronym: str | None = None
    expansion: str | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    opens: bool  # it begins a sentence
    low: str
    shouted: bool  # its line is all capitals or a title-case headline

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or any(char.isupper() for char in self.text[1:])

    @property
    def acronym(self) -> bool:
        return len(self.text) > 1 and self.text.replace(".", "").isupper() and len(self.text.replace(".", "")) <= 6


_LETTERS = r"[^\W\d_][\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|(?<![^\W_])[^\W\d_]\.(?=\s+[^\W\d_])|(?:{_LETTERS})+\d*(?:['’-](?:{_LETTERS})+)*|\d[\d,.:]*"
)
_SENTENCE_START = re.compile(
    r"(?:^|[.!?…][\"'”’)\]]*\s+|\n\s*\n\s*|[:;]\s*(?=[\"“])|[\"“‘]|^\s*[-*•>]\s+|\n)[\"'“‘(\[]*$"
)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_SPACE = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*")
_ABBREVIATED = frozenset(
    "cllr cr mr mrs ms dr prof sen rep gov gen lt col capt maj sgt st rev hon adm cmdr pres sr jr".split()
)
_IN_PLACE = frozenset("in at near from to outside inside around across toward towards through via of".split())
_DATE_BEFORE = frozenset(
    "in on since until till by last next this of early late mid during from to before after between and every".split()
)
_SHIP_TITLES = frozenset("lady lord king queen prince princess duke duchess captain".split())
_SHIPS = frozenset(
    "ship ferry boat vessel trawler yacht steamer liner tug barge lifeboat freighter mv ms ss hms".split()
)
_LINKED_TITLES = frozenset("of for".split())


@lru_cache(maxsize=4096)
def find_names(text: str) -> tuple[Name, ...]:
    """The proper names of `text`, in order."""
    tokens = _tokens(text)
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        run = _run(text, tokens, at)
        if not run:
            at += 1
            continue
        found.extend(_split(text, tokens, at, run))
        at += len(run)
    return _settled(text, _with_expansions(text, found))


def _tokens(text: str) -> list[_Token]:
    lines = _shouted_lines(text)
    starts = [start for start, _, _ in lines]
    found: list[_Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        line = lines[bisect_right(starts, match.start()) - 1]
        word = match.group()
        between = text[last : match.start()]
        opens = not found or (
            bool(_SENTENCE_START.search(_window(text, last, between))) and not _abbreviation(found[-1], between)
        )
        found.append(_Token(word, match.start(), match.end(), opens, _low(word), line[2]))
        last = match.end()
    return found


def _window(text: str, last: int, between: str) -> str:
    return between if last else "." + between


def _abbreviation(before: _Token, between: str) -> bool:
    return between.startswith(".") and "\n" not in between and (before.low in _ABBREVIATED or before.text.endswith("."))


@lru_cache(maxsize=16384)
def _low(word: str) -> str:
    return _POSSESSIVE.sub("", word).rstrip(".").casefold().replace("’", "'")


def _shouted_lines(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, whether capitals say nothing there) of each line: all capitals, or a headline in title case."""
    found = []
    at = 0
    for line in text.splitlines(keepends=True) or [""]:
        words = [match.group() for match in _TOKEN.finditer(line) if match.group()[0].isalpha()]
        found.append((at, at + len(line), _shouts(line, words)))
        at += len(line)
    return found


def _shouts(line: str, words: list[str]) -> bool:
    long = [word for word in words if len(word) > 1]
    if len(long) >= 3 and all(word.isupper() for word in long):
        return True
    heavy = [word for word in long if word.casefold() not in STOP_WORDS and word.casefold() not in PARTICLES]
    ended = line.rstrip().endswith((".", "!", "?", "”", '"'))
    return len(heavy) >= 5 and not ended and all(word[0].isupper() for word in heavy)


def _run(text: str, tokens: list[_Token], at: int) -> list[_Token]:
    """The longest run of tokens from `at` that can be one name with its titles."""
    first = tokens[at]
    if not _starts(tokens, at):
        return []
    run = [first]
    while not _POSSESSIVE.search(run[-1].text) or _saint(run):
        step = _next(text, tokens, at, run)
        if not step:
            break
        run.extend(step)
    return run


def _saint(run: list[_Token]) -> bool:
    return len(run) > 1 and run[-2].low in ("st", "saint")


def _starts(tokens: list[_Token], at: int) -> bool:
    token = tokens[at]
    if not token.capital or token.text[0].isdigit():
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if token.low in CALENDAR and not (token.low in MONTHS and _month_is_name(tokens, at, following)):
        return False
    if token.shouted or not token.opens:
        return token.low not in STOP_WORDS or token.acronym
    if token.low in TITLES and following and following.capital:
        return True
    return token.low not in STOP_WORDS and token.low not in OPENERS


def _month_is_name(tokens: list[_Token], at: int, following: _Token | None) -> bool:
    before = tokens[at - 1] if at else None
    if before is not None and before.low in _DATE_BEFORE:
        return False
    return following is not None and following.capital and following.low not in CALENDAR and not following.opens


def _next(text: str, tokens: list[_Token], at: int, run: list[_Token]) -> list[_Token]:
    """What continues `run`: a capitalised word, or a particle and one."""
    position = at + len(run)
    step: list[_Token] = []
    while position < len(tokens) and len(step) < 4:
        token = tokens[position]
        if not _adjoins(text, (step or run)[-1], token):
            return []
        step.append(token)
        if token.capital and not token.text[0].isdigit():
            return step if _continues(tokens, position, run, step) else []
        if token.low not in PARTICLES and not (token.low in ("of", "the", "for") and _joins(run)):
            return []
        position += 1
    return []


def _joins(run: list[_Token]) -> bool:
    """Whether "of" may follow inside a name: Department of, University of, Bank of."""
    return run[-1].low in JOINING_NOUNS and not run[-1].shouted


def _continues(tokens: list[_Token], position: int, run: list[_Token], step: list[_Token]) -> bool:
    token = tokens[position]
    if token.opens and len(step) == 1:
        return False
    if token.low in CALENDAR:
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        dated = following is not None and following.text[0].isdigit()
        return token.low in MONTHS and run[-1].low not in OPENERS and not dated
    return token.low not in STOP_WORDS or token.acronym


def _adjoins(text: str, before: _Token, after: _Token) -> bool:
    between = text[before.end : after.start]
    if between.startswith(".") and (before.low in _ABBREVIATED or len(before.low) == 1):
        between = between[1:]
    return (bool(between) and _SPACE.fullmatch(between) is not None) or between == " & "


def _split(text: str, tokens: list[_Token], at: int, run: list[_Token]) -> list[Name]:
    """The names of a run: titles cut it ("Bank of England Governor Mark Carney")."""
    names: list[Name] = []
    part: list[_Token] = []
    title = _roles_before(tokens, at)
    for index, token in enumerate(run):
        following = run[index + 1] if index + 1 < len(run) else None
        if _is_title(token, following) and not (not part and _ship(token, following, tokens[at - 1] if at else None)):
            if part:
                names.append(_name(text, tokens, at, part, title))
                part, title = [], []
            title = [*title, token.low]
        elif not part and token.low in _LINKED_TITLES | {"the"}:
            title = []
        else:
            part.append(token)
    if part:
        names.append(_name(text, tokens, at, part, title))
    return [name for name in names if not _headline_noise(name, run)]


def _is_title(token: _Token, following: _Token | None) -> bool:
    if token.low not in TITLES or (token.acronym and len(token.text) > 3):
        return False
    return following is None or following.low not in ORGANISATION_WORDS | PLACE_WORDS


def _ship(token: _Token, following: _Token | None, before: _Token | None) -> bool:
    """Whether the title is the first word of a ship's name: "the Lady Orrin", "the ferry Lady Orrin"."""
    if following is None or before is None or token.low not in _SHIP_TITLES:
        return False
    return before.low == "the" or before.low in _SHIPS


def _roles_before(tokens: list[_Token], at: int) -> list[str]:
    """Lower-case roles right before a name: "national security adviser John Bolton"."""
    roles: list[str] = []
    while at > 0 and tokens[at - 1].low in TITLES and not tokens[at - 1].capital:
        at -= 1
        roles.insert(0, tokens[at].low)
    return roles


def _headline_noise(name: Name, run: list[_Token]) -> bool:
    """In a headline a capital says nothing: only what follows a title stays, and acronyms in a title-case line."""
    if not run[0].shouted:
        return False
    whole_line = all(token.text.isupper() for token in run)
    return not name.title and (whole_line or not name.text.replace(".", "").isupper())


def _name(text: str, tokens: list[_Token], at: int, part: list[_Token], title: list[str]) -> Name:
    last = part[-1]
    cut = _POSSESSIVE.search(last.text)
    end = last.end - (len(cut.group()) if cut else 0)
    span = Span(part[0].start, max(end, part[0].start + 1))
    before = tokens[at - 1].low if at else ""
    return Name(span, span.of(text), _kind(part, title, before), " ".join(title))


def _kind(part: list[_Token], title: list[str], before: str) -> NameKind:
    lows = [token.low for token in part]
    if lows[-1] in DEMONYMS:
        return NameKind.DEMONYM
    if any(low in ORGANISATION_WORDS for low in lows):
        return NameKind.ORGANISATION
    if any(low in PLACE_WORDS for low in lows) or lows[0] in (
        "north",
        "south",
        "east",
        "west",
        "new",
        "mount",
        "lake",
        "st",
    ):
        return NameKind.PLACE
    if title:
        return NameKind.PERSON
    if lows[0] in _SHIP_TITLES and len(lows) > 1:
        return NameKind.OTHER
    if all(token.acronym for token in part):
        return NameKind.ORGANISATION
    if before in _IN_PLACE - {"from", "to", "of"}:
        return NameKind.PLACE
    if 2 <= len(part) <= 4 and before != "the":
        return NameKind.PERSON
    return NameKind.OTHER


def _with_expansions(text: str, names: list[Name]) -> list[Name]:
    """`names` with the two forms of "Demilitarized Zone (DMZ)" and "DMZ (Demilitarized Zone)" told of each other."""
    found = list(names)
    for index in range(len(found) - 1):
        first, second = found[index], found[index + 1]
        between = text[first.span.end : second.span.start]
        if between.strip() not in ("(", "(the"):
            continue
        for long, short in ((index, index + 1), (index + 1, index)):
            if is_acronym_of(found[short].text, found[long].text):
                found[long] = replace(found[long], acronym=found[short].text)
                found[short] = replace(found[short], expansion=found[long].text, kind=found[long].kind)
                break
    return found


def is_acronym_of(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long` ("UN", "U.N." of "United Nations"), "of" counted or not."""
    letters = short.replace(".", "").casefold()
    words = re.findall(rf"(?:{_LETTERS})+", long)
    if not 2 <= len(letters) <= 8 or not short.replace(".", "").isupper() or len(words) < 2:
        return False
    heads = "".join(word[0] for word in words if word.casefold() not in ("of", "the", "and", "for", "in")).casefold()
    return letters in (heads, "".join(word[0] for word in words).casefold())


def _settled(text: str, names: list[Name]) -> tuple[Name, ...]:
    """`names` with a surname alone given the kind of the full name it repeats, and unsure lone openers dropped."""
    full = {
        name.text.split()[-1].casefold(): name for name in names if name.kind is NameKind.PERSON and " " in name.text
    }
    settled = []
    for name in names:
        known = full.get(name.text.casefold())
        if known is not None and name.kind is NameKind.OTHER:
            name = replace(name, kind=NameKind.PERSON)
        settled.append(name)
    return tuple(settled)
