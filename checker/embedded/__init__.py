"""Models that ship inside the package: no torch, no download, CPU only."""

from checker.embedded.encoder import SentenceEncoder
from checker.embedded.memory import RememberingReader
from checker.embedded.verifier import EmbeddedReader

__all__ = ["EmbeddedReader", "RememberingReader", "SentenceEncoder"]
