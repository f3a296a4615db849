"""Baselines that need no model: what a figure is worth is seen beside them. No threshold here was fitted to any set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.evaluation.datasets.verification import Pair
from checker.evaluation.engines.judging import CONTRADICTED, OPEN, SUPPORTED, Judgement, first_of
from checker.evaluation.tasks.task import EngineCard
from checker.language.amounts import find_amounts
from checker.language.negators import polarity
from checker.language.sentences import sentences
from checker.language.words import content_words
from checker.ports import Encoder

ENOUGH_WORDS = 0.7
"""Share of the claim's content words that one sentence has to have, with its title, to be about it."""
NEAR = 0.6
"""Cosine of claim and sentence from which the sentence counts as saying the claim."""

_DENIES = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|only|just|solely|exclusively|incapable|unable|fail(?:s|ed)?)\b"
    r"|n['’]t\b",
    re.I,
)


class Majority:
    """The commonest class of the set, always: what a figure is when nothing is read."""

    def __init__(self, classes: Sequence[str], gold: Sequence[str]) -> None:
        counts = Counter(gold)
        self._label = max(classes, key=lambda name: counts[name])
        self.card = EngineCard("majority", parameters={"label": self._label})

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """The same for each pair."""
        return (Judgement(self._label) for _ in pairs)


class ClaimWords:
    """The claim alone, by a fixed list of words: one that denies or excludes is contradicted, another is supported.

    Nothing is fitted. Where this does much better than the majority, the set can be answered without reading.
    """

    card = EngineCard("claim-only")

    def __init__(self, classes: Sequence[str]) -> None:
        self._classes = tuple(classes)

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """By the claim of each pair; the evidence is not looked at."""
        for pair in pairs:
            against = _DENIES.search(pair.claim) is not None
            yield Judgement(first_of(self._classes, CONTRADICTED, OPEN) if against else SUPPORTED)


class Overlap:
    """Words in common, with a rule for denials and one for numbers.

    The sentence that has most of the claim's content words decides. Has it fewer than `ENOUGH_WORDS`, the claim is
    open; denies one of the two and the other does not, or lacks the sentence a number of the claim, it is contradicted.
    """

    card = EngineCard("overlap", parameters={"enough_words": ENOUGH_WORDS})

    def __init__(self, classes: Sequence[str]) -> None:
        self._classes = tuple(classes)

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair; the confidence is the share of words in common."""
        for pair in pairs:
            share, sentence = max(_shares(pair), key=lambda found: found[0], default=(0.0, ""))
            yield Judgement(self._label(pair.claim, sentence, share), round(share, 6))

    def _label(self, claim: str, sentence: str, share: float) -> str:
        if share < ENOUGH_WORDS:
            return first_of(self._classes, OPEN, CONTRADICTED)
        if _denials(claim) % 2 != _denials(sentence) % 2 or _numbers(claim) - _numbers(sentence):
            return first_of(self._classes, CONTRADICTED, OPEN)
        return SUPPORTED


class Cosine:
    """The likeness of claim and nearest sentence, and one threshold. It cannot tell a denial from what it denies."""

    def __init__(self, encoder: Encoder, classes: Sequence[str]) -> None:
        self._encoder = encoder
        self._classes = tuple(classes)
        self.card = EngineCard("cosine", {"encoder": encoder.name}, parameters={"near": NEAR})

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair; `probabilities` are none, the confidence is the cosine."""
        for pair in pairs:
            texts = [sentence for _, sentence in _sentences(pair)]
            near = 0.0
            if texts:
                vectors = self._encoder.encode([pair.claim, *texts])
                near = float((vectors[1:] @ vectors[0]).max())
            label = SUPPORTED if near >= NEAR else first_of(self._classes, OPEN, CONTRADICTED)
            yield Judgement(label, round(min(1.0, max(0.0, near)), 6))


def _sentences(pair: Pair) -> Iterator[tuple[str, str]]:
    """(title, sentence) of all the evidence."""
    for title, text in pair.evidence:
        for span in sentences(text):
            yield title, span.of(text)


def _shares(pair: Pair) -> Iterator[tuple[float, str]]:
    wanted = Counter(content_words(pair.claim))
    for title, sentence in _sentences(pair):
        there = set(content_words(f"{title} {sentence}"))
        yield sum(wanted[word] for word in wanted if word in there) / max(1, wanted.total()), sentence


def _denials(text: str) -> int:
    return len(polarity(text).negators)


def _numbers(text: str) -> set[object]:
    return {amount.low for amount in find_amounts(text)}
