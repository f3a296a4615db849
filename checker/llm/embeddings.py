"""Sentence vectors from a server that speaks the OpenAI embeddings protocol."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from checker.errors import EngineError, SettingsError
from checker.settings import EncoderSettings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TEXTS = 256
"""Texts in one request; the protocol takes 2,048 of them and 300,000 tokens, smaller servers take less."""

_ADDRESS = "https://api.openai.com/v1"  # said here, so that no environment variable leads the texts elsewhere
_SECONDS = 60.0
_RETRIES = 3
_NO_KEY = "none"  # servers on one's own machine ask for no key, the client insists on one


class OpenAIEncoder:
    """Asks a server for vectors; the texts leave this machine for the address in the settings, and for nowhere else."""

    def __init__(self, settings: EncoderSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        return f"openai/{self._settings.model}"

    @property
    def dimension(self) -> int:
        return self._settings.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimension), float32, each of length 1, in the order of `texts`.

        Raises EngineError where the server cannot be reached, refuses, or answers with another dimension.
        """
        import numpy as np

        made = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), MOST_TEXTS):
            batch = [_clean(text) for text in texts[start : start + MOST_TEXTS]]
            made[start : start + len(batch)] = self._ask(batch)
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        made /= np.where(lengths > 0, lengths, 1)
        return made

    def _ask(self, batch: list[str]) -> NDArray[np.float32]:
        import numpy as np
        import openai

        try:
            answer = self._client.embeddings.create(model=self._settings.model, input=batch)
        except openai.OpenAIError as error:
            raise EngineError(f"the embeddings server failed: {error}", where=self._where) from error
        rows = sorted(answer.data, key=lambda item: item.index)
        if len(rows) != len(batch):
            raise EngineError(f"{len(batch)} texts sent, {len(rows)} vectors came back", where=self._where)
        vectors = np.asarray([item.embedding for item in rows], dtype=np.float32)
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise EngineError(
                f"vectors have {vectors.shape[-1]} numbers, the settings say {self.dimension}",
                where=self._where,
                hint=f"Set encoder.dimension = {vectors.shape[-1]}.",
            )
        return vectors

    @property
    def _where(self) -> str:
        return f"{self._settings.base_url or _ADDRESS}, model {self._settings.model}"

    @cached_property
    def _client(self) -> Any:
        import openai

        key = os.environ.get(self._settings.api_key_env)
        if not key and self._settings.base_url is None:
            raise SettingsError(
                f"no key in the environment variable {self._settings.api_key_env}",
                where="encoder",
                hint="Set it, or set encoder.base_url to a server of your own, or encoder.kind to embedded.",
            )
        return openai.OpenAI(
            api_key=key or _NO_KEY, base_url=self._settings.base_url or _ADDRESS, timeout=_SECONDS, max_retries=_RETRIES
        )


def _clean(text: str) -> str:
    """`text` as the protocol takes it: no lone surrogates, never empty."""
    return text.encode("utf-8", "replace").decode("utf-8") or " "
