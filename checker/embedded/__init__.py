"""Models that ship inside the package: no torch, no download, CPU only."""

from checker.embedded.encoder import SentenceEncoder

__all__ = ["SentenceEncoder"]
