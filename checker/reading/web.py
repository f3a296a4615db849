"""HTML: of a source's page the main text, by trafilatura; of a draft everything its author sees, block by block."""

from __future__ import annotations

import re
from dataclasses import replace

from checker.errors import UnreadableError
from checker.model import Document
from checker.reading.composing import Composer
from checker.reading.decoding import decode
from checker.reading.formats import HTML, Purpose
from checker.reading.metadata import extractor
from checker.reading.web_page import about, parse, walk

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read(data: bytes, *, name: str, purpose: Purpose) -> Document:
    """The page's text and blocks. Raises UnreadableError where a reader would see nothing."""
    declared = _CHARSET.search(data[:4096])
    text = decode(data, where=name, declared=declared.group(1).decode("ascii") if declared else None)
    page = parse(text, name=name)
    if purpose == "source":
        from checker.reading.web_article import main_text

        document = main_text(text)
        if document is not None:
            return document
    composer = Composer()
    if page is not None:
        walk(page, composer)
    if page is None or not len(composer):
        raise UnreadableError(
            "shows no text", where=name, hint="A page that a script fills must be saved as it is shown."
        )
    walked = composer.document(HTML.media_type, extractor("html", "lxml"))
    facts = about(page)
    return replace(walked, title=facts.title, publisher=facts.publisher, published=facts.published, uri=facts.uri)
