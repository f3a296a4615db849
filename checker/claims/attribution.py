"""Attribution: who is said to say what, in one sentence. Quoted words are masked before, so none misleads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from checker.claims.verbs import AUXILIARIES, BASES, Words, finite, has_verb, opens_with_verb, past
from checker.language.lexicon import TITLES
from checker.language.words import words
from checker.model import Span

MASK = "\ue000"
"""Stands for each character of a quotation."""

_SAY = """said says told tells added adds noted notes explained explains wrote writes reported reports confirmed
    confirms announced announces warned warns claimed claims argued argues insisted insists stated states
    stressed stresses maintained maintains acknowledged acknowledges admitted admits conceded concedes
    recalled recalls predicted predicts estimated estimates suggested suggests believed believes thinks
    testified declared declares replied tweeted posted concluded concludes found finds revealed reveals
    complained complains observed remarked commented emphasised emphasized speculated speculates alleged
    alleges cautioned cautions contended contends asserted asserts indicated indicates showed shows
    disclosed discloses recorded""".split()
_PLURAL_SAY = """say report warn claim believe think argue estimate show find suggest indicate predict insist note
    reveal confirm conclude allege""".split()
_DENY = "denied denies deny disputed disputes dispute rejected rejects".split()
_SAYING = frozenset(_SAY + _PLURAL_SAY + _DENY)
_AFTER_VERBS = "|".join(
    sorted({*_SAY, *_PLURAL_SAY} - {"recorded", "find", "posted", "found", "finds"}, key=len, reverse=True)
)
_INVERSE_VERBS = (
    "said|says|added|adds|explained|explains|warned|warns|wrote|writes|reported|reports|noted|argued"
    "|insisted|recalled|claimed|announced|replied"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_WHEN = (
    rf"(?:(?:on|in|at|during|after|before|from|by|via|through|for|to|late|early|earlier|last|this|next"
    rf"|yesterday|today|tonight|{_WEEKDAY})\b)"
)
_NOT_SPEAKER = (
    r"(?!(?:which|who|that|and|but|as|when|where|although|though|while|because|if|or|so|with|for|in"
    r"|on|at|by|after|before|to|of|from|it|there)\b)"
)
_NAMED = r"[^,;:\"“”\ue000]{1,90}?(?:,[ ][^,;:\"“”\ue000]{2,80},)?"
_ACCORDING = re.compile(r"(?:[Aa]s stated by|[Aa]ccording to|[Ii]n the (?:words|opinion|view) of)[ ]+")
_APPOSED = re.compile(r"^(?:(?:the|a|an|its|their|his|her|who|which|former)[ ]|\d{1,3}[ ]?$)")
_AFTER = re.compile(
    rf",[\"”’]?[ ]+(?P<np>{_NOT_SPEAKER}{_NAMED})[ ]+(?:(?:also|has|have|had|later|then|previously"
    rf"|himself|herself)[ ]+)*"
    rf"(?P<verb>{_AFTER_VERBS})\b(?P<rest>(?:[ ]+(?:reporters|journalists|lawmakers|{_WHEN}|(?:the"
    rf"|a)[ ]|[A-Z])[^,;]*)?)(?P<end>[ ]*[.]?$|,[ ])"
)
_INVERSE = re.compile(
    rf",[\"”’]?[ ]+(?P<verb>{_INVERSE_VERBS})[ ]+(?P<np>(?:[A-Z]|the[ ]|a[ ]|an[ ]|one[ ]|police"
    rf"|officials|experts|residents)[^,;]*)(?P<apposed>,[^;]*)?$"
)
_PASSIVE = re.compile(
    r"^(?P<said>(?P<what>[^,;]+?)[ ]+(?:was|were|has been|have been|is|are"
    r"|had been)[ ]+(?P<verb>announced|confirmed|reported|revealed|disclosed|unveiled|declared"
    r"|claimed))"
    rf"(?P<when>[ ]+{_WHEN}[^,;]{{2,40}}?)?[ ]+by[ ]+(?P<np>[^,;]+?)(?:[ ]+that[ ]+(?P<that>.+?))?"
    rf"(?P<tail>[ ]+{_WHEN}[^,;]*)?[.]?$"
)
_THAT = re.compile(rf"^(?P<mid>(?:[ ]+(?!that\b)(?:{_WHEN}|[\w.’'-]+)){{0,14}}?),?[ ]+that[ ]+(?=\S)")
_ADDRESSEE = re.compile(
    r"^[ ]+(?:reporters|journalists|lawmakers|councillors|councilors|senators|investigators|police"
    r"|officers|jurors|residents|fans|viewers|listeners|parents"
    r"|staff|members|him|her|them|us|me|(?:the|a|an|its|his|her"
    r"|their)[ ][\w’'-]+(?:[ ][A-Z][\w’'-]*)*|[A-Z][\w.’'-]*(?:[ ][A-Z][\w.’'-]*)*)(?=[ ])"
)
_SAID_WHEN = re.compile(
    rf"^[ ]+(?:(?:on[ ]|late[ ]|early[ ])?{_WEEKDAY}|yesterday|today|tonight|(?:last|this)[ ]\w+)(?=[ ])"
)
_MIDDLE_LEAD = re.compile(
    rf"^(?:{_WHEN}|(?:to|in|with|about|of|for)\b|reporters|journalists|lawmakers|police|[A-Z]|the[ ]"
    rf"|a[ ]|him\b|her\b|them\b|us\b|me\b|yesterday|again|publicly|repeatedly|then|later|also)"
)
_LEAD = re.compile(
    rf"^(?:{_WHEN}|(?:speaking|writing|asked|responding|meanwhile|however|separately|then|since|when"
    rf"|addressing|giving|under|but|and|still|instead)\b)[^,;]{{0,80}},[ ]+",
    re.I,
)
_CHAIN = frozenset(
    """has have had also later then previously earlier repeatedly recently once again since already now still
    publicly""".split()
)
_RELATIVES = frozenset("that who which whom whose".split())
_NEGATED = re.compile(r"\b(?:not|n['’]t|never|declined to|refused to|stopped short of)\b[^,]*$", re.I)
_NO_CLAUSE = frozenset("of in on at by for from with to about as into over no nothing little more so it.".split())
_ADDING = re.compile(
    r",?[ ]+(?P<verb>adding|noting|saying|warning|claiming|stressing|insisting|arguing|explaining"
    r"|stating|reporting|announcing)[ ]+(?P<that>that[ ]+)?(?P<content>[^;]+?)[.]?$"
)
_ADDED = {
    "adding": "added",
    "noting": "noted",
    "saying": "said",
    "stressing": "stressed",
    "arguing": "argued",
    "stating": "stated",
}


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution, as offsets into the sentence: the `speaker`, the words that attribute, and what is said.

    `content` is in pieces where the attribution stands in the middle. `spread` says that every clause of it is the
    speaker's ("According to X, ..."), `denied` that the speaker does not say so.
    """

    speaker: Span
    phrase: Span
    content: tuple[Span, ...]
    spread: bool = False
    prefixed: bool = False  # the sentence reads "speaker verb content"
    according: bool = False
    denied: bool = False


