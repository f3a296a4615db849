"""The gold set: what is read, what is never opened, and every fault that its validator names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import made_gold
import pytest
from typer.testing import CliRunner

from checker.cli import app
from checker.errors import InputError, UsageError
from checker.evaluation.datasets.drafts import folders, read_drafts
from checker.evaluation.datasets.pairs import pair_rows
from checker.evaluation.datasets.rows import Row
from checker.evaluation.datasets.validation import validated
from checker.evaluation.datasets.verification import pairs_of
from checker.evaluation.suites import read_suites
from checker.model import Label


def test_quotes_become_places_of_the_draft_and_of_the_sources(tmp_path: Path) -> None:
    """Every claim stands where it says, and every piece of evidence in the text that checker reads."""
    (draft,) = read_drafts(made_gold.gold_set(tmp_path))
    assert draft.name == "03-lamp-works" and len(draft.claims) == 5 and str(draft.article.published) == "2025-03-14"
    for claim, row in zip(draft.claims, made_gold.claims(), strict=True):
        assert claim.span.of(draft.article.text) == row["quote"]
        for item in claim.evidence:
            assert all(place.of(draft.source(item.file).document.text) == item.quote for place in item.places)
    assert draft.facts == {"domain": "business", "genre": "news", "natural": "planted"}
    assert draft.claims[4].facts["planted"] == "number" and draft.claims[0].facts["gray"] == "clear"


def test_sealed_drafts_are_not_opened_unless_they_are_asked_for(tmp_path: Path) -> None:
    """The test split here cannot even be read, which the development split never notices."""
    gold = made_gold.gold_set(tmp_path)
    assert [draft.name for draft in read_drafts(gold, "dev")] == ["03-lamp-works"]
    assert validated(gold, "dev").faults == []
    with pytest.raises(InputError, match="not JSON"):
        read_drafts(gold, "test")
    with pytest.raises(UsageError, match="the split 'test'"):
        read_drafts(gold / "04-sealed", "dev")


def test_a_file_of_splits_wins_over_the_numbers(tmp_path: Path) -> None:
    """By name or by number; a draft that is in no list is sealed."""
    gold = made_gold.gold_set(tmp_path)
    made_gold.gold_draft(gold / "06-new", "06")
    (gold / "splits.toml").write_text('dev = ["04-sealed"]\ntest = [3]\n')
    assert [folder.name for folder in folders(gold, "dev")] == ["04-sealed"]
    assert [folder.name for folder in folders(gold, "test")] == ["03-lamp-works", "06-new"]


def test_the_plain_form_needs_only_drafts_sources_and_claims(tmp_path: Path) -> None:
    """Ids, kinds and restatements are filled in, and sources shared by all drafts."""
    (draft,) = read_drafts(made_gold.plain_set(tmp_path))
    assert [claim.id for claim in draft.claims] == [f"lamps-{number}" for number in range(1, 6)]
    assert len(draft.sources) == 3 and draft.claims[4].verdict is Label.CONTRADICTED
    own = tmp_path / "sources" / "lamps"
    own.mkdir()
    for file, _, text in made_gold.SOURCES:
        (own / file).write_text(text, encoding="utf-8")
    made_gold.rows(tmp_path / "claims.jsonl")
    assert {source.file for source in read_drafts(tmp_path)[0].sources} == {
        f"lamps/{file}" for file, _, _ in made_gold.SOURCES
    }


def _claim(**changed: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        made = made_gold.claims()
        made[0] |= changed
        made_gold.rows(folder / "claims.jsonl", *made)

    return change


def _source(folder: Path) -> None:
    (folder / "sources" / "new.txt").write_text("A new one.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_claim(quote="The Harrowick lamp works employs 241 people."), "stand 0 times in the draft"),
        (_claim(nth=2), "1 times in the draft, not 2"),
        (_claim(verdict="true"), "'true' for a Label"),
        (_claim(evidence=[made_gold.evidence("minutes.txt", "The works employ 240 people.")]), "do not stand in"),
        (_claim(evidence=[made_gold.evidence("other.txt", "x")]), "which is no source of the draft"),
        (_claim(evidence=[]), "is supported by nothing"),
        (_claim(verdict="not_enough_evidence"), "open and has evidence that decides"),
        (_claim(difficulty="hardest"), "difficulty"),
        (_claim(id="03-02"), "has the id '03-02' of another row"),
        (lambda folder: made_gold.rows(folder / "nonclaims.jsonl"), "is in no row"),
        (_source, "is named by no row"),
        (lambda folder: (folder / "draft.toml").write_text("words = 1"), "has no domain"),
    ],
)
def test_each_fault_is_named_without_the_words(tmp_path: Path, change: Callable[[Path], None], said: str) -> None:
    """A fault has a file and an id; sealed drafts can be validated by those who must not read them."""
    folder = made_gold.gold_draft(tmp_path / "03-lamp-works")
    change(folder)
    found = validated(tmp_path)
    assert any(said in line for line in found.faults), found.faults
    assert not any("Harrowick" in line or "cheerful" in line for line in found.faults)


def test_validate_tells_what_there_is_and_leaves_with_1_at_a_fault(tmp_path: Path) -> None:
    """The exit status is what a build looks at."""
    folder = made_gold.gold_draft(tmp_path / "03-lamp-works")
    whole = CliRunner().invoke(app, ["eval", "gold", "validate", str(tmp_path)])
    assert whole.exit_code == 0 and "1 drafts (dev 1), 5 claims" in whole.output
    (folder / "nonclaims.jsonl").unlink()
    assert CliRunner().invoke(app, ["eval", "gold", "validate", str(folder)]).exit_code == 1


def test_labelled_claims_become_rows_of_the_verification_form(tmp_path: Path) -> None:
    """Each with the passage of its evidence, never with nothing to read; quotations are left to the end to end."""
    drafts = read_drafts(made_gold.gold_set(tmp_path))
    made = list(pair_rows(drafts))
    pairs = pairs_of((Row("test", row) for row in made), "test")
    assert [pair.id for pair in pairs.items] == ["03-01", "03-02", "03-03", "03-05"]
    assert "£9,000" in pairs.items[3].evidence[0][1] and pairs.items[3].gold == "contradicted"
    assert all(pair.evidence for pair in pairs.items) and pairs.items[0].cluster == "03-lamp-works"


def test_suites_name_runs_relative_to_their_file(tmp_path: Path) -> None:
    """An unknown key is an error: a misspelt limit would run everything."""
    file = tmp_path / "suites.toml"
    file.write_text('[[suite]]\nname = "a"\ntask = "verify"\ndata = "gold"\nlimit = 3\n')
    (suite,) = read_suites(file)
    assert (suite.data, suite.limit, suite.engine, suite.split) == (tmp_path / "gold", 3, "embedded", "dev")
    file.write_text('[[suite]]\nname = "a"\ntask = "verify"\ndata = "gold"\nlimits = 3\n')
    with pytest.raises(InputError, match="'limits'"):
        read_suites(file)
