"""What a grid of a million rows costs a person at a terminal of 80x24: time to a key's last byte, and bytes.

The limits: a page down in 30 ms (p95), End then Home in 100 ms, three bytes a column for a cursor move, one
and a half times the cells of the screen for a page. Run by `make bench`, on a real pty.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import termios
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec
from textual.app import App, ComposeResult

from sfexplorer.api.ui import Column, Grid

WIDTH, HEIGHT = 80, 24
ROWS, PAGE = 1_000_000, 2_000
PRESSES = 60
QUIET_SECONDS = 0.05

KEYS = {
    "page down": b"\x1b[6~",
    "down": b"j",
    "column": b"l",
    "end": b"G",
    "home": b"g",
    "mark": b" ",
}


@lru_cache(maxsize=1)
def page_bytes() -> bytes:
    """A page as the client keeps it."""
    rows = [
        {
            "Name": f"Ada Lovelace {row}",
            "Account": {"Name": f"Analytical Engines {row % 97}"},
            "Email": f"ada.{row}@example.com",
            "Amount": row * 117,
            "CreatedDate": f"2026-03-{row % 28 + 1:02d} 09:14",
            "Fax": None,
        }
        for row in range(PAGE)
    ]
    return zlib.compress(msgspec.json.encode(rows))


@lru_cache(maxsize=8)
def page(number: int) -> list[dict[str, object]]:
    """A page that is looked at, decoded."""
    rows: list[dict[str, object]] = msgspec.json.decode(zlib.decompress(page_bytes()))
    return rows


@dataclass(frozen=True)
class Million:
    """A million rows in pages that are decoded when they come into sight."""

    row_count: int = ROWS
    columns: Sequence[Column] = field(
        default=(
            Column("Name", "Name"),
            Column("Amount", "Amount", align="right"),
            Column("Email", "Email"),
            Column("Fax", "Fax"),
            Column("CreatedDate", "CreatedDate", fixed=True),
        )
    )

    def cells(self, row: int) -> Sequence[str | None]:
        """The texts of a row."""
        record = page(row // PAGE)[row % PAGE]
        return (
            f"{record['Name']}",
            f"{record['Amount']:,}",
            f"{record['Email']}",
            None,
            f"{record['CreatedDate']}",
        )


class MillionApp(App[None]):
    """A grid that fills the screen."""

    def compose(self) -> ComposeResult:
        """The grid."""
        yield Grid(Million())


class Terminal:
    """The app in a terminal of its own.

    Args:
        colours: What the terminal says of its colours; over SSH that is most often nothing.
    """

    def __init__(self, colours: str = "") -> None:
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM=colours)
            os.execv(sys.executable, [sys.executable, __file__, "--app"])
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))

    def drain(self, quiet: float = QUIET_SECONDS) -> tuple[int, float]:
        """The bytes that come until it is quiet, and when the last of them came."""
        size, last = 0, time.perf_counter()
        while select.select([self.file], [], [], quiet)[0]:
            size += len(os.read(self.file, 65536))
            last = time.perf_counter()
        return size, last

    def press(self, key: str) -> tuple[float, int]:
        """Milliseconds to the last byte that a key brings, and how many bytes it brings."""
        begun = time.perf_counter()
        os.write(self.file, KEYS[key])
        # The first byte may take its time; after it, quiet tells the end.
        select.select([self.file], [], [], 1.0)
        size, last = self.drain()
        return (last - begun) * 1000, size

    def cpu(self) -> float:
        """The seconds that the app has had of the processor."""
        with open(f"/proc/{self.child}/stat") as stat:
            user, system = stat.read().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """The MB that the app has in memory."""
        with open(f"/proc/{self.child}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def close(self) -> None:
        """End the app."""
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.file)


def checked(name: str, value: float, limit: float, unit: str) -> bool:
    """Prints a figure; whether it is within its limit."""
    print(f"grid in a terminal: {name}: {value:,.1f} {unit} (limit {limit:,.0f})")
    return value <= limit


def main() -> int:
    """Print the figures; fail above the limits."""
    terminal = Terminal()
    try:
        terminal.drain(2.0)
        moves = [terminal.press("down")[1] for _ in range(3)]
        cpu = terminal.cpu()
        pages = [terminal.press("page down") for _ in range(PRESSES)]
        cpu = (terminal.cpu() - cpu) / PRESSES * 1000
        ends = [terminal.press("end")[0] + terminal.press("home")[0] for _ in range(5)]
        terminal.press("column")
        cell_moves = [terminal.press("down")[1] for _ in range(3)]
        held = [
            checked("page down, p95", statistics.quantiles([ms for ms, _ in pages], n=20)[-1], 30, "ms"),
            checked("End, then Home, the slowest", max(ends), 100, "ms"),
            checked("cursor move", max(moves), 3 * WIDTH, "bytes"),
            checked("page down", statistics.median(size for _, size in pages), 1.5 * WIDTH * HEIGHT, "bytes"),
        ]
        median = statistics.median(ms for ms, _ in pages)
        print(f"grid in a terminal: page down, median: {median:.1f} ms, of the processor {cpu:.1f} ms")
        print(f"grid in a terminal: cursor move, the cell told apart: {max(cell_moves)} bytes")
        print(f"grid in a terminal: memory {terminal.memory():.0f} MB")
    finally:
        terminal.close()
    return 0 if all(held) else 1


if __name__ == "__main__":
    if "--app" in sys.argv:
        with contextlib.suppress(KeyboardInterrupt):
            MillionApp().run()
    else:
        sys.exit(main())
