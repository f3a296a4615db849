"""Looking on the other side: before a model judges, the corpus is searched for what would show each claim wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.errors import EngineError
from checker.model import Article, Claim, ClaimKind, Unchecked, Verdict
from checker.pipeline.retrieval import Finder
from checker.ports import Retrieval, Verifier
from checker.verify.isolated import isolated


@dataclass(frozen=True)
class BothSides:
    """`verifier`, with more found for each claim by the query that `ask` gives under the claim's id."""

    verifier: Verifier
    finder: Finder
    ask: Callable[[Sequence[Claim]], Mapping[str, str]]

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`. Without an answer to `ask` the check goes on with what is there."""
        given = tuple(pairs)
        queries = self._queries([claim for claim, found in given if found.hits and not _letter_by_letter(claim)])
        return self.verifier.verify_all(
            article, [(claim, self._more(claim, found, queries.get(claim.id))) for claim, found in given]
        )

    def _queries(self, claims: Sequence[Claim]) -> Mapping[str, str]:
        try:
            return self.ask(claims) if claims else {}
        except EngineError:
            return {}

    def _more(self, claim: Claim, found: Retrieval, query: str | None) -> Retrieval:
        if query is None:
            return found
        more = isolated(claim, "corpus", lambda: self.finder.more(found, query))
        return found if isinstance(more, Unchecked) else more


def _letter_by_letter(claim: Claim) -> bool:
    return claim.kind is ClaimKind.QUOTE and claim.quoted is not None
