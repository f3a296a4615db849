"""What the model sees of a draft: windows of numbered sentences, and what came before them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.claims.draft import Stretch, Utterance
from checker.claims.outcomes import hard
from checker.language.names import find_names
from checker.language.quotations import find_quotations
from checker.llm.prompts import one_line
from checker.model import Article, Span

MOST_SENTENCES = 48
MOST_CHARACTERS = 12_000
BEFORE = 6
"""Sentences shown before a window."""
LEANS_ON = 3
"""Sentences before it on which the reading of one sentence may depend."""

_NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as the model is shown it. Sentences are numbered from 0 here and from 1 for the model."""

    article: Article
    utterances: tuple[Utterance, ...]
    quotations: tuple[Span, ...]

    @classmethod
    def of(cls, article: Article, stretches: Sequence[Stretch]) -> Draft:
        quotations = [
            stretch.view.span(item.words.start, item.words.end)
            for stretch in stretches
            for item in find_quotations(stretch.view.text)
        ]
        return cls(article, tuple(item for stretch in stretches for item in stretch.utterances), tuple(quotations))

    @property
    def written(self) -> str:
        published = self.article.published
        return f"{published:%A}, {published.day} {published:%B %Y}" if published else "not known"

    def around(self, number: int) -> str:
        """The sentences that the pronouns of one may lean on, the title included."""
        near = self.utterances[max(0, number - BEFORE) : number + 1]
        return " ".join((self.article.title or "", *(item.text for item in near)))

    def values(self, numbers: Sequence[int]) -> Mapping[str, str]:
        """The inputs of the prompt for the sentences `numbers`."""
        before = sorted(
            {at for number in numbers for at in range(max(0, number - self._back(numbers)), number)} - set(numbers)
        )
        return {
            "written": self.written,
            "title": one_line(self.article.title or "") or _NOTHING,
            "before": "\n".join(f"- {one_line(self.utterances[at].text)}" for at in before[-40:]) or _NOTHING,
            "sentences": "\n".join(f"{number + 1}| {one_line(self.utterances[number].text)}" for number in numbers),
        }

    def about(self, number: int) -> str:
        """All that the reading of one sentence depends on, as one text."""
        near = [item.text for item in self.utterances[max(0, number - LEANS_ON) : number + 1]]
        return json.dumps([self.article.title, self.written, near], ensure_ascii=True)

    def promising(self, number: int) -> bool:
        """Whether the sentence holds a number, a date, a name or a quotation, so that no claim in it is a surprise."""
        utterance = self.utterances[number]
        quoted = any(item.overlaps(utterance.span) for item in self.quotations)
        return quoted or hard(utterance.text) or bool(find_names(utterance.text))

    def _back(self, numbers: Sequence[int]) -> int:
        whole = len(numbers) == numbers[-1] - numbers[0] + 1
        return BEFORE if whole else LEANS_ON


def windows(draft: Draft, numbers: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """`numbers` in as few windows as the limits allow, of about one size."""
    size = sum(len(draft.utterances[number].text) for number in numbers)
    count = max(1, -(-len(numbers) // MOST_SENTENCES), -(-size // MOST_CHARACTERS))
    each = -(-len(numbers) // count) if numbers else 1
    return tuple(tuple(numbers[at : at + each]) for at in range(0, len(numbers), each))
