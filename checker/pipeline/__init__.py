"""The heart: the only place that knows the order of the stages.

`Checker` takes an article through claims, retrieval and verification; `ingest` takes files into a corpus.
"""

from checker.pipeline.checking import Checker
from checker.pipeline.ingest import Ingested, Labels, ingest, open_corpus

__all__ = ["Checker", "Ingested", "Labels", "ingest", "open_corpus"]
