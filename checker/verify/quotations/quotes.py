"""Quotations held against stored sources: is it there, letter by letter, in other marks, or with words changed.

Four grades. *Exact*: the same characters. *Folded*: the same words; what differs is typography, punctuation, a
capital, British or American spelling, a number's style, an editor's bracket or ellipsis. *Altered*: most words
stand in one place, others differ, and are named. *Not found*: anything less. A bracket or an ellipsis that adds
or drops a negation, a limit ("only", "if") or a number is an alteration, whatever marks stand around it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from checker.language.words import STOP_WORDS
from checker.model import BlockKind, Source, Span, Tier
from checker.spans import trim
from checker.verify.quotations.fragments import FRAGMENT, holds_together, one_in_place, opposite_forms
from checker.verify.quotations.offices import role_words
from checker.verify.quotations.rewording import Difference, Rewording, compare
from checker.verify.quotations.speakers import NOBODY, Spoken, SpokenBy, spoken_by
from checker.verify.quotations.turned import Turn, turned
from checker.verify.quotations.voices import bounds
from checker.verify.quotations.wording import Pair, Word, line_up, quoted_words, source_words

SHORT = 4
"""A quotation of fewer words proves little by being found somewhere: it needs its speaker or its surroundings."""

_LEAST_COVERAGE = 0.65
_MOST_PLACES = 40
_MOST_WINDOWS = 8
_CLEARLY_ONE_PLACE = 60  # words of a quotation from which on its rare words point to one place or to none
_ANCHORS = 12
_NEAR_ENOUGH = 2
_LEAST_LETTERS = 5
_STANDING = {Spoken.FOUND: 0, Spoken.NAMED: 1, Spoken.OTHER: 2, Spoken.UNKNOWN: 3}
_SHORT_STANDING = {Spoken.FOUND: 0, Spoken.NAMED: 1, Spoken.UNKNOWN: 2, Spoken.OTHER: 3}
_ELLIPSIS_REACH = 120  # words an ellipsis may leap
_AROUND = 60  # words on either side that count as surroundings
_APART = 1000  # between sources in the index, so that no window reaches from one into the next


class Grade(StrEnum):
    """How a quotation stands to the source's words."""

    EXACT = "exact"
    FOLDED = "folded"
    ALTERED = "altered"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Place:
    """One place that holds a quotation; `span` is into the source's text and covers the aligned words."""

    source_id: str
    span: Span
    grade: Grade
    speaker: Spoken = Spoken.UNKNOWN
    said_by: str | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """What the sources hold of a quotation.

    `differences` are the words changed, with spans into the quotation and into the source. `note` says in a
    sentence what differs, harmless or not. `speaker` says whether the person named is the one who says it there,
    and `said_by` who does. `others` are further places of the same or a lesser grade, `holders` the ids of all
    sources that hold the words, primary ones first. `weak` marks a quotation too short to prove anything by being
    found, `turn` one whose cut turns its sense, and `unheard` one that differs only where the source could not be
    heard.
    """

    grade: Grade
    source_id: str | None = None
    span: Span | None = None
    differences: tuple[Difference, ...] = ()
    note: str = ""
    speaker: Spoken = Spoken.UNKNOWN
    said_by: str | None = None
    weak: bool = False
    coverage: float = 0.0
    others: tuple[Place, ...] = ()
    holders: tuple[str, ...] = ()
    turn: Turn | None = None
    unheard: bool = False


def check_quote(quoted: str, speaker: str | None, sources: Iterable[Source]) -> QuoteFinding:
    """The words of a quotation, without its marks, looked for in `sources`, and who says them there."""
    return QuoteChecker(sources).check(quoted, speaker)


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int  # which source
    span: Span
    grade: Grade
    rewording: Rewording
    coverage: float = 1.0
    by: SpokenBy = NOBODY
    near: int = 0  # words of the claim's sentence that stand around it
    turn: Turn | None = None
    doubtful: bool = False  # so few words that the surroundings must show it is the place


