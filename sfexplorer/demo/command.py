"""The command `sfexplorer demo`: the org alone, for any client."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sfexplorer.demo.credentials import Facts

UNUSABLE = 2


@click.command(name="demo")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port on loopback; 0 takes any free one."
)
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the records in this file, and go on with it next time.",
)
@click.option(
    "--latency", type=click.IntRange(0, 60_000), default=0, metavar="MS", help="Delay every answer."
)
@click.option("--until-stdin-closes", is_flag=True, hidden=True)
def demo(port: int, keep: Path | None, latency: int, until_stdin_closes: bool) -> None:
    """Serve a Salesforce org with made-up records on this machine.

    The first line on stdout is a JSON object that tells where it listens and how to sign in.
    """
    # Only now: the server's modules take longer to import than `--help` may take.
    import json

    from sfexplorer.demo.listener import StartError, run

    def tell(facts: Facts) -> None:
        print(json.dumps(facts.as_dict()), flush=True)  # noqa: T201 - the promised first line

    try:
        run(
            port,
            keep,
            latency,
            on_started=tell,
            # Nobody reads the log of an org that belongs to an app.
            on_entry=None if until_stdin_closes else lambda entry: click.echo(entry.line, err=True),
            until=_when_stdin_closes if until_stdin_closes else None,
        )
    except StartError as error:
        click.echo(f"sfexplorer demo: {error}", err=True)
        sys.exit(UNUSABLE)


def _when_stdin_closes(end: Callable[[], None]) -> None:
    """End the org with the process that started it, however that process ends."""

    def watch() -> None:
        # Not sys.stdin.read: a thread that holds its lock makes Python's own end fail.
        while os.read(0, 4096):
            pass
        end()

    threading.Thread(target=watch, name="stdin-watch", daemon=True).start()
