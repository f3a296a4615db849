"""End to end on a tiny draft: matching, what is scored of each claim, the error budget, the planted faults."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import made_gold
import pytest
from typer.testing import CliRunner

from checker.cli import app
from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.gold import GoldClaim, GoldDraft
from checker.evaluation.end_to_end import draft_scores, pairing, reader_of_draft, scores_of
from checker.evaluation.engines.bench import as_claim, files_by_id
from checker.evaluation.figures import summary
from checker.evaluation.log import read_run
from checker.evaluation.run import drawn
from checker.evaluation.tasks.task import Item
from checker.model import Claim, ClaimKind, Evidence, Label, Level, Span, Stance, Verdict


@pytest.fixture
def draft(tmp_path: Path) -> GoldDraft:
    return read_drafts(made_gold.gold_set(tmp_path / "gold"))[0]


def verdict(claim: Claim, label: Label, gold: GoldClaim, source: str, *, shift: int = 0, stance: Stance) -> Verdict:
    item = gold.evidence[0]
    return Verdict(claim, label, 0.9, evidence=(Evidence(source, item.places[0].shift(shift), item.quote, stance),))


def test_between_equal_spans_level_decides_and_then_kind(draft: GoldDraft) -> None:
    """A quotation and its content stand on the same words."""
    quote = draft.claims[3]
    content = Claim("c1", "s1", quote.span, "x")
    said = Claim("c2", "s1", quote.span, "x", ClaimKind.QUOTE, Level.ATTRIBUTION)
    assert pairing([quote], [content, said]).strict == {0: 1}
    assert pairing([replace(quote, level=Level.CONTENT)], [content, said]).strict == {0: 0}


def test_a_whole_sentence_covers_the_clauses_in_it(draft: GoldDraft) -> None:
    """Strictly it is the counterpart of none, or one; an editor reads its verdict for all of them."""
    second, third = draft.claims[1], draft.claims[2]
    whole = Claim("c1", "s1", Span(second.span.start, third.span.end + 1), "x")
    found = pairing([second, third], [whole])
    assert len(found.strict) <= 1 and found.relaxed == {0: 0, 1: 0}


def test_the_words_shown_must_be_exact_and_of_the_right_place(draft: GoldDraft) -> None:
    """A letter off, or another source, and a right verdict is not a strict match."""
    gold = draft.claims[0]
    reader = reader_of_draft(draft, files_by_id(draft))
    claim = as_claim(gold, draft.article)
    right = verdict(claim, Label.SUPPORTED, gold, "s1", stance=Stance.SUPPORTS)
    scores = scores_of(gold, right, reader, strict=True)
    assert (scores["n_strict"], scores["verbatim"], scores["evidence_full_set"], scores["wrong_source"]) == (1, 1, 1, 0)
    altered = replace(right.evidence[0], quote=right.evidence[0].quote.replace("240", "241"))
    scores = scores_of(gold, replace(right, evidence=(altered,)), reader, strict=True)
    assert (scores["n_strict"], scores["verbatim"], scores["n_any_evidence"]) == (0, 0, 1)
    elsewhere = verdict(claim, Label.SUPPORTED, gold, "s3", stance=Stance.SUPPORTS)
    assert scores_of(gold, elsewhere, reader, strict=True)["wrong_source"] == 1
    wrong = verdict(claim, Label.CONTRADICTED, gold, "s1", stance=Stance.CONTRADICTS)
    scores = scores_of(gold, wrong, reader, strict=True)
    assert (scores["n_strict"], scores["n_any_verdict"], scores["n_any_evidence"], scores["verdict_right"]) == (
        0,
        1,
        0,
        0,
    )
    assert scores_of(gold, right, reader, strict=False)["n_strict"] == 0


def test_opinions_that_are_found_have_leaked(draft: GoldDraft) -> None:
    """Sentences with a labelled claim count for coverage, those listed without one for leaks."""
    opinion = Claim("c1", "s1", draft.nonclaims[0].span, "x")
    first = Claim("c2", "s1", draft.claims[0].span, "x")
    found = (first, opinion)
    reader = reader_of_draft(draft, files_by_id(draft))
    scores = draft_scores(draft, found, {}, pairing(draft.claims, found), reader)
    assert (scores["n_found"], scores["n_opinions"], scores["n_leaked"], scores["n_covered"]) == (1, 2, 1, 1)
    assert scores["n_sentences"] == 4


def test_a_draw_takes_whole_drafts() -> None:
    """A draft is checked as a whole, so a limit counts drafts and not claims."""
    items = [Item(f"{name}-{at}", "d", name) for name in "abcd" for at in range(3)]
    kept = drawn(items, 2, 0, lambda item: str(item.value))
    assert len(kept) == 6 and len({item.value for item in kept}) == 2
    assert kept == drawn(items, 2, 0, lambda item: str(item.value))


@pytest.mark.slow
def test_a_run_over_a_gold_set_scores_claims_and_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded engine finds the easy claims and the wrong figure, and every sentence it shows is the source's."""
    gold = made_gold.gold_set(tmp_path / "gold")
    monkeypatch.setenv("CHECKER_INDEX__CACHE_DIR", str(tmp_path / "cache"))
    asked = ["eval", "run", "e2e", "--data", str(gold), "--out", str(tmp_path / "run")]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0, result.output
    assert "error budget: right verdicts of 5 labelled claims" in result.output
    run = read_run(tmp_path / "run")
    by_id = {outcome.id: outcome for outcome in run.outcomes}
    assert len(by_id) == 6 and by_id["03-lamp-works/rest"].facts["row"] == "extra"
    assert by_id["03-01"].predicted == "supported" and by_id["03-01"].scores["n_strict"] == 1
    assert by_id["03-05"].predicted == "contradicted" and by_id["03-05"].facts["planted"] == "number"
    figures = {figure.name: figure.value for figure in summary(run.outcomes, "e2e")}
    assert figures["verbatim"] == figures["anchored"] == figures["problem_recall"] == 1
    assert figures["false_reassurance"] == figures["false_accusation"] == 0
    assert figures["retrieved_full_set"] == 1 and figures["cell:gold_claims+gold_evidence"] >= 0.6
    assert run.manifest["data"].endswith("gold:dev") and run.manifest["parameters"]["split"] == "dev"
    again = CliRunner().invoke(app, asked)
    assert again.exit_code == 0 and read_run(tmp_path / "run").outcomes == run.outcomes
    bare = CliRunner().invoke(app, [*asked[:-1], str(tmp_path / "bare"), "--no-budget"])
    assert bare.exit_code == 0 and "error budget" not in bare.output


@pytest.mark.slow
def test_the_plain_form_runs_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts, sources and claims of one's own, without any of the gold set's extras."""
    monkeypatch.setenv("CHECKER_INDEX__CACHE_DIR", str(tmp_path / "cache"))
    plain = made_gold.plain_set(tmp_path / "mine")
    result = CliRunner().invoke(
        app, ["eval", "run", "e2e", "--data", str(plain), "--no-budget", "--out", str(tmp_path / "run")]
    )
    assert result.exit_code == 0 and len(read_run(tmp_path / "run").outcomes) == 6, result.output
