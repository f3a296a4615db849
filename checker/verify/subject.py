"""What a claim is about, where its own words leave that to the sentences before it ("It will cost 40 million")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from checker.language.names import find_names
from checker.language.sentences import sentences
from checker.language.words import content_words
from checker.model import Article, Claim

_OPEN = re.compile(r"(?:It|They|This|That|These|Those|She|He|Her|His|Its|Their)\b(?!['’]?s? (?:is|are|was|were) no\b)")
_REACH = 600
_SENTENCES = 3
_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """The draft's date, and the words of the draft that say what an open claim is about; empty for a claim that says it
    itself."""

    published: date | None = None
    lead: str = ""

    def met_by(self, text: str) -> bool:
        """Whether `text` is about the same: it names one of the lead's names, or shares words where those have none."""
        if not self.lead:
            return True
        names, words = _marks(self.lead)
        said = frozenset(content_words(text))
        if names:
            return bool(names & said)
        return len(words & said) >= _LEAST_SHARED


def subject_of(article: Article, claim: Claim) -> Subject:
    """What `claim` of `article` is about."""
    if not _OPEN.match(claim.text):
        return Subject(article.published)
    before = article.text[max(0, claim.span.start - _REACH) : claim.span.start]
    lead = " ".join(span.of(before) for span in sentences(before)[-_SENTENCES:])
    return Subject(article.published, lead)


@lru_cache(maxsize=512)
def _marks(lead: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the names of a lead, and all its content words."""
    named = " ".join(name.text for name in find_names(lead))
    return frozenset(content_words(named)), frozenset(content_words(lead))
