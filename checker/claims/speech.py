"""Quoted speech: every quotation of the draft with its words, its speaker where one is sure, and where it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checker.claims.attribution import MASK, find_attribution, saying_verbs, subject_of
from checker.claims.draft import Stretch, Utterance
from checker.claims.mentions import Cast
from checker.claims.restating import sentence, tidy
from checker.claims.speakers import speaker_of
from checker.claims.verbs import has_verb
from checker.language.quotations import Quotation, find_quotations, opens_with_mark
from checker.language.words import words
from checker.model import BlockKind, Span
from checker.spans import trim

_VERBS = "|".join(
    sorted(
        saying_verbs() | {"asked", "asks", "joked", "shouted", "laughed", "continued", "read", "reads"},
        key=len,
        reverse=True,
    )
)
_HELPERS = r"(?:(?:also|has|have|had|later|then)[ ]+)*"
_END = r"(?=[ ]*(?:[.;:,\"“]|$|[ ](?:and|but|as|while|when|after)[ ]))"
_NP_ABBREVIATED = (
    r"(?!(?:and|but|which|who|that|as|when|while|because|if|or|so)\b)(?:[^,.;:!?\"“”]|(?<=\b[A-Z])\."
    r"|(?<=Mr|Ms|Dr)\.|(?<=Mrs)\.){1,90}?"
)
_SAID_AFTER = re.compile(
    rf"^,?[ ]*(?P<phrase>(?P<np>{_NP_ABBREVIATED}(?:,[ ][^,.;\"“”]{{2,80}},)?)[ ]+{_HELPERS}"
    rf"(?:{_VERBS})\b(?P<rest>[^,.;:\"“”]{{0,80}}?)){_END}"
)
_SAYS_AFTER = re.compile(
    rf"^,?[ ]*(?P<phrase>(?:{_VERBS})[ ]+(?P<np>(?:[^,.;:\"“”]|(?<=\b[A-Z])\.|(?<=Mr|Ms|Dr)\."
    rf"|(?<=Mrs)\.)+?(?:,[ ](?:the|a|an|who|its|their)[ ][^,.;\"“”]{{2,80}}?|,[ ]\d+)?)"
    rf"(?:,[ ](?:in|at|on|during|after|before|from|speaking)[ ][^,.;\"“”]{{2,60}})?){_END}"
)
_ACCORDING_AFTER = re.compile(rf"^,?[ ]*(?P<phrase>according to[ ](?P<np>[^,.;:\"“”]+?)){_END}")
_INTRODUCES = re.compile(
    r"\b(?:read|reads|reading|said|says|wrote|writes|states|stated|follows|continued|added|saying)\b[^:.]{0,60}:[ ]*$"
)
_SIGNED = re.compile(r"(?:^|[ ])(?:—|–|--|-)[ ]*(?P<np>[A-Z][^\n]{2,60})$")
_CARRIES = re.compile(r"^[\s,.;:—–-]*(?:and|but|then)?[\s,.;:—–-]*$")
_FEW = 3
"""Unattributed words in marks are a quotation from here on only if they say something; fewer are a name or irony."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation: its `span` with marks and `words` without, in the article; `said` covers its attribution too.

    `plain` are the words as a reader sees them, without markup. `first` is the number of the sentence it begins in;
    `whole` says that it is speech of its own, not words worked into the author's sentence. `phrase` is the
    attribution's place, `speaker` who says it where that is sure.
    """

    span: Span
    words: Span
    plain: str
    said: Span
    first: int
    whole: bool
    speaker: str | None = None
    phrase: Span | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation in the plain text of its stretch."""

    at: Quotation
    sentence: int
    speaker: str | None
    phrase: Span | None
    whole: bool
    attributed: bool


def spoken(stretches: Sequence[Stretch], cast: Cast) -> tuple[Spoken, ...]:
    """Every quotation of the draft, in order."""
    found: list[Spoken] = []
    first = 0
    follows: str | None = None  # the speaker whose quotation the last paragraph left open
    open_before = False
    for number, stretch in enumerate(stretches):
        following = stretches[number + 1] if number + 1 < len(stretches) else None
        block = _block_quotation(stretches, number, first, cast)
        here = [block] if block else _in_stretch(stretch, first, cast, following, follows if open_before else None)
        left_open = bool(here) and not block and _left_open(stretch, following)
        follows = here[-1].speaker if here else None
        if open_before and here and found and found[-1].speaker is None and here[0].speaker:
            found[-1] = replace(found[-1], speaker=here[0].speaker)
        found.extend(here)
        open_before = left_open
        first += len(stretch.utterances)
    return tuple(found)


def masked(utterance: Utterance, quotations: Sequence[Spoken]) -> str:
    """The sentence with every character between quotation marks replaced by `MASK`."""
    text = utterance.text
    for item in quotations:
        inside = utterance.inside(item.words)
        if inside:
            text = text[: inside[0]] + MASK * (inside[1] - inside[0]) + text[inside[1] :]
    return text


