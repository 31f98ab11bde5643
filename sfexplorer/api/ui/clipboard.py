"""The terminal's clipboard: reached by OSC 52, which goes through SSH and needs nothing on the other side."""

from __future__ import annotations

from textual.widget import Widget

from sfexplorer.api.ui.display import ELLIPSIS, safe_text

MOST_BYTES = 700_000
"""What one copy may have: tmux drops a message of 1 MiB, and base64 makes four bytes of three."""

_SHOWN = 60


def copy_text(widget: Widget, text: str, what: str) -> None:
    """Copy a text, and tell the person.

    Args:
        widget: A widget of the screen that the person sees.
        text: The text; what is beyond `MOST_BYTES` is left away.
        what: What it is, for the message: `3 rows as CSV, 1.2 kB`.
    """
    widget.app.copy_to_clipboard(encoded(text)[:MOST_BYTES].decode(errors="ignore"))
    widget.notify(safe_text(f"Copied {what}"), markup=False)


def encoded(text: str) -> bytes:
    """The text as it goes over the wire; half a character, which an org may send, becomes a `?`."""
    return text.encode(errors="replace")


def beginning(text: str, most: int = _SHOWN) -> str:
    """A text in one line, as much of it as is needed to know it by."""
    safe = safe_text(text[: most + 1])
    return safe if len(safe) <= most else safe[: most - 1] + ELLIPSIS


def size_text(size: int) -> str:
    """A number of bytes, as people say it."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
