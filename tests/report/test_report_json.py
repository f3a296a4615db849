"""The report file keeps its contract."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator, ValidationError
from made_reports import HOSTILE, claim, hostile, many, report, silent, whole

from checker.model import Report
from checker.report import load_report, render
from checker.report.contract import json_schema

SCHEMA = json.loads(files("checker.report").joinpath("report.schema.json").read_text(encoding="utf-8"))
REPORTS = {"whole": whole, "many": many, "empty": lambda: report("", ()), "no claims": lambda: report("Hm.\r\n", ())}
HOSTILE_REPORTS = {f"hostile {number}": (lambda words=words: hostile(words)) for number, words in enumerate(HOSTILE)}


@pytest.mark.parametrize("make", (REPORTS | HOSTILE_REPORTS).values(), ids=(REPORTS | HOSTILE_REPORTS).keys())
def test_every_report_validates_against_the_published_schema(make) -> None:
    """What is written keeps the published JSON Schema and can be loaded again unchanged."""
    text = render(make(), "json")
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert load_report(text) == load_report(text.encode("utf-8").decode("utf-8"))


def test_the_published_schema_is_written_from_the_models() -> None:
    """`report.schema.json` is what `contract.json_schema()` gives: write it again when the models change."""
    Draft202012Validator.check_schema(SCHEMA)
    assert files("checker.report").joinpath("report.schema.json").read_text(encoding="utf-8") == json_schema()


def test_equal_reports_have_equal_bytes() -> None:
    """Two reports made alike are written alike, byte for byte."""
    assert render(whole(), "json") == render(whole(), "json")


def test_the_fields_of_the_contract_are_there() -> None:
    """No field of `checker/report@1` is missing or renamed."""
    data = json.loads(render(whole(), "json"))
    assert data["schema"] == "checker/report@1"
    assert set(data["article"]) >= {"sha256", "title", "uri", "published", "length"}
    assert set(data["sentences"][0]) >= {"id", "start", "end", "outcome", "reason", "claims"}
    assert set(data["claims"][0]) >= {
        "id", "start", "end", "quote", "text", "kind", "level", "parent", "attributed_to", "status", "verdict",
        "confidence", "reasons", "evidence", "justification", "suggestion", "searched",
    }  # fmt: skip
    evidence = data["claims"][0]["evidence"][0]
    assert set(evidence) >= {"source_id", "title", "uri", "start", "end", "quote", "stance", "locator"}
    assert evidence["locator"] == {"page": 3}
    assert set(data["provenance"]) >= {"checker", "engine", "corpus", "models", "prompts", "usage"}
    assert data["summary"] == {
        "claims": 10, "supported": 2, "contradicted": 3, "mixed": 1, "not_enough_evidence": 3, "unchecked": 1,
        "unread": 1, "inconsistencies": 0,
    }  # fmt: skip


def test_a_verdict_stands_only_where_a_claim_was_checked() -> None:
    """A claim that was not checked has neither verdict nor confidence, and says what failed."""
    failed = next(item for item in json.loads(render(whole(), "json"))["claims"] if item["status"] != "checked")
    assert (failed["verdict"], failed["confidence"], failed["evidence"]) == (None, None, [])
    assert failed["failure"] == {"stage": "verify", "message": "the coroner's list was cut off at 200 pages"}


@pytest.mark.parametrize(
    "break_it",
    [
        lambda claim: claim.update(verdict=None),
        lambda claim: claim.update(status="failed"),
        lambda claim: claim.update(evidence=[]),
        lambda claim: claim.update(verdict="true"),
        lambda claim: claim.pop("quote"),
    ],
    ids=["no verdict", "unchecked with a verdict", "no evidence", "unknown verdict", "no quote"],
)
def test_the_schema_refuses_what_the_contract_forbids(break_it) -> None:
    """The schema alone, without our code, finds verdicts without status or evidence."""
    data = json.loads(render(whole(), "json"))
    break_it(data["claims"][0])
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(data)


@pytest.mark.parametrize(
    "draft", ["🦫 dam 👩‍👩‍👧. It holds.", "الجسر قديم. It holds.", "One.\r\n\r\nIt holds.", "cafe\u0301. It holds."]
)
def test_offsets_are_code_points_of_the_draft(draft: str) -> None:
    """Offsets survive emoji, right-to-left text, CRLF and combining marks."""
    data = json.loads(render(report(draft, (silent(claim(1, draft, "It holds.")),)), "json"))
    found = data["claims"][0]
    assert draft[found["start"] : found["end"]] == found["quote"] == "It holds."
    assert data["article"]["length"] == len(draft)


def test_lone_surrogates_are_written_as_escapes() -> None:
    """A lone surrogate, which UTF-8 cannot hold, comes back as it was."""
    text = render(hostile("lone \ud800 here"), "json")
    assert "\\ud800" in text
    assert json.loads(text.encode("utf-8"))["claims"][1]["quote"] == "lone \ud800 here"


def test_sentences_name_their_claims() -> None:
    """Each sentence lists the claims made from it, failed ones too."""
    made: Report = whole()
    data = json.loads(render(made, "json"))
    named = [name for sentence in data["sentences"] for name in sentence["claims"]]
    assert sorted(named) == sorted(item["id"] for item in data["claims"])
    assert len(data["sentences"]) == len(made.sentences)
