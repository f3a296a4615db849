"""What a check of a whole draft got right: claims held against labelled claims, verdicts, and the words shown for them.

Claims are matched one to one at an IoU of 0.5 (strict). A labelled claim that has no such counterpart is still covered
by the claim that shares most with it, where they share half of the shorter: an editor reads its verdict there
(relaxed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.evaluation.datasets.gold import GoldClaim, GoldDraft, GoldEvidence
from checker.evaluation.evidence import Cited, verbatim
from checker.evaluation.matching import best_pairs, cover, iou, touched
from checker.language.sentences import stretch_sentences, stretches
from checker.model import Article, Claim, Evidence, Hit, Span, Stance, Verdict

_LEAST = 0.5
_SHOWN = (Stance.SUPPORTS, Stance.CONTRADICTS)


@dataclass(frozen=True, slots=True)
class Pairing:
    """For each labelled claim that has one, the place of its counterpart among the claims that were found."""

    strict: Mapping[int, int]
    relaxed: Mapping[int, int]


def pairing(gold: Sequence[GoldClaim], found: Sequence[Claim]) -> Pairing:
    """The best matching; between equal spans, level decides and then kind."""

    def alike(row: int, column: int) -> float:
        one, other = gold[row], found[column]
        return 0.5 * (one.level is other.level) + 0.25 * (one.kind is other.kind)

    pairs = best_pairs([claim.span for claim in gold], [claim.span for claim in found], _LEAST, alike)
    strict = dict(pairs)
    relaxed = dict(strict)
    for row, claim in enumerate(gold):
        near = [column for column, other in enumerate(found) if cover(claim.span, other.span) >= _LEAST]
        if row not in strict and near:
            relaxed[row] = max(near, key=lambda at: (round(iou(claim.span, found[at].span), 6), alike(row, at), -at))
    return Pairing(strict, relaxed)


@dataclass(frozen=True)
class Reader:
    """The sources of one draft as evidence names them: ids of the corpus, file names of the gold."""

    files: Mapping[str, str]
    texts: Mapping[str, str]

    def overlaps(self, shown: Evidence, item: GoldEvidence) -> bool:
        """Whether the words shown share some with one of the places of the gold's."""
        same = self.files.get(shown.source_id) == item.file
        return same and any(shown.span.overlaps(place) for place in item.places)

    def exact(self, shown: Evidence) -> bool:
        """Whether the words shown are the source's own, letter by letter, where they are said to stand."""
        text = self.texts.get(self.files.get(shown.source_id, ""), "")
        return verbatim(Cited(shown.source_id, shown.span, shown.quote), text)

    def right_words(self, verdict: Verdict, claim: GoldClaim) -> bool:
        """Whether exact words of a gold set are shown; where the gold has none, nothing need be."""
        wanted = [item for members in claim.sets for item in members]
        return not wanted or any(
            self.overlaps(shown, item) and self.exact(shown) for shown in verdict.evidence for item in wanted
        )

    def full_set(self, verdict: Verdict, claim: GoldClaim) -> bool:
        """Whether all members of some set are shown."""
        return any(
            all(any(self.overlaps(shown, item) for shown in verdict.evidence) for item in members)
            for members in claim.sets
        )

    def wrong_source(self, verdict: Verdict, claim: GoldClaim) -> bool:
        """Whether what is shown for or against the claim is all from sources that no label names."""
        named = {item.file for item in claim.evidence}
        shown = [self.files.get(item.source_id) for item in verdict.evidence if item.stance in _SHOWN]
        return bool(shown) and not named.intersection(shown)

    def found(self, hits: Sequence[Hit], claim: GoldClaim) -> bool:
        """Whether all words of some gold set stand in the passages."""

        def held(item: GoldEvidence) -> bool:
            passages = [hit.passage for hit in hits if self.files.get(hit.passage.source_id) == item.file]
            return any(place in passage.span for passage in passages for place in item.places)

        return any(all(held(item) for item in members) for members in claim.sets)


def reader_of_draft(draft: GoldDraft, files: Mapping[str, str]) -> Reader:
    """The reader of a draft's evidence."""
    return Reader(files, {source.file: source.document.text for source in draft.sources})


def scores_of(claim: GoldClaim, verdict: Verdict, reader: Reader, *, strict: bool) -> dict[str, float]:
    """The scores of a labelled claim whose counterpart got that verdict."""
    right, words = verdict.label is claim.verdict, reader.right_words(verdict, claim)
    scores: dict[str, float] = {
        "verdict_right": right,
        "n_found": strict,
        "n_matched": strict,
        "n_any_verdict": strict and words,
        "n_any_evidence": strict and right,
        "n_strict": strict and right and words,
        "n_gold_met": 1,
        "n_relaxed": right,
    }
    if claim.sets and right:
        scores |= {"evidence": words, "evidence_full_set": reader.full_set(verdict, claim)}
    if verdict.evidence:
        scores["verbatim"] = all(reader.exact(item) for item in verdict.evidence)
    if claim.evidence and any(item.stance in _SHOWN for item in verdict.evidence):
        scores["wrong_source"] = reader.wrong_source(verdict, claim)
    return {"n_gold": 1.0, **{name: float(value) for name, value in scores.items()}}


def draft_scores(
    draft: GoldDraft, found: Sequence[Claim], answers: Mapping[str, Verdict], pairs: Pairing, reader: Reader
) -> dict[str, float]:
    """The counts of a draft that no labelled claim has: what was found in excess, sentences, opinions, invariants."""
    spans, gold = [claim.span for claim in found], [claim.span for claim in draft.claims]
    stating = [span for span in _sentences(draft.article) if any(span.overlaps(one) for one in gold)]
    others = [item.span for item in draft.nonclaims if not any(item.span.overlaps(one) for one in gold)]
    extra = [claim for at, claim in enumerate(found) if at not in set(pairs.strict.values())]
    shown = [item for claim in extra if claim.id in answers for item in answers[claim.id].evidence]
    scores: dict[str, float] = {
        "n_found": len(extra),
        "n_found_met": touched(spans, gold),
        "n_found_relaxed": sum(_agrees(claim, draft.claims, answers) for claim in found),
        "n_sentences": len(stating),
        "n_covered": touched(stating, spans),
        "n_opinions": len(others),
        "n_leaked": touched(others, spans),
        "anchored": all(span.end <= len(draft.article.text) for span in spans),
    }
    if shown:
        scores["verbatim"] = all(reader.exact(item) for item in shown)
    return {name: float(value) for name, value in scores.items()}


def _agrees(claim: Claim, gold: Sequence[GoldClaim], answers: Mapping[str, Verdict]) -> bool:
    """Whether the verdict on a claim is that of a labelled claim which it covers."""
    answer = answers.get(claim.id)
    return answer is not None and any(
        cover(claim.span, one.span) >= _LEAST and one.verdict is answer.label for one in gold
    )


def _sentences(article: Article) -> list[Span]:
    return [span for stretch in stretches(article.blocks) for span in stretch_sentences(article.text, stretch)]
