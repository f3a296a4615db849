"""Reports made by hand from the types, for the tests of the renderers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from checker.model import (
    Article,
    Block,
    BlockKind,
    Claim,
    ClaimKind,
    Evidence,
    Label,
    Level,
    Locator,
    Outcome,
    Provenance,
    Reason,
    ReasonCode,
    Report,
    Searched,
    Sentence,
    Source,
    SourceCard,
    Span,
    Stance,
    Status,
    Tier,
    Unchecked,
    Verdict,
    sha256_text,
)

DRAFT = """# Millbrook weir to reopen

Read more: how the valley floods.

The footbridge over the Tarn is 85 miles long, according to the county survey. It opened on 4 May 1931.

“We never promised the town a lock,” said Ines Aldergate, who chairs the trust. The trust employs 38 people.

The weir cost £2.1 million. It can hold back a flood of 140 cubic metres a second.
Nobody has drowned there since 1974.

Is it pretty? The café serves 12 kinds of cake. Work ends in June. The ministry paid half.
"""

SURVEY = Source(
    id="S1",
    title="County survey of bridges",
    publisher="Tarn County Council",
    published=date(2024, 3, 9),
    uri="https://county.example/survey?year=2024&part=2",
    text="Bridges of the valley.\n\nThe Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide. "
    "It was opened to the public on 4 May 1931 by the mayor.",
    sha256="",
)
MINUTES = Source(
    id="S2",
    title="Minutes of the river trust",
    publisher="Millbrook River Trust",
    published=date(2025, 1, 20),
    text="Ms Aldergate: We have never promised the town a lock, and we do not now.\n\n"
    "The final account for the weir came to £2.4 million. The trust has a staff of 38.",
    sha256="",
)
BUDGET = Source(
    id="S3",
    title="Budget book 2022",
    publisher="Millbrook Town Council",
    published=date(2022, 11, 2),
    uri="http://millbrook.example/budget.pdf",
    tier=Tier.SECONDARY,
    text="Capital works: the weir is to cost £2.1 million, of which the council pays a third.",
    sha256="",
)
SOURCES = {source.id: replace(source, sha256=sha256_text(source.text)) for source in (SURVEY, MINUTES, BUDGET)}


def source_text(name: str) -> str | None:
    """The stored text of one of `SOURCES`."""
    return SOURCES[name].text if name in SOURCES else None


def span(text: str, words: str) -> Span:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return Span(start, start + len(words))


def evidence(source: Source, words: str, stance: Stance, locator: Locator | None = None) -> Evidence:
    """`words` of `source`, with 60 characters of context."""
    at = span(source.text, words)
    before, after = source.text[max(0, at.start - 60) : at.start], source.text[at.end : at.end + 60]
    return Evidence(source.id, at, words, stance, locator or Locator(), before, after)


def article(text: str, **fields: object) -> Article:
    """A draft of plain text."""
    return Article(text=text, blocks=(), sha256=sha256_text(text), **fields)  # type: ignore[arg-type]


def claim(number: int, draft: str, words: str, **fields: object) -> Claim:
    """A claim on the first place of `words` in `text`."""
    given = {"text": words, **fields}
    return Claim(id=f"c{number}", sentence_id=f"s{number}", span=span(draft, words), **given)  # type: ignore[arg-type]


def report(text: str, results: tuple[Verdict | Unchecked, ...], *sources: Source, **fields: object) -> Report:
    """A report on plain text whose sentences are those of the claims."""
    claims = [item.claim if isinstance(item, Verdict) else item.subject for item in results]
    spans = {item.sentence_id: item.span for item in claims if isinstance(item, Claim)}
    cards = tuple(SourceCard.of(replace(source, sha256=sha256_text(source.text))) for source in sources)
    return Report(
        article=article(text, **fields),
        sentences=tuple(Sentence(name, at, Outcome.CHECKED) for name, at in spans.items()),
        results=results,
        provenance=Provenance(checker="0.1.0", engine="embedded", corpus="ab" * 32, sources=3),
        cited=cards,
    )


def silent(item: Claim) -> Verdict:
    """The verdict on a claim of which no source says anything."""
    return Verdict(
        item,
        Label.NOT_ENOUGH_EVIDENCE,
        0.5,
        (ReasonCode.NOTHING_FOUND,),
        justification="Nothing in the corpus bears on this.",
        searched=Searched((item.text,), 10, 3),
    )


def whole() -> Report:
    """A report with every group, every shape of evidence and claims that overlap."""
    survey, minutes, budget = SOURCES["S1"], SOURCES["S2"], SOURCES["S3"]
    results: tuple[Verdict | Unchecked, ...] = (
        Verdict(
            claim(
                1,
                DRAFT,
                "The footbridge over the Tarn is 85 miles long, according to the county survey",
                text="The county survey says that the footbridge is 85 miles long",
                kind=ClaimKind.ATTRIBUTION,
                level=Level.ATTRIBUTION,
                attributed_to="the county survey",
            ),
            Label.CONTRADICTED,
            0.9,
            (ReasonCode.MISATTRIBUTED, ReasonCode.UNIT_MISMATCH),
            (
                evidence(
                    survey,
                    "The Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide.",
                    Stance.CONTRADICTS,
                    Locator(page=3),
                ),
            ),
            "The survey gives another length.",
        ),
        Verdict(
            claim(
                2,
                DRAFT,
                "footbridge over the Tarn is 85 miles long",
                text="The footbridge over the Tarn is 85 miles long",
                kind=ClaimKind.QUANTITY,
                parent="c1",
                locator=Locator(page=1, block="p-2"),
            ),
            Label.CONTRADICTED,
            0.93,
            (ReasonCode.UNIT_MISMATCH,),
            (
                evidence(
                    survey,
                    "The Millbrook footbridge over the Tarn is 85 metres long and 2.4 metres wide.",
                    Stance.CONTRADICTS,
                    Locator(page=3),
                ),
            ),
            "The draft says 85 miles, the source 85 metres.",
            "85 metres",
        ),
        Verdict(
            claim(
                3, DRAFT, "It opened on 4 May 1931.", text="The footbridge opened on 4 May 1931.", kind=ClaimKind.DATE
            ),
            Label.SUPPORTED,
            0.92,
            (),
            (
                evidence(
                    survey, "It was opened to the public on 4 May 1931 by the mayor.", Stance.SUPPORTS, Locator(page=3)
                ),
            ),
            "The source says the same.",
        ),
        Verdict(
            claim(
                4,
                DRAFT,
                "“We never promised the town a lock,”",
                kind=ClaimKind.QUOTE,
                attributed_to="Ines Aldergate",
                quoted=span(DRAFT, "We never promised the town a lock"),
            ),
            Label.CONTRADICTED,
            0.88,
            (ReasonCode.QUOTE_ALTERED,),
            (
                evidence(
                    minutes,
                    "We have never promised the town a lock",
                    Stance.CONTRADICTS,
                    Locator(time="00:12:31", speaker="Ms Aldergate"),
                ),
            ),
            "The quotation leaves out “have”.",
            "We have never promised the town a lock",
        ),
        Verdict(
            claim(5, DRAFT, "The trust employs 38 people."),
            Label.SUPPORTED,
            0.8,
            (ReasonCode.NAME_VARIANT,),
            (evidence(minutes, "The trust has a staff of 38.", Stance.SUPPORTS),),
            "“Staff” and “people” are the same here.",
        ),
        Verdict(
            claim(6, DRAFT, "The weir cost £2.1 million.", kind=ClaimKind.QUANTITY),
            Label.MIXED,
            0.6,
            (ReasonCode.SUPERSEDED, ReasonCode.QUANTITY_MISMATCH),
            (
                evidence(
                    minutes, "The final account for the weir came to £2.4 million.", Stance.CONTRADICTS, Locator(page=2)
                ),
                evidence(
                    budget, "the weir is to cost £2.1 million", Stance.SUPPORTS, Locator(sheet="Capital", cell="B14")
                ),
            ),
            "True of the earlier source; a later one says otherwise: "
            "the source gives £2.4 million, the draft £2.1 million.",
        ),
        silent(claim(7, DRAFT, "It can hold back a flood of 140 cubic metres a second")),
        Unchecked(
            claim(8, DRAFT, "Nobody has drowned there since 1974"),
            "verify",
            Status.SOURCE_TRUNCATED,
            "the coroner's list was cut off at 200 pages",
        ),
        silent(claim(9, DRAFT, "The café serves 12 kinds of cake.")),
        Unchecked(
            span(DRAFT, "Work ends in June."),
            "claims",
            Status.FAILED,
            "the claim's words were not found in the sentence",
        ),
        Verdict(
            claim(11, DRAFT, "The ministry paid half."),
            Label.NOT_ENOUGH_EVIDENCE,
            0.5,
            (ReasonCode.OVERSTATED,),
            (evidence(budget, "of which the council pays a third", Stance.QUALIFIES),),
            "The nearest source speaks of the council only.",
            searched=Searched(("The ministry paid half.",), 10, 3),
        ),
    )
    made = report(DRAFT, results, survey, minutes, budget, title="Millbrook weir to reopen", published=date(2025, 2, 1))
    rest = (
        Sentence("s20", span(DRAFT, "# Millbrook weir to reopen"), Outcome.NOT_CHECKABLE, Reason.HEADING),
        Sentence("s21", span(DRAFT, "Read more: how the valley floods."), Outcome.NOT_CHECKABLE, Reason.BOILERPLATE),
        Sentence("s22", span(DRAFT, "Is it pretty?"), Outcome.NOT_CHECKABLE, Reason.QUESTION),
        Sentence("s23", span(DRAFT, "Work ends in June."), Outcome.FAILED, note="words not found"),
    )
    first = Block(span(DRAFT, "# Millbrook weir to reopen"), BlockKind.HEADING, Locator(line=1), (Span(0, 2),))
    sentences = tuple(sorted((*made.sentences, *rest), key=lambda item: item.span))
    return replace(made, sentences=sentences, article=replace(made.article, blocks=(first,)))


HOSTILE = (
    "<script>alert(1)</script>",
    "](javascript:alert(1)) ![x](http://evil.example/p.png)",
    "\x1b[2J\x1b]0;owned\x07 red\x9b31m",
    "</style></script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% raw %} &lt;b&gt;",
    "`code` **bold** _it_ ~~no~~ # head | cell | https://evil.example www.evil.example a@b.example @team #12",
    "\u202etxet desrever\u202c \u2066isolate",
    "lone \ud800 surrogate \udfff",
    "nul \x00 and \u2028 line",
)


def hostile(words: str) -> Report:
    """A report in which `words` stand wherever text from outside can stand."""
    told = f"The source: {words} too."
    text = f"Before. {words} is said here. After."
    stored = Source(id="S1", title=words, publisher=words, uri="javascript:alert(1)", text=told, sha256="")
    found = evidence(stored, words, Stance.CONTRADICTS, Locator(speaker=words, block=words))
    first = Verdict(
        claim(1, text, words, text=f"Read: {words}", attributed_to=words, locator=Locator(block=words)),
        Label.CONTRADICTED,
        0.9,
        (ReasonCode.NEGATED,),
        (found,),
        f"Why: {words}",
        words,
    )
    second = silent(claim(2, text, "After."))
    third = Unchecked(claim(3, text, "Before."), words, Status.FAILED, words)
    made = report(text, (third, first, second), stored, title=words, uri=words)
    rest = Sentence("s9", span(text, words), Outcome.NOT_CHECKABLE, Reason.OPINION, words)
    return replace(made, sentences=(*made.sentences, rest))


def _read(number: int) -> str:
    return f"Gauge {number} read {number * 3} centimetres on that day"


def many(count: int = 300, words: int = 10_000) -> Report:
    """A long draft with many claims, a tenth of them contradicted."""
    filler = " ".join("the river rose again over the lower meadow" for _ in range(max(1, words // count // 8)))
    lines = [f"{_read(number)}, and {filler}." for number in range(1, count + 1)]
    text = "\n\n".join(" ".join(lines[at : at + 3]) for at in range(0, count, 3))
    stored = Source(id="S1", title="Gauge book", text="\n".join(lines).replace("centimetres", "millimetres"), sha256="")
    results = []
    for number in range(1, count + 1):
        stance = Stance.CONTRADICTS if number % 10 == 0 else Stance.SUPPORTS
        found = evidence(stored, _read(number).replace("centi", "milli"), stance)
        label = Label.CONTRADICTED if number % 10 == 0 else Label.SUPPORTED
        results.append(
            Verdict(
                claim(number, text, _read(number)),
                label,
                0.8,
                (),
                (found,),
                "So.",
            )
        )
    return report(text, tuple(results), stored, title="Gauges")
