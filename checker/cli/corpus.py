"""`checker corpus`: the folder of sources."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.options import CorpusOption, SettingsOption, parse_date
from checker.model import Tier

if TYPE_CHECKING:
    from checker.corpus import Corpus
    from checker.model import Hit, Source
    from checker.settings import Settings

app = typer.Typer(help="Keep the corpus of sources: add, list, show, search, remove, doctor.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
_BAD_INPUT = 2


@app.command()
def add(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders, or JSONL records (id, title, ..., text or file).")
    ],
    corpus: CorpusOption = None,
    id: Annotated[str | None, typer.Option(help="Id of the source, for a single file.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, for a single file.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(help="When, YYYY-MM-DD.")] = None,
    uri: Annotated[str | None, typer.Option(help="Where it can be found, for a single file.")] = None,
    tier: Annotated[
        Tier | None, typer.Option(help="How close it stands to what it reports; self is never evidence.")
    ] = None,
    licence: Annotated[str | None, typer.Option(help="Its licence.")] = None,
    settings_file: SettingsOption = None,
) -> None:
    """Add sources. What is there already is left as it is; a changed source replaces the old one; its history stays."""
    from checker.pipeline import Labels, ingest, opened_corpus

    labels = Labels(id, title, publisher, parse_date(published, "--published"), uri, tier, licence)
    _only_for_one_file(labels, paths)
    settings = _settings(corpus, settings_file)
    with opened_corpus(settings, create=True, write=True) as store:
        done = ingest(
            store,
            paths,
            settings=settings,
            labels=labels,
            on_added=lambda item: typer.echo(
                f"{item.status:<9} {item.id}  {item.title}  ({_count(item.passages, 'passage')})"
            ),
            on_failed=lambda error: typer.echo(f"checker: {error.line()}", err=True),
        )
    tally = {
        status: sum(1 for item in done.added if item.status == status) for status in ("added", "replaced", "unchanged")
    }
    failed = f", {len(done.failed)} could not be read" if done.failed else ""
    typer.echo(", ".join(f"{number} {status}" for status, number in tally.items()) + failed, err=True)
    if done.failed:
        raise typer.Exit(_BAD_INPUT)


@app.command("list")
def list_sources(
    corpus: CorpusOption = None, as_json: JsonOption = False, settings_file: SettingsOption = None
) -> None:
    """List the sources, by id."""
    with _reading(corpus, settings_file) as store:
        found = sorted(store.sources(), key=lambda source: source.id)
        for source in found:
            typer.echo(json.dumps(_card(source), ensure_ascii=False) if as_json else _line(source))
        if not as_json:
            typer.echo(f"{_count(len(found), 'source')}, digest {store.digest[:12]}", err=True)


@app.command()
def show(
    id: Annotated[str, typer.Argument(help="Id of a source.")],
    corpus: CorpusOption = None,
    as_json: JsonOption = False,
    settings_file: SettingsOption = None,
) -> None:
    """Show one source: what is known of it, its history, its text."""
    with _reading(corpus, settings_file) as store:
        source = store.source(id)
        history = store.history(id)
        if as_json:
            typer.echo(json.dumps(_card(source) | {"text": source.text}, ensure_ascii=False))
            return
        for name, value in _card(source).items():
            if value not in (None, ""):
                typer.echo(f"{name:<10} {value}")
        if len(history) > 1:
            typer.echo(f"history    {len(history)} versions")
        typer.echo(f"\n{source.text}")


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    corpus: CorpusOption = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Passages shown.")] = 5,
    as_of: Annotated[str | None, typer.Option(help="Only sources published up to that day, YYYY-MM-DD.")] = None,
    as_json: JsonOption = False,
    settings_file: SettingsOption = None,
) -> None:
    """Search the passages: the fused score, and each leg's rank and own score."""
    day = parse_date(as_of, "--as-of")
    with _reading(corpus, settings_file) as store:
        hits = store.search(query, limit=limit, as_of=day)
        for hit in hits:
            source = store.source(hit.passage.source_id)
            if as_json:
                typer.echo(json.dumps(_hit(hit, source), ensure_ascii=False))
                continue
            where = str(source.locator(hit.passage.span.start))
            typer.echo(f"{hit.rank}. {source.id}  {source.title}" + (f"  ({where})" if where else ""))
            legs = ", ".join(f"{name} rank {leg.rank} score {leg.score:.3f}" for name, leg in sorted(hit.legs.items()))
            typer.echo(f"   fused {hit.score:.3f}; {legs}")
            typer.echo(f"   {' '.join(hit.passage.span.of(source.text).split())}\n")
        if not hits and not as_json:
            typer.echo("nothing found", err=True)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids of sources.")],
    corpus: CorpusOption = None,
    settings_file: SettingsOption = None,
) -> None:
    """Remove sources; the manifest keeps that they were there."""
    from checker.pipeline import opened_corpus

    with opened_corpus(_settings(corpus, settings_file), write=True) as store:
        for id in ids:
            store.remove(id)
            typer.echo(f"removed   {id}")


@app.command()
def doctor(
    corpus: CorpusOption = None,
    repair: Annotated[bool, typer.Option("--repair/--no-repair", help="Rebuild what is derived and wrong.")] = True,
    settings_file: SettingsOption = None,
) -> None:
    """Hash every source again, test the index with its own vectors, compare generations, and repair what is derived."""
    from checker.cli.check import FINDINGS
    from checker.pipeline import opened_corpus

    with opened_corpus(_settings(corpus, settings_file), write=repair) as store:
        found = store.doctor(repair=repair)
    for item in found:
        typer.echo(str(item))
    if not found:
        typer.echo("the corpus and its index agree")
    if any(not item.repaired for item in found):
        raise typer.Exit(FINDINGS)


def _settings(corpus: Path | None, file: Path | None) -> Settings:
    from checker.settings import load_settings

    return load_settings(file=file, corpus=corpus)


def _reading(corpus: Path | None, file: Path | None) -> AbstractContextManager[Corpus]:
    from checker.pipeline import opened_corpus

    return opened_corpus(_settings(corpus, file))


def _only_for_one_file(labels: object, paths: list[Path]) -> None:
    from checker.errors import UsageError

    single = [name for name in ("id", "title", "uri") if getattr(labels, name) is not None]
    if single and (len(paths) != 1 or paths[0].is_dir() or paths[0].suffix.lower() in {".jsonl", ".ndjson"}):
        raise UsageError(
            "fits one file only", where=f"--{single[0]}", hint="Add the files one by one, or name them in a JSONL file."
        )


def _card(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published.isoformat() if source.published else None,
        "tier": str(source.tier),
        "lineage": source.lineage,
        "uri": source.uri,
        "licence": source.licence,
        "sha256": source.sha256,
    }


def _line(source: Source) -> str:
    day = source.published.isoformat() if source.published else "undated"
    return f"{source.id:<16} {source.tier:<9} {day:<10}  {source.title}"


def _hit(hit: Hit, source: Source) -> dict[str, object]:
    return {
        "rank": hit.rank,
        "score": hit.score,
        "source_id": source.id,
        "title": source.title,
        "start": hit.passage.span.start,
        "end": hit.passage.span.end,
        "text": hit.passage.span.of(source.text),
        "locator": source.locator(hit.passage.span.start).as_dict(),
        "legs": {name: {"rank": leg.rank, "score": leg.score} for name, leg in hit.legs.items()},
    }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
