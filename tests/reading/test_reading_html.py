"""HTML: a source's article, a draft's every block."""

from __future__ import annotations

from datetime import date

from checker.model import BlockKind

PAGE = """<!doctype html><html><head><title>Quay | Board</title>
<meta property="og:site_name" content="Harbour Board">
<meta property="article:published_time" content="2024-03-05T10:00:00Z">
<link rel="canonical" href="https://board.example/quay"><style>p{}</style></head>
<body><nav><a href="/">Home</a><a href="/news">News</a></nav>
<main><h1>Board opens the quay</h1>
<p>The board opened the quay on Tuesday after a dispute of several years, and said that
<a href="https://board.example/costs">the works</a> cost 4 million.</p>
<blockquote><p>We are done, said the chair of the board on the day.</p></blockquote>
<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2020</td><td>45</td></tr><tr><td>2021</td><td>51</td></tr></table>
</main><footer>Copyright</footer><script>var x = "hidden";</script></body></html>"""

DRAFT = """<article data-id="root"><h2 id="h">The quay</h2>
<p id="b1">It <ins>re</ins>opened in <del>1986</del>1987<sup><a href="#fn1">1</a></sup>, said <q>the   chair</q>.<br>
Then <code>rm -rf</code> came.</p>
<p style="display: none">Unseen words.</p>
<div data-id="b2">Loose words <b>in</b> a box<p>and a paragraph</p>and a tail.</div>
<ul><li id="l1">One &amp; two</li></ul>
<figure><img src="x.jpg" alt="no"><figcaption>The quay at dawn.</figcaption></figure>
<table id="t"><tr><th>Year</th><th colspan="2">Ships</th></tr><tr><td rowspan="2">2020</td><td>45</td><td>in</td></tr>
<tr><td id="c">46</td><td>out</td></tr></table>
<script>alert(1)</script></article>"""


def test_a_source_is_its_article_with_its_labels(read, shown):
    """Navigation and footers are left out; title, publisher, day and address are read."""
    document = read(PAGE, "a.html", "source")
    assert not {"Home", "News", "Copyright"} & set(" ".join(shown(document)).split())
    assert "hidden" not in document.text
    assert (document.title, document.publisher) == ("Board opens the quay", "Harbour Board")
    assert (document.published, document.uri) == (date(2024, 3, 5), "https://board.example/quay")
    assert [(link.span.of(document.text), link.target) for link in document.links] == [
        ("the works", "https://board.example/costs")
    ]
    assert shown(document, BlockKind.TABLE_ROW) == ["Year: 2020", "Ships: 45.", "Year: 2021", "Ships: 51."]


def test_a_page_without_an_article_is_walked(read, shown):
    """Where there is no article to find, all that is shown is read."""
    document = read("<html><body><p>Short.</p></body></html>", "a.html", "source")
    assert shown(document) == ["Short."]


def test_a_draft_keeps_its_blocks_and_their_ids(read, shown):
    """Every block of a draft is found by the id nearest to it; what is deleted or not shown is not there."""
    document = read(DRAFT, "a.html", "draft")
    by_id = [(block.locator.block, block.span.of(document.text)) for block in document.blocks[:6]]
    assert by_id == [
        ("h", "The quay"),
        ("b1", "It reopened in 1987, said “the chair”.\nThen rm -rf came."),
        ("b2", "Loose words in a box"),
        ("b2", "and a paragraph"),
        ("b2", "and a tail."),
        ("l1", "One & two"),
    ]
    assert [span.of(document.text) for span in document.blocks[1].markup] == ["rm -rf"]
    assert shown(document, BlockKind.CAPTION) == ["The quay at dawn."]
    assert "Unseen" not in document.text and "alert" not in document.text


def test_cells_that_span_meet_their_header(read, shown):
    """A value under a spanned header or beside a spanned row is read with the right names."""
    document = read(DRAFT, "a.html", "draft")
    assert shown(document, BlockKind.TABLE_ROW) == ["Year: 2020", "Ships: 45", "in.", "Year: 2020", "Ships: 46", "out."]
    assert [block.locator.block for block in document.blocks if block.span.of(document.text) == "Ships: 46"] == ["c"]


def test_the_charset_a_page_declares_is_believed(read):
    """A page in an old encoding is read by its own declaration."""
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Zażółć gęślą jaźń w porcie.</p></body></html>'
    assert "Zażółć gęślą jaźń" in read(page.encode("iso-8859-2"), "a.html", "draft").text
