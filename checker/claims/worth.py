"""Check-worthiness: how likely each claim's sentence is worth checking, and the least that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checker.claims.draft import read_draft
from checker.model import Article, BlockKind, Claim, Outcome, Reason, Sentence
from checker.ports import Detector, Extraction, Extractor


@dataclass(frozen=True)
class Weighed:
    """An extractor whose claims `detector` gives their check-worthiness.

    A sentence below `least` keeps no claim: it is skipped, and its note says so.
    """

    extractor: Extractor
    detector: Detector
    least: float = 0.0

    def extract(self, article: Article) -> Extraction:
        """What the extractor finds, each claim with the check-worthiness of its sentence."""
        found = self.extractor.extract(article)
        worth = self._worth(article, found)
        claims = tuple(replace(claim, check_worthiness=worth[claim.sentence_id]) for claim in found.claims)
        kept = {claim.id for claim in claims if worth[claim.sentence_id] >= self.least}
        if len(kept) == len(claims):
            return replace(found, claims=claims)
        return replace(
            found,
            sentences=tuple(self._sentence(item, worth) for item in found.sentences),
            claims=tuple(_orphaned(claim, kept) for claim in claims if claim.id in kept),
        )

    def _worth(self, article: Article, found: Extraction) -> dict[str, float]:
        """The check-worthiness of every sentence with claims, by its id."""
        texts = _texts(article, found)
        answers = self.detector.detect(list(texts.values()))
        return {sentence_id: answer.worth for sentence_id, answer in zip(texts, answers, strict=True)}

    def _sentence(self, sentence: Sentence, worth: Mapping[str, float]) -> Sentence:
        if sentence.outcome is not Outcome.CHECKED or worth.get(sentence.id, 1.0) >= self.least:
            return sentence
        note = f"check-worthiness {worth[sentence.id]:.2f}, under the {self.least:.2f} asked for"
        return replace(sentence, outcome=Outcome.SKIPPED, reason=Reason.LITTLE_WORTH, note=note)


def _texts(article: Article, found: Extraction) -> dict[str, str]:
    """What the detector reads for each sentence with claims: its plain text, or of a table's row its restatement."""
    first: dict[str, Claim] = {}
    for claim in found.claims:
        first.setdefault(claim.sentence_id, claim)
    said = [utterance for stretch in read_draft(article) for utterance in stretch.utterances]
    return {
        sentence.id: first[sentence.id].text if utterance.block.kind is BlockKind.TABLE_ROW else utterance.text
        for sentence, utterance in zip(found.sentences, said, strict=True)
        if sentence.id in first
    }


def _orphaned(claim: Claim, kept: set[str]) -> Claim:
    """The claim, without a parent that is not there any more."""
    return claim if claim.parent is None or claim.parent in kept else replace(claim, parent=None)
