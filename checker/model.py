"""The page of types: what passes from room to room. No I/O, no vendor.

Every value is frozen. Offsets are half-open spans in Unicode code points into an immutable text that its
owner names by SHA-256; other units are computed at the edge (`checker.spans`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


def sha256_text(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, in hex. Lone surrogates are kept, so any `str` has a digest."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of `text` under this span."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: object) -> bool:
        return isinstance(other, Span) and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class BlockKind(StrEnum):
    """What a stretch of a document is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"  # a block quotation
    CAPTION = "caption"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    CUE = "cue"  # one cue of a transcript
    METADATA = "metadata"  # front matter, byline, dateline standing alone
    FURNITURE = "furniture"  # running heads, page numbers, navigation: never prose, never a passage
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a reader finds a stretch of text in the file as they see it. Pages and lines count from 1."""

    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    time: str | None = None  # HH:MM:SS from the start of the recording
    speaker: str | None = None
    block: str | None = None  # the id the editor's tool gave the block
    line: int | None = None
    note: str | None = None  # a footnote's or comment's own mark

    def as_dict(self) -> dict[str, str | int]:
        """The fields that are set, in reading order."""
        pairs = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in pairs if value is not None}

    def __str__(self) -> str:
        parts = []
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.cell is not None:
            parts.append(f"cell {self.cell}")
        elif self.row is not None:
            parts.append(f"row {self.row}")
        if self.time is not None:
            parts.append(self.time)
        if self.speaker is not None:
            parts.append(self.speaker)
        if self.note is not None:
            parts.append(f"note {self.note}")
        if self.block is not None:
            parts.append(f"block {self.block}")
        if self.line is not None and not parts:
            parts.append(f"line {self.line}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document, in reading order and never overlapping another.

    `markup` are spans inside `span` that are syntax or code and not prose (emphasis marks, link targets,
    inline code, note references): `checker.spans.View.without` reads past them and maps back. `continues` says
    that the block goes on with the stretch of the block before it (the next cell of a row, the next cue of one
    speaker, a paragraph's rest on the next page), so that a sentence may run over both.
    """

    span: Span
    kind: BlockKind = BlockKind.PARAGRAPH
    locator: Locator = Locator()
    markup: tuple[Span, ...] = ()
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A citation the author already gave: the words it stands on and what it points to."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of bytes; an `Article` or a `Source` is made from it.

    `text` is exactly what was read: nothing normalises it afterwards.
    """

    text: str
    blocks: tuple[Block, ...]
    media_type: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None
    links: tuple[Link, ...] = ()
    extractor: str = ""  # name and version of the reader, so that a changed reader is visible


@dataclass(frozen=True, slots=True)
class Article:
    """The draft under test."""

    text: str
    blocks: tuple[Block, ...]
    sha256: str
    title: str | None = None
    uri: str | None = None
    published: date | None = None
    links: tuple[Link, ...] = ()

    @classmethod
    def from_document(cls, document: Document, *, uri: str | None = None, published: date | None = None) -> Article:
        """The draft in `document`; `published` given here wins over what the document says."""
        return cls(
            text=document.text,
            blocks=document.blocks,
            sha256=sha256_text(document.text),
            title=document.title,
            uri=uri if uri is not None else document.uri,
            published=published or document.published,
            links=document.links,
        )


class Outcome(StrEnum):
    """What became of a sentence."""

    CHECKED = "checked"  # it has claims
    NOT_CHECKABLE = "not_checkable"
    AMBIGUOUS = "ambiguous"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a sentence has no claims; `NONE` where it has."""

    NONE = ""
    BOILERPLATE = "boilerplate"
    HEADING = "heading"
    INSTRUCTION = "instruction"
    QUESTION = "question"
    OPINION = "opinion"
    PREDICTION = "prediction"
    PERSONAL = "personal"
    FRAGMENT = "fragment"
    METADATA = "metadata"
    CODE = "code"
    NO_LANGUAGE = "no_language"  # no words to read: symbols, or a language not served
    LITTLE_WORTH = "little_worth"  # its check-worthiness is below the least that was asked for


