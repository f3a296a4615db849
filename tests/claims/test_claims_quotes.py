"""Quotations: their words, their speaker, and where they are said."""

from __future__ import annotations

import pytest

from checker.claims import RuleExtractor
from checker.model import Article, Block, BlockKind, Claim, ClaimKind, Level, Span, sha256_text


def _quotes(text: str, blocks: tuple[Block, ...] = ()) -> list[Claim]:
    claims = RuleExtractor().extract(Article(text, blocks, sha256_text(text))).claims
    return [claim for claim in claims if claim.kind is ClaimKind.QUOTE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We lost everything," said Bo Lindqvist, a farmer.', [("We lost everything", "Bo Lindqvist")]),
        ("“We lost everything,” Bo Lindqvist said.", [("We lost everything", "Bo Lindqvist")]),
        ('Bo Lindqvist said: "We lost everything."', [("We lost everything.", "Bo Lindqvist")]),
        ('"It was," Ana Ruiz said, "a mess."', [("It was", "Ana Ruiz"), ("a mess.", "Ana Ruiz")]),
        ('"It fell," Ana Ruiz said. "We saw it."', [("It fell", "Ana Ruiz"), ("We saw it.", "Ana Ruiz")]),
        (
            "“We pay,” said Ana Ruiz, the firm’s director, in a letter on Monday. “We always did.”",
            [("We pay", "Ana Ruiz"), ("We always did.", "Ana Ruiz")],
        ),
        ('"Is it safe?" asked Ana Ruiz. "Not yet."', [("Is it safe?", "Ana Ruiz"), ("Not yet.", None)]),
        ("‘The pumps failed,’ the mayor told reporters.", [("The pumps failed", "the mayor")]),
        ('The mayor called it "deeply flawed and unfair".', [("deeply flawed and unfair", "The mayor")]),
        ('Carl Voss told the Tarnby Post that "no contract was signed".', [("no contract was signed", "Carl Voss")]),
        ('The judge said Carl Voss "lied" to her.', [("lied", "The judge")]),
        (
            "In a statement, the company said: “We take safety seriously.”",
            [("We take safety seriously.", "the company")],
        ),
        ('"We saw it fall," she said.', [("We saw it fall", None)]),
        ('So-called "smart" meters were installed in 300 homes.', []),
        ('The film "The Long Way Home" opened on Friday.', []),
        ('The "wall of shame" was removed in 2011.', []),
    ],
)
def test_words_and_speaker(text: str, found: list[tuple[str, str | None]]) -> None:
    """Each stretch in marks is one claim with its exact words; a nickname or a title is none; nobody is guessed."""
    quotes = _quotes(text)
    assert [(claim.quoted and claim.quoted.of(text), claim.attributed_to) for claim in quotes] == found
    assert all(claim.level is Level.ATTRIBUTION for claim in quotes)


def test_the_span_covers_the_attribution() -> None:
    """A quotation is said where its words and its speaker stand."""
    text = 'The wall fell. "We saw it," Ana Ruiz said on Monday. It rained.'
    assert _quotes(text)[0].span.of(text) == '"We saw it," Ana Ruiz said on Monday'


def test_a_quoted_fact_is_a_claim_under_the_quotation() -> None:
    """What the quoted words state is checked too, sentence by sentence, and linked to who said it."""
    text = 'Ana Ruiz said: "The wall is 40 metres long. It was built in 1902. I love it."'
    claims = RuleExtractor().extract(Article(text, (), sha256_text(text))).claims
    quote, *facts = claims
    assert quote.quoted is not None
    assert quote.quoted.of(text) == "The wall is 40 metres long. It was built in 1902. I love it."
    assert [(fact.text, fact.parent, fact.attributed_to) for fact in facts] == [
        ("The wall is 40 metres long.", quote.id, "Ana Ruiz"),
        ("It was built in 1902.", quote.id, "Ana Ruiz"),
    ]


def test_a_quotation_over_paragraphs_has_one_speaker() -> None:
    """A paragraph left open and taken up by the next is the same person's."""
    text = "“The pumps failed at noon.\n\n“The wall held,” Bo Lindqvist said."
    assert [claim.attributed_to for claim in _quotes(text)] == ["Bo Lindqvist", "Bo Lindqvist"]


def test_a_quotation_of_the_next_paragraph_is_not_carried_over() -> None:
    """A new paragraph in closed marks may be another's: its speaker stays open."""
    text = '"It fell," Ana Ruiz said.\n\n"We were never told about the cracks."'
    assert [claim.attributed_to for claim in _quotes(text)] == ["Ana Ruiz", None]


def test_a_mark_never_closed_is_no_quotation() -> None:
    """A stray mark does not swallow the rest of the draft."""
    text = 'The sign read "open and the road was closed.\n\nIt reopened in May.'
    assert not _quotes(text)


def test_block_quotations_are_quotations() -> None:
    """A block set off as a quotation, and a paragraph led in by "that read:", are quoted whole."""
    text = "Ana Ruiz wrote in a letter to residents:\n\nThe wall was inspected on 4 May."
    assert [(claim.quoted and claim.quoted.of(text), claim.attributed_to) for claim in _quotes(text)] == [
        ("The wall was inspected on 4 May.", "Ana Ruiz")
    ]
    blocks = (Block(Span(0, len(text) - 34)), Block(Span(len(text) - 32, len(text)), BlockKind.QUOTATION))
    assert len(_quotes(text, blocks)) == 1


def test_what_is_added_after_a_quotation_is_a_claim() -> None:
    """ ", adding that X" is a second thing said, with its content."""
    text = "“The pumps failed,” Ana Ruiz said, adding that a generator had not run since 2017."
    claims = RuleExtractor().extract(Article(text, (), sha256_text(text))).claims
    assert [claim.text for claim in claims if claim.kind is not ClaimKind.QUOTE] == [
        "Ana Ruiz added that a generator had not run since 2017.",
        "A generator had not run since 2017.",
    ]


def test_markup_inside_a_quotation_is_read_past() -> None:
    """Emphasis in quoted words is not part of the words, and offsets stay those of the draft."""
    text = 'Ana Ruiz said: "The wall is **not** safe."'
    block = Block(Span(0, len(text)), markup=(Span(28, 30), Span(33, 35)))
    quote = _quotes(text, (block,))[0]
    assert quote.text == "Ana Ruiz said: “The wall is not safe.”"
    assert quote.quoted is not None
    assert quote.quoted.of(text) == "The wall is **not** safe."
