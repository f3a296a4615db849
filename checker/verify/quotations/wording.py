"""Words as a quotation is held against them: what counts as the same word, and how two wordings line up.

A word is compared without its case, accents and punctuation, a number without its style ("12", "twelve"), an
amount without the place of its unit ("$5", "five dollars"), a contraction as the words it is short for. What was
levelled is remembered, so that it can be named. Spans are into the text the words were taken from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest

from checker.language.spelling import spelling
from checker.language.words import NEGATIONS
from checker.model import Span
from checker.spans import fold
from checker.verify.quotations.contractions import long_form

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]\b|\d+(?:[.,:]\d+)+(?:st|nd|rd|th)?|[^\W_]+(?:'[^\W_]+)*|[$£€%]|(?<![^\s(\[\"'])-(?=[\d.])"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ELLIPSIS = re.compile(r"\[\s*(?:\.\s?){3,}\s*\]|\(\s*(?:\.\s?){3,}\s*\)|(?:\.\s?){3,}")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]")
_SIC = re.compile(r"[\[(]\s*sic\s*[\])]", re.I)
_ASIDE = re.compile(
    r"[\[(]\s*(?:applause|laughter|laughs|laughing|cheers|cheering|crosstalk|pause|pauses|music|sic|\d{1,3}|"
    r"(?:\d{1,2}:)?\d{1,2}:\d{2})\s*[\])]",
    re.I,
)

_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_NUMBERS = {word: str(value) for value, word in enumerate(_UNITS)}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    word: f"{value}{'st nd rd'.split()[value - 1] if value < 4 else 'th'}"
    for value, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_SCALES = frozenset("hundred thousand million billion trillion".split())
_SYMBOLS = {"$": "dollars", "£": "pounds", "€": "euros", "%": "percent", "-": "minus"}
FILLERS = frozenset("uh um er erm ah eh hmm mm mhm uhm".split())
_WEIGHTY = NEGATIONS | frozenset(
    """only all every always most more less fewer before after above below over under unless except nearly almost
    maybe might may could should would if until first last both either""".split()
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `key` is what is compared, `plain` its letters without case, `bracketed` says it is an editor's."""

    key: str
    plain: str
    start: int
    end: int
    bracketed: bool = False
    gap: bool = False  # an ellipsis stands before it
    hyphen: bool = False  # a hyphen joins it to the word before
    short: bool = False  # half of a contraction: "could" or "not" of "couldn't"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def source_words(text: str, skip: Iterable[Span] = ()) -> list[Word]:
    """The words of a source; those under `skip` (page furniture, markup) and stage directions are left out."""
    view = fold(text)
    hidden = sorted([*skip, *(view.span(*found.span()) for found in _ASIDE.finditer(view.text))])
    starts = [span.start for span in hidden]
    latest = _running_end(hidden)

    def kept(word: Word) -> bool:
        at = bisect_right(starts, word.start) - 1
        return at < 0 or latest[at] <= word.start

    return _moved_units([word for word in _words(text) if kept(word)])


