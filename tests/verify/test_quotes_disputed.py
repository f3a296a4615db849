"""A quotation that only secondary sources have in these words, while a primary source has the speaker's own."""

from __future__ import annotations

import pytest
from verified import source

from checker.model import Article, Block, Claim, ClaimKind, Label, Level, ReasonCode, Span, Tier, Verdict, sha256_text
from checker.ports import Retrieval
from checker.settings import VerifySettings
from checker.verify.embedded import EmbeddedVerifier

WORDS = "We will soon close the coast line."
DRAFT = f"Governor Ida Falk said: “{WORDS}”"
BLOG = source("blog", f"Governor Ida Falk said: “{WORDS}” Readers were upset.", tier=Tier.SECONDARY)


@pytest.mark.parametrize(
    ("transcript", "label"),
    [
        ("GOVERNOR FALK: We will never close the coast line.\nREPORTER: Thank you.\nGOVERNOR FALK: Good.", Label.MIXED),
        (f"GOVERNOR FALK: {WORDS}\nREPORTER: Thank you.\nGOVERNOR FALK: Good.", Label.SUPPORTED),
        ("GOVERNOR FALK: The budget is balanced.\nREPORTER: Thank you.\nGOVERNOR FALK: Good.", Label.SUPPORTED),
    ],
)
def test_a_primary_source_with_other_words_disputes_a_secondary_one(transcript: str, label: Label) -> None:
    """A blog's version of what somebody said does not support it against the transcript."""
    sources = (BLOG, source("transcript", transcript, title="Remarks of Governor Ida Falk, transcript"))
    article = Article(DRAFT, (Block(Span(0, len(DRAFT))),), sha256_text(DRAFT))
    quoted = Span(DRAFT.index(WORDS), DRAFT.index(WORDS) + len(WORDS))
    claim = Claim("c1", "s1", Span(0, len(DRAFT)), DRAFT, ClaimKind.QUOTE, Level.ATTRIBUTION, "Ida Falk", quoted=quoted)
    made = EmbeddedVerifier(sources, frozenset(), VerifySettings()).verify(article, claim, Retrieval(hits=()))
    assert isinstance(made, Verdict)
    assert made.label is label
    if label is Label.MIXED:
        assert made.reasons[:2] == (ReasonCode.SOURCES_DISAGREE, ReasonCode.QUOTE_ALTERED)
        assert {item.source_id for item in made.evidence} == {"blog", "transcript"}
