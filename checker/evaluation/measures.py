"""What is measured, by kind of task, and where in an outcome it is read.

Every measure is rows of numbers, one an outcome, and a function of them. Most are functions of the rows' sum: these are
resampled ten thousand times for next to nothing. The others need the items in order.

| kind | an outcome is | it has |
|---|---|---|
| verify | a claim with its evidence | `gold`, `predicted`, `probabilities`, `confidence`; the fact "pair" |
| retrieve | a query | the scores "recall@10" (of a full evidence set), "ndcg@10", "mrr", and more of the kind |
| extract | a document | the counts below; scores of its restatements |
| e2e | a gold claim; or, with the fact "row" = "extra", the claims of a draft that match none | counts; labels |
| metamorphic | a claim before and after a change | `gold` is "consistent"; the fact "change" |

Outcomes with the same fact "pair" are a contrast pair. Counts are scores named `n_...`, the only ones that may pass 1:
for extraction `n_gold`, `n_found`, `n_matched`, `n_gold_met` and `n_found_met` (tolerant), `n_sentences`, `n_covered`,
`n_opinions`, `n_leaked`; end to end `n_gold`, `n_found`, `n_strict`, `n_matched`, the relaxed `n_any_verdict`,
`n_any_evidence`, and `n_gold_met`, `n_found_met`, `n_relaxed`, `n_found_relaxed` of claims that cover each other. Every
other score, "verbatim" or "evidence_f1", is reported as its mean under its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray

from checker.evaluation import calibration, classes, columns
from checker.evaluation.records import Outcome
from checker.model import Label

Floats = NDArray[np.float64]
Rows = Callable[[Sequence[Outcome]], Floats]

RISK = 0.05
INVARIANTS = ("verbatim", "anchored", "schema")
"""Scores that are 1 for every item of an engine that works: quotes, offsets, the form of the answer."""
_NAN = float("nan")


class Kind(StrEnum):
    """What a task asks for."""

    VERIFY = "verify"
    RETRIEVE = "retrieve"
    EXTRACT = "extract"
    E2E = "e2e"
    METAMORPHIC = "metamorphic"


class How(StrEnum):
    """How a figure comes from its rows, and its interval with it."""

    WILSON = "wilson"  # a share: the rows are hits and trials
    EXACT = "exact"  # a share that should be near 0 or 1: the interval of Clopper and Pearson
    TOTALS = "totals"  # a function of the rows' sum: cluster bootstrap
    ITEMS = "items"  # a function of the rows themselves: cluster bootstrap, fewer resamples


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure to be. `rows` gives `(outcomes, columns)`, NaN for an outcome that takes no part.

    `value` maps totals `(..., columns)` to `(...)`, or for `How.ITEMS` rows `(items, columns)` to one number.
    """

    name: str
    rows: Rows
    value: Callable[[Floats], Floats | float]
    how: How = How.TOTALS


_LOWER = (
    "false_reassurance", "false_accusation", "unscored", "ece", "brier", "aurc", "leaked", "wrong_source", "false_alarm"
)  # fmt: skip


def lower_is_better(name: str) -> bool:
    """Whether a smaller value of that figure is the better one."""
    return name.startswith(_LOWER)


def primary(kind: Kind) -> str:
    """The one figure that a kind of task is judged by."""
    return _HEADLINES[kind][0]


def headlines(kind: Kind) -> tuple[str, ...]:
    """The few figures that claims are made of: corrected for their number, held by the gate."""
    return _HEADLINES[kind]


_HEADLINES = {
    Kind.VERIFY: ("macro_f1", "balanced_accuracy_supported", "false_reassurance", "contrast_consistency"),
    Kind.RETRIEVE: ("recall@10", "ndcg@10"),
    Kind.EXTRACT: ("span_f1", "coverage", "leaked_opinions"),
    Kind.E2E: ("strict_f1", "matched_f1", "false_reassurance"),
    Kind.METAMORPHIC: ("consistency", "false_reassurance"),
}


