"""Dates of a claim held against one sentence of a source.

A date agrees where the sentence gives the same days or a day inside them, for the same deed. It conflicts only where
one date of the sentence can fill the slot (the deed it goes with is the claim's) and lies on other days. A claim that
is finer than the sentence, a vague period, and a relative date that nothing anchors are silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from checker.language.date_patterns import MONTH_NAMES
from checker.language.dates import find_dates
from checker.language.intervals import Bound, DateMention
from checker.language.predicates import deed, lemma, noun_here, opposed, verb_like
from checker.language.words import NEGATIONS, STOP_WORDS, words
from checker.model import ReasonCode, Span
from checker.verify.checks.date_style import rewritten
from checker.verify.checks.date_values import Dated, Days, days
from checker.verify.checks.findings import Context, Finding, Relation

_LEAST_SHARED = 2
_SAME_MATTER = 0.6
_BREAK = re.compile(
    r"[;:()—–]|,|\b(?:and|but|while|whereas|before|after|then|which|who|where|that|until|when|although|though|because|than)\b",
    re.I,
)
_STARTS = frozenset(deed(word) for word in "open begin found establish launch create form become join run".split())
_ENDS = frozenset(deed(word) for word in ("end", "expire", "finish", "close", "stop", "lapse"))
_FORCE = re.compile(
    r"\b(?:(?:into|in) (?:force|effect|operation)|(?:takes?|took|taken|taking|with) effect"
    r"|bec[ao]mes? (?:law|effective)|effective)\b",
    re.I,
)
"""Ways to say from when a rule applies, under whatever verb."""
_APPLIES = deed("apply")
_SAME_ENDS = frozenset(deed(word) for word in ("end", "lift", "expire", "lapse", "finish"))
_SAME_STARTS = frozenset((*(deed(word) for word in ("start", "begin")), _APPLIES))
_ONE_DEED = (_SAME_ENDS, _SAME_STARTS)
"""Deeds that are one where they are told of one thing; "founded" and "opened" are two."""
_LIGHT = frozenset(deed(word) for word in ("carry", "take", "hold", "make", "conduct", "undertake", "do"))
"""Verbs that leave it to a noun to say what was done: "the survey was carried out"."""
_TELLS_APART = frozenset(
    """first second third fourth fifth sixth last latest previous next final another other annual new former earlier
    later initial original original-ly preliminary interim revised again""".split()
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|wrote|stated|added)(?:\s+(?:on|in|late|early|last))?\s*$", re.I
)
_COUNTED = re.compile(r"\b(?:earlier|later|before|after)$", re.I)
_OCCASION = 45
_LEAST_OF_SLIP = 3
_REPEATED = frozenset(
    deed(word)
    for word in """meet visit test fire play speak score carry handle sell earn rise fall travel average cost total
    export import produce attract spend record report""".split()
)
"""Deeds done again and again; on dates further apart than _OCCASION days they are two."""
_SPEECH = re.compile(
    r"\b(?:said|says|told|announce\w*|report(?:ed|s)|wrote|stated|added|remarks?|statements?|speech|comments?|interview)\b",
    re.I,
)
_MOVED = re.compile(r"\b(?:mov|postpon|delay|push|reschedul|shift|chang|brought forward|put back)\w*\b", re.I)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A date and the words that say what happened then.

    `event` is the verb nearest to it, `deeds` what its own clause says was done, `around` all that goes with it.
    """

    dated: Dated
    event: str
    deeds: frozenset[str]
    verbs: frozenset[str]  # of `deeds`, those of verbs that say something by themselves
    around: frozenset[str]
    raw: frozenset[str]  # the words of `around` as they are written

    @property
    def mention(self) -> DateMention:
        return self.dated.mention


def check_dates(claim: str, sentence: str, context: Context) -> tuple[Finding, ...]:
    """One finding for each date of `claim`, in order."""
    ours = _slots(claim, _dates(claim, context.claim_date))
    if not ours:
        return ()
    theirs = _slots(sentence, _dates(sentence, context.source_date))
    taken = {other.mention.span for slot in ours for other in theirs if _fits(slot, other, theirs)}
    return tuple(_finding(slot, theirs, taken, sentence, context) for slot in ours)


