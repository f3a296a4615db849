"""What two lined-up wordings differ in: the words changed, named, and the differences that change nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.model import Span
from checker.verify.quotations.leeway import only_that, same_amount, same_but_contraction, unheard
from checker.verify.quotations.wording import FILLERS, Pair, Word, same_but_hyphen, same_but_spelling, weighty

_MOST_REPLACED = 8  # words an editor's bracket may stand in for
_LONGEST_LEAP = 120  # words an ellipsis may leave out
_REACH = 4  # words before a stretch that it may depend on
_OPENING = frozenset("he she it we they his her their our this that the these those who".split())
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")
_DENIED_REST = re.compile(r"n['’]t\b|not\b")
_MONTHS = frozenset("january february march april may june july august september october november december".split())


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation and what the source has in their place; an empty side has nothing there."""

    ours: str
    theirs: str
    claim: Span | None = None
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Rewording:
    """Everything two wordings differ in. `first` and `last` are the source's words at either end of the alignment,
    `respelt` counts our words that stand there in another spelling, and `unheard` says that nothing differs but
    where the source could not be heard."""

    differences: tuple[Difference, ...] = ()
    note: str = ""
    first: int = 0
    last: int = 0
    respelt: int = 0
    unheard: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words on either side that do not match one to one."""

    ours: list[Word]
    theirs: list[Word]
    at_gap: bool
    before: list[Word]  # words of ours up to it
    following: Word | None  # the word of theirs after it


def compare(quoted: str, ours: list[Word], text: str, theirs: list[Word], pairs: Sequence[Pair]) -> Rewording:
    """What `ours`, words of `quoted`, and `theirs`, words of `text`, differ in along the alignment `pairs`."""
    pairs = _within_sentence(pairs, ours, text, theirs)
    used = [j for _, j in pairs if j is not None]
    if not used:
        return Rewording(differences=(Difference(quoted, ""),))
    changed: list[Difference] = []
    harmless: list[str] = []
    respelt = lost = 0
    for stretch in _stretches(pairs, ours, theirs):
        why = _harmless(stretch, quoted, text)
        if why is None:
            changed.append(_difference(stretch, quoted, text))
            lost += unheard(stretch.theirs, text)
        else:
            harmless.append(why)
            respelt += sum(not word.bracketed for word in stretch.ours)
    matched = [
        (ours[i], theirs[j]) for i, j in pairs if i is not None and j is not None and ours[i].key == theirs[j].key
    ]
    changed.extend(_renamed_at_start(quoted, ours, pairs, text, theirs[: used[0]]))
    changed.extend(_cut_word(text, theirs[used[-1]]) or _end_mark(quoted, ours, text, theirs[used[-1]]))
    harmless.extend(_styles(matched))
    if any(word.bracketed for word, _ in matched):
        harmless.append("a bracketed insertion")
    note = _changes(changed) if changed else _sameness(harmless)
    return Rewording(tuple(changed), note, used[0], used[-1], respelt, unheard=0 < lost == len(changed))


def _within_sentence(pairs: Sequence[Pair], ours: list[Word], text: str, theirs: list[Word]) -> list[Pair]:
    """`pairs` without chance partners: a mismatch at either end never reaches over the end of a sentence."""
    kept = list(pairs)
    for step in (1, -1):
        order = range(len(kept)) if step == 1 else range(len(kept) - 1, -1, -1)
        loose: list[int] = []
        for at in order:
            i, j = kept[at]
            if i is not None and j is not None and ours[i].key == theirs[j].key:
                if loose and _ends_between(kept, loose, j, text, theirs):
                    for place in loose:
                        kept[place] = (kept[place][0], None)
                break
            loose.append(at)
    return [pair for pair in kept if pair != (None, None)]


def _ends_between(pairs: list[Pair], loose: list[int], anchor: int, text: str, theirs: list[Word]) -> bool:
    places = [j for j in (pairs[at][1] for at in loose) if j is not None]
    if not places:
        return False
    low, high = sorted((anchor, places[0] if places[0] < anchor else places[-1]))
    return bool(_SENTENCE_END.search(text, theirs[low].end, theirs[high].start))


def _stretches(pairs: Sequence[Pair], ours: list[Word], theirs: list[Word]) -> list[_Stretch]:
    """The unequal stretches of an alignment. Words left out at an ellipsis are a stretch of their own."""
    found: list[_Stretch] = []
    left: list[Word] = []
    right: list[Word] = []
    passed = 0

    def close(at_gap: bool, following: int | None = None) -> None:
        if left or right:
            before = ours[max(0, passed - len(left) - _REACH) : passed - len(left)]
            after = theirs[following] if following is not None else None
            found.append(_Stretch(left[:], right[:], at_gap and not left, before, after))
            left.clear()
            right.clear()

    for i, j in pairs:
        if i is not None and ours[i].gap:
            close(True)
        if i is not None and j is not None and ours[i].key == theirs[j].key:
            close(False, j)
            passed = i + 1
            continue
        if i is not None:
            left.append(ours[i])
            passed = i + 1
        if j is not None:
            right.append(theirs[j])
    close(False)
    return found


def _harmless(stretch: _Stretch, quoted: str, text: str) -> str | None:
    """Why a stretch changes nothing, or None where it does."""
    ours, theirs = stretch.ours, stretch.theirs
    if stretch.at_gap:
        return None if len(theirs) > _LONGEST_LEAP or _inverts(theirs, text) else "an ellipsis"
    if not ours and all(word.plain in FILLERS for word in theirs):
        return "hesitations left out"
    if ours and all(word.bracketed for word in ours):
        return _bracket(ours, theirs, quoted, text)
    if bool(ours) != bool(theirs) and only_that(ours or theirs, stretch.before, stretch.following):
        return "a “that”"
    if same_but_contraction(ours, theirs, stretch.following.plain if stretch.following else ""):
        return "a contraction"
    if same_amount(ours, theirs):
        return f"number style ({_said(ours)}/{_said(theirs)})"
    if same_but_hyphen(ours, theirs):
        return "hyphens"
    if same_but_spelling(ours, theirs):
        pair = f"{ours[0].plain}/{theirs[0].plain}"
        return f"British and American spelling ({pair})"
    return None


def _said(words: list[Word]) -> str:
    return " ".join(word.plain for word in words)


def _bracket(ours: list[Word], theirs: list[Word], quoted: str, text: str) -> str | None:
    if sorted(weighty(ours)) != sorted(weighty(theirs)) or len(theirs) > _MOST_REPLACED:
        return None
    if _renamed(ours, theirs, quoted, text) or any(
        _SENTENCE_END.search(text, one.end, two.start) for one, two in pairwise(theirs)
    ):
        return None
    for word in ours:
        outside = re.sub(r"\[[^\[\]]*\]?|^[^\[\]]*\]", "", word.span.of(quoted)).casefold()
        partial = outside != word.span.of(quoted).casefold()
        if partial and not any(other.plain.startswith(outside) or other.plain.endswith(outside) for other in theirs):
            return None
    return "a bracketed insertion"


def _renamed(ours: list[Word], theirs: list[Word], quoted: str, text: str) -> bool:
    """Whether a bracket puts one name in the place of another."""
    mine = {word.plain for word in ours if word.span.of(quoted).strip("[]")[:1].isupper()}
    named = {word.plain for word in theirs if word.span.of(text)[:1].isupper() and len(word.plain) > 1}
    return bool(mine) and bool(named) and not mine & named and not named <= _OPENING


def _renamed_at_start(
    quoted: str, ours: list[Word], pairs: Sequence[Pair], text: str, before: list[Word]
) -> list[Difference]:
    """A name in a bracket at the quotation's start where the source has another: nothing is lined up with it."""
    lone = [
        ours[i]
        for i, j in pairs[: next((at for at, pair in enumerate(pairs) if pair[1] is not None), 0)]
        if i is not None
    ]
    if not lone or not before or not all(word.bracketed for word in lone):
        return []
    if _SENTENCE_END.search(text, before[-1].end, before[-1].end + 3) or not _renamed(lone, before[-1:], quoted, text):
        return []
    return [Difference(quoted[lone[0].start : lone[-1].end], before[-1].span.of(text), None, before[-1].span)]