class SentenceClass(StrEnum):
    """What a sentence is to whoever checks facts."""

    FACTUAL = "factual"
    OPINION = "opinion"
    PREDICTION = "prediction"
    QUESTION = "question"
    BOILERPLATE = "boilerplate"
    QUOTATION = "quotation"
    PERSONAL = "personal"
    INSTRUCTION = "instruction"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the draft and what became of it: the coverage record."""

    id: str
    span: Span
    outcome: Outcome
    reason: Reason = Reason.NONE
    note: str = ""


class ClaimKind(StrEnum):
    """What sort of statement a claim is."""

    STATEMENT = "statement"
    EVENT = "event"
    QUANTITY = "quantity"
    DATE = "date"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    CAPTION = "caption"
    CREDIT = "credit"


class Level(StrEnum):
    """Whether a claim says that something is so, or that somebody said it."""

    CONTENT = "content"
    ATTRIBUTION = "attribution"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement that can be checked.

    `span` is where the draft says it; `text` restates it so that it can be read alone; `quoted` is the span
    of the quoted words, without their marks, where the claim is a quotation. `parent` is the id of the claim
    of attribution that reports this one. `check_worthiness` in 0..1 is how likely its sentence is worth checking;
    None where nobody has judged that.
    """

    id: str
    sentence_id: str
    span: Span
    text: str
    kind: ClaimKind = ClaimKind.STATEMENT
    level: Level = Level.CONTENT
    attributed_to: str | None = None
    parent: str | None = None
    quoted: Span | None = None
    citations: tuple[str, ...] = ()
    locator: Locator = Locator()
    check_worthiness: float | None = None


class Tier(StrEnum):
    """How close a source stands to what it reports. `SELF` is the draft or a copy of it: never evidence."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the corpus, as stored. Sources of one `lineage` tell one story and count once."""

    id: str
    title: str
    text: str
    sha256: str  # of `text`
    blocks: tuple[Block, ...] = ()
    publisher: str | None = None
    published: date | None = None
    retrieved: date | None = None
    uri: str | None = None
    tier: Tier = Tier.PRIMARY
    lineage: str = ""
    licence: str | None = None

    def locator(self, at: int) -> Locator:
        """Where a reader finds the character at offset `at`."""
        for block in self.blocks:
            if block.span.start <= at < block.span.end:
                return block.locator
        return Locator()


@dataclass(frozen=True, slots=True)
class Passage:
    """A window of whole sentences of one source; `sentences` are spans into the source's text."""

    id: str
    source_id: str
    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Leg:
    """One retriever's opinion of a passage: its rank from 1 and its own raw score."""

    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query. `score` is the fused score in 0..1; `legs` is keyed `dense`, `lexical`."""

    passage: Passage
    score: float
    rank: int
    legs: Mapping[str, Leg] = field(default_factory=dict)


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    QUALIFIES = "qualifies"
    REPORTS = "reports"  # the source only reports that somebody says so


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words of a source. Made only by `checker.verify.ground`, so `quote` is always in the source.

    `before` and `after` are the source's words on either side, for a reader.
    """

    source_id: str
    span: Span
    quote: str
    stance: Stance
    locator: Locator = Locator()
    before: str = ""
    after: str = ""


class Label(StrEnum):
    """What the corpus says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class ReasonCode(StrEnum):
    """What exactly is off, or why a verdict is not stronger."""

    QUANTITY_MISMATCH = "quantity_mismatch"
    UNIT_MISMATCH = "unit_mismatch"
    DATE_MISMATCH = "date_mismatch"
    NAME_MISMATCH = "name_mismatch"
    OFFICE_MISMATCH = "office_mismatch"
    QUOTE_ALTERED = "quote_altered"
    QUOTE_NOT_FOUND = "quote_not_found"
    MISATTRIBUTED = "misattributed"
    NEGATED = "negated"
    OVERSTATED = "overstated"
    SUPERSEDED = "superseded"
    SAYS_OTHERWISE = "says_otherwise"  # the source excludes it in words of its own
    REFERENCE_MISSING = "reference_missing"
    SOURCES_DISAGREE = "sources_disagree"
    ONLY_PART_FOUND = "only_part_found"
    UNSURE = "unsure"  # it would be decided, at a greater risk of error than was asked for
    ONLY_REPORTED = "only_reported"
    ONLY_COPIES = "only_copies"
    NOTHING_FOUND = "nothing_found"
    SILENT = "silent"  # sources on the topic say nothing either way
    NAME_VARIANT = "name_variant"  # spelt another way in the source; not an error
    UNIT_CONVERTED = "unit_converted"  # the same quantity in another unit; not an error
    QUOTE_FOLDED = "quote_folded"  # the quotation differs only in marks, spacing or a bracket; not an error


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked for, so that "not found" can be judged."""

    queries: tuple[str, ...] = ()
    passages: int = 0
    sources: int = 0


