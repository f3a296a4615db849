"""`checker prompts`: what the program says to a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import SettingsOption
from checker.errors import SettingsError

if TYPE_CHECKING:
    from checker.llm.prompts import Prompt

app = typer.Typer(help="Look at the prompts, and pin their digests.", no_args_is_help=True)

_CHANGED = 1


@app.command("list")
def list_prompts(settings_file: SettingsOption = None) -> None:
    """List the prompts: version, digest, what goes in, where each was read."""
    for prompt in _prompts(settings_file):
        inputs = ", ".join(prompt.inputs)
        typer.echo(f"{prompt.label:<18} {prompt.digest[:12]}  takes {inputs}  ({prompt.origin})")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of a prompt.")],
    settings_file: SettingsOption = None,
) -> None:
    """Show one prompt: its changes, its messages, the JSON schema of the answer."""
    import json

    found = {prompt.name: prompt for prompt in _prompts(settings_file)}
    if name not in found:
        raise SettingsError(f"there is no prompt {name!r}", hint=f"They are {', '.join(found)}.")
    prompt = found[name]
    typer.echo(f"{prompt.label}  {prompt.digest}  {prompt.origin}")
    for version, what in prompt.changes.items():
        typer.echo(f"version {version}: {what}")
    for block in prompt.blocks:
        typer.echo(f"\n--- {block.role} ---\n{block.text}")
    typer.echo(f"\n--- answer: {prompt.reply.form()} ---\n{json.dumps(prompt.reply.schema_of(), indent=1)}")


@app.command()
def lock(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 where a prompt is not as locked.")
    ] = False,
    folder: Annotated[Path | None, typer.Option(help="Folder of prompt files. [default: the program's own]")] = None,
) -> None:
    """Pin every prompt's version and digest. A prompt that changed must have a new version and say what changed."""
    from checker.llm.prompt_lock import read_lock, unlocked, write_lock
    from checker.llm.prompts import NAMES, read_prompt, shipped_folder

    where = folder or shipped_folder()
    prompts = [
        read_prompt(where / f"{name}.md") for name in NAMES if folder is None or (where / f"{name}.md").is_file()
    ]
    if not check:
        typer.echo(f"wrote {write_lock(prompts, where)}")
        return
    off = unlocked(prompts, read_lock(where))
    for line in off:
        typer.echo(line)
    if off:
        raise typer.Exit(_CHANGED)
    typer.echo("every prompt is as locked")


def _prompts(settings_file: Path | None) -> tuple[Prompt, ...]:
    from checker.llm.prompts import load_prompts
    from checker.settings import load_settings

    return load_prompts(load_settings(file=settings_file).llm.prompts)
