"""Health: can this installation, with these settings, do its work."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from checker.errors import CheckerError, CorpusMissingError
from checker.pipeline.opening import encoder_of, opened_corpus
from checker.settings import Settings, cache_root

_VENDORS = ("chromadb", "tantivy", "pypdfium2", "trafilatura", "openai", "langchain", "tiktoken", "typer")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    subject: str
    well: bool
    says: str


def examine(settings: Settings, *, ask_model: bool = False) -> Iterator[Finding]:
    """Every part looked at, in the order in which one leans on the other. Only `ask_model` sends something."""
    looks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("encoder", _encoder),
        ("cache folder", _cache),
        ("corpus", _corpus),
        ("model", _asked_model if ask_model else _model),
    )
    for subject, look in looks:
        try:
            yield Finding(subject, True, look(settings))
        except CorpusMissingError as error:
            yield Finding(subject, True, f"none yet ({error.line()})")
        except (CheckerError, OSError, metadata.PackageNotFoundError) as error:
            says = error.line() if isinstance(error, CheckerError) else str(error)
            yield Finding(subject, False, says)


def _python(settings: Settings) -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} processors"


def _packages(settings: Settings) -> str:
    return ", ".join(f"{name} {metadata.version(name)}" for name in _VENDORS)


def _encoder(settings: Settings) -> str:
    encoder = encoder_of(settings)
    if settings.encoder.kind == "openai":
        return f"{encoder.name}, asked when a check needs it"
    same = float(encoder.encode(["a bridge over the river"])[0] @ encoder.encode(["a river bridge"])[0])
    return f"{encoder.name}, {encoder.dimension} dimensions, works (cosine of two like phrases {same:.2f})"


def _cache(settings: Settings) -> str:
    folder = cache_root(settings)
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()
    return f"{folder} can be written"


def _corpus(settings: Settings) -> str:
    with opened_corpus(settings) as corpus:
        number = sum(1 for _ in corpus.sources())
        return f"{settings.corpus} holds {number} sources, digest {corpus.digest[:12]}"


def _model(settings: Settings) -> str:
    llm = settings.llm
    if llm.model is None:
        return "none configured; nothing is sent anywhere"
    from checker.llm.langchain import LangChainChat

    chat = LangChainChat(llm)
    key = "set" if os.environ.get(llm.api_key_env) else "not set"
    where = chat.parameters["address"] or "its own address"
    return f"{chat.name} at {where}, engine {settings.engine}, {llm.api_key_env} {key}; not asked (--ask-model asks it)"


def _asked_model(settings: Settings) -> str:
    if settings.llm.model is None:
        return _model(settings)
    from checker.llm.client import LlmClient
    from checker.llm.prompts import load_prompt
    from checker.llm.replies import CounterQueryReply

    client = LlmClient.of(settings.llm, cache=None)
    prompt = load_prompt("counter_query", settings.llm.prompts)
    client.ask(prompt, CounterQueryReply, {"claims": "1| The bridge was opened in 1931."})
    usage = client.budget.usage
    return f"{client.chat.name} answers in the asked form ({usage.calls} calls, {usage.input_tokens} tokens in)"
