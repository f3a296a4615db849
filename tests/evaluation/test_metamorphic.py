"""Metamorphic trials: what each change does to a claim, and which pairs of verdicts pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import made_gold
import pytest
from typer.testing import CliRunner

from checker.cli import app
from checker.evaluation import changes
from checker.evaluation.datasets.drafts import read_drafts
from checker.evaluation.datasets.metamorphic import NOT_SUPPORTED, Trial, trials
from checker.evaluation.figures import summary
from checker.evaluation.log import read_run
from checker.evaluation.tasks.metamorphic import CONSISTENT, INCONSISTENT, WRONG_BEFORE, Stage
from checker.evaluation.tasks.task import Item
from checker.model import Article, Claim, Evidence, Label, Source, Span, Stance, Unchecked, Usage, Verdict
from checker.ports import Retrieval
from checker.settings import Settings

SAID = "The mill has 40 looms and opened on 3 May 1998 in Dale."


@pytest.mark.parametrize(
    ("change", "claim", "changed"),
    [
        (changes.number_up, "The mill has 40 looms.", "The mill has 60 looms."),
        (changes.number_down, "The mill paid £1,200 for it.", "The mill paid £792 for it."),
        (changes.number_up, "The mill has at least 40 looms.", None),
        (changes.number_up, "Of the looms 81 per cent run.", None),
        (changes.number_up, "It opened in 1998.", None),
        (changes.unit, "The road is 12 km long.", "The road is 12 metres long."),
        (changes.another_date, "The mill opened in 1998.", "The mill opened in 1999."),
        (changes.another_date, "The mill opened on Monday.", "The mill opened on Wednesday."),
        (changes.negation, "The mill was sold.", "The mill was not sold."),
        (changes.negation, "The mill was never sold.", None),
        (changes.negation, "The mill that was sold burnt.", None),
        (changes.hedge_removed, "The mill is expected to close.", "The mill will certainly close."),
        (changes.hedge_removed, "Visitors may enter.", None),
        (changes.quotation_truncated, "She said: “We are glad.”", None),
        (changes.name_swapped, "Ann Lowe said: “It is late.”", None),
    ],
)
def test_a_change_is_made_where_its_effect_is_known(change: changes.Change, claim: str, changed: str | None) -> None:
    """And nowhere else: a bound, a share over the whole, or a denial in a side clause has no known effect."""
    assert change(claim, SAID) == changed


def test_names_that_come_in_stand_in_no_source() -> None:
    """So nothing can happen to support the changed claim."""
    claim = "Ann Lowe runs the mill."
    made = changes.name_swapped(claim, "")
    assert made is not None and made.endswith(" runs the mill.") and "Lowe" not in made
    assert changes.name_swapped(claim, made) != made
    spoken = changes.another_speaker("Ann Lowe said: “It is late.”", "")
    assert spoken is not None and spoken.endswith(" said: “It is late.”")


def test_quotations_lose_words_or_change_one() -> None:
    """The rest of the claim stays as it is."""
    claim = "Ann Lowe said: “We have never missed a delivery in eleven winters.”"
    cut, altered = changes.quotation_truncated(claim, ""), changes.quotation_altered(claim, "")
    assert cut is not None and len(cut.split()) == len(claim.split()) - 2
    assert altered is not None and sum(a != b for a, b in zip(altered.split(), claim.split(), strict=True)) == 1


@pytest.fixture
def made(tmp_path: Path) -> tuple[Trial, ...]:
    return trials(read_drafts(made_gold.gold_set(tmp_path / "gold")))


def test_trials_come_from_claims_that_are_supported_and_their_own_sources(made: tuple[Trial, ...]) -> None:
    """A contradicted claim has only its sources changed."""
    assert {trial.change for trial in made} >= {"number_up", "date", "negation", "name_swapped", "wrong_speaker"}
    of_words = [trial for trial in made if trial.before.text != trial.after.text]
    assert of_words and all(trial.allowed == NOT_SUPPORTED for trial in of_words)
    assert all(trial.claim.verdict is Label.SUPPORTED for trial in of_words)
    assert {source.file for trial in of_words for source in trial.before.sources} == {"minutes.txt", "register.txt"}
    assert len({trial.id for trial in made}) == len(made)


@dataclass
class Planted:
    """A bench that answers every claim alike; it supports with the first words of the first source."""

    label: Label
    settings: Settings = field(default_factory=Settings)

    @property
    def engine(self) -> Planted:
        return self

    def usage(self) -> Usage:
        return Usage()

    def judged(
        self, article: Article, sources: Sequence[Source], pairs: Sequence[tuple[Claim, Retrieval]]
    ) -> list[Verdict | Unchecked]:
        span = Span(0, 5)
        shown = Evidence(sources[0].id, span, span.of(sources[0].text), Stance.SUPPORTS)
        evidence = (shown,) if self.label is Label.SUPPORTED else ()
        return [Verdict(claim, self.label, 0.9, evidence=evidence) for claim, _ in pairs]


def outcomes_of(bench: object, made: Sequence[Trial]) -> Iterator[str | None]:
    stage = Stage(bench)  # type: ignore[arg-type]
    return (outcome.predicted for outcome in stage.outcomes([Item(trial.id, trial.digest, trial) for trial in made]))


def test_an_engine_that_always_says_one_thing_is_caught(made: tuple[Trial, ...]) -> None:
    """Always supported keeps what it must drop; never supported has proved nothing."""
    of_words = [trial for trial in made if trial.allowed is not None]
    assert set(outcomes_of(Planted(Label.SUPPORTED), of_words)) == {INCONSISTENT}
    assert set(outcomes_of(Planted(Label.NOT_ENOUGH_EVIDENCE), of_words)) == {WRONG_BEFORE}
    rest = [trial for trial in made if trial.allowed is None]
    assert set(outcomes_of(Planted(Label.SUPPORTED), rest)) <= {CONSISTENT}


@pytest.mark.slow
def test_a_run_over_a_gold_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures for every change; the embedded engine supports no changed claim of the tiny draft."""
    monkeypatch.setenv("CHECKER_INDEX__CACHE_DIR", str(tmp_path / "cache"))
    gold = made_gold.gold_set(tmp_path / "gold")
    out = tmp_path / "run"
    result = CliRunner().invoke(
        app, ["eval", "run", "metamorphic", "--data", str(gold), "--limit", "12", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    figures = {figure.name: figure.value for figure in summary(read_run(out).outcomes, "metamorphic")}
    assert figures["false_reassurance"] == 0 and figures["consistency"] >= 0.5
    assert {name for name in figures if name.startswith("consistency:")} >= {"consistency:number_up"}
