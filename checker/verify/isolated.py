"""One claim's failure is that claim's alone: the other verdicts are not lost with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from checker.errors import CheckerError, UsageError
from checker.model import Claim, Status, Unchecked

T = TypeVar("T")


def isolated(claim: Claim, stage: str, work: Callable[[], T]) -> T | Unchecked:
    """What `work` returns, or `claim` unchecked at `stage` where it fails. A UsageError concerns all claims: raised."""
    try:
        return work()
    except UsageError:
        raise
    except CheckerError as error:
        return Unchecked(claim, stage, Status.FAILED, error.line())
    except Exception as error:  # noqa: BLE001 - a defect in reading one claim must not take the other verdicts with it
        return Unchecked(claim, stage, Status.FAILED, f"internal error: {type(error).__name__}: {error}")