def _inverts(skipped: list[Word], text: str) -> bool:
    """Whether words an ellipsis leaps carry a negation, a limit or a number of the sentences it cuts into.

    Sentences left out whole are left out of this too.
    """
    ends = [at for at in range(len(skipped) - 1) if _SENTENCE_END.search(text, skipped[at].end, skipped[at + 1].start)]
    cut_into = [*skipped[: ends[0] + 1], *skipped[ends[-1] + 1 :]] if ends else skipped
    dated = {at for at, word in enumerate(cut_into) if word.plain in _MONTHS}
    return any(
        weighty([word]) and not (word.key.rstrip("stndrh").isdigit() and {at - 1, at + 1} & dated)
        for at, word in enumerate(cut_into)
    )


def _difference(stretch: _Stretch, quoted: str, text: str) -> Difference:
    claim, source = _cover(stretch.ours), _cover(stretch.theirs)
    return Difference(claim.of(quoted) if claim else "", source.of(text) if source else "", claim, source)


def _cover(words: list[Word]) -> Span | None:
    return Span(min(word.start for word in words), max(word.end for word in words)) if words else None


def _cut_word(text: str, last: Word) -> list[Difference]:
    """A quotation that stops before the "n't" of the source's word."""
    rest = _DENIED_REST.match(text, last.end) if last.short else None
    return [Difference("", rest.group(), None, Span(*rest.span()))] if rest else []


def _end_mark(quoted: str, ours: list[Word], text: str, last: Word) -> list[Difference]:
    """A question quoted as a statement, or a statement as a question."""
    tail, theirs = quoted[ours[-1].end :], text[last.end : last.end + 1]
    if tail[:1] in (".", "!") and theirs == "?" and "..." not in tail:
        return [Difference(tail[:1], "?", Span(ours[-1].end, ours[-1].end + 1), Span(last.end, last.end + 1))]
    if tail[:1] == "?" and theirs == ".":
        return [Difference("?", ".", Span(ours[-1].end, ours[-1].end + 1), Span(last.end, last.end + 1))]
    return []


def _styles(matched: list[tuple[Word, Word]]) -> list[str]:
    styles = [f"number style ({a.plain}/{b.plain})" for a, b in matched if a.plain != b.plain]
    return [*styles, "a contraction"] if any(a.short != b.short for a, b in matched) else styles


def _changes(changed: list[Difference]) -> str:
    """The changes in words, the first three of them."""
    told = []
    for item in changed[:3]:
        if not item.theirs:
            told.append(f"“{item.ours}” is not in the source's words")
        elif not item.ours:
            told.append(f"the quotation leaves out “{item.theirs}”")
        else:
            told.append(f"the source has “{item.theirs}”, not “{item.ours}”")
    if len(changed) > 3:
        told.append(f"{len(changed) - 3} more")
    return "; ".join(told)


def _sameness(harmless: list[str]) -> str:
    kinds = list(dict.fromkeys(harmless)) or ["marks, capitals, spacing or punctuation"]
    return "the same words; differs in " + ", ".join(kinds)
