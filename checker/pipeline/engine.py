"""An engine: who finds the claims, who judges them, and what a report has to say of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from checker.model import Article, Claim, Source, Unchecked, Usage, Verdict
from checker.pipeline.retrieval import Finder
from checker.ports import Extractor, Retrieval, Verifier

EMBEDDED, PROMPTED, CASCADE = "embedded", "prompted", "cascade"

MakeVerifier = Callable[[Sequence[Source], Finder], Verifier]
"""Makes the verifier of one draft from the sources that may be seen and the finder of its passages."""


def _nothing() -> None:
    """For an engine that has nothing to stop."""


@dataclass(frozen=True)
class Engine:
    """What turns claims into verdicts. `usage` is what it has cost so far; `stop` lets no more requests go out."""

    name: str
    extractor: Extractor
    verifier: MakeVerifier
    models: Mapping[str, str] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)
    usage: Callable[[], Usage] = Usage
    stop: Callable[[], None] = _nothing


@dataclass(frozen=True)
class Signed:
    """The verdicts of `verifier`, each with the name of the engine where it does not have one."""

    verifier: Verifier
    name: str

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """The answers in the order of `pairs`."""
        for answer in self.verifier.verify_all(article, pairs):
            if isinstance(answer, Verdict) and not answer.engine:
                answer = replace(answer, engine=self.name)
            yield answer