def measures(kind: Kind, labels: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    """All measures of a kind, the primary first. `labels` are the classes; `outcomes` say which scores there are."""
    own = _OF_KIND[kind](labels, outcomes)
    known = {measure.name for measure in own}
    rest = sorted({name for outcome in outcomes for name in outcome.scores if not name.startswith("n_")} - known)
    return (*own, *(mean(name) for name in rest if name != "right"))


def mean(name: str) -> Measure:
    """The mean of a score over the outcomes that have it; what should always hold is bounded exactly."""
    exact = name in INVARIANTS
    return Measure(name, partial(columns.score_rows, name), _ratio, How.EXACT if exact else How.TOTALS)


def _verify(labels: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    names = tuple(labels) or columns.labels_of(outcomes)
    both = columns.labels_of(outcomes, names)
    rows, size = partial(columns.confusion_rows, both), len(both)

    def counted(name: str, figure: Callable[[Floats], Floats]) -> Measure:
        return Measure(name, rows, lambda sums: figure(sums.reshape(*sums.shape[:-1], size, size)))

    found = [counted("macro_f1", partial(classes.macro_f1, among=len(names)))]
    if Label.SUPPORTED in both:
        at = both.index(Label.SUPPORTED)
        found.append(
            counted("balanced_accuracy_supported", lambda table: classes.balanced_accuracy(classes.folded(table, at)))
        )
    found += _dangers(both)
    found += [
        Measure("contrast_consistency", columns.pair_rows, _ratio, How.WILSON),
        Measure("accuracy", columns.right_rows, _ratio, How.WILSON),
        counted("balanced_accuracy", classes.balanced_accuracy),
    ]
    for name in names:
        at = both.index(name)
        found += [
            counted(f"precision:{name}", partial(classes.precision, at=at)),
            counted(f"recall:{name}", partial(classes.recall, at=at)),
            counted(f"f1:{name}", partial(classes.f1, at=at)),
        ]
    return (
        *found,
        *_CALIBRATION,
        *_RANKED,
        Measure("brier_by_label", partial(columns.label_square_rows, both), _ratio),
    )


def _dangers(labels: Sequence[str]) -> list[Measure]:
    found = []
    if Label.SUPPORTED in labels:
        found.append(Measure("false_reassurance", columns.reassurance_rows, _ratio, How.EXACT))
        if Label.CONTRADICTED in labels:
            found.append(Measure("false_accusation", columns.accusation_rows, _ratio, How.EXACT))
    return found


def _retrieve(_labels: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    there = {name for outcome in outcomes for name in outcome.scores}
    first = [name for name in ("recall@10", "ndcg@10", "mrr") if name in there]
    return tuple(mean(name) for name in first)


def _extract(_labels: Sequence[str], _outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    return (
        *_f1("span", "n_matched", "n_matched"),
        *_f1("tolerant", "n_gold_met", "n_found_met"),
        _share("coverage", "n_covered", "n_sentences"),
        _share("leaked_opinions", "n_leaked", "n_opinions"),
    )


def _e2e(_labels: Sequence[str], _outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    figures = ("strict", "matched", "any_verdict", "any_evidence")
    return (
        *(measure for name in figures for measure in _f1(name, f"n_{name}", f"n_{name}")),
        *_f1("relaxed", "n_relaxed", "n_found_relaxed"),
        *_f1("tolerant", "n_gold_met", "n_found_met"),
        *_dangers(tuple(Label)),
        Measure("problem_recall", columns.problem_rows, _ratio, How.WILSON),
        Measure("false_alarm", columns.alarm_rows, _ratio, How.EXACT),
        _share("coverage", "n_covered", "n_sentences"),
        _share("leaked_opinions", "n_leaked", "n_opinions"),
        Measure("accuracy", columns.right_rows, _ratio, How.WILSON),
        *_CALIBRATION,
    )


def _metamorphic(_labels: Sequence[str], outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    """Consistency over all changes and by kind of change, and what is called supported after one that forbids it."""
    changes = sorted({outcome.facts["change"] for outcome in outcomes if "change" in outcome.facts})
    return (
        Measure("consistency", columns.right_rows, _ratio, How.WILSON),
        Measure("false_reassurance", partial(columns.score_rows, "false_reassurance"), _ratio, How.EXACT),
        *(Measure(f"consistency:{name}", partial(columns.changed_rows, name), _ratio, How.WILSON) for name in changes),
    )


_OF_KIND = {
    Kind.VERIFY: _verify,
    Kind.RETRIEVE: _retrieve,
    Kind.EXTRACT: _extract,
    Kind.E2E: _e2e,
    Kind.METAMORPHIC: _metamorphic,
}


def _f1(name: str, gold_met: str, found_met: str) -> tuple[Measure, ...]:
    """F1, precision and recall of counts that are pooled over documents."""
    rows = partial(columns.count_rows, (gold_met, "n_gold", found_met, "n_found"))
    return (
        Measure(f"{name}_f1", rows, _harmonic),
        Measure(f"{name}_precision", rows, lambda sums: _ratio(sums[..., 2:])),
        Measure(f"{name}_recall", rows, lambda sums: _ratio(sums[..., :2])),
    )


def _share(name: str, part: str, whole: str) -> Measure:
    return Measure(name, partial(columns.count_rows, (part, whole)), _ratio, How.WILSON)


def _harmonic(sums: Floats) -> Floats:
    recall, precision = np.nan_to_num(_ratio(sums[..., :2])), np.nan_to_num(_ratio(sums[..., 2:]))
    total = precision + recall
    return 2 * precision * recall / np.where(total == 0, 1, total)


def _ratio(sums: Floats) -> Floats:
    """The first column over the second; NaN over nothing."""
    whole = sums[..., 1]
    return np.where(whole == 0, _NAN, sums[..., 0] / np.where(whole == 0, 1, whole))


_CALIBRATION = (
    Measure("aurc", columns.confident_rows, lambda rows: calibration.aurc(rows[:, 0], rows[:, 1]), How.ITEMS),
    Measure("ece", columns.bin_rows, calibration.ece_of),
    Measure(
        "ece_adaptive", columns.confident_rows, lambda rows: calibration.ece_adaptive(rows[:, 0], rows[:, 1]), How.ITEMS
    ),
    Measure("brier", columns.square_rows, _ratio),
    Measure(
        "coverage@5%",
        columns.confident_rows,
        lambda rows: calibration.coverage_at(rows[:, 0], rows[:, 1], RISK),
        How.ITEMS,
    ),
)
_RANKED = (
    Measure(
        "auroc_not_supported", columns.not_supported_rows, lambda rows: classes.auroc(rows[:, 0], rows[:, 1]), How.ITEMS
    ),
    Measure(
        "auprc_not_supported", columns.not_supported_rows, lambda rows: classes.auprc(rows[:, 0], rows[:, 1]), How.ITEMS
    ),
)
