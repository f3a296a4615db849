"""Who did it to whom, and what came first: the two sides of a verb or of "before", in a claim and in a sentence.

"Rovers beat United" and "United beat Rovers" have the same words. Where the sides are plainly changed there is a
conflict for verbs that work one way only, and silence for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from checker.language.negators import Polarity, polarity
from checker.language.predicates import AUXILIARIES, BE_FORMS, deed, lemma, noun_here, past_form, verb_like
from checker.language.words import STOP_WORDS
from checker.model import ReasonCode, Span
from checker.verify.checks.findings import Finding, Relation

_MUTUAL = frozenset(
    lemma(word)
    for word in """meet marry border face play join fight debate merge agree talk tie draw match equal resemble share
    discuss compete clash live work say state stand lie come go hold take make
    open close reopen begin start end resume stop launch sink move change grow burn shut""".split()
)
"""Verbs whose two sides can be changed, that go without a doer ("the bridge opened"), or that tell nothing."""
_ONE_WAY = frozenset(
    deed(word)
    for word in """beat defeat sue acquire buy replace succeed overtake own employ kill arrest accuse outscore
    outnumber outsell exceed elect appoint dismiss invade attack teach owe hire sell lend follow precede
    criticise praise blame fine pay rescue shoot""".split()
)
_SWAPPED_BY = {"before": "after", "after": "before", "above": "below", "below": "above"}
_LINKS = re.compile(
    r"\b(?:(?P<time>before|after|ahead of|prior to|following)|"
    r"(?P<more>(?:more|[a-z]{2,}er|worse|less)\b(?:\s[\w-]+){0,6}?\sthan)"
    r"|(?P<where>north|south|east|west|upstream|downstream)\sof)\b",
    re.I,
)
_ONE_TIME = {"ahead of": "before", "prior to": "before", "following": "after"}
_SIDES = 6


@dataclass(frozen=True, slots=True)
class _Deed:
    """A verb, or a word that links, with the words on either side; `doer` and `done` are already put the active way."""

    name: str
    span: Span
    doer: frozenset[str]
    done: frozenset[str]
    beside: frozenset[str] = frozenset()  # what follows a passive that names no doer
    loose: bool = False  # "customers owed a refund": it may be active or passive


def check_roles(claim: str, sentence: str) -> tuple[Finding, ...]:
    """A finding where the sentence gives the claim's sides the other way round."""
    found: list[Finding] = []
    theirs = _deeds(sentence)
    for mine in _deeds(claim):
        same = [other for other in theirs if other.name == mine.name]
        turned = next((other for other in same if _turned(mine, other)), None)
        if turned is not None and not any(_kept(mine, other) for other in same):
            found.append(_finding(mine, turned, sentence))
    return (*found, *_order(claim, sentence))


def turned_round(claim: str, sentence: str) -> bool:
    """Whether the two sides of a shared verb stand the other way round in `sentence`."""
    return bool(check_roles(claim, sentence))


def _finding(mine: _Deed, other: _Deed, sentence: str) -> Finding:
    if mine.name in _ONE_WAY and not other.beside:
        note = f"the source has it the other way round (“{other.span.of(sentence)}”)"
        return Finding(Relation.CONFLICTS, mine.span, other.span, ReasonCode.NEGATED, note)
    return Finding(Relation.SILENT, mine.span, other.span)


def _kept(mine: _Deed, other: _Deed) -> bool:
    """Whether the sentence also has the two sides as the claim has them."""
    return bool(mine.doer & other.doer and mine.done & other.done) and not _turned(mine, other)


def _turned(mine: _Deed, other: _Deed) -> bool:
    """Whether each side of the one is the other side of the other, and neither its own."""
    if mine.doer & other.beside and not other.doer:
        return True  # built by the army, built for the army
    if not (mine.doer and mine.done):
        # "Rovers were beaten", "Rovers beat them": one side alone can be turned too.
        return bool((mine.done & other.doer) - other.done) and not mine.doer and bool(other.done or other.doer)
    both = (mine.doer & mine.done) | (other.doer & other.done)  # "council" of two councils
    doer, done = mine.doer - both, mine.done - both
    crossed = bool(doer & other.done) + bool(done & other.doer)
    kept = bool(doer & other.doer) + bool(done & other.done)
    return crossed > kept and not (doer & other.doer) and (crossed > 1 or not (mine.loose or other.loose))


@lru_cache(maxsize=8192)
def _deeds(text: str) -> tuple[_Deed, ...]:
    """The verbs of `text` that have words on both sides, mutual ones left out."""
    return tuple(_verbs(text, polarity(text)))


