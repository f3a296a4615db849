"""The seams: what a stage asks of an engine or of another stage, without knowing which one answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from checker.model import Article, Claim, Hit, Sentence, SentenceClass, Source, Unchecked, Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Encoder(Protocol):
    """Turns texts into vectors whose dot product is cosine similarity."""

    @property
    def name(self) -> str:
        """Model and version; part of an index's fingerprint."""

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), float32, each of length 1. Order is kept."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor found: every sentence accounted for, and the claims in document order."""

    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]
    unchecked: tuple[Unchecked, ...] = ()


class Extractor(Protocol):
    """Finds the claims of a draft."""

    def extract(self, article: Article) -> Extraction: ...


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Passages found for one claim, best first, and the sources they come from (keyed by id).

    `barred` are passages that would have been among the best and come from the draft itself or a copy of it.
    """

    hits: tuple[Hit, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    queries: tuple[str, ...] = ()
    barred: tuple[Hit, ...] = ()


class Retriever(Protocol):
    """Finds passages that bear on a text."""

    @property
    def digest(self) -> str:
        """A digest of everything stored; two corpora with one digest hold the same sources."""

    def search(self, query: str, *, limit: int = 10, as_of: date | None = None) -> tuple[Hit, ...]:
        """The best passages of sources published by `as_of` (undated ones included), best first."""

    def source(self, source_id: str) -> Source:
        """The stored source with that id."""

    def sources(self) -> Iterator[Source]:
        """Every stored source."""

    def copies_of(self, text: str) -> frozenset[str]:
        """Ids of sources that are near-copies of `text`."""


class Verifier(Protocol):
    """Judges claims of `article` against what was retrieved for each of them."""

    def verify_all(self, article: Article, pairs: Iterable[tuple[Claim, Retrieval]]) -> Iterator[Verdict | Unchecked]:
        """One answer for each pair, in their order, each as soon as it and those before it are ready.

        A claim that fails is its own `Unchecked`. Closing the iterator starts nothing more.
        """


class PairReader(Protocol):
    """Reads a claim and a text of a source together, as a cross-encoder does."""

    @property
    def name(self) -> str:
        """Model and version."""

    def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probabilities (supported, contradicted, open) for each (claim, evidence), shape (len(pairs), 3)."""


@dataclass(frozen=True, slots=True)
class Detection:
    """What a detector takes a sentence for: its likeliest class, how likely that is, and its check-worthiness.

    `certainty` and `worth` are in 0..1.
    """

    kind: SentenceClass
    certainty: float
    worth: float


class Detector(Protocol):
    """Tells sentences that can and should be checked from others."""

    @property
    def name(self) -> str:
        """Model and version."""

    def detect(self, sentences: Sequence[str]) -> tuple[Detection, ...]:
        """One answer for each sentence, in their order."""
