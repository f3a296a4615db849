"""Bytes become text, or one line that says why not. A leading byte order mark is not part of the text."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from checker.errors import UnreadableError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 200_000
_SAVE_AS_UTF8 = "Save it as UTF-8."
# Share of a text that may be control characters: logs and old exports have a few, binary files are full of them.
_MOST_CONTROL = 0.02
# charset-normalizer's measure of disorder; what it is surest of stays under 0.1.
_MOST_CHAOS = 0.1


def decode(data: bytes, *, where: str, declared: str | None = None) -> str:
    """The text of `data`: by its byte order mark, as UTF-8, as the file itself declares, else by its letters.

    Raises UnreadableError where the bytes are no text, or no encoding is certain.
    """
    if not data:
        raise UnreadableError("is empty", where=where)
    text = _by_mark(data, where)
    if text is None:
        text = _as_utf8(data)
    if text is None:
        text = _as_declared(data, declared)
    if text is None:
        text = _guessed(data, where)
    if looks_binary(text):
        raise UnreadableError("is not text but binary data", where=where, hint=_SAVE_AS_UTF8)
    if not text.strip():
        raise UnreadableError("holds nothing but white space", where=where)
    return text


def looks_binary(text: str) -> bool:
    """Whether so many characters are control characters that no one wrote this."""
    sample = text[:_SAMPLE]
    found = len(_CONTROL.findall(sample))
    return found > 2 and found > _MOST_CONTROL * len(sample)


def _by_mark(data: bytes, where: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                at = error.start + len(mark)
                problem = f"begins as {encoding.upper()} text and is damaged at byte {at:,}"
                raise UnreadableError(problem, where=where, hint=_SAVE_AS_UTF8) from error
    return None


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _as_declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        return data.decode(declared)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes, where: str) -> str:
    wide = sum(byte >= 0x80 for byte in data[:_SAMPLE])
    whole = sum(len(found) for found in _MULTIBYTE.findall(data[:_SAMPLE]))
    if wide and whole > wide * 0.5:
        # Read in a one-byte encoding it would come out as nonsense that looks like text.
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            problem = f"is UTF-8 text and damaged at byte {error.start:,}"
            raise UnreadableError(problem, where=where, hint=_SAVE_AS_UTF8) from error
    if looks_binary(data[:_SAMPLE].decode("latin-1")):
        raise UnreadableError("is not text but binary data", where=where, hint=_SAVE_AS_UTF8)
    match = _best_match(data)
    if match is None:
        raise UnreadableError(
            "is text in an encoding that cannot be told with certainty", where=where, hint=_SAVE_AS_UTF8
        )
    try:
        return data.decode(match.encoding)
    except UnicodeDecodeError as error:
        problem = f"looks like {match.encoding} text and is damaged at byte {error.start:,}"
        raise UnreadableError(problem, where=where, hint=_SAVE_AS_UTF8) from error


def _best_match(data: bytes) -> CharsetMatch | None:
    from charset_normalizer import from_bytes

    matches = from_bytes(data[:_SAMPLE], enable_fallback=False)
    best = matches.best()
    if best is None or best.chaos > _MOST_CHAOS:
        return None
    for match in matches:
        # Among Western encodings that fit a short text alike, the one that files really come in.
        if match.encoding == "cp1252" and match.chaos <= best.chaos and match.coherence >= best.coherence:
            return match
    return best
