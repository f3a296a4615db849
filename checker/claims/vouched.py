"""Restatements held to the author's words: where the model inside does not find one said, the sentence is the claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from checker.claims.restating import sentence
from checker.language.words import folded
from checker.model import Article, Claim, ClaimKind, Sentence
from checker.ports import Extraction, Extractor, PairReader

_BEFORE = 2
"""Sentences before a claim's own that its pronouns may stand for."""

_NOT_RESTATED = frozenset((ClaimKind.QUOTE, ClaimKind.CREDIT, ClaimKind.CAPTION))


@dataclass(frozen=True)
class Vouched:
    """An extractor whose restatements `reader` finds in the draft with at least `floor`, or which are not restated."""

    extractor: Extractor
    reader: PairReader
    floor: float

    def extract(self, article: Article) -> Extraction:
        """What the extractor finds, each claim in words that its own sentence and those before it say."""
        found = self.extractor.extract(article)
        places = {item.id: at for at, item in enumerate(found.sentences)}
        doubtful = [
            claim for claim in found.claims if _restated(article, claim, found.sentences[places[claim.sentence_id]])
        ]
        if not doubtful:
            return found
        pairs = [(claim.text, _told(article, found.sentences, places[claim.sentence_id])) for claim in doubtful]
        answers = self.reader.read(pairs)
        refused = {claim.id for claim, row in zip(doubtful, answers, strict=True) if row[0] < self.floor}
        return replace(
            found, claims=tuple(_own_words(article, claim, found.sentences, places, refused) for claim in found.claims)
        )


def _restated(article: Article, claim: Claim, said: Sentence) -> bool:
    """Whether the claim's text has more in it than a stretch of its sentence."""
    if claim.kind in _NOT_RESTATED or claim.parent is not None:
        return False
    return folded(claim.text).strip(" .") not in folded(said.span.of(article.text))


def _told(article: Article, sentences: Sequence[Sentence], at: int) -> str:
    return " ".join(item.span.of(article.text) for item in sentences[max(0, at - _BEFORE) : at + 1])


def _own_words(
    article: Article, claim: Claim, sentences: Sequence[Sentence], places: Mapping[str, int], refused: set[str]
) -> Claim:
    if claim.id not in refused:
        return claim
    return replace(claim, text=sentence(sentences[places[claim.sentence_id]].span.of(article.text)))
