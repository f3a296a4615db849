"""Settings: `checker.toml`, `[tool.checker]` of pyproject.toml, the environment, then flags, each over the last.

An unknown key is an error that names the file and the key. Environment variables are `CHECKER_` and the key,
with two underscores between a section and its key: `CHECKER_RETRIEVAL__LIMIT=12`.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from checker.errors import SettingsError

_PREFIX = "CHECKER_"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RetrievalSettings(_Section):
    """How passages are found."""

    limit: int = Field(10, ge=1, le=100)
    """Passages looked at for a claim."""
    candidates: int = Field(60, ge=1, le=1000)
    """Passages each leg proposes before fusion."""
    dense_weight: float = Field(0.5, ge=0.0, le=1.0)
    """Share of the dense leg in the fused score; the lexical leg has the rest."""


class PassageSettings(_Section):
    """How sources are cut into passages."""

    words: int = Field(90, ge=20, le=400)
    """Most words of a passage; a longer sentence is a passage of its own."""
    overlap: int = Field(1, ge=0, le=5)
    """Sentences that a passage shares with the one before it."""


class IndexSettings(_Section):
    """Where the derived index lives."""

    cache_dir: Path | None = None
    """Folder of derived indexes; the platform's cache folder when unset."""
    chroma: str | None = None
    """Address of a Chroma server (`http://host:port`) that several processes share; embedded when unset."""
    lock_seconds: float = Field(30.0, ge=0)
    """How long a writer waits for another before it says who holds the lock."""


class EncoderSettings(_Section):
    """Which sentence encoder makes vectors."""

    kind: Literal["embedded", "openai"] = "embedded"
    model: str = "text-embedding-3-small"
    """Model asked of an OpenAI-compatible server."""
    base_url: str | None = None
    api_key_env: str = "OPENAI_API_KEY"
    dimension: int = Field(1536, ge=1)


class ReadingSettings(_Section):
    """Limits on what is read."""

    max_bytes: int = Field(100_000_000, ge=1)
    seconds: float = Field(60.0, gt=0)
    """Wall-clock limit of one parse in the child process."""
    memory_bytes: int = Field(2_000_000_000, ge=100_000_000)


class ClaimSettings(_Section):
    """Which claims are checked."""

    min_check_worthiness: float = Field(0.0, ge=0.0, le=1.0)
    """Least check-worthiness of a sentence whose claims are checked; one below it is listed as skipped."""


class VerifySettings(_Section):
    """How evidence is weighed."""

    support_threshold: float = Field(0.80, ge=0.0, le=1.0)
    """Least agreement of words for plain support; below it the engine abstains."""
    support_probability: float = Field(0.80, ge=0.0, le=1.0)
    """Least probability by the model inside for support in other words than the claim's."""
    support_floor: float = Field(0.50, ge=0.0, le=1.0)
    """Least probability by the model inside for support in the claim's own words."""
    contradiction_probability: float = Field(0.90, ge=0.0, le=1.0)
    """Least probability by the model inside for a contradiction that no check has found."""
    second_reading: float = Field(0.50, ge=0.0, le=1.0)
    """Least probability of that contradiction when claim and sentence are exchanged."""
    max_risk: float | None = Field(None, ge=0.0, le=1.0)
    """A verdict whose confidence is under one less this is left open, and says so. Confidence is not calibrated yet."""


class PriceSettings(_Section):
    """What a model costs, in US dollars for a million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    cached_input: float | None = Field(None, ge=0)
    """Input that the server has in its own prefix cache; as `input` when unset."""


class LlmSettings(_Section):
    """The chat model that reads and judges where the prompted engine is chosen."""

    model: str | None = None
    """`provider:model`, for instance `openai:gpt-5-mini`; the provider `openai` serves every compatible server."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server (`http://127.0.0.1:8000/v1`); the provider's own when unset."""
    api_key_env: str = "OPENAI_API_KEY"
    """Name of the environment variable that holds the key."""
    temperature: float | None = Field(0.0, ge=0.0, le=2.0)
    """Not sent when unset, and left out by itself where a model does not take it."""
    structured: Literal["auto", "json_schema", "json_object", "text"] = "auto"
    """How the form of an answer is asked for; `auto` goes down this list as far as the server makes it."""
    max_output_tokens: int = Field(8000, ge=64)
    """Most tokens of one answer."""
    timeout: float = Field(120.0, gt=0)
    """Seconds to wait for one answer."""
    retries: int = Field(3, ge=0, le=10)
    """How often an unanswered request is sent again."""
    concurrency: int = Field(8, ge=1, le=64)
    """Most requests under way at once, whatever the number of claims."""
    requests_per_minute: int | None = Field(None, ge=1)
    tokens_per_minute: int | None = Field(None, ge=1)
    max_cost_usd: float | None = Field(None, ge=0)
    """Hard cap on the money of one run; needs a price for the model."""
    max_calls: int | None = Field(None, ge=0)
    """Hard cap on the requests of one run, retries included."""
    prices: dict[str, PriceSettings] = {}
    """Prices by the name of the model, with or without its provider."""
    cache: Path | None = None
    """File of stored answers; `answers.sqlite` in the cache folder when unset."""
    prompts: Path | None = None
    """Folder of prompt files that stand in for the ones that come with the program."""