def _verbs(whole: str, text: Polarity) -> Iterator[_Deed]:
    for index, word in enumerate(text.words):
        if not verb_like(word) or lemma(word) in _MUTUAL or _noun(text, index):
            continue
        before, after = _before(text, index), _after(text, index)
        made = _Deed(deed(word), text.spans[index], frozenset(_names(text, before)), frozenset(_names(text, after)))
        if past_form(word) and (_passive(text, index) or _set_off(whole, text, index)):
            by = next((at for at in after if text.words[at] == "by"), None)
            agents = [at for at in after if by is not None and at > by]
            beside = frozenset() if by is not None else made.done
            made = replace(made, doer=frozenset(_names(text, agents)), done=made.doer, beside=beside)
        elif word.endswith("ed"):
            made = replace(made, loose=True)
        if made.doer or made.done:
            yield made


def _noun(text: Polarity, index: int) -> bool:
    """Whether the word is a noun here, whatever it is elsewhere: "a fire", "a minimum purchase of"."""
    word, before = text.words[index], text.words[index - 1] if index else ""
    of = text.words[index + 1 : index + 2] == ("of",) and not past_form(word)
    return of or noun_here(word, before)


def _passive(text: Polarity, index: int) -> bool:
    """Whether a form of "be" stands before the participle, adverbs apart, or "by" after it."""
    if text.words[index + 1 : index + 2] == ("by",):
        return True
    near = range(max(0, index - 3), index)
    return any(text.words[at] in BE_FORMS and text.clauses[at] == text.clauses[index] for at in near)


def _set_off(whole: str, text: Polarity, index: int) -> bool:
    """Whether the participle opens a stretch of its own: "Orrin, built at Ardle, ..."."""
    return index > 0 and "," in whole[text.spans[index - 1].end : text.spans[index].start]


def _before(text: Polarity, index: int) -> list[int]:
    """The words before the verb: to the start of its clause, or to the verb before it."""
    found: list[int] = []
    for at in range(index - 1, -1, -1):
        if text.clauses[at] != text.clauses[index] and len(found) >= 1:
            break
        if verb_like(text.words[at]) and text.words[at] not in AUXILIARIES and found:
            break
        found.append(at)
    return found[:_SIDES]


def _after(text: Polarity, index: int) -> list[int]:
    """The words after the verb: to the end of its clause."""
    found = []
    for at in range(index + 1, len(text.words)):
        if text.clauses[at] != text.clauses[index]:
            break
        found.append(at)
    return found[:_SIDES]


def _names(text: Polarity, places: list[int]) -> Iterator[str]:
    for at in places:
        word = text.words[at]
        if word not in STOP_WORDS and word not in AUXILIARIES and not word[0].isdigit() and word != "not":
            yield deed(word)


# What comes first, is more, lies north.


def _order(claim: str, sentence: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    theirs = _links(sentence)
    for mine in _links(claim):
        if any(_agreed(mine, other) for other in theirs):
            continue
        for other in theirs:
            if (finding := _ordered(mine, other, claim, sentence)) is not None:
                found.append(finding)
                break
    return tuple(found)


def _agreed(mine: _Deed, other: _Deed) -> bool:
    """Whether both set the same things in the same order in the same words."""
    return mine.name == other.name and mine.doer == other.doer and mine.done == other.done


def _ordered(mine: _Deed, other: _Deed, claim: str, sentence: str) -> Finding | None:
    opposite = _SWAPPED_BY.get(mine.name) == other.name
    if mine.name != other.name and not opposite:
        return None
    kept = bool(mine.doer & other.doer) and bool(mine.done & other.done)
    crossed = bool(mine.doer & other.done) and bool(mine.done & other.doer)
    if kept == crossed or crossed == opposite:
        return None if kept != crossed else _unclear(mine, other, opposite)
    note = f"the source says “{other.span.of(sentence)}” the other way round than the draft’s “{mine.span.of(claim)}”"
    return Finding(Relation.CONFLICTS, mine.span, other.span, ReasonCode.NEGATED, note)


def _unclear(mine: _Deed, other: _Deed, opposite: bool) -> Finding | None:
    return Finding(Relation.SILENT, mine.span, other.span) if opposite else None


@lru_cache(maxsize=8192)
def _links(text: str) -> tuple[_Deed, ...]:
    """The words of `text` that set two things in an order, with what stands on either side."""
    tokens = polarity(text)
    found = []
    for match in _LINKS.finditer(text):
        span = Span(*match.span())
        left = [at for at, place in enumerate(tokens.spans) if place.end <= span.start][-_SIDES:]
        right = [at for at, place in enumerate(tokens.spans) if place.start >= span.end][:_SIDES]
        name = " ".join(match.group().casefold().split())
        if match["more"]:  # "less common in the north than": what is compared may stand inside
            name = f"{name.split()[0]} than"
            left = [at for at, place in enumerate(tokens.spans) if place.end < span.end][-_SIDES:]
        sides = frozenset(_names(tokens, left)), frozenset(_names(tokens, right))
        found.append(_Deed(_ONE_TIME.get(name, name), span, sides[0] - sides[1], sides[1] - sides[0]))
    return tuple(found)
