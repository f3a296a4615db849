"""Parsing in a process of its own, so that a hostile or damaged file costs one line and not the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from checker.errors import InputError, ReadTimeoutError, UnreadableError
from checker.model import Document
from checker.reading.formats import Format, Purpose
from checker.reading.wire import unpack
from checker.settings import ReadingSettings

# All else stays here: a key in the environment is none of a parser's business.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL")


def read_isolated(data: bytes, *, name: str, purpose: Purpose, format: Format, settings: ReadingSettings) -> Document:
    """What the format's reader makes of `data`, read in a child under the limits of `settings`.

    Raises the reader's own InputError, ReadTimeoutError past a limit, UnreadableError where the child died.
    """
    order = {
        "format": format.name,
        "name": name,
        "purpose": purpose,
        "memory_bytes": settings.memory_bytes,
        "seconds": settings.seconds,
    }
    try:
        done = subprocess.run(
            # -P: the current folder may hold files that only look like modules.
            [sys.executable, "-P", "-m", "checker.reading.child"],
            input=json.dumps(order).encode("ascii") + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=settings.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(name, settings) from None
    if done.returncode:
        raise _died(done.returncode, name, format, settings)
    try:
        answer = unpack(done.stdout)
    except (ValueError, KeyError) as error:
        raise UnreadableError("the parser gave no answer", where=name, hint="The file may be damaged.") from error
    if isinstance(answer, InputError):
        raise answer
    return answer


def _environment() -> dict[str, str]:
    """The child finds what this process finds: the same packages from the same folders, in the same order."""
    home = str(Path(__file__).resolve().parents[2])
    folders = [home, *(entry for entry in sys.path if entry and Path(entry).is_absolute() and entry != home)]
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(folders), "PYTHONUTF8": "1"}


def _too_slow(name: str, settings: ReadingSettings) -> ReadTimeoutError:
    return ReadTimeoutError(
        f"took longer than {settings.seconds:g} s to read",
        where=name,
        hint="Raise seconds under [reading] in checker.toml, if you trust the file.",
    )


def _died(status: int, name: str, format: Format, settings: ReadingSettings) -> InputError:
    if status == -getattr(signal, "SIGXCPU", 0):
        return _too_slow(name, settings)
    how = f"was stopped by {signal.Signals(-status).name}" if status < 0 else "failed"
    return UnreadableError(
        f"cannot be read as {format.name}: its parser {how}",
        where=name,
        hint="The file is damaged, or needs more memory than [reading] in checker.toml allows.",
    )
