"""Check-worthiness: claims have the figure of their sentence, and what is set aside for it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from checker.claims import RuleExtractor
from checker.claims.detected import against, rescued
from checker.claims.worth import Weighed
from checker.embedded import ClaimDetector, SentenceEncoder
from checker.model import Article, Block, BlockKind, Outcome, Reason, SentenceClass, Span, sha256_text
from checker.ports import Detection, Extraction

FACT = "The dam holds 90 million cubic metres of water."
PLAIN = "The valley was flooded on purpose."
DRAFT = f"{FACT} {PLAIN} It is a disgrace that nobody was asked."


def article(text: str, *blocks: Block) -> Article:
    return Article(text=text, blocks=blocks or (Block(Span(0, len(text))),), sha256=sha256_text(text))


@dataclass
class Scripted:
    """A detector that answers from a table; what is not in it is a fact that is worth checking."""

    answers: dict[str, Detection] = field(default_factory=dict)
    name: str = "scripted/1"

    def detect(self, sentences: Sequence[str]) -> tuple[Detection, ...]:
        return tuple(self.answers.get(text, Detection(SentenceClass.FACTUAL, 0.99, 0.9)) for text in sentences)


def weighed(text: str, least: float, **worth: float) -> Extraction:
    answers = {
        {"fact": FACT, "plain": PLAIN}[key]: Detection(SentenceClass.FACTUAL, 0.9, value)
        for key, value in worth.items()
    }
    return Weighed(RuleExtractor(), Scripted(answers), least).extract(article(text))


def test_every_claim_has_the_figure_of_its_sentence() -> None:
    """Claims get their sentence's check-worthiness; nothing else about them changes."""
    plain, found = RuleExtractor().extract(article(DRAFT)), weighed(DRAFT, 0.0, fact=0.8, plain=0.3)
    assert [claim.check_worthiness for claim in found.claims] == [0.8, 0.3]
    assert [(claim.id, claim.span, claim.text) for claim in found.claims] == [
        (claim.id, claim.span, claim.text) for claim in plain.claims
    ]
    assert found.sentences == plain.sentences


def test_a_sentence_below_the_least_is_told_of() -> None:
    """It is skipped with its reason and its figure, and keeps no claim; the others keep theirs."""
    found = weighed(DRAFT, 0.5, fact=0.8, plain=0.3)
    assert {claim.sentence_id for claim in found.claims} == {"s1"}
    told = found.sentences[1]
    assert (told.outcome, told.reason) == (Outcome.SKIPPED, Reason.LITTLE_WORTH)
    assert "0.30" in told.note
    assert "0.50" in told.note
    assert found.sentences[0].outcome is Outcome.CHECKED


def test_with_nothing_asked_for_nothing_is_set_aside() -> None:
    """By default not even a sentence of no check-worthiness at all is left out."""
    assert len(weighed(DRAFT, 0.0, fact=0.0, plain=0.0).claims) == 2


def test_a_row_of_a_table_is_weighed_by_what_it_says() -> None:
    """The detector reads a row as the claim restates it, not as bare cells."""
    text = "Town Pupils\nMarrowby 412"
    head = Block(Span(0, 11), BlockKind.TABLE_ROW)
    row = Block(Span(12, len(text)), BlockKind.TABLE_ROW)
    asked: list[str] = []

    class Listening(Scripted):
        def detect(self, sentences: Sequence[str]) -> tuple[Detection, ...]:
            asked.extend(sentences)
            return super().detect(sentences)

    found = Weighed(RuleExtractor(), Listening()).extract(article(text, head, row))
    assert asked == [claim.text for claim in found.claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "The council has 45 members.",
        "The bridge opened in May 1931.",
        "The road leads to Marrowby.",
        "The inspectors called it “unfit”.",
    ],
)
def test_what_can_be_held_to_a_source_is_never_dropped(sentence: str) -> None:
    """However sure the detector is, a number, a date, a name or a quotation keeps a sentence among the checked."""
    sure = Detection(SentenceClass.OPINION, 1.0, 0.0)
    assert against(sentence, sure) is Reason.NONE
    assert RuleExtractor(Scripted({sentence: sure})).extract(article(sentence)).claims


def test_a_sure_detector_takes_away_what_holds_nothing() -> None:
    """A sentence of mood alone loses its claim and says why; a doubtful detector takes nothing."""
    mood = "The lesson is dull and old."
    for certainty, outcome in ((0.99, Outcome.NOT_CHECKABLE), (0.6, Outcome.CHECKED)):
        detector = Scripted({mood: Detection(SentenceClass.OPINION, certainty, 0.01)})
        told = RuleExtractor(detector).extract(article(mood)).sentences[0]
        assert told.outcome is outcome
        assert (told.reason is Reason.OPINION) == (outcome is Outcome.NOT_CHECKABLE)


def test_a_fact_with_a_word_of_opinion_in_it_is_checked() -> None:
    """Where rules stumble over a single word and the detector is sure of a fact, there is a claim."""
    said = "The price limit fell by 6 per cent, so a house of four should now pay 190 crowns a month."
    assert not RuleExtractor().extract(article(said)).claims
    assert RuleExtractor(Scripted()).extract(article(said)).claims


@pytest.mark.parametrize("reason", [Reason.QUESTION, Reason.INSTRUCTION, Reason.NO_LANGUAGE, Reason.FRAGMENT])
def test_what_rules_are_certain_of_stands(reason: Reason) -> None:
    """A question, an order, another language or a fragment is not checked whatever the detector says."""
    assert not rescued(reason, Detection(SentenceClass.FACTUAL, 1.0, 1.0))


def test_the_detector_inside_finds_the_same_claims_each_time() -> None:
    """Two extractions of one draft with the model of the package are equal."""
    detector = ClaimDetector(SentenceEncoder())
    extractor = Weighed(RuleExtractor(detector), detector)
    first = extractor.extract(article(DRAFT))
    assert first == extractor.extract(article(DRAFT))
    assert all(claim.check_worthiness is not None for claim in first.claims)
