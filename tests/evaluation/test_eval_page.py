"""The page of a run: whole in one file, nothing from outside acts in it, and every picture is there."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from made_runs import LABELS, always, outcomes, run_folder
from typer.testing import CliRunner

from checker.cli import app
from checker.evaluation import charts
from checker.evaluation.calibration import Bin, Kept
from checker.evaluation.page import html
from checker.evaluation.records import Outcome

MANIFEST = {"task": "verify", "kind": "verify", "engine": "embedded", "classes": list(LABELS), "complete": True}


def test_the_page_has_figures_pictures_tables_and_errors() -> None:
    """Figures with intervals, both curves, the table of confusions, the splits, and the texts of errors."""
    text = html(MANIFEST, outcomes())
    for words in ("macro f1", "95 % interval", "By domain", "By kind", "By difficulty", "Worst errors", "taken for"):
        assert words in text, words
    for picture in ("Reliability diagram", "Risk-coverage curve", "Confusion matrix"):
        assert f'aria-label="{picture}"' in text
    assert "The harbour board raised the toll" in text


def test_the_page_asks_for_nothing() -> None:
    """No script, no address, one style under a policy that allows only it."""
    text = html(MANIFEST, outcomes(40))
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!data:,)", text)
    assert "default-src 'none'" in unescape(text) and " style=" not in text


def test_text_from_outside_is_escaped() -> None:
    """Claims, ids, labels, facts and faults show as they are written and do nothing."""
    bad = '<img src=x onerror="alert(1)">\u202e\x1b'
    made = [
        replace(item, id=bad, texts={bad: bad}, facts={"domain": f"{bad}{at % 2}"}, gold=bad)
        for at, item in enumerate(outcomes(30))
    ]
    made.append(Outcome("f", "c", "d", "supported", fault=bad))
    text = html({**MANIFEST, "engine": bad, "classes": [bad]}, made)
    assert "<img" not in text and "\u202e" not in text and "\x1b" not in text
    assert "&lt;img src=x" in text


def test_what_is_wrong_with_a_run_is_said_on_top() -> None:
    """A partial run, an engine that always says the same, and a quotation that is not verbatim."""
    made = always("supported", outcomes(40))
    made[0] = replace(made[0], scores={"verbatim": 0.0})
    text = html({**MANIFEST, "complete": False}, made)
    assert "<strong>Partial.</strong>" in text
    assert "every answer is" in text and "not the source" in text


def test_a_run_with_nothing_scored_still_makes_a_page() -> None:
    """All faults: what is there is that nothing could be scored."""
    made = [Outcome(str(at), "c", "d", "supported", fault="no connection") for at in range(3)]
    text = html(MANIFEST, made)
    assert "unscored" in text and "no connection" in text


def test_other_kinds_have_their_page() -> None:
    """Searches and documents have figures and worst errors, and no confusions."""
    searches = [
        Outcome(str(at), str(at), "d", "found", "found", scores={"recall@10": 0.5, "ndcg@10": 0.4, "mrr": 0.3})
        for at in range(6)
    ]
    text = html({**MANIFEST, "kind": "retrieve", "classes": ["found", "missed"]}, searches)
    assert "ndcg@10" in text and "Confusion matrix" not in text
    documents = [Outcome("1", "1", "d", "2", "3", scores={"n_gold": 2.0, "n_found": 3.0, "n_matched": 1.0})]
    assert "span f1" in html({**MANIFEST, "kind": "extract", "classes": []}, documents)


def test_pictures_are_sound_svg() -> None:
    """Each is one XML element; the bars are as tall as their values."""
    bins = (Bin(0.4, 0.6, 3, 0.5, 0.25), Bin(0.8, 1.0, 9, 0.93, 1.0))
    pictures = [
        charts.reliability(bins),
        charts.risk_coverage((Kept(0.5, 0.1, 0.9), Kept(1.0, 0.3, 0.2)), 0.05),
        charts.risk_coverage((), 0.05),
        charts.confusion(("a<b", "not_enough_evidence"), ((3, 1), (0, 0))),
        charts.bar(0.5, 0.4, 0.7),
    ]
    trees = [ElementTree.fromstring(picture) for picture in pictures]
    tall = [float(bar.attrib["height"]) for bar in trees[0] if bar.attrib.get("class") == "bar"]
    assert tall == [75, 300]
    assert [cell.text for cell in trees[3] if cell.attrib.get("class") == "cell"] == ["3", "1", "0", "0"]


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """One file where it was asked for."""
    run = run_folder(tmp_path / "run", outcomes(30))
    shown = CliRunner().invoke(app, ["eval", "report", str(run), "-o", str(tmp_path / "out.html")])
    assert shown.exit_code == 0
    assert (tmp_path / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
