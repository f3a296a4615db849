"""The claims of one sentence of prose: who says what, and what is said, in statements that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.claims.attribution import MASK, Attribution, find_added, find_attribution, saying_verbs
from checker.claims.decomposition import clauses, decompose, interviewed
from checker.claims.draft import Utterance
from checker.claims.kinds import kind_of
from checker.claims.mentions import Cast
from checker.claims.outcomes import bare, hard, reason_against
from checker.claims.parts import Part
from checker.claims.proposals import Proposal
from checker.claims.relatives import told_of_people
from checker.claims.restating import inner, sentence
from checker.claims.speakers import speaker_of
from checker.claims.things_said import things_said
from checker.claims.verbs import has_verb, opens_with_verb
from checker.language.names import NameKind, find_names
from checker.language.words import words
from checker.model import ClaimKind, Level, Reason, Span
from checker.spans import View

_AHEAD = re.compile(r"\b(?:will|won['’]t|would|wouldn['’]t|could|might|may)\b")
_GUESSED = re.compile(
    r"\b(?:believ\w+|think\w*|thought|predict\w*|speculat\w+|warn\w*|argu\w+|suggest\w*|insist\w*"
    r"|hop\w+|experts|analysts|critics|scientists|economists|campaigners)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, its number, its text with quotations masked, and the names of the draft."""

    utterance: Utterance
    number: int
    masked: str
    cast: Cast

    @property
    def text(self) -> str:
        return self.utterance.text

    def place(self, span: Span) -> Span:
        """The article's span of a stretch of the sentence."""
        return self.utterance.owner(span.start, span.end)

    def resolved(self, text: str) -> str:
        return self.cast.resolved(text, self.number)

    def speaker(self, phrase: str) -> str | None:
        """The speaker a phrase names, by full name where the draft gives one."""
        if phrase.strip().casefold() in ("he", "she"):
            return self.cast.person(self.number)
        found = speaker_of(phrase)
        return self.cast.full(found, self.number) if found else None


def statements(scene: Scene) -> tuple[tuple[Proposal, ...], Reason]:
    """The claims of the sentence, or why it has none."""
    segments = _segments(scene)
    found: list[Proposal] = []
    reason = Reason.NONE
    for segment in segments:
        claims, against = _segment(scene, segment)
        found.extend(claims)
        reason = reason if reason is not Reason.NONE else against
    return tuple(found), Reason.NONE if found else reason


def contents(
    scene: Scene, within: Span, *, under: Proposal | None = None, speaker: str | None = None
) -> Iterator[Proposal]:
    """The statements of a stretch in the author's or the speaker's voice, without those that cannot be checked."""
    if under is not None and (_against(within.of(scene.text)) is not Reason.NONE or _expected(scene, within)):
        return
    for part in decompose(scene.text, within):
        if len(words(part.text)) >= 2 and not bare(part.text):
            yield _content(scene, part, under, speaker)


def _expected(scene: Scene, within: Span) -> bool:
    """Whether a stretch is only somebody's guess at what is to come: no figure and no day to hold it to."""
    ahead = _AHEAD.search(within.of(scene.text))
    guessed = _GUESSED.search(scene.masked[: within.start]) or _GUESSED.search(scene.masked[within.end :])
    return bool(ahead and guessed) and not hard(within.of(scene.text))


def attributed(scene: Scene, found: Attribution, within: Span) -> Iterator[Proposal]:
    """The claim that somebody says so, and what they say, linked."""
    phrase = found.speaker.of(scene.text)
    speaker = scene.speaker(phrase)
    if found.spread:
        for unit in _units(scene, found):
            start = within.start if unit.start == found.content[0].start else unit.start
            said = f"According to {phrase.strip()}, {inner(unit.of(scene.text))}"
            claim = _said(scene, Span(start, unit.end), said, speaker)
            yield claim
            yield from contents(scene, unit, under=claim, speaker=speaker)
        return
    claim = _said(scene, _where(scene.text, found, within), _without_asides(scene, found, within), speaker)
    yield claim
    if not found.denied:
        yield from _what_is_said(scene, found, claim, speaker)
    yield from _talked_to(scene, found)


def _without_asides(scene: Scene, found: Attribution, within: Span) -> str:
    """The words of an attribution without what they tell of the speaker: "Ruiz, who is leaving, said ..."."""
    text, start = scene.text, within.start
    kept = []
    for aside, _ in told_of_people(scene.masked):
        if found.speaker.start < aside.start and aside.end <= found.speaker.end:
            kept.append(text[start : aside.start].rstrip(" ,"))
            start = aside.end + (text[aside.end : aside.end + 1] == ",")
    return "".join([*kept, text[start : within.end]])


def _what_is_said(scene: Scene, found: Attribution, under: Proposal, speaker: str | None) -> Iterator[Proposal]:
    if _cut_in_two(found, scene.text):
        yield from _joined(scene, found, under, speaker)
        return
    for piece in found.content:
        for unit in things_said(scene.masked, piece):
            yield from contents(scene, unit, under=under, speaker=speaker)


def added(scene: Scene, phrase: str, speaker: str | None) -> Iterator[Proposal]:
    """The claims of ", adding that X"."""
    second = find_added(scene.masked)
    if second is None:
        return
    verb, place, content = second
    who = speaker or phrase
    claim = _said(scene, place, f"{who} {verb} that {inner(content.of(scene.text))}", speaker)
    yield claim
    yield from contents(scene, content, under=claim, speaker=speaker)


