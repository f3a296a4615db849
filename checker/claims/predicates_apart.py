"""Two predicates of one subject: "the council approved A and rejected B", "it is 49 m long and has six cabins"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checker.claims.parts import CONDITION, DISTINCT_PAST, SUBORDINATE, Tokens, governs, plain_subject, subordinates
from checker.claims.verbs import AUXILIARIES, BASES, IRREGULAR_PAST, finite, first_verb, past
from checker.language.words import words

_PREDICATE = re.compile(
    r"(?:,)?[ ]+(?P<join>and|but)[ ]+(?P<adverb>(?:then|later|also|subsequently|immediately"
    r"|eventually|now|still|has since)[ ]+)?(?P<verb>[a-z]+)\b(?P<next>[ ]+\S+)"
)
_OBJECT_LEAD = re.compile(
    r"^(?:the|a|an|its|their|his|her|that|this|these|those|all|some|any|no|more|nearly|about|almost"
    r"|over|in|on|at|to|from|for|by|with|into|out|up|down|off|back|away|him|them|it|[A-Z\d$£€].*|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|thousands)\b.*)$"
)
_BOTH = re.compile(r"\b(?:who|which|that|when|after|as|there)\b", re.I)
_TIED = re.compile(r"\b(?:between|not|never|only|no longer)\b|n['’]t\b", re.I)
_HELPERS = frozenset("is are was were has have had will would can could may must does did".split())
_BE = frozenset("is are was were".split())
_NEVER_NOUNS = frozenset(
    """operates employs contains provides includes remains owns becomes sells teaches writes carries produces
    belongs""".split()
)
_TO = re.compile(
    r"^(?P<head>.+?[ ](?:voted|agreed|decided|promised|pledged|ordered|plans|intends|agrees)\b[^,;]*?)[ ]"
    r"(?P<first>to[ ](?P<one>[a-z]+)[ ][^,;]+?),?[ ]and[ ](?P<second>to[ ](?P<two>[a-z]+)[ ].+)$"
)


@dataclass(frozen=True, slots=True)
class Second:
    """A second predicate: where the first ends, where the second starts, and the second with its subject."""

    first_end: int
    start: int
    text: str


def second_predicate(text: str) -> Second | None:
    """The second of two predicates that share their subject; None where that is not certain."""
    if CONDITION.search(text):
        return None
    infinitive = _TO.match(text)
    if infinitive and infinitive["one"] in BASES and infinitive["two"] in BASES:
        return _infinitive(text, infinitive)
    tokens = words(text)
    verb = first_verb(tokens, 1)
    while verb is not None and text[: tokens[verb][1]].rstrip().endswith(","):
        verb = first_verb(tokens, verb + 1)  # "the study, published in May, found": a participle
    if verb is None or _BOTH.search(text[: tokens[verb][1]]) or not plain_subject(tokens, verb, text):
        return None
    if simple_past(tokens[verb][0]) and tokens[verb - 1][0] not in AUXILIARIES:
        found = _two_pasts(text, tokens, verb)
        if found:
            return found
    return _helped(text, tokens, verb)


def simple_past(low: str) -> bool:
    """Whether `low` can be a past form that stands alone."""
    return low in IRREGULAR_PAST or (low.endswith("ed") and past(low))


def _infinitive(text: str, match: re.Match[str]) -> Second | None:
    tokens = words(text[: match.start("second")])
    if subordinates(tokens, text, 0, len(tokens)) or _TIED.search(match["head"]):
        return None
    if " to " in match["head"] or " and " in match["head"]:
        return None
    return Second(match.end("first"), match.start("second"), f"{match['head']} {match['second']}")


def _two_pasts(text: str, tokens: Tokens, verb: int) -> Second | None:
    """The second of "approved A and rejected B"."""
    subject_end = tokens[verb][1]
    found = [match for match in _PREDICATE.finditer(text, subject_end) if past(match["verb"])]
    if len(found) != 1:
        return None
    match = found[0]
    between = words(text[tokens[verb][2] : match.start()])
    if (
        not between
        or any(low in SUBORDINATE for low, _, _ in between)
        or not _OBJECT_LEAD.match(match["next"].strip())
        or _other_verbs(tokens, verb, match)
    ):
        return None
    return _second(text, subject_end, match)


def _other_verbs(tokens: Tokens, first: int, match: re.Match[str]) -> bool:
    """Whether a finite verb stands outside the two predicates' own heads, so that the heads may be participles."""
    for at in range(first + 1, len(tokens)):
        low, start, _ = tokens[at]
        if start == match.start("verb") or not finite(tokens, at):
            continue
        if any(tokens[back][0] in SUBORDINATE for back in range(first, at)):
            return False
        if low not in AUXILIARIES and past(low) and start < match.start():
            continue  # "hired workers trained abroad": a participle of the first predicate
        return True
    return False


def _helped(text: str, tokens: Tokens, verb: int) -> Second | None:
    """The second predicate where a helper, "grew" or "was moved by X and seconded by Y" leaves no doubt."""
    found = [match for match in _PREDICATE.finditer(text, tokens[verb][2]) if _may_head(match["verb"])]
    if len(found) != 1 or _TIED.search(text[: found[0].start()]):
        return None
    match = found[0]
    at = next(index for index, token in enumerate(tokens) if token[1] == match.start("verb"))
    first = _chain_end(tokens, verb)
    join = next(index for index in range(verb, at) if tokens[index][1] >= match.start("join"))
    if join <= first + 1 or subordinates(tokens, text, verb, join):
        return None
    if any(finite(tokens, index) and not past(tokens[index][0]) for index in range(first + 1, join)):
        return None
    if not governs(tokens, verb, text) and tokens[verb][0] not in _NEVER_NOUNS:
        return None
    helper = _helper(tokens, verb, first, at, text)
    return None if helper is None else _second(text, tokens[verb][1], match, helper)


def _may_head(low: str) -> bool:
    return low in _HELPERS or low in _NEVER_NOUNS or past(low)


def _chain_end(tokens: Tokens, verb: int) -> int:
    """The last word of the verb at `verb`: "was moved", "has been hired"."""
    at = verb
    while at + 1 < len(tokens) and (tokens[at + 1][0] in ("been", "being", "also") or past(tokens[at + 1][0])):
        at += 1
        if tokens[at][0] not in ("been", "being", "also"):
            break
    return at


def _helper(tokens: Tokens, verb: int, first: int, at: int, text: str) -> str | None:
    """The helper that the second verb shares with the first, "" where it has none; None where that is open."""
    low, one = tokens[at][0], tokens[verb][0]
    following = tokens[at + 1][0] if at + 1 < len(tokens) else ""
    if low in _HELPERS or low in DISTINCT_PAST or low in _NEVER_NOUNS:
        return "" if _agrees(one, low) else None
    if one in _BE and first > verb and following == "by":
        return " ".join(token[0] for token in tokens[verb:first])
    if one in _BE and governs(tokens, at, text):
        return ""
    return None


def _agrees(one: str, other: str) -> bool:
    """Whether two verbs can have one subject: "is" and "has", not "is" and "have"."""
    single, many = {"is", "was", "has", "does"}, {"are", "were", "have"}
    return not (one in single and other in many) and not (one in many and other in single | _NEVER_NOUNS)


def _second(text: str, subject_end: int, match: re.Match[str], helper: str = "") -> Second:
    start = match.start("adverb") if match["adverb"] else match.start("verb")
    helped = f" {helper} " if helper else " "
    return Second(match.start(), start, text[:subject_end].rstrip() + helped + text[start:])
