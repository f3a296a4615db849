"""Bad input: one clear line, never a traceback, a hang or a guess."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

from checker.errors import CheckerError, InputError, ReadTimeoutError, TooLargeError, UnreadableError
from checker.reading import read_document, read_path, read_stdin
from checker.reading.formats import FORMATS, PDF
from checker.settings import ReadingSettings


def pdf(words="Some words.", encrypt=None):
    """A PDF of one page; without words it is like a scan."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, encrypt=encrypt)
    page.drawString(72, 700, words)
    page.showPage()
    page.save()
    return buffer.getvalue()


def archive(**members):
    """A ZIP archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


BOMB = archive(word__document="<w/>", word__document_xml=b"0" * 60_000_000)
DAMAGED_ZIP = archive(word__document="words" * 100)[:-60]
LOCKED = pdf(encrypt=StandardEncryption("secret", canPrint=0))

BAD = [
    ("empty", b"", "a.txt", UnreadableError, "is empty"),
    ("white space", b" \n\t\r\n", "a.txt", UnreadableError, "white space"),
    ("white space in Markdown", b"\n \n", "a.md", UnreadableError, "white space"),
    ("binary", bytes(range(256)) * 50, "a.txt", UnreadableError, "binary"),
    ("binary without a name", bytes(range(256)) * 50, "a", UnreadableError, "binary"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "a.txt", UnreadableError, "a PNG picture"),
    (
        "damaged UTF-8",
        "Café – “quoted” words, naïve façade".encode() * 3 + b"\xe2\x80",
        "a.txt",
        UnreadableError,
        "damaged at byte",
    ),
    ("UTF-16 cut short", "words".encode("utf-16") + b"\0", "a.txt", UnreadableError, "damaged at byte"),
    ("an old Word file", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.docx", UnreadableError, "password"),
    ("RTF", b"{\\rtf1 words}", "a.txt", UnreadableError, "is RTF"),
    ("a ZIP archive", archive(a__txt="x"), "a.docx", UnreadableError, "a ZIP archive"),
    ("text named PDF", b"Only words.", "a.pdf", UnreadableError, "named as PDF"),
    ("PDF named text", pdf(), "a.txt", UnreadableError, "holds PDF"),
    ("HTML named DOCX", b"<html><p>x</p></html>", "a.docx", UnreadableError, "holds HTML"),
    ("damaged PDF", b"%PDF-1.7\n" + b"garbage" * 50, "a.pdf", UnreadableError, "is damaged"),
    ("encrypted PDF", LOCKED, "a.pdf", UnreadableError, "is encrypted"),
    ("scanned PDF", pdf(words=""), "a.pdf", UnreadableError, "Run OCR"),
    ("damaged DOCX", DAMAGED_ZIP, "a.docx", UnreadableError, "is damaged"),
    ("ZIP bomb", BOMB, "a.docx", TooLargeError, "would unpack"),
    ("many parts", archive(**{f"word__{n}": "" for n in range(6_000)}), "a.docx", TooLargeError, "parts"),
    ("DOCX without body", archive(word__x="x"), "a.docx", UnreadableError, "no word/document.xml"),
    ("XLSX without sheets", archive(xl__x="x"), "a.xlsx", UnreadableError, "is damaged"),
    ("broken JSON", b'[{"id": ', "a.json", UnreadableError, "is not JSON"),
    ("other JSON", b'{"name": 1}', "a.json", UnreadableError, "no list of blocks"),
    ("a block without text", b'[{"id": "b"}]', "a.json", UnreadableError, "block 1"),
    ("no cues", b"WEBVTT\n\nwords\n", "a.vtt", UnreadableError, "no cues"),
    ("a page of script", b"<html><script>x()</script></html>", "a.html", UnreadableError, "shows no text"),
    ("a page nested too deep", b"<div>" * 3_000 + b"words", "a.html", TooLargeError, "Excessive depth"),
    ("bad front matter", b"---\na: [\n---\nWords.\n", "a.md", UnreadableError, "front matter"),
    ("deep JSON", b"[" * 200_000, "a.json", UnreadableError, "is not JSON"),
]


@pytest.mark.parametrize(("data", "name", "kind", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_bytes_are_one_clear_line(read, data, name, kind, words):
    """The line names the file and what is wrong with it."""
    with pytest.raises(kind) as caught:
        read(data, name)
    line = str(caught.value)
    assert line.startswith(name) and words in line and "\n" not in line


def test_paths_that_are_no_files(tmp_path, settings):
    """A missing file, a folder and a device are named as such."""
    for path, words in (
        (tmp_path / "no.txt", "no such file"),
        (tmp_path, "is a folder"),
        (Path("/dev/zero"), "plain file"),
    ):
        with pytest.raises(InputError, match=words):
            read_path(path, purpose="draft", settings=settings)
    with pytest.raises(InputError):
        read_path(tmp_path / "a\0b", purpose="draft", settings=settings)


def test_too_many_bytes_are_not_read(tmp_path):
    """A file, a pipe or bytes over the limit are refused by size."""
    small = ReadingSettings(max_bytes=10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(TooLargeError, match="over 10 bytes"):
        read_path(path, purpose="draft", settings=small)
    with pytest.raises(TooLargeError):
        read_stdin(io.BytesIO(b"x" * 11), purpose="draft", settings=small)
    with pytest.raises(TooLargeError):
        read_document(b"x" * 11, name="a.txt", purpose="draft", settings=small)


def test_a_slow_parse_is_stopped(read):
    """Past the clock the child is ended and the line says which setting decides."""
    with pytest.raises(ReadTimeoutError, match=r"longer than 0\.01 s.*seconds under \[reading\]"):
        read_document(pdf(), name="a.pdf", purpose="source", settings=ReadingSettings(seconds=0.01))


def test_a_hungry_parse_is_stopped():
    """A file that needs more memory than is allowed costs a line, not the machine."""
    page = b"<p>word</p>" * 2_000_000
    with pytest.raises(InputError, match=r"memory|damaged"):
        read_document(page, name="a.html", purpose="draft", settings=ReadingSettings(memory_bytes=100_000_000))


def test_damage_anywhere_never_escapes(read):
    """A PDF or Office file with bytes turned over is read or refused in one line."""
    for name, good in (("a.pdf", pdf()), ("a.docx", archive(word__document__xml="<w/>"))):
        for at in range(20, len(good), max(1, len(good) // 6)):
            broken = good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
            try:
                read(broken, name)
            except CheckerError as error:
                assert "\n" not in str(error)


def test_isolated_reading_works_from_threads_and_scripts(tmp_path, read):
    """The child needs no guard in the caller's script and no main thread."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    found = []
    threads = [threading.Thread(target=lambda: found.append(read(path.read_bytes(), "a.pdf").text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Some words."] * 3
    script = (
        "import sys; from pathlib import Path; from checker.reading import read_path;"
        "from checker.settings import ReadingSettings;"
        "print(read_path(Path(sys.argv[1]), purpose='draft', settings=ReadingSettings())[1].text)"
    )
    # A module of that name in the current folder must not be what the child imports.
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')")
    root = str(Path(__file__).resolve().parents[2])
    code = f"import sys; sys.path[:] = [p for p in sys.path if p] + [{root!r}]; {script}"
    done = subprocess.run([sys.executable, "-c", code, str(path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.strip() == "Some words.", done.stderr


def test_every_format_has_a_reader():
    """The table of readers names modules that read."""
    assert all(callable(format.read) for format in FORMATS)
    assert PDF.shared_bytes == 0
