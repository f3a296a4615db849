"""Who holds which post: a claim's holder and post against one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from checker.model import ReasonCode
from checker.verify.checks.findings import Context, Finding, Relation
from checker.verify.checks.posts import check_posts

TODAY = date(2025, 6, 20)
NOW = Context(claim_date=TODAY, source_date=date(2025, 6, 1))
LONG_AGO = Context(claim_date=TODAY, source_date=date(2021, 6, 1))


def found(claim: str, sentence: str, context: Context = NOW) -> Finding | None:
    """The one finding, or None where the sentence gives the post as the claim does or does not speak of it."""
    findings = check_posts(claim, sentence, context)
    assert len(findings) <= 1
    return findings[0] if findings else None


@pytest.mark.parametrize(
    ("claim", "sentence", "code"),
    [
        ("Ann Lee is the mayor of Orrin.", "Ann Lee is the deputy mayor of Orrin.", ReasonCode.OFFICE_MISMATCH),
        ("Mayor Ann Lee opened it.", "Former mayor Ann Lee opened it.", ReasonCode.OFFICE_MISMATCH),
        ("Finance director Ann Lee spoke.", "Ann Lee, the managing director, spoke.", ReasonCode.OFFICE_MISMATCH),
        ("Finance director Ann Lee spoke.", "Ann Lee, Chief Executive, said so.", ReasonCode.OFFICE_MISMATCH),
        ("Finance director Ann Lee spoke.", "Bo Lund, the finance director, spoke.", ReasonCode.NAME_MISMATCH),
        ("Ann Lee is the mayor of Orrin.", "Bo Lund is the mayor of Orrin.", ReasonCode.NAME_MISMATCH),
    ],
)
def test_another_post_or_holder_conflicts(claim: str, sentence: str, code: ReasonCode) -> None:
    """One person's other post, a lesser or former one, and another holder of the same post are conflicts."""
    finding = found(claim, sentence)
    assert finding is not None
    assert (finding.relation, finding.code) == (Relation.CONFLICTS, code)


@pytest.mark.parametrize(
    ("claim", "sentence", "context"),
    [
        ("Mayor Ann Lee opened it.", "Deputy mayor Ann Lee opened it.", LONG_AGO),
        ("Former mayor Ann Lee opened it.", "Mayor Ann Lee opened it.", NOW),
        ("Acting mayor Ann Lee opened it.", "Mayor Ann Lee opened it.", NOW),
        ("Managing director Ann Lee opened it.", "Chief executive Ann Lee opened it.", NOW),
        ("Mayor Ann Lee opened it.", "Ann Lee was deputy mayor in 1999.", NOW),
    ],
)
def test_what_another_time_may_explain_is_open(claim: str, sentence: str, context: Context) -> None:
    """A post at another time, a dropped "acting" and two posts that one may hold neither support nor conflict."""
    finding = found(claim, sentence, context)
    assert finding is not None
    assert finding.relation is Relation.SILENT


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Mayor Ann Lee opened it.", "The mayor, Ann Lee, opened it."),
        ("Finance director Ann Lee spoke.", "Ann Lee, financial director, spoke."),
        ("Ann Lee is the finance director of Orrin Ferries.", "Bo Lund is the finance director of Ardle Yard."),
        ("The mayor, Ann Lee, spoke.", "The mayor of Ardle, Bo Lund, spoke."),
        ("Mayor Ann Lee opened it.", "Mayor Anne Lee opened it."),
        ("Mayor Ann Lee opened it.", "Bo Lund was the mayor until 2019."),
        ("Mayor Ann Lee opened it.", "The bridge was opened by Ann Lee."),
    ],
)
def test_the_same_post_or_another_body_says_nothing(claim: str, sentence: str) -> None:
    """The same post in other words, another body's, an earlier holder and no post at all make no finding."""
    assert found(claim, sentence) is None
