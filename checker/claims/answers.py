"""A model's answer about one sentence read against the draft: words are looked for, restatements are held to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checker.claims.draft import Utterance
from checker.claims.faithful import faithful, own_words
from checker.claims.proposals import Proposal
from checker.claims.restating import sentence
from checker.claims.windows import Draft
from checker.language.words import folded
from checker.llm.parsing import Fault
from checker.llm.replies import ExtractReply, FoundClaim, FoundSentence
from checker.model import ClaimKind, Level, Span
from checker.spans import find_all, fold, trim

Entails = Callable[[str, str], bool]
"""Whether the first text says the second."""

_EDGES = " \t\n\"'“”‘’«»…."
_MOST_NAMED = 5
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Located:
    """The claims of one sentence that stand in the draft, by the model's ids, and the words that do not."""

    proposals: dict[int, Proposal]
    lost: tuple[str, ...]


def fault_of(draft: Draft, numbers: Sequence[int], reply: ExtractReply) -> Fault | None:
    """What is wrong with an answer about the sentences `numbers`. All of it can be left out, so all of it is minor."""
    given = [item.n - 1 for item in reply.sentences]
    wanted = set(numbers)
    faults = [f"sentence {number + 1} is missing" for number in numbers if number not in given]
    faults += [f"there is no sentence {number + 1} to answer for" for number in sorted(set(given) - wanted)]
    for item in reply.sentences:
        if item.n - 1 in wanted:
            faults += [f"the words {words!r} do not stand in sentence {item.n}" for words in locate(draft, item).lost]
    if not faults:
        return None
    return Fault("; ".join(faults[:_MOST_NAMED]) + ".", minor=True)


def locate(draft: Draft, item: FoundSentence, entails: Entails | None = None) -> Located:
    """The claims of `item` as proposals, without their `under`."""
    utterance = draft.utterances[item.n - 1]
    found: dict[int, Proposal] = {}
    lost: list[str] = []
    taken: set[Span] = set()
    for claim in item.claims:
        span = place(utterance, claim.words, taken)
        if span is None:
            lost.append(claim.words)
            continue
        taken.add(span)
        found.setdefault(claim.id, _proposal(draft, item.n - 1, claim, span, entails))
    return Located(found, tuple(lost))


def place(utterance: Utterance, words: str, taken: Iterable[Span] = ()) -> Span | None:
    """The article's span of `words` in the sentence, typography and case levelled; first a place not yet taken."""
    needle = fold(words, case=True).text.strip(_EDGES)
    if not any(char.isalnum() for char in needle):
        return None
    places = find_all(utterance.view.fold(case=True), needle)
    whole = [span for span in places if _whole(utterance, span)]
    free = [span for span in whole if span not in set(taken)]
    return next(iter(free or whole), None)


def _whole(utterance: Utterance, span: Span) -> bool:
    """Whether `span` begins and ends between words."""
    inside = utterance.inside(span)
    if inside is None:
        return False
    start, end = inside
    text = utterance.text
    split_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    split_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (split_before or split_after)


def _proposal(draft: Draft, number: int, claim: FoundClaim, span: Span, entails: Entails | None) -> Proposal:
    utterance = draft.utterances[number]
    quoted = _quoted(draft, utterance, span) if claim.kind == "quote" else None
    kind = _kind(claim, quoted)
    speaker = _speaker(draft, claim.speaker)
    told = kind in (ClaimKind.QUOTE, ClaimKind.ATTRIBUTION)
    return Proposal(
        span=quoted or span,
        text=_restated(draft, number, claim, span, entails) if quoted is None else _spoken(draft, quoted, speaker),
        kind=kind,
        level=Level.ATTRIBUTION if told else Level.CONTENT,
        attributed_to=speaker,
        quoted=quoted,
    )


def _kind(claim: FoundClaim, quoted: Span | None) -> ClaimKind:
    """The kind the model gave; words that stand in no quotation marks are no quotation."""
    if claim.kind != "quote" or quoted is not None:
        return ClaimKind(claim.kind)
    return ClaimKind.ATTRIBUTION if claim.speaker else ClaimKind.STATEMENT


def _quoted(draft: Draft, utterance: Utterance, span: Span) -> Span | None:
    """The quoted words of the sentence that `span` points into, all of them, however few the model copied."""
    for words in draft.quotations:
        if words.start <= span.start < words.end:
            inside = Span(max(words.start, utterance.span.start), min(words.end, utterance.span.end))
            return trim(draft.article.text, inside)
    return None


def _spoken(draft: Draft, quoted: Span, speaker: str | None) -> str:
    words = _SPACES.sub(" ", quoted.of(draft.article.text)).strip().rstrip(",")
    return f"{speaker} said: “{words}”" if speaker else f"Somebody said: “{words}”"


def _restated(draft: Draft, number: int, claim: FoundClaim, span: Span, entails: Entails | None) -> str:
    said = draft.utterances[number].text
    words = _SPACES.sub(" ", span.of(draft.article.text))
    text = _SPACES.sub(" ", claim.text).strip()
    holds = faithful(text, words, said, draft.around(number))
    if holds and entails is not None:
        holds = entails(draft.around(number), text)
    return sentence(text) if holds else own_words(words, said)


def _speaker(draft: Draft, name: str | None) -> str | None:
    """The speaker, where the draft names them so."""
    bare = _SPACES.sub(" ", name or "").strip()
    return bare if bare and folded(bare) in folded(draft.article.text) else None
