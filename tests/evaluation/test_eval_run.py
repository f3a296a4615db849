"""Running: what is kept, what is asked again, and the faults that must not pass unseen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.errors import EngineError, InputError, UsageError
from checker.evaluation.datasets.verification import Pair
from checker.evaluation.engines.baselines import ClaimWords, Majority, Overlap
from checker.evaluation.engines.folds import ClaimFolds
from checker.evaluation.engines.judging import likeliest
from checker.evaluation.figures import summary
from checker.evaluation.log import RunFolder, read_run
from checker.evaluation.records import Outcome, Usage
from checker.evaluation.run import Plan, Result, drawn, run, same
from checker.evaluation.tasks.task import EngineCard, Item, Request, Work, chosen, task_named
from checker.settings import Settings, load_settings

ITEMS = [Item(f"i{number}", f"digest{number}", number) for number in range(6)]
PLAN = Plan(task="verify", data="d.jsonl")


def outcome(item: Item, **changed: Any) -> Outcome:
    made = Outcome(item.id, item.id, item.digest, "supported", "supported", usage=Usage(calls=1))
    return replace(made, **changed)


class Counting:
    """Answers every item, keeps what it was asked, and does what it is told at one of them."""

    def __init__(self, **at: Any) -> None:
        self.asked: list[str] = []
        self.at = at

    def answer(self, items: Sequence[Item]) -> Iterator[Outcome]:
        for item in items:
            self.asked.append(item.id)
            deed = self.at.get(item.id)
            if isinstance(deed, BaseException):
                raise deed
            if deed is None:
                yield outcome(item)
            elif deed != "drop":
                yield outcome(item, **deed)

    def work(self, **card: Any) -> Work:
        return Work(
            "verify", ITEMS, ("supported", "contradicted"), "accuracy", EngineCard("planted", **card), self.answer
        )


def run_it(engine: Counting, folder: Path, plan: Plan = PLAN, **card: Any) -> Result:
    work = engine.work(**card)
    items = drawn(work.items, plan.limit, plan.seed)
    return run(work, plan, RunFolder(folder, same(work, plan, items)), items)


def test_a_run_is_a_folder_with_a_manifest_and_a_line_an_item(tmp_path: Path) -> None:
    """What was run, with versions and digests, and what each item came to."""
    result = run_it(Counting(), tmp_path / "r", models={"reader": "r/1"})
    assert (result.planned, result.resumed, result.complete, result.unscored) == (6, 0, True, ())
    back = read_run(tmp_path / "r")
    assert back.complete and back.outcomes == result.outcomes
    told = back.manifest
    assert (told["items"], told["scored"], told["unscored"], told["usage"]["calls"]) == (6, 6, 0, 6)
    assert told["models"] == {"reader": "r/1"} and told["started"] <= told["ended"] and told["versions"]["python"]


def test_a_killed_run_goes_on_and_asks_only_the_rest(tmp_path: Path) -> None:
    """Interrupted half-way, the torn line of the kill is dropped, what was answered is not asked again."""
    first = Counting(i3=KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        run_it(first, tmp_path / "r")
    assert not read_run(tmp_path / "r").complete
    with (tmp_path / "r" / "samples.jsonl").open("ab") as file:
        file.write(b'{"id": "i3", "clus')
    second = Counting()
    result = run_it(second, tmp_path / "r")
    assert second.asked == ["i3", "i4", "i5"]
    assert (result.resumed, result.complete) == (3, True)
    assert [one.id for one in read_run(tmp_path / "r").outcomes] == [item.id for item in ITEMS]
    third = Counting()
    assert run_it(third, tmp_path / "r").complete and third.asked == []


def test_what_could_not_be_scored_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    """A fault is counted apart: accuracy is over the others, and the share without a score is a figure of its own."""
    fault = {"predicted": None, "fault": "refused: the model declined"}
    result = run_it(Counting(i1=fault, i2={"predicted": "contradicted"}), tmp_path / "r")
    figures = {figure.name: figure for figure in summary(result.outcomes, "verify", ("supported", "contradicted"))}
    assert (figures["accuracy"].value, figures["accuracy"].n) == (0.8, 5)
    assert figures["unscored"].value == pytest.approx(1 / 6)
    assert len(result.unscored) == 1 and result.complete
    again = Counting()
    assert not run_it(again, tmp_path / "r").unscored and again.asked == ["i1"]
    assert len(read_run(tmp_path / "r").outcomes) == 6


def test_a_spent_budget_leaves_the_run_partial(tmp_path: Path) -> None:
    """Items that nobody paid for keep the run from being complete, so no baseline is made of it."""
    result = run_it(Counting(i5={"predicted": None, "fault": "skipped_budget: the cap"}), tmp_path / "r")
    assert not result.complete and not read_run(tmp_path / "r").complete


@pytest.mark.parametrize(
    "deed", ["drop", {"id": "i0"}, {"digest": "digest0"}], ids=["dropped", "another id", "another digest"]
)
def test_an_engine_that_drops_or_mixes_up_an_item_is_caught(tmp_path: Path, deed: Any) -> None:
    """An answer that is not of the item asked would be scored on another's gold."""
    with pytest.raises(EngineError, match=r"was asked for the item 'i2' and answered the item"):
        run_it(Counting(i2=deed), tmp_path / "r")
    with pytest.raises(EngineError, match="answered nothing"):
        run_it(Counting(i5="drop"), tmp_path / "s")


