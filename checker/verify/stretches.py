"""Stretches of a source: facts that no single sentence states and two or three together do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checker.model import Hit, Source, Span
from checker.verify.readings import Candidate

MOST_STRETCHES = 3
"""Stretches read for one claim, those around the sentences nearest to it."""

_LONGEST = 700
"""Characters of a stretch; what is longer says too much for a verdict to rest on."""


def around(close: Sequence[Candidate], hits: Iterable[Hit]) -> tuple[Candidate, ...]:
    """The nearest sentences each with its neighbours in their passage, best first, each stretch once."""
    passages: dict[str, list[tuple[Span, ...]]] = {}
    for hit in hits:
        passages.setdefault(hit.passage.source_id, []).append(hit.passage.sentences)
    made: dict[tuple[str, Span], Candidate] = {}
    for item in close[:MOST_STRETCHES]:
        stretch = _widest(item, passages.get(item.source.id, []))
        if stretch is not None:
            made.setdefault((item.source.id, stretch.span), stretch)
    return tuple(made.values())


def parts(stretch: Candidate, sentences: Sequence[Span]) -> tuple[Candidate, ...]:
    """The shorter runs of sentences inside a stretch that are more than one sentence, shortest first."""
    inside = [span for span in sentences if span in stretch.span]
    runs = [
        Span(inside[first].start, inside[last].end)
        for first in range(len(inside))
        for last in range(first + 1, len(inside))
    ]
    shorter = sorted((span for span in runs if span != stretch.span), key=len)
    return tuple(Candidate(stretch.source, span, _before(stretch.source, span, sentences)) for span in shorter)


def sentences_of(source: Source, hits: Iterable[Hit]) -> tuple[Span, ...]:
    """The sentences of a source that its passages hold, each once, in order."""
    return tuple(sorted({span for hit in hits if hit.passage.source_id == source.id for span in hit.passage.sentences}))


def _widest(item: Candidate, passages: Iterable[tuple[Span, ...]]) -> Candidate | None:
    """The sentence with the one before and the one after it, as far as they are short enough."""
    best: Span | None = None
    for spans in passages:
        if item.span not in spans:
            continue
        at = spans.index(item.span)
        for first, last in ((max(0, at - 1), min(len(spans) - 1, at + 1)), (max(0, at - 1), at), (at, at + 1)):
            if first < last < len(spans):
                span = Span(spans[first].start, spans[last].end)
                if len(span) <= _LONGEST and (best is None or len(span) > len(best)):
                    best = span
    return Candidate(item.source, best) if best is not None else None


def _before(source: Source, span: Span, sentences: Sequence[Span]) -> str:
    earlier = [other for other in sentences if other.end <= span.start]
    return earlier[-1].of(source.text) if earlier else ""
