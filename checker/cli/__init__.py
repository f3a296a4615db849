"""The command line: each command parses, calls one function of the library, and prints."""

from __future__ import annotations

import os
import sys

import typer

from checker.cli import cache, check, corpus, doctor, eval_collect, prompts, proof, review
from checker.errors import CheckerError

USAGE = 2

app = typer.Typer(
    name="checker",
    help="Check the claims of a draft article against a corpus of primary sources, with the sources' exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Print the version and leave.", is_eager=True)) -> None:
    if version:
        import checker

        typer.echo(f"checker {checker.__version__}")
        raise typer.Exit


app.command("check")(check.check)
app.add_typer(corpus.app, name="corpus")
app.add_typer(prompts.app, name="prompts")
app.add_typer(cache.app, name="cache")
app.add_typer(eval_collect.root, name="eval")
app.command("verify-report")(proof.verify_report)
app.command("review")(review.review)
app.command("doctor")(doctor.doctor)


def main() -> None:
    """Run the command; what goes wrong is one line on standard error and an exit status."""
    # The models inside share their batches out among the cores. Threads of BLAS on top would wait for one another in
    # a loop: they take twice the processor time, and on a busy machine several times as long.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except CheckerError as error:
        typer.echo(f"checker: {error.line()}", err=True)
        sys.exit(USAGE)
    except KeyboardInterrupt:
        typer.echo("checker: interrupted", err=True)
        sys.exit(check.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output left (`| head`): say nothing, and keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
