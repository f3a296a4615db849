"""Transcripts, WebVTT and SubRip: what was said, by whom and when; times and tags are no part of the text."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from checker.errors import UnreadableError
from checker.model import BlockKind, Document, Locator
from checker.reading.composing import PARAGRAPH, Composer
from checker.reading.decoding import decode
from checker.reading.formats import Purpose
from checker.reading.metadata import extractor, words

_TIMES = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{1,3}[ \t]*-->[ \t]*(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d+:[\d:.]+>|\{\\[^{}]*\}", re.I)
# A name before a colon: up to five words, each with a capital or one of the small words of names.
_WORD = r"(?:[A-ZÀ-ÞŁŚŽ][\w.'’-]*|de|del|da|di|du|la|le|van|von|der|den|bin|al|of|the)"
_NAMED = re.compile(rf"(?:>>\s*)?((?=[A-ZÀ-ÞŁŚŽ]){_WORD}(?:[ ]{_WORD}){{0,4}}(?:[ ]\([^()]{{1,40}}\))?):\s+(?=\S)")
_TURN = re.compile(r"\s*(?:[-–—]\s*|>>\s*)(?=\S)")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_LONG_PAUSE = 30  # seconds of silence after which a sentence does not go on


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of one speaker; `turn` where the file marks that somebody else begins. Times in seconds."""

    start: int
    end: int
    text: str
    speaker: str | None
    turn: bool


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """What was said, a block a cue. Raises UnreadableError where no cue is found."""
    text = decode(data, where=name).replace("\r\n", "\n").replace("\r", "\n")
    composer = Composer()
    before: Cue | None = None
    for cue in _fresh(_cues(text, _names(text))):
        speaker = cue.speaker or (before.speaker if before and not cue.turn else None)
        cue = Cue(cue.start, cue.end, cue.text, speaker, cue.turn)
        same = before is not None and before.speaker == speaker and not cue.turn
        runs_on = (
            same and before is not None and not _ENDED.search(before.text) and cue.start - before.end < _LONG_PAUSE
        )
        locator = Locator(time=_clock(cue.start), speaker=speaker)
        composer.add(cue.text, BlockKind.CUE, locator, glue="\n" if runs_on else PARAGRAPH, continues=runs_on)
        before = cue
    if not len(composer):
        raise UnreadableError(
            "has no cues", where=name, hint="A cue is a line of times, 00:00:01.000 --> 00:00:04.000, and words."
        )
    is_vtt = text.startswith("WEBVTT")
    title = words(text.partition("\n")[0].removeprefix("WEBVTT").lstrip(" -–\t")) if is_vtt else None
    return composer.document("text/vtt" if is_vtt else "application/x-subrip", extractor("transcript"), title=title)


def _cues(text: str, names: frozenset[str]) -> Iterator[Cue]:
    for stretch in _BLANK.split(text):
        lines = stretch.split("\n")
        at = next((i for i, line in enumerate(lines) if _TIMES.search(line)), None)
        if at is None:
            continue  # the header, a note, a style
        times = _TIMES.search(lines[at])
        assert times is not None
        start, end = _seconds(times.groups()[:3]), _seconds(times.groups()[3:])
        for speaker, said, turn in _voices(lines[at + 1 :], names):
            yield Cue(start, end, said, speaker, turn)


def _voices(lines: list[str], names: frozenset[str]) -> list[tuple[str | None, str, bool]]:
    """Who says what in one cue: (speaker, words, whether a new turn begins)."""
    turns: list[tuple[str | None, list[str], bool]] = []
    for line in lines:
        voice = _VOICE.search(line)
        plain = html.unescape(_TAG.sub("", line)).strip()
        if not plain:
            continue
        dash, named = _TURN.match(plain), None
        if voice is None:
            named = _NAMED.match(plain)
            named = named if named and named.group(1) in names else None
        speaker = _name(voice.group(1)) if voice else _name(named.group(1)) if named else None
        said = plain[named.end() :] if named else plain[dash.end() :] if dash else plain
        if speaker or dash or not turns:
            turns.append((speaker, [said], bool(speaker or dash)))
        else:
            turns[-1][1].append(said)
    return [(speaker, "\n".join(said), turn and speaker is None) for speaker, said, turn in turns]


def _names(text: str) -> frozenset[str]:
    """The words before a colon that are somebody's name: in capitals, of two words, or there more than once.

    "Remember: ..." is what somebody says, and must stay in the text.
    """
    found = Counter(match.group(1) for line in text.split("\n") if (match := _NAMED.match(_TAG.sub("", line).strip())))
    return frozenset(name for name, times in found.items() if times > 1 or name.isupper() or " " in name)


def _name(written: str) -> str:
    name = " ".join(html.unescape(written).split())
    return name.title() if name.isupper() and len(name) > 3 else name


def _fresh(cues: Iterator[Cue]) -> Iterator[Cue]:
    """The cues without what the one before already showed: live captions scroll, each line comes twice."""
    shown: list[str] = []
    for cue in cues:
        lines = cue.text.split("\n")
        kept = lines
        for size in range(min(len(shown), len(lines)), 0, -1):
            if shown[-size:] == lines[:size]:
                kept = lines[size:]
                break
        shown = lines
        if kept:
            yield Cue(cue.start, cue.end, "\n".join(kept), cue.speaker, cue.turn)


def _seconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
