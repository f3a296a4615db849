"""The draft against itself: two places that cannot both be right, found without any source or model."""

from checker.verify.consistency.whole import inconsistencies

__all__ = ["inconsistencies"]
