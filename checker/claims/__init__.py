"""Claims: a draft's sentences, what each one is, and the statements in it that can be checked."""

from checker.claims.dateline import dateline_date
from checker.claims.extractor import RuleExtractor

__all__ = ["RuleExtractor", "dateline_date"]