def spoil(folder: Path, change: Any) -> None:
    path = folder / "samples.jsonl"
    path.write_text("\n".join(change(path.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda lines: lines[:-1], "has 5 items of the 6"),
        (lambda lines: [*lines, lines[0]], "has the item 'i0' a second time"),
        (lambda lines: [*lines, "{}"], "line 7: is not an outcome"),
    ],
    ids=["a dropped line", "a doubled line", "a damaged line"],
)
def test_a_spoilt_log_is_not_read(tmp_path: Path, change: Any, says: str) -> None:
    """A line that is gone, there twice or damaged is an error, not a smaller n."""
    run_it(Counting(), tmp_path / "r")
    spoil(tmp_path / "r", change)
    with pytest.raises(InputError, match=says):
        read_run(tmp_path / "r")


def test_another_engine_or_other_data_never_goes_into_the_same_folder(tmp_path: Path) -> None:
    """A folder holds one run; what differs is named."""
    run_it(Counting(), tmp_path / "r")
    with pytest.raises(UsageError, match="another models"):
        run_it(Counting(), tmp_path / "r", models={"reader": "r/2"})
    with pytest.raises(UsageError, match="another limit and items and data_digest"):
        run_it(Counting(), tmp_path / "r", replace(PLAN, limit=2))
    spoil(tmp_path / "r", lambda lines: [lines[0].replace("digest0", "digest9"), *lines[1:]])
    with pytest.raises(InputError, match="'i0', which is another item"):
        run_it(Counting(), tmp_path / "r")


def test_a_limit_draws_the_same_items_whatever_their_order() -> None:
    """The seed and the ids decide, and a larger limit holds the smaller one."""
    some = [item.id for item in drawn(ITEMS, 3, 7)]
    assert some == [item.id for item in drawn(ITEMS[::-1], 3, 7)]
    assert some == [item.id for item in drawn(ITEMS, 5, 7)][:3]
    assert some != [item.id for item in drawn(ITEMS, 3, 8)]
    assert drawn(ITEMS, None, 7) == ITEMS == drawn(ITEMS, 99, 7)


def test_tasks_and_engines_are_named_in_the_errors() -> None:
    """A slip in a name is answered with the names there are."""
    with pytest.raises(UsageError, match=r"Tasks: verify, retrieve, extract"):
        task_named("verfy")
    task, ready = task_named("fever_gold_dev")
    assert ready is not None and ready.task == "verify"
    with pytest.raises(UsageError, match="Engines: embedded, prompted"):
        chosen(task, "oracle")


def pair(claim: str, evidence: str, gold: str = "supported", id: str = "p") -> Pair:
    return Pair(id, claim, (("Harbour log", evidence),), gold, id)


SRN = ("supported", "contradicted", "not_enough_evidence")


def test_overlap_has_a_rule_for_denials_and_one_for_numbers() -> None:
    """The same words support, with a denial or another number they contradict, and other words leave it open."""
    said = [
        judged.label
        for judged in Overlap(SRN).judge(
            [
                pair("The ferry carried 40 passengers.", "The ferry carried 40 passengers on Monday."),
                pair("The ferry carried 40 passengers.", "The ferry carried 45 passengers on Monday."),
                pair("The ferry did not leave the harbour.", "The ferry did leave the harbour."),
                pair("The ferry carried 40 passengers.", "Rain fell all day."),
                Pair("p", "The ferry sank.", (), "supported", "p"),
            ]
        )
    ]
    assert said == ["supported", *["contradicted"] * 2, *["not_enough_evidence"] * 2]


def test_baselines_of_the_claim_alone_read_no_evidence() -> None:
    """Majority, a list of words, and words learnt from other clusters: the same with or without evidence."""
    pairs = [
        pair(f"Ship {number} did {'not ' if number % 2 else ''}sail.", "x", SRN[number % 2], f"p{number}")
        for number in range(40)
    ]
    bare = [replace(one, evidence=()) for one in pairs]
    majority = Majority(SRN, [*["contradicted"] * 2, "supported"])
    assert [judged.label for judged in majority.judge(pairs)] == ["contradicted"] * 40
    for judge in (ClaimWords(SRN), ClaimFolds(SRN[:2], pairs)):
        labels = [judged.label for judged in judge.judge(pairs)]
        assert labels == [judged.label for judged in judge.judge(bare)] == [one.gold for one in pairs]


