"""The package that is tested is the one that was asked for."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

import pytest

import checker


@pytest.mark.skipif("CHECKER_EXPECT_WHEEL" not in os.environ, reason="only where the built wheel is tested")
def test_the_wheel_is_what_is_tested() -> None:
    """The package comes from the installed wheel, not from a checkout."""
    assert Path(checker.__file__).parent.parent.name == "site-packages"


def test_the_package_carries_what_it_needs() -> None:
    """Weights, the report's schema and templates, and the marker of types are files of the package."""
    root = Path(str(files("checker")))
    for name in (
        "py.typed",
        "embedded/weights/encoder.npz",
        "embedded/weights/tokenizer.json",
        "embedded/weights/MODEL_CARD.md",
        "embedded/weights/verifier.npz",
        "embedded/weights/VERIFIER_CARD.md",
        "embedded/weights/detector.npz",
        "embedded/weights/detector.json",
        "report/report.schema.json",
    ):
        assert (root / name).is_file(), name
