"""Spans matched one to one as well as can be, and loosely; evidence sentences and quotations."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.evaluation import evidence, matching
from checker.model import Span

_SPANS = st.lists(st.builds(lambda at, long: Span(at, at + long), st.integers(0, 20), st.integers(1, 12)), max_size=5)


def test_the_overlap_of_two_spans() -> None:
    """Five characters shared of fifteen."""
    assert matching.iou(Span(0, 10), Span(5, 15)) == pytest.approx(5 / 15)
    assert matching.iou(Span(0, 2), Span(2, 4)) == 0


def test_a_span_is_matched_once() -> None:
    """Two finds on one claim: one of them is too many."""
    found = matching.matched([Span(0, 10), Span(20, 30)], [Span(0, 10), Span(0, 9)])
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_the_matching_is_not_greedy() -> None:
    """The best pair is given up where two pairs can be had instead."""
    gold, found = [Span(0, 10), Span(3, 11)], [Span(2, 10), Span(3, 16)]
    assert matching.iou(gold[0], found[0]) > matching.iou(gold[1], found[1])
    assert len(matching.best_pairs(gold, found)) == 2


@settings(max_examples=150)
@given(_SPANS, _SPANS)
def test_no_assignment_does_better(gold: list[Span], found: list[Span]) -> None:
    """As many pairs as any assignment has, and of those the greatest overlap; checked by trying all."""
    pairs = matching.best_pairs(gold, found)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    few, many = sorted((gold, found), key=len)
    best = (0, 0.0)
    for chosen in permutations(many, len(few)):
        overlaps = [value for one, other in zip(few, chosen, strict=True) if (value := matching.iou(one, other)) >= 0.5]
        best = max(best, (len(overlaps), round(sum(overlaps), 9)))
    own = sum(matching.iou(gold[row], found[column]) for row, column in pairs)
    assert (len(pairs), round(own, 9)) == best


def test_loosely_several_may_stand_for_one() -> None:
    """A claim told in two parts is met by both; half of the shorter must be shared."""
    found = matching.tolerant([Span(0, 40)], [Span(0, 18), Span(19, 40), Span(38, 60)])
    assert (found.gold_met, found.found_met, found.found) == (1, 2, 3)


def test_coverage_and_leaks_are_touched_sentences() -> None:
    """A sentence is touched where a find shares at least half of the shorter of the two with it."""
    assert matching.touched([Span(0, 50), Span(60, 100)], [Span(40, 50), Span(95, 130)]) == 1


def test_a_quotation_changed_by_one_letter_is_not_verbatim() -> None:
    """The words must be the text's own, at their own place."""
    text = "The council met on Monday."
    own = evidence.Cited("minutes", Span(4, 11), "council")
    assert evidence.verbatim(own, text)
    assert not evidence.verbatim(evidence.Cited("minutes", Span(4, 11), "counsil"), text)
    assert not evidence.verbatim(evidence.Cited("minutes", Span(5, 12), "council"), text)
    assert not evidence.verbatim(evidence.Cited("minutes", Span(19, 40), "Monday."), text)
    assert evidence.verbatim_rate([(own, text), (evidence.Cited("m", Span(0, 3), "the"), text)]) == 0.5


def test_evidence_sets_are_alternatives() -> None:
    """Precision is over all sets, recall over the best covered one."""
    sets = [{("a", 1), ("a", 2)}, {("b", 4)}]
    cited = {("a", 1), ("a", 9), ("b", 4)}
    assert evidence.sentence_precision(cited, sets) == pytest.approx(2 / 3)
    assert evidence.sentence_recall(cited, sets) == 1
    assert evidence.sentence_f1(cited, sets) == pytest.approx(0.8)
    assert evidence.sentence_f1(set(), sets) == 0
