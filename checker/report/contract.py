"""The report contract `checker/report@1` at the border: what a report file holds, checked on the way in.

Fields may be added under the same name and version, never dropped or given another meaning; a reader passes over
fields it does not know. `report.schema.json` beside this module is written from these models.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator

from checker.model import Label, Level, Outcome, Stance, Status, Tier

SCHEMA: Final = "checker/report@1"

Offset = Annotated[StrictInt, Field(ge=0, description="Unicode code points from the start of the text.")]
Count = Annotated[StrictInt, Field(ge=0)]
FromOne = Annotated[StrictInt, Field(ge=1)]
Digest = Annotated[str, Field(description="SHA-256 of the text's UTF-8 bytes, in hex.")]
Place = Annotated[
    dict[str, str | int],
    Field(description="Where a reader finds it: page, sheet, cell, row, time, speaker, block, line, note."),
]

# JSON Schema can say which verdict goes with which status and which stance; the validators below say it for Python.
_VERDICT_RULES: dict[str, Any] = {
    "allOf": [
        {
            "if": {"properties": {"status": {"const": "checked"}}},
            "then": {"properties": {"verdict": {"type": "string"}}},
            "else": {"properties": {"verdict": {"type": "null"}, "evidence": {"maxItems": 0}}},
        },
        *(
            {
                "if": {"properties": {"verdict": {"const": label}}},
                "then": {"properties": {"evidence": {"contains": {"properties": {"stance": {"const": stance}}}}}},
            }
            for label, stance in (("supported", "supports"), ("contradicted", "contradicts"))
        ),
        {
            "if": {"properties": {"verdict": {"const": "mixed"}}},
            "then": {"properties": {"evidence": {"minItems": 1}}},
        },
    ]
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class _Stretch(_Part):
    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _not_empty(self) -> _Stretch:
        if self.start >= self.end:
            raise ValueError(f"{self.start}..{self.end} is not a stretch of text")
        return self


class ArticleData(_Part):
    """The draft that was checked."""

    sha256: Digest
    title: str | None
    uri: str | None
    published: date | None
    length: Count


class SentenceData(_Stretch):
    """One sentence of the draft and what became of it."""

    id: str
    outcome: Outcome
    reason: str | None
    claims: tuple[str, ...]
    line: FromOne | None = None
    note: str = ""


class EvidenceData(_Stretch):
    """Words of a source: `quote` is the source's text from `start` to `end`."""

    source_id: str
    title: str
    uri: str | None
    quote: str
    stance: Stance
    locator: Place
    publisher: str | None = None
    published: date | None = None
    before: str = ""
    after: str = ""


class SearchedData(_Part):
    """What was looked for."""

    queries: tuple[str, ...] = ()
    passages: Count = 0
    sources: Count = 0


class FailureData(_Part):
    """Why a claim has no verdict."""

    stage: str
    message: str


class QuotedData(_Stretch):
    """The quoted words of the draft, without their marks."""


class ClaimData(_Stretch):
    """One claim, where the draft makes it, and what the sources say of it."""

    model_config = ConfigDict(json_schema_extra=_VERDICT_RULES)

    id: str
    quote: str
    text: str
    kind: str
    level: Level
    parent: str | None
    attributed_to: str | None
    status: Status
    verdict: Label | None
    confidence: Annotated[float, Field(ge=0, le=1)] | None
    reasons: tuple[str, ...]
    evidence: tuple[EvidenceData, ...]
    justification: str
    suggestion: str | None
    searched: SearchedData
    sentence: str | None = None
    line: FromOne | None = None
    column: FromOne | None = None
    locator: Place = Field(default_factory=dict)
    quoted: QuotedData | None = None
    citations: tuple[str, ...] = ()
    failure: FailureData | None = None
    engine: Annotated[str, Field(description="The engine that decided; empty where there is no verdict.")] = ""
    basis: Annotated[str, Field(description="What a verdict of the embedded engine rests on; else empty.")] = ""
    check_worthiness: Annotated[
        float | None, Field(ge=0, le=1, description="How likely its sentence is worth checking; null where not judged.")
    ] = None

    @model_validator(mode="after")
    def _verdict_only_where_checked(self) -> ClaimData:
        if (self.status is Status.CHECKED) != (self.verdict is not None):
            raise ValueError(f"claim {self.id} has the status {self.status} and the verdict {self.verdict}")
        if self.status is not Status.CHECKED and self.evidence:
            raise ValueError(f"claim {self.id} was not checked and has evidence")
        return self

    @model_validator(mode="after")
    def _evidence_of_the_verdict(self) -> ClaimData:
        stances = {item.stance for item in self.evidence}
        needed = {Label.SUPPORTED: Stance.SUPPORTS, Label.CONTRADICTED: Stance.CONTRADICTS}
        if self.verdict in needed and needed[self.verdict] not in stances:
            raise ValueError(f"claim {self.id} is {self.verdict} without evidence of that stance")
        if self.verdict is Label.MIXED and not stances:
            raise ValueError(f"claim {self.id} is mixed without evidence")
        return self


