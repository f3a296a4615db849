"""Cosine similarity by plain comparison: exact, and faster than a filtered graph for a hundred thousand passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def cosines(vector: NDArray[np.float32], vectors: Mapping[str, NDArray[np.float32]]) -> dict[str, float]:
    """The similarity of `vector` to each of `vectors`; all are of length 1."""
    import numpy as np

    if not vectors:
        return {}
    return dict(zip(vectors, (np.stack(list(vectors.values())) @ vector).tolist(), strict=True))


def nearest(
    vector: NDArray[np.float32],
    ids: Sequence[str],
    days: NDArray[np.int64],
    matrix: NDArray[np.float32],
    limit: int,
    last_day: int | None,
) -> list[str]:
    """The ids of the rows of `matrix` nearest to `vector`, nearest first, of days up to `last_day` (0 is always in)."""
    import numpy as np

    scores = matrix @ vector if len(ids) else np.zeros(0, dtype=np.float32)
    places = np.arange(len(ids)) if last_day is None else np.flatnonzero(days <= last_day)
    if places.size > limit:
        places = places[np.argpartition(-scores[places], limit - 1)[:limit]]
    return [ids[at] for at in sorted(places.tolist(), key=lambda at: (-scores[at], ids[at]))]
