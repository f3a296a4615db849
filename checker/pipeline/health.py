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


def examine(settings: Settings) -> Iterator[Finding]:
    """Every part looked at, in the order in which one leans on the other."""
    looks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("encoder", _encoder),
        ("cache folder", _cache),
        ("corpus", _corpus),
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
