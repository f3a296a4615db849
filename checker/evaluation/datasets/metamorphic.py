"""Claims before and after a change whose effect is known: made from labelled claims, over their own evidence's sources.

A change of the words takes support away, so the changed claim must not be supported. A change of the sources alone must
leave the verdict as it was, or, where all that decides is taken out, leave the claim open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.evaluation import changes
from checker.evaluation.datasets.gold import GoldClaim, GoldDraft, GoldSource
from checker.evaluation.records import digest
from checker.model import Label

NOT_SUPPORTED = frozenset({Label.CONTRADICTED, Label.MIXED, Label.NOT_ENOUGH_EVIDENCE})

OF_WORDS: Mapping[str, changes.Change] = {
    "number_up": changes.number_up,
    "number_down": changes.number_down,
    "unit": changes.unit,
    "date": changes.another_date,
    "negation": changes.negation,
    "hedge_removed": changes.hedge_removed,
    "name_swapped": changes.name_swapped,
    "quotation_truncated": changes.quotation_truncated,
    "quotation_altered": changes.quotation_altered,
    "wrong_speaker": changes.another_speaker,
}
"""Changes of the claim's words, which its sources then no longer support."""


_EVERY = 3
"""One claim in so many has its sources changed: every claim can be so changed, and a draw would be of little else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim as an engine is asked about it, with the sources it has; `backwards` gives their passages last first."""

    text: str
    sources: tuple[GoldSource, ...]
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim before and after a change. `allowed` are the labels that fit after it; None: the same as before it."""

    id: str
    draft: GoldDraft
    claim: GoldClaim
    change: str
    before: Asked
    after: Asked
    allowed: frozenset[Label] | None

    @property
    def digest(self) -> str:
        """Of all that either answer may depend on."""
        asked = [
            [one.text, one.backwards, [source.digest for source in one.sources]] for one in (self.before, self.after)
        ]
        allowed = None if self.allowed is None else sorted(self.allowed)
        return digest([asked, self.claim.verdict, self.claim.kind, str(self.draft.article.published), allowed])


def trials(drafts: Sequence[GoldDraft]) -> tuple[Trial, ...]:
    """Every trial that the drafts allow, in their order. Claims that are truly arguable make none."""
    found: list[Trial] = []
    for number, draft in enumerate(drafts):
        stranger = next(
            (other.sources[0] for other in (*drafts[number + 1 :], *drafts[:number]) if other.sources), None
        )
        for claim in draft.claims:
            if claim.sets and not claim.ambiguous:
                found += _of_words(draft, claim)
                if int(digest(claim.id), 16) % _EVERY == 0:
                    found += _of_sources(draft, claim, stranger)
    return tuple(found)


def _of_words(draft: GoldDraft, claim: GoldClaim) -> Iterator[Trial]:
    if claim.verdict is not Label.SUPPORTED:
        return
    own = _cited(draft, claim)
    said = "\n".join(source.document.text for source in own)
    base = Asked(claim.text, own)
    for name, change in OF_WORDS.items():
        changed = change(claim.text, said)
        if changed is not None and changed != claim.text:
            yield _trial(draft, claim, name, base, replace(base, text=changed), NOT_SUPPORTED)


def _of_sources(draft: GoldDraft, claim: GoldClaim, stranger: GoldSource | None) -> Iterator[Trial]:
    own = _cited(draft, claim)
    base = Asked(claim.text, own)
    rest = tuple(source for source in draft.sources if source not in own and "copy of" not in source.note.casefold())
    if rest and claim.verdict is Label.SUPPORTED:
        yield _trial(draft, claim, "evidence_removed", base, replace(base, sources=rest), NOT_SUPPORTED)
    if stranger is not None:
        yield _trial(draft, claim, "distractor_added", base, replace(base, sources=(*own, _renamed(stranger))), None)
    yield _trial(draft, claim, "order_shuffled", base, replace(base, sources=own[::-1], backwards=True), None)


def _trial(
    draft: GoldDraft, claim: GoldClaim, change: str, before: Asked, after: Asked, allowed: frozenset[Label] | None
) -> Trial:
    return Trial(f"{claim.id}~{change}", draft, claim, change, before, after, allowed)


def _cited(draft: GoldDraft, claim: GoldClaim) -> tuple[GoldSource, ...]:
    """The sources that the claim's evidence stands in, whatever it does to the claim."""
    named = {item.file for item in claim.evidence}
    return tuple(source for source in draft.sources if source.file in named)


def _renamed(stranger: GoldSource) -> GoldSource:
    """A source of another draft, under a name that none of this one has."""
    return replace(stranger, file=f"distractor/{stranger.file}")
