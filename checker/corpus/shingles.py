"""Texts as sets of word runs ("shingles"), and how much two sets share.

A shingle is four words on end, folded for case and typography, so that an edit of one word costs at most four
shingles. Broder, "On the resemblance and containment of documents" (1997), names the two measures: resemblance is
shared / all, containment is shared / those of one. Sets are kept exactly, as sorted 64-bit hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from checker.spans import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint64]

WIDTH = 4
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of `text` folded, punctuation left out; the commas of a number join its figures."""
    folded = re.sub(r"(?<=\d)[,.](?=\d)", "", fold(text, case=True).text)
    return _WORD.findall(folded)


def shingles(texts: Iterable[str]) -> Shingles:
    """The set of shingles of `texts`, none of which runs from one text into the next; sorted."""
    import numpy as np

    found = {_hash(run) for text in texts for run in runs(words_of(text))}
    return np.array(sorted(found), dtype=np.uint64)


def runs(words: Sequence[str]) -> list[str]:
    """Every `WIDTH` words on end."""
    return [" ".join(words[at : at + WIDTH]) for at in range(len(words) - WIDTH + 1)]


def shared(one: Shingles, other: Shingles) -> int:
    """How many shingles both have."""
    import numpy as np

    return int(np.intersect1d(one, other, assume_unique=True).size)


def without(one: Shingles, other: Shingles) -> Shingles:
    """The shingles of `one` that `other` has not."""
    import numpy as np

    left: Any = np.setdiff1d(one, other, assume_unique=True)
    return left  # type: ignore[no-any-return]


def _hash(run: str) -> int:
    # Not Python's own hash, which differs from one process to the next.
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
