"""Prompt files: front matter, blocks by role, inputs; what is put in can open no role.

A file begins with YAML between two lines of dashes (`name`, `version`, `reply`, `inputs`, `changes`), then come blocks,
each after a line `<!-- system -->`, `<!-- user -->` or `<!-- assistant -->`. An input stands as `{{name}}`. Blocks are
split when the file is read and inputs are put in afterwards, in one pass, so no text of a draft or a source can begin
a block, and none that looks like an input is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checker.errors import SettingsError
from checker.llm.exchange import Message, Role
from checker.llm.replies import REPLIES, Reply
from checker.model import sha256_text

NAMES = ("extract", "verify", "second_read", "counter_query")
"""The prompts of the program."""

_FILE = re.compile(r"---\n(?P<head>.*?\n)---\n(?P<body>.*)\Z", re.S)
_BLOCK = re.compile(r"^<!-- (system|user|assistant) -->[ \t]*\n", re.M)
_INPUT = re.compile(r"\{\{(\w+)\}\}")
# What chat templates and our own blocks begin with: `<|im_start|>`, `<s>`, `</passages>`, `[INST]`, `<｜User｜>`.
_OPENS = re.compile(r"<(?=[A-Za-z/|<!｜])|\[(?=/?INST\])|\|(?=>)", re.I)


class _Head(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    version: int = Field(ge=1)
    reply: str
    inputs: tuple[str, ...]
    changes: dict[int, str]
    """What each version changed, for whoever reads an old report."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as read. `digest` is of the file's text; `origin` is where it was read."""

    name: str
    version: int
    reply: type[Reply]
    inputs: tuple[str, ...]
    blocks: tuple[Message, ...]
    changes: Mapping[int, str]
    digest: str
    origin: str

    @property
    def label(self) -> str:
        """Name and version, as reports and the cache name it."""
        return f"{self.name}@{self.version}"

    def fill(self, **values: str) -> tuple[Message, ...]:
        """The messages with every input put in. Raises ValueError where `values` are not exactly the inputs."""
        if set(values) != set(self.inputs):
            raise ValueError(f"prompt {self.name} takes {sorted(self.inputs)}, got {sorted(values)}")
        tame = {name: defused(value) for name, value in values.items()}
        return tuple(
            Message(block.role, _INPUT.sub(lambda match: tame[match[1]], block.text).strip()) for block in self.blocks
        )


def defused(text: str) -> str:
    """`text` with a space put into whatever a server's chat template could take for a mark of its own."""
    return _OPENS.sub(lambda match: f"{match.group()} ", text)


def one_line(text: str) -> str:
    """`text` on one line, so that it cannot begin a numbered line of its own."""
    return " ".join(text.split())


def shipped_folder() -> Path:
    """The folder of prompts that came with the program: inside the wheel, else at the top of the checkout."""
    inside = Path(__file__).resolve().parents[1] / "_prompts"
    return inside if inside.is_dir() else inside.parents[1] / "prompts"


def load_prompt(name: str, own: Path | None = None) -> Prompt:
    """The prompt `name`; the file of that name in the folder `own` stands in for the shipped one.

    Raises SettingsError where a file is missing or damaged, or takes or answers something else than the shipped one.
    """
    shipped = read_prompt(shipped_folder() / f"{name}.md")
    if own is None or not (own / f"{name}.md").is_file():
        return shipped
    theirs = read_prompt(own / f"{name}.md")
    if theirs.name != name:
        raise SettingsError(f"has the name {theirs.name!r}, not {name!r}", where=theirs.origin)
    if set(theirs.inputs) != set(shipped.inputs):
        raise SettingsError(
            f"takes {', '.join(theirs.inputs)}; the program gives {', '.join(shipped.inputs)}", where=theirs.origin
        )
    if theirs.reply is not shipped.reply:
        raise SettingsError(f"asks for another reply than {shipped.reply.form()!r}", where=theirs.origin)
    return theirs


def load_prompts(own: Path | None = None) -> tuple[Prompt, ...]:
    """Every prompt, in the order of `NAMES`. Raises SettingsError also for a file in `own` that stands in for none."""
    if own is not None:
        if not own.is_dir():
            raise SettingsError("is not a folder", where=f"llm.prompts = {own}")
        for file in sorted(own.glob("*.md")):
            if file.stem not in NAMES:
                raise SettingsError(f"is the name of no prompt; they are {', '.join(NAMES)}", where=str(file))
    return tuple(load_prompt(name, own) for name in NAMES)


def read_prompt(path: Path) -> Prompt:
    """The prompt in the file `path`. Raises SettingsError where it cannot be used, with what is off."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"cannot be read: {error}", where=str(path)) from error
    return parse_prompt(text, origin=str(path))


def parse_prompt(text: str, *, origin: str) -> Prompt:
    """The prompt in `text`, the content of a prompt file."""
    match = _FILE.match(text)
    if match is None:
        raise SettingsError("does not begin with front matter between two lines of ---", where=origin)
    head = _head(match["head"], origin)
    blocks = _blocks(match["body"], origin)
    used = {name for block in blocks for name in _INPUT.findall(block.text)}
    if used != set(head.inputs):
        off = ", ".join(sorted(used ^ set(head.inputs)))
        raise SettingsError(f"inputs named in front and inputs used differ: {off}", where=origin)
    if head.reply not in REPLIES:
        raise SettingsError(f"reply {head.reply!r} is not one of {', '.join(REPLIES)}", where=origin)
    if head.version not in head.changes:
        raise SettingsError(f"version {head.version} has no line under `changes`", where=origin)
    reply = REPLIES[head.reply]
    return Prompt(head.name, head.version, reply, head.inputs, blocks, head.changes, sha256_text(text), origin)


def _head(text: str, origin: str) -> _Head:
    try:
        read: Any = yaml.safe_load(text)
        return _Head.model_validate(read)
    except yaml.YAMLError as error:
        raise SettingsError(f"front matter is not YAML: {error}", where=origin) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise SettingsError(f"{key}: {first['msg']}", where=origin) from error


def _blocks(body: str, origin: str) -> tuple[Message, ...]:
    before, *rest = _BLOCK.split(body)
    if before.strip() or not rest:
        raise SettingsError("text must stand under <!-- system -->, <!-- user --> or <!-- assistant -->", where=origin)
    blocks = tuple(Message(Role(role), text.strip()) for role, text in zip(rest[::2], rest[1::2], strict=True))
    if any(_INPUT.search(block.text) for block in blocks if block.role is not Role.USER):
        raise SettingsError("inputs may stand in <!-- user --> blocks only", where=origin)
    if blocks[-1].role is not Role.USER:
        raise SettingsError("the last block must be <!-- user -->", where=origin)
    return blocks
