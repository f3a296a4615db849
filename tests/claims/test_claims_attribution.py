"""Who said it and what was said: two claims, linked."""

from __future__ import annotations

import pytest

from checker.claims import RuleExtractor
from checker.model import Article, Block, Claim, ClaimKind, Level, Link, Span, sha256_text


def _claims(text: str) -> tuple[Claim, ...]:
    return RuleExtractor().extract(Article(text, (), sha256_text(text))).claims


def _pair(text: str) -> tuple[Claim, Claim]:
    """The claim of attribution and the claim it reports."""
    claims = _claims(text)
    content = next(claim for claim in claims if claim.parent)
    return next(claim for claim in claims if claim.id == content.parent), content


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        ("According to the Tarnby Post, the mill closed in 2011.", "Tarnby Post", "The mill closed in 2011."),
        ("According to Ana Ruiz, the treasurer, the deficit fell by 2%.", "Ana Ruiz", "The deficit fell by 2%."),
        ("The deficit fell by 2%, the mayor said.", "the mayor", "The deficit fell by 2%."),
        ("The deficit fell by 2%, said Ana Ruiz, the treasurer.", "Ana Ruiz", "The deficit fell by 2%."),
        (
            "The mill closed in 2011, according to a survey by the board.",
            "a survey by the board",
            "The mill closed in 2011.",
        ),
        ("Ana Ruiz told reporters that the ferry carried 212 people.", "Ana Ruiz", "The ferry carried 212 people."),
        ("Ana Ruiz told the council the ferry carried 212 people.", "Ana Ruiz", "The ferry carried 212 people."),
        ("The report found that 14 of 20 wells were dirty.", "The report", "14 of 20 wells were dirty."),
        (
            "A poll by Halden Research suggests 54% of voters back the plan.",
            "A poll by Halden Research",
            "54% of voters back the plan.",
        ),
        ("Experts said the sample was small.", "Experts", "The sample was small."),
        (
            "The pilot, Bo Lindqvist, told councillors that the channel was shallow.",
            "Bo Lindqvist",
            "The channel was shallow.",
        ),
        (
            "Councillor Bo Lindqvist, who voted no, said the firm had lost $2 million.",
            "Bo Lindqvist",
            "The firm had lost $2 million.",
        ),
        ("But scientists warned the sample was small.", "scientists", "The sample was small."),
        (
            "The closure of the quay was announced by harbour master Ana Ruiz.",
            "Ana Ruiz",
            "The closure of the quay was announced.",
        ),
        ("It was announced by the ministry that the school had closed.", "the ministry", "The school had closed."),
        ("The bridge, Bo Lindqvist said, had reopened in May.", "Bo Lindqvist", "The bridge had reopened in May."),
        (
            "Meanwhile, the party leader, Bo Lindqvist, said that the vote was rigged.",
            "Bo Lindqvist",
            "The vote was rigged.",
        ),
        ("On Monday, prosecutors said Carl Voss hid $2 million.", "prosecutors", "Carl Voss hid $2 million."),
        (
            "Sources close to the talks said on condition of anonymity that a deal was signed.",
            "Sources close to the talks",
            "A deal was signed.",
        ),
        ("Cases rose to 340 in 2021, the agency's figures show.", "the agency's figures", "Cases rose to 340 in 2021."),
        ("Ruiz said on Tuesday that 12 euros had been charged.", "Ruiz", "12 euros had been charged."),
        ("It cost $4 million, Ruiz said, and took two years.", "Ruiz", "It cost $4 million and took two years."),
    ],
)
def test_a_report_is_two_linked_claims(text: str, speaker: str, said: str) -> None:
    """The claim that somebody says so, and what they say, whatever the order of the words."""
    attribution, content = _pair(text)
    assert attribution.level is Level.ATTRIBUTION
    assert attribution.kind is ClaimKind.ATTRIBUTION
    assert attribution.attributed_to == content.attributed_to == speaker
    assert content.level is Level.CONTENT
    assert content.text == said