def _dates(text: str, anchor: date | None) -> tuple[DateMention, ...]:
    """The dates of `text`, without lengths of time counted from another event ("12 years later")."""
    return tuple(item for item in find_dates(text, anchor) if not _COUNTED.search(item.span.of(text)))


def _finding(slot: _Slot, theirs: Sequence[_Slot], taken: set[Span], sentence: str, context: Context) -> Finding:
    for other in theirs:
        if _fits(slot, other, theirs):
            return _agreed(slot, other)
    free = [other for other in theirs if other.mention.span not in taken]
    rival = _rival(slot, free, sentence, context)
    slipped = None if rival else next((other for other in free if _slipped(slot, other, sentence, context)), None)
    rival = rival or slipped
    if rival is None or _same_bare_month(slot, rival):
        return Finding(Relation.SILENT, slot.mention.span)
    note = f"the source gives {_told(rival)}, not {_told(slot)}"
    new = rewritten(slot.dated.words, slot.mention, rival.mention)
    spans = slot.mention.span, rival.mention.span
    return Finding(Relation.CONFLICTS, *spans, ReasonCode.DATE_MISMATCH, note, new, certain=slipped is not None)


def _same_bare_month(slot: _Slot, other: _Slot) -> bool:
    """Whether the claim names a month and no year, and the other date is in that month of any year."""
    word = slot.dated.words
    return word.isalpha() and other.dated.words.casefold().find(word.casefold()) >= 0


def _agreed(slot: _Slot, other: _Slot) -> Finding:
    """Agreement, but for a claim whose own weekday is not that of the day that both give."""
    mine = slot.mention
    if mine.note and other.mention.earliest == other.mention.latest == mine.earliest:
        new = rewritten(slot.dated.words, mine, mine)
        note = f"the source gives that day too, but {mine.note}"
        return Finding(Relation.CONFLICTS, mine.span, other.mention.span, ReasonCode.DATE_MISMATCH, note, new)
    return Finding(Relation.AGREES, mine.span, other.mention.span)


def _told(slot: _Slot) -> str:
    """The words of a date, and the day they mean where they do not say it."""
    mention, written = slot.mention, f"“{slot.dated.words}”"
    if mention.anchored and mention.earliest and mention.earliest == mention.latest:
        return f"{written} ({mention.earliest.isoformat()})"
    return written


def _fits(slot: _Slot, other: _Slot, theirs: Sequence[_Slot]) -> bool:
    """Whether `other` gives the days of `slot` for the same deed."""
    stands = days(slot.dated, other.dated)
    if stands is not Days.SAME and not _since_it_began(slot, other) and not _until_it_ended(slot, other):
        return False
    if _set_aside(other, theirs) or _of_saying(slot, other):
        return False
    if not slot.event or _does(slot, other):
        return True
    if any(opposed(one, two) for one in slot.raw for two in other.raw if verb_like(one) and verb_like(two)):
        return False
    # The deed stands elsewhere in the sentence, or another stands here: this date belongs to something else.
    elsewhere = any(slot.event in rival.around for rival in theirs)
    another = bool(slot.verbs and other.verbs) and not slot.verbs & other.verbs and not _since_it_began(slot, other)
    return not elsewhere and (not another or _until_it_ended(slot, other))


def _set_aside(other: _Slot, theirs: Sequence[_Slot]) -> bool:
    """Whether the sentence gives `other` only as the date from which something was moved."""
    text, span = other.dated.text, other.mention.span
    later = any(rival.mention.span.start > span.start for rival in theirs)
    moved_from = re.search(r"\bfrom\s+(?:the\s+)?$", text[: span.start], re.I)
    return bool(later and moved_from and _MOVED.search(text))


def _of_saying(slot: _Slot, other: _Slot) -> bool:
    """Whether the sentence's date is that of a statement, and the claim's is not."""
    text = other.dated.text[: other.mention.span.start]
    return _SAID.search(text) is not None and not _SPEECH.search(slot.dated.text)


def _since_it_began(slot: _Slot, other: _Slot) -> bool:
    """Whether "since 2011" meets "opened in 2011"."""
    ours, theirs = slot.mention, other.mention
    if (ours.bound, theirs.bound) != (Bound.SINCE, Bound.AT) or not (ours.resolved and theirs.resolved):
        return False
    return theirs.within(ours) and bool(other.deeds & _STARTS)


