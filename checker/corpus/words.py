"""The lexical leg: a tantivy index of the passages. It is searched with terms only, never with a query language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checker.corpus.figures import parted
from checker.errors import IndexDamagedError
from checker.language.words import STOP_WORDS

if TYPE_CHECKING:
    import tantivy

_HEAP = 64_000_000
_MOST_LETTERS = 60
_TITLE_BOOST = 0.5
_ANALYSER = "english"
_UNDATED = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the lexical index holds it; `day` is the ordinal of the day of publication, 0 where unknown."""

    id: str
    source_id: str
    title: str
    text: str
    day: int = _UNDATED


class WordIndex:
    """Passages by their words. What is read stays as it was when it was opened, whatever a writer does beside it.

    `generation` names the state of the corpus that was indexed; it changes in the same commit as the passages.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index = _open(path)
        self._analyser = _analyser()
        self._empty = frozenset(self._analyser.analyze(" ".join(STOP_WORDS)))
        self.refresh()

    def refresh(self) -> None:
        """Read what was committed last."""
        self._index.reload()
        self._searcher = self._index.searcher()

    @property
    def generation(self) -> str:
        import tantivy

        query = tantivy.Query.term_query(self._index.schema, "kind", "generation")
        hits = self._searcher.search(query, 1).hits
        return str(self._searcher.doc(hits[0][1])["id"][0]) if hits else ""

    @property
    def count(self) -> int:
        """How many passages are in the index."""
        return max(0, self._searcher.num_docs - 1)

    def write(self, rows: Iterable[Row], *, without: Iterable[str] | None, generation: str) -> None:
        """Take out the passages of the sources `without` (all, when None), put `rows` in, and name the state."""
        import tantivy

        writer = self._index.writer(_HEAP, 1)  # one thread, so that the same writes give the same index
        if without is None:
            writer.delete_all_documents()
        else:
            for source_id in without:
                writer.delete_documents_by_term("source", source_id)
        writer.delete_documents_by_term("kind", "generation")
        writer.add_document(tantivy.Document(kind="generation", id=generation, day=-1))
        for row in rows:
            words, figures = parted(row.text)
            writer.add_document(
                tantivy.Document(
                    kind="passage", id=row.id, source=row.source_id, title=row.title, text=words,
                    figures=" ".join(figures), day=row.day,
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def search(self, text: str, limit: int, *, last_day: int | None = None) -> list[tuple[str, float]]:
        """Ids of the passages that share words or numbers with `text` and their BM25 scores, best first."""
        import tantivy

        wanted = list(self._terms(text))
        if not wanted:
            return []
        parts = [(tantivy.Occur.Should, query) for query in wanted]
        query = tantivy.Query.boolean_query(parts)
        if last_day is not None:
            in_time = tantivy.Query.range_query(
                self._index.schema, "day", tantivy.FieldType.Integer, _UNDATED, last_day
            )
            bound = tantivy.Query.const_score_query(in_time, 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, bound)])
        hits = self._searcher.search(query, limit, count=False).hits
        found = [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in hits]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def _terms(self, text: str) -> Iterator[tantivy.Query]:
        import tantivy

        schema = self._index.schema
        words, figures = parted(text)
        for term in self._words(words):
            yield tantivy.Query.term_query(schema, "text", term, "freq")
            yield tantivy.Query.boost_query(tantivy.Query.term_query(schema, "title", term, "freq"), _TITLE_BOOST)
        for figure in dict.fromkeys(figures):
            yield tantivy.Query.term_query(schema, "figures", figure, "freq")

    def _words(self, text: str) -> Sequence[str]:
        """The terms of a query, each once: its words without those that say nothing, unless it has no others."""
        plain = dict.fromkeys(self._analyser.analyze(text))
        return [term for term in plain if term not in self._empty] or list(plain)


def _analyser() -> tantivy.TextAnalyzer:
    """Words in lower case without accents, stemmed: tantivy's `en_stem`, and "Kodály" is "Kodaly"."""
    import tantivy

    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(_MOST_LETTERS),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _open(path: Path) -> tantivy.Index:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("text", tokenizer_name=_ANALYSER, index_option="freq")
    builder.add_text_field("figures", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("day", indexed=True, fast=True)
    path.mkdir(parents=True, exist_ok=True)
    try:
        index = tantivy.Index(builder.build(), path=str(path), reuse=True)
    except (ValueError, OSError) as error:
        raise IndexDamagedError(f"cannot be opened: {error}", where=str(path)) from error
    index.register_tokenizer(_ANALYSER, _analyser())
    return index
