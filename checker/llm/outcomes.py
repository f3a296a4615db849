"""What a failed question means for what was asked about: a state of its own, never a verdict."""

from __future__ import annotations

from checker.errors import BudgetSpentError, EngineError, ModelRefusedError
from checker.model import Claim, Span, Status, Unchecked


def unchecked(subject: Claim | Span, stage: str, error: EngineError) -> Unchecked:
    """`subject`, which could not be checked because of `error`."""
    return Unchecked(subject, stage, status_of(error), error.line())


def status_of(error: EngineError) -> Status:
    """The state that `error` leaves behind."""
    if isinstance(error, ModelRefusedError):
        return Status.REFUSED
    if isinstance(error, BudgetSpentError):
        return Status.SKIPPED_BUDGET
    return Status.FAILED
