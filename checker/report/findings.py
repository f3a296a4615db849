"""What renderers share: each result of a report with its words, its place and its sources, and their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from checker.model import (
    Claim,
    Evidence,
    Inconsistency,
    Outcome,
    Reason,
    ReasonCode,
    Report,
    Sentence,
    SourceCard,
    Span,
    Unchecked,
    Verdict,
)
from checker.spans import Positions, fold


class Order(StrEnum):
    """How the results of one group follow each other."""

    DRAFT = "draft"
    WORTH = "worth"  # what is most worth checking first


class Group(StrEnum):
    """Where a result stands in a report, the gravest first."""

    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    UNCHECKED = "unchecked"
    SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class Cited:
    """A piece of evidence with the source it was cut from."""

    evidence: Evidence
    source: SourceCard


@dataclass(frozen=True, slots=True)
class Finding:
    """One result as a reader meets it.

    `number` counts the results of a report from 1; `words` are the draft's own; `line` and `column` count from 1.
    """

    number: int
    id: str
    span: Span
    words: str
    line: int
    column: int
    place: str
    group: Group
    result: Verdict | Unchecked
    evidence: tuple[Cited, ...] = ()

    @property
    def claim(self) -> Claim | None:
        """The claim, or None where none could be made."""
        subject = self.result.claim if isinstance(self.result, Verdict) else self.result.subject
        return subject if isinstance(subject, Claim) else None

    @property
    def restated(self) -> str | None:
        """The claim as it was read, where that is not simply the draft's words."""
        if self.claim is None or _bare(self.claim.text) == _bare(self.words):
            return None
        return self.claim.text

    @property
    def worth(self) -> float | None:
        """The check-worthiness of the claim's sentence, in 0..1, where it was judged."""
        return self.claim.check_worthiness if self.claim else None

    @property
    def why(self) -> str:
        """What decided, in a sentence."""
        return self.result.justification if isinstance(self.result, Verdict) else self.result.message

    @property
    def reasons(self) -> tuple[ReasonCode, ...]:
        return self.result.reasons if isinstance(self.result, Verdict) else ()

    @property
    def suggestion(self) -> str | None:
        return self.result.suggestion if isinstance(self.result, Verdict) else None


@dataclass(frozen=True, slots=True)
class Share:
    """How many sentences had one outcome, and for which reasons, the commonest first."""

    outcome: Outcome
    count: int
    reasons: tuple[tuple[Reason, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the draft: its words, and where they are; `line` and `column` count from 1."""

    span: Span
    words: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Pair:
    """An inconsistency as a reader meets it: both places, and `number`, which counts them from 1."""

    number: int
    item: Inconsistency
    first: Place
    second: Place

    @property
    def places(self) -> tuple[Place, Place]:
        return self.first, self.second


def pairs(report: Report) -> tuple[Pair, ...]:
    """Every inconsistency of the draft, in its order."""
    positions, text = Positions(report.article.text), report.article.text

    def place(span: Span) -> Place:
        return Place(span, span.of(text), *positions.line_column(span.start))

    return tuple(
        Pair(number, item, place(item.first), place(item.second))
        for number, item in enumerate(report.inconsistencies, 1)
    )


def findings(report: Report) -> tuple[Finding, ...]:
    """Every result of `report`, in the order of the draft."""
    positions = Positions(report.article.text)
    cards = {card.id: card for card in report.cited}
    found = []
    for number, result in enumerate(report.results, 1):
        subject = result.claim if isinstance(result, Verdict) else result.subject
        span, name = (subject.span, subject.id) if isinstance(subject, Claim) else (subject, f"u{number}")
        line, column = positions.line_column(span.start)
        found.append(
            Finding(
                number=number,
                id=name,
                span=span,
                words=span.of(report.article.text),
                line=line,
                column=column,
                place=_place(subject, line),
                group=Group(result.label) if isinstance(result, Verdict) else Group.UNCHECKED,
                result=result,
                evidence=_cited(result, cards),
            )
        )
    return tuple(found)


def arranged(found: Iterable[Finding], order: Order) -> tuple[Finding, ...]:
    """The findings in `order`; by check-worthiness each place tells it, and what was not judged comes last."""
    pool = tuple(found)
    if order is Order.DRAFT:
        return pool
    told = (item if item.worth is None else replace(item, place=f"{item.place}, {worth_of(item)}") for item in pool)
    return tuple(sorted(told, key=lambda item: -1.0 if item.worth is None else item.worth, reverse=True))


def worth_of(finding: Finding) -> str:
    """The check-worthiness of a finding in words; empty where it was not judged."""
    return "" if finding.worth is None else f"check-worthiness {finding.worth:.2f}"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sentence that is not checked because less check-worthiness than asked for was found in it."""

    line: int
    words: str
    note: str


def set_aside(report: Report) -> tuple[SetAside, ...]:
    """Every sentence below the check-worthiness asked for, in the order of the draft."""
    positions, text = Positions(report.article.text), report.article.text
    return tuple(
        SetAside(positions.line_column(item.span.start)[0], item.span.of(text), item.note)
        for item in report.sentences
        if item.reason is Reason.LITTLE_WORTH
    )


def grouped(found: Iterable[Finding]) -> dict[Group, tuple[Finding, ...]]:
    """The findings of each group, the gravest group first, empty ones too; inside a group the order given."""
    pool = tuple(found)
    return {group: tuple(item for item in pool if item.group is group) for group in Group}


def coverage(sentences: Iterable[Sentence]) -> tuple[Share, ...]:
    """What became of all sentences, in the order of `Outcome`; outcomes that no sentence had are left out."""
    pool = tuple(sentences)
    shares = []
    for outcome in Outcome:
        reasons = [sentence.reason for sentence in pool if sentence.outcome is outcome]
        if reasons:
            counted = Counter(reason for reason in reasons if reason)
            shares.append(
                Share(outcome, len(reasons), tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))))
            )
    return tuple(shares)


def _cited(result: Verdict | Unchecked, cards: dict[str, SourceCard]) -> tuple[Cited, ...]:
    if isinstance(result, Unchecked):
        return ()
    nameless = (SourceCard(id=item.source_id, title=item.source_id, sha256="") for item in result.evidence)
    return tuple(Cited(item, cards.get(item.source_id, card)) for item, card in zip(result.evidence, nameless))


def _place(subject: Claim | Span, line: int) -> str:
    """The line in the text that was read, and where the reader's own file has it."""
    if isinstance(subject, Span):
        return f"line {line}"
    own = str(replace(subject.locator, line=None))
    return f"line {line}, {own}" if own else f"line {line}"


def _bare(text: str) -> str:
    return fold(text, case=True).text.strip(" .\"'")
