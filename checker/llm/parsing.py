"""A model's text read as a reply. Never repaired: what is cut or of another form is a fault that can be named."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from checker.llm.replies import Reply

R = TypeVar("R", bound=Reply)

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.S)
_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*)\n\s*```\s*\Z", re.S)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer, in words that can be told to the model: a sentence.

    One that is `minor` is named to the model once, and the answer is taken where it stays: the caller can leave out
    what is wrong.
    """

    says: str
    minor: bool = False


def parsed(text: str, form: type[R]) -> R | Fault:
    """The reply in `text`, of the given form. A thought before it and a code fence around it are set aside."""
    bare = _THOUGHT.sub("", text).strip()
    fenced = _FENCED.match(bare)
    bare = fenced["inside"] if fenced else bare
    if not bare:
        return Fault("it is empty.")
    try:
        value = json.loads(_object(bare))
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" (character {error.pos}: {error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        return Fault(f"it is not one JSON object{where}.")
    try:
        return form.model_validate(value, strict=True)
    except ValidationError as error:
        named = [
            f"{'.'.join(str(part) for part in item['loc']) or 'the object'}: {item['msg']}" for item in error.errors()
        ]
        more = f"; and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
        return Fault("; ".join(named[:_MOST_NAMED]) + more + ".")


def _object(text: str) -> str:
    """The stretch of `text` from its first brace to its last: servers without schemas let models greet."""
    start, end = text.find("{"), text.rfind("}")
    return text[start : end + 1] if 0 <= start < end else text
