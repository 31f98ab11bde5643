"""Time to the first frame of `sfexplorer --demo`, as a ratio to a bare Textual app, both in a real terminal.

The limit is 1.25; run by `make bench`.
"""

from __future__ import annotations

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

RUNS = 15
LIMIT = 1.25
BARE = [
    sys.executable,
    "-c",
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Bare(App):\n"
    "    def compose(self):\n"
    "        yield Static('first frame')\n"
    "Bare().run()\n",
]
OURS = [os.path.join(os.path.dirname(sys.executable), "sfexplorer"), "--demo"]


def seconds_to(marker: bytes, command: list[str]) -> float:
    """Seconds from starting `command` in an 80x24 terminal until `marker` is written to it."""
    started = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm-256color"
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([terminal], [], [], 30)
            if not ready:
                raise TimeoutError(f"{command[0]} never wrote {marker!r}")
            seen += os.read(terminal, 65536)
        return time.perf_counter() - started
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def main() -> int:
    """Print both medians and their ratio; fail above the limit."""
    seconds_to(b"first frame", BARE), seconds_to(b"Objects", OURS)
    bare, ours = [], []
    for _ in range(RUNS):
        bare.append(seconds_to(b"first frame", BARE))
        ours.append(seconds_to(b"Objects", OURS))
    ratio = statistics.median(ours) / statistics.median(bare)
    print(
        f"first frame: sfexplorer --demo {statistics.median(ours) * 1000:.0f} ms, "
        f"bare Textual {statistics.median(bare) * 1000:.0f} ms, ratio {ratio:.2f} (limit {LIMIT})"
    )
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
