"""`checker doctor`: whether this installation can do its work."""

from __future__ import annotations

from typing import Annotated

import typer

from checker.cli.options import CorpusOption, SettingsOption


def doctor(
    corpus: CorpusOption = None,
    settings_file: SettingsOption = None,
    ask_model: Annotated[
        bool, typer.Option("--ask-model", help="Send the configured model one small question, too.")
    ] = False,
) -> None:
    """Look at the installation, the settings, the models inside the package, the cache folder and the corpus.

    A model that the settings name is only asked with --ask-model; without it nothing is sent.

    Exit status: 0 all is well; 1 something is not; 2 the settings cannot be read.
    """
    from checker.cli.check import FINDINGS
    from checker.pipeline.health import examine
    from checker.settings import load_settings

    troubled = False
    for item in examine(load_settings(file=settings_file, corpus=corpus), ask_model=ask_model):
        troubled = troubled or not item.well
        typer.echo(f"{'ok  ' if item.well else 'FAIL'} {item.subject}: {item.says}")
    raise typer.Exit(FINDINGS if troubled else 0)
