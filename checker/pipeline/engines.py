"""The three engines, made from the settings. Nothing of a model's client is imported for the embedded one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from checker.claims import RuleExtractor
from checker.claims.vouched import Vouched
from checker.claims.worth import Weighed
from checker.model import Source
from checker.pipeline.cascade import Cascade
from checker.pipeline.counter import BothSides
from checker.pipeline.engine import CASCADE, EMBEDDED, PROMPTED, Engine, MakeVerifier, Signed
from checker.pipeline.retrieval import Finder
from checker.pipeline.rounds import InRounds
from checker.ports import Detector, Extractor, PairReader, Verifier
from checker.settings import Settings
from checker.verify.embedded import EmbeddedVerifier

if TYPE_CHECKING:
    from checker.llm.client import LlmClient
    from checker.llm.prompts import Prompt

_STAGES = ("verify", "second_read", "counter_query")
"""Prompts that every engine with a model uses; extraction has one more."""


@dataclass(frozen=True)
class Inside:
    """The models that need no server: the name of the encoder, the reader of pairs, the detector of claims."""

    encoder: str
    reader: PairReader
    detector: Detector

    @property
    def named(self) -> dict[str, str]:
        return {"encoder": self.encoder, "reader": self.reader.name, "detector": self.detector.name}


def embedded_engine(settings: Settings, inside: Inside) -> Engine:
    """Rules find the claims; checks and the models inside the package judge them."""
    return Engine(
        name=EMBEDDED,
        extractor=_rules(settings, inside),
        verifier=_embedded(settings, inside.reader),
        models=inside.named,
    )


def prompted_engine(settings: Settings, inside: Inside, client: LlmClient, *, counter: bool = True) -> Engine:
    """A model finds the claims and judges them; the stored text gives every word that is shown.

    With `counter` the corpus is searched for what would show each claim wrong.
    """
    from checker.claims.prompted import PromptedExtractor

    prompts = _prompts(settings, ("extract", *_STAGES))
    entails = _entails(inside.reader, settings.verify.support_floor)
    asked = PromptedExtractor(client, prompts["extract"], entails=entails)
    return Engine(
        name=PROMPTED,
        extractor=_weighed(asked, settings, inside),
        verifier=_prompted(settings, inside.reader, client, prompts, counter=counter),
        models=inside.named | {"chat": client.chat.name},
        prompts=_named(prompts),
        parameters=_asked_with(settings),
        usage=lambda: client.budget.usage,
        stop=client.stop,
    )


def cascade_engine(settings: Settings, inside: Inside, client: LlmClient, *, counter: bool = True) -> Engine:
    """Rules find the claims, the embedded engine judges them, and a model judges those that it is unsure of.

    `counter` as for the prompted engine.
    """
    prompts = _prompts(settings, _STAGES)
    whole = settings.model_copy(update={"verify": settings.verify.model_copy(update={"max_risk": None})})
    first = _embedded(whole, inside.reader)
    second = _prompted(whole, inside.reader, client, prompts, counter=counter)

    def both(sources: Sequence[Source], finder: Finder) -> Verifier:
        return Cascade(first(sources, finder), second(sources, finder), settings.cascade.max_risk)

    return Engine(
        name=CASCADE,
        extractor=_rules(settings, inside),
        verifier=both,
        models=inside.named | {"chat": client.chat.name},
        prompts=_named(prompts),
        parameters=_asked_with(settings) | {"cascade.max_risk": settings.cascade.max_risk},
        usage=lambda: client.budget.usage,
        stop=client.stop,
    )


def _rules(settings: Settings, inside: Inside) -> Extractor:
    vouched = Vouched(RuleExtractor(inside.detector), inside.reader, settings.verify.support_floor)
    return _weighed(vouched, settings, inside)


def _weighed(extractor: Extractor, settings: Settings, inside: Inside) -> Extractor:
    return Weighed(extractor, inside.detector, settings.claims.min_check_worthiness)


def _embedded(settings: Settings, reader: PairReader) -> MakeVerifier:
    def make(sources: Sequence[Source], finder: Finder) -> Verifier:
        single = EmbeddedVerifier(sources, finder.barred, settings.verify, reader)
        return Signed(InRounds(single, reader), EMBEDDED)

    return make


def _prompted(
    settings: Settings, reader: PairReader, client: LlmClient, prompts: Mapping[str, Prompt], *, counter: bool
) -> MakeVerifier:
    from checker.llm.batch import BatchChat
    from checker.verify.prompted.counter_query import counter_queries
    from checker.verify.prompted.verifier import PromptedVerifier, VerifyPrompts

    asked = VerifyPrompts(prompts["verify"], prompts["second_read"])
    queries = partial(counter_queries, client, prompts["counter_query"])
    # Batch answers come a round later: judging now, without the queries, would be judging twice.
    needed = isinstance(client.chat, BatchChat)

    def make(sources: Sequence[Source], finder: Finder) -> Verifier:
        judge = PromptedVerifier(client, asked, sources, finder.barred, settings.verify, reader)
        # What the model was not asked about (quotations, claims without passages) the embedded engine has decided.
        return Signed(BothSides(judge, finder, queries, needed) if counter else judge, EMBEDDED)

    return make


def _entails(reader: PairReader, floor: float) -> Callable[[str, str], bool]:
    """Whether a text says a restatement of it, as far as the model inside the package can tell."""

    def entails(text: str, restated: str) -> bool:
        return bool(reader.read([(restated, text)])[0][0] >= floor)

    return entails


def _prompts(settings: Settings, names: Sequence[str]) -> dict[str, Prompt]:
    from checker.llm.prompts import load_prompts

    every = {prompt.name: prompt for prompt in load_prompts(settings.llm.prompts)}
    return {name: every[name] for name in names}


def _named(prompts: Mapping[str, Prompt]) -> dict[str, str]:
    return {prompt.label: prompt.digest for prompt in prompts.values()}


def _asked_with(settings: Settings) -> dict[str, str | int | float]:
    """What decides an answer beside the prompt. A parameter that is not sent is left out."""
    llm = settings.llm
    told: dict[str, str | int | float | None] = {
        "llm.base_url": _public(llm.base_url) if llm.base_url else None,
        "llm.temperature": llm.temperature,
        "llm.structured": llm.structured,
        "llm.max_output_tokens": llm.max_output_tokens,
    }
    return {key: value for key, value in told.items() if value is not None}


def _public(address: str) -> str:
    """An address without the name and password that may stand in it: reports are passed on."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query=""))
