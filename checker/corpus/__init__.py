"""The stored corpus: a folder of sources, the index derived from it, and the search for passages.

`Corpus.open` is the door. The folder is the truth; the index lives in the cache and can be deleted at any time.
"""

from checker.corpus.corpus import Corpus
from checker.corpus.inspection import Finding
from checker.corpus.newcomers import Added, Change, NewSource

__all__ = ["Added", "Change", "Corpus", "Finding", "NewSource"]
