"""The claim detector inside the package: what it says of sentences, and that it is the one its card describes."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.embedded import ClaimDetector, SentenceEncoder
from checker.embedded.cues import CUES, cues
from checker.model import SentenceClass

WEIGHTS = Path(str(files("checker.embedded"))) / "weights"


@pytest.fixture(scope="module")
def detector() -> ClaimDetector:
    return ClaimDetector(SentenceEncoder())


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The port handled 41,000 containers in March, a tenth more than a year before.", SentenceClass.FACTUAL),
        ("The province closed both of its coal mines in 1993.", SentenceClass.FACTUAL),
        ("It is a shameful way to treat people who have done no wrong.", SentenceClass.OPINION),
        ("The strike will probably last into the autumn.", SentenceClass.PREDICTION),
        ("Who paid for the second bridge?", SentenceClass.QUESTION),
        ("“We lost nine boats that night,” said the harbour master, Jonas Reed.", SentenceClass.QUOTATION),
        ("My mother never forgave me for leaving the farm.", SentenceClass.PERSONAL),
        ("Subscribe to our newsletter for more stories like this.", SentenceClass.BOILERPLATE),
    ],
)
def test_plain_sentences_have_their_class(detector: ClaimDetector, sentence: str, kind: SentenceClass) -> None:
    """Sentences that nobody would take for something else are taken for what they are."""
    assert detector.detect([sentence])[0].kind is kind


def test_facts_are_worth_more_than_the_rest(detector: ClaimDetector) -> None:
    """A fact with figures stands above a question, a wish and a farewell, whatever their order."""
    fact, *rest = detector.detect(
        ["The fund paid 3.2 million to two firms in 2021.", "Why not?", "I wish you well.", "Thank you for reading."]
    )
    assert fact.worth > 0.8
    assert all(other.worth < 0.2 for other in rest)


def test_answers_do_not_hang_on_company(detector: ClaimDetector) -> None:
    """A sentence alone and among others has the same answer, to the padding's rounding; none has none."""
    texts = ["The mill burned down in 1911.", "Nobody knows why.", "word " * 300, "", "🚢 \ud800"]
    together = detector.detect(texts)
    for text, found in zip(texts, together, strict=True):
        alone = detector.detect([text])[0]
        assert alone.kind is found.kind
        assert alone.worth == pytest.approx(found.worth, abs=2e-3)
        assert 0 <= found.worth <= 1
        assert 0 < found.certainty <= 1
    assert detector.detect(texts) == together
    assert detector.detect([]) == ()


def test_the_card_is_that_of_the_weights(detector: ClaimDetector) -> None:
    """Digest, size and classes in the card are those of the file; nothing that only measures has trained."""
    card = json.loads((WEIGHTS / "detector.json").read_text(encoding="utf-8"))
    stored = (WEIGHTS / "detector.npz").read_bytes()
    assert card["sha256"] == hashlib.sha256(stored).hexdigest()
    assert card["sha256"].startswith(detector.name.removeprefix("claim-detector/"))
    assert card["classes"] == [kind.value for kind in SentenceClass]
    assert len(stored) < 1_000_000
    assert {entry["name"] for entry in card["data"] if not entry["trains"]} == {"policlaim"}


@given(st.lists(st.text(max_size=80), max_size=4))
def test_cues_take_any_text(texts: list[str]) -> None:
    """Every text has one finite number for each cue."""
    made = cues(texts)
    assert made.shape == (len(texts), len(CUES))
    assert np.isfinite(made).all()
