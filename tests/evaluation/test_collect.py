"""Decisions become gold rows where reviewers agree; where they do not, nothing is decided for them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.decisions import Choice, Decision, Shown, Subject
from checker.errors import UsageError
from checker.evaluation.collecting import agreement, borne, collect
from checker.evaluation.datasets.collected import (
    GONE,
    NO_DRAFT,
    NO_WORDS,
    NOTHING_SHOWN,
    QUOTATION,
    copy_drafts,
    files_of,
    write,
)
from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.verification import read_pairs
from checker.model import Article, ClaimKind, Label, Span, Stance, sha256_text

S, C, M, N = Label.SUPPORTED, Label.CONTRADICTED, Label.MIXED, Label.NOT_ENOUGH_EVIDENCE
DRAFT = "The quay is 40 metres long. The crane is red. The quay is 40 metres long. “It holds,” said Ida Brandt."
RECORD = "Survey. The quay is 40 metres long. The crane was painted blue. It will hold, Ms Brandt said."
WORDS = {
    S: ("The quay is 40 metres long.", Stance.SUPPORTS),
    C: ("The crane was painted blue.", Stance.CONTRADICTS),
}


def shown(words: str, stance: Stance) -> Shown:
    at = RECORD.index(words)
    end = at + len(words)
    return Shown("survey.txt", Span(at, end), words, stance, "The survey", RECORD[:at], RECORD[end:])


def claim(words: str, verdict: Label | None = S, **fields: Any) -> Subject:
    at = DRAFT.index(words)
    evidence = (shown(*WORDS[verdict]),) if verdict in WORDS else ()
    given = {"evidence": evidence, "nth": 1, "before": DRAFT[max(0, at - 32) : at], "id": f"c{at}", "text": words}
    end = at + len(words)
    return Subject(span=Span(at, end), quote=words, verdict=verdict, after=DRAFT[end : end + 32], **given | fields)


def decided(subject: Subject, after: Label | None, who: str = "ana", at: int = 0, **fields: Any) -> Decision:
    """A decision at minute `at`: a waiver without `after`, else acceptance or correction."""
    choice = Choice.WAIVED if after is None else Choice.ACCEPTED if after is subject.verdict else Choice.CORRECTED
    given = {"draft": "quay.md", "article": sha256_text(DRAFT), "reason": "so it says"} | fields
    return Decision(choice, subject, after, who, f"2025-04-01T09:{at:02}:00+00:00", "r1", **given)


QUAY, CRANE = claim("The quay is 40 metres long."), claim("The crane is red.", C)
SPOKEN = claim("“It holds,”", None, kind=ClaimKind.QUOTE)


def rows(files: dict[str, str], name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files[f"{name}.jsonl"].splitlines()]


def made(*decisions: Decision, **fields: Any) -> dict[str, str]:
    return files_of(collect(decisions), (), fields.get("drafts", {}), {})


def test_an_accepted_verdict_is_a_row_of_both_forms(tmp_path: Path) -> None:
    """The verification set is read back with the words that were shown, the gold folder with every quote in place."""
    files = made(decided(QUAY, S), decided(CRANE, C, at=1), decided(CRANE, C, "ben", 2))
    (tmp_path / "drafts").mkdir()
    (tmp_path / "sources").mkdir()
    (tmp_path / "drafts" / "quay.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "sources" / "survey.txt").write_text(RECORD, encoding="utf-8")
    write(files, tmp_path)
    pairs = read_pairs(tmp_path / "verification.jsonl")
    assert [(pair.claim, pair.gold, pair.cluster) for pair in pairs.items] == [
        ("The quay is 40 metres long.", "supported", "quay.md"),
        ("The crane is red.", "contradicted", "quay.md"),
    ]
    assert pairs.items[0].evidence == (("The survey", RECORD),) and pairs.items[1].facts["reviewers"] == "2"
    (draft,) = read_drafts(tmp_path)
    assert [item.verdict for item in draft.claims] == [S, C]
    assert [item.evidence[0].quote for item in draft.claims] == [WORDS[S][0], WORDS[C][0]]


def test_a_correction_is_borne_only_by_words_that_were_named() -> None:
    """What was shown for one verdict is no evidence for another until somebody says so."""
    bare = decided(QUAY, C)
    assert borne(bare) is None
    (row,) = rows(made(bare), "incomplete")
    assert row["why"] == NO_WORDS and not rows(made(bare), "claims") and not rows(made(bare), "verification")
    named = replace(bare, decided_by=(1,))
    (row,) = rows(made(named), "claims")
    assert (row["verdict"], row["evidence"][0]["stance"], row["reasons"]) == ("contradicted", "contradicts", [])
    assert rows(made(named), "verification")[0]["label"] == "contradicted"


def test_what_is_left_open_has_no_words_that_decide() -> None:
    """A correction to not enough evidence keeps the words that were read, as words that only bear on the claim."""
    files = made(decided(QUAY, N))
    assert rows(files, "claims")[0]["evidence"][0]["stance"] == "qualifies"
    assert rows(files, "verification")[0]["label"] == "not_enough_evidence"


def test_no_label_can_be_told_from_empty_evidence() -> None:
    """An open claim with nothing shown is a gold claim and no row of the verification form."""
    files = made(decided(claim("The crane is red.", N), N))
    assert len(rows(files, "claims")) == 1 and not rows(files, "verification")
    assert rows(files, "incomplete")[0]["why"] == NOTHING_SHOWN


def test_a_quotation_is_measured_end_to_end_only() -> None:
    """It is a gold claim; the verification form has no speaker."""
    spoken = replace(SPOKEN, evidence=(shown("It will hold, Ms Brandt said.", Stance.QUALIFIES),))
    files = made(decided(spoken, C, decided_by=(1,)))
    assert len(rows(files, "claims")) == 1 and not rows(files, "verification")
    assert [row["why"] for row in rows(files, "incomplete")] == [QUOTATION]


def test_conflicting_labels_are_listed_and_left_out() -> None:
    """Two labels of one claim are a line for the adjudicator, with both reasons, and no gold row anywhere."""
    found = collect([decided(QUAY, S), decided(QUAY, N, "ben", 1), decided(CRANE, C, at=2)])
    files = files_of(found, (), {}, {})
    (row,) = rows(files, "conflicts")
    assert row["labels"] == {"ana": "supported", "ben": "not_enough_evidence"}
    assert [one["reviewer"] for one in row["decisions"]] == ["ana", "ben"]
    assert row["decisions"][1]["evidence"][0]["quote"] == WORDS[S][0]
    for name in ("verification", "claims", "incomplete"):
        assert row["id"] not in [other["id"] for other in rows(files, name)]
    assert len(rows(files, "claims")) == 1


def test_an_adjudicator_decides_and_is_no_annotator() -> None:
    """Where others differ the adjudicator's label is gold; agreement is that of the others."""
    decisions = [decided(QUAY, S), decided(QUAY, N, "ben", 1), decided(QUAY, S, "eve", 2)]
    assert len(collect(decisions).conflicts) == 1
    found = collect(decisions, adjudicator="eve")
    assert not found.conflicts and found.gold[0].label is S and found.reviewers == ("ana", "ben")
    assert {item.reviewers for item in agreement(found)} == {("ana", "ben")}


