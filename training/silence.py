"""Pairs whose evidence is on the topic and silent on the claim, and pairs whose evidence carries a silent neighbour."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from checker.language.sentences import sentences
from training.rows import Pair

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "the a an of in on at to for and or but is was were are be been being it its he she they his her their this that "
    "these those as by with from has have had not no only which who whom there than then also into about over".split()
)
MOST_COVERED = 0.6
"""A text with more of a claim's words than this may well decide it, and is not taken for silent."""


def words(text: str) -> frozenset[str]:
    """The content words of `text`, cut to six letters so that "directed" meets "director"."""
    return frozenset(word[:6] for word in _WORD.findall(text.casefold()) if word not in _STOP)


def covered(claim: str, evidence: str) -> float:
    """The share of the claim's content words that the evidence has."""
    wanted = words(claim)
    return len(wanted & words(evidence)) / max(1, len(wanted))


class Silent:
    """Finds, within one set, texts like a claim that do not decide it."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._texts = sorted({pair.evidence for pair in pairs if len(pair.evidence.split()) <= 150})
        self._index = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        self._matrix = self._index.fit_transform(self._texts)

    def beside(self, pairs: Sequence[Pair], rank: int = 25) -> list[list[str]]:
        """For each pair up to `rank` texts like its claim, the likest first, that cover at most MOST_COVERED of it."""
        found: list[list[str]] = []
        for start in range(0, len(pairs), 256):
            part = pairs[start : start + 256]
            likeness = (self._index.transform([pair.claim for pair in part]) @ self._matrix.T).toarray()
            for pair, row in zip(part, likeness, strict=True):
                best = np.argsort(-row, kind="stable")[: rank * 2]
                found.append([self._texts[at] for at in best if row[at] > 0.05 and self._silent(pair, at)][:rank])
        return found

    def _silent(self, pair: Pair, at: int) -> bool:
        text = self._texts[at]
        return (
            text != pair.evidence and covered(pair.claim, text) <= MOST_COVERED and covered(pair.evidence, text) < 0.7
        )


def silent_pairs(pairs: Sequence[Pair], number: int, chance: random.Random) -> list[Pair]:
    """About `number` of the claims of one set, each against a text of the set that is on its topic and silent."""
    chosen = chance.sample(list(pairs), min(number, len(pairs)))
    made = []
    for pair, texts in zip(chosen, Silent(pairs).beside(chosen), strict=True):
        if texts:
            text = texts[min(len(texts) - 1, int(chance.expovariate(0.4)))]
            made.append(replace(pair, id=f"{pair.id}/silent", evidence=text, label="NEI", kind="silent", share=1.0))
    return made


def distracted_pairs(pairs: Sequence[Pair], number: int, chance: random.Random) -> list[Pair]:
    """About `number` of the pairs with a silent text of their set before or behind their evidence; labels stay."""
    short = [pair for pair in pairs if len(pair.evidence.split()) <= 45]
    chosen = chance.sample(short, min(number, len(short)))
    made = []
    for pair, texts in zip(chosen, Silent(pairs).beside(chosen), strict=True):
        texts = [text for text in texts if len(text.split()) <= 45]
        if texts:
            both = [pair.evidence, chance.choice(texts[:5])]
            chance.shuffle(both)
            made.append(
                replace(pair, id=f"{pair.id}/distracted", evidence=" ".join(both), kind="distracted", share=1.0)
            )
    return made


def removed_pairs(pairs: Sequence[Pair], number: int, chance: random.Random) -> list[Pair]:
    """About `number` pairs whose evidence has lost the sentences that bear on the claim: what is left is silent."""
    made: list[Pair] = []
    for pair in chance.sample(list(pairs), len(pairs)):
        if len(made) == number:
            break
        left = _without_its_ground(pair)
        if left is not None:
            made.append(replace(pair, id=f"{pair.id}/removed", evidence=left, label="NEI", kind="removed", share=1.0))
    return made


def _without_its_ground(pair: Pair) -> str | None:
    spans = sentences(pair.evidence)
    if len(spans) < 2 or covered(pair.claim, pair.evidence) < 0.6:
        return None
    texts = [pair.evidence[span.start : span.end] for span in spans]
    ranked = sorted(range(len(texts)), key=lambda at: -covered(pair.claim, texts[at]))
    for gone in range(1, min(3, len(texts) - 1) + 1):
        left = " ".join(text for at, text in enumerate(texts) if at not in ranked[:gone])
        if len(left.split()) >= 6 and covered(pair.claim, left) <= 0.4:
            return left
    return None


def shortened(pair: Pair, most: int = 110) -> Pair:
    """The pair with at most about `most` words of evidence: the run of sentences that has most of the claim's words.

    Reading is windowed when the verifier is used, so it trains on windows too.
    """
    if len(pair.evidence.split()) <= most:
        return pair
    spans = sentences(pair.evidence)
    best, best_score = pair.evidence, -1.0
    for first in range(len(spans)):
        last = first
        while last + 1 < len(spans) and len(pair.evidence[spans[first].start : spans[last + 1].end].split()) <= most:
            last += 1
        window = pair.evidence[spans[first].start : spans[last].end]
        score = covered(pair.claim, window)
        if score > best_score + 1e-9:
            best, best_score = window, score
        if last + 1 == len(spans):
            break
    return replace(pair, evidence=best)
