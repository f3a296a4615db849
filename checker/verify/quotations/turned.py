"""Quotations cut so that their sense turns: the words stand there, and the source says something else with them.

"I would support it" where the source goes on "only if ..."; "the pit is safe" out of "I never said that the pit is
safe". A cut that only leaves out how the speaker goes on is none, nor is one whose missing words the draft gives
outside the quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checker.language.negators import polarity
from checker.language.sentences import sentences
from checker.model import Span
from checker.spans import fold

_CLOSE = 80  # characters beside a quotation in which a denial is its own
_MARK = re.compile(r"[\"“”«»]")
_CONDITION = r"if|unless|provided|providing|assuming|as long as|so long as|on (?:the |one )?condition|subject to"
_IDLE = (
    r"(?!if (?:you (?:ask|like|will|want|please|can believe|know)|i may|i might|i am honest|i'm honest|i remember|"
    r"i recall|anything|only)\b)"
)
_BEFORE_CONDITION = re.compile(
    rf"(?<!as )(?<!no matter )\b{_IDLE}(?:{_CONDITION}|whether|suppos(?:e|ing)|imagine|lest)\b", re.I
)
_ONLY_THEN = re.compile(r"\b(?:until|till)\b", re.I)
_RESET = re.compile(
    r"[;:]|\s[—–-]\s|—|\b(?:but|yet)\b|,\s*(?:and|so)\b|\band (?:i|we|they|he|she|it|the|this|that)\b", re.I
)
_UNREAL = re.compile(
    r"\b(?:wrong|untrue|false|mistaken|absurd|nonsense|ridiculous|foolish|myth|lie|rumou?rs?|pretend\w*|wish(?:es|ed)?|"
    r"hop(?:e|es|ed|ing)|wonder(?:s|ed|ing)?|dream\w*|doubt\w*|deny|denies|denied|"
    r"used to (?:think|believe|say)|once (?:thought|believed|said)|far from|instead of|rather than|opposed to|"
    r"anything but|short of|sooner than|too \w+ to)\b",
    re.I,
)
_HELD_BACK = re.compile(
    r"\b(?:might|may|could|only|almost|nearly|not|never|barely|hardly|scarcely|partly|allegedly|reportedly|"
    r"supposedly|un|no)\s*$",
    re.I,
)
_OTHERS_SAY = re.compile(
    r"(?:^|[\s,“\"])(?P<who>(?i:they|he|she|you|people|some|some people|critics|others|everyone|everybody|many|"
    r"(?:my|the|our|his|her|their|those|these|some)(?: [\w'’-]+){1,5}?)|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)\s+"
    r"(?:(?:have|has|had|always|all|will|would|keep|kept|who|may|might|can|like to|used to)\s+)*"
    r"(?:say|says|said|told|tells?|claim\w*|argu(?:e|es|ed)|insist\w*|thinks?|thought|believe\w*|calls?|called|pretends?|"
    r"saying|telling|claiming|promised?|promises)\b[^,;:.]*$"
)
_THEY_SAY = re.compile(
    r",?\s*(?:so )?(?:they|people|some|critics|others|you)\s+(?:all |will )?(?:say|tell|claim|think)\b"
)
_ASIDE = re.compile(r"\b(?:when|who|which|because|while|since|where)\b[^,]*$", re.I)
_GRANTED = re.compile(
    r"(?:\bno (?:doubt|question|secret)|\bundoubted|"
    r"(?:\b(?:not|never|cannot|nobody can|no one can)|n['’]t) "
    r"(?:deny|doubt|dispute|forget|sorry|ashamed|surprised|unaware))\b[^.]*$",
    re.I,
)
_OWN = re.compile(r"^(?:i|we|you|me|and|but)$", re.I)
_DENIED_SAYING = re.compile(
    r"(?:\b(?:denied|denies|deny|never|not|nobody|no one|stopped short of|refused to|rejected|without)\b|n['’]t\b)"
    r"[\w\s,'’]{0,30}\b(?:say|said|says|saying|claim\w*|call\w*|stat(?:e|ed|ing)|mean|meant|think|uttered|suggest\w*)\b",
    re.I,
)
_ASKS = re.compile(
    r"^\W*(?:do|does|did|is|are|was|were|am|can|could|should|would|will|shall|have|has|had|must|may|might|why|what|"
    r"who|when|where|how|which)\b",
    re.I,
)
_AFTER_CONDITION = re.compile(
    rf"^[\s,;:—–-]*(?:(?!(?:and|but|so|because|which|who|while)\b)[\w'’-]+\s+){{0,8}}?,?\s*(?:—\s*|– )?"
    rf"(?<!as )(?<!even ){_IDLE}(?:but )?(?:only )?\b(?:{_CONDITION}|only when|only once|only after|except|unless)\b"
    r"|^[\s,;:—–-]*(?:but only|(?:and )?only (?:if|when|once|after|on|where|with)|except|were it not|had it not|"
    r"in theory|on paper|in name only|or so (?:i|we|they|he|she))\b",
    re.I,
)
_AFTER_UNTIL = re.compile(r"^,?\s*(?:[\w'’-]+\s+){0,4}?(?:until|till)\b", re.I)
_STATE = re.compile(
    r"\b(?:will|would|not|stay\w*|remain\w*|keep|keeps|is|are|be|can|cannot|closed|shut)\b|n['’]t\b", re.I
)
_BUT_NOT = re.compile(
    r"^[\s,;—–-]*(?:but|yet|though|although)\s+(?:(?:not|never|no longer|nobody|none|without)\b|"
    r"(?:that|this|it|i|we|they|he|she)\s+(?:[\w'’]+\s+){0,2}?"
    r"(?:not|\w+n['’]t|never|wrong|untrue|false|against)(?=\s+(?:so|it|that|this|true|yet|now|possible|support)\b|\s*[.,;!?\"”]|$))",
    re.I,
)
_A_LIE = (
    r"(?:nothing of the (?:kind|sort)|nonsense|rubbish|a lie|lies|a myth|untrue|not true|not so|not the case|false|"
    r"simply wrong|wrong|absurd|ridiculous|fantasy|a joke)\b"
)
_IS_A_LIE = re.compile(
    rf"^[\s,\"“”]*(?:,? they say,? )?(?:is|was|are|were|would be|will be)\s+(?:\w+ly\s+|just\s+)?{_A_LIE}", re.I
)
_NEXT = re.compile(
    rf"^[\s\"“”']*(?:(?:but |and )?(?:it|that|this|which)(?:['’]s|\s+(?:is|was|would be))"
    rf"\s+(?:\w+ly\s+|just\s+)?{_A_LIE}|(?:but )?(?:it|that|this)\s+(?:isn|wasn)['’]t(?=\s*[.!]|"
    r"\s+(?:true|so|the case))|"
    r"not(?: (?:so|true|now|yet|quite|any ?more))?[.!]|nonsense[.!]|rubbish[.!]|(?:but )?only if\b|but only\b|"
    r"(?:or )?so (?:they|he|she) (?:say|said|claim)\w*|(?:that|this) is what (?:they|people|he|she|some)\b)",
    re.I,
)
_RESTORES = {
    "condition": re.compile(rf"\b(?:{_CONDITION}|only|until|till|condition\w*|depend\w*|whether|except)\b", re.I),
    "denial": re.compile(
        r"\b(?:no|not|never|nobody|none|no one|nor|neither|den(?:y|ies|ied|ying)|doubt\w*|reject\w*|wrong|false|"
        r"untrue|myth|without|against|refus\w+|rather|instead|hop(?:e|es|ed|ing)|wish\w*|used to|once|wonder\w*|"
        r"dream\w*|oppos\w+|stopped short|dismiss\w*|ridicul\w*|far from|mock\w*|sarcas\w*|cannot|lie|lies|rumou?r\w*|"
        r"pretend\w*)\b|n['’]t\b",
        re.I,
    ),
    "next": re.compile(r"n['’]t\b|\b(?:not|never|den(?:y|ies|ied|ying)|reject\w*|mock\w*|dismiss\w*|quot\w+)\b", re.I),
    "question": re.compile(r"\?|\b(?:ask(?:s|ed|ing)?|wonder\w*|whether|question\w*|if)\b", re.I),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """The source's whole sentence around a quotation whose sense its cut turns, and what was cut, in words."""

    sentence: Span
    note: str


