"""Evidence of any length as overlapping windows of whole sentences, and one distribution out of the windows' own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from checker.language.sentences import sentences

WINDOW = 128
"""Most word pieces of evidence in a window."""

Ids = tuple[int, ...]


def windows(tokenizer: Tokenizer, texts: Sequence[tuple[str, str]], most: int = WINDOW) -> list[Ids]:
    """Word pieces of windows over the (title, text) pairs in `texts`; every word piece is in at least one window.

    A window is a run of whole sentences, each text's title before its first sentence in the window; the next window
    starts about half-way in. A sentence longer than a window is cut into pieces that overlap by half.
    """
    pieces: list[tuple[Ids, Ids]] = []
    for title, text in texts:
        name = _ids(tokenizer, f"{title}.") if title else ()
        name = name[: most // 4]
        for span in sentences(text):
            pieces.extend((name, cut) for cut in _cuts(_ids(tokenizer, text[span.start : span.end]), most - len(name)))
    found: list[Ids] = []
    first = 0
    while first < len(pieces):
        last, ids = _run(pieces, first, most)
        found.append(ids)
        if last == len(pieces):
            break
        first = _half_way(pieces, first, last)
    return found or [()]


def _run(pieces: Sequence[tuple[Ids, Ids]], first: int, most: int) -> tuple[int, Ids]:
    """The end of the longest run from `first` that fits, and its word pieces; one piece always fits."""
    ids: Ids = ()
    title: Ids | None = None
    at = first
    while at < len(pieces):
        name, body = pieces[at]
        added = (name if name != title else ()) + body
        if at > first and len(ids) + len(added) > most:
            break
        ids, title, at = ids + added, name, at + 1
    return at, ids


def _half_way(pieces: Sequence[tuple[Ids, Ids]], first: int, last: int) -> int:
    """Where the next window starts: past `first`, with about half of the window before it."""
    half = sum(len(body) for _, body in pieces[first:last]) / 2
    passed = 0
    for at in range(first, last):
        if at > first and passed >= half:
            return at
        passed += len(pieces[at][1])
    return last


def _cuts(ids: Ids, most: int) -> list[Ids]:
    if len(ids) <= most:
        return [ids]
    step = most // 2
    return [ids[at : at + most] for at in range(0, len(ids) - step, step)]


def _ids(tokenizer: Tokenizer, text: str) -> Ids:
    return tuple(tokenizer.encode(text, add_special_tokens=False).ids)


def strongest(distributions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the windows' distributions over (supported, refuted, silent), shape (n, 3), the one least likely silent."""
    chosen: NDArray[np.float64] = distributions[distributions[:, 2].argmin()]
    return chosen


def most_supported(distributions: NDArray[np.float64]) -> NDArray[np.float64]:
    """The distribution of the window likeliest to support: for sets that ask only whether a text supports a claim."""
    chosen: NDArray[np.float64] = distributions[distributions[:, 0].argmax()]
    return chosen