def test_the_last_word_of_each_reviewer_counts() -> None:
    """A second thought replaces the first, also a waiver; the same file given twice changes nothing."""
    decisions = [decided(QUAY, N), decided(QUAY, S, at=5), decided(CRANE, C), decided(CRANE, None, at=6)]
    found = collect(decisions + decisions)
    assert [(item.label, item.decision.claim.text) for item in found.gold] == [(S, QUAY.text)]
    assert [unit.decisions["ana"].choice for unit in found.waived] == [Choice.WAIVED]


def test_a_waiver_is_no_label() -> None:
    """It neither conflicts with a label nor makes one."""
    found = collect([decided(QUAY, S), decided(QUAY, None, "ben", 1)])
    assert len(found.gold) == 1 and not found.conflicts and agreement(found) == ()


def test_agreement_is_that_of_the_coefficients() -> None:
    """Cohen's kappa of each two and Krippendorff's alpha of all, computed by hand, with n and clusters."""
    labels = {"ana": (S, S, C, C, N), "ben": (S, C, C, C, N)}
    decisions = [
        decided(claim("The crane is red.", M, text=f"Claim {at}."), label, who, at, draft=f"d{at % 2}.md")
        for who, given in labels.items()
        for at, label in enumerate(given)
    ]
    decisions.append(decided(CRANE, C, "ana", 9))
    figures = {item.name: item.agreement for item in agreement(collect(decisions))}
    # Observed 0.8; by chance 0.4*0.2 + 0.4*0.6 + 0.2*0.2 = 0.36.
    assert figures["cohen_kappa"].value == pytest.approx((0.8 - 0.36) / 0.64)
    assert (figures["cohen_kappa"].n, figures["cohen_kappa"].clusters) == (5, 2)
    # Disagreement seen 2 of 10; expected (100 - 9 - 25 - 4) / 90.
    assert figures["krippendorff_alpha"].value == pytest.approx(1 - 0.2 / (62 / 90))
    assert figures["cohen_kappa_not_enough_evidence"].value == pytest.approx(1)


def test_agreement_that_is_undefined_is_null() -> None:
    """Two reviewers who only ever say one thing agree no better than chance can tell."""
    found = collect([decided(QUAY, S), decided(QUAY, S, "ben")])
    told = json.loads(files_of(found, agreement(found), {}, {})["agreement.json"])
    assert told[0]["value"] is None and told[0]["n"] == 1


def test_a_claim_is_placed_in_the_draft_as_it_is_now() -> None:
    """With the draft at hand a claim that moved is placed again, and one that is gone makes no row."""
    edited = DRAFT.replace("The crane is red.", "The crane is new.").replace("The quay", "So far the quay", 1)
    article = Article(edited, (), sha256_text(edited), uri="quay.md")
    second = claim("The quay is 40 metres long.")
    at = DRAFT.rindex("The quay")
    second = replace(second, span=Span(at, at + 27), nth=2, before=DRAFT[at - 32 : at], after=DRAFT[at + 27 : at + 59])
    files = made(decided(second, S), decided(CRANE, C), drafts={"quay.md": ("quay.md", article)})
    assert [(row["claim"], row["nth"]) for row in rows(files, "claims")] == [(second.text, 1)]
    assert [row["why"] for row in rows(files, "incomplete")] == [GONE]


def test_two_drafts_of_one_name_are_an_error(tmp_path: Path) -> None:
    """One would be written over the other."""
    paths = [tmp_path / name / "quay.md" for name in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(DRAFT, encoding="utf-8")
    assert list(copy_drafts(paths[:1], tmp_path / "out")) == ["quay.md"]
    with pytest.raises(UsageError, match="name of another draft"):
        copy_drafts(paths, tmp_path / "out")


def test_a_claim_without_a_place_is_no_gold_claim() -> None:
    """Decided without the draft, it can still be verified with its evidence."""
    files = made(decided(replace(QUAY, nth=None, before="", after=""), S))
    assert not rows(files, "claims") and len(rows(files, "verification")) == 1
    assert rows(files, "incomplete")[0]["why"] == NO_DRAFT
