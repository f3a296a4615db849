"""Decisions: what a person made of the verdicts of a report, kept in a file that only grows.

Every edge that lets a person decide (the command line, the server, the language server) writes through this room, and
the evaluation reads its labels from it.
"""

from __future__ import annotations

from checker.decisions.log import DecisionLog
from checker.decisions.records import Choice, Decision, Shown, Subject
from checker.decisions.standing import Standing, standing

__all__ = ["Choice", "Decision", "DecisionLog", "Shown", "Standing", "Subject", "standing"]
