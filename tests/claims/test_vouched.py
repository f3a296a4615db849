"""A restatement stands only where the draft says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from checker.claims import RuleExtractor
from checker.claims.vouched import Vouched
from checker.embedded import EmbeddedReader
from checker.model import Article
from checker.ports import Extraction
from checker.reading import read_document
from checker.settings import ReadingSettings

TEXT = "The Corran bridge opened in 1971. It was closed for repairs in March. Its keeper lived in a hut."


def article() -> Article:
    document = read_document(TEXT.encode(), name="draft.txt", purpose="draft", settings=ReadingSettings())
    return Article.from_document(document)


class Twists:
    """An extractor whose second claim says more than the draft."""

    def extract(self, draft: Article) -> Extraction:
        found = RuleExtractor().extract(draft)
        twisted = replace(found.claims[1], text="The Corran bridge collapsed in a storm and was never used again.")
        return replace(found, claims=(found.claims[0], twisted, *found.claims[2:]))


def test_a_restatement_that_the_draft_does_not_say_gives_way_to_the_sentence() -> None:
    """The author's sentence is the claim where the model inside does not find the restatement in the draft."""
    made = Vouched(Twists(), EmbeddedReader(), 0.5).extract(article())
    assert made.claims[1].text == "It was closed for repairs in March."
    assert made.claims[1].span == RuleExtractor().extract(article()).claims[1].span


def test_what_rules_restate_of_a_plain_draft_stands() -> None:
    """Claims in the author's words, and pronouns rightly resolved, stay as they are."""
    plain = RuleExtractor().extract(article())
    assert Vouched(RuleExtractor(), EmbeddedReader(), 0.5).extract(article()) == plain


def test_nothing_is_read_where_nothing_is_restated() -> None:
    """A claim in its sentence's own words needs no model."""

    class Unused:
        name = "unused/1"

        def read(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
            raise AssertionError(pairs)

    document = read_document(b"The mill burnt down in 1902.", name="d.txt", purpose="draft", settings=ReadingSettings())
    Vouched(RuleExtractor(), Unused(), 0.5).extract(Article.from_document(document))
