"""Transcripts and JSON blocks: speakers, times and ids."""

from __future__ import annotations

import json

from checker.language.sentences import stretch_sentences, stretches
from checker.model import BlockKind

VTT = """WEBVTT - Council

STYLE
::cue { color: red }

NOTE a remark --not a cue

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ann Lee>We will build the

00:00:04.000 --> 00:00:06.000
bridge by <i>June</i>. Remember: it is ours.

01:02:03.000 --> 01:02:05.000
MAYOR COLE: No &amp; never.

01:02:05.000 --> 01:02:07.000
- Who?
- Me.
"""


def test_cues_have_speaker_and_time(read):
    """Who spoke and when is located; names, times and tags are no part of the words."""
    document = read(VTT, "a.vtt")
    cues = [(b.locator.time, b.locator.speaker, b.span.of(document.text)) for b in document.blocks]
    assert cues == [
        ("00:00:01", "Ann Lee", "We will build the"),
        ("00:00:04", "Ann Lee", "bridge by June. Remember: it is ours."),
        ("01:02:03", "Mayor Cole", "No & never."),
        ("01:02:05", None, "Who?"),
        ("01:02:05", None, "Me."),
    ]
    assert all(block.kind is BlockKind.CUE for block in document.blocks)
    assert document.title == "Council"


def test_a_sentence_runs_over_cues_of_one_speaker(read):
    """Cues that one speaker's sentence runs over are one stretch."""
    document = read(VTT, "a.vtt")
    first = stretch_sentences(document.text, stretches(document.blocks)[0])[0]
    assert " ".join(first.of(document.text).split()) == "We will build the bridge by June."


def test_subrip_scrolls_are_read_once(read, shown):
    """Live captions that repeat a line are read once; SubRip's tags go."""
    srt = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}The wall is\r\n\r\n"
        "2\r\n00:00:02,000 --> 00:00:03,000\r\nThe wall is\r\n<b>sound.</b>\r\n"
    )
    document = read(srt, "a.srt")
    assert document.text == "The wall is\nsound."


def test_json_blocks_keep_their_ids(read):
    """Each block of an editor's tool is found again by its id."""
    blocks = [{"id": "b1", "text": "One.\n\nTwo."}, {"id": 7, "text": "Title", "kind": "heading"}]
    document = read(json.dumps({"title": "T", "published": "2024-03-05", "blocks": blocks}), "a.json")
    assert [(b.locator.block, b.span.of(document.text), b.kind) for b in document.blocks] == [
        ("b1", "One.", BlockKind.PARAGRAPH),
        ("b1", "Two.", BlockKind.PARAGRAPH),
        ("7", "Title", BlockKind.HEADING),
    ]
    assert document.title == "T"
    assert read(json.dumps(blocks), "standard input").media_type == "application/json"
