"""A verifier that judges one claim at a time, told as one that judges many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from checker.model import Article, Claim, Unchecked, Verdict
from checker.pipeline.workers import in_order
from checker.ports import Retrieval
from checker.verify.isolated import isolated

_STAGE = "verify"


class Single(Protocol):
    """Judges one claim of `article` against what was found for it. Safe to use from several threads."""

    def verify(self, article: Article, claim: Claim, found: Retrieval) -> Verdict | Unchecked: ...


@dataclass(frozen=True)
class OneByOne:
    """Each claim by itself, on `threads` workers; one that fails leaves an `Unchecked` and no other does."""

    single: Single
    threads: int

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`, each as soon as it and those before it are ready."""

        def judged(pair: tuple[Claim, Retrieval]) -> Verdict | Unchecked:
            claim, found = pair
            return isolated(claim, _STAGE, lambda: self.single.verify(article, claim, found))

        return in_order(judged, pairs, threads=self.threads, name="claim")
