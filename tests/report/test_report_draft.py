"""The draft cut into pieces: nothing lost, every claim reachable."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from made_reports import DRAFT, article, whole

from checker.model import Block, BlockKind, Claim, Report, Span, Status, Unchecked
from checker.report.draft import paragraphs
from checker.report.findings import Finding, Group, findings

TEXTS = st.text(alphabet=st.sampled_from(list("ab. \n\r\t🦫é\u0301\u202e")), min_size=1, max_size=60)


def found_at(text: str, spans: list[Span]) -> tuple[Finding, ...]:
    """Findings on `spans` of `text`, all unchecked."""
    results = tuple(
        Unchecked(Claim(f"c{at}", f"s{at}", span, "t"), "verify", Status.FAILED, "m") for at, span in enumerate(spans)
    )
    return findings(Report(article(text), (), results, whole().provenance))


@st.composite
def drafts_with_claims(draw: st.DrawFn) -> tuple[str, list[Span], list[Span]]:
    """A text, spans of claims that overlap at will, and spans of blocks that do not."""
    text = draw(TEXTS)
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12)).map(
        lambda pair: Span(pair[0], min(len(text), pair[0] + pair[1]))
    )
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=5))) if len(text) > 1 else [0, 1]
    return text, draw(st.lists(spans, max_size=8)), [Span(a, b) for a, b in pairwise(cuts)]


@given(drafts_with_claims())
def test_no_word_is_lost_and_every_claim_ends_once(drawn: tuple[str, list[Span], list[Span]]) -> None:
    """All characters but line breaks between paragraphs are there in order, and each claim has one tag."""
    text, spans, blocks = drawn
    draft = replace(article(text), blocks=tuple(Block(span) for span in blocks))
    found = found_at(text, spans)
    cut = paragraphs(draft, found)
    pieces = [piece for paragraph in cut for piece in paragraph.pieces]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    if cut:
        assert sorted(item.number for piece in pieces for item in piece.ends) == list(range(1, len(found) + 1))


@given(drafts_with_claims())
def test_a_piece_is_covered_by_the_claims_on_it(drawn: tuple[str, list[Span], list[Span]]) -> None:
    """Each claim covers as many characters of pieces as of paragraphs under its span."""
    text, spans, _ = drawn
    found = found_at(text, spans)
    pieces = [piece for paragraph in paragraphs(article(text), found) for piece in paragraph.pieces]
    for item in found:
        covered = "".join(piece.text for piece in pieces if item in piece.covers)
        assert "".join(covered.split()) == "".join(item.words.split())


def test_overlapping_claims_are_each_named_and_the_gravest_leads() -> None:
    """Where two claims share words, the piece knows both; the shorter of two equally grave ones comes first."""
    found = findings(whole())
    pieces = [piece for paragraph in paragraphs(whole().article, found) for piece in paragraph.pieces]
    shared = next(piece for piece in pieces if len(piece.covers) == 2)
    assert [item.id for item in shared.covers] == ["c2", "c1"]
    assert all(item.group is Group.CONTRADICTED for item in shared.covers)


def test_paragraphs_follow_blank_lines_and_blocks() -> None:
    """CRLF blank lines part paragraphs, and so does a block that begins a line; a heading is known as one."""
    text = "# Head\r\n\r\nOne\r\ntwo.\r\n\r\nThree.\r\nFour."
    blocks = (Block(Span(0, 6), BlockKind.HEADING, markup=(Span(0, 2),)), Block(Span(10, 19)), Block(Span(31, 36)))
    cut = paragraphs(replace(article(text), blocks=blocks), ())
    assert ["".join(piece.text for piece in paragraph.pieces) for paragraph in cut] == [
        "# Head", "One\r\ntwo.", "Three.", "Four.",
    ]  # fmt: skip
    assert cut[0].kind is BlockKind.HEADING and cut[0].pieces[0].syntax
    assert cut[1].kind is BlockKind.PARAGRAPH


def test_an_empty_draft_has_no_paragraph() -> None:
    """Nothing but white space gives nothing to show."""
    assert paragraphs(article(" \n\n "), ()) == ()
    assert len(paragraphs(article(DRAFT), ())) == 6