def _until_it_ended(slot: _Slot, other: _Slot) -> bool:
    """Whether "until 2035" meets "ends in 2035"."""
    ours, theirs = slot.mention, other.mention
    if (ours.bound, theirs.bound) != (Bound.UNTIL, Bound.AT) or not (ours.resolved and theirs.resolved):
        return False
    return theirs.within(ours) and bool(other.deeds & _ENDS)


def _slipped(slot: _Slot, other: _Slot, sentence: str, context: Context) -> bool:
    """Whether two full dates differ in the year or in the month alone, of one matter: a slip of the pen.

    The first of a month is the day of too many things, and so is the anniversary of what is done again and again.
    """
    a, b = slot.mention, other.mention
    full = all(each.day and each.month and each.year and not (each.anchored or each.fuzzy) for each in (a, b))
    if not full or a.day != b.day or (a.month != b.month) == (a.year != b.year) or a.bound is not b.bound:
        return False
    if slot.event in _REPEATED or _set_aside(other, [other]) or _of_saying(slot, other) or _another_time(slot, other):
        return False
    there = frozenset(_deeds(word for word, _, _ in words(sentence)))
    near = frozenset(
        _deeds(word for word, _, _ in words(f"{context.source_title} {context.publisher} {context.before}"))
    )
    ours = frozenset(deed(word) for word, _, _ in words(slot.dated.text) if _tells(word))
    if a.day == 1 and not _does(slot, other):
        return False
    return bool(ours & there) and len(ours & (there | near)) >= _LEAST_OF_SLIP


def _tells(word: str) -> bool:
    return word not in STOP_WORDS and not word[0].isdigit() and word.capitalize() not in MONTH_NAMES


def _rival(slot: _Slot, free: Sequence[_Slot], sentence: str, context: Context) -> _Slot | None:
    """The one date of the sentence that fills the slot and lies on other days."""
    if _other_matter(slot, _up_to(free, sentence), f"{context.source_title}. {context.publisher}"):
        return None
    able = [other for other in free if _same_deed(slot, other, alone=len(free) == 1)]
    if len(able) > 1:
        ranked = sorted(able, key=lambda other: len(slot.around & other.around), reverse=True)
        best, second = (len(slot.around & other.around) for other in ranked[:2])
        able = ranked[:1] if best > second else []
    if not able or days(slot.dated, able[0].dated) is not Days.APART or _set_aside(able[0], free):
        return None
    return None if _another_time(slot, able[0]) else able[0]


def _up_to(free: Sequence[_Slot], sentence: str) -> str:
    """The sentence up to the end of the clause of its last date: what is told after it tells nothing apart."""
    if len(free) != 1:
        return sentence
    end = _clause(sentence, free[0].mention, Span(0, len(sentence))).end
    return sentence[:end] if sentence[:end].count(",") else sentence


def _another_time(slot: _Slot, other: _Slot) -> bool:
    """Whether the sentence tells of another occasion of the kind: the 2011 census, another meeting, other figures."""
    if _names_its_occasion(other):
        return True
    ours, theirs = slot.mention, other.mention
    far = ours.earliest and theirs.earliest and abs((ours.earliest - theirs.earliest).days) > _OCCASION
    if far and slot.event in _REPEATED:
        return True
    figures, others = _figures(slot), _figures(other)
    return bool(figures and others and not figures & others)


def _names_its_occasion(slot: _Slot) -> bool:
    """Whether the date stands before a noun, as in "the 2011 census"."""
    text, span = slot.dated.text, slot.mention.span
    before = re.search(r"\b(?:the|an?|its|their|his|her)\s+$", text[: span.start], re.I)
    return bool(before and re.match(r"\s+[^\W\d_]", text[span.end :]))


def _figures(slot: _Slot) -> frozenset[str]:
    return frozenset(word.replace(",", "") for word in slot.raw if word[0].isdigit())


def _same_deed(slot: _Slot, other: _Slot, *, alone: bool) -> bool:
    """Whether the words beside the two dates tell of one deed."""
    if slot.event:
        return _does(slot, other) and not _of_saying(slot, other)
    opposing = any(opposed(one, two) for one in slot.raw for two in other.raw)
    return not opposing and (alone or bool(slot.around & other.around))