class CascadeSettings(_Section):
    """When the cascade asks the model."""

    max_risk: float = Field(0.15, ge=0.0, le=1.0)
    """A verdict of the embedded engine stands where its confidence is at least one less this."""


class Settings(_Section):
    """Everything that can be set. Where no engine is named, a model that is named makes it the prompted one."""

    corpus: Path = Path("corpus")
    engine: Literal["embedded", "prompted", "cascade"] = "embedded"
    as_of: date | None = None
    threads: int = Field(2, ge=1, le=64)
    retrieval: RetrievalSettings = RetrievalSettings()
    passages: PassageSettings = PassageSettings()
    index: IndexSettings = IndexSettings()
    encoder: EncoderSettings = EncoderSettings()
    reading: ReadingSettings = ReadingSettings()
    claims: ClaimSettings = ClaimSettings()
    verify: VerifySettings = VerifySettings()
    llm: LlmSettings = LlmSettings()
    cascade: CascadeSettings = CascadeSettings()

    @model_validator(mode="before")
    @classmethod
    def _model_chooses_engine(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "engine" in given:
            return given
        llm = given.get("llm")
        model = llm.get("model") if isinstance(llm, dict) else getattr(llm, "model", None)
        return given | {"engine": "prompted"} if model else given


def load_settings(
    folder: Path | None = None,
    *,
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    **flags: Any,
) -> Settings:
    """Settings for work in `folder` (the current one when unset); `flags` that are None are not given.

    A flag may name a section's key with a double underscore: `retrieval__limit=12`.
    Raises SettingsError for an unknown key or a bad value, naming where it stands.
    """
    folder = folder or Path.cwd()
    layers: list[tuple[str, dict[str, Any]]] = []
    if file is not None:
        layers.append((str(file), _toml(file)))
    else:
        own, project = folder / "checker.toml", folder / "pyproject.toml"
        if own.is_file():
            layers.append((str(own), _toml(own)))
        if project.is_file():
            table = _toml(project).get("tool", {}).get("checker", {})
            if table:
                layers.append((f"{project} [tool.checker]", table))
    layers.append(("the environment", _nested(_environment(os.environ if environ is None else environ))))
    layers.append(("the command line", _nested({key: value for key, value in flags.items() if value is not None})))
    merged: dict[str, Any] = {}
    for origin, layer in layers:
        _validate(layer, origin)
        merged = _merge(merged, layer)
    return _validate(merged, "settings")


def cache_root(settings: Settings) -> Path:
    """The folder that holds derived indexes and caches."""
    if settings.index.cache_dir is not None:
        return settings.index.cache_dir
    from platformdirs import user_cache_path

    return user_cache_path("checker")


def answers_path(settings: Settings) -> Path:
    """The file that holds the kept answers of models."""
    return settings.llm.cache or cache_root(settings) / "answers.sqlite"


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"is not valid TOML: {error}", where=str(path)) from error


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    # Only names that are settings: other CHECKER_* variables (a key, a token) belong to somebody else.
    known = set(Settings.model_fields)
    found = {}
    for name, value in environ.items():
        if name.startswith(_PREFIX):
            key = name[len(_PREFIX) :].lower()
            if key.split("__")[0] in known:
                found[key] = value
    return found


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *sections, last = key.split("__")
        table = nested
        for section in sections:
            table = table.setdefault(section, {})
        table[last] = value
    return nested


def _merge(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def _validate(values: dict[str, Any], origin: str) -> Settings:
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            known = ", ".join(sorted(Settings.model_fields))
            raise SettingsError(f"unknown key {key!r}", where=origin, hint=f"Known keys: {known}.") from error
        raise SettingsError(f"{key} = {first['input']!r}: {first['msg']}", where=origin) from error