def find_attribution(text: str) -> Attribution | None:
    """The main attribution of the sentence `text`, or None. Quotations must be masked (`MASK`)."""
    return _leading(text) or _after(text) or _trailing(text) or _inverse(text) or _saying(text) or _passive(text)


def find_added(text: str) -> tuple[str, Span, Span] | None:
    """A second thing said: ", adding that X" as (verb, phrase with X, X)."""
    match = _ADDING.search(text)
    if match is None or MASK in match["content"] or not (match["that"] or has_verb(words(match["content"]))):
        return None
    verb = _ADDED.get(match["verb"], match["verb"].removesuffix("ing") + "ed")
    return verb, Span(match.start("verb"), match.end("content")), Span(match.start("content"), match.end("content"))


def _leading(text: str) -> Attribution | None:
    match = _ACCORDING.match(text)
    if not match:
        return None
    comma = text.find(",", match.end())
    if comma < 0:
        return None
    following = text.find(",", comma + 1)
    if (
        following > 0
        and _APPOSED.match(text[comma + 1 : following].strip())
        and not has_verb(words(text[comma + 1 : following]))
    ):
        comma = following
    content = _trimmed(text, comma + 1, len(text))
    if content is None or comma <= match.end():
        return None
    return Attribution(Span(match.end(), comma), Span(0, comma), (content,), spread=True, according=True)


