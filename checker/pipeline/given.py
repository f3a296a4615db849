"""Judging claims by evidence that is given with each, in place of a corpus: for measuring an engine alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from checker.corpus.passages import cut
from checker.model import (
    Article,
    Claim,
    Document,
    Hit,
    Passage,
    Source,
    Span,
    Unchecked,
    Usage,
    Verdict,
    sha256_text,
)
from checker.pipeline.checking import Checker
from checker.pipeline.engine import CASCADE, EMBEDDED, PROMPTED, Engine
from checker.pipeline.engines import Inside, cascade_engine, embedded_engine, prompted_engine
from checker.pipeline.opening import detector_of, encoder_of, opened_client, reader_of
from checker.pipeline.workers import in_order
from checker.ports import Extraction, PairReader
from checker.reading.plain import blocks_of
from checker.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from checker.llm.client import LlmClient
    from checker.llm.exchange import ChatModel

Texts = Sequence[tuple[str, str]]
"""(title, text) of each piece of evidence; the title may be empty."""

A = TypeVar("A")
T = TypeVar("T")

_JUDGING = ("verify@", "second_read@")
"""Prompts that judging uses where nothing is searched."""
_EXTRACTING = ("extract@",)


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer, and what it cost in money and in time."""

    answer: T
    usage: Usage
    seconds: float


@dataclass(frozen=True)
class GivenEvidence:
    """One engine, asked about many claims or texts that have nothing to do with each other."""

    settings: Settings
    inside: Inside
    client: LlmClient | None = None

    @property
    def engine(self) -> Engine:
        """The engine, with the purse of the whole run."""
        return self._engine(self.client)

    def prompts(self, *, judging: bool) -> Mapping[str, str]:
        """Digests of the prompts that judging uses, or finding claims."""
        used = _JUDGING if judging else _EXTRACTING
        return {name: digest for name, digest in self.engine.prompts.items() if name.startswith(used)}

    def verdicts(self, asked: Sequence[tuple[str, Texts]]) -> Iterator[Answered[Verdict | Unchecked]]:
        """The answer to each (claim, evidence), in their order, each as soon as it is ready."""

        def judged(engine: Engine, asked: tuple[str, Texts]) -> Verdict | Unchecked:
            text, evidence = asked
            library = Library.of(evidence, self.settings)
            every = self.settings.retrieval.model_copy(update={"limit": max(1, len(library.hits))})
            checker = Checker(library, engine, self.settings.model_copy(update={"retrieval": every}))
            article = _article(text)
            return next(checker.iter(article, (Claim("c1", "s1", Span(0, len(text)), text),)))

        return self._each(judged, asked)

    def extractions(self, texts: Sequence[str]) -> Iterator[Answered[Extraction]]:
        """What the engine finds in each text, in their order."""
        return self._each(lambda engine, text: engine.extractor.extract(_article(text)), texts)

    def _each(self, work: Callable[[Engine, A], T], asked: Sequence[A]) -> Iterator[Answered[T]]:
        """`work` of each with an engine that has an account of its own."""
        threads = self.settings.threads if self.client is None else self.settings.llm.concurrency

        def one(item: A) -> Answered[T]:
            client = None if self.client is None else replace(self.client, budget=self.client.budget.tab())
            begun = time.perf_counter()
            answer = work(self._engine(client), item)
            seconds = time.perf_counter() - begun
            return Answered(answer, Usage() if client is None else client.budget.usage, seconds)

        try:
            yield from in_order(one, asked, threads=threads, name="given")
        except KeyboardInterrupt:
            if self.client is not None:
                self.client.stop()
            raise

    def _engine(self, client: LlmClient | None) -> Engine:
        if client is None:
            return embedded_engine(self.settings, self.inside)
        make = cascade_engine if self.settings.engine == CASCADE else prompted_engine
        return make(self.settings, self.inside, client, counter=False)


@dataclass(frozen=True)
class _Untitled:
    """A reader that is not shown the full stop after a title where there is no title: a corpus has none such."""

    reader: PairReader

    @property
    def name(self) -> str:
        return self.reader.name

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """As the reader's own `read`."""
        return self.reader.read([(claim, text.removeprefix(". ")) for claim, text in pairs])


@contextmanager
def open_given(settings: Settings, engine: str, *, chat: ChatModel | None = None) -> Iterator[GivenEvidence]:
    """The engine of that name over the models that the settings name; `chat` stands in for the model's server."""
    assert engine in (EMBEDDED, PROMPTED, CASCADE)
    settings = settings.model_copy(update={"engine": engine})
    with opened_client(settings, chat) as client:
        encoder = encoder_of(settings)
        inside = Inside(encoder.name, _Untitled(reader_of(settings)), detector_of(settings, encoder))
        yield GivenEvidence(settings, inside, client)


@dataclass(frozen=True)
class Library:
    """The evidence of one claim as a corpus that finds all of it, whatever is looked for."""

    hits: tuple[Hit, ...]
    held: Mapping[str, Source]
    digest: str = ""

    @classmethod
    def of(cls, evidence: Texts, settings: Settings) -> Library:
        """Each text is one source, and as few passages as its headings allow."""
        whole = settings.passages.model_copy(update={"words": 10**9, "overlap": 0})
        held: dict[str, Source] = {}
        passages: list[Passage] = []
        for number, (title, text) in enumerate(evidence, 1):
            document = Document(text, blocks_of(text), "text/plain", title)
            source = Source(f"e{number}", title, text, sha256_text(text), document.blocks)
            held[source.id] = source
            passages += cut(source.id, document, whole)
        hits = (Hit(passage, 1.0, rank) for rank, passage in enumerate(passages, 1))
        return cls(tuple(hits), held)

    def search(self, query: str, *, limit: int = 10, as_of: date | None = None) -> tuple[Hit, ...]:
        """Every passage."""
        return self.hits

    def source(self, source_id: str) -> Source:
        """The piece of evidence with that id."""
        return self.held[source_id]

    def sources(self) -> Iterator[Source]:
        """Every piece of evidence."""
        return iter(self.held.values())

    def copies_of(self, text: str) -> frozenset[str]:
        """None: evidence that repeats the claim is evidence here."""
        return frozenset()


def _article(text: str) -> Article:
    return Article(text, blocks_of(text), sha256_text(text))
