"""The cascade: the embedded engine first, and the model only for claims on which it is unsure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.model import Article, Claim, ClaimKind, Label, Unchecked, Verdict
from checker.ports import Retrieval, Verifier

Pair = tuple[Claim, Retrieval]


@dataclass(frozen=True)
class Cascade:
    """`first` judges every claim; what it leaves open, or is less than `1 - max_risk` sure of, `second` judges again.

    Where `second` cannot answer, the claim is unchecked: the first opinion on it was not good enough to stand.
    """

    first: Verifier
    second: Verifier
    max_risk: float

    def verify_all(self, article: Article, pairs: Iterable[Pair]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`; from the first unsure claim on they wait for the model."""
        given: list[Pair] = []
        waiting: list[tuple[Pair, Verdict | Unchecked]] = []

        def seen() -> Iterator[Pair]:
            for pair in pairs:
                given.append(pair)
                yield pair

        for at, answer in enumerate(self.first.verify_all(article, seen())):
            if waiting or self.unsure(given[at], answer):
                waiting.append((given[at], answer))
            else:
                yield answer
        again = [pair for pair, answer in waiting if self.unsure(pair, answer)]
        second = self.second.verify_all(article, again) if again else iter(())
        for pair, answer in waiting:
            yield next(second) if self.unsure(pair, answer) else answer

    def unsure(self, pair: Pair, answer: Verdict | Unchecked) -> bool:
        """Whether a model may know better. A quotation is compared letter by letter, which needs no model."""
        claim, found = pair
        if not isinstance(answer, Verdict) or not found.hits:
            return False
        if claim.kind is ClaimKind.QUOTE and claim.quoted is not None:
            return False
        return answer.label is Label.NOT_ENOUGH_EVIDENCE or answer.confidence < 1 - self.max_risk
