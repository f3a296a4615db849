"""What a text denies: its negating words, and the words that each of them reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from checker.language.predicates import AUXILIARIES, lemma, past_form
from checker.language.words import words
from checker.model import Span

_ADVERBS = frozenset("not never cannot nor".split())
_WHOLE = frozenset("no none nobody nothing nowhere neither".split())
"""They deny the whole clause they stand in, whether they come before its verb or after it."""
_FAINT = frozenset("hardly scarcely barely rarely seldom".split())
_LACKING = frozenset("lack lacks lacked lacking avoid avoids avoided without".split())
_GIVING_UP = frozenset(
    """fail fails failed failing refuse refuses refused refusing decline declines declined declining unable unwilling
    neglected neglects""".split()
)
_HOLDING_OFF = frozenset(
    "prevent prevents prevented stop stops stopped keep keeps kept block blocks blocked bar bars barred".split()
)
_DISPUTING = frozenset(
    """deny denies denied denying dispute disputes disputed refute refutes refuted doubt doubts doubted reject
    rejects rejected rejecting refuse refuses refused refusing veto vetoes vetoed""".split()
)
_HARMLESS = re.compile(
    r"""(?:not\ (?:only|just|merely|simply|least|to\ mention)|not\ (?:more|less|fewer|later|earlier|longer)\ than|
    no\ (?:doubt|fewer\ than|less\ than|more\ than|later\ than|sooner|matter|wonder)|no\.\ ?\d+|
    nothing\ but|none\ other\ than|without\ fail)\b""",
    re.I | re.X,
)
_NOT_WHOLLY = re.compile(
    r"""(?:not|n['’]t|never|cannot|without)\ (?:yet\ |been\ |be\ |have\ been\ )?(?:all|every|everyone|everything|always|
    entirely|fully|completely|wholly|both|necessarily|yet|immediately|quite|solely|exclusively|only|the\ only|
    the\ first)\b""",
    re.I | re.X,
)
_BREAKERS = frozenset(
    """but while whereas although though because after before when which who whom whose if unless where so since
    despite except""".split()
)
_OPENERS = frozenset("that whether".split())
_UNTIL = frozenset("until till unless".split())
_HOLDING = frozenset("think believe suppose".split())
"""What is not thought to be so is denied itself: "I do not think they should"."""
_PREPOSITIONS = frozenset("with in by for of to at under on from into through via about without".split())
_ASIDE = 3
_VOTED = {
    (lemma("vote"), "against"): "rejected",
    (lemma("vote"), "for"): "approved",
    (lemma("vote"), "down"): "rejected",
    (lemma("turn"), "down"): "rejected",
}


@dataclass(frozen=True, slots=True)
class Negator:
    """A negating word and the words it reaches, as a range of indices.

    `sure` is False where it says less than that the thing is not so: "not yet", "not all", "denied", "hardly".
    """

    span: Span
    first: int
    last: int  # excluded
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Polarity:
    """The words of a text with their spans and clauses, and what negates them."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    clauses: tuple[int, ...]
    negators: tuple[Negator, ...]
    counts: tuple[int, ...]
    sure: tuple[bool, ...]

    def denied(self, index: int) -> bool:
        """Whether the word at `index` is denied: reached by an odd number of negators."""
        return self.counts[index] % 2 == 1


@lru_cache(maxsize=8192)
def polarity(text: str) -> Polarity:
    """The negators of `text` and what they reach."""
    found = words(text)
    tokens = _votes(tuple(word for word, _, _ in found))
    spans = tuple(Span(start, end) for _, start, end in found)
    clauses = _clauses(text, tokens, spans)
    negators: list[Negator] = []
    for index in range(len(tokens)):
        made = _negator(text, tokens, spans, clauses, index)
        if made is not None and not _repeats(tokens[index], index, negators):
            negators.append(made)
    counts = [0] * len(tokens)
    sure = [True] * len(tokens)
    for negator in negators:
        for index in range(negator.first, negator.last):
            counts[index] += 1
            sure[index] = sure[index] and negator.sure and not _reported(tokens, negator, index)
    return Polarity(tokens, spans, clauses, tuple(negators), tuple(counts), tuple(sure))


def _votes(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """`tokens` with "voted against" and "turned down" read as a rejection, "voted for" as an approval."""
    return tuple(_VOTED.get((lemma(tokens[at - 1]), token), token) if at else token for at, token in enumerate(tokens))


def _repeats(word: str, index: int, known: list[Negator]) -> bool:
    """Whether a "nor" goes on with a negation that already reaches it."""
    return word == "nor" and any(item.first <= index < item.last for item in known)


def _reported(tokens: tuple[str, ...], negator: Negator, index: int) -> bool:
    """Whether a word stands in a clause that is itself only spoken of: "no evidence that", "did not say whether"."""
    return any(token in _OPENERS for token in tokens[negator.first : index])


def _clauses(text: str, tokens: tuple[str, ...], spans: tuple[Span, ...]) -> tuple[int, ...]:
    """The number of the clause each word stands in."""
    commas = [index for index in range(1, len(tokens)) if "," in text[spans[index - 1].end : spans[index].start]]
    asides = {edge for one, two in pairwise(commas) if two - one <= _ASIDE for edge in (one, two)}
    number, found = 0, []
    for index, token in enumerate(tokens):
        gap = text[spans[index - 1].end : spans[index].start] if index else ""
        breaks = re.search(r"[;:()—–.!?]", gap) or ("," in gap and index not in asides) or token in _BREAKERS
        if index and (breaks or _new_verb(tokens, index)):
            number += 1
        found.append(number)
    return tuple(found)


def _new_verb(tokens: tuple[str, ...], index: int) -> bool:
    """Whether an "and" goes on with a verb of its own: "did not approve the tax and rejected the budget"."""
    if tokens[index] not in ("and", "or") or index + 1 >= len(tokens) or index < 2:
        return False
    following = tokens[index + 1]
    return following in AUXILIARIES or (past_form(following) and not past_form(tokens[index - 1]))


def _negator(
    text: str, tokens: tuple[str, ...], spans: tuple[Span, ...], clauses: tuple[int, ...], index: int
) -> Negator | None:
    token, start = tokens[index], spans[index].start
    if _HARMLESS.match(text, start):
        return None
    end = _clause_end(clauses, index)
    if token == "no" and tokens[index + 1 : index + 2] == ("longer",):
        return Negator(Span(start, spans[index + 1].end), index + 2, end)
    if token in _WHOLE:
        after_preposition = index > 0 and tokens[index - 1] in _PREPOSITIONS
        first = index + 1 if after_preposition else _clause_start(clauses, index)
        return Negator(spans[index], first, end)
    if token in _ADVERBS or token.endswith("n't"):
        if any(word in _UNTIL for word in tokens[index:end]) or _until_next(tokens, end):
            return None  # "did not open until June": it opened
        wholly = not _NOT_WHOLLY.match(text, spans[index].end - 3 if token.endswith("n't") else start)
        first = index + 2 if tokens[index + 1 : index + 2] and tokens[index + 1] in _HOLDING else index + 1
        return Negator(spans[index], first, end, sure=wholly and not _but_rather(tokens, end))
    return _negating_verb(tokens, spans, index, end)


def _negating_verb(tokens: tuple[str, ...], spans: tuple[Span, ...], index: int, end: int) -> Negator | None:
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else ""
    if token in _GIVING_UP and following == "to":
        return Negator(Span(spans[index].start, spans[index + 1].end), index + 2, end)
    if token in _HOLDING_OFF and "from" in tokens[index:end]:
        return Negator(spans[index], index + tokens[index:end].index("from") + 1, end)
    if token == "free" and following in ("of", "from") and tokens[index + 2 : index + 3] != ("charge",):
        return Negator(spans[index], index + 2, end)
    if token in _LACKING:
        return Negator(spans[index], index + 1, end)
    if token in _DISPUTING or token in _FAINT:
        return Negator(spans[index], index + 1, end, sure=False)
    return None


def _until_next(tokens: tuple[str, ...], end: int) -> bool:
    return end < len(tokens) and tokens[end] in _UNTIL


def _but_rather(tokens: tuple[str, ...], end: int) -> bool:
    """Whether "but" goes on with what is so instead: "not on Monday but on Tuesday"."""
    return end + 1 < len(tokens) and tokens[end] == "but" and tokens[end + 1] in _PREPOSITIONS


def _clause_start(clauses: tuple[int, ...], index: int) -> int:
    while index > 0 and clauses[index - 1] == clauses[index]:
        index -= 1
    return index


def _clause_end(clauses: tuple[int, ...], index: int) -> int:
    own = clauses[index]
    while index < len(clauses) and clauses[index] == own:
        index += 1
    return index
