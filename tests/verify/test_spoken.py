"""Verdicts on quotations: never supported where the words are cut, changed, or not shown to be the speaker's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from quoting import Cue, judge, source, transcript

from checker.model import Label, ReasonCode, Stance, Tier

SUPPORTED, CONTRADICTED, MIXED, OPEN = Label.SUPPORTED, Label.CONTRADICTED, Label.MIXED, Label.NOT_ENOUGH_EVIDENCE
SAFE = "the quarry is safe for children"
BEST = "we have built the best school in the county"
LOST = "We lost the skill before we lost the mill"

TURNED = [
    ("I would reopen the quarry, but only if the road is mended first.", "I would reopen the quarry"),
    (
        "I would reopen the quarry tomorrow morning provided that the road is mended.",
        "I would reopen the quarry tomorrow",
    ),
    ("We will sell the old bridge unless the county pays for it.", "We will sell the old bridge"),
    (f"I did not say that {SAFE}.", SAFE),
    (f"Nobody should think that {SAFE}.", SAFE),
    (f"I don't think {SAFE}.", SAFE),
    (f"It would be wrong to say that {SAFE}.", SAFE),
    (f"I used to think that {SAFE}.", SAFE),
    (f"I hope that {SAFE}.", SAFE),
    (f"If {SAFE}, I will eat my hat.", SAFE),
    (f"If the rain stops, {BEST}.", BEST),
    (f"My opponents say that {SAFE}.", SAFE),
    (f"Is it true that {SAFE}?", SAFE),
    ("The quarry is safe for children, they say. That is nonsense.", "The quarry is safe for children"),
    ("The quarry is safe for children. Not.", "The quarry is safe for children."),
    ("The quarry is safe for children, but not this year.", "The quarry is safe for children"),
    (f"I will not rest until {SAFE}.", SAFE),
    ("The quarry will stay open to visitors until the end of May.", "The quarry will stay open to visitors"),
    ("The quarry might be safe for children and dogs.", "be safe for children and dogs"),
]

CONTINUED = [
    ("I would reopen the quarry tomorrow, and we will start in May.", "I would reopen the quarry tomorrow"),
    ("I would reopen the quarry tomorrow because the town needs it.", "I would reopen the quarry tomorrow"),
    ("I would reopen the quarry tomorrow. If you ask me, we need it.", "I would reopen the quarry tomorrow."),
    (f"Even if it rains, {BEST}.", BEST),
    (f"I have no money, but {BEST}.", BEST),
    ("I have no time and I will leave the council in May.", "I will leave the council in May"),
    (f"It is no secret: {BEST}.", BEST),
    (f"There is no doubt that {SAFE}.", SAFE),
    (f"I can't deny that {SAFE}.", SAFE),
    (f"I am not sorry that {BEST}.", BEST),
    (f"I say that {SAFE}.", SAFE),
    (f"I told the board in March, when nobody listened, that {SAFE}.", SAFE),
    ("Nobody worked harder than my mother, who built this school.", "my mother, who built this school"),
    ("The quarry is safe for children, but we need a new fence.", "The quarry is safe for children"),
    ("The bridge will open on Monday, even if it snows.", "The bridge will open on Monday"),
    ("The bridge will open on Monday and we will see if lorries come.", "The bridge will open on Monday"),
    (f"What did we lose? {LOST}, so where do we go now?", LOST),
    ("We will never close the school, I promise you.", "We will never close the school"),
    ("I do not think we should wait. We must open the gate on Monday.", "We must open the gate on Monday."),
]


def _turn(words: str) -> str:
    return f"CHAIR: Ms Voss?\nPIA VOSS: {words}\nCHAIR: Thank you.\nPIA VOSS: Good night."


@pytest.mark.parametrize(("said", "quoted"), TURNED)
def test_cut_that_turns_the_sense_is_mixed(said: str, quoted: str) -> None:
    """Words cut out of a condition, a denial, a question or another's mouth stand there and prove nothing."""
    for text in (_turn(said), f'Pia Voss told us: "{said}"'):
        verdict = judge(f"Pia Voss said: “{quoted}”", "Pia Voss", text)
        assert (verdict.label, verdict.reasons) == (MIXED, (ReasonCode.QUOTE_ALTERED,)), verdict.justification
        (shown,) = verdict.evidence
        assert said.split(". ")[0].rstrip(".") in shown.quote
        assert "cut" in verdict.justification


@pytest.mark.parametrize(("said", "quoted"), CONTINUED)
def test_plain_continuation_is_harmless(said: str, quoted: str) -> None:
    """How a speaker goes on, or began, may be left out where the words hold without it."""
    for text in (_turn(said), f'Pia Voss told us: "{said}"'):
        verdict = judge(f"Pia Voss said: “{quoted}”", "Pia Voss", text)
        assert verdict.label is SUPPORTED, verdict.justification


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (
            "Pia Voss said she would “support reopening the quarry” only if it is dry.",
            "I would support reopening the quarry only if it is dry.",
        ),
        ("Pia Voss said she did not think “the quarry is safe for children”.", f"I don't think {SAFE}."),
        (
            "“I would reopen the quarry,” Pia Voss said, “but only if it is dry.”",
            "I would reopen the quarry, but only if it is dry.",
        ),
        (
            "“I would reopen the quarry,” Pia Voss said. “But only if it is dry.”",
            "I would reopen the quarry, but only if it is dry.",
        ),
    ],
)
def test_draft_that_gives_the_cut_words_itself_is_supported(draft: str, said: str) -> None:
    """What was cut from the quotation may stand outside its marks."""
    assert judge(draft, "Pia Voss", _turn(said)).label is SUPPORTED


