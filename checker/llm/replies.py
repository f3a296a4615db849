"""The forms of a model's answers. Every field is asked for, none is allowed beside, and nothing in them is believed:
numbers are looked up, words are looked for, and what is not found is a fault.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

SentenceOutcome = Literal["claims", "not_checkable", "ambiguous"]
SentenceReason = Literal[
    "none",
    "boilerplate",
    "heading",
    "instruction",
    "question",
    "opinion",
    "prediction",
    "personal",
    "fragment",
    "metadata",
]
KindName = Literal["statement", "event", "quantity", "date", "quote", "attribution", "caption", "credit"]
LabelName = Literal["supported", "contradicted", "mixed", "not_enough_evidence"]
StanceName = Literal["supports", "contradicts", "qualifies", "reports"]
ReasonName = Literal[
    "quantity_mismatch",
    "unit_mismatch",
    "date_mismatch",
    "name_mismatch",
    "quote_altered",
    "misattributed",
    "negated",
    "overstated",
    "superseded",
    "reference_missing",
    "sources_disagree",
    "only_part_found",
    "only_reported",
    "silent",
]


class Reply(BaseModel):
    """Base of every form."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def form(cls) -> str:
        """The name of this form in prompt files and on the wire."""
        return next(name for name, form in REPLIES.items() if form is cls)

    @classmethod
    def schema_of(cls) -> dict[str, Any]:
        """The JSON schema of this form: nothing optional, nothing beside."""
        # Titles and docstrings are for readers of this file: with them, a reworded docstring would ask everything anew.
        bare: dict[str, Any] = _without_words(cls.model_json_schema())
        return bare


class FoundClaim(Reply):
    """One claim: `words` are the draft's own, `under` is the `id` of the attribution that reports it."""

    id: int
    words: str
    text: str
    kind: KindName
    speaker: str | None
    under: int | None


class FoundSentence(Reply):
    """One numbered sentence of the draft."""

    n: int
    outcome: SentenceOutcome
    reason: SentenceReason
    claims: list[FoundClaim]


class ExtractReply(Reply):
    """What an extractor finds in a window of sentences."""

    sentences: list[FoundSentence]


class NamedSentence(Reply):
    """A numbered sentence of a passage, and what it does to the claim."""

    sentence: int
    stance: StanceName


class Judgement(Reply):
    """What the passages say of one numbered claim. The label comes last, so that the reasons are thought first."""

    claim: int
    evidence: list[NamedSentence]
    justification: str
    reasons: list[ReasonName]
    label: LabelName


class VerifyReply(Reply):
    """A judgement for every claim that was asked about."""

    judgements: list[Judgement]


class SecondReadReply(Reply):
    """One sentence held against one claim, question by question."""

    why: str
    same_subject: bool
    same_time: bool
    source_says_so_itself: bool
    both_can_be_true: bool


class CounterQuery(Reply):
    """What to search for to find the claim wrong."""

    claim: int
    query: str


class CounterQueryReply(Reply):
    """A query for every claim that was asked about."""

    queries: list[CounterQuery]


REPLIES: dict[str, type[Reply]] = {
    "extraction": ExtractReply,
    "judgements": VerifyReply,
    "second_read": SecondReadReply,
    "counter_queries": CounterQueryReply,
}
"""Every form, by the name that prompt files use."""


def _without_words(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_words(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    said = ("title", "description")
    return {key: _without_words(value) for key, value in schema.items() if not (key in said and isinstance(value, str))}