def _does(slot: _Slot, other: _Slot) -> bool:
    """Whether the sentence tells the slot's deed at its own date, in its own word or in one that says as much."""
    return slot.event in other.deeds or any(slot.event in group and other.deeds & group for group in _ONE_DEED)


def _other_matter(slot: _Slot, sentence: str, title: str) -> bool:
    """Whether the sentence is about something else: too few of the words beside the date stand in it or its title."""
    there = {deed(word) for word, _, _ in words(f"{sentence} {title}")}
    shared = slot.around & there
    if len(shared) < min(_LEAST_SHARED, len(slot.around)) or len(shared) < _SAME_MATTER * len(slot.around):
        return True
    return bool((slot.raw ^ {word for word, _, _ in words(sentence)}) & _TELLS_APART)


def _slots(text: str, mentions: Sequence[DateMention]) -> tuple[_Slot, ...]:
    pieces = _pieces(text, mentions)
    slots: list[_Slot] = []
    for mention, piece in zip(mentions, pieces, strict=True):
        slot = _slot(text, mention, mentions, piece)
        if slots and not slot.around:  # "in 2004 and 2011": the second date shares the deed of the first
            slot = replace(slots[-1], dated=slot.dated)
        slots.append(slot)
    return tuple(slots)


def _slot(text: str, mention: DateMention, mentions: Sequence[DateMention], piece: Span) -> _Slot:
    near = [
        (word, start)
        for word, start, end in words(text)
        if piece.start <= start < piece.end
        and (word not in STOP_WORDS or _SAID.fullmatch(word))
        and word not in NEGATIONS
        and not any(start < other.span.end and other.span.start < end for other in mentions)
        and not (word in ("last", "next") and end + 1 == mention.span.start)
    ]
    own = _clause(text, mention, piece)
    before = {start: word for (word, _, _), (_, start, _) in pairwise(words(text))}
    verbs = [
        (word, start)
        for word, start in near
        if _SAID.fullmatch(word) or (verb_like(word) and not noun_here(word, before.get(start, "")))
    ]
    clause = [word for word, start in verbs if own.start <= start < own.end]
    nearest = min(verbs, key=lambda item: abs(item[1] - mention.span.start), default=("", 0))[0]
    around = frozenset(_deeds(word for word, _ in near))
    event = deed(nearest) if nearest else ""
    if _FORCE.search(text, own.start, own.end):
        event, clause = _APPLIES, [*clause, _APPLIES]
    return _Slot(
        dated=Dated(mention, text),
        event=event,
        deeds=around if all(deed(word) in _LIGHT for word in clause) else frozenset(_deeds(clause)),
        verbs=frozenset(_deeds(word for word in clause if deed(word) not in _LIGHT and not _SAID.fullmatch(word))),
        around=around,
        raw=frozenset(word for word, _ in near),
    )


def _deeds(found: Iterable[str]) -> Iterator[str]:
    for word in found:
        yield deed(word)
        yield lemma(word)


def _clause(text: str, mention: DateMention, piece: Span) -> Span:
    """The clause of `piece` that the date stands in."""
    start, end = piece.start, piece.end
    for found in _BREAK.finditer(text, piece.start, piece.end):
        if found.end() <= mention.span.start:
            start = found.end()
        elif found.start() >= mention.span.end:
            end = found.start()
            break
    return Span(start, end)


def _pieces(text: str, mentions: Sequence[DateMention]) -> list[Span]:
    """For each date the stretch of `text` that goes with it: all of it for the only one, else its own clauses."""
    if len(mentions) < 2:
        return [Span(0, len(text)) for _ in mentions]
    cuts = [
        found.start()
        for found in _BREAK.finditer(text)
        if not any(item.span.start < found.end() and found.start() < item.span.end for item in mentions)
    ]
    starts = [0]
    for before, after in pairwise(mentions):
        between = [cut for cut in cuts if before.span.end <= cut < after.span.start]
        leads = not text[starts[-1] : before.span.start].strip() or _leads(text, starts[-1], before)
        starts.append((between[-1] if leads else between[0]) if between else before.span.end)
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _leads(text: str, start: int, mention: DateMention) -> bool:
    """Whether the date stands before its verb: "In 2010 it opened"."""
    return not any(verb_like(word) for word, _, _ in words(text[start : mention.span.start]))
