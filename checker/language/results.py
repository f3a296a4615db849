"""Results of games: who won, by what score, whichever side is named first.

"Rovers beat United 24-17", "United lost 24-17 to Rovers" and "Full time: United 17-24 Rovers" are one result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from checker.language.likeness import name_words
from checker.model import Span

_TEAM = r"(?:[A-Z][\w’'-]*)(?:[ ](?:[A-Z][\w’'&-]*|of|and(?=[ ][A-Z])|&))*"
_SCORE = r"(?P<a>\d{1,3})[ ]?[-–:][ ]?(?P<b>\d{1,3})(?![\d%]|[-–]\d|[ ]?(?:per cent|million|days|years))"
_ADVERB = r"(?:[ ][a-z]+ly)?"
_FIRST = rf"(?:[Tt]he[ ])?(?P<first>{_TEAM})"
_OTHER = rf"(?:the[ ])?(?P<other>{_TEAM})"
_BEAT = re.compile(
    rf"{_FIRST}(?:[ ](?:have|had))?{_ADVERB}[ ](?:beat|beaten|defeated|overcame|thrashed|edged|downed)[ ]{_OTHER}"
    rf"(?:,?[ ](?:by[ ])?{_SCORE})"
)
_WON = re.compile(
    rf"{_FIRST}(?:[ ](?:have|had))?{_ADVERB}[ ](?P<verb>won|lost|drew)"
    rf"(?:[ ](?:the|their|its)[ ](?:[a-z-]+[ ]){{0,2}}[a-z-]+)?[ ](?:by[ ])?{_SCORE}"
    rf"(?:[ ](?:against|over|to|with|away to|at home to)[ ]{_OTHER})?"
)
_BEATEN = re.compile(rf"{_FIRST}[ ](?:were|was|have been|had been)[ ]beaten[ ]{_SCORE}[ ]by[ ]{_OTHER}")
_DREW_WITH = re.compile(rf"{_FIRST}[ ](?P<verb>drew)[ ](?:with|against)[ ]{_OTHER}[ ]{_SCORE}")
_LINE = re.compile(rf"(?:^|(?<=[:.;,(]\s)|(?<=\b[Ww]as\s)){_FIRST}[ ]{_SCORE}[ ]{_OTHER}")


@dataclass(frozen=True, slots=True)
class Result:
    """A result: `winner` and `loser` are words of the sides' names, empty where the text does not name one.

    In a draw the sides stand in the order of the text. `span` covers the words for it, `score` its figures.
    """

    span: Span
    score: Span
    winner: tuple[str, ...]
    loser: tuple[str, ...]
    high: int
    low: int

    @property
    def drawn(self) -> bool:
        return self.high == self.low

    @property
    def figures(self) -> str:
        return f"{self.high}-{self.low}"


@lru_cache(maxsize=2048)
def find_results(text: str) -> tuple[Result, ...]:
    """The results of `text`, in order; none overlap."""
    if not re.search(r"\d[ ]?[-–:][ ]?\d", text):
        return ()
    kept: list[Result] = []
    for item in sorted(_results(text), key=lambda item: (item.span.start, -item.span.end)):
        if not any(item.score.overlaps(other.score) for other in kept):
            kept.append(item)
    return tuple(kept)


def _results(text: str) -> Iterator[Result]:
    for match in _BEAT.finditer(text):
        yield _result(match, won=True)
    for match in _WON.finditer(text):
        yield _result(match, won=match["verb"] == "won")
    for match in _BEATEN.finditer(text):
        yield _result(match, won=False)
    for match in _DREW_WITH.finditer(text):
        yield _result(match, won=True)
    for match in _LINE.finditer(text):
        yield _result(match, won=int(match["a"]) > int(match["b"]))


def _result(match: re.Match[str], *, won: bool) -> Result:
    """The result of a match; a score beside "won" or "lost" is read with its larger figure the winner's."""
    a, b = int(match["a"]), int(match["b"])
    first, other = (name_words(match[side] or "") for side in ("first", "other"))
    winner, loser = (first, other) if won else (other, first)
    figures = Span(match.start("a"), match.end("b"))
    return Result(Span(*match.span()), figures, winner, loser, max(a, b), min(a, b))
