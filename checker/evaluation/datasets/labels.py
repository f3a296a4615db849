"""Labels of many sets, read as ours. An unknown label is an error, never a guess.

| ours | FEVER | SciFact | AVeriTeC | NLI | two classes |
|---|---|---|---|---|---|
| supported | SUPPORTS | SUPPORT | Supported | entailment | SUPPORTED, attributable |
| contradicted | REFUTES | CONTRADICT | Refuted | contradiction | |
| not_enough_evidence | NOT ENOUGH INFO, NEI | NOT_ENOUGH_INFO | Not Enough Evidence | neutral | |
| mixed | | | Conflicting Evidence/Cherrypicking, CONFLICTING | | |
| not_supported | | | | not_entailment | NOT_SUPPORTED, PARTIAL |

Letters' case, blanks, hyphens and underscores make no difference. `not_supported` is "contradicted or silent, nobody
said which": a set that has one such label is asked in two classes, and all its labels but `supported` are read as that.
PARTIAL (part of the claim is supported) is of this kind: the whole claim is not supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.errors import UsageError
from checker.evaluation.datasets.rows import Row
from checker.model import Label

NOT_SUPPORTED = "not_supported"
CLASSES = (
    Label.SUPPORTED.value,
    Label.CONTRADICTED.value,
    Label.MIXED.value,
    Label.NOT_ENOUGH_EVIDENCE.value,
    NOT_SUPPORTED,
)
"""Every class there is, in the order in which tables show them."""

_SEPARATORS = re.compile(r"[\s_/-]+")
_NAMES = {
    "supported": "supported, supports, support, true, entailment, entailed, e, attributable, correct, fully supported",
    "contradicted": "contradicted, contradicts, contradict, contradiction, refuted, refutes, refute, false, c",
    "not_enough_evidence": "not enough evidence, not enough info, not enough information, nei, neutral, n, "
    "unverifiable, silent, no evidence, noinfo",
    "mixed": "mixed, conflicting, conflicting evidence, conflicting evidence cherrypicking, disputed",
    "not_supported": "not supported, unsupported, not entailment, not entailed, not attributable, partial, "
    "partially supported, partially attributable, partly supported",
}


def key(label: object) -> str:
    """What a label is looked up by."""
    return _SEPARATORS.sub(" ", str(label).strip().casefold())


_KNOWN = {key(name): ours for ours, names in _NAMES.items() for name in names.split(", ")}


@dataclass(frozen=True, slots=True)
class LabelMap:
    """How labels are read: the user's own names first, then the known ones."""

    own: Mapping[str, str] = field(default_factory=dict)

    def read(self, row: Row, name: str = "label") -> str:
        """Our class for the label of `row`. Raises InputError for one that has no class."""
        value = row.values.get(name)
        label = str(value) if isinstance(value, bool | int) else row.text(name)
        found = self.own.get(key(label)) or _KNOWN.get(key(label))
        if found is None:
            raise row.error(
                f"has the unknown label {label!r}", f'Say what it means: --labels "{label}=CLASS", with a class of '
                f"{', '.join(CLASSES)}."
            )  # fmt: skip
        return found

    def as_text(self) -> str:
        """The user's names as `parse_labels` reads them."""
        return ",".join(f"{name}={ours}" for name, ours in sorted(self.own.items()))


def parse_labels(text: str | None) -> LabelMap:
    """The map in "yes=supported,no=contradicted". Raises UsageError for a part that is no such pair."""
    own = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        name, equals, ours = part.rpartition("=")
        ours = key(ours).replace(" ", "_")
        if not equals or not name.strip() or ours not in CLASSES:
            raise UsageError(
                f"{part.strip()!r} does not say what a label means",
                where="--labels",
                hint=f'Write "yes=supported,no=contradicted", with a class of {", ".join(CLASSES)}.',
            )
        own[key(name)] = ours
    return LabelMap(own)


def classes_of(labels: Iterable[str]) -> tuple[str, ...]:
    """The classes in which a set with these gold labels is asked, in the order of `CLASSES`."""
    met = set(labels)
    if NOT_SUPPORTED in met:
        return Label.SUPPORTED.value, NOT_SUPPORTED
    return tuple(name for name in CLASSES if name in met)


def within(label: str, classes: Sequence[str]) -> str:
    """`label` as a set with these classes has it: in two classes all that is not support is one."""
    if NOT_SUPPORTED in classes and label != Label.SUPPORTED:
        return NOT_SUPPORTED
    return label
