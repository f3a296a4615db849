"""Limits of a claim ("the only", "the first", "all", "never", "the largest") held against a sentence that says less.

Where the sentence says "one of the", "among the", "most" or "second-largest" of the same thing, the claim overstates.
Where it has no such limit at all there is silence: "a museum" does not make it "the only museum".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checker.language.predicates import deed
from checker.language.words import STOP_WORDS, words
from checker.model import ReasonCode, Span
from checker.verify.checks.findings import Finding, Relation


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit: how a claim says it, what says as much, and what says less."""

    said: re.Pattern[str]
    as_much: re.Pattern[str]
    less: re.Pattern[str]
    of_noun: bool = False  # what says less must be said of the same noun


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.I | re.X)


_UNLOOSENED = r"(?<!not )(?<!not the )(?<!nearly )(?<!almost )(?<!virtually )"
_PARTLY = r"(?:one|two|three|four|five|some|several|many|few|part|half)\ of|among|amongst"
_LIMITS = (
    _Limit(
        _pattern(
            r"""\b(?<!not\ )(?<!not\ the\ )(?<!if\ )(?:only|sole)\b(?!\ (?:an?\b|after|when|if|because|by|to|in|on|at|
            just|about|\d|two\b|three\b|
            four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|half\b|some\b|recently|partly))|\bexclusively\b"""
        ),
        _pattern(r"\b(?<!not\ )(?<!not\ the\ )(?:only|sole|exclusively|solely|unique|no\ other|alone)\b"),
        _pattern(rf"\b(?:{_PARTLY})\b|\bnot\ the\ (?:only|sole)\b|\balong\ with\b|\bas\ well\ as\b|\banother\b"),
    ),
    _Limit(
        _pattern(
            r"\bthe\ (?:very\ )?first\b(?!\ (?:time|two|three|four|few|half|quarter|floor|minister|lady|name|aid|\d))"
        ),
        _pattern(
            r"""\b(?<!one\ of\ the\ )(?<!among\ the\ )(?<!not\ the\ )
            (?:first|1st|earliest|inaugural|maiden|oldest)\b"""
        ),
        _pattern(
            r"""\b(?:one\ of|among)\ the\ (?:very\ )?(?:first|earliest)\b|\bnot\ the\ first\b"""
        ),
    ),
    _Limit(
        _pattern(
            r"""\b(?<!\bat\ )(?<!\bafter\ )(?<!\bof\ )(?<!nearly\ )(?<!almost\ )(?<!not\ )(?:all|every|each|
            everyone|everybody|everything|entire|whole|unanimous(?:ly)?)\b
            (?!\ (?:but|along|told|day|year|week|month|other|morning|evening|night|
            (?:mon|tues|wednes|thurs|fri|satur|sun)day|\d+|two|three|four|five|six|seven|eight|nine|ten)\b)"""
        ),
        _pattern(
            r"""\b(?<!nearly\ )(?<!almost\ )(?<!not\ )(?<!virtually\ )(?:all|every|each|everyone|everybody|everything|
            entire|entirely|whole|unanimous(?:ly)?|both|any)\b(?!\ but\b)|\b100\ ?%|
            \bno\ (?:one\ )?(?:abst|diss|vot\w+\ against)"""
        ),
        _pattern(
            r"""\b(?:most|some|several|many|few|half|part\ of|much\ of|nearly\ all|almost\ all|virtually\ all|
            not\ all|not\ every(?:one|body)?|all\ but|a\ majority|the\ majority|a\ number\ of|one\ of|a\ quarter\ of|
            a\ third\ of|nearly\ every|almost\ every|narrowly)\b"""
        ),
        of_noun=True,
    ),
    _Limit(
        _pattern(r"\bnever\b|\bat\ no\ time\b"),
        _pattern(r"\bnever\b|\bat\ no\ time\b|\bno\b|\bnot\b|n['’]t\b"),
        _pattern(r"\b(?:rarely|seldom|hardly\ ever|sometimes|occasionally|once|twice)\b"),
    ),
    _Limit(
        _pattern(r"\balways\b|\bevery\ time\b"),
        _pattern(r"\b(?<!not\ )(?<!almost\ )(?<!nearly\ )(?:always|every\ time|invariably)\b"),
        _pattern(r"\b(?:often|usually|sometimes|mostly|generally|frequently|rarely|not\ always|almost\ always)\b"),
    ),
    _Limit(
        _pattern(r"\b(?<!the\ )(?<!at\ )most\b(?=\ (?:of\b|[a-z]+s\b))|\b(?:the|a)\ majority\ of\b"),
        _pattern(
            r"\b(?<!at\ )(?:most|majority|all|every|two[-\ ]thirds|three[-\ ]quarters|\d+\ ?(?:%|percent|per\ cent))"
        ),
        _pattern(
            r"\b(?:some|several|few|a\ minority|a\ third\ of|a\ quarter\ of|fewer\ than\ half|less\ than\ half)\b"
        ),
        of_noun=True,
    ),
    _Limit(
        _pattern(r"\bboth\b"),
        _pattern(r"\b(?:both|two|each|either)\b"),
        _pattern(r"\b(?:one|only\ one|neither)\b"),
    ),
)  # fmt: skip
_OTHER_HOLDERS = re.compile(
    r"one of (?:the )?(?:only )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b|not the (?:only|first|sole)\b",
    re.I,
)
"""They say that there is another holder, where "one of the largest" leaves it open."""
_LEAST_SAID = 3
_SAME_MATTER = 0.6
_SUPERLATIVE = re.compile(
    r"""\b(?P<partly>(?:one|some|two|three|several)\ of\ (?:the|[\w'’]+)\ |among\ (?:the|[\w'’]+)\ )?(?:[\w'’]+\ )?
    (?P<rank>(?:second|third|fourth|fifth|\d+(?:nd|rd|th))[-\ ])?
    (?P<word>[a-z]{2,}(?<!for)(?<!int)(?<!mod)est|most\ [a-z]+|least\ [a-z]+)\b""",
    re.I | re.X,
)
_NO_SUPERLATIVE = frozenset(
    """west interest request protest guest test contest forest rest arrest invest nest chest quest suggest harvest
    modest honest conquest digest midwest southwest northwest pest manifest earnest latest nearest priest est best-known
    behest attest detest infest west-est""".split()
)