def restated(item: Spoken, utterance: Utterance) -> str:
    """The claim that a quotation makes, with the quoted words as they stand."""
    said = item.plain
    stop = "" if said.endswith((".", "!", "?", "…")) else "."
    if item.speaker is None:
        return f"“{said}”{stop}"
    if item.whole:
        return f"{item.speaker[0].upper()}{item.speaker[1:]} said: “{said}”{stop}"
    return sentence(utterance.text)


def _left_open(stretch: Stretch, following: Stretch | None) -> bool:
    quotations = find_quotations(stretch.view.text)
    return (
        bool(quotations)
        and not quotations[-1].closed
        and following is not None
        and opens_with_mark(following.view.text)
    )


def _block_quotation(stretches: Sequence[Stretch], number: int, first: int, cast: Cast) -> Spoken | None:
    """The whole stretch as a quotation: set off as one, or led in by "... a letter that read:"."""
    stretch = stretches[number]
    before = stretches[number - 1] if number else None
    introduced = before is not None and bool(before.utterances) and bool(_INTRODUCES.search(before.view.text))
    kind = stretch.blocks[0].kind
    if not stretch.utterances or not (kind is BlockKind.QUOTATION or (introduced and kind is BlockKind.PARAGRAPH)):
        return None
    text = stretch.view.text
    if find_quotations(text):
        return None
    signed = _SIGNED.search(text) if kind is BlockKind.QUOTATION else None
    within = trim(text, Span(0, signed.start() if signed and signed.start() else len(text)))
    if within is None or len(words(within.of(text))) < _FEW:
        return None
    speaker = speaker_of(signed["np"]) if signed else None
    if speaker is None and introduced and before is not None:
        last = before.utterances[-1]
        introduction = _introduction(last.text)
        speaker = _named(introduction[0], first - 1, cast) if introduction else None
    span = stretch.view.span(within.start, within.end)
    return Spoken(span, span, " ".join(within.of(text).split()), span, first, whole=True, speaker=speaker)


def _in_stretch(
    stretch: Stretch, first: int, cast: Cast, following: Stretch | None, follows: str | None
) -> list[Spoken]:
    found: list[_Found] = []
    for at in find_quotations(stretch.view.text):
        if not at.closed and not (following and opens_with_mark(following.view.text)):
            continue
        item = _attributed(stretch, at, first, cast)
        if item.speaker is None and not item.attributed and found and _goes_on(stretch.view.text, found[-1], at):
            item = replace(item, speaker=found[-1].speaker, whole=True, attributed=True)
        if item.speaker is None and not item.attributed and not found and follows and at.span.start == 0:
            item = replace(item, speaker=follows, whole=True, attributed=True)
        if item.attributed or _says_something(stretch.view.text, item):
            found.append(item)
    return [_placed(stretch, item) for item in found]


def _attributed(stretch: Stretch, at: Quotation, first: int, cast: Cast) -> _Found:
    """The quotation with the speaker beside it in its own sentence or the one in which it ends."""
    text = stretch.view.text
    begins, ends = _sentence_at(stretch, at.span.start), _sentence_at(stretch, at.span.end - 1)
    number = first + begins
    after = _after(text, at)
    utterance = stretch.utterances[begins]
    offset = _plain_start(stretch, utterance)
    introduction = _introduction(text[offset : at.span.start])
    if after and not (introduction and text[at.span.end :].lstrip(", ").startswith("according")):
        phrase = after[1].shift(at.span.end)
        return _Found(at, number, _named(after[0], first + ends, cast), phrase, True, True)
    if introduction:
        phrase = introduction[1].shift(offset)
        return _Found(at, number, _named(introduction[0], number, cast), phrase, introduction[2], True)
    sentence_text = _mask_all(utterance.text)
    attribution = find_attribution(sentence_text)
    where = at.span.start - offset
    if attribution and not (attribution.phrase.start <= where < attribution.phrase.end):
        speaker = _named(attribution.speaker.of(utterance.text), number, cast)
        return _Found(at, number, speaker, attribution.phrase.shift(offset), False, True)
    alone = len(utterance.text.strip(" .")) <= len(at.span)
    return _Found(at, number, None, None, alone, False)


def _after(text: str, at: Quotation) -> tuple[str, Span] | None:
    """The speaker named right after the closing mark, and the phrase that names them."""
    rest, last = text[at.span.end :], at.words.of(text).rstrip()[-1:]
    if not at.closed or (last == "." and not re.match(r"[ ]+(?:said|says|added)\b", rest)):
        return None
    for pattern in (_SAYS_AFTER, _SAID_AFTER, _ACCORDING_AFTER):
        match = pattern.match(rest)
        joined = match is not None and (
            rest.startswith(",") or last in ",?!…-—" or not rest[:1].isspace() or match["np"] in ("he", "she", "they")
        )
        if match and joined and not has_verb(words(re.split(r"\b(?:who|which|that)\b", match["np"])[0])):
            return match["np"], Span(*match.span("phrase"))
    return None


