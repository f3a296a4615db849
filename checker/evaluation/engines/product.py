"""The engines of the product, as they judge in a check: with abstention, checks, and what a model costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from checker.evaluation.datasets.verification import Pair
from checker.evaluation.engines.judging import Judgement
from checker.evaluation.records import Usage
from checker.evaluation.tasks.task import EngineCard
from checker.model import Unchecked, Verdict
from checker.pipeline.given import Answered, GivenEvidence


class ProductJudge:
    """`embedded`, `prompted` or `cascade`: a whole verdict for each claim, or what kept it unchecked."""

    def __init__(self, given: GivenEvidence, classes: Sequence[str]) -> None:
        self._given = given
        self._classes = tuple(classes)

    @cached_property
    def card(self) -> EngineCard:
        return card_of(self._given, judging=True)

    def judge(self, pairs: Sequence[Pair]) -> Iterator[Judgement]:
        """One judgement for each pair, in their order."""
        for said in self._given.verdicts([(pair.claim, pair.evidence) for pair in pairs]):
            cost = usage_of(said)
            if isinstance(said.answer, Unchecked):
                yield Judgement(None, fault=fault_of(said.answer), usage=cost)
            else:
                yield _judged(said.answer, cost)


def card_of(given: GivenEvidence, *, judging: bool) -> EngineCard:
    """What the engine's answers depend on, when it judges or when it finds claims."""
    engine, settings = given.engine, given.settings
    used = ("reader", "chat") if judging else ("reader", "detector", "chat")
    models = {name: model for name, model in engine.models.items() if name in used}
    part = settings.verify if judging else settings.claims
    set_to = {f"{'verify' if judging else 'claims'}.{name}": value for name, value in part if value is not None}
    return EngineCard(engine.name, models, given.prompts(judging=judging), {**set_to, **engine.parameters})


def fault_of(answer: Unchecked) -> str:
    """What kept something unchecked, its state first."""
    return f"{answer.status.value}: {answer.message}"


def usage_of(said: Answered[Any]) -> Usage:
    """What an answer cost."""
    cost = said.usage
    return Usage(cost.calls, cost.input_tokens, cost.output_tokens, cost.cost_usd, round(said.seconds, 4))


def _judged(verdict: Verdict, cost: Usage) -> Judgement:
    quotes = " ¶ ".join(f"[{item.stance}] {item.quote}" for item in verdict.evidence)
    return Judgement(
        label=verdict.label.value,
        confidence=verdict.confidence,
        texts={"justification": verdict.justification, "quotes": quotes},
        facts={"basis": verdict.basis.value, "engine": verdict.engine, "reasons": " ".join(sorted(verdict.reasons))},
        usage=cost,
    )
