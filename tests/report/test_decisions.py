"""Decisions on the verdicts of a report: the file only grows, and a decision never lands on another claim."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import DRAFT, hostile, whole

from checker.decisions import Choice, Decision, DecisionLog, Standing, Subject, standing
from checker.decisions.answers import Answer, Key, Ruling, read_answer, read_ruling
from checker.errors import InputError
from checker.model import Label, Span, sha256_text
from checker.report import load_report, render
from checker.report.contract import ReportData
from checker.report.reviewing import card, subjects

DATA: ReportData = load_report(render(whole(), "json"))
CLAIMS = {claim.id: claim for claim in subjects(DATA, DRAFT)}
SHA = sha256_text(DRAFT)


def decided(claim: Subject, after: Label | None = None, **fields: object) -> Decision:
    """A decision of Ana's: acceptance, or with `after` a correction."""
    choice = Choice.CORRECTED if after and after is not claim.verdict else Choice.ACCEPTED
    given = {"choice": choice, "reason": "read it" if choice is Choice.CORRECTED else "", "article": SHA} | fields
    return Decision(  # type: ignore[arg-type]
        claim=claim,
        verdict_after=after or claim.verdict,
        reviewer="ana",
        time="2025-04-01T09:00:00+00:00",
        report="r1",
        draft="weir.md",
        **given,
    )


def waived(claim: Subject) -> Decision:
    return Decision(Choice.WAIVED, claim, None, "ana", "2025-04-01T09:00:00+00:00", "r1", SHA, "weir.md")


def said(draft: str, words: str, nth: int = 1, **fields: object) -> Subject:
    """The claim that the `nth` place of `words` in `draft` makes."""
    at = -1
    for _ in range(nth):
        at = draft.index(words, at + 1)
    given = {"id": f"c{at}", "text": words, "verdict": Label.NOT_ENOUGH_EVIDENCE, "nth": nth} | fields
    end = at + len(words)
    return Subject(  # type: ignore[arg-type]
        span=Span(at, end), quote=words, before=draft[max(0, at - 32) : at], after=draft[end : end + 32], **given
    )


def now(decisions: list[Decision], text: str, *claims: Subject, draft: str = "weir.md") -> Standing:
    return standing(decisions, claims, sha256_text(text), draft=draft, text=text)


