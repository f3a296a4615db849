"""Models that ship inside the package: no torch, no download, CPU only."""

from checker.embedded.encoder import SentenceEncoder
from checker.embedded.memory import RememberingEncoder, RememberingReader
from checker.embedded.verifier import EmbeddedReader

__all__ = ["EmbeddedReader", "RememberingEncoder", "RememberingReader", "SentenceEncoder"]