class UnreadData(_Stretch):
    """A stretch of the draft of which no claim could be made, because something failed."""

    id: str
    quote: str
    status: Status
    stage: str
    message: str
    line: FromOne | None = None


class PlaceData(_Stretch):
    """One of the two places of the draft that cannot both be right, and its very words."""

    quote: str
    line: FromOne | None = None
    column: FromOne | None = None


class InconsistencyData(_Part):
    """Two places of the draft that cannot both be right, whatever the sources say; found without them."""

    id: str
    code: str
    first: PlaceData
    second: PlaceData
    explanation: str
    suggestion: Annotated[str | None, Field(description="What both places should say, where that is certain.")] = None

    @model_validator(mode="after")
    def _two_places(self) -> InconsistencyData:
        if self.first.end > self.second.start:
            raise ValueError(f"inconsistency {self.id} does not name two places in their order")
        return self


class SourceData(_Part):
    """A source that evidence names."""

    id: str
    title: str
    publisher: str | None
    published: date | None
    uri: str | None
    tier: Tier
    lineage: str
    sha256: Digest


class SummaryData(_Part):
    """How many claims had each verdict; the five add up to `claims`.

    `unread` counts stretches and `inconsistencies` pairs of places, not claims.
    """

    claims: Count
    supported: Count
    contradicted: Count
    mixed: Count
    not_enough_evidence: Count
    unchecked: Count
    unread: Count = 0
    inconsistencies: Count = 0


class UsageData(_Part):
    """What the check cost."""

    calls: Count
    input_tokens: Count
    output_tokens: Count
    cost_usd: Annotated[float, Field(ge=0)]


class ProvenanceData(_Part):
    """What is needed to make the same report again."""

    checker: str
    engine: str
    corpus: str
    models: dict[str, str]
    prompts: dict[str, str]
    usage: UsageData
    sources: Count = 0
    as_of: date | None = None
    parameters: dict[str, str | int | float] = Field(default_factory=dict)


class ReportData(_Part):
    """A report file."""

    schema_: Literal["checker/report@1"] = Field(alias="schema")
    article: ArticleData
    sentences: tuple[SentenceData, ...]
    claims: tuple[ClaimData, ...]
    summary: SummaryData
    provenance: ProvenanceData
    unread: tuple[UnreadData, ...] = ()
    inconsistencies: tuple[InconsistencyData, ...] = ()
    sources: tuple[SourceData, ...] = ()

    @model_validator(mode="after")
    def _ids_hold(self) -> ReportData:
        pools = (
            ("claims", self.claims),
            ("sentences", self.sentences),
            ("sources", self.sources),
            ("inconsistencies", self.inconsistencies),
        )
        for kind, ids in pools:
            twice = [name for name, count in Counter(item.id for item in ids).items() if count > 1]
            if twice:
                raise ValueError(f"two {kind} have the id {twice[0]!r}")
        known = {claim.id for claim in self.claims}
        lost = next((name for sentence in self.sentences for name in sentence.claims if name not in known), None)
        if lost is not None:
            raise ValueError(f"a sentence names the claim {lost!r}, which is not there")
        return self

    @model_validator(mode="after")
    def _summary_adds_up(self) -> ReportData:
        if self.summary != summarise(self.claims, len(self.unread), len(self.inconsistencies)):
            raise ValueError("the summary does not agree with the claims")
        return self


def summarise(claims: tuple[ClaimData, ...], unread: int, inconsistencies: int = 0) -> SummaryData:
    """The counts over `claims`."""
    counts = Counter(claim.verdict for claim in claims)
    return SummaryData(
        claims=len(claims),
        supported=counts[Label.SUPPORTED],
        contradicted=counts[Label.CONTRADICTED],
        mixed=counts[Label.MIXED],
        not_enough_evidence=counts[Label.NOT_ENOUGH_EVIDENCE],
        unchecked=counts[None],
        unread=unread,
        inconsistencies=inconsistencies,
    )


def json_schema() -> str:
    """The contract as JSON Schema (draft 2020-12): the text of `report.schema.json`."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ReportData.model_json_schema(by_alias=True)}
    return json.dumps({**schema, "title": SCHEMA}, indent=2, ensure_ascii=False) + "\n"
