"""Texts under edit: what is typed and kept exactly, drawn so that a terminal obeys nothing in them.

Unlike `safe_text` this keeps one character for each, so that cursor and selection stay where they belong.
"""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text

from sfexplorer.api.ui.display import safe_text


def visible_text(text: str) -> str:
    """`text` with a visible stand-in for each character that a terminal would obey or hide."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    safe = safe_text(character)
    if len(safe) == 1:
        return safe
    # Unicode has a picture for each of the 32 control codes, and one for delete.
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else "·"


class Visible(Highlighter):
    """Draws what an `Input` holds by `visible_text`."""

    def highlight(self, text: Text) -> None:
        """Replace the characters of `text` that must not reach the terminal."""
        text.plain = visible_text(text.plain)
