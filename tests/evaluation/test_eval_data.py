"""Data of the documented forms: what is read, and the one line that says what is wrong with a row."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from checker.embedded.windows import WINDOW, windows
from checker.errors import CheckerError, InputError, UsageError
from checker.evaluation.datasets.extraction import CHECKABLE, NOT_CHECKABLE, Labelled, Marked, read_extraction
from checker.evaluation.datasets.labels import parse_labels
from checker.evaluation.datasets.published import published
from checker.evaluation.datasets.retrieval import read_collection
from checker.evaluation.datasets.verification import read_pairs
from checker.language.words import words

ROW = {"id": "a1", "claim": "The bridge opened in May.", "evidence": "The bridge opened in June.", "label": "REFUTED"}


def lines(path: Path, *rows: Any) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_evidence_may_be_a_text_a_list_of_texts_or_titled_texts(tmp_path: Path) -> None:
    """All three are read as (title, text); an empty evidence is a claim with nothing to read."""
    shapes = ["One.", ["One.", "Two."], [{"title": "Minutes", "text": "One."}, {"text": "Two."}], "", []]
    rows = [ROW | {"id": f"a{at}", "evidence": shape} for at, shape in enumerate(shapes)]
    read = [pair.evidence for pair in read_pairs(lines(tmp_path / "d.jsonl", *rows)).items]
    assert read == [
        (("", "One."),),
        (("", "One."), ("", "Two.")),
        (("Minutes", "One."), ("", "Two.")),
        (),
        (),
    ]


def test_jsonl_gz_and_json_lists_hold_the_same_items(tmp_path: Path) -> None:
    """The form of the file makes no difference to the items or their digests."""
    plain = read_pairs(lines(tmp_path / "d.jsonl", ROW))
    (tmp_path / "d.json").write_text(json.dumps([ROW]), encoding="utf-8")
    with gzip.open(tmp_path / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(ROW))
    assert plain == read_pairs(tmp_path / "d.json") == read_pairs(tmp_path / "d.jsonl.gz")
    changed = read_pairs(lines(tmp_path / "e.jsonl", ROW | {"label": "SUPPORTED"}))
    assert changed.items[0].digest != plain.items[0].digest


def test_cluster_and_facts_are_kept(tmp_path: Path) -> None:
    """Items of one article share a cluster, facts split tables, and the set's own label stays readable."""
    row = ROW | {"cluster": "article 3", "facts": {"domain": "transport"}}
    pair = read_pairs(lines(tmp_path / "d.jsonl", row)).items[0]
    assert (pair.cluster, pair.facts) == ("article 3", {"domain": "transport", "label": "REFUTED"})
    bare = read_pairs(lines(tmp_path / "e.jsonl", ROW | {"page": "P"}), cluster="page").items[0]
    assert bare.cluster == "P"


@pytest.mark.parametrize(
    ("labels", "classes"),
    [
        (["SUPPORTS", "REFUTES", "NOT ENOUGH INFO"], "supported contradicted not_enough_evidence"),
        (["SUPPORT", "CONTRADICT", "NOT_ENOUGH_INFO"], "supported contradicted not_enough_evidence"),
        (
            ["Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"],
            "supported contradicted not_enough_evidence mixed",
        ),
        (["entailment", "contradiction", "neutral"], "supported contradicted not_enough_evidence"),
        (["SUPPORTED", "NOT_SUPPORTED"], "supported not_supported"),
        (["SUPPORTED", "CONFLICTING"], "supported mixed"),
    ],
)
def test_labels_of_known_sets_are_read(tmp_path: Path, labels: list[str], classes: str) -> None:
    """FEVER, SciFact, AVeriTeC, NLI and two classes become ours."""
    rows = [ROW | {"id": str(at), "label": label} for at, label in enumerate(labels)]
    pairs = read_pairs(lines(tmp_path / "d.jsonl", *rows))
    assert [pair.gold for pair in pairs.items] == classes.split()
    assert set(pairs.classes) == set(classes.split())


def test_one_two_class_label_makes_a_two_class_set(tmp_path: Path) -> None:
    """Where nobody said whether a claim is refuted or unsaid, no other item is asked that either."""
    rows = [
        ROW | {"id": str(at), "label": label} for at, label in enumerate(["SUPPORTED", "PARTIAL", "REFUTED", "NEI"])
    ]
    pairs = read_pairs(lines(tmp_path / "d.jsonl", *rows))
    assert [pair.gold for pair in pairs.items] == ["supported", *["not_supported"] * 3]
    assert pairs.classes == ("supported", "not_supported")


