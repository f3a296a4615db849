"""Retrieval: the corpus's own search over the documents of a BEIR set, and where it ranks those that answer.

A document is kept as a source, its title as a heading, and found by the best of its passages. The index lies in the
cache folder under the digest of the documents, so that a second run searches at once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from checker.corpus import Corpus, NewSource
from checker.evaluation.datasets.retrieval import Page, Query, read_collection
from checker.evaluation.ranking import full_set_at, ndcg_at, ranked, recall_at, reciprocal_rank
from checker.evaluation.records import Outcome, Usage, digest
from checker.evaluation.tasks.task import EngineCard, Item, Request, Work
from checker.model import Block, BlockKind, Document, Span
from checker.pipeline.opening import encoder_of
from checker.settings import Settings, cache_root

if TYPE_CHECKING:
    from pathlib import Path

    from checker.ports import Encoder

FOUND, MISSED = "found", "missed"
"""Whether all documents that answer are among the first ten."""

_WEIGHTS = {"hybrid": None, "words": 0.0, "vectors": 1.0}
_AT_ONCE = 512
_KEPT = 100


class Retrieve:
    """The task `retrieve`."""

    says = "where the corpus's search ranks the documents that answer (BEIR form)"
    engines = tuple(_WEIGHTS)

    @contextmanager
    def opened(self, request: Request) -> Iterator[Work]:
        """The collection of a folder, and the search over it; the index is made when the first query is answered."""
        collection = read_collection(request.data)
        settings, encoder = _weighted(request.settings, request.engine), encoder_of(request.settings)
        left_out = f"{collection.unanswered} queries without an answer are left out" if collection.unanswered else ""
        yield Work(
            kind="retrieve",
            items=[Item(query.id, _digest(query, collection.pages), query) for query in collection.queries],
            classes=(FOUND, MISSED),
            primary=request.published.measure if request.published else "ndcg@10",
            card=_card(request.engine, settings, encoder),
            answer=partial(_outcomes, collection.pages, settings, encoder),
            note=left_out,
        )


TASK = Retrieve()


def _weighted(settings: Settings, engine: str) -> Settings:
    """The settings with the share of the dense leg that the engine has; `hybrid` is as set."""
    weight = _WEIGHTS[engine]
    if weight is None:
        return settings
    return settings.model_copy(update={"retrieval": settings.retrieval.model_copy(update={"dense_weight": weight})})


def _card(engine: str, settings: Settings, encoder: Encoder) -> EngineCard:
    return EngineCard(
        engine,
        {"encoder": encoder.name},
        parameters={
            "retrieval.candidates": settings.retrieval.candidates,
            "retrieval.dense_weight": settings.retrieval.dense_weight,
            "passages.words": settings.passages.words,
            "passages.overlap": settings.passages.overlap,
        },
    )


def _digest(query: Query, pages: Sequence[Page]) -> str:
    """Of the query and how many documents there are; the manifest's digest would not see another corpus otherwise."""
    return digest([query.digest, len(pages)])


def _outcomes(pages: Sequence[Page], settings: Settings, encoder: Encoder, items: Sequence[Item]) -> Iterator[Outcome]:
    with _corpus(pages, settings, encoder) as corpus:
        names = {_source_id(number): page.id for number, page in enumerate(pages)}
        for item in items:
            assert isinstance(item.value, Query)
            begun = time.perf_counter()
            # The candidates of the product itself: another number would be another fusion.
            hits = corpus.search(item.value.text, limit=settings.retrieval.candidates)
            scores: dict[str, float] = {}
            for hit in hits:
                name = names[hit.passage.source_id]
                scores[name] = max(scores.get(name, 0.0), round(hit.score, 6))
            yield _outcome(item, item.value, scores, round(time.perf_counter() - begun, 4))


def _outcome(item: Item, query: Query, scores: Mapping[str, float], seconds: float) -> Outcome:
    order = ranked(scores)
    full = full_set_at(order, [tuple(query.grades)], 10)
    return Outcome(
        id=item.id,
        cluster=item.id,
        digest=item.digest,
        gold=FOUND,
        predicted=FOUND if full else MISSED,
        scores={
            "ndcg@10": ndcg_at(order, query.grades, 10),
            "mrr": reciprocal_rank(order, tuple(query.grades)),
            **{f"recall@{k}": recall_at(order, tuple(query.grades), k) for k in (1, 5, 10, 20)},
            "full_set@10": full,
        },
        texts={
            "query": query.text,
            "grades": json.dumps(dict(query.grades)),
            "ranking": json.dumps({name: scores[name] for name in order[:_KEPT]}),
        },
        usage=Usage(seconds=seconds),
    )


@contextmanager
def _corpus(pages: Sequence[Page], settings: Settings, encoder: Encoder) -> Iterator[Corpus]:
    """A corpus of the documents, in the cache folder; what an interrupted run has added is not added again."""
    folder = cache_root(settings) / "evaluation" / digest([[page.id, page.title, page.text] for page in pages])
    with Corpus.open(
        folder, settings=settings, encoder=encoder, read=_read, create=True, write=not _whole(folder, len(pages))
    ) as corpus:
        if sum(1 for _ in corpus.sources()) < len(pages):
            for at in range(0, len(pages), _AT_ONCE):
                corpus.add([_source(at + number, page) for number, page in enumerate(pages[at : at + _AT_ONCE])])
        yield corpus


def _whole(folder: Path, number: int) -> bool:
    manifest = folder / "manifest.jsonl"
    return manifest.is_file() and manifest.read_bytes().count(b"\n") == number


def _source(number: int, page: Page) -> NewSource:
    data = json.dumps([page.title, page.text]).encode("ascii")
    return NewSource(
        data=data,
        suffix=".json",
        document=_read(data, ""),
        id=_source_id(number),
        title=page.title or _source_id(number),
    )


def _source_id(number: int) -> str:
    """Ids of the set may be longer than ours, or differ only in case."""
    return f"d{number}"


def _read(data: bytes, name: str) -> Document:
    """A document of the set: its title as a heading, its text under it."""
    title, text = json.loads(data)
    blocks = []
    if title:
        blocks.append(Block(Span(0, len(title)), BlockKind.HEADING))
        text = f"{title}\n\n{text}"
    at = len(title) + 2 if title else 0
    if text[at:].strip():
        blocks.append(Block(Span(at, len(text))))
    return Document(text, tuple(blocks), "text/plain", title or None)
