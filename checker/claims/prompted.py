"""The prompted extractor: a model says which numbered sentences hold which claims, the draft's own words say where.

Sentences that the make-up of the draft settles (furniture, code, credits, rows of a table) are not sent. What comes
back is sentence numbers and words; offsets come from looking the words up in the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from checker.claims.answers import Entails, fault_of, locate
from checker.claims.draft import Stretch, read_draft
from checker.claims.numbering import numbered
from checker.claims.pictures import caption_text, credit_text
from checker.claims.proposals import Proposal
from checker.claims.standing import Role, Standing, standings
from checker.claims.tables import row_texts
from checker.claims.windows import LEANS_ON, Draft, windows
from checker.errors import EngineError, ModelMalformedError, ModelRefusedError, ModelTruncatedError
from checker.llm.client import LlmClient
from checker.llm.outcomes import unchecked
from checker.llm.prompts import Prompt
from checker.llm.replies import ExtractReply, FoundSentence
from checker.model import Article, ClaimKind, Outcome, Reason, Sentence, Status, Unchecked
from checker.ports import Extraction

STAGE = "claims"

_ASKED = frozenset({Role.PROSE, Role.HEADLINE, Role.CAPTION})
_REPORTING = frozenset({ClaimKind.QUOTE, ClaimKind.ATTRIBUTION})
_SETTLED = frozenset({"question", "instruction", "boilerplate"})
"""Reasons that are believed at the first look, whatever the sentence holds."""


@dataclass
class _Answers:
    """What the model said of each sentence, and what went wrong where it said nothing; by number from 0."""

    found: dict[int, FoundSentence] = field(default_factory=dict)
    failed: dict[int, EngineError] = field(default_factory=dict)

    def take(self, other: _Answers) -> None:
        self.found |= other.found
        self.failed |= other.failed


class PromptedExtractor:
    """Finds claims with a model. `entails` may judge each restatement; where it says no, the author's words stand."""

    def __init__(self, client: LlmClient, prompt: Prompt, *, entails: Entails | None = None) -> None:
        self._client = client
        self._prompt = prompt
        self._entails = entails

    def extract(self, article: Article) -> Extraction:
        """Every sentence of `article` accounted for, its claims in document order, and what could not be checked."""
        stretches = read_draft(article)
        draft, places = Draft.of(article, stretches), standings(stretches)
        answers = self._asked(draft, [number for number, place in enumerate(places) if place.role in _ASKED])
        again = [number for number in answers.found if _surprises(draft, number, answers.found[number])]
        missing = [n for n, place in enumerate(places) if place.role in _ASKED and n not in answers.found]
        missing = [number for number in missing if number not in answers.failed]
        second = self._asked(draft, sorted([*again, *missing]))
        answers.take(_Answers({n: item for n, item in second.found.items() if item.claims or n in missing}))
        answers.failed |= {number: error for number, error in second.failed.items() if number in missing}
        return _Reading(draft, stretches, places, answers, self._entails).extraction()

    def _asked(self, draft: Draft, numbers: Sequence[int]) -> _Answers:
        """Answers for the sentences `numbers`, all windows at once."""
        parts = windows(draft, numbers)
        answers = _Answers()
        if not parts:
            return answers
        with ThreadPoolExecutor(len(parts), thread_name_prefix="extract") as pool:
            for part in pool.map(lambda window: self._window(draft, window), parts):
                answers.take(part)
        return answers

    def _window(self, draft: Draft, numbers: tuple[int, ...]) -> _Answers:
        """Answers for one window: kept whole, else remembered sentence by sentence, and one question for the rest."""
        kept = self._client.kept(self._prompt, ExtractReply, draft.values(numbers))
        if kept is not None:
            return _Answers(_by_number(numbers, kept))
        remembered = {number: self._recalled(draft, number) for number in numbers}
        known = {number: item for number, item in remembered.items() if item is not None}
        answers = self._questions(draft, tuple(number for number in numbers if number not in known))
        for number, item in answers.found.items():
            self._client.remember(self._prompt, draft.about(number), item.model_dump_json())
        answers.found |= known
        return answers

    def _questions(self, draft: Draft, numbers: tuple[int, ...]) -> _Answers:
        """Asks; where the model cannot answer for many sentences at once, asks for each half of them."""
        if not numbers:
            return _Answers()
        try:
            reply = self._client.ask(
                self._prompt,
                ExtractReply,
                draft.values(numbers),
                check=lambda answer: fault_of(draft, numbers, answer),
            )
        except (ModelRefusedError, ModelTruncatedError, ModelMalformedError) as error:
            if len(numbers) == 1:
                return _Answers(failed={numbers[0]: error})
            middle = len(numbers) // 2
            answers = self._questions(draft, numbers[:middle])
            answers.take(self._questions(draft, numbers[middle:]))
            return answers
        except EngineError as error:
            return _Answers(failed=dict.fromkeys(numbers, error))
        return _Answers(_by_number(numbers, reply))

    def _recalled(self, draft: Draft, number: int) -> FoundSentence | None:
        text = self._client.recall(self._prompt, draft.about(number))
        if text is None:
            return None
        return FoundSentence.model_validate_json(text).model_copy(update={"n": number + 1})


