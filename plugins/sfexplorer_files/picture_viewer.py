"""The screen with a picture, in blocks: what a terminal without graphics can show."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui import dialog_css, safe_text
from sfexplorer_files.png import Colour, Picture

_UPPER_HALF = "▀"
_SHADES = " .:-=+*#%@"


class PictureViewer(ModalScreen[None]):
    """Shows a picture, two of its points in each place of the terminal; without colour by shades.

    Args:
        title: What it is called.
        picture: Its points.
    """

    DEFAULT_CSS = (
        dialog_css("PictureViewer")
        + """
    PictureViewer > .dialog { width: auto; min-width: 40; max-width: 96%; }
    PictureViewer .picture { width: auto; height: auto; text-wrap: nowrap; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="picture.leave", tooltip="Go back to the files"),
    ]

    def __init__(self, title: str, picture: Picture) -> None:
        super().__init__()
        self._title, self._picture = title, picture

    def compose(self) -> ComposeResult:
        """The picture, the keys."""
        drawn = in_shades(self._picture) if self.app.no_color else in_blocks(self._picture)
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            yield Static(drawn, classes="picture")
            yield Static("Esc goes back", classes="hint", markup=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def in_blocks(picture: Picture) -> Text:
    """Half blocks: the upper point in the colour of the letter, the lower in that of its ground."""
    text = Text(no_wrap=True)
    for number in range(0, picture.height, 2):
        upper = picture.rows[number]
        lower = picture.rows[number + 1] if number + 1 < picture.height else (None,) * picture.width
        # One run a colour: a plain area costs a line over SSH next to nothing.
        for pair, run in groupby(zip(upper, lower, strict=True)):
            text.append(_UPPER_HALF * len(list(run)), Style(color=_rgb(pair[0]), bgcolor=_rgb(pair[1])))
        text.append("\n")
    text.rstrip()
    return text


def in_shades(picture: Picture) -> Text:
    """Letters that are the denser the brighter a point is; every second row, as letters are high."""
    lines = ("".join(map(_shade, row)) for row in picture.rows[::2])
    return Text("\n".join(lines), no_wrap=True)


def _shade(colour: Colour) -> str:
    red, green, blue = colour
    brightness = (299 * red + 587 * green + 114 * blue) // 1000
    return _SHADES[brightness * len(_SHADES) // 256]


def _rgb(colour: Colour | None) -> str | None:
    return None if colour is None else f"rgb({colour[0]},{colour[1]},{colour[2]})"
