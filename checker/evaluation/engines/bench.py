"""The engine of a check over the drafts of a gold set: each with its own corpus, or with passages that are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.corpus import Corpus, NewSource
from checker.corpus.passages import cut
from checker.evaluation.datasets.gold import GoldClaim, GoldDraft, GoldSource
from checker.language.names import NameKind, find_names
from checker.language.quotations import find_quotations
from checker.model import Article, Claim, ClaimKind, Document, Hit, Passage, Source, Span, Unchecked, Verdict
from checker.pipeline.checking import Checker
from checker.pipeline.engine import Engine
from checker.pipeline.given import Library
from checker.pipeline.opening import Primed, opened_corpus, opened_engine
from checker.pipeline.retrieval import Finder
from checker.ports import Retrieval
from checker.settings import PassageSettings, Settings, cache_root

if TYPE_CHECKING:
    from checker.llm.exchange import ChatModel

_FOLDER = "evaluation"
_NOTHING = frozenset[str]()


@dataclass(frozen=True)
class Bench:
    """One engine, as `checker check` has it, for many drafts."""

    settings: Settings
    engine: Engine
    encoder: Primed

    @contextmanager
    def checker(self, draft: GoldDraft) -> Iterator[Checker]:
        """A checker over the sources of `draft`; the corpus lies in the cache folder under their digest."""
        folder = cache_root(self.settings) / _FOLDER / draft.corpus_digest
        settings = self.settings.model_copy(update={"corpus": folder})
        if not _whole(folder, len(draft.sources)):
            with opened_corpus(settings, encoder=self.encoder, create=True, write=True) as corpus:
                _fill(corpus, draft)
        with opened_corpus(settings, encoder=self.encoder) as corpus:
            yield Checker(corpus=corpus, engine=self.engine, settings=settings, prime=self.encoder.prime)

    def judged(
        self,
        article: Article,
        sources: Sequence[Source],
        pairs: Sequence[tuple[Claim, Retrieval]],
        finder: Finder | None = None,
        barred: frozenset[str] = _NOTHING,
    ) -> list[Verdict | Unchecked]:
        """The verdict on each claim with what is given as found for it; without a `finder` nothing more is found."""
        finder = finder or Finder(Library((), {}), self.settings, barred)
        verifier = self.engine.verifier(sources, finder)
        answers = list(verifier.verify_all(article, pairs))
        assert len(answers) == len(pairs), "the engine answers each claim once"
        return answers


@contextmanager
def open_bench(settings: Settings, engine: str, *, chat: ChatModel | None = None) -> Iterator[Bench]:
    """The engine of that name, with what it needs, until it is closed."""
    settings = settings.model_copy(update={"engine": engine})
    with opened_engine(settings, chat=chat) as (made, encoder):
        yield Bench(settings, made, encoder)


def source_id(number: int) -> str:
    """What the source at that place of a draft is called in its corpus."""
    return f"s{number + 1}"


def files_by_id(draft: GoldDraft) -> Mapping[str, str]:
    """The file name of each source of a draft's corpus."""
    return {source_id(number): source.file for number, source in enumerate(draft.sources)}


def as_source(gold: GoldSource, id: str) -> Source:
    """The source as a corpus holds it, without its lineage."""
    from checker.model import sha256_text

    document = gold.document
    return Source(
        id=id,
        title=gold.title,
        text=document.text,
        sha256=sha256_text(document.text),
        blocks=document.blocks,
        publisher=gold.publisher,
        published=gold.published,
        uri=document.uri,
        tier=gold.tier,
    )


def passages_of(source: Source, settings: PassageSettings) -> tuple[Passage, ...]:
    """The passages that a corpus would cut the source into."""
    return cut(source.id, Document(source.text, source.blocks, "text/plain", source.title), settings)


def given(claim: Claim, passages: Iterable[Passage], sources: Mapping[str, Source]) -> Retrieval:
    """Those passages as what was found for `claim`, in that order."""
    hits = tuple(Hit(passage, 1.0, rank) for rank, passage in enumerate(passages, 1))
    named = {hit.passage.source_id for hit in hits}
    return Retrieval(hits, {id: sources[id] for id in sorted(named)}, (claim.text,))


def as_claim(gold: GoldClaim, article: Article) -> Claim:
    """The labelled claim as an extractor would hand it on."""
    quoted = quoted_words(article.text, gold.span) if gold.kind is ClaimKind.QUOTE else None
    return Claim(
        id=gold.id,
        sentence_id="s1",
        span=gold.span,
        text=gold.text,
        kind=gold.kind,
        level=gold.level,
        attributed_to=speaker_in(gold.text) if quoted else None,
        quoted=quoted,
    )


def quoted_words(text: str, span: Span) -> Span | None:
    """The longest words between quotation marks within `span` of `text`, without their marks."""
    found = find_quotations(span.of(text))
    longest = max(found, key=lambda quotation: len(quotation.words), default=None)
    return longest.words.shift(span.start) if longest is not None else None


def speaker_in(text: str) -> str | None:
    """The person whom a restated quotation names before or behind the quoted words, else the first one named."""
    spans = [quotation.span for quotation in find_quotations(text)]
    named = [name for name in find_names(text) if not any(name.span.overlaps(span) for span in spans)]
    persons = [name for name in named if name.kind is NameKind.PERSON]
    return next((name.text for name in persons or named), None)


def _whole(folder: Path, number: int) -> bool:
    manifest = folder / "manifest.jsonl"
    return manifest.is_file() and manifest.read_bytes().count(b"\n") == number


def _fill(corpus: Corpus, draft: GoldDraft) -> None:
    """Add what is not there: an interrupted run leaves a part."""
    there = {source.id for source in corpus.sources()}
    new = [
        NewSource(
            data=source.data,
            suffix="." + source.file.rpartition(".")[2].lower(),
            document=source.document,
            id=source_id(number),
            title=source.title,
            publisher=source.publisher,
            published=source.published,
            uri=source.document.uri,
            tier=source.tier,
        )
        for number, source in enumerate(draft.sources)
        if source_id(number) not in there
    ]
    if new:
        corpus.add(new)