def test_each_clause_after_according_to_has_its_own_pair() -> None:
    """ "According to X, A, and B" says twice that X said something."""
    text = "According to the board, the old quay is closed, and another quay 7 miles away is open."
    claims = _claims(text)
    assert [claim.level for claim in claims] == [Level.ATTRIBUTION, Level.CONTENT] * 2
    assert [claim.parent for claim in claims] == [None, "c1", None, "c3"]
    assert claims[3].span.of(text) == "another quay 7 miles away is open"
    assert claims[2].text == "According to the board, another quay 7 miles away is open."


def test_the_phrase_alone_is_marked_after_according_to() -> None:
    """The smallest stretch that says who said it is marked, so that it can be wrong alone."""
    text = "Two mills closed last year, according to analysis by the Tarnby Post."
    attribution, content = _pair(text)
    assert attribution.span.of(text) == "according to analysis by the Tarnby Post"
    assert content.span.of(text) == "Two mills closed last year"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz did not say that the bridge was safe.",
        "Ana Ruiz denied that the bridge was unsafe.",
        "Ana Ruiz said the council should resign.",
        "Ana Ruiz said she would probably resign.",
        "Experts said the wall would not survive another storm.",
        "The ministry did not say how many people were hurt.",
    ],
)
def test_what_is_denied_or_only_thought_is_no_claim_of_content(text: str) -> None:
    """That it was said can be checked; what is denied, wished or guessed is not stated as a fact."""
    assert {claim.level for claim in _claims(text)} == {Level.ATTRIBUTION}
    assert _claims(text)[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "The council announced a new budget.",
        "Ana Ruiz was said to be furious.",
        "The claim that the wall was unsafe is false.",
        "The court reports are public.",
        "Police reported 12 arrests.",
        "The firm told staff nothing.",
    ],
)
def test_a_verb_of_saying_without_a_clause_is_no_attribution(text: str) -> None:
    """Announcing a thing, being said to be, and nouns that look like verbs leave the sentence one statement."""
    assert [(claim.level, claim.text) for claim in _claims(text)] == [(Level.CONTENT, text)]


def test_two_voices_in_one_sentence_are_kept_apart() -> None:
    """Each side of "but" belongs to its own speaker."""
    claims = _claims("Ana Ruiz said the wall was safe; Bo Lindqvist said it had two cracks.")
    assert [claim.attributed_to for claim in claims] == ["Ana Ruiz", "Ana Ruiz", "Bo Lindqvist", "Bo Lindqvist"]


def test_an_unsure_voice_keeps_the_sentence_whole() -> None:
    """Whether "although" is still the speaker's cannot be known: the attribution keeps all of it."""
    text = "Ana Ruiz said the wall was safe, although divers found two cracks."
    assert _claims(text)[0].text == text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ana Ruiz joined the board in 2009. She said the pumps were old.", "Ana Ruiz"),
        ("Ana Ruiz met Bo Lindqvist in 2009. She said the pumps were old.", None),
        ("A farmer spoke. He said the pumps were old.", None),
        ("Bo Lindqvist runs a farm. The mill is near. Lindqvist said the pumps were old.", "Bo Lindqvist"),
        ("Bo Lindqvist and Eva Lindqvist run a farm. Lindqvist said the pumps were old.", "Lindqvist"),
    ],
)
def test_a_speaker_is_resolved_only_where_one_can_be_meant(text: str, speaker: str | None) -> None:
    """ "She" and a surname take a full name where the draft leaves no other; else they stay as they are."""
    said = next(claim for claim in _claims(text) if claim.level is Level.ATTRIBUTION)
    assert said.attributed_to == speaker


def test_hedges_negations_and_numbers_are_kept_word_for_word() -> None:
    """Restating changes no figure, unit, date, hedge or negation."""
    content = _pair("Officials said about 85 miles of road may not reopen before Sept. 4, 2025.")[1]
    assert content.text == "About 85 miles of road may not reopen before Sept. 4, 2025."


def test_links_are_citations_of_the_claims_on_them() -> None:
    """The author's link in an attribution is the citation of what it reports; another sentence's is not."""
    text = "The report says 14 wells were closed. The mill burned down in May."
    article = Article(
        text, (Block(Span(0, len(text))),), sha256_text(text), links=(Link(Span(4, 10), "https://a.example/r"),)
    )
    claims = RuleExtractor().extract(article).claims
    assert [claim.citations for claim in claims] == [("https://a.example/r",), ("https://a.example/r",), ()]
