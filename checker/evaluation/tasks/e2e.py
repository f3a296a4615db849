"""End to end: whole drafts of a gold set, checked over their own sources as `checker check` does.

An outcome for each labelled claim, and one for the rest of each draft: claims found in excess, sentences, opinions,
and what the draft cost. A labelled claim is judged by the verdict on the claim that covers it; `missed` is the answer
where none does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from checker.evaluation.budget import Oracle, budget_lines
from checker.evaluation.columns import EXTRA
from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.gold import GoldClaim, GoldDraft
from checker.evaluation.end_to_end import Pairing, Reader, draft_scores, pairing, reader_of_draft, scores_of
from checker.evaluation.engines.bench import Bench, files_by_id, open_bench
from checker.evaluation.engines.product import fault_of
from checker.evaluation.records import Outcome, Usage, digest
from checker.evaluation.tasks.task import EngineCard, Item, Request, Work
from checker.model import Claim, Label, Report, Span, Unchecked, Verdict
from checker.pipeline.engine import CASCADE, EMBEDDED, PROMPTED

MISSED = "missed"
_SHOWN = 1200


@dataclass(frozen=True, slots=True)
class Part:
    """What an item is of: a labelled claim of a draft, or, without one, the rest of it."""

    draft: GoldDraft
    claim: GoldClaim | None


class EndToEnd:
    """The task `e2e`."""

    says = "whole drafts of a gold set over their own sources: claims, verdicts and the words shown for them"
    engines = (EMBEDDED, PROMPTED, CASCADE)

    @contextmanager
    def opened(self, request: Request) -> Iterator[Work]:
        """The drafts of the split that is asked for, and the engine over them."""
        drafts = read_drafts(request.data, request.split)
        with open_bench(request.settings, request.engine, chat=request.chat) as bench:
            yield Work(
                kind="e2e",
                items=[item for draft in drafts for item in _items(draft)],
                classes=tuple(label.value for label in Label),
                primary="strict_f1",
                card=_card(bench, request),
                answer=partial(_outcomes, bench, request.budget),
                unit=_draft_of,
                after=lambda outcomes: tuple(budget_lines(outcomes)),
            )


TASK = EndToEnd()


def _items(draft: GoldDraft) -> Iterator[Item]:
    """The labelled claims of a draft, and last the draft itself."""
    whole = digest([draft.article.text, str(draft.article.published), draft.corpus_digest])
    for claim in draft.claims:
        yield Item(claim.id, digest([whole, _told(claim)]), Part(draft, claim))
    rest = [[claim.span.start, claim.span.end] for claim in draft.claims]
    others = [[item.span.start, item.span.end, item.reason] for item in draft.nonclaims]
    yield Item(f"{draft.name}/rest", digest([whole, rest, others]), Part(draft, None))


def _told(claim: GoldClaim) -> list[object]:
    evidence = [[item.file, item.quote, item.stance, item.set] for item in claim.evidence]
    return [claim.span.start, claim.span.end, claim.text, claim.kind, claim.level, claim.verdict, evidence]


def _draft_of(item: Item) -> str:
    assert isinstance(item.value, Part)
    return item.value.draft.name


def _card(bench: Bench, request: Request) -> EngineCard:
    engine, settings = bench.engine, bench.settings
    set_to: dict[str, str | int | float] = {
        f"{name}.{key}": value
        for name, section in (
            ("retrieval", settings.retrieval),
            ("passages", settings.passages),
            ("claims", settings.claims),
            ("verify", settings.verify),
        )
        for key, value in section
        if value is not None
    }
    asked: dict[str, str | int | float] = {"split": request.split, "budget": int(request.budget)}
    return EngineCard(engine.name, engine.models, engine.prompts, {**set_to, **engine.parameters, **asked})


def _outcomes(bench: Bench, budget: bool, items: Sequence[Item]) -> Iterator[Outcome]:
    """An outcome for each item; those of one draft stand together, so that it is checked once."""
    for _, group in groupby(items, key=_draft_of):
        wanted = list(group)
        part = wanted[0].value
        assert isinstance(part, Part)
        made = _checked(bench, part.draft, budget)
        for item in wanted:
            assert isinstance(item.value, Part)
            yield made.outcome(item, item.value)


@dataclass(frozen=True)
class Checked:
    """A draft that was checked, its claims matched with the labelled ones. `cells` are by place of labelled claim."""

    draft: GoldDraft
    found: tuple[Claim, ...]
    answers: Mapping[str, Verdict]
    unchecked: tuple[Unchecked, ...]
    pairs: Pairing
    reader: Reader
    cells: Sequence[Mapping[str, float]]
    usage: Usage

    def outcome(self, item: Item, part: Part) -> Outcome:
        """What one item came to."""
        if part.claim is None:
            return self._rest(item)
        place = self.draft.claims.index(part.claim)
        at = self.pairs.relaxed.get(place)
        answer = None if at is None else self.answers.get(self.found[at].id)
        fault = "" if answer is not None else self._fault(part.claim, at)
        scores = {"n_gold": 1.0, **self.cells[place]}
        if answer is not None:
            scores |= scores_of(part.claim, answer, self.reader, strict=place in self.pairs.strict)
        return Outcome(
            id=item.id,
            cluster=self.draft.name,
            digest=item.digest,
            gold=part.claim.verdict.value,
            predicted=None if fault else MISSED if answer is None else answer.label.value,
            fault=fault,
            confidence=None if answer is None else answer.confidence,
            scores={} if fault else scores,
            facts={**self.draft.facts, **part.claim.facts, **_facts(answer)},
            texts={**_gold_texts(part.claim, self.draft.article.text), **_texts(answer)},
        )

    def _fault(self, claim: GoldClaim, at: int | None) -> str:
        """What kept the claim from being judged: an answer that failed, or a stretch that was not read."""
        wanted = claim.span if at is None else self.found[at].span
        for item in self.unchecked:
            span = item.subject if isinstance(item.subject, Span) else item.subject.span
            if span.overlaps(wanted):
                return fault_of(item)
        return ""

    def _rest(self, item: Item) -> Outcome:
        gold = [claim.span for claim in self.draft.claims]
        extra = [claim for claim in self.found if not any(claim.span.overlaps(span) for span in gold)]
        return Outcome(
            id=item.id,
            cluster=self.draft.name,
            digest=item.digest,
            gold=str(len(gold)),
            predicted=str(len(self.found)),
            scores=draft_scores(self.draft, self.found, self.answers, self.pairs, self.reader),
            facts={"row": EXTRA, **self.draft.facts},
            texts={"extra": " ¶ ".join(claim.text for claim in extra)},
            usage=self.usage,
        )


def _checked(bench: Bench, draft: GoldDraft, budget: bool) -> Checked:
    before, begun = bench.engine.usage(), time.perf_counter()
    files = files_by_id(draft)
    reader = reader_of_draft(draft, files)
    with bench.checker(draft) as checker:
        report = checker.check(draft.article)
        seconds = round(time.perf_counter() - begun, 4)
        found = _claims(report)
        answers = {verdict.claim.id: verdict for verdict in report.verdicts}
        pairs = pairing(draft.claims, found)
        oracle = Oracle(bench, checker, draft, files)
        retrieved = oracle.retrieved()
        cells: list[dict[str, float]] = [{} for _ in draft.claims]
        if budget:
            cells = oracle.cells(retrieved, found, answers, pairs)
    for cell, claim, (_, had) in zip(cells, draft.claims, retrieved, strict=True):
        if claim.sets:
            cell["retrieved_full_set"] = float(reader.found(had.hits, claim))
    after = bench.engine.usage()
    cost = Usage(
        after.calls - before.calls,
        after.input_tokens - before.input_tokens,
        after.output_tokens - before.output_tokens,
        round(after.cost_usd - before.cost_usd, 9),
        seconds,
    )
    return Checked(draft, found, answers, report.unchecked, pairs, reader, cells, cost)


def _claims(report: Report) -> tuple[Claim, ...]:
    """Every claim that was found, answered or not, in the order of the draft."""
    subjects = (item.claim if isinstance(item, Verdict) else item.subject for item in report.results)
    return tuple(subject for subject in subjects if isinstance(subject, Claim))


def _facts(answer: Verdict | None) -> dict[str, str]:
    if answer is None:
        return {}
    return {"basis": answer.basis.value, "engine": answer.engine, "reasons": " ".join(sorted(answer.reasons))}


def _gold_texts(claim: GoldClaim, draft: str) -> dict[str, str]:
    evidence = " ¶ ".join(f"[{item.stance}] {item.file}: {item.quote}" for item in claim.evidence)
    return {"claim": claim.text, "quote": claim.span.of(draft), "evidence": evidence[:_SHOWN]}


def _texts(answer: Verdict | None) -> dict[str, str]:
    if answer is None:
        return {}
    quotes = " ¶ ".join(f"[{item.stance}] {item.quote}" for item in answer.evidence)
    return {"found": answer.claim.text, "justification": answer.justification, "quotes": quotes[:_SHOWN]}
