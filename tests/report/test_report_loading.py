"""A report file is refused in one line where it is not ours, and proved again where it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from made_reports import DRAFT, hostile, many, source_text, whole

from checker.errors import ReportError
from checker.report import load_report, prove, render


def changed(change: Any) -> str:
    """The text of a whole report after `change` to its data."""
    data = json.loads(render(whole(), "json"))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("# Fact check", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not a report of checker"),
        ('{"schema": 3}', "not a report of checker"),
        ('{"schema": "other/report@1"}', "not a report of checker"),
        ('{"schema": "checker/report@2"}', "This version reads checker/report@1"),
        ('{"schema": "checker/report@1"}', "article: Field required"),
        (changed(lambda data: data["claims"][0].update(verdict=None)), "claim c1 has the status checked"),
        (changed(lambda data: data["claims"][0].update(evidence=[])), "without evidence of that stance"),
        (changed(lambda data: data["claims"][0].update(end=0)), "not a stretch of text"),
        (changed(lambda data: data["claims"][0].update(confidence=float("nan"))), "claims.0.confidence"),
        (changed(lambda data: data["summary"].update(supported=40)), "summary does not agree"),
        (changed(lambda data: data["claims"].append(data["claims"][0])), "two claims have the id 'c1'"),
        (changed(lambda data: data["sentences"][0].update(claims=["c99"])), "'c99', which is not there"),
        (changed(lambda data: data["claims"][0].update(start="\x1b[2J\n" * 99)), "claims.0.start"),
    ],
)
def test_what_is_no_report_is_refused_in_one_line(text: str, said: str) -> None:
    """Each fault has one short line that names it, with nothing in it that acts on a terminal."""
    with pytest.raises(ReportError) as caught:
        load_report(text)
    line = caught.value.line()
    assert said in line
    assert len(line) < 400 and line.isprintable()


def test_fields_that_we_do_not_know_are_passed_over() -> None:
    """A report of a later checker, with more fields under the same version, is read."""
    assert load_report(changed(lambda data: data.update(later={"a": 1}))) == load_report(changed(lambda data: None))


def test_a_report_with_only_the_fields_of_the_contract_is_read() -> None:
    """The fields that were added to the first contract may all be left out."""

    def bare(data: dict[str, Any]) -> None:
        for name in ("unread", "sources"):
            data.pop(name)
        data["summary"].pop("unread")
        for claim in data["claims"]:
            for name in ("sentence", "line", "column", "locator", "quoted", "citations", "failure"):
                claim.pop(name)

    proof = prove(load_report(changed(bare)), source_text, DRAFT)
    assert not proof.failures and proof.quotes == proof.quotes_proved == 8


def test_a_true_report_is_proved_whole() -> None:
    """Every quote, source and stretch of the draft of a true report is counted as proved."""
    proof = prove(load_report(render(whole(), "json")), source_text, DRAFT)
    assert proof.failures == ()
    assert (proof.quotes, proof.quotes_proved) == (8, 8)
    assert (proof.sources, proof.sources_proved) == (3, 3)
    assert (proof.words, proof.words_proved) == (11, 11)
    assert "8 of 8 quotes" in proof.summary()


def test_without_the_draft_its_words_are_not_called_proved() -> None:
    """The summary says that the draft was not given."""
    proof = prove(load_report(render(whole(), "json")), source_text, None)
    assert proof.words is None and "the draft was not given" in proof.summary()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda item: item.update(quote=item["quote"].replace("metres", "miles", 1)), "not what the source says"),
        (lambda item: item.update(start=item["start"] + 1), "not what the source says"),
        (lambda item: item.update(start=10**30, end=10**31), "not what the source says"),
        (lambda item: item.update(before="Not so: "), "words around the quote"),
        (lambda item: item.update(after=" Or not."), "words around the quote"),
        (lambda item: item.update(source_id="S2"), "not what the source says"),
        (lambda item: item.update(source_id="S9\x1b[2J"), "not in the corpus"),
    ],
)
def test_a_quote_that_was_tampered_with_fails(change: Any, said: str) -> None:
    """One changed letter, offset, context or source of one quote fails that quote and no other."""
    text = changed(lambda data: change(data["claims"][0]["evidence"][0]))
    proof = prove(load_report(text), source_text, DRAFT)
    assert [said in str(failure) for failure in proof.failures] == [True]
    assert proof.quotes_proved == proof.quotes - 1
    assert str(proof.failures[0]).isprintable()


def test_a_source_that_changed_fails_even_where_the_quote_still_stands() -> None:
    """The digest of each source is held against the stored text."""
    proof = prove(load_report(render(whole(), "json")), lambda name: f"{source_text(name)} Appended.", DRAFT)
    assert len(proof.failures) == 3 and proof.sources_proved == 0
    assert proof.quotes_proved == proof.quotes


def test_another_draft_fails_once() -> None:
    """A draft that is not the one that was checked is one failure, and none of its words count as proved."""
    proof = prove(load_report(render(whole(), "json")), source_text, DRAFT + " ")
    assert [str(failure) for failure in proof.failures] == ["draft: is not the text that was checked"]
    assert proof.words_proved == 0


def test_a_claim_that_misquotes_the_draft_fails() -> None:
    """The draft's own words are proved like the sources'."""
    text = changed(lambda data: data["claims"][2].update(quote="It opened on 4 May 1932."))
    proof = prove(load_report(text), source_text, DRAFT)
    assert str(proof.failures[0]).startswith("claim c3 ")
    assert proof.words_proved == 10


def test_odd_characters_do_not_break_a_proof() -> None:
    """A report with lone surrogates and control characters is written, read and proved."""
    made = hostile("\ud800 \x00 \x1b[2J 🦫 e\u0301")
    proof = prove(
        load_report(render(made, "json")),
        lambda name: "The source: \ud800 \x00 \x1b[2J 🦫 e\u0301 too.",
        made.article.text,
    )
    assert proof.failures == () and proof.quotes == 1


def test_each_source_is_asked_for_once() -> None:
    """Three hundred quotes of one source read it once."""
    made, asked = many(), []
    proof = prove(load_report(render(made, "json")), lambda name: asked.append(name), None)
    assert asked == ["S1"] and len(proof.failures) == 301
