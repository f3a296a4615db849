"""Items of a claim that a sentence gives, whatever it gives them of, where a model finds that it says the claim.

The checks leave a figure or a date open where they cannot tell that it is of the claim's own matter ("docked on 5
March", "came alongside on 5 March"). A model that is sure of the matter settles that; the value itself must be there.
So it does for a name that the source gives elsewhere, where the sentence names nobody else ("the company"). It never
settles a denial, an opposite, or a word like "only".
"""

from __future__ import annotations

from checker.language.dates import find_dates
from checker.language.names import find_names
from checker.language.quantities import find_quantities
from checker.language.words import folded
from checker.model import Span
from checker.verify.checks.date_values import Dated, Days, days
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.magnitudes import agrees, convertible


def given(finding: Finding, claim: str, sentence: str, context: Context) -> Finding:
    """The finding as agreement where the sentence gives its figure or date and no other of the kind; else as it is."""
    if finding.relation is not Relation.SILENT:
        return finding
    place = _figure(finding.claim, claim, sentence) or _date(finding.claim, claim, sentence, context)
    return finding if place is None else Finding(Relation.AGREES, finding.claim, place)


def named(finding: Finding, claim: str, sentence: str, whole: str) -> Finding:
    """A name that the sentence leaves out and its source gives, as agreement, where the sentence names nobody else."""
    if finding.relation is not Relation.SILENT or folded(finding.claim.of(claim)) not in folded(whole):
        return finding
    ours = folded(claim)
    if any(folded(other.text) not in ours for other in find_names(sentence)):
        return finding
    return Finding(Relation.AGREES, finding.claim, note="its source names it")


def _figure(item: Span, claim: str, sentence: str) -> Span | None:
    ours = next((found for found in find_quantities(claim) if found.span == item), None)
    if ours is None:
        return None
    alike = [found for found in find_quantities(sentence) if convertible(ours, found)]
    if len(alike) != 1 or not agrees(ours, alike[0]):
        return None
    return alike[0].span


def _date(item: Span, claim: str, sentence: str, context: Context) -> Span | None:
    ours = next((found for found in find_dates(claim, context.claim_date) if found.span == item), None)
    if ours is None:
        return None
    theirs = find_dates(sentence, context.source_date)
    if len(theirs) != 1 or days(Dated(ours, claim), Dated(theirs[0], sentence)) is not Days.SAME:
        return None
    return theirs[0].span
