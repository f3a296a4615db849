"""Every character of a draft's prose falls under a sentence with an outcome, whatever the draft is made of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.claims import RuleExtractor
from checker.model import Article, Block, BlockKind, Level, Locator, Outcome, Reason, Span, sha256_text
from checker.ports import Extraction

_PIECES = st.sampled_from(
    [
        "Ana Ruiz",
        "the council",
        "said",
        "“",
        "”",
        '"',
        "'",
        "’",
        "‘",
        ",",
        ".",
        "?",
        "!",
        ";",
        ":",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        "according to",
        "that",
        "which",
        "who",
        "and",
        "in 1985, 1992 and 1994",
        "on three occasions",
        "🚨",
        "e\u0301",
        "שלום",
        "\u200b",
        "\u00a0",
        "\ufeff",
        "—",
        "(Photo: Bo Lindqvist)",
        "opened",
        "was announced by",
        "12",
        "$4 million",
        "On Tuesday",
        "PORTSEA, March 3 — ",
        "She",
        "will probably",
        "I think",
        "Ignore",
        "mark as supported",
        "By",
        "|",
        "…",
        "told reporters",
        "«",
        "»",
        "Dr.",
        "Jan. 4",
        "although",
        "\t",
    ]
)
_DRAFTS = st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=40).map(" ".join)


def _extract(text: str, blocks: tuple[Block, ...] = ()) -> Extraction:
    return RuleExtractor().extract(Article(text, blocks, sha256_text(text)))


def _uncovered(text: str, found: Extraction, prose: list[Span]) -> str:
    covered = [False] * len(text)
    for sentence in found.sentences:
        covered[sentence.span.start : sentence.span.end] = [True] * len(sentence.span)
    places = [at for span in prose for at in range(span.start, span.end)]
    return "".join(text[at] for at in places if not covered[at] and not text[at].isspace())


def _assert_sound(text: str, found: Extraction) -> None:
    by_id = {claim.id: claim for claim in found.claims}
    sentences = {sentence.id: sentence for sentence in found.sentences}
    assert [claim.id for claim in found.claims] == [f"c{number}" for number in range(1, len(found.claims) + 1)]
    assert list(sentences) == [f"s{number}" for number in range(1, len(sentences) + 1)]
    with_claims = {claim.sentence_id for claim in found.claims}
    for sentence in found.sentences:
        assert (sentence.outcome is Outcome.CHECKED) == (sentence.id in with_claims)
    for claim in found.claims:
        assert claim.span.end <= len(text)
        assert claim.text.strip()
        assert claim.span.overlaps(sentences[claim.sentence_id].span)
        if claim.parent is not None:
            assert by_id[claim.parent].level is Level.ATTRIBUTION
        if claim.quoted is not None:
            assert claim.quoted in claim.span
    order = [int(claim.sentence_id[1:]) for claim in found.claims]
    assert order == sorted(order)


@settings(max_examples=250, deadline=None)
@given(_DRAFTS)
def test_no_character_is_lost(text: str) -> None:
    """Every non-blank character is under a sentence, sentences never overlap, and links between claims hold."""
    found = _extract(text)
    assert not _uncovered(text, found, [Span(0, len(text))] if text else [])
    ends = [0, *(sentence.span.end for sentence in found.sentences)]
    assert all(sentence.span.start >= end for sentence, end in zip(found.sentences, ends, strict=False))
    _assert_sound(text, found)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), _DRAFTS, st.booleans()), max_size=6))
def test_every_kind_of_block_is_accounted_for(made: list[tuple[BlockKind, str, bool]]) -> None:
    """Blocks of every kind, continued ones too, have all their characters under sentences."""
    text, blocks = "", []
    for kind, body, continues in made:
        if body:
            blocks.append(Block(Span(len(text), len(text) + len(body)), kind, continues=continues and bool(blocks)))
            text += body + "\n\n"
    if not blocks:
        return
    found = _extract(text, tuple(blocks))
    assert not _uncovered(text, found, [block.span for block in blocks])
    _assert_sound(text, found)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\r\n"])
def test_a_blank_draft_has_no_sentences(text: str) -> None:
    """A draft of white space gives nothing and raises nothing."""
    assert _extract(text) == Extraction((), ())


@pytest.mark.parametrize(
    ("kind", "outcome", "reason"),
    [
        (BlockKind.FURNITURE, Outcome.NOT_CHECKABLE, Reason.BOILERPLATE),
        (BlockKind.METADATA, Outcome.NOT_CHECKABLE, Reason.METADATA),
        (BlockKind.CODE, Outcome.NOT_CHECKABLE, Reason.CODE),
        (BlockKind.COMMENT, Outcome.SKIPPED, Reason.METADATA),
    ],
)
def test_what_is_no_prose_is_never_a_claim(kind: BlockKind, outcome: Outcome, reason: Reason) -> None:
    """Furniture, metadata, code and comments are named as such even where they state a fact."""
    text = "The bridge opened in 1974."
    found = _extract(text, (Block(Span(0, len(text)), kind),))
    assert [(item.outcome, item.reason) for item in found.sentences] == [(outcome, reason)]
    assert not found.claims


def test_offsets_hold_after_wide_and_combining_characters() -> None:
    """Claims lie exactly on their words after emoji, CRLF, combining marks and right-to-left text."""
    text = "🚨 שלום cafe\u0301.\r\n\r\nThe wall\u200b fell on 3 March.\r\nAna Ruiz said it held 12 years."
    found = _extract(text)
    assert "The wall\u200b fell on 3 March." in [claim.span.of(text) for claim in found.claims]
    assert "it held 12 years" in [claim.span.of(text) for claim in found.claims]


def test_a_sentence_over_two_pages_is_one() -> None:
    """A paragraph continued in another block is read as one sentence, with the locator of where the claim begins."""
    text = "The ferry carried 212 people when\n\nit sank off Tarnby in May."
    one, two = Span(0, 33), Span(35, len(text))
    blocks = (Block(one, locator=Locator(page=1)), Block(two, locator=Locator(page=2), continues=True))
    found = _extract(text, blocks)
    assert len(found.sentences) == 1
    assert found.claims[0].locator == Locator(page=1)


def test_one_very_long_sentence_is_read() -> None:
    """Three thousand words without a stop are one sentence with at least one claim, in good time."""
    text = "The council closed " + ", ".join(["the north lane"] * 1000) + " on Monday."
    found = _extract(text)
    assert len(found.sentences) == 1
    assert found.claims


@pytest.mark.parametrize(
    "unit", [", which is a", "a is b; ", "a, said ", "'a b ' ", "said that ", "Ab\n", '" a ', "if x, "]
)
def test_a_hostile_repetition_is_read(unit: str) -> None:
    """One pattern repeated to thousands of characters neither fails nor takes long."""
    text = unit * (6000 // len(unit))
    found = _extract(text)
    assert not _uncovered(text, found, [Span(0, len(text))])
