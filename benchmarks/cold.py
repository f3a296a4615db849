"""`checker check` as a command: a draft of 800 words against 5,000 passages, nothing of it ever checked before.

The corpus has its index; the memory of what the models inside have answered is empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import press
from benchmarks.newsroom import Newsroom
from benchmarks.timing import Timings


def run(repeats: int = 7) -> Iterator[Timings]:
    """Wall-clock and processor seconds of the whole process, after one run that warms the file cache."""
    newsroom = Newsroom()
    passages, draft = newsroom.build(), press.draft()
    spent = []
    for _ in range(repeats + 1):
        newsroom.forget()
        spent.append(newsroom.check(draft))
    name = f"check {len(draft.split())} words, {newsroom.claims()} claims, {passages:,} passages, cold"
    yield Timings(name, tuple(item.wall for item in spent[1:]))
    yield Timings(f"{name}, all cores", tuple(item.cpu for item in spent[1:]))
