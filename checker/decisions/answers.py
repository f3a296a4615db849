"""What a person types at a claim, read: a key or a word, and for a correction the verdict and the reason, if at once.

a   accept        c contradicted 1: the account says 2.4 million
s   skip          w: fixed in the second edition
q   quit
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from checker.model import Label

VERDICTS = {
    "s": Label.SUPPORTED,
    "c": Label.CONTRADICTED,
    "m": Label.MIXED,
    "n": Label.NOT_ENOUGH_EVIDENCE,
    "nei": Label.NOT_ENOUGH_EVIDENCE,
    **{label.value: label for label in Label},
}
_RULED = re.compile(r"(?P<verdict>[a-z_]+(?:[ -][a-z]+)*)(?P<numbers>(?:[ ,]+\d+)*)")


class Key(StrEnum):
    """What is to be done with a verdict."""

    ACCEPT = "accept"
    CORRECT = "correct"
    WAIVE = "waive"
    SKIP = "skip"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Answer:
    """A line that was typed: the key, and what stood behind it, unread."""

    key: Key
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, the numbers of the words shown that bear it, and the reason; empty where none was given."""

    verdict: Label
    decided_by: tuple[int, ...] = ()
    reason: str = ""


def read_answer(line: str) -> Answer:
    """The answer in `line`: the key is its first word or that word's first letter. Raises ValueError."""
    word, colon, rest = re.fullmatch(r"\s*([^\s:]*)\s*(:?)\s*(.*?)\s*", line, re.S).groups()  # type: ignore[union-attr]
    key = next((key for key in Key if word.casefold() in (key.value, key.value[0])), None)
    if key is None:
        raise ValueError("Type a, c, w, s or q: accept, correct, waive, skip, quit.")
    if rest and key not in (Key.CORRECT, Key.WAIVE):
        raise ValueError(f"{key.value.capitalize()} stands alone: nothing was kept of {rest!r}.")
    return Answer(key, f"{colon}{rest}" if key is Key.CORRECT else rest)


def read_ruling(text: str, shown: int) -> Ruling:
    """The ruling in `text`: `VERDICT [NUMBERS] [: REASON]`, where `shown` words were numbered. Raises ValueError."""
    head, _, reason = text.partition(":")
    match = _RULED.fullmatch(head.strip().casefold())
    verdict = VERDICTS.get(re.sub(r"[ -]", "_", match["verdict"])) if match else None
    if match is None or verdict is None:
        raise ValueError(
            "The verdicts are supported, contradicted, mixed and not_enough_evidence (s, c, m, n): nothing was kept."
        )
    numbers = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", match["numbers"])))
    if any(not 1 <= number <= shown for number in numbers):
        raise ValueError(f"{shown} pieces of evidence were shown: nothing was kept.")
    return Ruling(verdict, numbers, reason.strip())