@dataclass(frozen=True, slots=True)
class _Around:
    """The source's sentence around a quotation: the speaker's words on either side, and what frames them."""

    before: str
    words: str
    after: str
    frame: str  # what stands before an opening quotation mark
    following: str  # the next sentence's start
    own: bool  # the words on either side are the speaker's, not a reporter's


def turned(text: str, bounds: Span, span: Span, quoted: str, draft: str, *, own: bool) -> Turn | None:
    """How cutting `span` out of its sentence in `text` turns its sense; None where it does not.

    `bounds` is the stretch of one voice (a paragraph, a turn) the sentence ends with at the latest; `draft` is what
    the draft says around the quotation `quoted`, and `own` says that the stretch is somebody's own words.
    """
    sentence = _sentence(text, bounds, span)
    around = _around(text, bounds, sentence, span, own=own)
    outside, beside = _outside(draft, quoted)
    for kind, cut in _turns(around, quoted):
        restores = _RESTORES.get(kind)
        if restores is not None and restores.search(beside if kind in ("denial", "next") else outside):
            continue
        if kind == "report" and _named_outside(cut, outside):
            continue
        whole = Span(sentence.start, sentence.end + len(cut)) if kind == "next" else sentence
        return Turn(whole, f"the quotation is cut: in the source {_told(kind, cut)}")
    return None


