"""Ages: held against a date of birth, and against an age that a text of another day gives."""

from __future__ import annotations

import re
from datetime import date

from checker.language.births import Birth, find_births
from checker.language.counted import Limit
from checker.language.likeness import Likeness, likeness
from checker.language.names import Name, NameKind, find_names
from checker.language.quantities import Quantity, find_quantities
from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation

_SAME = frozenset((Likeness.SAME, Likeness.PART, Likeness.VARIANT))
_PERSONAL = (NameKind.PERSON, NameKind.OTHER)
_THEN = re.compile(r"\b(?:was|were|had|then|when|ago|at the time|died|killed|in (?:1|2)\d{3})\b", re.I)
_YEAR_OF_DAYS = 366
_SHORTEST_AGE = 1


def with_ages(finding: Finding, claim: str, sentence: str, context: Context) -> Finding:
    """The finding on an age of the claim, settled by the person's birth where the sentence gives it.

    An age that the source gives of another day conflicts only where no birthday between the two days explains it.
    """
    item = _age(finding, claim)
    if item is None or context.claim_date is None:
        return finding
    person = _whose(claim, item)
    if finding.relation is Relation.SILENT and person is not None and not _THEN.search(claim):
        born = [birth for birth in find_births(sentence) if _one(person, birth.person)]
        if len(born) == 1:
            return _born(finding, item, born[0], claim, context.claim_date)
    if finding.relation is Relation.CONFLICTS and _grown(item, finding, sentence, context):
        return Finding(Relation.SILENT, finding.claim, finding.source)
    return finding


def _age(finding: Finding, claim: str) -> Quantity | None:
    """The age in years that the finding is on; a bare number right after "is" at the end counts as one."""
    found = next((item for item in find_quantities(claim) if item.span == finding.claim), None)
    if found is None or found.low != found.high or found.limit is not Limit.EXACT or found.low % 1:
        return None
    years = found.attribute == "age" and found.unit is not None and found.unit.name == "year"
    bare = not found.noun and not found.unit and not found.currency
    told = bare and re.search(r"\bis $", claim[: found.span.start]) and re.match(r"\s*[.,]?$", claim[found.span.end :])
    return found if years or told else None


def _whose(claim: str, item: Quantity) -> Name | None:
    """The person right before the age, or the only one that the claim names."""
    people = [name for name in find_names(claim) if name.kind in _PERSONAL]
    before = [name for name in people if name.span.end <= item.span.start]
    near = before[-1] if before and len(claim[before[-1].span.end : item.span.start].split()) <= 3 else None
    return near or (people[0] if len(people) == 1 else None)


def _one(mine: Name, other: Name) -> bool:
    return likeness(mine.text, other.text, person=True) in _SAME


def _born(finding: Finding, item: Quantity, birth: Birth, claim: str, day: date) -> Finding:
    least, most = birth.ages(day)
    age, place = int(item.low), birth.span
    if least <= age <= most:
        # A year of birth alone leaves two ages, of which the source vouches for neither.
        return Finding(Relation.AGREES, finding.claim, place) if least == most else finding
    ages = str(least) if least == most else f"{least} or {most}"
    note = f"born then, {birth.person.text} was {ages} on {day.day} {day:%B %Y}, not {age}"
    better = None
    if least == most and str(age) in item.span.of(claim):
        better = item.span.of(claim).replace(str(age), str(least))
    return Finding(Relation.CONFLICTS, finding.claim, place, ReasonCode.QUANTITY_MISMATCH, note, better, certain=True)


def _grown(item: Quantity, finding: Finding, sentence: str, context: Context) -> bool:
    """Whether the birthdays between the two texts' days can make the source's age the claim's."""
    theirs = next((other for other in find_quantities(sentence) if other.span == finding.source), None)
    if theirs is None or theirs.attribute != "age" or context.claim_date is None:
        return False
    if context.source_date is None:
        return abs(theirs.low - item.low) <= _SHORTEST_AGE
    passed = (context.claim_date - context.source_date).days / _YEAR_OF_DAYS
    least, most = theirs.low + int(passed // 1), theirs.low + int(passed // 1) + 1
    return least <= item.low <= most
