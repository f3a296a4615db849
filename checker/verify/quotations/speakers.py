"""Who says the words of a stretch of a source: the transcript's speaker, the attribution beside them, the byline.

Another speaker is named only where the source plainly names one; a pronoun, a role alone or two voices leave it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from checker.language.lexicon import TITLES
from checker.language.likeness import Likeness, likeness, name_words
from checker.language.names import Name, NameKind, find_names
from checker.model import Source, Span
from checker.verify.checks.modality import SAYING
from checker.verify.quotations.offices import holders, is_anybody, is_document, role_words
from checker.verify.quotations.voices import ASKER, all_voices, cue_voices, label_voices, paragraph, signature


class Spoken(StrEnum):
    """Whether the person a draft names is the one who says the words in the source."""

    FOUND = "found"
    NAMED = "named"  # the source names the person, and gives the words to nobody else
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """The answer, and the name the source gives where it gives one; `own` says that all around are their own words."""

    spoken: Spoken = Spoken.UNKNOWN
    name: str | None = None
    own: bool = False


NOBODY = SpokenBy()

_STATEMENT = re.compile(
    r"\b(?:statement|remarks|speech|address|letter|testimony|op-?ed|comments|message|lecture|sermon|opinion|evidence)\b"
    r"(?:[^.\n]{0,60}?)\b(?:by|of|from)\b",
    re.I,
)
_OWN_WORDS = re.compile(
    r"\b(?:statement|remarks|speech|address|letter|testimony|op-?ed|message|lecture|opinion|blog|review|column|diary)\b",
    re.I,
)
_BYLINE = re.compile(r"^\s*(?:By|From)\s+(?=[A-Z])([^\n]{3,80})$", re.M)
_PRONOUN_SAID = re.compile(rf"\b(?:he|she|they)\s+(?:also\s+|then\s+)?{SAYING}\b|\b{SAYING}\s+(?:he|she)\b", re.I)
_SAID = re.compile(rf"\b{SAYING}\b", re.I)
_ACCORDING = re.compile(r"\baccording to\b|\bin the words of\b", re.I)
_SEATS = frozenset(
    """counsel moderator host presenter facilitator convener convenor clerk witness panel audience member interviewer
    reporter caller head""".split()
)
_SAID_THAT = re.compile(r"\b(?:said|says|claimed|added|recalled|testified|confirmed)\b(?:\s+that)?\b", re.I)
_ROLE = r"((?:the|a|an|one|its|their)\s+(?:[\w’'-]+\s+){0,5}?[\w’'-]+)"
_ROLE_AHEAD = re.compile(rf"(?:^|[\s,]){_ROLE}\s*,?\s*(?:who\b[^,]*,\s*)?(?:also\s+|then\s+|had\s+|has\s+)?$", re.I)
_ROLE_BEHIND = re.compile(rf"\s*{_ROLE}(?=\s*(?:[,.;]|on\b|at\b|in\b|$))", re.I)
_MARKS = re.compile(r"[\"“”«»]")
_MOST_PARAGRAPHS = 4
_CLOSE = 100  # characters on either side in which the document quoted is named
_NEARBY = 1500  # characters on either side in which a voice counts as near
_LESSER = frozenset("deputy vice former acting interim assistant".split())


def spoken_by(source: Source, span: Span, speaker: str | None, draft: str = "") -> SpokenBy:
    """Who says the words under `span` of `source`, and whether that is `speaker`.

    `draft` is what the draft says around them: it may give a role its holder's name.
    """
    laid_out = cue_voices(source, span) or label_voices(source, span)
    if laid_out:
        return _among(laid_out, speaker, source, draft)
    if speaker and is_document(speaker) and _written_there(source, span, speaker):
        return SpokenBy(Spoken.FOUND, speaker)
    for voices, own in ((_beside(source.text, span), False), (_author(source, span), True)):
        if voices:
            return replace(_judged(voices, speaker, source, draft), own=own)
    own = _is_own_words(source)
    if speaker is None:
        return SpokenBy(own=own)
    if _author_named(source, speaker) or _publishes(source, span, speaker):
        return SpokenBy(Spoken.FOUND, speaker, own=True)
    antecedent = _antecedent(source.text, span)
    if antecedent and same_person(speaker, antecedent):
        return SpokenBy(Spoken.FOUND, antecedent)
    return SpokenBy(_unclaimed(source, span, speaker, draft), own=own)


def _among(voices: tuple[str, ...], speaker: str | None, source: Source, draft: str) -> SpokenBy:
    """The answer where the source's layout names its voices: one who has turns elsewhere does not speak in this one."""
    judged = replace(_judged(voices, speaker, source, draft), own=True)
    if judged.spoken is not Spoken.UNKNOWN or speaker is None or len(voices) > 1:
        return judged
    others = [voice for voice in all_voices(source) if voice != voices[0]]
    if any(_same_voice(speaker, voice, source, draft) for voice in others):
        return replace(judged, spoken=Spoken.OTHER)
    return judged