def test_no_item_is_guessed_by_words_of_its_own_cluster() -> None:
    """One cluster that alone has a word teaches nothing about itself."""
    pairs = [replace(pair("Gannet sails.", "x", "contradicted", f"p{at}"), cluster="one") for at in range(9)]
    pairs += [pair(f"Boat {at} sails.", "x", "supported", f"q{at}") for at in range(20)]
    assert next(ClaimFolds(SRN[:2], pairs).judge(pairs)).label == "supported"


def test_probabilities_are_brought_to_the_classes_of_the_set() -> None:
    """In two classes all that is not support is one; without a class that the set lacks the rest add up to 1."""
    two = likeliest(("supported", "not_supported"), 0.4, 0.3, 0.3)
    assert (two.label, two.probabilities) == ("not_supported", {"supported": 0.4, "not_supported": 0.6})
    pair_of = likeliest(SRN[:2], 0.2, 0.3, 0.5)
    assert (pair_of.label, pair_of.confidence) == ("contradicted", 0.6)


def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path, environ={}, index__cache_dir=tmp_path / "cache")


def answered(task: str, data: Path, engine: str, tmp_path: Path, **more: Any) -> list[Outcome]:
    found, _ = task_named(task)
    with found.opened(Request(data, engine, settings(tmp_path), **more)) as work:
        return list(work.answer(work.items))


ROWS = (
    {
        "id": "v1",
        "claim": "The dredging cost 3.4 million dollars.",
        "evidence": [{"title": "Minutes of the harbour board", "text": "The dredging cost 2.4 million dollars."}],
        "label": "REFUTES",
    },
    {
        "id": "v2",
        "claim": "The lighthouse stands 41 metres above the sea.",
        "evidence": "The lighthouse stands 41 metres above the sea.",
        "label": "SUPPORTS",
    },
    {"id": "v3", "claim": "The ferry was sold to a hotel.", "evidence": "", "label": "NOT ENOUGH INFO"},
)


def test_the_embedded_engine_judges_as_in_a_check(tmp_path: Path) -> None:
    """Its checks, quotes and abstention are there; evidence that repeats the claim is no copy of a draft here."""
    data = tmp_path / "d.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    made = answered("verify", data, "embedded", tmp_path)
    assert [one.predicted for one in made] == ["contradicted", "supported", "not_enough_evidence"]
    assert made[0].facts["basis"] == "check" and "2.4 million" in made[0].texts["quotes"]
    assert all(one.right and one.confidence is not None and one.usage.seconds for one in made)
    reader = answered("verify", data, "reader", tmp_path)
    assert reader[1].predicted == "supported" and sum(reader[1].probabilities.values()) == pytest.approx(1, abs=1e-5)
    assert answered("verify", data, "cosine", tmp_path)[2].predicted == "not_enough_evidence"


def test_search_over_a_beir_folder_is_scored_by_query(tmp_path: Path) -> None:
    """Each query has its ranking and figures, and the index is used again by the next run."""
    folder = tmp_path / "b"
    folder.mkdir()
    texts = {
        "t/1": "High tide at Gannet Head came at six in the morning.",
        "t/2": "The board met to hear the dredging tender.",
        "T/1": "Seals were counted on the outer rocks.",
    }
    corpus = "".join(json.dumps({"_id": id, "title": "Log", "text": text}) + "\n" for id, text in texts.items())
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "When was high tide?"}\n', encoding="utf-8")
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tt/1\t1\n", encoding="utf-8")
    for engine in ("hybrid", "words"):
        made = answered("retrieve", folder, engine, tmp_path)[0]
        assert (made.gold, made.predicted, made.scores["ndcg@10"], made.scores["mrr"]) == ("found", "found", 1.0, 1.0)
        assert next(iter(json.loads(made.texts["ranking"]))) == "t/1"


def test_sentences_and_spans_are_scored(tmp_path: Path) -> None:
    """A sentence has a class, a text has counts; the detector and the engine's extractor answer both."""
    rows = [
        {"id": "s1", "text": "The board spent 2.4 million dollars on dredging in March.", "label": "factual"},
        {"id": "s2", "text": "What a lovely evening, who could ask for more?", "label": "opinion"},
    ]
    data = tmp_path / "s.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for engine in ("detector", "embedded"):
        assert [one.predicted for one in answered("extract", data, engine, tmp_path)] == ["checkable", "not_checkable"]
    text = f"{rows[0]['text']} {rows[1]['text']}"
    marked = {"id": "t1", "text": text, "claims": [{"start": 0, "end": len(rows[0]["text"])}]}
    data.write_text(json.dumps(marked), encoding="utf-8")
    for engine, leaked in (("embedded", 0), ("detector", 0), ("majority", 1)):
        scores = answered("extract", data, engine, tmp_path)[0].scores
        assert (scores["n_gold"], scores["n_matched"], scores["n_covered"], scores["n_leaked"]) == (1, 1, 1, leaked)
