"""The command `sfexplorer demo`: the org alone, for any client."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sfexplorer.demo.options import CONTACTS, LOOPBACK, Options, is_loopback

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
@click.option(
    "--schema",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Add the sObjects and fields that the JSON files of this folder describe.",
)
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Add the records of this folder's CSV and JSON files, named for their sObject, to a new org.",
)
@click.option(
    "--rows",
    type=click.IntRange(CONTACTS, 10_000_000),
    metavar="N",
    help="Make a new org with so many contacts.",
)
@click.option(
    "--hold",
    "hold_seconds",
    type=click.FloatRange(0, 600),
    default=110,
    metavar="SECONDS",
    help="How long a streaming client waits when there is nothing to tell; Salesforce's own 110 by default.",
)
@click.option("--tls", is_flag=True, help="Serve over HTTPS too; the first line names the CA to trust.")
@click.option(
    "--host",
    default=LOOPBACK,
    metavar="ADDRESS",
    help="Listen on this address. Whoever reaches it is the org's administrator!",
)
@click.option("--until-stdin-closes", is_flag=True, hidden=True)
def demo(latency: int, until_stdin_closes: bool, **choices: Any) -> None:
    """Serve a Salesforce org with made-up records on this machine.

    The first line on stdout is a JSON object that tells where it listens and how to sign in.
    """
    # Only now: the server's modules take longer to import than `--help` may take.
    import json

    from sfexplorer.demo.listener import StartError, run

    options = Options(latency_ms=latency, **choices)
    if not is_loopback(options.host):
        _say(f"warning: whoever reaches {options.host} is the org's administrator")

    def tell(facts: Facts) -> None:
        print(json.dumps(facts.as_dict()), flush=True)  # noqa: T201 - the promised first line

    try:
        run(
            options,
            on_started=tell,
            # Nobody reads the log of an org that belongs to an app.
            on_entry=None if until_stdin_closes else lambda entry: click.echo(entry.line, err=True),
            on_progress=_say,
            until=_when_stdin_closes if until_stdin_closes else None,
        )
    except StartError as error:
        _say(str(error))
        sys.exit(UNUSABLE)


def _say(line: str) -> None:
    click.echo(f"sfexplorer demo: {line}", err=True)


def _when_stdin_closes(end: Callable[[], None]) -> None:
    """End the org with the process that started it, however that process ends."""

    def watch() -> None:
        # Not sys.stdin.read: a thread that holds its lock makes Python's own end fail.
        while os.read(0, 4096):
            pass
        end()

    threading.Thread(target=watch, name="stdin-watch", daemon=True).start()
