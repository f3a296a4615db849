"""Labels from use: what reviewers decided, claim by claim, as gold where they agree and for adjudication where not.

A unit is a claim of a draft: its words there, what they say alone, and its level. Of each reviewer the last decision
counts. A waiver is no label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePath

from checker.decisions import Choice, Decision, Shown
from checker.evaluation.agreement import Agreement, cohen_kappa, kappa_by_label, krippendorff_alpha
from checker.evaluation.records import digest
from checker.model import Basis, Label, Stance

Borne = tuple[tuple[Shown, Stance], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A claim with the last decision of each reviewer. `id` is stable: the draft's name and a digest of the claim."""

    id: str
    cluster: str
    decisions: Mapping[str, Decision]

    @property
    def labels(self) -> dict[str, Label]:
        """What each reviewer who did not waive it says it is."""
        return {
            name: decision.verdict_after
            for name, decision in self.decisions.items()
            if decision.verdict_after is not None
        }


@dataclass(frozen=True, slots=True)
class Gold:
    """A unit with its label, and the decision that bears it best. `evidence` is None where no words shown bear it."""

    unit: Unit
    label: Label
    decision: Decision
    evidence: Borne | None


@dataclass(frozen=True, slots=True)
class Collected:
    """Every unit sorted out. `reviewers` are those whose agreement is measured, an adjudicator left out."""

    units: tuple[Unit, ...]
    gold: tuple[Gold, ...]
    conflicts: tuple[Unit, ...]
    waived: tuple[Unit, ...]
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One figure of agreement: its name, and between whom."""

    name: str
    reviewers: tuple[str, ...]
    agreement: Agreement


def collect(decisions: Iterable[Decision], *, adjudicator: str = "") -> Collected:
    """The units of `decisions`, oldest first; where reviewers conflict, the label of the `adjudicator` is gold."""
    last: dict[str, dict[str, Decision]] = {}
    clusters: dict[str, str] = {}
    for decision in sorted(decisions, key=lambda one: one.time):
        name = _unit_id(decision)
        # A later decision goes to the end: it is the one in force.
        last.setdefault(name, {}).pop(decision.reviewer, None)
        last[name][decision.reviewer] = decision
        clusters[name] = decision.draft or decision.article
    units = tuple(Unit(name, clusters[name], by) for name, by in last.items())
    gold, conflicts = [], []
    for unit in units:
        labels = unit.labels
        final = {labels[adjudicator]} if adjudicator in labels else set(labels.values())
        if len(final) > 1:
            conflicts.append(unit)
        elif final:
            gold.append(_gold(unit, final.pop()))
    reviewers = sorted({name for unit in units for name in unit.decisions} - {adjudicator})
    waived = tuple(unit for unit in units if not unit.labels)
    return Collected(units, tuple(gold), tuple(conflicts), waived, tuple(reviewers))


def agreement(found: Collected) -> tuple[Coefficient, ...]:
    """Krippendorff's alpha of all reviewers, and Cohen's kappa of each two, over all labels and for each.

    Two who have no labelled claim in common have no kappa. Intervals are over drafts.
    """
    labelled = [
        ({name: label.value for name, label in unit.labels.items() if name in found.reviewers}, unit.cluster)
        for unit in found.units
    ]
    both = [(labels, cluster) for labels, cluster in labelled if len(labels) > 1]
    if not both:
        return ()
    whole = krippendorff_alpha([labels for labels, _ in both], [cluster for _, cluster in both])
    made = [Coefficient("krippendorff_alpha", found.reviewers, whole)]
    for pair in combinations(found.reviewers, 2):
        made += _kappas(pair, both)
    return tuple(made)


def _kappas(pair: tuple[str, str], labelled: Sequence[tuple[Mapping[str, str], str]]) -> list[Coefficient]:
    shared = [(labels[pair[0]], labels[pair[1]], cluster) for labels, cluster in labelled if set(pair) <= set(labels)]
    if not shared:
        return []
    first, second, clusters = zip(*shared, strict=True)
    made = [Coefficient("cohen_kappa", pair, cohen_kappa(first, second, clusters))]
    for label, value in kappa_by_label(first, second, clusters).items():
        made.append(Coefficient(f"cohen_kappa_{label}", pair, value))
    return made


def borne(decision: Decision) -> Borne | None:
    """The words that bear the verdict of `decision`, each with what it does to the claim; None where none do.

    An accepted verdict is borne by the words it was shown with, a corrected one by those that the reviewer named. What
    is open has words that bear on it and decide nothing.
    """
    claim, label = decision.claim, decision.verdict_after
    if label is Label.NOT_ENOUGH_EVIDENCE:
        open_ = (Stance.QUALIFIES, Stance.REPORTS)
        return tuple((item, item.stance if item.stance in open_ else Stance.QUALIFIES) for item in claim.evidence)
    if decision.choice is Choice.ACCEPTED:
        return tuple((item, item.stance) for item in claim.evidence) or None
    named = tuple(claim.evidence[number - 1] for number in decision.decided_by)
    turned = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.CONTRADICTS}
    return tuple((item, item.stance if label is None else turned.get(label, item.stance)) for item in named) or None


def needed_together(decision: Decision) -> bool:
    """Whether the words that bear a verdict decide only as one, or each alone."""
    if decision.choice is Choice.CORRECTED or decision.verdict_after is Label.MIXED:
        return True
    return decision.claim.basis == Basis.TOGETHER


def _gold(unit: Unit, label: Label) -> Gold:
    """The label with the latest decision for it, of one that words bear if there is any."""
    agreed = [one for one in unit.decisions.values() if one.verdict_after is label]
    best = next((one for one in reversed(agreed) if borne(one)), agreed[-1])
    return Gold(unit, label, best, borne(best))


def _unit_id(decision: Decision) -> str:
    draft = decision.draft or decision.article
    stem = PurePath(draft).stem if decision.draft else draft[:12]
    return f"{stem}-{digest([draft, *decision.claim.words])[:10]}"
