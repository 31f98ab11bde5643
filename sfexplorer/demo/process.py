"""The org as a process of its own, started and stopped by the app."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path

_GRACE_SECONDS = 3


class DemoStartError(Exception):
    """The demo org didn't start; the text is the one line that it left."""


@dataclass(frozen=True, slots=True)
class DemoProcess:
    """A running org. It ends with `stop`, and also when this process ends in whatever way."""

    facts: dict[str, str] = field(repr=False)
    process: Process

    async def stop(self) -> None:
        """End the org and wait until it has ended."""
        try:
            async with asyncio.timeout(_GRACE_SECONDS):
                if self.process.stdin is not None:
                    # The sign for it to end.
                    self.process.stdin.close()
                await self.process.communicate()
        except TimeoutError:
            await _kill(self.process)


async def start(keep: Path | None = None) -> DemoProcess:
    """Start an org on a free port of this machine.

    Raises:
        DemoStartError: When it doesn't start.
    """
    arguments = ["-m", "sfexplorer.demo", "--port", "0", "--until-stdin-closes"]
    if keep is not None:
        arguments += ["--keep", str(keep)]
    # A file, since a pipe that nobody reads would one day stop the org.
    with tempfile.TemporaryFile() as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdin=PIPE, stdout=PIPE, stderr=errors
        )
        try:
            started = DemoProcess(await _first_line(process), process)
        except BaseException:
            # Given up while it was starting: nobody else would ever end it.
            await _kill(process)
            raise
        if started.facts:
            return started
        await started.stop()
        errors.seek(0)
        lines = errors.read().decode("utf-8", "replace").strip().splitlines()
        raise DemoStartError(lines[-1] if lines else f"the demo org ended with status {process.returncode}")


async def _kill(process: Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def _first_line(process: Process) -> dict[str, str]:
    """The facts that the org tells; none when it ended without a word."""
    if process.stdout is None:
        return {}
    line = await process.stdout.readline()
    facts: dict[str, str] = json.loads(line) if line.startswith(b"{") else {}
    return facts
