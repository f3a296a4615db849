"""`checker cache`: the kept answers of models."""

from __future__ import annotations

from pathlib import Path

import typer

from checker.cli.options import SettingsOption

app = typer.Typer(help="Look at the kept answers of models, or forget them.", no_args_is_help=True)


@app.command()
def stats(settings_file: SettingsOption = None) -> None:
    """Say how many answers are kept, for which prompts, since when, in how much space."""
    from checker.llm.cache import opened

    with opened(_path(settings_file)) as cache:
        found = cache.stats()
    typer.echo(f"answers  {found.answers}")
    typer.echo(f"size     {found.size / 1e6:.1f} MB")
    if found.oldest:
        typer.echo(f"kept     {found.oldest} to {found.newest}")
    for prompt, number in found.prompts:
        typer.echo(f"  {prompt:<20} {number}")
    typer.echo(f"file     {_path(settings_file)}")


@app.command()
def clear(settings_file: SettingsOption = None) -> None:
    """Forget every kept answer."""
    from checker.llm.cache import opened

    with opened(_path(settings_file)) as cache:
        typer.echo(f"forgot {cache.clear()} answers")


def _path(settings_file: Path | None) -> Path:
    from checker.settings import answers_path, load_settings

    return answers_path(load_settings(file=settings_file))
