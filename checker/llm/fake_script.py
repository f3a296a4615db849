"""Scripts for the fake server: which answer, or which fault, a request gets.

A script is JSON: a list of rules, tried in order. The first rule whose `match` (a regular expression over all the
messages, one after another) is found, and that has `times` left, answers:

    {"match": "Kittiwake", "reply": {...}}            the object as the answer; `text` gives raw text
    {"match": ".", "fault": "status", "status": 429, "retry_after": 1, "times": 2}
    {"sha256": "<digest of the messages>", "reply": {...}}     a recorded answer

Faults: `status` (any HTTP status), `refusal`, `truncated`, `invalid_json`, `wrong_schema`, `empty`, `not_an_answer`,
`drip` (one byte at a time), `drop` (closes the connection half-way), `hang_up` (closes it at once), `no_schema`
(turns down `response_format`), `no_json`, `no_temperature`, `no_store`. `delay` waits that many seconds first.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.errors import UsageError
from checker.model import sha256_text

FAULTS = frozenset(
    "status refusal truncated invalid_json wrong_schema empty not_an_answer drip drop hang_up "
    "no_schema no_json no_temperature no_store".split()
)


@dataclass(frozen=True, slots=True)
class FakeRequest:
    """A request as it came over the wire."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All messages, one after another."""
        return "\n".join(str(message.get("content", "")) for message in self.body.get("messages", ()))

    @property
    def digest(self) -> str:
        """What a recorded answer is found by."""
        return sha256_text(json.dumps(self.body.get("messages", ()), sort_keys=True))


@dataclass(frozen=True, slots=True)
class FakeAnswer:
    """What the server does with a request. `usage` is prompt and completion tokens; None tells none."""

    text: str = "{}"
    fault: str = ""
    status: int = 200
    retry_after: float | None = None
    delay: float = 0.0
    usage: tuple[int, int] | None = (100, 20)


Responder = Callable[[FakeRequest], FakeAnswer]


@dataclass
class Rule:
    """One line of a script."""

    answer: FakeAnswer
    match: re.Pattern[str] | None = None
    sha256: str | None = None
    times: int | None = None

    def takes(self, request: FakeRequest) -> bool:
        if self.times == 0 or (self.sha256 is not None and self.sha256 != request.digest):
            return False
        return self.match is None or self.match.search(request.text) is not None


@dataclass
class Script:
    """Rules in order; what none of them takes gets HTTP 404. Thread-safe."""

    rules: list[Rule]
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Script:
        """The script of rules as they stand in a file. Raises UsageError for a rule that cannot be read."""
        return cls([_rule(row, number) for number, row in enumerate(rows, 1)])

    @classmethod
    def read(cls, path: Path) -> Script:
        """The script in the JSON file `path`."""
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot be read: {error}", where=str(path)) from error
        if not isinstance(rows, list):
            raise UsageError("is not a list of rules", where=str(path))
        return cls.of(rows)

    def __call__(self, request: FakeRequest) -> FakeAnswer:
        with self._lock:
            for rule in self.rules:
                if rule.takes(request):
                    if rule.times is not None:
                        rule.times -= 1
                    return rule.answer
        return FakeAnswer("no rule takes this request", fault="status", status=404)


_KEYS = frozenset("match sha256 times reply text fault status retry_after delay usage".split())


def _rule(row: Mapping[str, Any], number: int) -> Rule:
    where = f"rule {number}"
    unknown = set(row) - _KEYS
    if unknown:
        raise UsageError(f"unknown key {min(unknown)!r}", where=where, hint=f"Known keys: {', '.join(sorted(_KEYS))}.")
    fault = row.get("fault", "")
    if fault and fault not in FAULTS:
        raise UsageError(f"unknown fault {fault!r}", where=where, hint=f"Known faults: {', '.join(sorted(FAULTS))}.")
    text = json.dumps(row["reply"], ensure_ascii=False) if "reply" in row else row.get("text", "{}")
    usage = row.get("usage", (100, 20))
    answer = FakeAnswer(
        text=text,
        fault=fault,
        status=row.get("status", 500 if fault == "status" else 200),
        retry_after=row.get("retry_after"),
        delay=row.get("delay", 0.0),
        usage=tuple(usage) if usage else None,
    )
    return Rule(
        answer=answer,
        match=re.compile(row["match"], re.S) if "match" in row else None,
        sha256=row.get("sha256"),
        times=row.get("times"),
    )
