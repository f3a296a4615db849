"""Numbers are searched in their variants."""

from __future__ import annotations

import pytest
from corpus_bench import Bench, new_source

from checker.corpus.figures import figures


@pytest.mark.parametrize("written", ["4,523,000", "4523000", "4.5 million", "four and a half million", "$4.5m"])
def test_ways_to_write_one_number_share_a_token(written: str) -> None:
    """Exact and rounded figures meet in the token of two figures."""
    assert "~4500000" in figures(f"It cost {written} in all.")


def test_years_do_not_meet_in_a_rounded_token() -> None:
    """A year is only itself: rounded, all years of half a century would be one."""
    assert figures("in 2018 and 1987") == ("=2018", "=1987")


def test_a_vague_number_is_no_token() -> None:
    """ "Dozens" is no figure that could be looked for."""
    assert figures("dozens of boats") == ()


@pytest.mark.parametrize("asked", ["4.5 million", "4523000", "about four and a half million"])
def test_a_number_is_found_however_it_is_written(stocked: Bench, asked: str) -> None:
    """A query that shares only its number with a passage finds it in the lexical leg."""
    stocked.add(new_source("Some 4,999,999 was nobody's figure.", "other"))
    with stocked.open() as corpus:
        hits = corpus.search(f"zzz {asked}")
        found = [hit for hit in hits if "lexical" in hit.legs]
        assert found[0].passage.source_id == "harbour"