@dataclass
class _Reading:
    """One draft and the answers about it, on the way to an extraction."""

    draft: Draft
    stretches: tuple[Stretch, ...]
    places: tuple[Standing, ...]
    answers: _Answers
    entails: Entails | None
    lost: list[Unchecked] = field(default_factory=list)

    def extraction(self) -> Extraction:
        rows = row_texts(self.draft.article.text, self.stretches)
        count = range(len(self.draft.utterances))
        claims = [self._ruled(number, rows) for number in count]
        told = _linked(self._found(), self.answers.found)
        for number, proposals in told.items():
            claims[number].extend(proposals)
        claims = _once(claims)
        sentences = tuple(self._sentence(number, bool(claims[number])) for number in count)
        unread = [
            unchecked(self.draft.utterances[number].span, STAGE, error)
            for number, error in sorted(self.answers.failed.items())
        ]
        unread += [self._unanswered(number) for number in count if self._silent(number)]
        return Extraction(sentences, numbered(self.draft.article, self.draft.utterances, claims), (*unread, *self.lost))

    def _ruled(self, number: int, rows: dict[int, str]) -> list[Proposal]:
        """The claims that the draft's make-up gives without a model."""
        utterance = self.draft.utterances[number]
        match self.places[number].role:
            case Role.CREDIT:
                return [Proposal(utterance.span, credit_text(utterance.text), ClaimKind.CREDIT)]
            case Role.CAPTION:
                return [Proposal(utterance.span, caption_text(utterance.text), ClaimKind.CAPTION)]
            case Role.ROW if utterance.stretch in rows:
                return [Proposal(utterance.span, rows[utterance.stretch], ClaimKind.QUANTITY)]
        return []

    def _found(self) -> dict[int, dict[int, Proposal]]:
        """The model's claims by sentence and by the model's ids; words that are nowhere leave an `Unchecked`."""
        found = {}
        for number, item in sorted(self.answers.found.items()):
            located = locate(self.draft, item, self.entails)
            found[number] = located.proposals
            self.lost += [
                Unchecked(
                    self.draft.utterances[number].span,
                    STAGE,
                    Status.FAILED,
                    f"the model named words that do not stand in the sentence: {words[:80]!r}",
                )
                for words in located.lost
            ]
        return found

    def _sentence(self, number: int, has_claims: bool) -> Sentence:
        outcome, reason, note = self._outcome(number)
        if has_claims:
            outcome, reason, note = Outcome.CHECKED, Reason.NONE, ""
        return Sentence(f"s{number + 1}", self.draft.utterances[number].span, outcome, reason, note)

    def _outcome(self, number: int) -> tuple[Outcome, Reason, str]:
        place = self.places[number]
        if place.role is Role.NOTHING:
            return place.outcome, place.reason, place.note
        if place.role is Role.ROW:
            return Outcome.NOT_CHECKABLE, Reason.FRAGMENT, ""
        item = self.answers.found.get(number)
        if item is None:
            error = self.answers.failed.get(number)
            return Outcome.FAILED, Reason.NONE, error.problem if error else "the model left it out"
        if item.claims:
            return Outcome.FAILED, Reason.NONE, "the words that the model named do not stand in it"
        if item.outcome == "not_checkable":
            return Outcome.NOT_CHECKABLE, Reason.FRAGMENT if item.reason == "none" else Reason(item.reason), ""
        return Outcome.AMBIGUOUS, Reason.NONE, "it does not say by itself what it claims"

    def _silent(self, number: int) -> bool:
        asked = self.places[number].role in _ASKED
        return asked and number not in self.answers.found and number not in self.answers.failed

    def _unanswered(self, number: int) -> Unchecked:
        return Unchecked(self.draft.utterances[number].span, STAGE, Status.FAILED, "the model left the sentence out")


def _by_number(numbers: Iterable[int], reply: ExtractReply) -> dict[int, FoundSentence]:
    """The answers for the sentences that were asked about, the first one for each."""
    wanted = set(numbers)
    found: dict[int, FoundSentence] = {}
    for item in reply.sentences:
        if item.n - 1 in wanted:
            found.setdefault(item.n - 1, item)
    return found


def _surprises(draft: Draft, number: int, item: FoundSentence) -> bool:
    return not item.claims and item.reason not in _SETTLED and draft.promising(number)


def _linked(found: dict[int, dict[int, Proposal]], said: dict[int, FoundSentence]) -> dict[int, list[Proposal]]:
    """The proposals with the one that reports each, which stands in the sentence or, of one speaker, shortly before."""
    linked: dict[int, list[Proposal]] = {}
    told: dict[int, tuple[int, Proposal]] = {}
    for number, proposals in found.items():
        parents = {claim.id: claim.under for claim in said[number].claims}
        reporting = {id: item for id, item in proposals.items() if item.kind in _REPORTING}
        told |= {id: (number, item) for id, item in reporting.items()}
        linked[number] = []
        for id, item in proposals.items():
            at, parent = told.get(parents[id] or 0, (number, None))
            # Ids are the model's and may come from two answers: beyond the sentence, the speaker has to agree.
            near = at == number or (number - at <= LEANS_ON and parent and parent.attributed_to == item.attributed_to)
            linked[number].append(replace(item, under=parent) if near and id not in reporting and parent else item)
    return linked


def _once(claims: list[list[Proposal]]) -> list[list[Proposal]]:
    """The claims without those that say the same at the same place."""
    seen: set[tuple[object, ...]] = set()

    def fresh(item: Proposal) -> bool:
        key = (item.text, item.span, item.kind)
        new = key not in seen
        seen.add(key)
        return new

    return [[item for item in found if fresh(item)] for found in claims]
