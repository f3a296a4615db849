"""A report as JSON: the contract filled in, in one order and always the same bytes."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from checker.model import Claim, Report, Status, Unchecked, Verdict
from checker.report.contract import (
    SCHEMA,
    ArticleData,
    ClaimData,
    EvidenceData,
    FailureData,
    InconsistencyData,
    PlaceData,
    ProvenanceData,
    QuotedData,
    ReportData,
    SearchedData,
    SentenceData,
    SourceData,
    UnreadData,
    UsageData,
    summarise,
)
from checker.report.findings import Cited, Finding, Pair, Place, findings, pairs
from checker.spans import Positions

_LONE = re.compile("[\ud800-\udfff]")


def as_json(report: Report) -> str:
    """The report file of `report`: UTF-8 can hold it, and equal reports have equal text."""
    text = json.dumps(describe(report).model_dump(mode="json", by_alias=True), indent=2, ensure_ascii=False)
    # A lone surrogate is no character that UTF-8 has, but JSON can write it.
    return _LONE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def describe(report: Report) -> ReportData:
    """`report` in the terms of the contract."""
    article, found = report.article, findings(report)
    claims = tuple(_claim(item, item.claim) for item in found if item.claim is not None)
    unread = tuple(
        _unread(item, item.result) for item in found if item.claim is None and isinstance(item.result, Unchecked)
    )
    return ReportData(
        schema=SCHEMA,
        article=ArticleData(
            sha256=article.sha256,
            title=article.title,
            uri=article.uri,
            published=article.published,
            length=len(article.text),
        ),
        sentences=_sentences(report),
        claims=claims,
        summary=summarise(claims, len(unread), len(report.inconsistencies)),
        provenance=_provenance(report),
        unread=unread,
        inconsistencies=tuple(_inconsistency(pair) for pair in pairs(report)),
        sources=_sources(report),
    )


def _sentences(report: Report) -> tuple[SentenceData, ...]:
    positions = Positions(report.article.text)
    made = defaultdict(list)
    for result in report.results:
        subject = result.claim if isinstance(result, Verdict) else result.subject
        if isinstance(subject, Claim):
            made[subject.sentence_id].append(subject.id)
    return tuple(
        SentenceData(
            id=sentence.id,
            start=sentence.span.start,
            end=sentence.span.end,
            outcome=sentence.outcome,
            reason=sentence.reason.value or None,
            claims=tuple(made[sentence.id]),
            line=positions.line_column(sentence.span.start)[0],
            note=sentence.note,
        )
        for sentence in report.sentences
    )


def _claim(finding: Finding, claim: Claim) -> ClaimData:
    result = finding.result
    verdict = result if isinstance(result, Verdict) else None
    failed = result if isinstance(result, Unchecked) else None
    return ClaimData(
        id=claim.id,
        start=claim.span.start,
        end=claim.span.end,
        quote=finding.words,
        text=claim.text,
        kind=claim.kind,
        level=claim.level,
        parent=claim.parent,
        attributed_to=claim.attributed_to,
        status=failed.status if failed else Status.CHECKED,
        verdict=verdict.label if verdict else None,
        confidence=verdict.confidence if verdict else None,
        reasons=tuple(str(code) for code in finding.reasons),
        evidence=tuple(_evidence(item) for item in finding.evidence),
        justification=verdict.justification if verdict else "",
        suggestion=finding.suggestion,
        searched=_searched(verdict),
        sentence=claim.sentence_id,
        line=finding.line,
        column=finding.column,
        locator=claim.locator.as_dict(),
        quoted=QuotedData(start=claim.quoted.start, end=claim.quoted.end) if claim.quoted else None,
        citations=claim.citations,
        check_worthiness=claim.check_worthiness,
        failure=FailureData(stage=failed.stage, message=failed.message) if failed else None,
        engine=verdict.engine if verdict else "",
        basis=verdict.basis if verdict else "",
    )


def _searched(verdict: Verdict | None) -> SearchedData:
    if verdict is None:
        return SearchedData()
    done = verdict.searched
    return SearchedData(queries=done.queries, passages=done.passages, sources=done.sources)


def _evidence(cited: Cited) -> EvidenceData:
    item, source = cited.evidence, cited.source
    return EvidenceData(
        source_id=item.source_id,
        title=source.title,
        uri=source.uri,
        start=item.span.start,
        end=item.span.end,
        quote=item.quote,
        stance=item.stance,
        locator=item.locator.as_dict(),
        publisher=source.publisher,
        published=source.published,
        before=item.before,
        after=item.after,
    )


def _inconsistency(pair: Pair) -> InconsistencyData:
    item = pair.item
    return InconsistencyData(
        id=item.id,
        code=item.code,
        first=_place(pair.first),
        second=_place(pair.second),
        explanation=item.explanation,
        suggestion=item.suggestion,
    )


def _place(place: Place) -> PlaceData:
    return PlaceData(
        start=place.span.start, end=place.span.end, quote=place.words, line=place.line, column=place.column
    )


def _unread(finding: Finding, result: Unchecked) -> UnreadData:
    return UnreadData(
        id=finding.id,
        start=finding.span.start,
        end=finding.span.end,
        quote=finding.words,
        status=result.status,
        stage=result.stage,
        message=result.message,
        line=finding.line,
    )


def _sources(report: Report) -> tuple[SourceData, ...]:
    return tuple(
        SourceData(
            id=card.id,
            title=card.title,
            publisher=card.publisher,
            published=card.published,
            uri=card.uri,
            tier=card.tier,
            lineage=card.lineage,
            sha256=card.sha256,
        )
        for card in sorted(report.cited, key=lambda card: card.id)
    )


def _provenance(report: Report) -> ProvenanceData:
    origin, usage = report.provenance, report.provenance.usage
    return ProvenanceData(
        checker=origin.checker,
        engine=origin.engine,
        corpus=origin.corpus,
        models=dict(sorted(origin.models.items())),
        prompts=dict(sorted(origin.prompts.items())),
        usage=UsageData(
            calls=usage.calls,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
        ),
        sources=origin.sources,
        as_of=origin.as_of,
        parameters=dict(sorted(origin.parameters.items())),
    )
