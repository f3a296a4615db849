"""The heart: the only place that knows the order of the stages.

`open_checker` gives a `Checker`, which takes an article through claims, retrieval and verification; `ingest` takes
files into a corpus.
"""

from checker.pipeline.checking import Checker, CheckInterrupted
from checker.pipeline.ingest import Ingested, Labels, ingest
from checker.pipeline.opening import open_checker, open_sources, opened_corpus

__all__ = [
    "CheckInterrupted",
    "Checker",
    "Ingested",
    "Labels",
    "ingest",
    "open_checker",
    "open_sources",
    "opened_corpus",
]
