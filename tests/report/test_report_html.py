"""One self-contained page: nothing loaded, nothing run but our own script, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html as reader
from made_reports import DRAFT, HOSTILE, claim, hostile, many, report, silent, whole

from checker.model import Report
from checker.report import render
from checker.report.safe import printable, web_link

ALLOWED_LINKS = re.compile(r"#(draft|findings|finding-\d+|claim-\d+)|https?://[^\s<>\"]+|data:,")

BAD_LINKS = (
    *("javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//a.example"),
    *("file:///etc", "https:", "https://[", "notes/report.pdf", "", None, "https://a.example/\x00", "http:\\\\a"),
)


def page(made: Report) -> reader.HtmlElement:
    """The parsed page of a report."""
    return reader.document_fromstring(render(made, "html"))


def all_reports() -> list[Report]:
    return [whole(), many(30, 900), report("", ()), *(hostile(words) for words in HOSTILE)]


@pytest.mark.parametrize("made", all_reports())
def test_the_page_holds_no_element_or_attribute_but_its_own(made: Report) -> None:
    """One style, one script, no image or frame, no event handler, no style attribute, no link but web and anchors."""
    tree = page(made)
    assert len(tree.xpath("//script")) == 1 and len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //embed | //form | //base | //svg")
    assert not tree.xpath("//@*[starts-with(name(), 'on')] | //@style | //@src | //@srcdoc")
    assert all(ALLOWED_LINKS.fullmatch(link) for link in tree.xpath("//@href"))


@pytest.mark.parametrize("made", [whole(), hostile(HOSTILE[3])])
def test_the_policy_allows_this_style_and_script_only(made: Report) -> None:
    """The content security policy names the digests of the very style and script of the page."""
    tree = page(made)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    for name in ("style", "script"):
        text = tree.xpath(f"//{name}")[0].text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_words(words: str) -> None:
    """Wherever they stand, words from outside come out as text, printable and whole."""
    tree = page(hostile(words))
    shown = re.sub(r"\s+", " ", printable(words)).strip()
    finding = "//article[@id='finding-2']"
    for part in ("//h1", *(f"{finding}//{name}" for name in ("*[@class='words']", "q", "cite", "ins"))):
        assert shown in re.sub(r"\s+", " ", tree.xpath(part)[0].text_content()), part


def test_the_draft_is_shown_whole_and_in_order() -> None:
    """Without the tags of the claims, the left column is the draft, character for character."""
    tree = page(whole())
    for tag in tree.xpath("//section[@id='draft']//a[contains(@class, 'tag')]"):
        tag.drop_tree()
    paragraphs = [paragraph.text_content() for paragraph in tree.xpath("//section[@id='draft']/p")]
    assert paragraphs == [part.strip("\n") for part in DRAFT.split("\n\n")]


def test_every_claim_has_a_tag_in_the_draft_and_a_finding() -> None:
    """Each result can be reached from the draft and leads back to it, overlapping ones too."""
    tree = page(whole())
    tags = tree.xpath("//section[@id='draft']//a[contains(@class, 'tag')]/@href")
    assert sorted(tags) == sorted(f"#finding-{number}" for number in range(1, 12))
    for number in range(1, 12):
        finding = tree.get_element_by_id(f"finding-{number}")
        assert finding.xpath(".//a[@class='back']/@href") == [f"#claim-{number}"]
        assert tree.xpath(f"//mark[contains(concat(' ', @data-claims, ' '), ' {number} ')]")


def test_evidence_stands_in_its_context() -> None:
    """The quoted words are marked between the source's words before and after them."""
    quotation = page(whole()).xpath("//article[@id='finding-4']//blockquote")[0]
    assert [part.tag for part in quotation] == ["span", "q", "span"]
    assert quotation.text_content().startswith(
        "Ms Aldergate: We have never promised the town a lock, and we do not now."
    )


def test_verdicts_are_told_in_words() -> None:
    """Every finding names its verdict in text, and each mark of the draft has a line style of its own."""
    tree = page(whole())
    told = {title.text_content().lstrip("✗±?✓!") for title in tree.xpath("//article/h3/span[@class='verdict']")}
    assert told == {"Contradicted", "Mixed", "Not enough evidence", "Not checked", "Supported"}
    style = tree.xpath("//style")[0].text
    lines = re.findall(r"text-decoration: underline (\w+ [.\d]+em)", style)
    assert len(set(lines)) == 5


def test_only_web_addresses_become_links() -> None:
    """http and https, percent-encoded; nothing else, however it is spelt."""
    assert web_link("https://a.example/x y") is None
    assert web_link("https://a.example/<b>\"'") == "https://a.example/%3Cb%3E%22'"
    assert web_link("HTTP://a.example/ä") == "HTTP://a.example/%C3%A4"
    for bad in BAD_LINKS:
        assert web_link(bad) is None


def test_odd_drafts_make_a_page() -> None:
    """Emoji, right-to-left text, CRLF and an empty draft are all shown."""
    for draft in ("🦫 dam. It holds.", "الجسر قديم.\r\n\r\nIt holds.", "e\u0301. It holds."):
        tree = page(report(draft, (silent(claim(1, draft, "It holds.")),)))
        assert tree.xpath("//mark")[0].text_content() == "It holds."
    assert "The draft is empty." in render(report("", ()), "html")
    assert "No claim was found in this draft." in render(report("Hm.", ()), "html")


def test_equal_reports_make_equal_pages() -> None:
    """A page has nothing in it but the report: no clock, no chance."""
    assert render(whole(), "html") == render(whole(), "html")
