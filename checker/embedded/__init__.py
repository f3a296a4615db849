"""Models that ship inside the package: no torch, no download, CPU only."""

from checker.embedded.detector import ClaimDetector
from checker.embedded.encoder import SentenceEncoder
from checker.embedded.memory import RememberingEncoder, RememberingReader
from checker.embedded.verifier import EmbeddedReader

__all__ = ["ClaimDetector", "EmbeddedReader", "RememberingEncoder", "RememberingReader", "SentenceEncoder"]