def test_condition_resumed_after_the_attribution_counts() -> None:
    """A sentence interrupted by "she said" is one sentence."""
    text = '"I would reopen the quarry," Pia Voss said, "only if the road is mended first."'
    assert judge("“I would reopen the quarry,” Pia Voss said.", "Pia Voss", text).label is MIXED


def test_words_somebody_denies_having_said_are_not_theirs() -> None:
    """A source that says the words were never said holds them and proves the contrary."""
    text = 'Pia Voss never said "I would reopen the quarry", her office wrote.'
    assert judge("Pia Voss said: “I would reopen the quarry.”", "Pia Voss", text).label is MIXED


def test_condition_in_the_speaker_s_next_cue_counts() -> None:
    """A sentence that runs over two cues is shown whole."""
    cues = transcript(
        Cue("Pia Voss", "I would reopen the quarry"),
        Cue("Pia Voss", "only if the road is mended.", goes_on=True),
        Cue("Otto Frey", "Only if."),
    )
    verdict = judge("Pia Voss said: “I would reopen the quarry.”", "Pia Voss", cues)
    assert verdict.label is MIXED
    assert verdict.evidence[0].quote == "I would reopen the quarry\nonly if the road is mended."


def test_words_given_to_nobody_are_not_enough() -> None:
    """Where nothing shows that the person named said them, the words alone support nothing."""
    for text in (
        f"{LOST}. The gates opened at nine.",
        f"“{LOST},” a spokesman said.",
        _turn("Yes.") + f"\nCHAIR: {LOST}.",
    ):
        verdict = judge(f"“{LOST},” said Ruth Amery.", "Ruth Amery", text)
        assert (verdict.label, verdict.reasons) == (OPEN, (ReasonCode.ONLY_PART_FOUND,))
        assert {item.stance for item in verdict.evidence} == {Stance.QUALIFIES}
        assert "Ruth Amery" in verdict.justification


def test_another_person_in_a_role_s_place_is_misattributed() -> None:
    """The words are the chair's, and the draft gives them to the head teacher."""
    text = f"The head teacher, Ruth Amery, was glad. The chair of governors, Neil Sturge, said: “{LOST}.”"
    for speaker in ("the head teacher", "Ruth Amery"):
        verdict = judge(f"“{LOST},” said the head teacher, Ruth Amery.", speaker, text)
        assert (verdict.label, verdict.reasons) == (CONTRADICTED, (ReasonCode.MISATTRIBUTED,))


def test_two_sources_that_name_two_speakers() -> None:
    """Equal sources disagree; a primary one outweighs a secondary one, whichever side it is on."""
    hers = source(f"Pia Voss said: “{LOST}.”", id="hers")
    his = source(f"Otto Frey said: “{LOST}.”", id="his")
    draft = f"“{LOST},” said Pia Voss."
    mixed = judge(draft, "Pia Voss", his, hers)
    assert mixed.label is MIXED
    assert ReasonCode.SOURCES_DISAGREE in mixed.reasons
    assert judge(draft, "Pia Voss", hers, replace(his, tier=Tier.SECONDARY)).label is SUPPORTED
    assert judge(draft, "Pia Voss", replace(hers, tier=Tier.SECONDARY), his).label is CONTRADICTED
    assert judge(draft, "Ada Moor", hers, his).label is CONTRADICTED


def test_two_words_in_common_say_nothing_of_another_speaker() -> None:
    """That somebody else says two common words is no misattribution."""
    verdict = judge("Ada Moor called it “a disgrace”.", "Ada Moor", "Otto Frey said the new tram was a disgrace.")
    assert verdict.label is OPEN


def test_altered_words_are_contradicted_with_the_source_s_own() -> None:
    """The source's words stand beside the draft's, and are offered in their place."""
    verdict = judge(
        "Pia Voss said: “We will open the gates at noon.”",
        "Pia Voss",
        'Pia Voss said: "We will open the gate at noon."',
    )
    assert (verdict.label, verdict.suggestion) == (CONTRADICTED, "We will open the gate at noon")


def test_unheard_words_are_no_contradiction() -> None:
    """A transcript that could not be heard does not say that the draft is wrong."""
    verdict = judge(
        "Pia Voss said: “We will open the gate at noon.”", "Pia Voss", _turn("We will [inaudible] the gate at noon.")
    )
    assert verdict.label is OPEN


def test_review_that_quotes_praise_to_deny_it_does_not_praise() -> None:
    """A fragment whose next sentence takes it back is shown with that sentence."""
    text = "The producers tell us that their new musical is a triumph. It is nothing of the kind. The band is good."
    verdict = judge(
        "A reviewer called the musical “a triumph”.", "A reviewer", source(text, title="Review: Salt at the Lyric")
    )
    assert verdict.label is MIXED


def test_words_found_nowhere_are_not_contradicted() -> None:
    """No source has the words: nothing is known against them."""
    verdict = judge(
        "“Nobody warned us of the tide,” said Fay Brod.",
        "Fay Brod",
        "Nine walkers were brought ashore. Fay Brod wrote to thank the crew.",
    )
    assert (verdict.label, verdict.reasons) == (OPEN, (ReasonCode.QUOTE_NOT_FOUND,))
