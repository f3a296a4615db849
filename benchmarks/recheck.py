"""The same draft with one sentence written anew: what a second check costs."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import press
from benchmarks.newsroom import Newsroom
from benchmarks.timing import Timings, timed
from checker.model import Article, sha256_text
from checker.pipeline import open_checker


def run(repeats: int = 7) -> Iterator[Timings]:
    """In a process of its own each time, then by a checker that stays open; another sentence is new each time."""
    newsroom = Newsroom()
    newsroom.build()
    edits = [press.draft(rewritten=at) for at in range(2 * repeats)]
    newsroom.check(press.draft())
    spent = [newsroom.check(edit) for edit in edits[:repeats]]
    yield Timings("check again, one sentence new, new process", tuple(item.wall for item in spent))
    with open_checker(newsroom.settings) as checker:
        checker.check(_article(press.draft()))
        yield timed("check again, one sentence new, open checker", checker.check, map(_article, edits[repeats:]))


def _article(text: str) -> Article:
    return Article(text=text, blocks=(), sha256=sha256_text(text), published=press.PUBLISHED)
