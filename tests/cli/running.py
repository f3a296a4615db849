"""What one command came to, and the corpus and draft that the tests of the commands start from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SOURCES = (
    '{"id": "minutes", "title": "Minutes of the harbour board", "publisher": "Harbour board", '
    '"published": "2025-03-05", "tier": "primary", "text": "The board met on 4 March 2025. '
    'The dredging of the inner basin cost 2.4 million dollars. Mr Osei abstained."}\n'
    '{"id": "notice", "title": "Notice to mariners", "published": "2025-02-01", "tier": "primary", '
    '"text": "The lighthouse on Gannet Head stands 41 metres above the sea."}\n'
)
DRAFT = (
    "The dredging of the inner basin cost 3.4 million dollars. "
    "The lighthouse on Gannet Head stands 41 metres above the sea."
)


@dataclass(frozen=True)
class Ran:
    """What one command came to."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