def _segments(scene: Scene) -> list[Span]:
    """The parts of the sentence that have voices of their own; the whole where that is not certain."""
    text = scene.masked
    whole = Span(0, len(text))
    attribution = find_attribution(text)
    if attribution and not attribution.prefixed:
        return [whole]
    pieces = [view.span(0, len(view.text)) for view in clauses(View.whole(text)) if view.text]
    if len(pieces) < 2:
        return [whole]
    voices = [find_attribution(piece.of(text)) for piece in pieces]
    for index, voice in enumerate(voices[1:], 1):
        semicolon = ";" in text[pieces[index - 1].end : pieces[index].start]
        if voice is None and voices[index - 1] is not None and not semicolon:
            return [whole]
    return pieces


def _segment(scene: Scene, segment: Span) -> tuple[list[Proposal], Reason]:
    local = find_attribution(segment.of(scene.masked))
    if local is None:
        reason = _against(segment.of(scene.text))
        return ([] if reason is not Reason.NONE else list(contents(scene, segment))), reason
    found = _shifted(local, segment.start)
    if found.speaker.of(scene.text).strip().casefold() in ("i", "we"):
        against = _against(segment.of(scene.text))
        return [], Reason.PERSONAL if against is Reason.NONE else against
    claims = list(attributed(scene, found, segment))
    extra = list(added(scene, found.speaker.of(scene.text), scene.speaker(found.speaker.of(scene.text))))
    return [*claims, *extra], Reason.NONE


def _against(text: str) -> Reason:
    return reason_against(text.strip())


def _shifted(found: Attribution, by: int) -> Attribution:
    if not by:
        return found
    content = tuple(piece.shift(by) for piece in found.content)
    return replace(found, speaker=found.speaker.shift(by), phrase=found.phrase.shift(by), content=content)


def _units(scene: Scene, found: Attribution) -> list[Span]:
    """The clauses of what a leading "According to X," covers."""
    spans: list[Span] = []
    for piece in found.content:
        view = View.of(scene.masked, (piece,))
        spans.extend(clause.span(0, len(clause.text)) for clause in clauses(view) if clause.text)
    return spans


def _where(text: str, found: Attribution, within: Span) -> Span:
    """The smallest stretch that says who said it: the phrase alone after "according to", else the whole clause."""
    if found.according:
        return found.phrase
    return Span(within.start, within.start + max(len(within.of(text).rstrip(" .,;")), 1))


def _cut_in_two(found: Attribution, text: str) -> bool:
    """Whether the attribution stands inside one clause: "The bridge, she said, opened in May"."""
    if len(found.content) < 2:
        return False
    tokens = words(found.content[1].of(text))
    rest = tokens[1:] if tokens[0][0] in ("and", "but", "or") else tokens
    return not has_verb(words(found.content[0].of(text))) or not has_verb(rest) or opens_with_verb(rest)


def _joined(scene: Scene, found: Attribution, under: Proposal, speaker: str | None) -> Iterator[Proposal]:
    """One statement that the attribution cuts in two: "The bridge, she said, opened in May"."""
    said = sentence(" ".join(piece.of(scene.text) for piece in found.content))
    if _against(said) is not Reason.NONE:
        return
    yield _content(scene, Part(Span(found.content[0].start, found.content[-1].end), said), under, speaker)


def _talked_to(scene: Scene, found: Attribution) -> Iterator[Proposal]:
    fact = interviewed(found.speaker.of(scene.text))
    if fact:
        span, said = fact
        yield Proposal(scene.place(span.shift(found.speaker.start)), said, ClaimKind.ATTRIBUTION, Level.ATTRIBUTION)


def _said(scene: Scene, span: Span, text: str, speaker: str | None) -> Proposal:
    said = scene.resolved(sentence(text))
    return Proposal(
        scene.place(_bare(scene.text, span)), said, ClaimKind.ATTRIBUTION, Level.ATTRIBUTION, attributed_to=speaker
    )


def _content(scene: Scene, part: Part, under: Proposal | None, speaker: str | None) -> Proposal:
    said = _named(scene, part, speaker)
    return Proposal(scene.place(_bare(scene.text, part.span)), said, kind_of(said), attributed_to=speaker, under=under)


def _named(scene: Scene, part: Part, speaker: str | None) -> str:
    """The statement with its subject named; "he" after another name of the sentence only where both agree on one."""
    head = part.text.split(" ", 1)[0]
    if head not in ("He", "She"):
        return scene.resolved(part.text)
    before = scene.masked[: part.span.start]
    nearer = {scene.cast.full(name.text, scene.number) for name in find_names(before) if name.kind is NameKind.PERSON}
    opens_with_pronoun = scene.text.split(" ", 1)[0].casefold() == head.casefold()
    earlier = scene.cast.person(scene.number)
    if opens_with_pronoun or (not nearer and speaker is None and not _speaks(scene, part)):
        return scene.resolved(part.text)
    people = nearer | ({earlier} if earlier else set())
    name = people.pop() if len(people) == 1 and nearer else None
    return name + part.text[len(head) :] if name and " " in name else part.text


def _speaks(scene: Scene, part: Part) -> bool:
    """Whether the statement is somebody's in the sentence, who may be meant by its "he"."""
    return any(low in saying_verbs() for low, _, _ in words(scene.masked[: part.span.start]))


def _bare(text: str, span: Span) -> Span:
    """`span` without white space and commas at its ends."""
    piece = span.of(text)
    lead = len(piece) - len(piece.lstrip(" ,;"))
    tail = len(piece.rstrip(" ,;"))
    return Span(span.start + lead, span.start + tail) if tail > lead else span


def has_words_beyond(text: str, spans: list[Span]) -> bool:
    """Whether a clause is left of the masked sentence `text` outside `spans`."""
    left = list(text.replace(MASK, " "))
    for span in spans:
        left[span.start : span.end] = " " * len(span)
    tokens = words("".join(left))
    return len(tokens) >= 4 and has_verb(tokens)