def _told(kind: str, cut: str) -> str:
    words = " ".join(cut.split())
    words = words if len(words) <= 120 else words[:118].rsplit(" ", 1)[0] + "…"
    if kind == "question":
        return "the sentence is a question"
    bare = words.strip(' ,;:.—–"“”')
    return f"{_HOW[kind]} “{bare}”"


_HOW = {
    "condition": "the sentence has a condition:",
    "denial": "the sentence has also",
    "next": "the next sentence takes it back:",
    "report": "the sentence gives the words to others:",
}


def _turns(around: _Around, quoted: str) -> Iterable[tuple[str, str]]:
    """(kind, the words cut) of each turn."""
    yield from _turned_before(around)
    after = around.after
    found = _AFTER_CONDITION.search(after)
    if found or (_AFTER_UNTIL.search(after) and _STATE.search(quoted)):
        yield "condition", after
    if _BUT_NOT.search(after) or _IS_A_LIE.search(after):
        yield "denial", after
    they_say = _THEY_SAY.match(after)
    if they_say and around.own:
        yield "report", after
    if _NEXT.search(around.following) and (they_say or len(after.strip(' .,;!?"”’')) < 2):
        yield "next", _first_sentence(around.following)
    asked = after.rstrip(' "”’').endswith("?") or (not after.strip() and around.words.rstrip().endswith("?"))
    if asked and "?" not in quoted and _ASKS.search(around.before or around.words):
        yield "question", after


def _first_sentence(text: str) -> str:
    found = re.match(r"\s*[^.!?]*[.!?]?[\"”’]?", text)
    return found.group() if found else text


def _turned_before(around: _Around) -> Iterable[tuple[str, str]]:
    before = around.before
    if _DENIED_SAYING.search(around.frame):
        yield "denial", around.frame
    if not before.strip():
        return
    condition = _last(_BEFORE_CONDITION, before)
    if condition and not _RESET.search(before, condition.end()) and not _stands_anyway(before, condition):
        yield "condition", before
    until = _last(_ONLY_THEN, before)
    if until and "," not in before[until.end() :]:
        yield "condition", before
    if _denied(around) or (_governs(_UNREAL, before) and not _GRANTED.search(before)) or _HELD_BACK.search(before):
        yield "denial", before
    if around.own:
        others = _OTHERS_SAY.search(before)
        if others and not _OWN.match(others["who"]):
            yield "report", before