def _trailing(text: str) -> Attribution | None:
    for match in _ACCORDING.finditer(text):
        if match.start() == 0:
            continue
        stop = re.search(r"[,;]|[.]?$", text[match.end() :])
        end = match.end() + (stop.start() if stop else 0)
        head, tail = _trimmed(text, 0, match.start()), _trimmed(text, end, len(text))
        if head is None or end <= match.end() or not has_verb(words(text[: match.start()])):
            continue
        apposed = tail is not None and not has_verb(words(tail.of(text)))
        content = (head,) if tail is None or apposed else (head, tail)
        return Attribution(Span(match.end(), end), Span(match.start(), end), content, according=True)
    return None


def _after(text: str) -> Attribution | None:
    for match in _AFTER.finditer(text):
        head, tail = _trimmed(text, 0, match.start()), _trimmed(text, match.end(), len(text))
        if head is None or MASK in head.of(text)[-2:] or has_verb(_plain_speaker(match["np"])):
            continue
        if tail is None and not has_verb(words(head.of(text))):
            continue
        if tail is not None and _ADDING.match(", " + tail.of(text)):
            tail = None
        content = (head,) if tail is None else (head, tail)
        return Attribution(Span(*match.span("np")), Span(match.start("np"), match.end("rest")), content)
    return None


def _plain_speaker(phrase: str) -> Words:
    """The words of a speaker's phrase without a relative clause."""
    return words(re.split(r"\b(?:who|that|which)\b", phrase, maxsplit=1)[0])


def _inverse(text: str) -> Attribution | None:
    match = _INVERSE.search(text)
    head = _trimmed(text, 0, match.start()) if match else None
    if match is None or head is None or MASK in head.of(text)[-2:] or not has_verb(words(head.of(text))):
        return None
    if has_verb(_plain_speaker(match["np"])):
        return None
    end = match.end("np") - (1 if match["np"].endswith(".") else 0)
    return Attribution(Span(match.start("np"), end), Span(match.start("verb"), end), (head,))


def _passive(text: str) -> Attribution | None:
    match = _PASSIVE.match(text)
    if not match or has_verb(words(match["what"])):
        return None
    name = "that" if match["that"] else "said"
    if not match["that"] and match["what"].casefold() in ("it", "this", "that"):
        return None
    content = _trimmed(text, *match.span(name))
    return Attribution(Span(*match.span("np")), Span(0, match.end("np")), (content,) if content else (), prefixed=True)


def _saying(text: str) -> Attribution | None:
    tokens = words(text)
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    for at, (low, start, end) in enumerate(tokens):
        if start < begin or low not in _SAYING:
            continue
        subject = subject_of(text, tokens, begin, at)
        if subject is None:
            continue
        content = _content(text, end, low)
        denied = low in _DENY or bool(_NEGATED.search(text[begin:start]))
        if content is None:
            if low in ("told", "tells", "said", "says") and MASK in text[end:]:
                return None
            continue
        return Attribution(subject, Span(begin, content.start), (content,), prefixed=True, denied=denied)
    return None


