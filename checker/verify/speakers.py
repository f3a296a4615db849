"""Who says the words of a stretch of a source: the transcript's speaker, the attribution beside them, the byline.

Another speaker is named only where the source plainly names one; a pronoun, a role alone or two voices leave it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checker.language.lexicon import TITLES
from checker.language.likeness import Likeness, likeness, name_words
from checker.language.names import Name, NameKind, find_names
from checker.model import Source, Span
from checker.verify.modality import SAYING


class Spoken(StrEnum):
    """Whether the person a draft names is the one who says the words in the source."""

    FOUND = "found"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """The answer, and the name the source gives where it gives one."""

    spoken: Spoken = Spoken.UNKNOWN
    name: str | None = None


NOBODY = SpokenBy()

_LABEL = re.compile(r"^[ \t>\-–—]*(?:\*\*)?([^\W\d_][\w.'’ \-]{0,48}?)(?:\s*\([^)\n]{1,60}\))?(?:\*\*)?:(?=\s|$)", re.M)
_NO_SPEAKER = frozenset(
    """note date subject from to cc re time place venue present absent agenda item summary background source sources
    contact title author by tags share related photo image video caption update updated published question answer q a
    example warning tip step total result results motion vote minutes location http https speaker chapter section
    decision action resolved apologies attendees participants""".split()
)
_STATEMENT = re.compile(
    r"\b(?:statement|remarks|speech|address|letter|testimony|op-?ed|comments|message|lecture|sermon|opinion|evidence)\b"
    r"(?:[^.\n]{0,60}?)\b(?:by|of|from)\b",
    re.I,
)
_OWN_WORDS = re.compile(
    r"\b(?:statement|remarks|speech|address|letter|testimony|op-?ed|message|lecture|opinion|blog)\b", re.I
)
_BYLINE = re.compile(r"^\s*(?:By|From)\s+(?=[A-Z])([^\n]{3,80})$", re.M)
_PRONOUN_SAID = re.compile(rf"\b(?:he|she|they)\s+(?:also\s+|then\s+)?{SAYING}\b|\b{SAYING}\s+(?:he|she)\b", re.I)
_SAID = re.compile(rf"\b{SAYING}\b", re.I)
_ACCORDING = re.compile(r"\baccording to\b|\bin the words of\b", re.I)
_MARKS = re.compile(r"[\"“”«»]")
_LESSER = frozenset("deputy vice former acting interim assistant".split())
_PARAGRAPH = re.compile(r"\n[ \t]*\r?\n")


def spoken_by(source: Source, span: Span, speaker: str | None) -> SpokenBy:
    """Who says the words under `span` of `source`, and whether that is `speaker`."""
    for voices in (_transcript(source, span), _beside(source.text, span), _byline(source, span)):
        if voices:
            return _judged(voices, speaker)
    if speaker and _author_named(source, speaker):
        return SpokenBy(Spoken.FOUND, speaker)
    antecedent = _antecedent(source.text, span)
    if antecedent and speaker and same_person(speaker, antecedent):
        return SpokenBy(Spoken.FOUND, antecedent)
    return NOBODY


def _judged(voices: tuple[str, ...], speaker: str | None) -> SpokenBy:
    if speaker is None:
        return SpokenBy(Spoken.UNKNOWN, voices[0])
    answers = [same_person(speaker, voice) for voice in voices]
    if any(answers):
        return SpokenBy(Spoken.FOUND, voices[answers.index(True)])
    if len(voices) == 1 and answers[0] is False:
        return SpokenBy(Spoken.OTHER, voices[0])
    return SpokenBy(Spoken.UNKNOWN, voices[0])


@lru_cache(maxsize=8192)
def same_person(ours: str, theirs: str) -> bool | None:
    """Whether two ways of naming a speaker name one; None where a role, a pronoun or a bare word leaves it open."""
    left, right = _core(ours), _core(theirs)
    if not left or not right:
        bare, other = sorted((_role(ours), _role(theirs)), key=len) if left or right else (_role(ours), _role(theirs))
        return True if bare and bare <= other and not (other - bare) & _LESSER else None
    found = likeness(left, right, person=True)
    if found in (Likeness.SAME, Likeness.PART, Likeness.VARIANT, Likeness.ACRONYM, Likeness.SLIP):
        return True
    if likeness(left, right) in (Likeness.SAME, Likeness.PART, Likeness.VARIANT, Likeness.ACRONYM):
        return None
    return False


def _core(name: str) -> str:
    """The proper name in `name`, without title; empty where there is only a role or a pronoun."""
    words = re.findall(r"[^\W\d_][\w.'’\-]*", name)
    proper = [
        word
        for word in words
        if word[0].isupper() and word.casefold().rstrip(".") not in TITLES | {"the", "he", "she", "they", "it"}
    ]
    names = find_names(name)
    if names:
        return names[-1].text if len(names) == 1 else names[0].text
    return " ".join(proper)


def _role(name: str) -> frozenset[str]:
    return frozenset(word for word in name_words(f"x {name}") if word in TITLES)


def _transcript(source: Source, span: Span) -> tuple[str, ...]:
    """The speakers the source's own layout gives: its cues', or the label the lines stand under."""
    cues = [block.locator.speaker for block in source.blocks if block.span.overlaps(span) and block.locator.speaker]
    if cues:
        return tuple(dict.fromkeys(speaker for speaker in cues if speaker))
    labels = _labels(source.text)
    if len(labels) < 2:
        return ()
    within = [name for at, name in labels if span.start < at < span.end]
    before = [name for at, name in labels if at <= span.start]
    return tuple(dict.fromkeys([*before[-1:], *within]))


@lru_cache(maxsize=256)
def _labels(text: str) -> tuple[tuple[int, str], ...]:
    """(offset, name) of each speaker's label at the start of a line; none in a text that is no transcript."""
    found = []
    for match in _LABEL.finditer(text):
        label = match.group(1).strip()
        words = label.split()
        if (
            label.casefold() in _NO_SPEAKER
            or len(words) > 6
            or not all(word[0].isupper() for word in words if len(word) > 3)
        ):
            continue
        if any(word.casefold() in _NO_SPEAKER for word in words[:1]):
            continue
        found.append((match.start(1), label))
    names = [label for _, label in found]
    return tuple(item for item in found if names.count(item[1]) > 1 or len(item[1].split()) > 1 or item[1].isupper())


