"""Sources are cut into windows of whole sentences."""

from __future__ import annotations

from itertools import pairwise

from corpus_bench import plain_document
from hypothesis import given
from hypothesis import strategies as st

from checker.corpus.passages import NEVER, cut
from checker.language.sentences import stretch_sentences, stretches
from checker.model import Block, BlockKind, Document, Span
from checker.settings import PassageSettings

WINDOWS = PassageSettings(words=20, overlap=1)


def document(*blocks: tuple[BlockKind, str] | tuple[BlockKind, str, bool]) -> Document:
    """A document of blocks, each followed by a line's end."""
    text, made = "", []
    for kind, words, *continues in blocks:
        made.append(Block(Span(len(text), len(text) + len(words)), kind, continues=bool(continues)))
        text += words + "\n"
    return Document(text, tuple(made), "text/plain")


P, H = BlockKind.PARAGRAPH, BlockKind.HEADING


def texts(made: Document, settings: PassageSettings = WINDOWS) -> list[str]:
    return [passage.span.of(made.text) for passage in cut("s", made, settings)]


def test_windows_hold_whole_sentences_up_to_the_limit_and_share_the_last_with_the_next() -> None:
    """A window is filled with whole sentences, and the next begins with the last of the one before."""
    made = plain_document(
        "One two three four five six seven. Eight nine ten eleven twelve thirteen. "
        "Fourteen fifteen sixteen seventeen. Eighteen nineteen twenty twenty-one."
    )
    assert texts(made, PassageSettings(words=20, overlap=1)) == [
        "One two three four five six seven. Eight nine ten eleven twelve thirteen. Fourteen fifteen sixteen seventeen.",
        "Fourteen fifteen sixteen seventeen. Eighteen nineteen twenty twenty-one.",
    ]


def test_a_longer_sentence_is_a_passage_of_its_own() -> None:
    """A sentence over the limit is neither cut nor joined."""
    long = "Word " * 40 + "ends."
    assert texts(plain_document(f"A short one. {long} Another short one.")) == [
        "A short one.",
        long,
        "Another short one.",
    ]


def test_a_heading_begins_a_passage_and_headings_stay_together() -> None:
    """A heading stands at the head of what it is over."""
    made = document(
        (P, "Before it."), (H, "Part two"), (H, "Costs"), (P, "It cost nine crowns."), (H, "Dates"), (P, "In May.")
    )
    assert texts(made) == ["Before it.", "Part two\nCosts\nIt cost nine crowns.", "Dates\nIn May."]


def test_no_passage_holds_or_crosses_what_is_never_read() -> None:
    """Furniture, code, front matter and comments are in no passage, and part the text on either side."""
    for kind in NEVER:
        made = document((P, "First half of it"), (kind, "Page 3 of 9"), (P, "goes on here. And ends.", True))
        assert texts(made) == ["First half of it", "goes on here. And ends."]


def test_a_sentence_may_run_over_blocks_that_continue_one_another() -> None:
    """A paragraph's rest on the next page belongs to its sentence."""
    made = document((P, "The bridge was closed for"), (P, "nine weeks. It is open.", True))
    (passage,) = cut("s", made, WINDOWS)
    assert passage.sentences[0].of(made.text) == "The bridge was closed for\nnine weeks."


def test_a_document_without_blocks_is_one_paragraph() -> None:
    """Text is not lost where a reader names no blocks."""
    assert texts(Document("Only this.", (), "text/plain")) == ["Only this."]
    assert texts(Document("", (), "text/plain")) == []


def test_ids_tell_source_place_and_words_apart_and_stay() -> None:
    """The same words in two sources are two passages; the same source cut again has the same ids."""
    made = plain_document("Same words.\n\nSame words.")
    one, again, other = cut("a", made, WINDOWS), cut("a", made, WINDOWS), cut("b", made, WINDOWS)
    assert one == again
    assert not {passage.id for passage in one} & {passage.id for passage in other}


KINDS = st.sampled_from([P, H, BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.FURNITURE, BlockKind.CODE])
WORDS = st.text(alphabet="ab .?\n😀é", min_size=1, max_size=60)


@given(st.lists(st.tuples(KINDS, WORDS, st.booleans()), max_size=8), st.integers(20, 40), st.integers(0, 5))
def test_every_sentence_is_in_a_passage_and_every_passage_is_a_run_of_sentences(
    parts: list[tuple[BlockKind, str, bool]], words: int, overlap: int
) -> None:
    """Whatever the blocks: nothing readable is left out, windows go forward, and only one sentence passes the limit."""
    made = document(*((kind, text, True) if continues else (kind, text) for kind, text, continues in parts))
    passages = cut("s", made, PassageSettings(words=words, overlap=overlap))
    sentences = [
        span
        for stretch in stretches(made.blocks)
        if not any(block.kind in NEVER for block in stretch)
        for span in stretch_sentences(made.text, stretch)
    ]
    covered = {span for passage in passages for span in passage.sentences}
    assert set(sentences) <= covered
    for passage in passages:
        assert passage.span == Span(passage.sentences[0].start, passage.sentences[-1].end)
        assert len(passage.sentences) == 1 or sum(len(s.of(made.text).split()) for s in passage.sentences) <= words
        for block in made.blocks:
            assert block.kind not in NEVER or not block.span.overlaps(passage.span)
    for one, other in pairwise(passages):
        assert one.span.start < other.span.start and one.span.end < other.span.end
        assert len(set(one.sentences) & set(other.sentences)) <= overlap
