"""Offset arithmetic, pure: views of a text that map back to it, positions in other units, re-anchoring.

The one unit inside the program is the Unicode code point of the owner's text. A `View` is a derived text
(folded, or with markup left out) whose every character knows the stretch of the owner's text it stands for,
so nothing found in a view has to be searched for again.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checker.model import Block, Span

_QUOTES = dict.fromkeys("‘’‚‛′ʼ`´＇", "'") | dict.fromkeys("“”„‟″«»＂", '"')
_DASHES = dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
_MARKS = _QUOTES | _DASHES
# Characters that print nothing: soft hyphen, zero-width space and joiners, direction marks, BOM.
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_PLAIN = re.compile(r"[!-_a-~]+")  # ASCII that folds to itself: no white space, no back-tick
_CLUSTER = re.compile(r"\s+|.[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]*", re.S)


@dataclass(frozen=True, slots=True)
class View:
    """A derived text; character `i` stands for `owner[starts[i]:ends[i]]`. Both arrays never decrease."""

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def whole(cls, text: str) -> View:
        """The text itself."""
        return cls(text, array("q", range(len(text))), array("q", range(1, len(text) + 1)))

    @classmethod
    def of(cls, owner: str, keep: Iterable[Span]) -> View:
        """The stretches `keep` of `owner`, in order, run together."""
        pieces, starts, ends = [], array("q"), array("q")
        for span in keep:
            pieces.append(span.of(owner))
            starts.extend(range(span.start, span.end))
            ends.extend(range(span.start + 1, span.end + 1))
        return cls("".join(pieces), starts, ends)

    @classmethod
    def without(cls, owner: str, span: Span, markup: Iterable[Span]) -> View:
        """`span` of `owner` with the stretches `markup` left out."""
        keep, at = [], span.start
        for hidden in sorted(markup):
            if hidden.end <= at or hidden.start >= span.end:
                continue
            if hidden.start > at:
                keep.append(Span(at, hidden.start))
            at = max(at, hidden.end)
        if at < span.end:
            keep.append(Span(at, span.end))
        return cls.of(owner, keep)

    @classmethod
    def prose(cls, owner: str, block: Block) -> View:
        """What a reader sees of `block`: its text without markup."""
        return cls.without(owner, block.span, block.markup)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the owner's text that characters `start` to `end` of this view stand for."""
        return Span(self.starts[start], self.ends[end - 1])

    def fold(self, *, case: bool = False) -> View:
        """This view folded (see `fold`), mapping back to the same owner."""
        folded = fold(self.text, case=case)
        starts = array("q", (self.starts[at] for at in folded.starts))
        ends = array("q", (self.ends[at - 1] for at in folded.ends))
        return View(folded.text, starts, ends)


@lru_cache(maxsize=512)
def fold(text: str, *, case: bool = False) -> View:
    """`text` with typography levelled: NFKC, straight quotes, plain hyphens, single spaces, nothing invisible.

    With `case`, case is folded too. Two texts a reader would call the same words fold to the same string.
    """
    pieces: list[str] = []
    starts, ends = array("q"), array("q")
    at, length = 0, len(text)

    def put(piece: str, start: int, end: int) -> None:
        if piece == " " and (not pieces or pieces[-1].endswith(" ")):
            if ends:
                ends[-1] = end
            return
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    while at < length:
        plain = _PLAIN.match(text, at)
        if plain:
            follower = text[plain.end() : plain.end() + 1]
            # A combining mark belongs to the last plain character: leave that one to the cluster rule.
            end = plain.end() - 1 if follower and unicodedata.combining(follower) else plain.end()
            if end > at:
                pieces.append(text[at:end].casefold() if case else text[at:end])
                starts.extend(range(at, end))
                ends.extend(range(at + 1, end + 1))
                at = end
                continue
        cluster = _CLUSTER.match(text, at)
        assert cluster is not None
        end = cluster.end()
        piece = _fold_cluster(cluster.group())
        if piece:
            put(piece.casefold() if case else piece, at, end)
        at = end
    return View("".join(pieces), starts, ends)


def _fold_cluster(cluster: str) -> str:
    if cluster.isspace():
        return " "
    if cluster in _INVISIBLE:
        return ""
    if cluster in _MARKS:
        return _MARKS[cluster]
    folded = unicodedata.normalize("NFKC", cluster)
    if folded.isspace():
        return " "
    return "".join(_MARKS.get(char, char) for char in folded if char not in _INVISIBLE)


def trim(text: str, span: Span) -> Span | None:
    """`span` without white space at its ends; None where nothing is left."""
    piece = span.of(text)
    words = piece.strip()
    if not words:
        return None
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, start + len(words))


def find_all(view: View, needle: str) -> tuple[Span, ...]:
    """Every place of `needle` in `view`, as spans of the view's owner."""
    found, at = [], view.text.find(needle) if needle else -1
    while at >= 0:
        found.append(view.span(at, at + len(needle)))
        at = view.text.find(needle, at + 1)
    return tuple(found)


class Positions:
    """Line and column, UTF-16 and UTF-8 views of offsets into one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        # A line ends after \n, \r\n or a lone \r, as editors count them.
        self._lines = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
        # Offsets where the running difference to another unit changes; empty for ASCII.
        self._wide = array("q", (at for at, char in enumerate(text) if ord(char) > 0xFFFF))
        self._bytes: array[int] | None = None

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`, both from 1, the column in code points."""
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def line_start(self, line: int) -> int:
        """The offset at which line `line` (from 1) begins."""
        return self._lines[line - 1]

    def utf16(self, offset: int) -> int:
        """`offset` in UTF-16 code units."""
        return offset + bisect_right(self._wide, offset - 1)

    def from_utf16(self, units: int) -> int:
        """The code point offset of a UTF-16 offset; one inside a surrogate pair falls to the pair's start."""
        low, high = 0, len(self._text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.utf16(middle) <= units:
                low = middle
            else:
                high = middle - 1
        return low

    def utf8(self, offset: int) -> int:
        """`offset` in UTF-8 bytes."""
        if self._text.isascii():
            return offset
        if self._bytes is None:
            total, sums = 0, array("q", [0])
            for char in self._text:
                code = ord(char)
                total += 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4
                sums.append(total)
            self._bytes = sums
        return self._bytes[offset]


def reanchor(span: Span, old: str, new: str, *, context: int = 32) -> Span | None:
    """Where `span` of `old` stands in the edited text `new`, or None where that is not certain.

    Same words at the same place; else the same words once; else the one place whose surroundings agree best
    and on at least one side wholly. A lookalike is never taken: a lost anchor is an orphan.
    """
    words = span.of(old)
    before, after = old[max(0, span.start - context) : span.start], old[span.end : span.end + context]
    places = [found.start for found in find_all(View.whole(new), words)]
    if not places:
        return None
    if len(places) == 1:
        return Span(places[0], places[0] + len(words))

    def agreement(place: int) -> tuple[int, int]:
        left, right = new[max(0, place - context) : place], new[place + len(words) : place + len(words) + context]
        same_left = _common_suffix(left, before)
        same_right = _common_prefix(right, after)
        whole = (same_left == len(before)) + (same_right == len(after))
        return whole, same_left + same_right

    ranked = sorted(((agreement(place), place) for place in places), reverse=True)
    (best, place), (second, _) = ranked[0], ranked[1]
    if best[0] == 0 or best == second:
        return None
    return Span(place, place + len(words))


def _common_prefix(a: str, b: str) -> int:
    size = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        size += 1
    return size


def _common_suffix(a: str, b: str) -> int:
    return _common_prefix(a[::-1], b[::-1])
