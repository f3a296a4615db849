"""Office files are ZIP archives: their size unpacked is checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from checker.errors import TooLargeError, UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_ENTRIES = 5_000
MOST_BYTES = 500_000_000
# XML of real documents shrinks to about a tenth; small parts of repeated tags to a fiftieth.
MOST_RATIO = 150
_SMALL = 5_000_000


class Archive:
    """The parts of an Office file. Raises UnreadableError where damaged, TooLargeError where it unpacks too far."""

    def __init__(self, data: bytes, *, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise UnreadableError("is damaged: its ZIP archive cannot be opened", where=name) from error
        self._check(len(data))
        self._names = frozenset(self._zip.namelist())

    def __contains__(self, part: str) -> bool:
        return part in self._names

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(sorted(self._names))

    def read(self, part: str) -> bytes:
        """The bytes of one part."""
        try:
            return self._zip.read(part)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            KeyError,
            OSError,
        ) as error:
            raise UnreadableError(f"is damaged: its part {part} cannot be unpacked", where=self.name) from error

    def xml(self, part: str) -> _Element:
        """One part parsed; nothing outside it is loaded and no entity is expanded."""
        from lxml import etree

        data = self.read(part)
        if b"<!DOCTYPE" in data[:4096]:
            raise UnreadableError(f"its part {part} declares entities, which Office files never do", where=self.name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"is damaged: its part {part} is not XML ({error})", where=self.name) from error

    def _check(self, size: int) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise TooLargeError(f"has {len(entries):,} parts, over {MOST_ENTRIES:,}", where=self.name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableError("is encrypted", where=self.name, hint="Save it without a password.")
        total = sum(entry.file_size for entry in entries)
        steepest = max(
            (entry.file_size / max(1, entry.compress_size) for entry in entries if entry.file_size > _SMALL), default=0
        )
        # Parts that share their bytes unpack many times what is stored.
        if total > MOST_BYTES or steepest > MOST_RATIO or sum(entry.compress_size for entry in entries) > size:
            raise TooLargeError(
                f"would unpack from {size:,} to {total:,} bytes, which no honest document does", where=self.name
            )
