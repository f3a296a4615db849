"""Run as a program: adds sources to a corpus and prints each one's id as soon as it is reported as added.

python corpus_writer.py ROOT NAME FIRST LAST BATCH
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus_bench import Bench, new_source

from checker.corpus import Added


def text_of(name: str, number: int) -> str:
    """The text of one source, of two passages or three, unlike any other's."""
    return " ".join(
        f"In the {name} ledger entry {number} names boat {name}{number * 7 + n} and cargo {number + n}."
        for n in range(12)
    )


def main() -> None:
    root, name, first, last, size = sys.argv[1:]
    bench = Bench(Path(root))
    numbers = list(range(int(first), int(last)))
    with bench.open(write=True) as corpus:
        for at in range(0, len(numbers), int(size)):
            batch = [new_source(text_of(name, number), f"{name}{number}") for number in numbers[at : at + int(size)]]
            corpus.add(batch, report)
            print("batch", flush=True)


def report(item: Added) -> None:
    print(item.id, flush=True)


if __name__ == "__main__":
    main()
