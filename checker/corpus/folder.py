"""The corpus folder: the manifest and the bytes of the sources, written so that a kill loses nothing that was said.

A source's bytes are on the disk before the line that names them, the line before anybody is told, and the bytes of
an older version go only after the line that replaces it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checker.corpus.manifest import NAME, Entry, Manifest, parse_manifest
from checker.errors import CorpusError, CorpusMissingError, IndexDamagedError

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_OURS = re.compile(r"(?P<stem>.+)-(?P<sha>[0-9a-f]{12})(?P<suffix>(?:\.[A-Za-z0-9]+)?)")
_MOST_STEM = 60
_TMP = ".tmp-"


def sha256_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Folder:
    """A corpus folder on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest_path = path / NAME
        self.sources_path = path / "sources"
        self.lock_path = path / ".lock"

    def require(self) -> None:
        """Raises CorpusMissingError where there is no corpus here."""
        if not self.manifest_path.is_file():
            raise CorpusMissingError(
                "there is no corpus here", where=str(self.path), hint="Make one with: checker corpus add PATH"
            )

    def create(self) -> None:
        """Make the folder and an empty manifest where they are missing."""
        with _told(self.path, "cannot be made into a corpus"):
            self.sources_path.mkdir(parents=True, exist_ok=True)
            if not self.manifest_path.exists():
                self._write(self.manifest_path, b"")

    def load(self) -> Manifest:
        """The manifest as it stands. Raises ManifestError for a damaged line."""
        with _told(self.manifest_path, "cannot be read"):
            data = self.manifest_path.read_bytes()
        return parse_manifest(data, where=str(self.manifest_path))

    def append(self, entry: Entry) -> None:
        """Add a line to the manifest; it is on the disk when this returns."""
        with _told(self.manifest_path, "cannot be written"), self.manifest_path.open("r+b") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            # A last line that an editor left without its end is whole, or `load` had called it torn.
            lead = b"\n" if end and file.read(1) != b"\n" else b""
            file.seek(end)
            file.write(lead + entry.line().encode("utf-8", "surrogatepass") + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def drop_torn(self, torn: bytes) -> None:
        """Cut an unfinished last line off the manifest; nobody was told of it."""
        with _told(self.manifest_path, "cannot be written"), self.manifest_path.open("r+b") as file:
            file.truncate(file.seek(0, os.SEEK_END) - len(torn))
            os.fsync(file.fileno())

    def put(self, id: str, suffix: str, data: bytes) -> str:
        """Keep `data` and return the name of its file under `sources/`; it is on the disk when this returns."""
        name = file_name(id, suffix, data)
        target = self.sources_path / name
        with _told(target, "cannot be written"):
            self.sources_path.mkdir(exist_ok=True)
            if not (target.is_file() and target.read_bytes() == data):
                self._write(target, data)
        return name

    def read(self, entry: Entry) -> bytes:
        """The bytes of a source, proved to be the ones that were added. Raises IndexDamagedError."""
        path = self.sources_path / entry.file
        hint = f"Restore the file from a copy, or take the source out: checker corpus remove {entry.id}"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise IndexDamagedError(
                f"source {entry.id!r} cannot be read: {error.strerror}", where=str(path), hint=hint
            ) from error
        if sha256_bytes(data) != entry.sha256:
            raise IndexDamagedError(f"is not what was added as source {entry.id!r}", where=str(path), hint=hint)
        return data

    def discard(self, file: str, manifest: Manifest) -> None:
        """Take away the bytes of a version that is no longer current, unless another source has the same file."""
        if file.casefold() not in {entry.file.casefold() for entry in manifest.current.values()}:
            with _told(self.sources_path / file, "cannot be taken away"):
                (self.sources_path / file).unlink(missing_ok=True)

    def strays(self, manifest: Manifest) -> Iterator[tuple[Path, bool]]:
        """Files under `sources/` that belong to no source, and whether an interrupted write of ours left them."""
        named = {entry.file.casefold() for entry in manifest.current.values()}
        found = sorted(self.sources_path.iterdir()) if self.sources_path.is_dir() else []
        for path in [*found, *sorted(self.path.glob(f"{_TMP}*"))]:
            if path.is_file() and path.name.casefold() not in named:
                yield path, path.name.startswith(_TMP) or _written_by_us(path)

    def _write(self, target: Path, data: bytes) -> None:
        draft = target.parent / f"{_TMP}{os.getpid()}-{target.name}"
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _sync_folder(target.parent)


def file_name(id: str, suffix: str, data: bytes) -> str:
    """A readable name that no other bytes share: the id, the start of the bytes' SHA-256, the suffix."""
    stem = _UNSAFE.sub("-", id).strip("-.")[:_MOST_STEM] or "source"
    ending = suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,12}", suffix) else ""
    return f"{stem}-{sha256_bytes(data)[:12]}{ending}"


def _written_by_us(path: Path) -> bool:
    match = _OURS.fullmatch(path.name)
    return match is not None and sha256_bytes(path.read_bytes()).startswith(match["sha"])


def _sync_folder(path: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and a rename is durable without it
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path, problem: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(f"{problem}: {error.strerror}", where=str(path)) from error
