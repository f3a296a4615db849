"""Evidence of any length as overlapping windows of whole sentences, short enough to be read with a claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from checker.embedded.encoder import clean
from checker.language.sentences import sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 128
"""Most word pieces of evidence in a window."""

_TOKENIZER = Path(str(files("checker.embedded"))) / "weights" / "tokenizer.json"


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, or a piece of a long one: which text it is of, that text's title, its words and word pieces."""

    text: int
    title: str
    words: str
    pieces: int


def windows(texts: Sequence[tuple[str, str]], most: int = WINDOW) -> list[str]:
    """Windows over the (title, text) pairs in `texts`, each of at most `most` word pieces; one empty window of nothing.

    A window is a run of whole sentences, each text's title before its first sentence in the window; the next window
    starts about half-way in. A sentence longer than a window is cut into pieces that overlap by half.
    """
    parts = list(_parts(texts, most))
    found = []
    first = 0
    while first < len(parts):
        last, words = _run(parts, first, most)
        found.append(words)
        if last == len(parts):
            break
        first = _half_way(parts, first, last)
    return found or [""]


def _parts(texts: Sequence[tuple[str, str]], most: int) -> Iterator[_Part]:
    for number, (title, text) in enumerate(texts):
        name, room = "", most
        if title:
            name = next(_cuts(f"{title}.", most // 4))[0]
            room -= len(_ends(name))
        for span in sentences(text):
            for words, pieces in _cuts(text[span.start : span.end], room):
                yield _Part(number, name, words, pieces)


def _cuts(text: str, most: int) -> Iterator[tuple[str, int]]:
    """`text` in pieces of at most `most` word pieces that overlap by half, and how many each has."""
    ends = _ends(text)
    if len(ends) <= most:
        yield text, len(ends)
        return
    step = most // 2
    for at in range(0, len(ends) - step, step):
        some = ends[at : at + most]
        yield text[some[0][0] : some[-1][1]], len(some)


def _run(parts: Sequence[_Part], first: int, most: int) -> tuple[int, str]:
    """The end of the longest run from `first` that fits, and its words; one part always fits."""
    words: list[str] = []
    length, text, at = 0, -1, first
    while at < len(parts):
        part = parts[at]
        name = part.title if part.text != text else ""
        added = part.pieces + (len(_ends(name)) if name else 0)
        if at > first and length + added > most:
            break
        words += [name, part.words] if name else [part.words]
        length, text, at = length + added, part.text, at + 1
    return at, " ".join(words)


def _half_way(parts: Sequence[_Part], first: int, last: int) -> int:
    """Where the next window starts: past `first`, with about half of the window before it."""
    half = sum(part.pieces for part in parts[first:last]) / 2
    passed = 0
    for at in range(first, last):
        if at > first and passed >= half:
            return at
        passed += parts[at].pieces
    return last


def _ends(text: str) -> list[tuple[int, int]]:
    """Where each word piece of `text` begins and ends."""
    return list(_tokenizer().encode(clean(text), add_special_tokens=False).offsets)


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
