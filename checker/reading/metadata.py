"""What files say of themselves: dates, and the name and version of the reader."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

# Only forms that have one reading everywhere; 03/04/2024 has two.
_FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%A, %B %d, %Y", "%A, %d %B %Y")


def day(value: object) -> date | None:
    """The day that a metadata field names, None where it names none for certain."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    try:
        return datetime.fromisoformat(words).date()
    except ValueError:
        pass
    for form in _FORMS:
        try:
            return datetime.strptime(words.replace(".", ""), form).date()
        except ValueError:
            continue
    return None


def words(value: object) -> str | None:
    """A metadata field as one line, None where it is no text or empty."""
    return " ".join(value.split()) or None if isinstance(value, str) else None


@lru_cache
def extractor(name: str, *vendors: str, revision: int = 1) -> str:
    """Name and revision of a reader with the versions of what it reads with, so that a changed one is visible."""
    from importlib.metadata import version

    parts = [f"{name}/{revision}", *(f"{vendor} {version(vendor)}" for vendor in vendors)]
    return " ".join(parts)
