"""How many tokens a text is: tiktoken where its ranks are on this machine, else an estimate that says so."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/{name}.tiktoken"
_DEFAULT = "o200k_base"
# A run of letters, of digits, of white space, or one other character.
_PIECE = re.compile(r"[A-Za-z]+|\d{1,3}|[^\W\d_]|\s+|[^\w\s]|_")
_SHORT = 8
_PER_LETTERS = 4


@dataclass(frozen=True, slots=True)
class TokenCounter:
    """Counts tokens. `exact` says whether by the model's own table; an estimate is within a sixth for English prose."""

    name: str
    exact: bool
    count: Callable[[str], int]


def token_counter(model: str) -> TokenCounter:
    """The counter for `model` (without its provider). A table that is not on this machine is never fetched."""
    name = _encoding_name(model)
    if not _ranks(name).is_file():
        return TokenCounter("estimate", False, estimate)
    import tiktoken

    encoding = tiktoken.get_encoding(name)
    return TokenCounter(f"tiktoken/{name}", True, lambda text: len(encoding.encode_ordinary(text)))


def estimate(text: str) -> int:
    """About how many tokens `text` is: a word up to eight letters is one, then one for every four letters."""
    total = 0
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece[0].isspace():
            total += piece.count("\n") > 0
        elif piece.isascii():
            total += 1 + max(0, len(piece) - _SHORT + _PER_LETTERS - 1) // _PER_LETTERS
        else:
            total += 1
    return total


def most(text: str) -> int:
    """A number of tokens that no byte-level tokenizer passes: each token stands for at least one byte."""
    return len(text.encode("utf-8", "surrogatepass"))


def _encoding_name(model: str) -> str:
    from tiktoken.model import encoding_name_for_model

    try:
        return encoding_name_for_model(model)
    except KeyError:
        return _DEFAULT


def _ranks(name: str) -> Path:
    """Where tiktoken keeps the table of an encoding."""
    folder = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    root = Path(folder) if folder else Path(tempfile.gettempdir()) / "data-gym-cache"
    return root / hashlib.sha1(_ADDRESS.format(name=name).encode(), usedforsecurity=False).hexdigest()
