"""Near-copies count once, and copies of the draft are told from the sources that it quotes."""

from __future__ import annotations

import random

import pytest
from corpus_bench import Bench, new_source

from checker.corpus.lineage import copies, lineages, near_copies
from checker.corpus.shingles import shingles

DRAFT = (
    "The Lindholm cannery will close at the end of March after sixty years on the north quay, its owner said "
    'on Monday. Some 140 people work there in the season, and about half of them all year round. "We kept the '
    'lights on for as long as the herring came, and then for four winters when it did not," said Marit Solem, '
    'who has run the firm since 2009. "There is nobody to blame for that, and nobody who could have worked any '
    'harder."'
    "\n\n"
    "The council will meet on Thursday to discuss what becomes of the building. A plan from last autumn would "
    "turn the cold store into workshops, but the money for it has not been found. The union asked for talks "
    "before any notice is given. Fish landed in the port has fallen by two thirds since 2015, according to the "
    "port authority's yearly table."
)
STATEMENT = (
    "We kept the lights on for as long as the herring came, and then for four winters when it did not. "
    "There is nobody to blame for that, and nobody who could have worked any harder."
)
SPEECH = (
    "Friends and neighbours, thank you for coming out in this weather. My grandfather laid the first stone of "
    "the smokehouse with his own hands, and he used to say that the sea pays late but it pays. "
    + STATEMENT
    + " Everybody who leaves us will have four months of wages, and the tools that they want to take. The "
    "pension fund is whole. I have asked the bank to let the workshop run until the summer so that the "
    "apprentices can finish what they began, and the bank has agreed to it. What becomes of the house after "
    "that is for the town to say, and I hope that the town will say it soon."
)
PAGES = "Elsewhere in the news: the library is closed this week. " * 3


def edited(text: str, every: int, seed: int = 1) -> str:
    """`text` with one word of `every` put into another."""
    words, chance = text.split(" "), random.Random(seed)
    for at in range(chance.randrange(every), len(words), every):
        words[at] = "other"
    return " ".join(words)


def is_copy(source: str) -> bool:
    return copies(DRAFT, {"s": shingles([source])}) == {"s"}


def test_the_draft_itself_is_a_copy() -> None:
    """The same words are a copy, in other typography too."""
    assert is_copy(DRAFT)
    assert is_copy(DRAFT.upper().replace('"', "”"))


def test_a_part_of_the_draft_is_a_copy() -> None:
    """A page that carries only the draft's second half was made from it."""
    assert is_copy(DRAFT.partition("\n\n")[2])


@pytest.mark.parametrize("seed", range(5))
def test_a_lightly_edited_copy_is_a_copy(seed: int) -> None:
    """One word of twelve changed hides nothing."""
    assert is_copy(edited(DRAFT, 12, seed))


def test_a_page_that_holds_the_whole_draft_among_other_things_is_a_copy() -> None:
    """Wrapped in other news, the draft is still there."""
    assert is_copy(SPEECH.replace(STATEMENT, "") + DRAFT + PAGES * 5)


def test_a_source_that_the_draft_quotes_is_no_copy() -> None:
    """Neither a long speech of which the draft quotes a little, nor a short statement that it quotes whole."""
    assert not is_copy(SPEECH)
    assert not is_copy(STATEMENT)


def test_a_source_that_agrees_in_a_sentence_is_no_copy() -> None:
    """One sentence in common, word for word, is agreement."""
    assert not is_copy(
        "Some 140 people work there in the season, and about half of them all year round. The firm is sound."
    )


def test_an_empty_draft_has_no_copies() -> None:
    """Nothing is a copy of nothing."""
    assert copies("", {"s": shingles([DRAFT]), "empty": shingles([""])}) == frozenset()


def test_near_copies_share_the_lowest_id() -> None:
    """A reprint and an excerpt of one story are one lineage; another story is its own."""
    sets = {
        "b-story": shingles([SPEECH]),
        "a-reprint": shingles([edited(SPEECH, 25)]),
        "c-excerpt": shingles([" ".join(SPEECH.split()[:60])]),
        "d-other": shingles([DRAFT]),
        "e-short": shingles(["Nothing to say."]),
    }
    assert ("a-reprint", "b-story") in set(near_copies(sets))
    assert lineages(sets, {}) == {
        "a-reprint": "a-reprint",
        "b-story": "a-reprint",
        "c-excerpt": "a-reprint",
        "d-other": "d-other",
        "e-short": "e-short",
    }


def test_a_label_wins_and_spreads_to_near_copies_without_one() -> None:
    """What somebody wrote down of a lineage is kept, and holds for its unlabelled copies."""
    same = shingles([SPEECH])
    found = lineages({"a": same, "b": same, "c": same}, {"b": "Solem's speech", "c": "her speech"})
    assert found == {"a": "Solem's speech", "b": "Solem's speech", "c": "her speech"}


def test_a_corpus_gives_its_sources_their_lineage(bench: Bench) -> None:
    """Lineages are there in the sources, and follow what is added and removed."""
    bench.add(new_source(SPEECH, "b"), new_source(DRAFT, "c"))
    bench.add(new_source(SPEECH + " ", "a"))
    with bench.open(write=True) as corpus:
        assert {source.id: source.lineage for source in corpus.sources()} == {"a": "a", "b": "a", "c": "c"}
        assert corpus.copies_of(DRAFT) == {"c"}
        corpus.remove("a")
        assert corpus.source("b").lineage == "b"
