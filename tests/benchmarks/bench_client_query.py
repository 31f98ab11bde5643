"""How fast a query's rows are read, side by side with other clients: 50,000 contacts of 12 fields over HTTPS.

Each reading is a process of its own, one after the other in turn, against one host whose pages were made
beforehand; times are those of the least disturbed reading. Run by `make bench`; it fails where a promise does
not hold: against simple-salesforce 2.5 times as fast without latency, 5 times at 100 ms, at most 75 % of the
memory; at most 1.3 times the processor's time of httpx and msgspec; a first page within 1.1 of a request that
takes 20 ms, the least that a line to Salesforce does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

HERE = Path(__file__).parent
ROWS = 50_000
ROUNDS = 5
READERS = ("simple-salesforce", "aiosalesforce", "httpx and msgspec", "sfexplorer")


@contextmanager
def host(latency: int) -> Iterator[dict[str, str]]:
    """A running host: its URL, and the file of its certificate authority."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, str(HERE / "query_host.py"), folder, str(ROWS), str(latency)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield json.loads(process.stdout.readline())
            finally:
                process.communicate()


def reading(reader: str, at: dict[str, str]) -> dict[str, Any]:
    """The figures of one reading."""
    command = [sys.executable, str(HERE / "query_readers.py"), reader, at["url"], at["ca"], "token"]
    told: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return told


def compared(latency: int, rounds: int) -> dict[str, dict[str, float]]:
    """The least that each reader took, over some rounds."""
    with host(latency) as at:
        all_figures = [{reader: reading(reader, at) for reader in READERS} for _ in range(rounds)]
    checks = {(told["rows"], told["check"]) for figures in all_figures for told in figures.values()}
    assert len(checks) == 1, f"the readers read different rows: {checks}"
    return {
        reader: {
            what: min(figures[reader][what] for figures in all_figures) for what in ("seconds", "cpu", "peak")
        }
        for reader in READERS
    }


def main() -> int:
    """Prints the figures; gives the exit code."""
    promises: list[tuple[str, float, float]] = []
    for latency, rounds, least in ((0, ROUNDS, 2.5), (100, 2, 5.0)):
        figures = compared(latency, rounds)
        theirs, mine = figures["simple-salesforce"], figures["sfexplorer"]
        for reader, told in figures.items():
            faster, memory = theirs["seconds"] / told["seconds"], told["peak"] / theirs["peak"]
            print(
                f"{latency:>3} ms  {reader:<18} {told['seconds']:6.2f} s, {faster:5.2f}x as fast; "
                f"processor {told['cpu']:5.2f} s; peak {told['peak'] / 1024:4.0f} MiB, {memory:.0%}"
            )
        promises.append((f"as fast at {latency} ms", -theirs["seconds"] / mine["seconds"], -least))
        promises.append((f"of the memory at {latency} ms", mine["peak"] / theirs["peak"], 0.75))
        if not latency:
            promises.append(
                ("of the bare processor's time", mine["cpu"] / figures["httpx and msgspec"]["cpu"], 1.3)
            )
    with host(20) as at:
        page = reading("first page", at)
    promises.append(("of a request at 20 ms for the first page", page["rows"] / page["check"], 1.1))
    for what, seen, most in promises:
        print(f"{abs(seen):.2f}x {what}, promised {abs(most)}{'' if seen <= most else ': MISSED'}")
    return int(any(seen > most for _, seen, most in promises))


if __name__ == "__main__":
    sys.exit(main())