class QuoteChecker:
    """Looks quotations up in a fixed set of sources; the index of their words is made once.

    `known` keeps the words of sources by id, so that checkers of overlapping sets read each source once.
    """

    def __init__(self, sources: Iterable[Source], known: dict[str, list[Word]] | None = None) -> None:
        self._sources = tuple(sources)
        known = {} if known is None else known
        self._words: list[list[Word]] = []
        self._bases: list[int] = []
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
        base = 0
        for source in self._sources:
            words = known.get(source.id)
            if words is None:
                words = known[source.id] = source_words(source.text, _unread(source))
            self._words.append(words)
            self._bases.append(base)
            for at, word in enumerate(words, base):
                self._postings[word.key].append(at)
            base += len(words) + _APART

    def check(self, quoted: str, speaker: str | None = None, *, context: str = "") -> QuoteFinding:
        """The best place of `quoted`. `context` is what the draft says around it: what a short quotation is about."""
        bare = trim(quoted, Span(0, len(quoted))) if quoted else None
        if bare is None:
            return QuoteFinding(Grade.NOT_FOUND)
        ours = quoted_words(quoted)
        found = self._literal(bare.of(quoted)) or self._held(quoted, ours)
        if not any(_held(item.grade) for item in found):
            found = found + self._aligned(quoted, ours) + self._opposites(quoted, ours)
        around = {word.key for word in quoted_words(context)} - {word.key for word in ours} - STOP_WORDS
        judged = [self._judged(item, quoted, speaker, context, around) for item in found]
        judged = [item for item in judged if not item.doubtful or _settled(item)]
        if not judged:
            return QuoteFinding(Grade.NOT_FOUND)
        judged.sort(key=lambda item: self._order(item, short=len(ours) < SHORT))
        return self._finding(judged, ours)

    def _finding(self, judged: list[_Candidate], ours: list[Word]) -> QuoteFinding:
        best = judged[0]
        held = [item for item in judged if _held(item.grade) == _held(best.grade)]
        held.sort(key=lambda item: self._sources[item.at].tier is not Tier.PRIMARY)
        short = len(ours) < SHORT
        return QuoteFinding(
            grade=best.grade,
            source_id=self._sources[best.at].id,
            span=best.span,
            differences=best.rewording.differences,
            note=best.rewording.note,
            speaker=best.by.spoken,
            said_by=best.by.name,
            weak=short
            and _held(best.grade)
            and best.by.spoken is not Spoken.FOUND
            and best.near < (1 if best.turn else 2),
            coverage=best.coverage,
            others=tuple(
                Place(self._sources[item.at].id, item.span, item.grade, item.by.spoken, item.by.name, item.turn)
                for item in judged[1:]
            ),
            holders=tuple(dict.fromkeys(self._sources[item.at].id for item in held)),
            turn=best.turn,
            unheard=best.rewording.unheard,
        )

    def _order(self, item: _Candidate, *, short: bool) -> tuple[object, ...]:
        source = self._sources[item.at]
        primary = source.tier is Tier.PRIMARY
        spoken = item.by.spoken
        said = _STANDING[spoken]
        if short and said:
            said = _SHORT_STANDING[spoken]  # that somebody else says two common words too is no misattribution
        # A primary source that names another speaker outweighs a secondary one that names the draft's.
        standing = (said, not primary) if spoken is Spoken.UNKNOWN or short else (0, not primary, said)
        ranks = (Grade.EXACT, Grade.FOLDED, Grade.ALTERED).index(item.grade)
        return (
            not _held(item.grade),
            *standing,
            item.turn is not None,
            -min(item.near, 3),
            ranks,
            sum(not difference.theirs for difference in item.rewording.differences),
            -item.coverage,
            item.at,
            item.span,
        )

    def _judged(self, item: _Candidate, quoted: str, speaker: str | None, context: str, around: set[str]) -> _Candidate:
        source = self._sources[item.at]
        by = spoken_by(source, item.span, speaker, context)
        near = len(around & self._surroundings(item)) if around else 0
        near += _in_that_office(speaker, source.title)
        turn = None
        if _held(item.grade):
            turn = turned(source.text, bounds(source, item.span), item.span, quoted, context, own=by.own)
        return replace(item, by=by, near=near, turn=turn)

    def _surroundings(self, item: _Candidate) -> set[str]:
        words = self._words[item.at]
        middle = bisect_right(words, item.span.start, key=lambda word: word.start)
        title = quoted_words(self._sources[item.at].title)
        return {word.key for word in (*title, *words[max(0, middle - _AROUND) : middle + _AROUND])}

    def _literal(self, bare: str) -> list[_Candidate]:
        """Every place of these very characters that does not cut a word."""
        found: list[_Candidate] = []
        for at, source in enumerate(self._sources):
            text = source.text
            start = text.find(bare)
            while start >= 0 and len(found) < _MOST_PLACES:
                end = start + len(bare)
                if not _cuts_word(text, start) and not _cuts_word(text, end) and not _asked(bare, text, end):
                    found.append(_Candidate(at, Span(start, end), Grade.EXACT, Rewording()))
                start = text.find(bare, start + 1)
        return found

    def _held(self, quoted: str, ours: list[Word]) -> list[_Candidate]:
        """Every place where the same words run on without a break."""
        if not ours:
            return []
        keys = [word.key for word in ours]
        rarest = min(range(len(keys)), key=lambda at: len(self._postings.get(keys[at], ())))
        found = []
        for posting in self._postings.get(keys[rarest], ()):
            at, inside = self._locate(posting)
            first = inside - rarest
            theirs = self._words[at][first : first + len(keys)] if first >= 0 else []
            if len(theirs) == len(keys) and all(word.key == key for word, key in zip(theirs, keys, strict=True)):
                pairs: list[Pair] = [(index, index) for index in range(len(keys))]
                found.append(self._candidate(quoted, ours, at, theirs, pairs))
                if len(found) >= _MOST_PLACES:
                    break
        return [item for item in found if item is not None]

    def _aligned(self, quoted: str, ours: list[Word]) -> list[_Candidate]:
        """Places where most of the words stand, in order."""
        found = []
        for at, first, last in self._windows(ours):
            theirs = self._words[at][first:last]
            candidate = self._candidate(quoted, ours, at, theirs, line_up(ours, theirs))
            if candidate is not None:
                found.append(candidate)
        unique = {(item.at, item.span): item for item in found}
        return list(unique.values())

    def _opposites(self, quoted: str, ours: list[Word]) -> list[_Candidate]:
        """Places of a fragment with one of its words made its own opposite: "essential", "inessential"."""
        if len(ours) > FRAGMENT:
            return []
        found: list[_Candidate] = []
        for at, word in enumerate(ours):
            for other in opposite_forms(word.key):
                if other in self._postings:
                    found.extend(self._with(quoted, ours, at, other))
        return found

    def _with(self, quoted: str, ours: list[Word], at: int, other: str) -> list[_Candidate]:
        """Places of `ours` with the word `other` in the place of the one at `at`."""
        found = []
        pairs: list[Pair] = [(index, index) for index in range(len(ours))]
        for posting in self._postings[other][:_MOST_PLACES]:
            source, inside = self._locate(posting)
            first = inside - at
            theirs = self._words[source][first : first + len(ours)] if first >= 0 else []
            if len(theirs) == len(ours) and all(
                index == at or one.key == two.key for index, (one, two) in enumerate(zip(ours, theirs, strict=True))
            ):
                rewording = compare(quoted, ours, self._sources[source].text, theirs, pairs)
                span = Span(theirs[0].start, theirs[-1].end)
                share = (len(ours) - 1) / len(ours)
                found.append(_Candidate(source, span, Grade.ALTERED, rewording, share, doubtful=True))
        return found

    def _windows(self, ours: list[Word]) -> list[tuple[int, int, int]]:
        """(source, first word, last word) of the places where the quotation's rare words crowd."""
        votes = self._votes(ours)
        gaps = sum(word.gap for word in ours)
        slack = 8 + len(ours) // 3 + gaps * _ELLIPSIS_REACH
        windows: list[tuple[int, int, int]] = []
        ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[: 3 * _MOST_WINDOWS]
        least = ranked[0][1] / 3 if ranked and len(ours) > _CLEARLY_ONE_PLACE else 0
        for diagonal, agreeing in ranked:
            if agreeing < least:
                break
            at, first = self._locate(max(0, diagonal))
            start, end = max(0, first - slack), min(len(self._words[at]), first + len(ours) + slack)
            if end > start and not any(at == other and abs(start - begun) < 8 for other, begun, _ in windows):
                windows.append((at, start, end))
            if len(windows) == _MOST_WINDOWS:
                break
        return windows

    def _votes(self, ours: list[Word]) -> Counter[int]:
        """How many of the rarest words agree that the quotation starts near a place of the index."""
        content = [
            (len(self._postings[word.key]), index, word.key)
            for index, word in enumerate(ours)
            if word.key in self._postings
        ]
        rare = sorted((row for row in content if row[2] not in STOP_WORDS), key=lambda row: row[0])[:_ANCHORS]
        votes: Counter[int] = Counter()
        width = 8
        for _, index, key in rare or sorted(content)[:_ANCHORS]:
            near = {(posting - index) // width * width for posting in self._postings[key]}
            for diagonal in near:
                votes[diagonal] += 2
                votes[diagonal - width] += 1
        return votes

    def _candidate(
        self, quoted: str, ours: list[Word], at: int, theirs: list[Word], pairs: list[Pair]
    ) -> _Candidate | None:
        """A place with its grade, or None where too little of the quotation stands there."""
        source = self._sources[at]
        same = [(i, j) for i, j in pairs if i is not None and j is not None and ours[i].key == theirs[j].key]
        if not same:
            return None
        rewording = compare(quoted, ours, source.text, theirs, pairs)
        own = [word for word in ours if not word.bracketed] or ours
        matched = [i for i, _ in same if not ours[i].bracketed] or [i for i, _ in same]
        coverage = (len(matched) + rewording.respelt) / len(own)
        first, last = rewording.first, rewording.last
        ends = [theirs[last].end, *(item.source.end for item in rewording.differences if item.source)]
        span = Span(theirs[first].start, max(ends))
        if not rewording.differences:
            return _Candidate(at, span, Grade.FOLDED, rewording, 1.0)
        doubtful = len(ours) <= FRAGMENT and one_in_place(ours, pairs, same)
        if not doubtful and (coverage < _LEAST_COVERAGE or not holds_together(own, ours, matched, same)):
            return None
        return _Candidate(at, span, Grade.ALTERED, rewording, min(coverage, 1.0), doubtful=doubtful)

    def _locate(self, posting: int) -> tuple[int, int]:
        at = bisect_right(self._bases, posting) - 1
        return at, posting - self._bases[at]


def _held(grade: Grade) -> bool:
    return grade in (Grade.EXACT, Grade.FOLDED)


def _in_that_office(speaker: str | None, title: str) -> bool:
    """Whether the title says what the speaker does: "a reviewer", "Review: ..."."""
    does = [word.key for word in quoted_words(title) if len(word.key) >= _LEAST_LETTERS]
    return any(word.startswith(tuple(does)) for word in role_words(speaker or ""))


def _settled(item: _Candidate) -> bool:
    """Whether the surroundings show that a few words and one in the place of another are the draft's own place."""
    return item.near >= _NEAR_ENOUGH or (item.near > 0 and item.by.spoken is Spoken.FOUND)


def _unread(source: Source) -> list[Span]:
    """What a reader of the source does not hear: running heads between two halves of a sentence, markup."""
    hidden = [block.span for block in source.blocks if block.kind is BlockKind.FURNITURE]
    return hidden + [span for block in source.blocks for span in block.markup]


def _cuts_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _asked(bare: str, text: str, end: int) -> bool:
    """Whether the source goes on with a question mark where the quotation closes as a statement."""
    return bare[-1] in ".!" and text[end : end + 1] == "?"
