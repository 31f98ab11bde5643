"""Where a stream goes on after the program has ended.

FOLDER/00D...AAA/%2Ftopic%2FAllAccounts-1f0a...    00000000000000000013
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sfexplorer.client.errors import ReplayIdInvalid

_WIDTH = 20
_WRITTEN = re.compile(rb"\d{20}\n")
_WRITE = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class ReplayStore(Protocol):
    """Keeps the replay id of the last event that was worked on, per org and channel."""

    def load(self, org_id: str, channel: str) -> int | None:
        """The id that was kept; None where none was.

        Raises:
            ReplayIdInvalid: one was, and can't be read any more.
        """
        ...

    def save(self, org_id: str, channel: str, replay_id: int) -> None:
        """Keep it. This is called after each event, on the event loop, and has to be quick."""
        ...


class FileReplayStore:
    """A `ReplayStore` in a folder, which is made when first needed.

    Args:
        folder: where the files are, one for each org and channel.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    def load(self, org_id: str, channel: str) -> int | None:
        """The id that was kept, by this process or another one.

        Raises:
            ReplayIdInvalid: somebody else wrote to the file.
        """
        try:
            written = self._path(org_id, channel).read_bytes()
        except FileNotFoundError:
            return None
        if not written:
            return None  # made, and the power went off before anything was written
        if _WRITTEN.fullmatch(written) is None:
            raise ReplayIdInvalid(
                "the place kept for the channel can't be read", channel=channel, replay_id=0
            )
        return int(written)

    def save(self, org_id: str, channel: str, replay_id: int) -> None:
        """Keep it: a line of one length, in one write, which no end of the process cuts in two."""
        path = self._path(org_id, channel)
        try:
            descriptor = os.open(path, _WRITE, 0o600)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(path, _WRITE, 0o600)
        try:
            os.write(descriptor, b"%0*d\n" % (_WIDTH, replay_id))
        finally:
            os.close(descriptor)

    def _path(self, org_id: str, channel: str) -> Path:
        # The digest tells channels apart where the file system does not: by case, or behind a long name.
        digest = hashlib.sha256(channel.encode(errors="surrogatepass")).hexdigest()[:12]
        name = quote(channel, safe="", errors="replace")[:150]
        return self.folder / (quote(org_id, safe="") or "org") / f"{name}-{digest}"
