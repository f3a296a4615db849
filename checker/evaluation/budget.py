"""Where errors come from: the share of right verdicts with labelled claims or found ones, labelled evidence or found.

Four cells over the same labelled claims. Labelled evidence is the passages that hold the labelled words; of a claim
without such words it is what retrieval finds. A quotation is looked for in every source in all four cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.evaluation.datasets.gold import GoldClaim, GoldDraft
from checker.evaluation.end_to_end import Pairing
from checker.evaluation.engines.bench import Bench, as_claim, given, passages_of
from checker.evaluation.records import Outcome
from checker.model import Claim, Passage, Source, Unchecked, Verdict
from checker.pipeline.checking import Checker
from checker.pipeline.retrieval import Finder, queries
from checker.ports import Retrieval

GOLD_GOLD, GOLD_FOUND = "cell:gold_claims+gold_evidence", "cell:gold_claims+found_evidence"
FOUND_GOLD, FOUND_FOUND = "cell:found_claims+gold_evidence", "cell:found_claims+found_evidence"
CELLS = (GOLD_GOLD, GOLD_FOUND, FOUND_GOLD, FOUND_FOUND)


@dataclass(frozen=True)
class Oracle:
    """The labelled claims of one draft, each with what retrieval finds for it and the passages of its evidence."""

    bench: Bench
    checker: Checker
    draft: GoldDraft
    files: Mapping[str, str]

    def retrieved(self) -> list[tuple[Claim, Retrieval]]:
        """Each labelled claim with what the corpus finds for it."""
        article = self.draft.article
        claims = [as_claim(gold, article) for gold in self.draft.claims]
        finder = self._finder()
        finder.prime([query for claim in claims for query in queries(article, claim)])
        return [(claim, finder.find(article, claim)) for claim in claims]

    def cells(
        self,
        retrieved: Sequence[tuple[Claim, Retrieval]],
        found: Sequence[Claim],
        answers: Mapping[str, Verdict],
        pairs: Pairing,
    ) -> list[dict[str, float]]:
        """For each labelled claim whether the verdict is right in each cell; a cell that failed is left out."""
        gold = self.draft.claims
        passages = {source.id: passages_of(source, self.checker.settings.passages) for source in self._sources()}
        ideal = [self._evidence(claim, passages, had) for claim, (_, had) in zip(gold, retrieved, strict=True)]
        own = [(claim, best) for (claim, _), best in zip(retrieved, ideal, strict=True)]
        met = [(row, at) for row, at in pairs.relaxed.items()]
        # One claim that is found may stand for several; answers are told apart by their ids.
        swapped = [(replace(found[at], id=f"{found[at].id}.{row}"), ideal[row]) for row, at in met]
        cells: list[dict[str, float]] = [{FOUND_GOLD: 0.0, FOUND_FOUND: 0.0} for _ in gold]
        for row, answer in enumerate(self._judged(own)):
            _mark(cells[row], GOLD_GOLD, answer, gold[row])
        for row, answer in enumerate(self._judged(retrieved, self._finder())):
            _mark(cells[row], GOLD_FOUND, answer, gold[row])
        for (row, _), answer in zip(met, self._judged(swapped), strict=True):
            _mark(cells[row], FOUND_GOLD, answer, gold[row])
        for row, at in met:
            _mark(cells[row], FOUND_FOUND, answers.get(found[at].id), gold[row])
        return cells

    def _judged(
        self, asked: Sequence[tuple[Claim, Retrieval]], finder: Finder | None = None
    ) -> list[Verdict | Unchecked]:
        barred = self._barred()
        return self.bench.judged(self.draft.article, self._sources(), asked, finder, barred)

    def _evidence(self, claim: GoldClaim, passages: Mapping[str, Sequence[Passage]], retrieved: Retrieval) -> Retrieval:
        if not claim.evidence:
            return retrieved
        kept = [
            passage
            for id, own in passages.items()
            for passage in own
            for item in claim.evidence
            if item.file == self.files[id] and any(passage.span.overlaps(place) for place in item.places)
        ]
        sources = {source.id: source for source in self._sources()}
        return given(as_claim(claim, self.draft.article), dict.fromkeys(kept), sources)

    def _sources(self) -> list[Source]:
        return sorted(self.checker.corpus.sources(), key=lambda source: source.id)

    def _barred(self) -> frozenset[str]:
        return self.checker.barred(self.draft.article, self._sources())

    def _finder(self) -> Finder:
        return Finder(self.checker.corpus, self.checker.settings, self._barred(), self.checker.prime)


def _mark(cell: dict[str, float], name: str, answer: Verdict | Unchecked | None, gold: GoldClaim) -> None:
    if isinstance(answer, Verdict):
        cell[name] = float(answer.label is gold.verdict)
    else:
        cell.pop(name, None)


def budget_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The four cells as a table, and what each stage costs; nothing where they were not run.

    Only labelled claims that have an answer in every cell are counted, so that the cells can be taken from each other.
    """
    rows = [[item.scores[name] for name in CELLS] for item in outcomes if all(name in item.scores for name in CELLS)]
    if not rows:
        return
    gold_gold, gold_found, found_gold, found_found = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    yield f"error budget: right verdicts of {len(rows)} labelled claims, found at half of the shorter span"
    yield f"{'':<16}{'gold evidence':>14}{'found evidence':>16}"
    yield f"{'gold claims':<16}{gold_gold:>14.4f}{gold_found:>16.4f}"
    yield f"{'found claims':<16}{found_gold:>14.4f}{found_found:>16.4f}"
    yield (
        f"lost by verification {1 - gold_gold:.4f}, by retrieval {gold_gold - gold_found:.4f}, "
        f"by extraction {gold_found - found_found:.4f}"
    )
