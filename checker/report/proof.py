"""A report proved again with no model: every quote stands where it says, in the very text it was cut from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checker.model import sha256_text
from checker.report.safe import one_line

if TYPE_CHECKING:
    from checker.report.contract import ClaimData, EvidenceData, ReportData, UnreadData


@dataclass(frozen=True, slots=True)
class Failure:
    """Something a report says that does not hold."""

    where: str
    problem: str

    def __str__(self) -> str:
        return one_line(f"{self.where}: {self.problem}")


@dataclass(frozen=True, slots=True)
class _Words:
    """A stretch of the draft as a report has it."""

    name: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How much of a report was proved. `words` are the draft's quoted stretches: None where no draft was given."""

    quotes: int
    quotes_proved: int
    sources: int
    sources_proved: int
    words: int | None
    words_proved: int
    failures: tuple[Failure, ...]

    def summary(self) -> str:
        """The proof in one line."""
        parts = [
            f"{self.quotes_proved} of {self.quotes} quotes stand in the corpus, word for word and at their offsets",
            f"{self.sources_proved} of {self.sources} cited sources are the very texts that were checked",
        ]
        if self.words is None:
            parts.append("the draft was not given, so its own words were not proved")
        else:
            parts.append(f"{self.words_proved} of {self.words} stretches of the draft hold")
        return "; ".join(parts) + "."


def prove(data: ReportData, source_text: Callable[[str], str | None], text: str | None) -> Proof:
    """Hold every quote of `data` against the stored sources, and the draft's words against `text` where it is given.

    `source_text` gives the stored text of a source by id, None where the corpus has no such source.
    """
    ids = {card.id for card in data.sources} | {item.source_id for claim in data.claims for item in claim.evidence}
    texts = {name: source_text(name) for name in sorted(ids)}
    changed = tuple(_source_failures(data, texts))
    quotes = [(claim, number, item) for claim in data.claims for number, item in enumerate(claim.evidence, 1)]
    loose = tuple(failure for quote in quotes if (failure := _quote_failure(*quote, texts)))
    words = () if text is None else tuple(_stretches(data))
    astray = () if text is None else tuple(_draft_failures(data, words, text))
    return Proof(
        quotes=len(quotes),
        quotes_proved=len(quotes) - len(loose),
        sources=len(data.sources),
        sources_proved=len(data.sources) - len(changed),
        words=None if text is None else len(words),
        words_proved=0 if text is None or text_differs(data, text) else len(words) - len(astray),
        failures=(*changed, *loose, *astray),
    )


def text_differs(data: ReportData, text: str) -> bool:
    """Whether `text` is another draft than the one that `data` was made from."""
    return sha256_text(text) != data.article.sha256 or len(text) != data.article.length


def _source_failures(data: ReportData, texts: dict[str, str | None]) -> Iterator[Failure]:
    for card in data.sources:
        stored = texts[card.id]
        if stored is None:
            yield Failure(f"source {card.id}", "is not in the corpus")
        elif sha256_text(stored) != card.sha256:
            yield Failure(f"source {card.id}", "its text in the corpus is not the text that was checked")


def _quote_failure(claim: ClaimData, number: int, item: EvidenceData, texts: dict[str, str | None]) -> Failure | None:
    where = f"claim {claim.id}, evidence {number} (source {item.source_id}, {item.start}..{item.end})"
    stored = texts[item.source_id]
    if stored is None:
        return Failure(where, "the source is not in the corpus")
    if stored[item.start : item.end] != item.quote:
        return Failure(where, "the quote is not what the source says there")
    around = stored[max(0, item.start - len(item.before)) : item.end + len(item.after)]
    if around != item.before + item.quote + item.after:
        return Failure(where, "the words around the quote are not the source's")
    return None


def _stretches(data: ReportData) -> Iterator[_Words]:
    """What the report says that the draft has, with a name for each."""
    claims: tuple[ClaimData | UnreadData, ...] = (*data.claims, *data.unread)
    for item in claims:
        yield _Words(f"claim {item.id}", item.start, item.end, item.quote)
    for clash in data.inconsistencies:
        for place in (clash.first, clash.second):
            yield _Words(f"inconsistency {clash.id}", place.start, place.end, place.quote)


def _draft_failures(data: ReportData, words: tuple[_Words, ...], text: str) -> Iterator[Failure]:
    if text_differs(data, text):
        yield Failure("draft", "is not the text that was checked")
        return
    for item in words:
        if text[item.start : item.end] != item.quote:
            yield Failure(f"{item.name} ({item.start}..{item.end})", "its words are not what the draft says there")
