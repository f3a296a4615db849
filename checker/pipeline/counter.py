"""Looking on the other side: before a model judges, the corpus is searched for what would show each claim wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.errors import CheckerError, EngineError
from checker.llm.outcomes import unchecked
from checker.model import Article, Claim, ClaimKind, Unchecked, Verdict
from checker.pipeline.retrieval import Finder
from checker.ports import Retrieval, Verifier
from checker.verify.isolated import isolated

_STAGE = "counter_query"


@dataclass(frozen=True)
class BothSides:
    """`verifier`, with more found for each claim by the query that `ask` gives under the claim's id.

    Without an answer to `ask` the check goes on with what is there, unless it is `needed`: then the claims that it was
    about are unchecked.
    """

    verifier: Verifier
    finder: Finder
    ask: Callable[[Sequence[Claim]], Mapping[str, str]]
    needed: bool = False

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`."""
        given = tuple(pairs)
        claims = [claim for claim, found in given if found.hits and not _letter_by_letter(claim)]
        queries: Mapping[str, str] = {}
        lost: dict[str, Unchecked] = {}
        try:
            queries = self.ask(claims) if claims else {}
        except EngineError as error:
            if self.needed:
                lost = {claim.id: unchecked(claim, _STAGE, error) for claim in claims}
        more = self._more(given, queries)
        answers = self.verifier.verify_all(article, [pair for pair in more if pair[0].id not in lost])
        for claim, _ in given:
            yield lost[claim.id] if claim.id in lost else next(answers)

    def _more(
        self, given: Sequence[tuple[Claim, Retrieval]], queries: Mapping[str, str]
    ) -> list[tuple[Claim, Retrieval]]:
        try:
            self.finder.prime(tuple(queries.values()))
        except CheckerError:
            return list(given)  # no vectors for the queries: the check goes on without what they would find
        return [(claim, self._with(claim, found, queries.get(claim.id))) for claim, found in given]

    def _with(self, claim: Claim, found: Retrieval, query: str | None) -> Retrieval:
        if query is None:
            return found
        more = isolated(claim, "corpus", lambda: self.finder.more(found, query))
        return found if isinstance(more, Unchecked) else more


def _letter_by_letter(claim: Claim) -> bool:
    return claim.kind is ClaimKind.QUOTE and claim.quoted is not None