def quoted_words(text: str) -> list[Word]:
    """The words of a quotation as a draft gives it: brackets and ellipses are an editor's marks."""
    view = fold(text)
    folded = view.text
    sic = [found.span() for found in _SIC.finditer(folded)]
    brackets = [found.span() for found in _BRACKETED.finditer(folded)]
    gaps = [view.span(*found.span()).start for found in _ELLIPSIS.finditer(folded)]
    spans = [view.span(*place) for place in brackets]
    dropped = [view.span(*place) for place in sic]
    found: list[Word] = []
    for word in _joined_at_brackets(text, _words(text)):
        if any(word.span in span for span in dropped):
            continue
        inside = word.bracketed or any(word.span in span for span in spans)
        gap = bool(found) and any(found[-1].end <= at < word.start for at in gaps)
        found.append(replace(word, bracketed=inside, gap=gap))
    return _moved_units(found)


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """`word` without case, accents and the points of an abbreviation."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char)).casefold()
    return bare.replace(".", "") if bare[:1].isalpha() else bare


def _words(text: str) -> list[Word]:
    view = fold(text)
    found: list[Word] = []
    last = 0
    for match in _TOKEN.finditer(view.text):
        start, end = match.span()
        letters = plain(match.group())
        hyphen = bool(found) and view.text[last:start] in ("-", "- ")
        parts = long_form(letters)
        middle = start + parts[2] if parts and len(letters) == end - start else None
        if parts and middle is not None:
            first, second = view.span(start, middle), view.span(middle, end)
            found.append(Word(_key(parts[0]), parts[0], first.start, first.end, hyphen=hyphen, short=True))
            found.append(Word(_key(parts[1]), parts[1], second.start, second.end, short=True))
        else:
            span = view.span(start, end)
            found.append(Word(_key(letters), letters, span.start, span.end, hyphen=hyphen))
        last = end
    return _counted(found)


@lru_cache(maxsize=65536)
def _key(letters: str) -> str:
    if letters in _SYMBOLS:
        return _SYMBOLS[letters]
    if _GROUPED.fullmatch(letters):
        return letters.replace(",", "")
    return _NUMBERS.get(letters) or _ORDINALS.get(letters) or str(_TENS.get(letters, letters))


def _counted(words: list[Word]) -> list[Word]:
    """Words with "twenty five" read as one number."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        if before and before.plain in _TENS and word.plain in _NUMBERS and 0 < int(word.key) < 10:
            key = str(int(before.key) + int(word.key))
            found[-1] = Word(key, f"{before.plain}-{word.plain}", before.start, word.end, hyphen=before.hyphen)
        else:
            found.append(word)
    return found


def _moved_units(words: list[Word]) -> list[Word]:
    """Words with a currency sign read where it is spoken: after its amount."""
    found: list[Word] = []
    waiting: Word | None = None
    for word in words:
        if waiting and not (word.key[:1].isdigit() or word.key in _SCALES):
            found.append(waiting)
            waiting = None
        if word.plain in ("$", "£", "€"):
            waiting = word
        else:
            found.append(word)
    return [*found, waiting] if waiting else found


def _joined_at_brackets(text: str, words: list[Word]) -> list[Word]:
    """Words with "[H]e" and "approv[ed]" read as one word each."""
    found: list[Word] = []
    for word in words:
        before = found[-1] if found else None
        between = text[before.end : word.start] if before else " "
        if before and between in ("[", "]"):
            letters = before.plain + word.plain
            found[-1] = Word(_key(letters), letters, before.start, word.end, bracketed=True, hyphen=before.hyphen)
        else:
            found.append(word)
    return found


def _running_end(spans: list[Span]) -> list[int]:
    ends: list[int] = []
    for span in spans:
        ends.append(max(span.end, ends[-1]) if ends else span.end)
    return ends


def weighty(words: Iterable[Word]) -> tuple[str, ...]:
    """Words that a quotation cannot drop or gain without changing what is said: negations, limits, numbers.

    A year alone is no such number: leaving out "in 2018" dates a sentence less closely, and inverts nothing.
    """
    return tuple(word.plain for word in words if word.key in _WEIGHTY or word.plain.endswith("n't") or _counts(word))


def _counts(word: Word) -> bool:
    return word.key[:1].isdigit() and not _YEAR.fullmatch(word.key) and word.plain not in ("one", "first", "second")


_MEANS_ANOTHER = frozenset("resign recover reform release resent recreation represent resort".split())


def same_but_spelling(ours: list[Word], theirs: list[Word]) -> bool:
    """Whether two short stretches are the same words in British and American spelling."""
    return [spelling(word.plain) for word in ours] == [spelling(word.plain) for word in theirs] and bool(ours)


def same_but_hyphen(ours: list[Word], theirs: list[Word]) -> bool:
    """Whether two stretches are the same letters, joined or hyphenated otherwise ("infor-\\nmation")."""
    left, right = "".join(word.plain for word in ours), "".join(word.plain for word in theirs)
    if left != right or left in _MEANS_ANOTHER:
        return False
    return left == "percent" or any(word.hyphen for word in (*ours, *theirs))


