"""The lock of the prompts: each file's version and digest, and its reply's, so that no prompt changes unnoticed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checker.errors import SettingsError
from checker.llm.prompts import Prompt
from checker.model import sha256_text

FILE = "prompts.lock"
_HEADER = "# Written by `checker prompts lock`. A prompt that changes gets a new version and a line under `changes`.\n"


@dataclass(frozen=True, slots=True)
class Pin:
    """What the lock says of one prompt."""

    version: int
    prompt: str
    reply: str

    @classmethod
    def of(cls, prompt: Prompt) -> Pin:
        schema = json.dumps(prompt.reply.schema_of(), sort_keys=True)
        return cls(prompt.version, prompt.digest, sha256_text(schema))


def read_lock(folder: Path) -> dict[str, Pin]:
    """The pins of the lock in `folder`, by prompt; none where there is no lock."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Pin(**pin) for name, pin in table.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise SettingsError(f"is damaged: {error}", where=str(path), hint="Delete it and lock again.") from error


def unlocked(prompts: Iterable[Prompt], pins: dict[str, Pin]) -> tuple[str, ...]:
    """What differs from the lock, one line a prompt."""
    found = []
    for prompt in prompts:
        pin, now = pins.get(prompt.name), Pin.of(prompt)
        if pin is None:
            found.append(f"{prompt.name}: not in the lock")
        elif pin != now:
            what = "the reply's form" if pin.prompt == now.prompt else "the prompt"
            found.append(f"{prompt.name}: {what} changed since version {pin.version} was locked")
    return tuple(found)


def write_lock(prompts: Iterable[Prompt], folder: Path) -> Path:
    """Pins `prompts` in the lock of `folder`. Raises SettingsError where one changed and kept its version."""
    pins = read_lock(folder)
    lines = [_HEADER]
    for prompt in prompts:
        pin, now = pins.get(prompt.name), Pin.of(prompt)
        if pin is not None and pin != now and now.version <= pin.version:
            raise SettingsError(
                f"changed and is still version {now.version}",
                where=prompt.origin,
                hint=f"Make it version {pin.version + 1} and say under `changes` what changed.",
            )
        lines.append(f'[{prompt.name}]\nversion = {now.version}\nprompt = "{now.prompt}"\nreply = "{now.reply}"\n')
    path = folder / FILE
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
