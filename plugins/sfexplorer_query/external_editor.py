"""The person's own editor on the text of a query, while the app stands aside."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from sfexplorer.soql import is_search

if TYPE_CHECKING:
    from sfexplorer_query.pane import QueryPane


class EditorFailed(Exception):
    """The editor could not be used; the message says why. The text is as it was."""


async def edit_outside(pane: QueryPane) -> None:
    """Open the text in the editor that $VISUAL or $EDITOR names, and take what was saved there."""
    before = pane.editor.text
    pane.editor.completing.close()
    try:
        with pane.app.suspend():
            after = edited(before, editor_command())
    except SuspendNotSupported:
        pane.explorer.tell("This terminal can't be lent to another program.", "warning")
        return
    except EditorFailed as error:
        pane.explorer.tell(str(error), "error")
        return
    if after != before:
        pane.editor.put(after, 0, len(before))
    pane.focus_within(pane.editor)


def editor_command() -> list[str]:
    """The words of the command that edits a file, whose name goes behind them."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    fallback = "notepad" if sys.platform == "win32" else "vi"
    try:
        return shlex.split(named) or [fallback]
    except ValueError:
        return [fallback]


def edited(text: str, command: list[str]) -> str:
    """The text after the person has edited it.

    Raises:
        EditorFailed: The editor can't be started, or says that it failed, as `:cq` of vi does.
    """
    # In a folder of its own, which nobody else may look into: editors leave copies beside the file.
    with tempfile.TemporaryDirectory(prefix="sfexplorer-") as folder:
        file = Path(folder) / ("query.sosl" if is_search(text) else "query.soql")
        file.write_text(text, encoding="utf-8", newline="\n")
        try:
            ended = subprocess.run([*command, str(file)], check=False)  # noqa: S603  # the person's own command
        except OSError as error:
            raise EditorFailed(f"{command[0]} can't be started: {error.strerror or error}") from error
        if ended.returncode != 0:
            raise EditorFailed(f"{command[0]} ended with {ended.returncode}; the text is as it was.")
        try:
            after = file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise EditorFailed(f"What was edited can't be read: {error.strerror or error}") from error
    # Editors end a file by a line break, whether the text had one or not.
    return after if text.endswith("\n") else after.removesuffix("\n")