def _unclaimed(source: Source, span: Span, speaker: str, draft: str) -> Spoken:
    """What is to be thought of words that the source gives to nobody: the person it names, alone, may well say them."""
    if is_anybody(speaker):
        return Spoken.NAMED
    if all_voices(source):
        return Spoken.UNKNOWN
    start, end = max(0, span.start - _NEARBY), span.end + _NEARBY
    nearby = source.text[start:end]
    told = {name for match in _SAID.finditer(nearby) for name in _voices_at(nearby, match)}
    if any(_same_voice(speaker, name, source, draft) is False for name in told):
        return Spoken.UNKNOWN
    known = (speaker,) if _core(speaker) else holders(speaker, source.text) or holders(speaker, draft)
    words = {word for name in known for word in name_words(_core(name))[-1:]}
    named = f"{source.title} {source.publisher or ''} {source.text}".casefold()
    return Spoken.NAMED if any(re.search(rf"\b{re.escape(word)}\b", named) for word in words) else Spoken.UNKNOWN


def _judged(voices: tuple[str, ...], speaker: str | None, source: Source, draft: str) -> SpokenBy:
    if speaker is None:
        return SpokenBy(Spoken.UNKNOWN, voices[0])
    answers = [_same_voice(speaker, voice, source, draft) for voice in voices]
    if any(answers):
        return SpokenBy(Spoken.FOUND, voices[answers.index(True)])
    if is_anybody(speaker) and len(voices) == 1 and voices[0] != ASKER:
        return SpokenBy(Spoken.NAMED, voices[0])
    if len(voices) == 1 and answers[0] is False:
        return SpokenBy(Spoken.OTHER, voices[0])
    return SpokenBy(Spoken.UNKNOWN, voices[0])


def _same_voice(speaker: str, voice: str, source: Source, draft: str) -> bool | None:
    """Whether two ways of naming a speaker name one, a role read as the person whom source or draft gives it."""
    plainly = None if _only_role(speaker) or _only_role(voice) else same_person(speaker, voice)
    if plainly is not None:
        return plainly
    if role_words(speaker) and role_words(speaker) == role_words(voice) and (_only_role(speaker) or not _core(speaker)):
        return True
    ours, theirs = _people(speaker, source, draft), _people(voice, source, draft)
    if not ours or not theirs:
        return None
    answers = [same_person(one, other) for one in ours for other in theirs]
    if any(answers):
        return True
    return False if all(answer is False for answer in answers) else None


def _people(named: str, source: Source, draft: str) -> tuple[str, ...]:
    """The person named, or those to whom the source, or else the draft, gives the role that is named."""
    if _core(named) and not _only_role(named):
        return (named,)
    return holders(named, source.text) or holders(named, draft)


def _only_role(named: str) -> bool:
    """Whether a label is an office and no name: "CHAIR", "The Deputy Mayor"."""
    words = set(role_words(named))
    return bool(words) and words <= TITLES | _SEATS


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
    if _ends_alike(left, right):
        return True
    if likeness(left, right) in (Likeness.SAME, Likeness.PART, Likeness.VARIANT, Likeness.ACRONYM):
        return None
    return False


def _ends_alike(left: str, right: str) -> bool:
    """Whether one is the other with a calling before it: "Diver Marco Sella", "Marco Sella"."""
    short, long = sorted((name_words(left), name_words(right)), key=len)
    return len(short) > 1 and long[-len(short) :] == short


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


def _beside(text: str, span: Span) -> tuple[str, ...]:
    """The person an attribution in the same paragraph gives the words to."""
    start, end = paragraph(text, span)
    before, after = text[start : span.start], text[span.end : end]
    opened = len(_MARKS.findall(before)) % 2 == 1
    if opened:
        lead = before[: [match.start() for match in _MARKS.finditer(before)][-1]]
        close = _MARKS.search(after) or _MARKS.search(after := _spoken_on(text, end))
        tail = after[close.end() :] if close else ""
        return _named_after(tail) or _named_before(lead, marks=True)
    if _MARKS.search(span.of(text)):
        return ()
    return _named_after(after, indirect=True) or _named_before(before, marks=False)