def test_own_labels_are_read_as_said(tmp_path: Path) -> None:
    """--labels wins over what is known, and takes labels that nobody else has."""
    rows = [ROW | {"label": "ja"}, ROW | {"id": "a2", "label": 0}, ROW | {"id": "a3", "label": "PARTIAL"}]
    own = parse_labels("Ja=supported, 0=contradicted,partial=mixed")
    read = read_pairs(lines(tmp_path / "d.jsonl", *rows), own)
    assert [pair.gold for pair in read.items] == ["supported", "contradicted", "mixed"]
    for bad in ("yes", "yes=true", "=supported"):
        with pytest.raises(UsageError, match="does not say what a label means"):
            parse_labels(bad)


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in (ROW | {"id": "a2"}).items() if key != name}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (ROW | {"id": "a2", "label": "dunno"}, "unknown label 'dunno'. Say what it means: --labels"),
        (without("claim"), 'has no field "claim". It has evidence, id, label'),
        (without("id"), 'has no field "id"'),
        (without("label"), 'has no field "label"'),
        (without("evidence"), 'has no field "evidence". Write a text, a list of texts'),
        (ROW | {"id": "a2", "claim": " "}, 'has no text under "claim"'),
        (ROW | {"id": "a2", "evidence": [{"title": "T"}]}, 'has an "evidence" that cannot be read'),
        (ROW, "has the id 'a1' of line 1 again"),
        ([1], "is not a JSON object"),
    ],
)
def test_a_bad_row_is_one_line_that_says_where_and_what_to_do(tmp_path: Path, row: Any, says: str) -> None:
    """File, line, fault and remedy; no row is left out in silence."""
    path = lines(tmp_path / "d.jsonl", ROW, row)
    with pytest.raises(InputError) as caught:
        read_pairs(path)
    line = caught.value.line()
    assert line.startswith(f"{path}, line 2: ") and says in line and "\n" not in line


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("d.jsonl", b'{"id": 1\n', "line 1: is not JSON"),
        ("d.json", b"{}", "is not a list"),
        ("d.jsonl.gz", b"no gzip", "is not a whole gzip file"),
        ("d.jsonl", b"\xff\xfe", "is not UTF-8"),
        ("d.csv", b"a,b", "is of no form that can be read"),
        ("d.jsonl", b"", "has no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    """A damaged or foreign file is an input error, not a traceback."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_pairs(tmp_path / name)


def beir(folder: Path, qrels: str) -> Path:
    folder.mkdir(exist_ok=True)
    lines(
        folder / "corpus.jsonl", {"_id": "d1", "title": "Tides", "text": "High at six."}, {"_id": "d2", "text": "Low."}
    )
    lines(folder / "queries.jsonl", {"_id": "q1", "text": "When is high tide?"}, {"_id": "q2", "text": "Who asked?"})
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_beir_folder_is_read(tmp_path: Path) -> None:
    """Grades over 0 are answers; a query without one is left out and counted."""
    found = read_collection(beir(tmp_path / "b", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n"))
    assert [(query.id, dict(query.grades)) for query in found.queries] == [("q1", {"d1": 2})]
    assert (len(found.pages), found.unanswered) == (2, 1)


def test_a_set_and_split_are_named_where_a_folder_holds_several(tmp_path: Path) -> None:
    """`FOLDER/name:split` picks the files; without it the choice is said to be open."""
    lines(tmp_path / "one_corpus.jsonl", {"id": "d1", "text": "High at six."})
    lines(tmp_path / "two_corpus.jsonl", {"id": "d9", "text": "Low at noon."})
    for split in ("dev", "test"):
        lines(tmp_path / f"one_queries_{split}.jsonl", {"id": f"q-{split}", "text": "When?"})
        lines(tmp_path / f"one_qrels_{split}.jsonl", {"query_id": f"q-{split}", "doc_id": "d1", "score": 1})
    found = read_collection(tmp_path / "one:test")
    assert [query.id for query in found.queries] == ["q-test"]
    with pytest.raises(InputError, match=r"has 2 files that may be the corpus"):
        read_collection(tmp_path)


@pytest.mark.parametrize(
    ("qrels", "says"),
    [
        ("query-id\tcorpus-id\tscore\nq1\td7\t1\n", "line 2: names the document 'd7', which the corpus lacks"),
        ("query-id\tcorpus-id\tscore\nq1\td1\tgood\n", "line 2: has the score 'good'"),
        ("query-id\tcorpus-id\tscore\nq1\td1\n", "line 2: has 2 columns where the first line has 3"),
        ("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td1\t2\n", "line 3: grades 'd1' for 'q1' a second time"),
        ("query-id\tcorpus-id\tscore\n", "has no query with an answer"),
    ],
)
def test_bad_grades_are_said(tmp_path: Path, qrels: str, says: str) -> None:
    """A grade for a document that is not there would make every system look worse."""
    with pytest.raises(InputError, match=says):
        read_collection(beir(tmp_path / "b", qrels))


def test_sentences_and_spans_are_the_two_forms_of_extraction(tmp_path: Path) -> None:
    """Labels say whether a sentence can be checked; spans are code points into the text."""
    rows = [{"id": "s1", "sentence": "It rained.", "label": "CFS"}, {"id": "s2", "text": "Lovely!", "label": 0}]
    told = read_extraction(lines(tmp_path / "s.jsonl", *rows))
    assert [item.gold for item in told if isinstance(item, Labelled)] == [CHECKABLE, NOT_CHECKABLE]
    row = {"id": "t1", "text": "It rained.", "claims": [{"start": 0, "end": 10, "claim": "It rained on Monday."}]}
    marked = read_extraction(lines(tmp_path / "t.jsonl", row))[0]
    assert isinstance(marked, Marked) and marked.claims[0][0].of(marked.text) == "It rained."
    with pytest.raises(InputError, match="line 2: is of another form"):
        read_extraction(lines(tmp_path / "u.jsonl", row, rows[0]))
    with pytest.raises(InputError, match="from 0 to 99 in a text of 10 characters"):
        read_extraction(lines(tmp_path / "v.jsonl", row | {"claims": [{"start": 0, "end": 99}]}))
    with pytest.raises(InputError, match="unknown label 'meh'"):
        read_extraction(lines(tmp_path / "w.jsonl", rows[0] | {"label": "meh"}))


def test_every_public_set_says_what_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Licence, source, how to obtain it, classes and primary figure; one that is not there says so in one line."""
    monkeypatch.setenv("CHECKER_DATA", str(tmp_path))
    for item in published().values():
        assert item.licence and item.address.startswith("https://") and item.obtain and item.classes and item.measure
        with pytest.raises(InputError) as caught:
            item.required({"CHECKER_DATA": str(tmp_path)})
        assert item.address in caught.value.line() and item.licence in caught.value.line()


@pytest.mark.parametrize("name", sorted(published()))
def test_public_sets_that_are_here_are_read_whole(name: str) -> None:
    """Where a copy is at hand, every row of it is of the documented form."""
    item = published()[name]
    if not item.there():
        pytest.skip("the public sets are not here: set CHECKER_DATA")
    if item.task == "verify":
        pairs = read_pairs(item.required(), rationale=item.rationale, cluster=item.cluster)
        assert ", ".join(pairs.classes) == item.classes and len(pairs.items) >= 200
    elif item.task == "extract":
        assert len(read_extraction(item.required())) > 300
    else:
        assert len(read_collection(item.required()).queries) > 100


def test_windows_hold_every_word_and_none_is_too_long() -> None:
    """Long evidence is read whole, in windows that overlap, each text under its title."""
    text = " ".join(
        f"On day {number} the ferry carried {number * 7} passengers to Gannet Head." for number in range(60)
    )
    found = windows([("Harbour log", text), ("", "A short note.")])
    assert len(found) > 8
    for window in found:
        assert len(windows([("", window)], WINDOW + 24)) == 1
    seen = {word for window in found for word, _, _ in words(window)}
    assert {word for word, _, _ in words(text)} <= seen and "note" in seen
    assert found[0].startswith("Harbour log. On day 0")
    assert windows([]) == [""]


def test_a_sentence_longer_than_a_window_is_cut_with_overlap() -> None:
    """A table read as one sentence loses nothing."""
    row = " ".join(f"cell{number}" for number in range(400))
    found = windows([("", row)])
    assert len(found) > 2 and {word for window in found for word in window.split()} >= {"cell0", "cell200", "cell399"}


def test_errors_are_of_the_tree() -> None:
    """What is said to a user is a CheckerError, so the command prints one line."""
    assert issubclass(InputError, CheckerError)
