"""A quotation of a draft judged against sources, in one call."""

from __future__ import annotations

from dataclasses import dataclass

from checker.language.quotations import find_quotations
from checker.model import Article, Block, BlockKind, Claim, ClaimKind, Level, Locator, Searched, Source, Span, Verdict
from checker.model import sha256_text as digest
from checker.verify.quotations.quotes import QuoteChecker
from checker.verify.quotations.spoken import draft_around, judge_quote


@dataclass(frozen=True, slots=True)
class Cue:
    """What somebody says in a transcript; `goes_on` where it continues the cue before."""

    speaker: str
    words: str
    goes_on: bool = False


def source(text: str, id: str = "s1", title: str = "Notes", **more: object) -> Source:
    """A source of plain text."""
    return Source(id=id, title=title, text=text, sha256=digest(text), **more)  # type: ignore[arg-type]


def transcript(*cues: Cue) -> Source:
    """A source made of cues."""
    text, blocks = "", []
    for cue in cues:
        text += ("\n" if cue.goes_on else "\n\n") if text else ""
        span = Span(len(text), len(text) + len(cue.words))
        blocks.append(Block(span, BlockKind.CUE, Locator(speaker=cue.speaker), continues=cue.goes_on))
        text += cue.words
    return source(text, blocks=tuple(blocks))


def judge(draft: str, speaker: str | None, *sources: Source | str) -> Verdict:
    """The verdict on the first quotation of `draft`, given to `speaker`."""
    known = [item if isinstance(item, Source) else source(item) for item in sources]
    words = find_quotations(draft)[0].words
    article = Article(text=draft, blocks=(), sha256=digest(draft))
    claim = Claim("c1", "s1", words, draft, ClaimKind.QUOTE, Level.ATTRIBUTION, speaker, quoted=words)
    quoted = words.of(draft)
    finding = QuoteChecker(known).check(quoted, speaker, context=draft_around(article, claim))
    return judge_quote(claim, quoted, finding, {item.id: item for item in known}, searched=Searched())