def test_a_decision_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every claim of a report with every choice comes back equal, one line each."""
    log = DecisionLog(tmp_path / "new" / "d.jsonl")
    made = [waived(claim) for claim in CLAIMS.values()]
    made += [decided(claim) for claim in CLAIMS.values() if claim.verdict]
    made += [decided(claim, Label.MIXED, decided_by=(1,)) for claim in CLAIMS.values() if claim.evidence]
    for decision in made:
        log.append(decision)
    assert log.read() == tuple(made)
    row = json.loads(log.path.read_text(encoding="utf-8").splitlines()[0])
    assert row["schema"] == "checker/decision@1" and row["verdict_before"] == "contradicted"
    assert (row["verdict_after"], row["decision"], row["reviewer"]) == (None, "waived", "ana")


def test_a_card_has_nothing_that_acts_on_a_terminal() -> None:
    """Escape sequences and lone surrogates of a draft are shown as pictures."""
    made = hostile("\ud800 \x00 \x1b[2J 🦫")
    claim = subjects(load_report(render(made, "json")), made.article.text)[0]
    shown = "\n".join(card(load_report(render(made, "json")), claim, made.article.text))
    assert "\x1b" not in shown and "\ud800" not in shown


def test_surrogates_go_through_the_file(tmp_path: Path) -> None:
    """A quote that UTF-8 cannot hold is written and read back."""
    log, claim = DecisionLog(tmp_path / "d.jsonl"), replace(CLAIMS["c3"], quote="\ud800 \x00\n\u2028")
    log.append(waived(claim))
    assert log.read()[0].claim.quote == claim.quote


def test_the_file_only_grows(tmp_path: Path) -> None:
    """What was there stays there, byte for byte; a second thought is a second line."""
    log = DecisionLog(tmp_path / "d.jsonl")
    log.append(decided(CLAIMS["c3"]))
    before = log.path.read_bytes()
    log.append(decided(CLAIMS["c3"], Label.CONTRADICTED))
    assert log.path.read_bytes().startswith(before) and len(log.read()) == 2


def test_an_unfinished_line_is_passed_over_and_a_whole_one_is_kept(tmp_path: Path) -> None:
    """A torn last line is what a kill leaves; a whole one without its end is what an editor leaves."""
    log = DecisionLog(tmp_path / "d.jsonl")
    first, second = decided(CLAIMS["c3"]), waived(CLAIMS["c1"])
    log.path.write_text(first.line() + "\n" + second.line()[:50], encoding="utf-8")
    assert log.read() == (first,)
    log.append(second)
    assert log.read() == (first, second)
    log.path.write_text(first.line(), encoding="utf-8")
    assert log.read() == (first,)
    log.append(second)
    assert log.read() == (first, second)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: row.update(schema="checker/decision@2"), "not of the form checker/decision@1"),
        (lambda row: row.update(verdict_after="contradicted"), "stays what it is"),
        (lambda row: row.update(verdict_after="true"), "verdict_after"),
        (lambda row: row.update(reviewer=" "), "needs a reviewer"),
        (lambda row: row.pop("time"), "time"),
        (lambda row: row["claim"]["span"].update(end=0), "claim.span"),
        (lambda row: row.update(decision="corrected", verdict_after="mixed"), "another verdict and a reason"),
        (lambda row: row.update(decided_by=[9]), "pieces of evidence were shown"),
    ],
)
def test_a_line_that_is_no_decision_is_an_error_with_its_place(tmp_path: Path, change: object, says: str) -> None:
    """File, line, fault and remedy in one line; nothing is dropped silently."""
    row = json.loads(decided(CLAIMS["c3"]).line())
    change(row)  # type: ignore[operator]
    path = tmp_path / "d.jsonl"
    path.write_text(f"{decided(CLAIMS['c3']).line()}\n{json.dumps(row)}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        DecisionLog(path).read()
    assert f"{path}, line 2: is not a decision" in caught.value.line() and says in caught.value.line()


def test_fields_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    """A field that we do not know makes no line unreadable."""
    row = json.loads(decided(CLAIMS["c3"]).line())
    row["later"], row["claim"]["later"] = 1, 2
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert DecisionLog(path).read() == (decided(CLAIMS["c3"]),)


def _write_ten(path: Path, reviewer: str) -> None:
    for _ in range(10):
        DecisionLog(path).append(replace(waived(CLAIMS["c1"]), reviewer=reviewer))


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Processes that add to one file at the same time leave every line whole."""
    path, spawn = tmp_path / "d.jsonl", multiprocessing.get_context("fork")
    writers = [spawn.Process(target=_write_ten, args=(path, name)) for name in ("ana", "ben")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    kept = [decision.reviewer for decision in DecisionLog(path).read()]
    assert sorted(kept) == ["ana"] * 10 + ["ben"] * 10


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A folder in the place of the file."""
    (tmp_path / "d.jsonl").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        DecisionLog(tmp_path / "d.jsonl").append(waived(CLAIMS["c1"]))


def test_a_decision_holds_until_the_verdict_is_another_one() -> None:
    """The same verdict, and the one that a correction asked for, are settled; another one is asked again."""
    claim = CLAIMS["c3"]
    corrected = decided(claim, Label.CONTRADICTED)
    assert corrected.holds_for(Label.SUPPORTED) and corrected.holds_for(Label.CONTRADICTED)
    assert not corrected.holds_for(Label.MIXED) and not decided(claim).holds_for(Label.CONTRADICTED)
    assert waived(claim).holds_for(Label.SUPPORTED) and not waived(claim).holds_for(None)
    open_ = replace(claim, verdict=Label.MIXED)
    found = standing([decided(claim)], [open_], SHA)
    assert not found.held and set(found.reopened) == {"c3"}


def test_decisions_follow_their_claim_through_an_edit() -> None:
    """New words before a claim move it; the decision is still the claim's, and the last one counts."""
    old = "The trust employs 38 people. Work ends in June."
    new = "A word before. The trust employs 38 people, of late. Work ends in June."
    first = said(old, "Work ends in June.")
    made = [decided(first, article=sha256_text(old)), replace(waived(first), article=sha256_text(old))]
    moved = said(new, "Work ends in June.")
    found = now(made, new, moved)
    assert found.held == {moved.id: made[1]} and found.moved == 1 and not found.orphans


def test_a_claim_whose_words_changed_leaves_an_orphan() -> None:
    """Another figure, or the same words that now say something else alone, is another claim."""
    old, new = "The trust employs 38 people.", "The trust employs 39 people."
    made = decided(said(old, old), article=sha256_text(old))
    found = now([made], new, said(new, new))
    assert found.orphans == (made,) and not found.held
    again = now([made], old + " ", said(old, old, text="The bank employs 38 people."))
    assert again.orphans == (made,) and not again.held


def test_of_twins_the_one_with_the_surroundings_is_taken_or_none() -> None:
    """Words that stand twice find their own place; where no place is certain they are shown as lost."""
    old = "In May the yard closed. It reopened later. In June the yard closed. It was sold."
    second = said(old, "the yard closed.", 2)
    made = decided(second, article=sha256_text(old))
    new = "Well. " + old
    places = [said(new, "the yard closed.", nth) for nth in (1, 2)]
    assert set(now([made], new, *places).held) == {places[1].id}
    blurred = "So the yard closed. So the yard closed. Yes."
    both = [said(blurred, "the yard closed.", nth) for nth in (1, 2)]
    assert now([made], blurred, *both).orphans == (made,)
    unread = standing([made], places, sha256_text(new), draft="weir.md", text=None)
    assert unread.orphans == (made,)
    assert now([made], old, said(old, "the yard closed.", 1)).orphans == (made,)


def test_decisions_on_another_draft_are_neither_held_nor_lost() -> None:
    """One file may serve a desk: what belongs to other drafts is only counted. A renamed draft is still the draft."""
    old = "One is so. Two is so. Three is so."
    made = [decided(said(old, f"{name} is so."), article=sha256_text(old)) for name in ("One", "Two", "Three")]
    other = "Quite another story. One is so."
    found = now(made, other, said(other, "One is so."), draft="other.md")
    assert found.others == 3 and not found.held and not found.orphans
    edited = "One is so. Two is so. Three is not so."
    found = now(made, edited, said(edited, "One is so."), said(edited, "Two is so."), draft="renamed.md")
    assert len(found.held) == 2 and found.orphans == (made[2],)


def test_a_card_shows_the_claim_in_its_sentence_and_the_exact_words() -> None:
    """The claim is marked in its sentence; the source's words are whole and numbered."""
    row = json.loads(render(whole(), "json"))
    sentence = next(item for item in row["sentences"] if item["id"] == row["claims"][1]["sentence"])
    sentence.update(start=sentence["start"] - 4, end=sentence["end"] + 1)
    shown = "\n".join(card(load_report(json.dumps(row)), CLAIMS["c2"], DRAFT, width=200))
    assert "The ⟦footbridge over the Tarn is 85 miles long⟧," in shown
    assert "[1]       “The Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide.”" in shown
    assert "contradicts: County survey of bridges" in shown and "another unit" in shown
    assert "The ⟦" not in "\n".join(card(DATA, CLAIMS["c2"], None))
    for line in card(DATA, CLAIMS["c2"], DRAFT, width=60):
        assert len(line) <= 60


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("a", Answer(Key.ACCEPT)),
        (" Accept \n", Answer(Key.ACCEPT)),
        ("S", Answer(Key.SKIP)),
        ("quit", Answer(Key.QUIT)),
        ("c", Answer(Key.CORRECT)),
        ("c mixed 1: both stand", Answer(Key.CORRECT, "mixed 1: both stand")),
        ("w: fixed: later", Answer(Key.WAIVE, "fixed: later")),
        ("waive old news", Answer(Key.WAIVE, "old news")),
    ],
)
def test_keys_and_words_are_read(line: str, answer: Answer) -> None:
    """The first letter or the whole word, in any case."""
    assert read_answer(line) == answer


@pytest.mark.parametrize("line", ["", "y", "accept it", "aa", "q c", ":"])
def test_what_is_no_answer_is_refused(line: str) -> None:
    """A slip of the finger decides nothing."""
    with pytest.raises(ValueError, match=r"."):
        read_answer(line)


def test_rulings_are_read() -> None:
    """A verdict by letter or name, the numbers of the words that show it, and a reason behind a colon."""
    assert read_ruling("contradicted", 0) == Ruling(Label.CONTRADICTED)
    assert read_ruling("Not enough evidence", 2) == Ruling(Label.NOT_ENOUGH_EVIDENCE)
    assert read_ruling("s 2, 1 2: it says 85: so", 2) == Ruling(Label.SUPPORTED, (2, 1), "it says 85: so")
    for slip in ("", "true", "s 3", "s 0", "s x", "mixed or so"):
        with pytest.raises(ValueError, match=r"."):
            read_ruling(slip, 2)