def _beside(text: str, span: Span) -> tuple[str, ...]:
    """The person an attribution in the same paragraph gives the words to."""
    start, end = _paragraph(text, span)
    before, after = text[start : span.start], text[span.end : end]
    opened = len(_MARKS.findall(before)) % 2 == 1
    if opened:
        lead = before[: [match.start() for match in _MARKS.finditer(before)][-1]]
        close = _MARKS.search(after)
        tail = after[close.end() :] if close else ""
        return _named_after(tail) or _named_before(lead, marks=True)
    if _MARKS.search(span.of(text)):
        return ()
    return _named_after(after, indirect=True) or _named_before(before, marks=False)


def _paragraph(text: str, span: Span) -> tuple[int, int]:
    start, end = 0, len(text)
    for match in _PARAGRAPH.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    return start, end


def _named_after(tail: str, *, indirect: bool = False) -> tuple[str, ...]:
    """The name in '," said Ana Ortiz', '," Ortiz said', '," the mayor, Ana Ortiz, told reporters'."""
    clause = re.split(r"[.!?](?:\s|$)|[\"“”]", tail, maxsplit=1)[0][:160]
    if indirect:
        follows = re.match(r"\s*,\s*", clause)
        if not follows:
            return ()
        clause = clause[follows.end() :]
    said = _SAID.search(clause)
    if not said or _PRONOUN_SAID.search(clause):
        according = _ACCORDING.search(clause)
        return _first_name(clause[according.end() :]) if according and according.start() < 8 else ()
    ahead = clause[: said.start()]
    return _last_subject(ahead) or _first_name(clause[said.end() :], close=True)


