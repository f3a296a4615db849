"""Opening: settings become an encoder, a corpus, and a checker ready to work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from checker.corpus import Corpus
from checker.errors import CorpusError
from checker.model import Document
from checker.pipeline.checking import Checker
from checker.pipeline.engine import CASCADE, EMBEDDED, Engine
from checker.pipeline.engines import Inside, cascade_engine, embedded_engine, prompted_engine
from checker.ports import Detector, Encoder, PairReader
from checker.reading import read_document
from checker.settings import Settings, answers_path, cache_root

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from checker.llm.client import LlmClient
    from checker.llm.exchange import ChatModel

_MEMORY = "models-inside.sqlite"
"""File of the cache folder that holds what the models inside have answered before."""


class Primed:
    """An encoder that remembers vectors made ahead in one batch, which is several times faster than one by one."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def prime(self, texts: Sequence[str]) -> None:
        """Make and keep the vectors of `texts`."""
        fresh = sorted({text for text in texts if text not in self._known})
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh), strict=True))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension)."""
        if len(texts) == 1 and texts[0] in self._known:
            return self._known[texts[0]][None, :]
        return self._encoder.encode(texts)


def encoder_of(settings: Settings) -> Encoder:
    """The sentence encoder that the settings name."""
    if settings.encoder.kind == "openai":
        from checker.llm.embeddings import OpenAIEncoder

        return OpenAIEncoder(settings.encoder)
    from checker.embedded import SentenceEncoder

    return SentenceEncoder()


def reader_of(settings: Settings) -> PairReader:
    """The model inside the package that reads claim and sentence together; what it has read before is remembered."""
    from checker.embedded import EmbeddedReader, RememberingReader

    return RememberingReader(EmbeddedReader(), cache_root(settings) / _MEMORY)


def detector_of(settings: Settings, encoder: Encoder) -> Detector:
    """The claim detector inside the package; it shares `encoder` where that is the one it was trained on."""
    from checker.embedded import ClaimDetector, RememberingEncoder, SentenceEncoder

    if settings.encoder.kind != "embedded":
        encoder = RememberingEncoder(SentenceEncoder(), cache_root(settings) / _MEMORY)
    return ClaimDetector(encoder)


@contextmanager
def opened_corpus(
    settings: Settings, *, encoder: Encoder | None = None, create: bool = False, write: bool = False
) -> Iterator[Corpus]:
    """The corpus that the settings name, its index brought up to date. Raises CorpusError."""

    def read(data: bytes, name: str) -> Document:
        return read_document(data, name=name, purpose="source", settings=settings.reading)

    with Corpus.open(
        settings.corpus,
        settings=settings,
        encoder=encoder or encoder_of(settings),
        read=read,
        create=create,
        write=write,
    ) as corpus:
        yield corpus


@contextmanager
def open_checker(settings: Settings, *, chat: ChatModel | None = None) -> Iterator[Checker]:
    """A checker over the corpus and with the engine that the settings name; `chat` stands in for the model's server.

    Raises SettingsError, before anything is read or sent, where a model is needed and cannot be asked.
    """
    with opened_engine(settings, chat=chat) as (engine, encoder), opened_corpus(settings, encoder=encoder) as corpus:
        yield Checker(corpus=corpus, engine=engine, settings=settings, prime=encoder.prime)


@contextmanager
def opened_engine(settings: Settings, *, chat: ChatModel | None = None) -> Iterator[tuple[Engine, Primed]]:
    """The engine of a check and the encoder that goes with it, for as many corpora as are wanted."""
    from checker.embedded import RememberingEncoder

    with opened_client(settings, chat) as client:
        encoder = Primed(RememberingEncoder(encoder_of(settings), cache_root(settings) / _MEMORY))
        inside = Inside(encoder.name, reader_of(settings), detector_of(settings, encoder))
        yield _engine(settings, inside, client), encoder


@contextmanager
def opened_client(settings: Settings, chat: ChatModel | None = None) -> Iterator[LlmClient | None]:
    """The way to the model; None for the embedded engine, which asks none."""
    if settings.engine == EMBEDDED:
        yield None
        return
    from checker.llm.client import LlmClient
    from checker.llm.langchain import LangChainChat

    if chat is None:
        chat = LangChainChat(settings.llm)
        chat.ready()
    client = LlmClient.of(settings.llm, answers_path(settings), chat)
    try:
        yield client
    finally:
        client.stop()
        client.close()


def _engine(settings: Settings, inside: Inside, client: LlmClient | None) -> Engine:
    if client is None:
        return embedded_engine(settings, inside)
    make = cascade_engine if settings.engine == CASCADE else prompted_engine
    return make(settings, inside, client)


@contextmanager
def open_sources(settings: Settings) -> Iterator[Callable[[str], str | None]]:
    """A function that gives the stored text of a source by id, or None where there is none."""
    with opened_corpus(settings) as corpus:

        def text(source_id: str) -> str | None:
            try:
                return corpus.source(source_id).text
            except CorpusError:
                return None

        yield text
