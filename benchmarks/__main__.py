"""`python -m benchmarks [NAME ...]`: every measurement, or those of the named modules."""

from __future__ import annotations

import importlib
import os
import platform
import sys

NAMES = ("search", "verifier", "cold", "recheck", "weights")


def main(names: list[str]) -> None:
    """Print on what it runs, then each figure as it is ready."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does, before anything loads numpy
    print(f"{_cores()} cores, {platform.machine()}, Python {platform.python_version()}", flush=True)
    for name in names or NAMES:
        for figure in importlib.import_module(f"benchmarks.{name}").run():
            print(figure, flush=True)


def _cores() -> int:
    """The cores this process may use, which can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main(sys.argv[1:])
