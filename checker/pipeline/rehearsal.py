"""A rehearsal: the whole check with a model that notes every question and answers none, so that the bill is known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from checker.claims import RuleExtractor
from checker.llm.budget import Budget, cost
from checker.llm.exchange import ChatModel, ChatRequest, Failure
from checker.llm.langchain import LangChainChat
from checker.llm.tokens import TokenCounter, token_counter
from checker.model import Article, Claim, Outcome
from checker.pipeline.engine import EMBEDDED, PROMPTED
from checker.pipeline.opening import open_checker
from checker.ports import Extraction, Extractor
from checker.settings import PriceSettings, Settings

_NUMBERED = re.compile(r"^(\d+)\| ", re.M)
_OUTPUT_EACH = {"extraction": 110, "judgements": 130, "counter_queries": 30}
"""Output tokens for each sentence or claim that a question asks about, as answers usually run."""
_OUTPUT_ELSE = 150
_UNCAPPED: dict[str, Any] = dict.fromkeys(
    ("max_cost_usd", "max_calls", "requests_per_minute", "tokens_per_minute"), None
)


@dataclass(frozen=True, slots=True)
class Step:
    """Questions of one kind: how many, and their tokens. `output_tokens` is always an estimate."""

    name: str
    calls: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What a check would cost, before anything is sent. `exact` says whether input tokens are counted or estimated.

    Answers kept from earlier runs cost nothing and are not in it. Second readings of contradictions, second looks and
    repeated requests are not known beforehand and come on top.
    """

    engine: str
    model: str = ""
    address: str = ""
    steps: tuple[Step, ...] = ()
    counter: str = ""
    exact: bool = True
    price: PriceSettings | None = None

    @property
    def calls(self) -> int:
        return sum(step.calls for step in self.steps)

    @property
    def input_tokens(self) -> int:
        return sum(step.input_tokens for step in self.steps)

    @property
    def output_tokens(self) -> int:
        return sum(step.output_tokens for step in self.steps)

    @property
    def cost_usd(self) -> float | None:
        """About how many US dollars; None where the model has no price in the settings."""
        if not self.calls:
            return 0.0
        return cost(self.price, self.input_tokens, self.output_tokens) if self.price else None


def rehearse(settings: Settings, article: Article) -> Bill:
    """What checking `article` with these settings would send. Nothing is sent and no key is needed."""
    if settings.engine == EMBEDDED:
        return Bill(EMBEDDED)
    real = LangChainChat(settings.llm)
    chat = _Unsent(real)
    price = Budget.of(settings.llm, real.name).price
    free = settings.model_copy(update={"llm": settings.llm.model_copy(update=_UNCAPPED)})
    with open_checker(free, chat=chat) as checker:
        engine = checker.engine
        if settings.engine == PROMPTED:
            engine = replace(engine, extractor=_StandIn(engine.extractor))
        replace(checker, engine=engine).check(article)
    counter = token_counter(real.name.partition(":")[2])
    return Bill(
        engine=settings.engine,
        model=real.name,
        address=real.parameters["address"] or "",
        steps=_steps(chat.asked, counter),
        counter=counter.name,
        exact=counter.exact,
        price=price,
    )


@dataclass
class _Unsent:
    """Passes for `real` before the cache, and sends nothing."""

    real: ChatModel
    asked: list[ChatRequest] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.real.name

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.real.parameters

    def send(self, request: ChatRequest) -> Failure:
        self.asked.append(request)
        return Failure("not sent: a rehearsal")


@dataclass(frozen=True)
class _StandIn:
    """The claims that are known from earlier runs; for sentences that would be asked about, the ones rules find."""

    extractor: Extractor

    def extract(self, article: Article) -> Extraction:
        known = self.extractor.extract(article)
        open_ = [sentence.span for sentence in known.sentences if sentence.outcome is Outcome.FAILED]
        ruled = [claim for claim in RuleExtractor().extract(article).claims if any(claim.span in s for s in open_)]
        named = [replace(claim, id=f"rule-{number}", parent=None) for number, claim in enumerate(ruled, 1)]
        claims: tuple[Claim, ...] = (*known.claims, *named)
        return Extraction(known.sentences, tuple(sorted(claims, key=lambda claim: (claim.span.start, claim.span.end))))


def _steps(asked: list[ChatRequest], counter: TokenCounter) -> tuple[Step, ...]:
    names = dict.fromkeys(request.schema_name for request in asked)
    return tuple(_step(name, [item for item in asked if item.schema_name == name], counter) for name in names)


def _step(name: str, asked: list[ChatRequest], counter: TokenCounter) -> Step:
    texts = [message.text for request in asked for message in request.messages]
    inside = sum(counter.count(text) for text in (*texts, *(json.dumps(request.schema) for request in asked)))
    return Step(name, len(asked), inside, sum(_output(request) for request in asked))


def _output(request: ChatRequest) -> int:
    """About how many tokens the answer has. Claims are numbered anew after the passages, so the last number counts."""
    numbers = _NUMBERED.findall(request.messages[-1].text)
    each = _OUTPUT_EACH.get(request.schema_name)
    if each is None or not numbers:
        return _OUTPUT_ELSE
    items = len(numbers) if request.schema_name == "extraction" else int(numbers[-1])
    return min(each * items, request.max_output_tokens)