def subject_of(text: str, tokens: Words, begin: int, verb: int) -> Span | None:
    """The subject of the verb at `verb`, from `begin`; None where the verb is another's or no verb."""
    first = next(at for at, token in enumerate(tokens) if token[1] >= begin)
    last = verb
    while last > first and tokens[last - 1][0] in _CHAIN:
        last -= 1
    if last > first and tokens[last - 1][0] in ("not", "to", "never", "didn't", "doesn't", "don't"):
        while last > first and tokens[last - 1][0] in (
            "not",
            "to",
            "never",
            "didn't",
            "doesn't",
            "don't",
            "did",
            "does",
            "do",
            "declined",
            "refused",
        ):
            last -= 1
    if last == first or tokens[first][0] in _RELATIVES | {"if", "when", "what", "as", "how", "why", "where", "whether"}:
        return None
    if tokens[last - 1][0] in AUXILIARIES | {
        "a",
        "an",
        "the",
        "this",
        "that",
        "who",
        "which",
        "and",
        "or",
        "of",
        "be",
        "been",
    }:
        return None
    span = Span(tokens[first][1], tokens[last - 1][2])
    relative = next((at for at in range(first, last) if tokens[at][0] in _RELATIVES), last)
    if any(_governs(tokens, at) for at in range(first, relative)) or text[
        span.end : tokens[verb][1]
    ].strip() not in _between(text, span, tokens, verb):
        return None
    return span


def _governs(tokens: Words, at: int) -> bool:
    """Whether the word at `at` is a finite verb; a bare form ("sources close to the talks") does not count."""
    return finite(tokens, at) and (tokens[at][0] not in BASES or past(tokens[at][0]))


def _between(text: str, subject: Span, tokens: Words, verb: int) -> tuple[str, ...]:
    """What may stand between a subject and its verb: its helpers, or the comma that closes an apposition."""
    gap = text[subject.end : tokens[verb][1]].strip()
    helpers = all(
        low in _CHAIN | AUXILIARIES | {"not", "to", "never", "declined", "refused"} for low, _, _ in words(gap)
    )
    closed = "," not in gap or "," in subject.of(text)
    return (gap,) if helpers and closed and not set(gap) & set(";:—") else ()


def _content(text: str, at: int, verb: str) -> Span | None:
    """What is said, after the verb that ends at `at`; None where no clause follows."""
    rest = text[at:]
    that = _THAT.match(rest)
    if that and _may_part(that["mid"].strip(), told=verb in ("told", "tells", "tell")):
        return _clause(text, at + that.end(), bare=False)
    if verb in ("told", "tells", "warned", "warns", "tell"):
        addressee = _ADDRESSEE.match(rest)
        told = addressee and _clause(text, at + addressee.end(), bare=True)
        if told or verb in ("told", "tells"):
            return told or None
    when = _SAID_WHEN.match(rest)
    return _clause(text, at + (when.end() if when else 0), bare=True)


def _may_part(middle: str, *, told: bool) -> bool:
    """Whether `middle` can stand between the verb and its "that": a time, a place, whoever is told."""
    return not middle or ((told or bool(_MIDDLE_LEAD.match(middle))) and not has_verb(words(middle)))


def _clause(text: str, start: int, *, bare: bool) -> Span | None:
    """The clause from `start` to the end of the sentence; a `bare` one, without "that", must look like one."""
    span = _trimmed(text, start, len(text))
    if span is None:
        return None
    tokens = words(span.of(text))
    if len(tokens) < 3 or (
        bare and (_opens_no_clause(tokens) or not _has_subject(tokens) or text[start : start + 2].strip()[:1] in ",:;")
    ):
        return None
    return span


def _opens_no_clause(tokens: Words) -> bool:
    """Whether the first word joins a phrase to the verb; "about 40 people" is a subject all the same."""
    return tokens[0][0] in _NO_CLAUSE and not tokens[1][0][0].isdigit()


def _has_subject(tokens: Words) -> bool:
    opening = tokens[0][0]
    if opens_with_verb(tokens) and opening not in TITLES and not finite(tokens, 1 if len(tokens) > 1 else 0):
        return False
    verb = next((at for at in range(1, len(tokens)) if finite(tokens, at)), None)
    return verb is not None and not any(tokens[at][0] in _RELATIVES for at in range(verb))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space, commas and the last full stop at its ends."""
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip(" ,;:"))
    tail = len(piece.rstrip(" ,;:."))
    return Span(start + lead, start + tail) if tail > lead else None


@lru_cache(maxsize=1)
def saying_verbs() -> frozenset[str]:
    """The verbs that introduce what somebody says."""
    return _SAYING
