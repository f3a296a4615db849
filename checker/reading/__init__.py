"""Reading: bytes become a `model.Document`, one file a format, every stretch with the place a reader finds it at."""

from checker.reading.formats import supported_suffixes
from checker.reading.reader import read_document, read_path, read_stdin
from checker.reading.records import Record, read_records

__all__ = ["Record", "read_document", "read_path", "read_records", "read_stdin", "supported_suffixes"]