Pair = tuple[int | None, int | None]
"""An index into our words and one into theirs; one of them is None where a word stands alone."""

_MANY = 100
_SKIPPED = 0.8  # a word of theirs that ours leaves out
_AT_GAP = 0.01  # the same, where an ellipsis says so
_FILLER = 0.05
_BRACKET = 0.05  # an editor's word that stands in for nothing
_IN_PLACE = 0.3  # an editor's word in place of one of theirs
_AT_BRACKET = 0.2  # a word of theirs beside an editor's, which may stand for it
_SPELT = 0.1
_SHORTENED = 0.15


def line_up(ours: list[Word], theirs: list[Word]) -> list[Pair]:
    """The cheapest way to read all of `ours` somewhere in `theirs` (a fitting alignment, Needleman-Wunsch costs).

    Past a hundred words, stretches that run on alike are taken first and only what is between them is paired off.
    """
    if len(ours) > _MANY:
        return _by_stretches(ours, theirs)
    width = len(theirs) + 1
    costs = [[0.0] * width]
    moves: list[bytearray] = [bytearray(width)]
    for i, word in enumerate(ours, 1):
        after = ours[i] if i < len(ours) else None
        row, move = _row(word, after, theirs, costs[-1])
        costs.append(row)
        moves.append(move)
    j = min(range(width), key=lambda at: (costs[-1][at], at))
    if j + 1 < width and costs[-1][j + 1] == costs[-1][j] and moves[-1][j + 1] == 0:
        j += 1  # a last word that differs has its partner
    i = len(ours)
    pairs: list[Pair] = []
    while i:
        move_taken = moves[i][j]
        if move_taken == 0:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif move_taken == 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    pairs.reverse()
    return pairs


def _by_stretches(ours: list[Word], theirs: list[Word]) -> list[Pair]:
    """A line-up by the longest stretches of equal words: its time grows with the words, not with their product."""
    matcher = SequenceMatcher(None, [word.key for word in ours], [word.key for word in theirs], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    pairs: list[Pair] = []
    i, j = 0, max(0, blocks[0].b - blocks[0].a) if blocks else 0
    for block in blocks:
        pairs.extend(zip_longest(range(i, block.a), range(j, block.b)))
        pairs.extend(zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True))
        i, j = block.a + block.size, block.b + block.size
    rest = len(ours) - i
    pairs.extend(zip_longest(range(i, len(ours)), range(j, min(len(theirs), j + rest))))
    return pairs


def _row(word: Word, after: Word | None, theirs: list[Word], above: list[float]) -> tuple[list[float], bytearray]:
    """Costs of `word` against each of theirs, and the moves: 0 both, 1 ours alone, 2 theirs alone.

    `after` is the word of ours that follows; after the last one, what they go on with costs nothing.
    """
    skipped = _SKIPPED
    if after is not None:
        skipped = _AT_GAP if after.gap else _AT_BRACKET if word.bracketed or after.bracketed else _SKIPPED
    alone = _BRACKET if word.bracketed else 1.0
    row, move = [above[0] + alone], bytearray([1])
    for j, other in enumerate(theirs, 1):
        best, taken = above[j - 1] + _against(word, other), 0
        ours_alone = above[j] + alone
        if ours_alone < best:
            best, taken = ours_alone, 1
        if after is not None:
            skip = min(skipped, _FILLER) if other.plain in FILLERS else skipped
            theirs_alone = row[j - 1] + skip
            if theirs_alone < best:
                best, taken = theirs_alone, 2
        row.append(best)
        move.append(taken)
    return row, move


def _against(word: Word, other: Word) -> float:
    if word.key == other.key:
        return 0.0
    if word.bracketed:
        return _IN_PLACE
    if ("'" in word.plain) != ("'" in other.plain) and word.plain.split("'")[0] == other.plain.split("'")[0]:
        return _SHORTENED  # "it's", whose other half is lined up beside it
    return _SPELT if spelling(word.plain) == spelling(other.plain) else 1.0
