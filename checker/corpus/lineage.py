"""Which sources tell one story, and which are the draft itself again.

Two sources are near-copies where they share `RESEMBLANCE` of all their shingles, or where the smaller is not less than
`LEAST_RATIO` of the larger and has `CONTAINMENT` of its shingles there. A source is a copy of the draft where most of
its words, those apart that the draft puts in quotation marks, are the draft's own, or where the draft stands in it
whole. What the draft quotes is the source's and not the draft's, so a statement that a draft quotes whole is no copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from checker.corpus.shingles import shared, shingles, without
from checker.language.quotations import find_quotations

if TYPE_CHECKING:
    from checker.corpus.shingles import Shingles

RESEMBLANCE = 0.6
CONTAINMENT = 0.8
LEAST_RATIO = 0.25
LEAST_SHINGLES = 15
"""Below that, two notes on one thing cannot but use the same words."""

COPIED_SHARE = 0.5
"""One word of eight edited leaves (7/8)^4 = 59 % of the shingles whole, and edits inside quotations cost a few more."""
COPIED_SHINGLES = 30
"""A sentence that both have, or two, is agreement and no copy."""
SHORT_COPY_SHARE = 0.8
SHORT_COPY_SHINGLES = 16
SHORT_COPY_OF_DRAFT = 0.4
"""A text of two or three sentences is a copy only where nearly all of it, and much of the draft, is the other's."""
WHOLE_DRAFT_SHARE = 0.7
WHOLE_DRAFT_SHINGLES = 40


def lineages(sets: Mapping[str, Shingles], labelled: Mapping[str, str]) -> dict[str, str]:
    """The lineage of each source: its label, else that of the near-copies it belongs to, else its own id.

    Near-copies without a label take the label of the near-copy with the lowest id that has one, else the lowest id.
    """
    group = {id: id for id in sets}

    def root(id: str) -> str:
        while group[id] != id:
            group[id] = group[group[id]]
            id = group[id]
        return id

    for one, other in near_copies(sets):
        low, high = sorted((root(one), root(other)))
        group[high] = low
    label: dict[str, str] = {}
    for id in sorted(labelled):
        label.setdefault(root(id), labelled[id])
    return {id: labelled.get(id) or label.get(root(id)) or root(id) for id in sets}


def near_copies(sets: Mapping[str, Shingles]) -> Iterator[tuple[str, str]]:
    """The pairs of sources that are near-copies, each once."""
    import numpy as np

    ids = sorted(id for id in sets if sets[id].size >= LEAST_SHINGLES)
    if len(ids) < 2:
        return
    sizes = np.array([sets[id].size for id in ids])
    hashes = np.concatenate([sets[id] for id in ids])
    owners = np.repeat(np.arange(len(ids)), sizes)
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    for number, id in enumerate(ids):
        first = np.searchsorted(hashes, sets[id], "left")
        last = np.searchsorted(hashes, sets[id], "right")
        common = np.flatnonzero(last - first > 1)  # every shingle finds itself
        if common.size == 0:
            continue
        places = np.concatenate([np.arange(first[at], last[at]) for at in common])
        counts = np.bincount(owners[places], minlength=len(ids))
        counts[: number + 1] = 0
        enough = counts >= RESEMBLANCE * np.minimum(sizes, sizes[number])  # near-copies by either measure share as much
        yield from (
            (id, ids[other]) for other in np.flatnonzero(enough) if _near(counts[other], sizes[number], sizes[other])
        )


def _near(both: int, one: int, other: int) -> bool:
    small, large = sorted((one, other))
    if both / (one + other - both) >= RESEMBLANCE:
        return True
    return both / small >= CONTAINMENT and small / large >= LEAST_RATIO


def copies(draft: str, sets: Mapping[str, Shingles]) -> frozenset[str]:
    """The ids of the sources that are copies of `draft`, or of a part of it."""
    own, quoted = _own_and_quoted(draft)
    return frozenset(id for id, words in sets.items() if _is_copy(words, own, quoted))


def _is_copy(words: Shingles, own: Shingles, quoted: Shingles) -> bool:
    both = shared(words, own)
    if own.size >= WHOLE_DRAFT_SHINGLES and both >= WHOLE_DRAFT_SHARE * own.size:
        return True
    told = without(words, quoted).size
    if both >= COPIED_SHINGLES:
        return both >= COPIED_SHARE * told
    return both >= SHORT_COPY_SHINGLES and both >= SHORT_COPY_SHARE * told and both >= SHORT_COPY_OF_DRAFT * own.size


def _own_and_quoted(draft: str) -> tuple[Shingles, Shingles]:
    """The shingles that are the draft's own words, and those that touch a quotation."""
    edges = [0]
    for quotation in find_quotations(draft):
        edges += [quotation.span.start, quotation.span.end]
    edges.append(len(draft))
    own = shingles(draft[start:end] for start, end in zip(edges[::2], edges[1::2]))
    return own, without(shingles([draft]), own)
