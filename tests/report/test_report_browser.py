"""The page in a real browser: quiet, quick, usable by keyboard, on a phone, without script and on paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from made_reports import HOSTILE, hostile, many, whole

from checker.model import Report
from checker.report import render

pytestmark = pytest.mark.slow
BROWSER = next(
    (path for name in ("chromium", "google-chrome", "chromium-browser") if (path := shutil.which(name))), None
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of this file."""
    if BROWSER is None:
        pytest.skip("no chromium or google-chrome on the PATH")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens the page of a report; at the end no page may have complained or asked for anything."""
    contexts, complaints = [], []

    def opened(made: Report, *, width: int = 1280, **options: Any) -> Any:
        file = tmp_path / f"{len(contexts)}.html"
        file.write_text(render(made, "html"), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: request.url == file.as_uri() or complaints.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def focused(page: Any) -> str:
    """The id of the element that has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_keys_move_between_claims_and_their_evidence(open_page: Opener) -> None:
    """j and k step through the draft, Enter goes to the evidence, Escape back; both columns follow."""
    page = open_page(whole())
    page.keyboard.press("j")
    assert focused(page) == "claim-2"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert focused(page) == "claim-3"
    assert page.locator("#finding-3").is_visible()
    assert "current" in page.locator("#finding-3").get_attribute("class")
    page.keyboard.press("Enter")
    assert focused(page) == "finding-3"
    page.keyboard.press("Escape")
    assert focused(page) == "claim-3"
    page.keyboard.press("k")
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert focused(page) == "claim-2"
    page.keyboard.press("Tab")
    assert focused(page) == "claim-1"


def test_letter_keys_can_be_switched_off(open_page: Opener) -> None:
    """With the box unticked, letters do nothing (WCAG 2.1.4)."""
    page = open_page(whole())
    page.locator("#keys").uncheck()
    page.keyboard.press("j")
    assert focused(page) == "keys"


def test_clicks_reach_every_claim_on_the_same_words(open_page: Opener) -> None:
    """A click on words shows the gravest claim on them, a second click the next one."""
    page = open_page(whole())
    shared = page.locator("mark", has_text="footbridge over the Tarn is 85 miles long").first
    shown = []
    for _ in range(3):
        shared.click()
        shown.append(page.locator(".finding.current").get_attribute("id"))
    assert shown == ["finding-2", "finding-1", "finding-2"]
    page.locator("#claim-1").click()
    assert focused(page) == "finding-1"


def test_a_verdict_can_be_left_out(open_page: Opener) -> None:
    """Unticking a verdict hides its findings, its tags and its marks, and the keys pass over it."""
    page = open_page(whole())
    page.locator("#show-contradicted").uncheck()
    assert page.locator(".finding.contradicted").first.is_hidden()
    assert page.locator(".finding.supported").first.is_visible()
    line = page.locator("mark.in-contradicted").first.evaluate("mark => getComputedStyle(mark).textDecorationLine")
    assert line == "none"
    page.keyboard.press("j")
    assert focused(page) == "claim-3"


@pytest.mark.parametrize("make", [whole, *(lambda words=words: hostile(words) for words in (HOSTILE[1], "W" * 400))])
def test_a_phone_never_scrolls_sideways(open_page: Opener, make: Callable[[], Report]) -> None:
    """At 360 pixels all is in one column and nothing sticks out, long unbroken words included."""
    page = open_page(make(), width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    draft, findings = page.locator("#draft").bounding_box(), page.locator("#findings").bounding_box()
    assert findings["y"] >= draft["y"] + draft["height"] and findings["x"] == draft["x"]
    page.locator("#claim-1").click()
    assert focused(page) == "finding-1"
    assert page.locator("#finding-1").evaluate("it => it.getBoundingClientRect().top") < 800


def test_without_script_all_is_readable_and_linked(open_page: Opener) -> None:
    """With scripts off, the evidence is visible, tags lead to findings, and verdicts can still be filtered."""
    page = open_page(whole(), java_script_enabled=False)
    assert page.locator("q").first.is_visible()
    assert page.locator("#keys-row").is_hidden()
    page.locator("#claim-6").click()
    assert page.url.endswith("#finding-6")
    page.locator("#show-supported").uncheck()
    assert page.locator(".finding.supported").first.is_hidden()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_nothing_in_a_browser(open_page: Opener, words: str) -> None:
    """No dialog, no request, no complaint, and the words are on the page."""
    page = open_page(hostile(words))
    assert page.locator("article q").first.is_visible()
    assert page.evaluate("document.querySelectorAll('script, img').length") == 1


def test_a_long_draft_stays_quick(open_page: Opener) -> None:
    """Three hundred claims in ten thousand words: fifty steps by keyboard are over in a moment."""
    page = open_page(many())
    for _ in range(50):
        page.keyboard.press("j")
    assert focused(page) == "claim-50"
    assert page.locator("#finding-50").evaluate(
        "it => { const box = it.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )


def test_headings_and_landmarks_lead_through_the_page(open_page: Opener) -> None:
    """One first heading, none skipped, named regions, a language, and every control with a name."""
    page = open_page(whole())
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(it => +it.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.lang") == "en"
    for name in ("Read first", "The draft", "Claims and evidence"):
        assert page.get_by_role("region", name=name, exact=True).count() == 1
    assert (
        page.get_by_role("banner").count()
        == page.get_by_role("main").count()
        == page.get_by_role("contentinfo").count()
        == 1
    )
    assert page.get_by_role("link", name="Contradicted, c2: to the evidence").count() == 1
    assert page.get_by_role("checkbox", name="Not enough evidence 3").count() == 1


CONTRAST = """() => {
  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = color;
    pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
  };
  const linear = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (it) => {
    for (; it; it = it.parentElement) {
      const found = rgba(getComputedStyle(it).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255];
  };
  const hasText = (it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const weak = [];
  for (const it of document.querySelectorAll('body *')) {
    if (!it.getClientRects().length || !hasText(it)) continue;
    const [a, b] = [light(rgba(getComputedStyle(it).color)), light(ground(it))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(`${it.className || it.tagName}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_the_contrast_of_wcag_aa(open_page: Opener, scheme: str) -> None:
    """Every text, the chosen claim's too, has at least 4.5 to 1 against what it stands on, in both schemes."""
    page = open_page(whole(), color_scheme=scheme)
    assert page.evaluate(CONTRAST) == []
    page.keyboard.press("j")
    assert page.evaluate(CONTRAST) == []


def test_paper_has_the_draft_and_all_evidence(open_page: Opener) -> None:
    """In print there are no controls, no inner scrolling, and links show their address."""
    page = open_page(whole())
    page.emulate_media(media="print")
    assert page.locator(".controls").is_hidden()
    overflow = page.locator("#findings").evaluate(
        "it => [getComputedStyle(it).overflowY, it.scrollHeight - it.clientHeight]"
    )
    assert overflow == ["visible", 0]
    shown = page.locator("cite a").first.evaluate("it => getComputedStyle(it, '::after').content")
    assert "attr(href)" in shown or "https://county.example" in shown