def _stands_anyway(before: str, condition: re.Match[str]) -> bool:
    """Whether "even if ..., " leads to words that hold whatever comes."""
    return before[: condition.start()].rstrip().casefold().endswith("even") and "," in before[condition.end() :]


def _governs(pattern: re.Pattern[str], before: str) -> bool:
    """Whether the last match of `pattern` still reaches the words that follow `before`."""
    found = _last(pattern, before)
    return (
        found is not None and not re.search(r"[,;:—]", before[found.end() :]) and not _RESET.search(before, found.end())
    )


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _denied(around: _Around) -> bool:
    """Whether a negation before the words reaches into them."""
    start = len(around.before)
    read = polarity(f"{around.before}{around.words}{around.after}")
    inside = [at for at, span in enumerate(read.spans) if start <= span.start < start + len(around.words)]
    if not inside:
        return False
    first = inside[0]
    return any(
        negator.span.end <= start and negator.first <= first < negator.last and not _let_go(around, negator.span)
        for negator in read.negators
    )


def _let_go(around: _Around, negator: Span) -> bool:
    """Whether what stands between a negation and the quoted words ends its reach: "no time, and I ..."."""
    if _GRANTED.search(around.before) or re.search(r"\bthan\b", around.before[negator.end :]):
        return True
    reset = _RESET.search(f"{around.before}{around.words[:12]}", negator.end)
    if reset and reset.start() < len(around.before):
        return True
    return bool(_ASIDE.search(around.before[: negator.start])) and "," in around.before[negator.end :]


def _named_outside(cut: str, outside: str) -> bool:
    """Whether the draft names those whom the source gives the words to."""
    said = _OTHERS_SAY.search(cut)
    if said is None:
        return False
    who = set(re.findall(r"[a-z]{4,}", said["who"].casefold()))
    return bool(who) and who <= set(re.findall(r"[a-z]{4,}", outside.casefold()))


def _outside(draft: str, quoted: str) -> tuple[str, str]:
    """`draft` without the quoted words, and what of it stands close to them."""
    whole, bare = fold(draft).text, fold(quoted).text.strip(" .,;:!?")
    before, found, after = whole.partition(bare) if bare else (whole, "", "")
    return f"{before} {after}", f"{before[-_CLOSE:]} {after[:_CLOSE]}" if found else ""


def _sentence(text: str, bounds: Span, span: Span) -> Span:
    """The sentence or sentences of `bounds` that hold `span`."""
    start, end = span.start, span.end
    for one in sentences(bounds.of(text)):
        here = one.shift(bounds.start)
        if here.overlaps(span):
            start, end = min(start, here.start), max(end, here.end)
    return Span(start, end)


def _around(text: str, bounds: Span, sentence: Span, span: Span, *, own: bool) -> _Around:
    before, after = text[sentence.start : span.start], text[span.end : sentence.end]
    frame = ""
    marks = list(_MARK.finditer(text, bounds.start, span.start))
    inside = len(marks) % 2 == 1
    if inside and marks[-1].start() >= sentence.start:
        frame, before = text[sentence.start : marks[-1].start()], text[marks[-1].end() : span.start]
    if inside:
        after = _spoken_on(after)
    elif _MARK.match(text[span.start : span.start + 1]):
        inside = True
    following = text[sentence.end : min(bounds.end, sentence.end + 80)]
    return _Around(before, span.of(text), after, frame, following, own or inside)


def _spoken_on(after: str) -> str:
    """What the speaker goes on with inside the marks: up to the closing one, and on from where it is resumed."""
    pieces = _MARK.split(after)
    said = [pieces[0]]
    for at in range(2, len(pieces), 2):
        if re.search(r"[.!?]\s*$", pieces[at - 1]):
            break
        said.append(pieces[at])
    return " ".join(said)
