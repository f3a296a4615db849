"""Retrieval in BEIR form: a folder with documents, queries, and which document answers which query.

    corpus.jsonl   {"_id": "d1", "title": "...", "text": "..."}
    queries.jsonl  {"_id": "q1", "text": "..."}
    qrels.tsv      query-id<TAB>corpus-id<TAB>score, with that first line; or qrels/test.tsv, dev.tsv
    qrels.jsonl    {"query_id": "q1", "doc_id": "d1", "score": 1}

`id` does as well as `_id`, and each file may be `.gz`. Names before and behind do as well (`mine_corpus.jsonl.gz`,
`mine_qrels_dev.jsonl.gz`); where a folder holds several sets, `--data FOLDER/mine:dev` names the set and the split.
A score of 0 says that the document is no answer. A query without an answer is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import InputError
from checker.evaluation.datasets.rows import FORMS, Row, read_rows, unique
from checker.evaluation.records import digest


@dataclass(frozen=True, slots=True)
class Page:
    """A document to be found."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question and the grades, over 0, of the documents that answer it."""

    id: str
    text: str
    grades: Mapping[str, int]

    @property
    def digest(self) -> str:
        return digest([self.text, dict(self.grades)])


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents and queries. `unanswered` counts queries that no document answers."""

    pages: tuple[Page, ...]
    queries: tuple[Query, ...]
    unanswered: int = 0


def read_collection(path: Path) -> Collection:
    """The collection in a folder; `FOLDER/name:split` where it holds several. Raises InputError."""
    folder, name, split = _named(path)
    pages = tuple(
        Page(id, row.optional("title"), _body(row)) for row, id in _identified(_only(folder, name, "corpus", ""))
    )
    texts = {id: row.text("text") for row, id in _identified(_only(folder, name, "queries", split))}
    grades = _grades(_only(folder, name, "qrels", split), {page.id for page in pages}, texts)
    queries = tuple(Query(id, texts[id], grades[id]) for id in texts if grades.get(id))
    if not queries:
        raise InputError("has no query with an answer", where=str(path), hint="See which ids the qrels name.")
    return Collection(pages, queries, len(texts) - len(queries))


def _named(path: Path) -> tuple[Path, str, str]:
    """Folder, name of the set and split."""
    if path.is_dir():
        return path, "", ""
    name, _, split = path.name.partition(":")
    if path.parent.is_dir() and name:
        return path.parent, name, split
    raise InputError("there is no such folder", where=str(path), hint="Name the folder of a BEIR set with --data.")


def _only(folder: Path, name: str, part: str, split: str) -> Path:
    """The one file of the folder that is `part` of the set `name`."""
    every = [file for file in sorted((*folder.glob("*"), *folder.glob(f"{part}/*"))) if _is_data(file)]
    found = [file for file in every if part in str(file.relative_to(folder)) and file.name.startswith(name)]
    if part == "qrels" and not any(file.parent == folder for file in found):
        found = [file for file in every if file.parent.name == part]
    exact = [file for file in found if split and split in file.name] or found
    if len(exact) == 1:
        return exact[0]
    what = ", ".join(str(file.relative_to(folder)) for file in exact) or "none"
    raise InputError(
        f"has {len(exact)} files that may be the {part} ({what})",
        where=str(folder),
        hint=f"Name one {part}.jsonl, or say which set and split: --data FOLDER/NAME:SPLIT.",
    )


def _is_data(file: Path) -> bool:
    return file.is_file() and file.name.lower().removesuffix(".gz").endswith(FORMS)


def _identified(path: Path) -> Iterable[tuple[Row, str]]:
    return unique((row, row.text("_id", "id")) for row in read_rows(path))


def _body(row: Row) -> str:
    """A document's text, which may be empty where it has a title."""
    return row.optional("text") if row.optional("title") else row.text("text")


def _grades(path: Path, pages: set[str], queries: Mapping[str, str]) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for row in read_rows(path):
        query, page = row.text("query-id", "query_id"), row.text("corpus-id", "doc_id", "corpus_id")
        if query not in queries:
            continue  # of another split
        if page not in pages:
            raise row.error(f"names the document {page!r}, which the corpus lacks", "Add the document to the corpus.")
        score = _score(row)
        if page in grades.get(query, {}) and grades[query][page] != score:
            raise row.error(f"grades {page!r} for {query!r} a second time", "Keep one of the two lines.")
        if score > 0:
            grades.setdefault(query, {})[page] = score
    return grades


def _score(row: Row) -> int:
    value = row.values.get("score", 1)
    try:
        return int(value)
    except (TypeError, ValueError) as error:
        raise row.error(f"has the score {value!r}", "Write a whole number; 0 is no answer.") from error
