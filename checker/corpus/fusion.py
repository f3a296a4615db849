"""Two rankings become one by a normalised sum.

Each leg's scores are scaled to 0..1 over its own candidates and added with their weights: a convex combination, which
Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (ACM TOIS 42:1, 2023, section 4), found
to beat reciprocal ranks and to need one parameter. The floor of the lexical leg is 0, BM25's least score; that of the
dense leg is its least cosine, because cosines of real texts crowd in a narrow band. What a leg did not propose has 0.
"""

from __future__ import annotations

from collections.abc import Mapping


def scale(scores: Mapping[str, float], floor: float) -> dict[str, float]:
    """`scores` from `floor` to the greatest as 0..1; all 1 where they do not differ."""
    top = max(scores.values(), default=floor)
    width = top - floor
    return {id: (score - floor) / width if width > 0 else 1.0 for id, score in scores.items()}


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """The fused score in 0..1 of everything that either leg proposed, keyed as the legs are."""
    near = scale(dense, min(dense.values(), default=0.0))
    words = scale(lexical, 0.0)
    weight = dense_weight if dense and lexical else 1.0 if dense else 0.0
    return {id: weight * near.get(id, 0.0) + (1 - weight) * words.get(id, 0.0) for id in {**dense, **lexical}}
