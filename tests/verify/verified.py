"""A claim verified against sources given as text, with every sentence of them as what retrieval found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from checker.language.sentences import sentences
from checker.model import (
    Article,
    Block,
    Claim,
    ClaimKind,
    Hit,
    Level,
    Passage,
    Source,
    Span,
    Tier,
    Verdict,
    sha256_text,
)
from checker.ports import PairReader, Retrieval
from checker.settings import VerifySettings
from checker.verify.embedded import EmbeddedVerifier

PUBLISHED = date(2025, 6, 20)


def source(
    id: str,
    text: str,
    *,
    title: str = "Report",
    published: date | None = date(2025, 6, 1),
    publisher: str | None = None,
    tier: Tier = Tier.PRIMARY,
    lineage: str = "",
) -> Source:
    """A stored source of one block."""
    return Source(
        id=id,
        title=title,
        text=text,
        sha256=sha256_text(text),
        blocks=(Block(Span(0, len(text))),),
        published=published,
        publisher=publisher,
        tier=tier,
        lineage=lineage,
    )


def retrieval(sources: Iterable[Source], *, barred: Iterable[Source] = ()) -> Retrieval:
    """Every source as one passage, in the order given."""
    kept, copies = tuple(sources), tuple(barred)
    return Retrieval(
        hits=tuple(_hit(item, rank) for rank, item in enumerate(kept, 1)),
        sources={item.id: item for item in (*kept, *copies)},
        queries=("a query",),
        barred=tuple(_hit(item, rank) for rank, item in enumerate(copies, 1)),
    )


def _hit(item: Source, rank: int) -> Hit:
    passage = Passage(f"{item.id}-1", item.id, Span(0, len(item.text)), sentences(item.text))
    return Hit(passage, 1 / rank, rank)


def verdict(
    text: str,
    sources: Sequence[Source],
    *,
    barred: Sequence[Source] = (),
    before: str = "",
    level: Level = Level.CONTENT,
    speaker: str | None = None,
    parent: str | None = None,
    published: date | None = PUBLISHED,
    reader: PairReader | None = None,
) -> Verdict:
    """The verdict on the statement `text`, which stands in its draft after `before`."""
    draft = f"{before} {text}".strip()
    article = Article(draft, (Block(Span(0, len(draft))),), sha256_text(draft), published=published)
    at = Span(len(draft) - len(text), len(draft))
    claim = Claim("c1", "s1", at, text, ClaimKind.STATEMENT, level, attributed_to=speaker, parent=parent)
    every = (*sources, *barred)
    verifier = EmbeddedVerifier(every, frozenset(item.id for item in barred), VerifySettings(), reader)
    made = verifier.verify(article, claim, retrieval(sources, barred=barred))
    assert isinstance(made, Verdict)
    return made
