"""The parsing process: `python -m checker.reading.child`. One file in, one answer out, under limits it sets itself.

Input is a line of JSON that says what to do, then the file's bytes; output is what `wire.pack` makes.
"""

from __future__ import annotations

import json
import os
import sys

from checker.errors import InputError, ReadTimeoutError
from checker.reading.formats import FORMATS
from checker.reading.wire import pack


def main() -> None:
    """Read one file from standard input and write the answer to standard output."""
    # What a library prints must not land in the answer.
    answer_to = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    order = json.loads(sys.stdin.buffer.readline())
    limit(order["memory_bytes"], order["seconds"])
    answer_to.write(_answer(order, sys.stdin.buffer.read()))
    answer_to.flush()


def limit(memory_bytes: int, seconds: float) -> None:
    """Bound this process's address space and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return  # no such limits here: the parent's clock still holds
    whole = int(seconds) + 2
    wanted = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, whole), (resource.RLIMIT_CORE, 0))
    for kind, most in wanted:
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue  # a system without this limit: the others still hold


def _answer(order: dict[str, str], data: bytes) -> bytes:
    format = next(format for format in FORMATS if format.name == order["format"])
    try:
        purpose = "draft" if order["purpose"] == "draft" else "source"
        return pack(format.read(data, name=order["name"], purpose=purpose))  # type: ignore[arg-type]
    except InputError as error:
        return pack(error)
    except (MemoryError, RecursionError):
        return pack(
            ReadTimeoutError(
                "needs more memory to read than is allowed",
                where=order["name"],
                hint="Raise memory_bytes under [reading] in checker.toml, if you trust the file.",
            )
        )


if __name__ == "__main__":
    main()
