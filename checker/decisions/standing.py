"""Which decisions hold for the claims of a report, also where the draft was edited since they were made.

A decision is about a claim: its words in the draft and what they say alone. It follows them to another place. Where
they are gone, or stand in several places of which none is certain, it is an orphan: shown, and never given to a claim
that only looks like the old one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.decisions.records import Decision, Subject
from checker.model import Level, Span
from checker.spans import reanchor

Index = Mapping[tuple[Level, str, str], Sequence[Subject]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of earlier decisions, by the id of a claim of the report at hand.

    `held` are settled; `reopened` were decided when the verdict was another one than now; `moved` is how many of both
    were made on another text of the draft. `orphans` are decisions of this draft that have lost their claim. `others`
    counts those of other drafts.
    """

    held: Mapping[str, Decision]
    reopened: Mapping[str, Decision]
    moved: int
    orphans: tuple[Decision, ...]
    others: int


def standing(
    decisions: Sequence[Decision],
    subjects: Sequence[Subject],
    article: str,
    *,
    draft: str = "",
    text: str | None = None,
) -> Standing:
    """The standing of one reviewer's `decisions`, oldest first, in a report on the draft whose SHA-256 is `article`.

    `draft` is what the report calls it. Without its `text` words that stand there several times find no claim.
    """
    index: dict[tuple[Level, str, str], list[Subject]] = defaultdict(list)
    for subject in subjects:
        index[subject.words].append(subject)
    ours: list[tuple[Decision, Subject | None]] = []
    others = 0
    for sha256, group in _by_article(decisions).items():
        placed = [(decision, _place(decision, index, article, text)) for decision in group]
        if sha256 == article or _same_draft(placed, draft):
            ours += placed
        else:
            others += len(group)
    order = {id(decision): at for at, decision in enumerate(decisions)}
    ours.sort(key=lambda pair: order[id(pair[0])])
    return _sorted_out(ours, article, others)


def _by_article(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    groups: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        groups[decision.article].append(decision)
    return groups


def _same_draft(placed: Sequence[tuple[Decision, Subject | None]], draft: str) -> bool:
    """Whether decisions on another text are on this draft before it was edited: by its name, or by half its claims."""
    if draft and any(decision.draft == draft for decision, _ in placed):
        return True
    return 2 * sum(subject is not None for _, subject in placed) >= len(placed)


def _place(decision: Decision, index: Index, article: str, text: str | None) -> Subject | None:
    """The claim that `decision` is about, or None where that is not certain."""
    claim, twins = decision.claim, index.get(decision.claim.words, ())
    if decision.article == article:
        return next((twin for twin in twins if twin.span == claim.span), None)
    if len(twins) == 1:
        return twins[0]
    if not twins or text is None:
        return None
    old = claim.before + claim.quote + claim.after
    found = reanchor(Span(len(claim.before), len(claim.before) + len(claim.quote)), old, text)
    return next((twin for twin in twins if twin.span == found), None)


def _sorted_out(placed: Sequence[tuple[Decision, Subject | None]], article: str, others: int) -> Standing:
    """The last decision on each claim, and the last of each that has none."""
    last: dict[str, tuple[Decision, Subject]] = {}
    orphans: dict[tuple[Level, str, str, Span], Decision] = {}
    for decision, subject in placed:
        if subject is None:
            orphans[(*decision.claim.words, decision.claim.span)] = decision
        else:
            last[subject.id] = decision, subject
    held = {name: one for name, (one, subject) in last.items() if one.holds_for(subject.verdict)}
    return Standing(
        held=held,
        reopened={name: one for name, (one, _) in last.items() if name not in held},
        moved=sum(one.article != article for one, _ in last.values()),
        orphans=tuple(orphans.values()),
        others=others,
    )