def _introduction(prefix: str) -> tuple[str, Span, bool] | None:
    """The speaker named in what stands before an opening mark: ("Ruiz", place, whether a new sentence is quoted)."""
    text = _mask_all(prefix)
    tokens = words(text)
    said = saying_verbs() | {
        "asked",
        "read",
        "reads",
        "continued",
        "joked",
        "called",
        "described",
        "branded",
        "labelled",
        "dubbed",
    }
    for at in range(len(tokens) - 1, 0, -1):
        low, _, end = tokens[at]
        rest = text[end:]
        if low not in said or has_verb(words("so " + rest)) or len(words(rest)) > 14 or MASK in rest:
            continue
        begin = _clause_start(text, tokens[at][1])
        subject = subject_of(text, tokens, begin, at)
        if subject is None:
            return None
        whole = rest.rstrip()[-1:] in (",", ":") or not rest.strip()
        return subject.of(text), Span(subject.start, len(text.rstrip(" ,:"))), whole
    return None


def _clause_start(text: str, verb: int) -> int:
    """Where the clause of the verb begins: after the last lead's comma or a joining "but"."""
    lead = re.match(
        r"^(?:on|in|at|during|after|before|earlier|later|speaking|writing|asked|when|but|and|last"
        r"|this)\b[^,;]{0,80},[ ]+(?=\S)",
        text[:verb],
        re.I,
    )
    joined = [match.end() for match in re.finditer(r"[,;][ ]+(?:and|but|while|although|though)[ ]+", text[:verb])]
    return max([lead.end() if lead else 0, *joined[-1:]])


def _named(phrase: str, at: int, cast: Cast) -> str | None:
    """The speaker a phrase names, by full name where the draft gives one; a pronoun's person where that is safe."""
    if tidy(phrase).casefold() in ("he", "she"):
        return cast.person(at)
    speaker = speaker_of(phrase)
    return cast.full(speaker, at) if speaker else None


def _goes_on(text: str, before: _Found, at: Quotation) -> bool:
    """Whether nothing but the attribution of `before` stands between it and the quotation `at`."""
    start = max(before.at.span.end, before.phrase.end if before.phrase else 0)
    asked = before.at.words.of(text).rstrip().endswith("?")  # the next words may be the answer of another
    if before.speaker is None or start > at.span.start or asked:
        return False
    return before.whole and bool(_CARRIES.match(text[start : at.span.start]))


def _says_something(text: str, item: _Found) -> bool:
    """Whether unattributed words in marks are speech: a clause, not a title, a nickname or irony."""
    inner = item.at.words.of(text)
    tokens = words(inner)
    ended = inner.rstrip().endswith((".", "!", "?", "…"))
    if not item.at.closed or (item.whole and ended and len(tokens) > 1):
        return True
    if len(tokens) <= _FEW:
        return False
    heavy = [word for word in inner.split() if len(word) > 3]
    titled = heavy and all(word[0].isupper() for word in heavy if word[0].isalpha())
    return has_verb(tokens) and not titled


def _placed(stretch: Stretch, item: _Found) -> Spoken:
    view = stretch.view
    span = view.span(item.at.span.start, item.at.span.end)
    bare = _without_comma(view.text, trim(view.text, item.at.words) or item.at.words)
    phrase = view.span(item.phrase.start, item.phrase.end) if item.phrase else None
    said = Span(min(span.start, phrase.start), max(span.end, phrase.end)) if phrase else span
    return Spoken(
        span,
        view.span(bare.start, bare.end),
        " ".join(bare.of(view.text).split()),
        said,
        item.sentence,
        item.whole,
        item.speaker,
        phrase,
    )


def _without_comma(text: str, span: Span) -> Span:
    """`span` without the comma that American style puts before a closing mark."""
    return Span(span.start, span.end - 1) if span.of(text).endswith(",") and len(span) > 1 else span


def _sentence_at(stretch: Stretch, place: int) -> int:
    offset = stretch.view.starts[place]
    holding = [index for index, item in enumerate(stretch.utterances) if item.span.start <= offset]
    return holding[-1] if holding else 0


def _plain_start(stretch: Stretch, utterance: Utterance) -> int:
    """Where the sentence begins in the stretch's plain text."""
    return stretch.view.starts.index(utterance.view.starts[0])


def _mask_all(text: str) -> str:
    for item in find_quotations(text):
        text = text[: item.words.start] + MASK * len(item.words) + text[item.words.end :]
    return text


def overlapping(utterance: Utterance, quotations: Sequence[Spoken]) -> Iterator[Spoken]:
    """The quotations that reach into the sentence."""
    return (item for item in quotations if item.span.overlaps(utterance.span))
