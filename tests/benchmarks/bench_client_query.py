"""How fast a query's rows are read, side by side with other clients: 50,000 contacts of 12 fields over HTTPS.

Each reading is a process of its own, one after the other in turn, against one host whose pages were made
beforehand; times are those of the least disturbed reading. jsforce and nforce are read too where node is
there and `make test-clients` has installed them. Run by `make bench`; it fails where a promise does not hold:
against simple-salesforce 2.5 times as fast without latency, 5 times at 100 ms, at most 75 % of the memory; at
most 1.3 times the processor's time of httpx and msgspec.
"""

from __future__ import annotations

import json
import os
import shutil
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
NODE_MODULES = HERE.parent / "clients" / "node" / "node_modules"
OURS, THEIRS, BARE = "sfexplorer", "simple-salesforce", "httpx and msgspec"
OF_NODE = ("jsforce", "nforce")


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


def readers() -> list[str]:
    """Whoever is here to be compared."""
    of_node = [name for name in OF_NODE if shutil.which("node") and (NODE_MODULES / name).is_dir()]
    return [THEIRS, "aiosalesforce", *of_node, BARE, OURS]


def reading(reader: str, at: dict[str, str]) -> dict[str, Any]:
    """The figures of one reading."""
    if reader in OF_NODE:
        command, environment = (
            ["node", str(HERE / "query_readers.cjs")],
            {"NODE_PATH": str(NODE_MODULES), "NODE_EXTRA_CA_CERTS": at["ca"]},
        )
    else:
        command, environment = [sys.executable, str(HERE / "query_readers.py")], {}
    done = subprocess.run(
        [*command, reader, at["url"], at["ca"], "token"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def compared(latency: int, rounds: int) -> dict[str, dict[str, float]]:
    """The least that each reader took, over some rounds."""
    there = readers()
    with host(latency) as at:
        all_figures = [{reader: reading(reader, at) for reader in there} for _ in range(rounds)]
    checks = {(told["rows"], told["check"]) for figures in all_figures for told in figures.values()}
    assert len(checks) == 1, f"the readers read different rows: {checks}"
    return {
        reader: {
            what: min(figures[reader][what] for figures in all_figures) for what in ("seconds", "cpu", "peak")
        }
        for reader in there
    }


def show(figures: dict[int, dict[str, dict[str, float]]]) -> None:
    """One table: a row for each reader, and how many times as fast as simple-salesforce it was."""
    print(
        f"{ROWS:,} rows"
        + "".join(f"{f'at {latency} ms':>20}" for latency in figures)
        + "      processor     peak"
    )
    quick = figures[0]
    for reader in quick:
        times = "".join(
            f"{each[reader]['seconds']:9.2f} s {each[THEIRS]['seconds'] / each[reader]['seconds']:6.2f} x"
            for each in figures.values()
        )
        cpu, peak = quick[reader]["cpu"], quick[reader]["peak"] / 1024
        print(f"{reader:<18}{times} {cpu:10.2f} s {peak:5.0f} MiB")


def main() -> int:
    """Prints the figures; gives the exit code."""
    figures = {0: compared(0, ROUNDS), 100: compared(100, 2)}
    show(figures)
    promises: list[tuple[str, float, float]] = []
    for latency, least in ((0, 2.5), (100, 5.0)):
        theirs, mine = figures[latency][THEIRS], figures[latency][OURS]
        promises.append((f"as fast at {latency} ms", -theirs["seconds"] / mine["seconds"], -least))
        promises.append((f"of the memory at {latency} ms", mine["peak"] / theirs["peak"], 0.75))
    bare = figures[0][OURS]["cpu"] / figures[0][BARE]["cpu"]
    promises.append(("of the bare processor's time", bare, 1.3))
    for what, seen, most in promises:
        print(f"{abs(seen):.2f}x {what}, promised {abs(most)}{'' if seen <= most else ': MISSED'}")
    return int(any(seen > most for _, seen, most in promises))


if __name__ == "__main__":
    sys.exit(main())