class Basis(StrEnum):
    """What a verdict of the embedded engine rests on."""

    NONE = ""  # another engine decided
    WORDS = "words"  # the source has the claim's own words
    MEANING = "meaning"  # the model inside finds it said, or excluded, in other words
    TOGETHER = "together"  # several sentences of one source say it together
    CHECK = "check"  # a number, a date, a name or a denial that the source gives otherwise
    QUOTATION = "quotation"  # the words between quotation marks, letter by letter
    ABSENCE = "absence"  # nothing decides


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the sources say of a claim, and the words they say it in.

    `confidence` in 0..1 is how likely the label is right; `basis` is what it rests on. `suggestion` is replacement
    wording, given only where it is certain. `engine` names the engine that decided.
    """

    claim: Claim
    label: Label
    confidence: float
    reasons: tuple[ReasonCode, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    justification: str = ""
    suggestion: str | None = None
    searched: Searched = Searched()
    engine: str = ""
    basis: Basis = Basis.NONE

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is outside 0..1")
        stances = {item.stance for item in self.evidence}
        if self.label is Label.SUPPORTED and Stance.SUPPORTS not in stances:
            raise ValueError("a supported claim needs evidence that supports it")
        if self.label is Label.CONTRADICTED and Stance.CONTRADICTS not in stances:
            raise ValueError("a contradicted claim needs evidence that contradicts it")
        if self.label is Label.MIXED and not self.evidence:
            raise ValueError("a mixed claim needs evidence")


class Status(StrEnum):
    """Whether a claim was checked; every value but `CHECKED` is a failure of ours, never a verdict."""

    CHECKED = "checked"
    SOURCE_UNAVAILABLE = "source_unavailable"
    SOURCE_TRUNCATED = "source_truncated"
    REFUSED = "refused"
    FAILED = "failed"
    SKIPPED_BUDGET = "skipped_budget"


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Something that could not be checked, and why. `subject` is the claim, or the span where no claim was made."""

    subject: Claim | Span
    stage: str
    status: Status
    message: str

    def __post_init__(self) -> None:
        if self.status is Status.CHECKED:
            raise ValueError("what is unchecked cannot have the status checked")


class Clash(StrEnum):
    """How two places of one draft cannot both be right."""

    TWO_VALUES = "two_values"  # one quantity with two values
    SUM = "sum"  # parts that do not make up their total
    WEEKDAY = "weekday"  # a date that falls on another day of the week
    DURATION = "duration"  # a span of time that does not fit its two years
    AGE = "age"  # two ages of one person, or an age that does not fit the year of birth
    OFFICE = "office"  # two offices or titles of one person
    SPELLING = "spelling"  # one name spelt in two ways


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Two places of the draft that cannot both be right, whatever the sources say.

    `first` and `second` are spans of the draft, in its order, and do not overlap. `explanation` is one line.
    `suggestion` is what both places should say, given only where it is certain.
    """

    id: str
    code: Clash
    first: Span
    second: Span
    explanation: str
    suggestion: str | None = None

    def __post_init__(self) -> None:
        if self.first.end > self.second.start:
            raise ValueError(f"not two places in order: {self.first} and {self.second}")


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What a report says of a source it cites: enough to find it and to prove a quote from it."""

    id: str
    title: str
    sha256: str
    publisher: str | None = None
    published: date | None = None
    uri: str | None = None
    tier: Tier = Tier.PRIMARY
    lineage: str = ""

    @classmethod
    def of(cls, source: Source) -> SourceCard:
        return cls(
            id=source.id,
            title=source.title,
            sha256=source.sha256,
            publisher=source.publisher,
            published=source.published,
            uri=source.uri,
            tier=source.tier,
            lineage=source.lineage,
        )


@dataclass(frozen=True, slots=True)
class Usage:
    """What a check cost."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything needed to run a check again and get the same report."""

    checker: str
    engine: str
    corpus: str  # digest of the corpus
    sources: int = 0
    as_of: date | None = None
    models: Mapping[str, str] = field(default_factory=dict)
    prompts: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str | int | float] = field(default_factory=dict)
    usage: Usage = Usage()


@dataclass(frozen=True, slots=True)
class Report:
    """The whole answer. `results` are in document order; `cited` holds every source an evidence names.

    `inconsistencies` are what the draft alone shows to be wrong, in document order.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    results: tuple[Verdict | Unchecked, ...]
    provenance: Provenance
    cited: tuple[SourceCard, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(item for item in self.results if isinstance(item, Verdict))

    @property
    def unchecked(self) -> tuple[Unchecked, ...]:
        return tuple(item for item in self.results if isinstance(item, Unchecked))