def _spoken_on(text: str, end: int) -> str:
    """The paragraphs after `end` that a quotation left open goes on in, each with an opening mark: up to its close."""
    for _ in range(_MOST_PARAGRAPHS):
        start = end + len(text[end:]) - len(text[end:].lstrip()) if end < len(text) else end
        if not _MARKS.match(text, start):
            return ""
        _, end = paragraph(text, Span(start, start + 1))
        if _MARKS.search(text, start + 1, end):
            return text[start + 1 : end]
    return ""


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
    behind = clause[said.end() :]
    return (
        _last_subject(ahead)
        or _role_in(_ROLE_AHEAD.search(ahead))
        or _first_name(behind, close=True)
        or _role_in(_ROLE_BEHIND.match(behind))
    )


def _role_in(match: re.Match[str] | None) -> tuple[str, ...]:
    """The role a verb of saying stands with where no name does; a piece of writing is no voice of its own."""
    return (match[1].strip(),) if match and not is_document(match[1]) else ()


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
    ahead = sentence[: said.start()]
    return _last_subject(ahead) or _role_in(_ROLE_AHEAD.search(ahead))


def _last_subject(words: str) -> tuple[str, ...]:
    """The name that is the subject before a verb of saying: the first one of its clause, not its apposition."""
    piece = re.split(r"[;:–—]|\b(?:but|while|and then|after|because|when)\b", words)[-1]
    reported = next(reversed(list(_SAID_THAT.finditer(piece))), None)
    if reported and any(name.span.start < 8 for name in find_names(piece[reported.end() :])):
        piece = piece[reported.end() :]  # "Ortiz said Lund had told her"
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


def _author(source: Source, span: Span) -> tuple[str, ...]:
    """The person whose statement the whole document is, where the words stand in no quotation marks of their own."""
    if _in_marks(source.text, span):
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
    signed = signature(source)
    return (signed,) if signed else ()


def _in_marks(text: str, span: Span) -> bool:
    start, _ = paragraph(text, span)
    return len(_MARKS.findall(text, start, span.start)) % 2 == 1


def _publishes(source: Source, span: Span, speaker: str) -> bool:
    """Whether a body without a name of its own ("the union") is what published the document, in its own words."""
    words = set(role_words(speaker))
    published = set(re.findall(r"[^\W\d_]+", (source.publisher or "").casefold()))
    return bool(words) and not _core(speaker) and words <= published and not _in_marks(source.text, span)


def _written_there(source: Source, span: Span, document: str) -> bool:
    """Whether the words are the document's own, or stand in marks beside its mention: '," the statement said'."""
    beside = source.text[max(0, span.start - _CLOSE) : span.start] + source.text[span.end : span.end + _CLOSE]
    return not _in_marks(source.text, span) or role_words(document)[-1] in beside.casefold()


def _is_own_words(source: Source) -> bool:
    """Whether a document is somebody's own text by its title, whoever that is."""
    return bool(_OWN_WORDS.search(source.title))


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
    start, end = paragraph(text, span)
    here = text[start:end]
    if len(_MARKS.findall(text[start : span.start])) % 2 == 1:
        told = {name for match in _SAID.finditer(here) for name in _voices_at(here, match)}
        if len(told) == 1:
            return told.pop()
    if not _PRONOUN_SAID.search(text[start : span.start]) and not _PRONOUN_SAID.search(
        text[span.end : min(end, span.end + 80)]
    ):
        return None
    people = [name for name in find_names(text[max(0, start - 600) : span.start]) if name.kind is NameKind.PERSON]
    return _full(people[-1]) if people else None


def _voices_at(text: str, said: re.Match[str]) -> tuple[str, ...]:
    """The name on either side of one verb of saying, outside quotation marks."""
    if len(_MARKS.findall(text[: said.start()])) % 2 == 1:
        return ()
    ahead = re.split(r"[.!?]\s|[\"“”]", text[: said.start()])[-1]
    behind = re.split(r"[.!?](?:\s|$)|[\"“”]", text[said.end() : said.end() + 200], maxsplit=1)[0]
    if _PRONOUN_SAID.search(f"{ahead}{said.group()}{behind[:8]}"):
        return ()
    after = _first_name(behind, close=True)
    if ahead.rstrip().endswith(",") and after:  # "she was there, said Otto Frey", or an apposition: either may speak
        return tuple(dict.fromkeys((*_last_subject(ahead), *after)))
    return _last_subject(ahead) or after
