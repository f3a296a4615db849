"""Extraction: whether sentences are told that can be checked, and whether claims are found where they stand.

A file of labelled sentences asks for a class for each, and is scored as a classification. A file of texts with the
places of their claims asks for spans: an outcome holds the counts that `measures` adds over texts. There a sentence
without a claim counts as one that has nothing to check, so all claims of a text have to be marked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial

from checker.evaluation.datasets.extraction import CHECKABLE, NOT_CHECKABLE, Labelled, Marked, read_extraction
from checker.evaluation.engines.product import card_of, fault_of, usage_of
from checker.evaluation.matching import matched, tolerant, touched
from checker.evaluation.records import Outcome, Usage
from checker.evaluation.tasks.task import EngineCard, Item, Request, Work
from checker.language.sentences import sentences
from checker.model import Outcome as Became
from checker.model import Span
from checker.pipeline.engine import EMBEDDED, PROMPTED
from checker.pipeline.given import GivenEvidence, open_given
from checker.pipeline.opening import detector_of, encoder_of
from checker.ports import Detector

LEAST_WORTH = 0.5
"""Check-worthiness from which the detector's sentence counts as one that can be checked."""

_AT_ONCE = 64
_PRODUCT = (EMBEDDED, PROMPTED)


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine finds in one text: the spans of its claims, or the fault that kept it from looking."""

    spans: tuple[Span, ...] = ()
    worth: float | None = None
    fault: str = ""
    usage: Usage = field(default_factory=Usage)


Finds = Callable[[Sequence[str]], Iterator[Found]]


class Extract:
    """The task `extract`."""

    says = "sentences that can be checked, or the places of claims in a text"
    engines = (*_PRODUCT, "detector", "majority")

    @contextmanager
    def opened(self, request: Request) -> Iterator[Work]:
        """The sentences or texts of a file, and the engine over them."""
        items = read_extraction(request.data, request.labels)
        spans = isinstance(items[0], Marked)
        with ExitStack() as stack:
            card, finds = _finder(request, stack)
            yield Work(
                kind="extract" if spans else "verify",
                items=[Item(item.id, item.digest, item) for item in items],
                classes=() if spans else (CHECKABLE, NOT_CHECKABLE),
                primary="span_f1" if spans else f"f1:{CHECKABLE}",
                card=card,
                answer=partial(_answered, finds),
            )


TASK = Extract()


def _finder(request: Request, stack: ExitStack) -> tuple[EngineCard, Finds]:
    if request.engine == "majority":
        return EngineCard("majority"), _everything
    if request.engine == "detector":
        detector = detector_of(request.settings, encoder_of(request.settings))
        card = EngineCard("detector", {"detector": detector.name}, parameters={"least_worth": LEAST_WORTH})
        return card, partial(_worthy, detector)
    given = stack.enter_context(open_given(request.settings, request.engine, chat=request.chat))
    return card_of(given, judging=False), partial(_extracted, given)


def _everything(texts: Sequence[str]) -> Iterator[Found]:
    """Every sentence is a claim: what a figure is when nothing is told apart."""
    return (Found(sentences(text)) for text in texts)


def _worthy(detector: Detector, texts: Sequence[str]) -> Iterator[Found]:
    """The sentences that the detector finds worth checking; a text of one sentence has its worth."""
    for at in range(0, len(texts), _AT_ONCE):
        own = [sentences(text) or (Span(0, len(text)),) for text in texts[at : at + _AT_ONCE]]
        flat = [span.of(text) for text, spans in zip(texts[at:], own, strict=False) for span in spans]
        worth = iter([seen.worth for seen in detector.detect(flat)])
        for spans in own:
            shares = [next(worth) for _ in spans]
            kept = tuple(span for span, share in zip(spans, shares, strict=True) if share >= LEAST_WORTH)
            yield Found(kept, max(shares))


def _extracted(given: GivenEvidence, texts: Sequence[str]) -> Iterator[Found]:
    """What an engine of the product finds: the places of its claims."""
    for said in given.extractions(texts):
        found = said.answer
        if found.unchecked:
            yield Found(fault=fault_of(found.unchecked[0]), usage=usage_of(said))
            continue
        checked = {sentence.id for sentence in found.sentences if sentence.outcome is Became.CHECKED}
        spans = (claim.span for claim in found.claims if claim.sentence_id in checked)
        yield Found(tuple(dict.fromkeys(spans)), usage=usage_of(said))


def _answered(finds: Finds, items: Sequence[Item]) -> Iterator[Outcome]:
    values = [item.value for item in items if isinstance(item.value, Labelled | Marked)]
    begun = time.perf_counter()
    for value, found in zip(values, finds([value.text for value in values]), strict=True):
        now = time.perf_counter()
        usage = found.usage if found.usage.seconds else Usage(seconds=round(now - begun, 4))
        begun = now
        yield _classed(value, found, usage) if isinstance(value, Labelled) else _placed(value, found, usage)


def _classed(item: Labelled, found: Found, usage: Usage) -> Outcome:
    """A sentence can be checked where something is found in it."""
    predicted = CHECKABLE if found.spans else NOT_CHECKABLE
    shares = {} if found.worth is None else {CHECKABLE: found.worth, NOT_CHECKABLE: round(1 - found.worth, 4)}
    return Outcome(
        id=item.id,
        cluster=item.cluster,
        digest=item.digest,
        gold=item.gold,
        predicted=None if found.fault else predicted,
        fault=found.fault,
        confidence=shares.get(predicted),
        probabilities=shares,
        facts={"label": item.label},
        texts={"claim": item.text},
        usage=usage,
    )


def _placed(item: Marked, found: Found, usage: Usage) -> Outcome:
    """A text with the counts of its spans. `gold` and `predicted` are their numbers."""
    gold = [span for span, _ in item.claims]
    return Outcome(
        id=item.id,
        cluster=item.cluster,
        digest=item.digest,
        gold=str(len(gold)),
        predicted=None if found.fault else str(len(found.spans)),
        fault=found.fault,
        scores={} if found.fault else _counts(item.text, gold, found.spans),
        texts={} if found.fault else _texts(item.text, gold, found.spans),
        usage=usage,
    )


def _counts(text: str, gold: Sequence[Span], found: Sequence[Span]) -> dict[str, float]:
    """The counts that `measures` names, of one text."""
    strict, loose = matched(gold, found), tolerant(gold, found)
    stating = [span for span in sentences(text) if any(span.overlaps(one) for one in gold)]
    others = [span for span in sentences(text) if span not in stating]
    return {
        "n_gold": strict.gold,
        "n_found": strict.found,
        "n_matched": strict.gold_met,
        "n_gold_met": loose.gold_met,
        "n_found_met": loose.found_met,
        "n_sentences": len(stating),
        "n_covered": touched(stating, found),
        "n_opinions": len(others),
        "n_leaked": touched(others, found),
    }


def _texts(text: str, gold: Sequence[Span], found: Sequence[Span]) -> dict[str, str]:
    """What was missed and what was found where nothing is."""
    missed = [span for span in gold if not touched([span], found)]
    extra = [span for span in found if not touched([span], gold)]
    return {
        "missed": " ¶ ".join(span.of(text) for span in missed),
        "extra": " ¶ ".join(span.of(text) for span in extra),
    }
