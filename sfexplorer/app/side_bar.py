"""What stands beside the panes: a bar at the left where the screen is wide, else a drawer over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import AwaitMount, Widget

from sfexplorer.api.contributions import Pane
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.ui import PaneWidget
from sfexplorer.app.pane_stack import Opened

# Columns of the terminal from which it stands beside the panes by itself.
WIDE = 100


class SideBar(Vertical):
    """Holds the narrow widgets that panes have for the side; each is made when it is first to be seen.

    Args:
        panes: All panes; those without such a widget don't count.
    """

    DEFAULT_CSS = """
    SideBar { display: none; width: 34; height: 1fr; border-right: solid $panel; }
    SideBar:focus-within { border-right: solid $primary; }
    SideBar.-drawer { layer: cover; dock: left; width: 46; max-width: 90%; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False, id="side.leave", tooltip="Go back to the pane"),
    ]

    class Left(Message):
        """The person wants to go on in the pane."""

    def __init__(self, panes: Sequence[Pane]) -> None:
        super().__init__()
        self._panes = [pane for pane in panes if pane.side is not None]
        self._is_wanted, self._is_open, self._connected = True, False, False
        self._over: Opened | None = None
        self._mounting = AwaitMount(self, ())

    @property
    def is_drawer(self) -> bool:
        """Whether it lies over the panes."""
        return self.has_class("-drawer")

    def appear(self, explorer: Explorer, width: int, active: Opened | None) -> None:
        """Be seen or not on a screen of that width, which shows that pane.

        Where the pane shows the same itself it isn't seen; a drawer goes when another pane comes.
        """
        self.set_class(width < WIDE, "-drawer")
        self._is_open = self._is_open and active is self._over
        doubled = active is not None and active.pane.side is not None
        shown = bool(self._panes) and not doubled and (self._is_open if self.is_drawer else self._is_wanted)
        if shown and not self.children:
            self._build(explorer)
        self.display = shown

    def toggle(self, active: Opened | None) -> bool:
        """Come to that pane, or go if it has the focus; whether it comes."""
        self._over = active
        comes = not (self.display and (self.is_drawer or self.has_focus_within))
        if self.is_drawer:
            self._is_open = comes
        else:
            self._is_wanted = comes
        return comes

    def close(self) -> bool:
        """Close the drawer; whether there was one to close."""
        was_open, self._is_open = self._is_open, False
        return was_open and self.is_drawer

    def connected(self) -> None:
        """An org is there."""
        self._connected = True
        for widget in self.query(PaneWidget):
            widget.call_after_refresh(widget.begin)

    def part_widgets(self) -> list[Widget]:
        """Its parts, for Tab and F6; a drawer is no part of the screen."""
        if not self.display or self.is_drawer:
            return []
        return [part for widget in self.query(PaneWidget) for part in widget.part_widgets()]

    async def go_into(self) -> None:
        """Give it the focus, as soon as it is built."""
        await self._mounting
        for widget in list(self.query(PaneWidget))[:1]:
            widget.focus_content()

    def fault(self, widget: PaneWidget, error: Exception) -> bool:
        """Do without a widget that raised; whether it was one of these."""
        if widget not in self.children:
            return False
        self._panes = []
        self.display = False
        widget.explorer.tell(f"The side failed and is left out: {type(error).__name__}: {error}", "error")
        return True

    def _build(self, explorer: Explorer) -> None:
        widgets = [pane.side(explorer) for pane in self._panes if pane.side is not None]
        self._mounting = self.mount(*widgets)
        if self._connected:
            for widget in widgets:
                widget.call_after_refresh(widget.begin)

    def action_leave(self) -> None:
        """Go back to the pane."""
        self.post_message(self.Left())
