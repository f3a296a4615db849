"""Quotations looked for in sources: found exactly, folded, altered or not at all, and always at true offsets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quoting import Cue, source, transcript

from checker.language.quotations import find_quotations
from checker.model import Block, BlockKind, Source, Span, Tier
from checker.verify.quotations.quotes import Grade, QuoteChecker, check_quote
from checker.verify.quotations.speakers import Spoken

SEED = Path(__file__).parents[3] / "shared" / "seed"

HARMLESS = [
    ("I told the board we could not pay more", "I told the board that we couldn't pay more.", "contraction"),
    ("it is a fine old bridge and we will keep it", "It's a fine old bridge and we'll keep it.", "contraction"),
    ("I've said that the bridge is old", "I have said the bridge is old.", "that"),
    ("I would close the bridge today", "I'd close the bridge today.", "contraction"),
    (
        "It's what he called ‘the long winter’, and it ended",
        'It is what he called "the long winter", and it ended.',
        "",
    ),
    (
        "a shed [with] brass doors ... and I love it",
        "a shed that a friend has given brass doors and a roof, and I love it",
        "",
    ),
    ("[The bridge] will stay shut for years", "It will stay shut for years.", "bracket"),
    ("we spent 1.5 million pounds on the roof", "We spent £1,500,000 on the roof.", "number style"),
    ("we spent two hundred and fifty pounds on it", "We spent 250 pounds on it.", "number style"),
    ("twelve men built the dam in a year", "12 men built the dam in a year.", "number style"),
    ("we honour the labour of the men", "We honor the labor of the men.", "spelling"),
    ("we will open the gate… and keep it open", "We will open the gate at dawn and keep it open.", "ellipsis"),
    ("we will open the gate at noon", "WE WILL OPEN THE GATE AT NOON", "capitals"),
    ("we will open the gate at noon", "We will, um, open the [laughter] gate at noon.", "hesitations"),
    ("we will open the gate at noon", "We will open [00:12:31] the gate at noon.", ""),
]

ALTERED = [
    ("we will open the gates at noon", "We will open the gate at noon.", "gate"),
    ("we will start the work at noon", "We will begin the work at noon.", "begin"),
    ("we could open the gate to all", "We couldn't open the gate to all.", "n't"),
    ("I told the board we could", "I told the board that we couldn't go on.", "n't"),
    ("I had put it in the book", "I'd put it in the book.", "I'd"),
    ("we spent 2.5 million pounds on the roof", "We spent £1,500,000 on the roof.", "1,500,000"),
    (
        "the plan [is] safe for the children of the town",
        "the plan was never thought safe for the children of the town",
        "",
    ),
    ("[Roe] will never leave the harbour town", "Jane Lund will never leave the harbour town.", "Lund"),
    ("we will open the gate ... this year", "We will open the gate but not this year.", "not"),
    ("I think [the pit] will stay shut for years", "I think that it may stay shut for years.", "may"),
    ("I hold that man to be guilty of it", "I hold man to be guilty of it.", "that"),
    ("the bridge is safe for lorries.", "Is it so that the bridge is safe for lorries?", "?"),
]


@pytest.mark.parametrize(("quoted", "text", "named"), HARMLESS)
def test_harmless_variance_is_folded(quoted: str, text: str, named: str) -> None:
    """Contractions, a dropped "that", an editor's marks, figures and spelling leave the words the same."""
    found = check_quote(quoted, None, [source(text)])
    assert found.grade is Grade.FOLDED, found.note
    assert named in found.note


@pytest.mark.parametrize(("quoted", "text", "named"), ALTERED)
def test_changed_words_are_altered_and_named(quoted: str, text: str, named: str) -> None:
    """One word of another meaning, number or form is an alteration, whatever marks stand around it."""
    found = check_quote(quoted, None, [source(text)])
    assert found.grade is Grade.ALTERED
    assert named in found.note


def test_exact_words_keep_their_offsets_after_wide_characters() -> None:
    """Offsets are code points, after emoji and right-to-left text too."""
    text = 'مرحبا 👩\u200d🚒👩\u200d🚒 Pia Voss said: "We will open the gate at noon."'
    found = check_quote("We will open the gate at noon.", "Pia Voss", [source(text)])
    assert found.grade is Grade.EXACT
    assert found.span is not None and found.span.of(text) == "We will open the gate at noon."


def test_quotation_runs_over_two_cues_of_one_speaker() -> None:
    """The break between two cues of one speaker is no break in the words."""
    spoken = transcript(Cue("Pia Voss", "We will keep the old"), Cue("Pia Voss", "gate open for good.", goes_on=True))
    found = check_quote("We will keep the old gate open for good.", "Pia Voss", [spoken])
    assert (found.grade, found.speaker) == (Grade.FOLDED, Spoken.FOUND)


