"""A run as one HTML file: figures, curves, tables, the worst errors. It asks the network for nothing, runs nothing."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.evaluation import calibration, charts
from checker.evaluation.columns import confident_rows
from checker.evaluation.figures import Figure, efficiency, summary
from checker.evaluation.invariants import broken, suspicions
from checker.evaluation.items import worst
from checker.evaluation.measures import RISK, Kind, lower_is_better
from checker.evaluation.records import Outcome
from checker.evaluation.tables import breakdowns, confusions

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

_MOST_LABELS = 12
_TOLD = ("task", "engine", "data", "data_digest", "models", "prompts", "parameters", "labels", "limit", "seed")
_MADE = ("checker", "versions", "prices", "command", "started", "ended")


def html(manifest: Mapping[str, Any], outcomes: Sequence[Outcome], errors: int = 30) -> str:
    """The page of a run: its manifest, its outcomes, and at most `errors` of the worst with their texts."""
    kind, classes = Kind(manifest["kind"]), tuple(manifest.get("classes") or ())
    chief = str(manifest.get("primary") or "")
    figures = summary(outcomes, kind, classes, chief)
    found = confusions(outcomes, classes) if kind in (Kind.VERIFY, Kind.E2E) else None
    style = _asset("eval.css")
    return _template().render(
        heading=f"{manifest.get('task', kind)}, {manifest.get('engine', 'unknown engine')}",
        manifest=manifest,
        figures=figures,
        chief=figures[0],
        complete=bool(manifest.get("complete")),
        alarms=broken(manifest, outcomes),
        suspicions=suspicions(outcomes),
        curves=_curves(outcomes) if found is not None else (),
        confusion=charts.confusion(found.labels, found.counts) if found and len(found.labels) <= _MOST_LABELS else None,
        breakdowns=breakdowns(outcomes, kind, classes, chief),
        cost=efficiency(outcomes),
        errors=worst(outcomes, kind, errors, chief),
        faults=[outcome for outcome in outcomes if outcome.fault],
        told={name: _plain(manifest[name]) for name in (*_TOLD, *_MADE) if manifest.get(name) not in (None, "", {})},
        style=_trusted(style),
        policy=f"default-src 'none'; style-src '{_digest(style)}'; img-src data:; base-uri 'none'; form-action 'none'",
    )


def _curves(outcomes: Sequence[Outcome]) -> tuple[tuple[str, Markup], ...]:
    """Title and picture of what is drawn of the confidences; nothing where there are none."""
    rows = confident_rows(outcomes)
    rows = rows[~np.isnan(rows).any(axis=1)]
    if not len(rows):
        return ()
    right, confidence = rows[:, 0], rows[:, 1]
    return (
        ("Reliability", charts.reliability(calibration.reliability(right, confidence))),
        ("Risk and coverage", charts.risk_coverage(calibration.risk_coverage(right, confidence), RISK)),
    )


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _bar(figure: Figure) -> Markup:
    return charts.bar(figure.value, figure.low, figure.high, "less" if lower_is_better(figure.name) else "bar")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    from importlib.resources import files

    return files("checker.evaluation").joinpath("templates", name).read_text(encoding="utf-8")


def _trusted(text: str) -> Markup:
    """A file of ours, to be put into the page as it is."""
    from markupsafe import Markup

    return Markup(text)


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    environment.filters["spoken"] = lambda text: str(text).replace("_", " ").replace(":", ": ")
    environment.globals.update(bar=_bar, lower_is_better=lower_is_better)
    return environment.get_template("eval.html.j2")


def _shown(value: object) -> object:
    """What the template puts out: any text from outside is made harmless before it is escaped."""
    return value if hasattr(value, "__html__") else charts.harmless(str(value))
