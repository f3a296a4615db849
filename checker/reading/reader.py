"""The ways in: a path, bytes, standard input. Each checks what it is given and hands it to the format's reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from checker.errors import InputError, TooLargeError, UnreadableError
from checker.model import Document
from checker.reading.formats import Purpose, format_of

if TYPE_CHECKING:
    from checker.settings import ReadingSettings

STDIN = "standard input"


def read_path(path: Path, *, purpose: Purpose, settings: ReadingSettings) -> tuple[bytes, Document]:
    """The bytes of a file and the document in them. Raises InputError."""
    data = _bytes(path, settings)
    return data, read_document(data, name=str(path), purpose=purpose, settings=settings)


def read_stdin(buffer: BinaryIO, *, purpose: Purpose, settings: ReadingSettings) -> Document:
    """The document that arrives on standard input, its format known by its content. Raises InputError."""
    data = buffer.read(settings.max_bytes + 1)
    return read_document(data, name=STDIN, purpose=purpose, settings=settings)


def read_document(
    data: bytes, *, name: str, purpose: Purpose, settings: ReadingSettings, media_type: str | None = None
) -> Document:
    """The document in `data`; its format by `media_type`, else by the ending of `name`, else by content.

    `name` is what an error calls it. Raises UnreadableError, TooLargeError or ReadTimeoutError.
    """
    if len(data) > settings.max_bytes:
        raise _too_large(name, settings)
    if not data:
        raise UnreadableError("is empty", where=name)
    format = format_of(data, name=name, media_type=media_type)
    if len(data) > format.shared_bytes:
        from checker.reading.isolation import read_isolated

        document = read_isolated(data, name=name, purpose=purpose, format=format, settings=settings)
    else:
        try:
            document = format.read(data, name=name, purpose=purpose)
        except RecursionError as error:
            raise UnreadableError("is nested too deep to be read", where=name) from error
    if not document.text.strip():
        raise UnreadableError("holds no text", where=name)
    return document


def _bytes(path: Path, settings: ReadingSettings) -> bytes:
    where = str(path)
    try:
        if path.is_dir():
            raise UnreadableError("is a folder, not a file", where=where)
        if not path.exists():
            raise InputError("no such file", where=where)
        if not path.is_file():
            raise UnreadableError("is not a plain file", where=where)
        if path.stat().st_size > settings.max_bytes:
            raise _too_large(where, settings)
        # One byte more than is allowed: a file can grow after it was measured.
        with path.open("rb") as file:
            return file.read(settings.max_bytes + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", where=where) from error


def _too_large(name: str, settings: ReadingSettings) -> TooLargeError:
    return TooLargeError(
        f"is over {settings.max_bytes:,} bytes",
        where=name,
        hint="Raise max_bytes under [reading] in checker.toml, or split it.",
    )
