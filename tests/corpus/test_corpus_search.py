"""Passages are found by words and by meaning, in the same order every time, and only of sources that could be known."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from corpus_bench import Bench, new_source

from checker.settings import RetrievalSettings

HERE = Path(__file__).parent


def test_hits_carry_both_legs_with_rank_and_raw_score(stocked: Bench) -> None:
    """The best passage shows where each leg put it; the fused score falls from rank to rank."""
    with stocked.open() as corpus:
        hits = corpus.search("a ferry sails four times a day in winter")
        best = hits[0]
        assert best.passage.source_id == "ferry" and best.legs["dense"].rank == best.legs["lexical"].rank == 1
        text = corpus.source("ferry").text
        vectors = stocked.encoder.encode(["a ferry sails four times a day in winter", best.passage.span.of(text)])
        assert best.legs["dense"].score == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-5)
        assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
        assert all(one.score >= other.score for one, other in pairwise(hits))
        assert all(0 <= hit.score <= 1 for hit in hits)


def test_an_empty_corpus_finds_nothing(bench: Bench) -> None:
    """No sources, no hits, and no error."""
    with bench.open(write=True) as corpus:
        assert corpus.search("anything") == ()
        assert list(corpus.sources()) == []


@pytest.mark.parametrize(
    "query", ['breakwater" AND title:(', "+-&&||!(){}[]^~*?:\\/", "\x00", "😀", "the", "text:*", "a" * 9000]
)
def test_no_query_is_read_as_syntax(stocked: Bench, query: str) -> None:
    """Whatever a draft says is looked for as words."""
    with stocked.open() as corpus:
        assert len(corpus.search(query, limit=2)) <= 2


def test_accents_and_inflections_do_not_part_words(stocked: Bench) -> None:
    """The lexical leg finds "Kodály's plans" by "Kodaly plan"."""
    stocked.add(new_source("Kodály's plans were set aside.", "kodaly"))
    settings = stocked.settings(retrieval=RetrievalSettings(dense_weight=0.0))
    with stocked.open(settings=settings) as corpus:
        hit = corpus.search("a Kodaly plan")[0]
        assert hit.passage.source_id == "kodaly" and set(hit.legs) == {"lexical"}


def test_later_sources_are_not_seen_and_cost_no_recall(bench: Bench) -> None:
    """As of a day, every earlier and undated source is still found, however many later ones are better."""
    day = date(2020, 1, 1)
    later = [
        new_source(f"The tunnel toll is {n} crowns.", f"later-{n:03}", published=day + timedelta(n))
        for n in range(1, 90)
    ]
    bench.add(
        new_source("Of the toll nothing was said.", "early", published=day),
        new_source("A tunnel opened.", "undated"),
        *later,
    )
    with bench.open() as corpus:
        found = {hit.passage.source_id for hit in corpus.search("The tunnel toll is 5 crowns.", as_of=day)}
        assert found == {"early", "undated"}
        assert len(corpus.search("tunnel toll", as_of=day + timedelta(days=400))) == 10
        assert len(corpus.search("tunnel toll", limit=80)) == 80


def test_dense_hits_are_those_of_a_plain_comparison(bench: Bench) -> None:
    """Chroma proposes what comparing with every vector would: the same ids in the same order."""
    chance = np.random.default_rng(7)
    words = [f"word{n}" for n in range(60)]
    bench.add(*(new_source(" ".join(chance.choice(words, 12)) + ".", f"s{n:03}") for n in range(150)))
    settings = bench.settings(retrieval=RetrievalSettings(dense_weight=1.0, candidates=20))
    with bench.open(settings=settings) as corpus:
        texts = {source.id: source.text for source in corpus.sources()}
        matrix = bench.encoder.encode(list(texts.values()))
        for query in ("word1 word2 word3", "word10 word20", "word59"):
            scores = matrix @ bench.encoder.encode([query])[0]
            best = [list(texts)[at] for at in np.argsort(-scores)[:10]]
            assert [hit.passage.source_id for hit in corpus.search(query)] == best


def test_the_same_question_has_the_same_answer_in_another_index(stocked: Bench, tmp_path: Path) -> None:
    """Ties are broken by source and place, not by which index was built when."""
    stocked.add(*(new_source("The very same words.", f"twin-{n}") for n in range(6)))
    with stocked.open() as corpus:
        first = corpus.search("the very same words")
        order = [hit.passage.source_id for hit in first[:6]]
        assert order == sorted(order)
        assert corpus.search("the very same words") == first


def test_listing_loads_no_vector_store() -> None:
    """Opening, listing and showing need neither Chroma nor an encoder; neither does importing the room."""
    code = f"""
import sys
sys.path.insert(0, {str(HERE)!r})
from pathlib import Path
from tempfile import TemporaryDirectory
from corpus_bench import Bench, new_source
import checker.corpus
assert not {{"chromadb", "tantivy"}} & set(sys.modules)
with TemporaryDirectory() as root:
    bench = Bench(Path(root))
    bench.folder.mkdir()
    (bench.folder / "manifest.jsonl").touch()
    with bench.open() as corpus:
        list(corpus.sources()), corpus.digest, corpus.copies_of("x")
assert "chromadb" not in sys.modules and not bench.encoder.texts
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
