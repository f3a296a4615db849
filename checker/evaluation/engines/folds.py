"""Guessing from the claim alone, by words learnt from the rest of the set: how far a set gives itself away."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from checker.evaluation.datasets.verification import Pair
from checker.evaluation.engines.judging import Judgement
from checker.evaluation.tasks.task import EngineCard
from checker.language.words import words

FOLDS = 5


class ClaimFolds:
    """Naive Bayes over the words and word pairs of the claim, fitted on the other four fifths of the set's clusters.

    No item is judged by words of its own cluster, and nothing is kept from one run to another. It measures the set, not
    an engine: the set is used as its own training data.
    """

    card = EngineCard("claim-folds", parameters={"folds": FOLDS})

    def __init__(self, classes: Sequence[str], every: Sequence[Pair]) -> None:
        self._classes = tuple(classes)
        self._every = every

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair, with probabilities."""
        for pair in pairs:
            scores = self._scores(_fold(pair), _features(pair.claim))
            top = max(scores.values())
            shares = {name: math.exp(score - top) for name, score in scores.items()}
            whole = sum(shares.values())
            label = max(self._classes, key=lambda name: scores[name])
            yield Judgement(label, shares[label] / whole, {name: share / whole for name, share in shares.items()})

    def _scores(self, fold: int, features: Counter[str]) -> dict[str, float]:
        """The log of prior times likelihood of each class, by what the other folds have."""
        scores = {}
        size = len(set().union(*(self._counts[other, name] for other in range(FOLDS) for name in self._classes)))
        for name in self._classes:
            others = [other for other in range(FOLDS) if other != fold]
            total = sum(self._counts[other, name].total() for other in others)
            rows = sum(self._rows[other, name] for other in others)
            scores[name] = math.log(rows + 1) + sum(
                times * math.log((sum(self._counts[other, name][word] for other in others) + 1) / (total + size + 1))
                for word, times in features.items()
            )
        return scores

    @cached_property
    def _counts(self) -> dict[tuple[int, str], Counter[str]]:
        made = {(fold, name): Counter[str]() for fold in range(FOLDS) for name in self._classes}
        for pair in self._every:
            made[_fold(pair), pair.gold].update(_features(pair.claim))
        return made

    @cached_property
    def _rows(self) -> Counter[tuple[int, str]]:
        return Counter((_fold(pair), pair.gold) for pair in self._every)


def _fold(pair: Pair) -> int:
    return hashlib.sha256(pair.cluster.encode("utf-8", "surrogatepass")).digest()[0] % FOLDS


def _features(claim: str) -> Counter[str]:
    found = [word for word, _, _ in words(claim)]
    return Counter([*found, *(f"{one} {two}" for one, two in pairwise(found))])
