"""Figures of one citation: are the words the source's own, and are they the sentences that were needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from checker.model import Span

Sentence = tuple[str, int]  # source and number of the sentence in it


@dataclass(frozen=True, slots=True)
class Cited:
    """A quotation as an engine gave it: the words, and where in which source they are said to stand."""

    source: str
    span: Span
    quote: str


def verbatim(cited: Cited, text: str) -> bool:
    """Whether the quotation is, character by character, what `text` has at its offsets."""
    return cited.span.end <= len(text) and cited.span.of(text) == cited.quote


def verbatim_rate(cited: Sequence[tuple[Cited, str]]) -> float:
    """The share of quotations that stand in their texts; 1 where nothing was quoted, since nothing was made up."""
    return sum(verbatim(one, text) for one, text in cited) / len(cited) if cited else 1.0


def sentence_precision(cited: Collection[Sentence], sets: Collection[Collection[Sentence]]) -> float:
    """The share of the cited sentences that are in some gold set; 0 where nothing was cited."""
    wanted = {sentence for members in sets for sentence in members}
    return len(set(cited) & wanted) / len(set(cited)) if cited else 0.0


def sentence_recall(cited: Collection[Sentence], sets: Collection[Collection[Sentence]]) -> float:
    """The share of the best covered gold set that was cited: the sets are alternatives, each enough alone."""
    return max((len(set(cited) & set(members)) / len(set(members)) for members in sets if members), default=0.0)


def sentence_f1(cited: Collection[Sentence], sets: Collection[Collection[Sentence]]) -> float:
    """The harmonic mean of the two."""
    precise, complete = sentence_precision(cited, sets), sentence_recall(cited, sets)
    return 2 * precise * complete / (precise + complete) if precise + complete else 0.0
