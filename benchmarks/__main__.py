"""`python -m benchmarks [NAME ...]`: every measurement, or those of the named modules."""

from __future__ import annotations

import importlib
import sys

NAMES = ("search",)


def main(names: list[str]) -> None:
    """Print each figure as it is ready."""
    for name in names or NAMES:
        for timings in importlib.import_module(f"benchmarks.{name}").run():
            print(timings, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