def test_quotation_runs_over_a_running_head() -> None:
    """Page furniture in the middle of a sentence is not heard."""
    pieces = ("We will keep the old", "Annual report 7", "gate open for good.")
    blocks, text = [], ""
    for piece, kind in zip(pieces, (BlockKind.PARAGRAPH, BlockKind.FURNITURE, BlockKind.PARAGRAPH), strict=True):
        text += "\n\n" if text else ""
        blocks.append(Block(Span(len(text), len(text) + len(piece)), kind, continues=piece == pieces[2]))
        text += piece
    found = check_quote("We will keep the old gate open for good.", None, [source(text, blocks=tuple(blocks))])
    assert found.grade is Grade.FOLDED


@pytest.mark.parametrize(
    ("quoted", "context", "grade"),
    [
        ("late, costly and essential", "Jon Moll said the dredging was “late, costly and essential”.", Grade.ALTERED),
        ("essential", "Jon Moll said the dredging was “essential”.", Grade.ALTERED),
        ("late, costly and inessential", "Jon Moll said the dredging was “late, costly and inessential”.", Grade.EXACT),
        ("essential", "A chef called the chocolate “essential”.", Grade.NOT_FOUND),
        ("late, shiny and essential", "A chef called the chocolate “late, shiny and essential”.", Grade.NOT_FOUND),
    ],
)
def test_fragment_is_altered_only_at_its_own_place(quoted: str, context: str, grade: Grade) -> None:
    """A few words with one turned round are altered where the words around them show that it is that place."""
    text = "I say again that the dredging was late, costly and inessential. Jon Moll, Harbourmaster."
    checker = QuoteChecker([source(text)])
    assert checker.check(quoted, "Jon Moll", context=context).grade is grade


def test_unheard_words_are_marked() -> None:
    """Where the source could not be heard, the other words being the same, nothing is known to be altered."""
    found = check_quote("We will open the gate at noon", None, [source("We will [inaudible] the gate at noon.")])
    assert found.unheard


def test_primary_holders_come_first() -> None:
    """A source that itself quotes stands after the primary one, in whatever order they come."""
    said = 'Pia Voss said: "We lost the skill before we lost the mill."'
    second = source(said, id="wire", tier=Tier.SECONDARY)
    found = check_quote("We lost the skill before we lost the mill.", "Pia Voss", [second, source(said, id="log")])
    assert found.holders == ("log", "wire")
    assert found.source_id == "log"


def test_long_quotation_with_one_word_changed_is_named() -> None:
    """In a quotation of several hundred words the one changed is found."""
    words = [f"word{at % 97}x{at}" for at in range(600)]
    text = " ".join(words)
    words[311] = "other"
    found = check_quote(" ".join(words), None, [source(f"Before it. {text}. After it.")])
    assert [(item.ours, item.theirs) for item in found.differences] == [("other", "word20x311")]


_WORD = st.sampled_from(
    "the old gate river we will never open if only nine pumps Voss said road £5 can't it's — …".split()
)


@given(st.lists(_WORD, min_size=1, max_size=40), st.integers(0, 39), st.integers(1, 12))
def test_a_slice_of_a_source_is_always_found_there(words: list[str], first: int, size: int) -> None:
    """Whole words cut out of a text are found in it, at a span inside it."""
    cut = words[first % len(words) :][:size]
    text, quoted = " ".join(words), " ".join(cut)
    found = check_quote(quoted, None, [source(text)])
    assert found.grade in (Grade.EXACT, Grade.FOLDED)
    assert found.span is not None and 0 <= found.span.start < found.span.end <= len(text)


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_text_is_judged_without_error(quoted: str, text: str) -> None:
    """No characters in a quotation or a source break the check, and the span is the source's."""
    found = check_quote(quoted, "Pia Voss", [source(text)])
    if found.span is not None:
        assert found.span.end <= len(text)


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not beside this checkout")
def test_the_seed_article_s_quotations_stay_found() -> None:
    """The two quotations of the real article are found, with the speaker the draft names."""
    records = [json.loads(line) for line in (SEED / "sources.jsonl").read_text(encoding="utf-8").splitlines()]
    sources: list[Source] = [
        source(item["text"], id=item["id"], title=item["title"], publisher=item["publisher"], tier=Tier(item["tier"]))
        for item in records
        if item["tier"] != "self"
    ]
    draft = (SEED / "article.txt").read_text(encoding="utf-8")
    checker = QuoteChecker(sources)
    found = [checker.check(item.words.of(draft), "John Bolton") for item in find_quotations(draft)]
    assert len(found) == 2
    for item in found:
        assert item.grade in (Grade.EXACT, Grade.FOLDED)
        assert (item.speaker, item.turn, item.weak) == (Spoken.FOUND, None, False)
