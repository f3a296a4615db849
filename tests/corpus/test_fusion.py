"""Two rankings become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.corpus.fusion import fuse, scale

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(-1, 50, allow_nan=False))


def test_each_leg_is_scaled_by_its_own_range_and_weighted() -> None:
    """The best of a leg counts its whole weight, whatever the size of its raw scores."""
    fused = fuse({"a": 0.9, "b": 0.5, "c": 0.4}, {"b": 20.0, "d": 5.0}, 0.5)
    assert fused == pytest.approx({"a": 0.5, "b": 0.1 + 0.5, "c": 0.0, "d": 0.125})


def test_one_leg_alone_has_the_whole_score() -> None:
    """Where one leg proposes nothing, the other's best still scores 1."""
    assert fuse({}, {"a": 3.0}, 0.5) == {"a": 1.0}
    assert fuse({"a": 0.3}, {}, 0.5) == {"a": 1.0}
    assert scale({"a": 0.0}, 0.0) == {"a": 1.0}


@given(SCORES, SCORES, st.floats(0, 1))
def test_fused_scores_stay_within_bounds(dense: dict[str, float], lexical: dict[str, float], weight: float) -> None:
    """Everything proposed has a score, in 0..1."""
    fused = fuse(dense, {id: abs(score) for id, score in lexical.items()}, weight)
    assert fused.keys() == dense.keys() | lexical.keys()
    assert all(-1e-9 <= score <= 1 + 1e-9 for score in fused.values())
