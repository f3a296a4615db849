"""Proposals become claims: in document order, with ids, the reporting claim before the reported one."""

from __future__ import annotations

from collections.abc import Sequence

from checker.claims.draft import Utterance
from checker.claims.proposals import Proposal
from checker.model import Article, Claim, Link


def numbered(
    article: Article, utterances: Sequence[Utterance], proposals: Sequence[Sequence[Proposal]]
) -> tuple[Claim, ...]:
    """The claims of `proposals`, which are given sentence by sentence."""
    placed = [(number, item) for number, found in enumerate(proposals) for item in found]
    placed.sort(key=lambda pair: (pair[0], pair[1].span.start, pair[1].under is not None))
    ids = {item: f"c{index}" for index, (_, item) in enumerate(placed, 1)}
    return tuple(
        Claim(
            id=ids[item],
            sentence_id=f"s{number + 1}",
            span=item.span,
            text=item.text,
            kind=item.kind,
            level=item.level,
            attributed_to=item.attributed_to,
            parent=ids.get(item.under) if item.under else None,
            quoted=item.quoted,
            citations=_citations(article.links, item),
            locator=utterances[number].block.locator,
        )
        for number, item in placed
    )


def _citations(links: Sequence[Link], item: Proposal) -> tuple[str, ...]:
    """What the author cites for a claim: the links in it, and those in the attribution that reports it."""
    spans = [item.span] if item.under is None else [item.span, item.under.span]
    return tuple(dict.fromkeys(link.target for link in links if any(link.span.overlaps(span) for span in spans)))
