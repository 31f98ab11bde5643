"""Texts that were typed and neither run nor saved: kept on the disk, so that no crash loses them."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sfexplorer.api.places import data_folder, write_file

if TYPE_CHECKING:
    from textual.timer import Timer

    from sfexplorer_query.pane import QueryPane

SECONDS_TO_WRITE = 1.0
"""So long no key must come before the text is written."""


def drafts_folder() -> Path:
    """The folder of the drafts."""
    return data_folder() / "query-drafts"


class Draft:
    """The draft of a pane's text: there as long as the text would be lost.

    Args:
        pane: The pane.
    """

    def __init__(self, pane: QueryPane) -> None:
        self._pane = pane
        self._path: Path | None = None
        self._writing = asyncio.Lock()
        self._timer: Timer | None = None

    @property
    def path(self) -> Path | None:
        """Its file, where there is one."""
        return self._path

    def changed(self) -> None:
        """The text is another, or was run or saved: write it in a moment, or take the draft away."""
        if self._timer is not None:
            self._timer.stop()
        if self._path is not None or self._pane.has_unsaved_text:
            self._timer = self._pane.set_timer(SECONDS_TO_WRITE, self._begin)

    def adopt(self, path: Path) -> None:
        """Go on with a draft that another run of the app has left."""
        self._path = path

    def keep_now(self) -> bool:
        """Write the text at once, as the pane is about to end; whether the disk has taken it."""
        if not self._pane.has_unsaved_text:
            return True
        try:
            write_file(self._place(), self._pane.editor.text.encode("utf-8", "replace"))
        except OSError as error:
            self._pane.explorer.tell(f"The text can't be kept: {error.strerror}.", "error")
            return False
        return True

    def drop(self) -> None:
        """Take the draft away: the person does not want it."""
        path, self._path = self._path, None
        if path is not None:
            with suppress(OSError):
                path.unlink()

    def _begin(self) -> None:
        self._pane.work(self._settle, "draft", exclusive=False, stops=False)

    async def _settle(self) -> None:
        async with self._writing:
            if not self._pane.has_unsaved_text:
                await asyncio.to_thread(self.drop)
                return
            text = self._pane.editor.text
            path = self._place()
            # A disk that is full must not keep anybody from typing.
            with suppress(OSError):
                await asyncio.to_thread(write_file, path, text.encode("utf-8", "replace"))

    def _place(self) -> Path:
        """Where the text is kept, from now on where it wasn't before."""
        self._path = self._path or drafts_folder() / f"{secrets.token_hex(8)}.soql"
        return self._path
