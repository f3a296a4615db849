"""Voices that a source's own layout gives: a transcript's labels and cues, questions and answers, a signature."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from checker.language.names import NameKind, find_names
from checker.model import BlockKind, Source, Span

ASKER = "the questioner"

_LABEL = re.compile(
    r"^[ \t>\-–—*]*(?:\*\*)?(?P<name>[^\W\d_][\w.'’ \-]{0,48}?)(?:\s*\([^)\n]{1,60}\)|,(?P<post>[^:\n.?!\"“”]{2,60}))?"
    r"(?:\*\*)?:(?:\*\*)?(?=\s|$)",
    re.M,
)
_ASKED = re.compile(r"^[ \t>*]*(?P<name>Q|A|Question|Answer|Interviewer|Interviewee)\d{0,3}(?:\*\*)?[.:](?=\s)", re.M)
_ASKERS = frozenset("q question interviewer".split())
_NO_SPEAKER = frozenset(
    """note date subject from to cc re time place venue present absent agenda item summary background source sources
    contact title author by tags share related photo image video caption update updated published question answer q a
    example warning tip step total result results motion vote minutes location http https speaker chapter section
    decision action resolved apologies attendees participants interviewer interviewee transcript""".split()
)
_INTERVIEW = re.compile(
    r"\b(?:interview|conversation|q\s?&\s?a|talk|evidence|questions)\b.{0,30}?\b(?:with|of|to|from|by)\b", re.I
)
_SIGNED = re.compile(r"[\n.!?”\"]\s*(?:[—–-]\s*|signed:?\s+|yours \w+,?\s+)?(?P<line>[A-Z][^\n.!?]{4,100})[.\s]*$")
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|me|us)\b")
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")
_LONGEST = 20_000  # characters of a paragraph, at most
_FAR = 1500  # characters on either side beyond which no sentence reaches


@dataclass(frozen=True, slots=True)
class Label:
    """Where a speaker's turn begins, and the speaker's name as the source writes it."""

    at: int
    name: str


def cue_voices(source: Source, span: Span) -> tuple[str, ...]:
    """The speakers of the cues under `span`, none where the source has no cues that name one."""
    first, last = _blocks_at(source, span)
    cues = [block.locator.speaker for block in source.blocks[first : last + 1]]
    return tuple(dict.fromkeys(speaker for speaker in cues if speaker))


def label_voices(source: Source, span: Span) -> tuple[str, ...]:
    """The speakers whose turns `span` stands in by the labels at the start of lines."""
    found = labels(source.text, source.title)
    if len(found) < 2:
        return ()
    within = [label.name for label in found if span.start < label.at < span.end]
    before = [label.name for label in found if label.at <= span.start]
    return tuple(dict.fromkeys([*before[-1:], *within]))


def all_voices(source: Source) -> tuple[str, ...]:
    """Everybody who speaks in a transcript or an interview; nobody in another source."""
    cues = [block.locator.speaker for block in source.blocks if block.locator.speaker]
    if cues:
        return tuple(dict.fromkeys(speaker for speaker in cues if speaker))
    found = labels(source.text, source.title)
    return tuple(dict.fromkeys(label.name for label in found)) if len(found) > 1 else ()


@lru_cache(maxsize=256)
def labels(text: str, title: str = "") -> tuple[Label, ...]:
    """Each speaker's label at the start of a line; none in a text that is no transcript.

    "Q" and "A" are the questioner and whoever the title says is interviewed.
    """
    named = [Label(match.start("name"), match["name"].strip()) for match in _LABEL.finditer(text) if _is_name(match)]
    names = [label.name for label in named]
    kept = [
        label for label in named if names.count(label.name) > 1 or len(label.name.split()) > 1 or label.name.isupper()
    ]
    asked = [Label(match.start("name"), _part(match["name"], title)) for match in _ASKED.finditer(text)]
    if len(asked) + len(kept) < 2:
        asked = []
    return tuple(sorted((*kept, *asked), key=lambda label: label.at))


def signature(source: Source) -> str | None:
    """Who signs the source at its end, where it speaks in the first person: "Jo Lund, Secretary"."""
    tail = source.text[-400:].rstrip()
    match = _SIGNED.search(tail)
    if match is None or not _FIRST_PERSON.search(source.text):
        return None
    names = [name for name in find_names(match["line"]) if name.kind in (NameKind.PERSON, NameKind.OTHER)]
    if not names or names[0].span.start > len(names[0].title) + 12 or " " not in names[0].text:
        return None
    rest = match["line"][names[0].span.end :]
    return names[0].text if not rest.strip() or rest.lstrip().startswith((",", "(", "\n")) else None


def bounds(source: Source, span: Span) -> Span:
    """The stretch of one voice that holds `span`, at most: its paragraph, cut at a speaker's label."""
    start, end = _stretch(source, span)
    start, end = max(start, span.start - _FAR), min(end, span.end + _FAR)
    for label in labels(source.text, source.title):
        if label.at <= span.start:
            start = max(start, _after_label(source.text, label.at))
        elif label.at >= span.end:
            end = min(end, label.at)
            break
    return Span(min(start, span.start), max(end, span.end))


def _after_label(text: str, at: int) -> int:
    """The offset after the colon of the label at `at`."""
    found = re.compile(r"[^\n:]{0,120}?(?::|(?<=[QA])\.)(?:\*\*)?\s*").match(text, at)
    return found.end() if found else at


def _stretch(source: Source, span: Span) -> tuple[int, int]:
    """Start and end of the blocks around `span` that continue one another, running heads between them passed over."""
    first, last = _blocks_at(source, span)
    if first > last:
        return paragraph(source.text, span)
    blocks = source.blocks
    while first > 0 and (blocks[first].continues or blocks[first].kind is BlockKind.FURNITURE):
        first -= 1
    following = last + 1
    while following < len(blocks) and (blocks[following].continues or blocks[following].kind is BlockKind.FURNITURE):
        last = following if blocks[following].continues else last
        following += 1
    return min(blocks[first].span.start, span.start), max(blocks[last].span.end, span.end)


def _blocks_at(source: Source, span: Span) -> tuple[int, int]:
    """The first and the last of the source's blocks that overlap `span`; the first past the last where none does."""
    blocks = source.blocks
    first = bisect_right(blocks, span.start, key=lambda block: block.span.end)
    last = bisect_left(blocks, span.end, key=lambda block: block.span.start) - 1
    return first, last


def paragraph(text: str, span: Span) -> tuple[int, int]:
    """Start and end of the paragraph or paragraphs that hold `span`."""
    start, end = max(0, span.start - _LONGEST), min(len(text), span.end + _LONGEST)
    for match in _PARAGRAPH.finditer(text, start, span.start):
        start = match.end()
    following = _PARAGRAPH.search(text, span.end, end)
    return start, following.start() if following else end


def _is_name(match: re.Match[str]) -> bool:
    label = match["name"].strip()
    words = label.split()
    if label.casefold() in _NO_SPEAKER or len(words) > 6 or words[0].casefold() in _NO_SPEAKER:
        return False
    if match["post"] is not None and not (
        len(words) > 1 and all(word[0].isupper() for word in words) and words[0].casefold() != "for"
    ):
        return False
    return all(word[0].isupper() for word in words if len(word) > 3)


def _part(label: str, title: str) -> str:
    if label.casefold() in _ASKERS:
        return ASKER
    found = _INTERVIEW.search(title)
    people = [name for name in find_names(title[found.end() :]) if name.kind is NameKind.PERSON] if found else []
    return people[0].text if people else "the one who answers"