def _named_before(lead: str, *, marks: bool) -> tuple[str, ...]:
    """The name in 'Ana Ortiz said: "', 'Ortiz said that', 'According to Ortiz,'."""
    sentence = re.split(r"[.!?][\"”’]?\s+(?=[A-Z\"“])", lead)[-1]
    if _PRONOUN_SAID.search(sentence):
        return ()
    said = next(reversed(list(_SAID.finditer(sentence))), None)
    if said is None:
        according = _ACCORDING.search(sentence)
        return _first_name(sentence[according.end() :]) if according else ()
    rest = sentence[said.end() :]
    if not marks and not re.fullmatch(
        r"(?:\s+(?:that|reporters|members|the|council|meeting|a|on|in|\w+day))*[\s,:]*(?:that\s*)?(?:\w+\s+){0,12}",
        rest,
    ):
        return ()
    return _last_subject(sentence[: said.start()])


def _last_subject(words: str) -> tuple[str, ...]:
    """The name that is the subject before a verb of saying: the first one of its clause, not its apposition."""
    piece = re.split(r"[;:–—]|\b(?:but|while|and then|after|because|when)\b", words)[-1]
    names = [name for name in find_names(piece) if name.kind not in (NameKind.DEMONYM, NameKind.PLACE)]
    if not names:
        return ()
    people = [name for name in names if name.kind is NameKind.PERSON]
    if len(people) > 1 and re.search(r"\band\b", piece):
        return tuple(_full(name) for name in people)
    return (_full((people or names)[0]),)


def _first_name(words: str, *, close: bool = False) -> tuple[str, ...]:
    names = [name for name in find_names(words) if name.kind is not NameKind.DEMONYM]
    if not names or (close and names[0].span.start > 60):
        return ()
    people = [name for name in names if name.kind is NameKind.PERSON]
    first = names[0]
    if (
        people
        and people[0] is not first
        and first.kind is not NameKind.OTHER
        and people[0].span.start - first.span.end < 40
    ):
        first = people[0]
    return (_full(first),)


def _full(name: Name) -> str:
    return f"{name.title.title()} {name.text}".strip()


def _byline(source: Source, span: Span) -> tuple[str, ...]:
    """The person whose statement the whole document is, where the words stand in no quotation marks of their own."""
    start, _ = _paragraph(source.text, span)
    if len(_MARKS.findall(source.text[start : span.start])) % 2 == 1:
        return ()
    statement = _STATEMENT.search(source.title)
    if statement:
        people = [
            name
            for name in find_names(source.title[statement.end() :].strip(" :,"))
            if name.kind in (NameKind.PERSON, NameKind.OTHER)
        ]
        if people:
            return (_full(people[0]),)
    if _OWN_WORDS.search(source.title):
        byline = _BYLINE.search(source.text[:600])
        if byline:
            return _first_name(byline.group(1))
    return ()


def _author_named(source: Source, speaker: str) -> bool:
    """Whether the title or publisher of a statement names `speaker` in any other way: "Ana Ortiz: my budget speech"."""
    if not _OWN_WORDS.search(f"{source.title} {source.publisher or ''}"):
        return False
    return any(
        same_person(speaker, _full(name)) is True
        for part in (source.title, source.publisher or "")
        for name in find_names(part)
    )


def _antecedent(text: str, span: Span) -> str | None:
    """Whom the words seem to go back to where nothing beside them says so: good enough to find the draft's speaker
    again, never to name another. It is the one voice of the paragraph, or with "he said" the person named last."""
    start, end = _paragraph(text, span)
    paragraph = text[start:end]
    if len(_MARKS.findall(text[start : span.start])) % 2 == 1:
        told = {name for match in _SAID.finditer(paragraph) for name in _voices_at(paragraph, match)}
        if len(told) == 1:
            return told.pop()
    if not _PRONOUN_SAID.search(text[start : span.start]) and not _PRONOUN_SAID.search(
        text[span.end : min(end, span.end + 80)]
    ):
        return None
    people = [name for name in find_names(text[max(0, start - 600) : span.start]) if name.kind is NameKind.PERSON]
    return _full(people[-1]) if people else None


def _voices_at(paragraph: str, said: re.Match[str]) -> tuple[str, ...]:
    """The name on either side of one verb of saying, outside quotation marks."""
    if len(_MARKS.findall(paragraph[: said.start()])) % 2 == 1:
        return ()
    ahead = re.split(r"[.!?]\s|[\"“”]", paragraph[: said.start()])[-1]
    behind = re.split(r"[.!?](?:\s|$)|[\"“”]", paragraph[said.end() :], maxsplit=1)[0]
    return _last_subject(ahead) or _first_name(behind, close=True)
