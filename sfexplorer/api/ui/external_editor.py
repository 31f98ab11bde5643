"""The person's own editor on a text, while the app stands aside."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported


class EditorFailed(Exception):
    """The editor could not be used; the message says why. The text is as it was."""


def edit_outside(app: App[Any], text: str, name: str) -> str:
    """What the person makes of `text` in the editor that $VISUAL or $EDITOR names; the app waits.

    Args:
        app: The app, whose terminal is lent.
        text: The text to begin with.
        name: What the file is called; its ending tells the editor the language.

    Raises:
        EditorFailed: There is no such editor, or it failed.
    """
    try:
        with app.suspend():
            return edited(text, editor_command(), name)
    except SuspendNotSupported:
        raise EditorFailed("This terminal can't be lent to another program.") from None


def editor_command() -> list[str]:
    """The words of the command that edits a file, whose name goes behind them."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    fallback = "notepad" if sys.platform == "win32" else "vi"
    try:
        return shlex.split(named) or [fallback]
    except ValueError:
        return [fallback]


def edited(text: str, command: list[str], name: str) -> str:
    """The text after the person has edited it in a file called `name`.

    Raises:
        EditorFailed: The editor can't be started, or says that it failed, as `:cq` of vi does.
    """
    # In a folder of its own, which nobody else may look into: editors leave copies beside the file.
    with tempfile.TemporaryDirectory(prefix="sfexplorer-") as folder:
        file = Path(folder) / name
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
