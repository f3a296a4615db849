"""The gold form of a draft: a folder with the draft, its sources, and the claims that people have labelled in it.

    draft.md  draft.toml  sources/  sources.jsonl  claims.jsonl  nonclaims.jsonl

Quotes stand in the files and are turned into places when they are read, each exactly, so that a label that has lost its
words is an error and never a silent miss. `docs/evals.md` describes the rows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import InputError
from checker.evaluation.datasets.rows import Row, read_rows, unique
from checker.evaluation.records import digest
from checker.model import Article, ClaimKind, Document, Label, Level, ReasonCode, Span, Stance, Tier
from checker.reading import read_path
from checker.settings import ReadingSettings

DIFFICULTIES = ("easy", "medium", "hard")
NOT_CHECKABLE = ("opinion", "prediction", "question", "personal", "boilerplate", "heading", "fragment", "instruction")
_READING = ReadingSettings()
_DECIDING = {
    Label.SUPPORTED: (Stance.SUPPORTS,),
    Label.CONTRADICTED: (Stance.CONTRADICTS,),
    Label.MIXED: (Stance.SUPPORTS, Stance.CONTRADICTS),
    Label.NOT_ENOUGH_EVIDENCE: (),
}

E = TypeVar("E", ClaimKind, Level, Label, ReasonCode, Stance, Tier)


@dataclass(frozen=True, slots=True)
class GoldSource:
    """A source of a draft; `file` is its name in the folder, and what evidence calls it by."""

    file: str
    title: str
    data: bytes
    document: Document
    publisher: str | None = None
    published: date | None = None
    tier: Tier = Tier.PRIMARY
    note: str = ""

    @property
    def digest(self) -> str:
        """Of the bytes and the labels: two sources with one digest are read alike."""
        return digest([self.file, self.title, self.data.hex(), self.publisher, str(self.published), self.tier])


@dataclass(frozen=True, slots=True)
class GoldEvidence:
    """Words of a source, at every place where they stand there."""

    file: str
    quote: str
    places: tuple[Span, ...]
    stance: Stance
    set: int = 1


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as it was labelled: where the draft makes it, what it says alone, and what the sources do to it."""

    id: str
    span: Span
    text: str
    kind: ClaimKind
    level: Level
    verdict: Label
    evidence: tuple[GoldEvidence, ...] = ()
    reasons: tuple[ReasonCode, ...] = ()
    difficulty: str = ""
    ambiguous: bool = False
    planted: str = ""

    @property
    def sets(self) -> tuple[tuple[GoldEvidence, ...], ...]:
        """What decides the verdict, in alternatives: the members of one are needed together, each set is enough."""
        found: dict[int, list[GoldEvidence]] = {}
        for item in self.evidence:
            if item.stance in _DECIDING[self.verdict]:
                found.setdefault(item.set, []).append(item)
        return tuple(tuple(members) for members in found.values())

    @property
    def facts(self) -> dict[str, str]:
        """What tables are split by; what is not said is left out."""
        told = {
            "kind": self.kind.value,
            "level": self.level.value,
            "difficulty": self.difficulty,
            "planted": self.planted,
            "reason": self.reasons[0].value if self.reasons else "",
            "gray": "gray" if self.ambiguous else "clear",
        }
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class NonClaim:
    """A sentence that nothing is to be checked of, and why."""

    id: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class GoldDraft:
    """A draft with everything that was said of it. `facts` are its domain, genre, and rate of errors."""

    name: str
    article: Article
    sources: tuple[GoldSource, ...]
    claims: tuple[GoldClaim, ...]
    nonclaims: tuple[NonClaim, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def corpus_digest(self) -> str:
        """Of the sources: one digest, one corpus."""
        return digest([source.digest for source in self.sources])

    def source(self, file: str) -> GoldSource:
        """The source with that file name."""
        return next(source for source in self.sources if source.file == file)


def read_draft(folder: Path) -> GoldDraft:
    """The draft in a folder of the gold form. Raises InputError for the first thing that does not hold."""
    article = read_article(folder / "draft.md")
    sources = read_sources(folder / "sources.jsonl", folder / "sources")
    return GoldDraft(
        name=folder.name,
        article=article,
        sources=sources,
        claims=read_claims(folder / "claims.jsonl", article, sources),
        nonclaims=read_nonclaims(folder / "nonclaims.jsonl", article),
        facts=read_facts(folder / "draft.toml"),
    )


def read_article(path: Path) -> Article:
    """The draft, as `checker check` reads it."""
    _, document = read_path(path, purpose="draft", settings=_READING)
    return Article.from_document(document, uri=document.uri or path.name)


def read_facts(path: Path) -> dict[str, str]:
    """What `draft.toml` says of a draft, for the tables."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), hint="See docs/evals.md.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"is not valid TOML: {error}", where=str(path)) from error
    for name, type_ in (("domain", str), ("genre", str), ("natural_rate", bool)):
        if not isinstance(told.get(name), type_):
            raise InputError(f"has no {name}", where=str(path), hint="It needs domain, genre and natural_rate.")
    rate = "natural" if told["natural_rate"] else "planted"
    return {"domain": told["domain"], "genre": told["genre"], "natural": rate}


def read_sources(path: Path, folder: Path) -> tuple[GoldSource, ...]:
    """The sources that the rows of `path` name, from `folder`; a file that no row names is an error."""
    found = tuple(read_source(row, folder) for row, _ in unique((row, row.text("file")) for row in read_rows(path)))
    named = {source.file for source in found}
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if file.name not in named and not file.name.startswith("."):
            raise InputError("is named by no row of sources.jsonl", where=str(file), hint="Add a row or remove it.")
    return found


def read_source(row: Row, folder: Path) -> GoldSource:
    """One source with what its row says of it."""
    file = row.text("file")
    data, document = read_path(folder / file, purpose="source", settings=_READING)
    return GoldSource(
        file=file,
        title=row.optional("title") or document.title or file,
        data=data,
        document=document,
        publisher=row.optional("publisher") or document.publisher,
        published=_day(row) or document.published,
        tier=_one_of(row, Tier, row.optional("tier") or Tier.PRIMARY),
        note=row.optional("note"),
    )


def read_claims(path: Path, article: Article, sources: Sequence[GoldSource]) -> tuple[GoldClaim, ...]:
    """Every labelled claim, in the order of the file."""
    texts = {source.file: source.document.text for source in sources}
    rows = unique((row, row.text("id")) for row in read_rows(path))
    return tuple(read_claim(row, article.text, texts) for row, _ in rows)


def read_claim(row: Row, text: str, sources: Mapping[str, str]) -> GoldClaim:
    """One labelled claim; `sources` are the texts by file name. Raises InputError where a quote or label fails."""
    evidence = row.values.get("evidence", [])
    reasons = row.values.get("reasons", [])
    if not isinstance(evidence, list) or not isinstance(reasons, list):
        raise row.error("has evidence or reasons that are no list", "Write [] where there is none.")
    made = GoldClaim(
        id=row.text("id"),
        span=quoted_span(row, text),
        text=row.optional("claim") or row.text("quote"),
        kind=_one_of(row, ClaimKind, row.optional("kind") or ClaimKind.STATEMENT),
        level=_one_of(row, Level, row.optional("level") or Level.CONTENT),
        verdict=_one_of(row, Label, row.text("verdict")),
        evidence=tuple(_evidence(row, item, sources) for item in evidence),
        reasons=tuple(_one_of(row, ReasonCode, str(code)) for code in reasons),
        difficulty=row.optional("difficulty"),
        ambiguous=row.values.get("gray", row.values.get("ambiguous"))
        is True,  # the adjudicator's word where there is one
        planted=row.optional("planted"),
    )
    if made.difficulty and made.difficulty not in DIFFICULTIES:
        raise row.error(f"has the difficulty {made.difficulty!r}", f"Write one of {', '.join(DIFFICULTIES)}.")
    _fitting(row, made)
    return made


def read_nonclaims(path: Path, article: Article) -> tuple[NonClaim, ...]:
    """The sentences that nothing is to be checked of; none where there is no such file."""
    if not path.exists():
        return ()
    rows = unique((row, row.text("id")) for row in read_rows(path))
    return tuple(read_nonclaim(row, article.text) for row, _ in rows)


def read_nonclaim(row: Row, text: str) -> NonClaim:
    """One such sentence."""
    reason = row.text("reason")
    if reason not in NOT_CHECKABLE:
        raise row.error(f"has the reason {reason!r}", f"Write one of {', '.join(NOT_CHECKABLE)}.")
    return NonClaim(row.text("id"), quoted_span(row, text), reason)


def quoted_span(row: Row, text: str) -> Span:
    """Where the words under "quote" stand in `text`: the `nth` time that they do. Raises InputError."""
    quote, nth = row.text("quote"), row.values.get("nth", 1)
    if not isinstance(nth, int) or nth < 1:
        raise row.error('has an "nth" that is no count', "Write 1 for the first time that the words stand there.")
    places = places_of(quote, text)
    if len(places) < nth:
        raise row.error(
            f"{row.optional('id')} quotes words that stand {len(places)} times in the draft, not {nth}",
            "Copy them from the draft, marks and dashes included.",
        )
    return places[nth - 1]


def places_of(quote: str, text: str) -> tuple[Span, ...]:
    """Every place where `quote` stands in `text`, letter by letter."""
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(Span(at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)


def _evidence(row: Row, item: Any, sources: Mapping[str, str]) -> GoldEvidence:
    if not isinstance(item, dict):
        raise row.error("has evidence that is no object", 'Write {"source": ..., "quote": ..., "stance": ...}.')
    piece = Row(row.where, item)
    file, quote = piece.text("source"), piece.text("quote")
    if file not in sources:
        raise row.error(f"{row.optional('id')} cites {file!r}, which is no source of the draft", "Name a file.")
    places = places_of(quote, sources[file])
    if not places:
        raise row.error(
            f"{row.optional('id')} cites words that do not stand in {file}",
            "Copy them from the text of the source as checker reads it.",
        )
    number = item.get("set", 1)
    if not isinstance(number, int) or isinstance(number, bool):
        raise row.error(f"{row.optional('id')} has a set that is no number", "Write 1, 2, ...")
    return GoldEvidence(file, quote, places, _one_of(row, Stance, piece.text("stance")), number)


def _fitting(row: Row, claim: GoldClaim) -> None:
    """Raises InputError where the evidence cannot bear the verdict."""
    stances = {item.stance for item in claim.evidence}
    absent = {ReasonCode.QUOTE_NOT_FOUND, ReasonCode.MISATTRIBUTED}.intersection(claim.reasons)
    if claim.verdict is Label.NOT_ENOUGH_EVIDENCE and stances & {Stance.SUPPORTS, Stance.CONTRADICTS}:
        raise row.error(f"{claim.id} is open and has evidence that decides", "Its stance is qualifies or reports.")
    if claim.verdict is Label.SUPPORTED and not claim.sets:
        raise row.error(f"{claim.id} is supported by nothing", "Give the words that support it.")
    if claim.verdict is Label.CONTRADICTED and not claim.sets and not absent:
        raise row.error(f"{claim.id} is contradicted by nothing", "Give the words that contradict it.")
    if claim.verdict is Label.MIXED and not claim.evidence:
        raise row.error(f"{claim.id} is mixed without evidence", "Give the words of both sides.")


def _one_of(row: Row, names: type[E], value: str) -> E:
    try:
        return names(value)
    except ValueError as error:
        known = ", ".join(item.value for item in names)
        raise row.error(f"{row.optional('id')} has {value!r} for a {names.__name__}", f"Known: {known}.") from error


def _day(row: Row) -> date | None:
    written = row.optional("published")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise row.error(f"has the date {written!r}", "Write YYYY-MM-DD.") from error
