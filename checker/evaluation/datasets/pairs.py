"""Rows of the verification form made from labelled claims: each with the words that decide it and what stands by them.

A claim that nothing decides gets the passage of the sources that shares most words with it, which is what a check would
show for it. So no claim comes without something to read, and no label can be told from its evidence being empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from checker.corpus.passages import cut
from checker.evaluation.datasets.gold import GoldClaim, GoldDraft, GoldEvidence, GoldSource
from checker.language.words import content_words
from checker.model import Passage
from checker.settings import PassageSettings

_PASSAGES = PassageSettings(words=90, overlap=1)


def pair_rows(drafts: Sequence[GoldDraft], *, gray: bool = False) -> Iterator[dict[str, Any]]:
    """A row for each labelled claim; quotations and, without `gray`, arguable claims are left out.

    A quotation needs its speaker and the rest of the source: it is measured end to end.
    """
    for draft in drafts:
        for claim in draft.claims:
            if claim.kind != "quote" and (gray or not claim.ambiguous):
                yield {
                    "id": claim.id,
                    "claim": claim.text,
                    "evidence": [{"title": title, "text": text} for title, text in _evidence(draft, claim)],
                    "label": claim.verdict.value,
                    "cluster": draft.name,
                    "facts": {**draft.facts, **claim.facts},
                }


def _evidence(draft: GoldDraft, claim: GoldClaim) -> list[tuple[str, str]]:
    """(title, text) of each source with labelled words, in its passages that hold them."""
    if not claim.evidence:
        return [_nearest(draft, claim)]
    ordered = sorted(claim.evidence, key=lambda item: item.file)
    return [_held(draft.source(file), list(items)) for file, items in groupby(ordered, key=lambda item: item.file)]


def _held(source: GoldSource, items: Sequence[GoldEvidence]) -> tuple[str, str]:
    text, first = source.document.text, [item.places[0] for item in items]
    kept = [passage for passage in _passages(source) if any(passage.span.overlaps(place) for place in first)]
    return source.title, "\n\n".join(passage.span.of(text) for passage in kept) or "\n".join(
        place.of(text) for place in first
    )


def _nearest(draft: GoldDraft, claim: GoldClaim) -> tuple[str, str]:
    asked = set(content_words(claim.text))
    every = [(source, passage) for source in draft.sources for passage in _passages(source)]

    def shared(pair: tuple[GoldSource, Passage]) -> int:
        return len(asked & set(content_words(pair[1].span.of(pair[0].document.text))))

    source, passage = max(every, key=shared)
    return source.title, passage.span.of(source.document.text)


def _passages(source: GoldSource) -> tuple[Passage, ...]:
    return cut(source.file, source.document, _PASSAGES)