def check_exclusivity(claim: str, sentence: str, around: str = "") -> tuple[Finding, ...]:
    """A finding for each limit of `claim` that `sentence` does not set as narrowly.

    `around` is what says what the sentence is about: its title, the sentence before.
    """
    found = [item for limit in _LIMITS for item in _limited(limit, claim, sentence)]
    one = _one_matter(claim, sentence, around)
    return tuple(replace(item, certain=item.certain and one) for item in (*found, *_superlatives(claim, sentence)))


def _one_matter(claim: str, sentence: str, around: str) -> bool:
    """Whether most words of the claim stand in the sentence and around it, three of them at least in the sentence."""
    ours = {deed(word) for word, _, _ in words(claim) if word not in STOP_WORDS}
    said, near = ({deed(word) for word, _, _ in words(text)} for text in (sentence, around))
    return len(ours & said) >= _LEAST_SAID and len(ours & (said | near)) >= _SAME_MATTER * len(ours)


def _limited(limit: _Limit, claim: str, sentence: str) -> tuple[Finding, ...]:
    said = limit.said.search(claim)
    if said is None:
        return ()
    here = Span(*said.span())
    if _said_as_well(claim, here, sentence) or any(
        here.overlaps(Span(*less.span())) for less in limit.less.finditer(claim)
    ):
        return ()
    for less in limit.less.finditer(sentence):
        there = Span(*less.span())
        if not limit.of_noun or _one_noun(claim, here.end, sentence, there.end):
            if limit.as_much.search(sentence) and not limit.of_noun and "not" not in less.group().lower():
                continue
            note = f"the source says “{there.of(sentence)}”, not “{here.of(claim)}”"
            sure = _OTHER_HOLDERS.match(sentence, there.start) is not None
            return (Finding(Relation.CONFLICTS, here, there, ReasonCode.OVERSTATED, note, certain=sure),)
    if limit.as_much.search(sentence):
        return ()
    return (Finding(Relation.SILENT, here),)


def _said_as_well(claim: str, here: Span, sentence: str) -> bool:
    """Whether the sentence has the limit with the same two words after it."""
    following = re.match(r"(?:\W+\w+){0,2}", claim[here.end :])
    whole = claim[here.start : here.end + (following.end() if following else 0)]
    found = re.search(rf"{_UNLOOSENED}\b{re.escape(whole)}\b", sentence, re.I)
    return found is not None


def _one_noun(claim: str, here: int, sentence: str, there: int) -> bool:
    """Whether the words after two quantifiers name one thing: "all residents", "most of the residents"."""
    ours = {deed(word) for word, _, _ in words(claim[here:])[:3]}
    theirs = {deed(word) for word, _, _ in words(sentence[there:])[:4]}
    return bool((ours & theirs) - {"the", "of", "in", "a", "and", "to"})


def _superlatives(claim: str, sentence: str) -> tuple[Finding, ...]:
    found = []
    theirs = [item for item in _SUPERLATIVE.finditer(sentence) if item["word"].lower() not in _NO_SUPERLATIVE]
    for mine in _SUPERLATIVE.finditer(claim):
        word = mine["word"].lower()
        if word in _NO_SUPERLATIVE or mine["partly"] or mine["rank"] or not _definite(claim, mine):
            continue
        same = [item for item in theirs if item["word"].lower() == word]
        here = Span(*mine.span("word"))
        weaker = same[0] if same and all(item["partly"] or item["rank"] for item in same) else None
        if weaker is not None:
            note = f"the source says “{weaker.group().strip()}”, not “the {word}”"
            sure = weaker["rank"] is not None and weaker["partly"] is None
            there = Span(*weaker.span())
            found.append(Finding(Relation.CONFLICTS, here, there, ReasonCode.OVERSTATED, note, certain=sure))
        elif not same:
            found.append(Finding(Relation.SILENT, here))
    return tuple(found)


def _definite(claim: str, mine: re.Match[str]) -> bool:
    """Whether it is said of one thing: after "the", a possessive, or a name's."""
    before = claim[: mine.start("word")].rstrip().casefold()
    return bool(re.search(r"(?:\bthe|['’]s?|\b(?:its|their|his|her|our|city|country|world|county|record))$", before))
