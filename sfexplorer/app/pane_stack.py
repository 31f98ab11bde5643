"""The panes that are open, of which one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from sfexplorer.api.contributions import Pane
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.references import NewRecordRef, QueryRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.app.containment import discard
from sfexplorer.app.faulted import FaultedPane
from sfexplorer.app.lines import Tab


@dataclass(slots=True, eq=False)
class Opened:
    """A pane on the screen.

    Attributes:
        pane: What it is.
        widget: What shows it.
        reference: What it was opened for.
        opener: The pane that was shown when it was opened: the breadcrumbs tell it.
        came_from: The pane from which it was gone to when it was open already; Back goes there once.
        focus: Where the person was in it when another pane was shown.
    """

    pane: Pane
    widget: PaneWidget
    reference: Reference | None
    opener: Opened | None = None
    came_from: Opened | None = None
    focus: Widget | None = None

    @property
    def title(self) -> str:
        """What the breadcrumbs and the list of panes call it."""
        return self.widget.title or self.pane.title


class PaneStack(Container):
    """Holds the open panes in the order they were opened, and remembers the way between them."""

    DEFAULT_CSS = """
    PaneStack { height: 1fr; }
    """

    @dataclass
    class Changed(Message):
        """A pane came, went, was shown, or tells something else of itself."""

    @dataclass
    class Turned(Message):
        """The pane that was to be shown has the focus by now."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Opened] = []
        self._turning: set[object] = set()
        self._connected = False
        self._trail: list[Opened] = []

    @property
    def active(self) -> Opened | None:
        """The pane that is shown."""
        return self._trail[-1] if self._trail else None

    @property
    def turning(self) -> bool:
        """Whether a pane may be about to be shown: what is typed now is meant for it."""
        return bool(self._turning)

    def turn(self) -> Callable[[], None]:
        """Begin to show a pane, or something that may do so; the function given back ends that, once."""
        turn = object()
        self._turning.add(turn)

        def end() -> None:
            if turn in self._turning:
                self._turning.remove(turn)
                if not self._turning:
                    # To the app, which holds the keys: what bubbles ends at the screen when that caused it.
                    self.app.post_message(self.Turned())

        return end

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """The panes as the breadcrumbs show them."""
        before = [None, *self.opened]
        return tuple(
            Tab(
                opened.title,
                opened is self.active,
                opened.widget.unsaved > 0,
                opened.opener is not None and opened.opener is earlier,
            )
            for earlier, opened in zip(before, self.opened, strict=False)
        )

    @property
    def unsaved(self) -> int:
        """How many edits in all panes aren't saved."""
        return sum(opened.widget.unsaved for opened in self.opened)

    def connected(self) -> None:
        """An org is there: panes begin with it, those that are open and those to come."""
        if self._connected:
            for opened in self.opened:
                opened.widget.resume()
            return
        self._connected = True
        for opened in self.opened:
            opened.widget.call_after_refresh(opened.widget.begin)

    def reuse(self, reference: Reference) -> bool:
        """Show `reference` in a pane that is open and shows it, or can; False where none does."""
        for opened in self.opened:
            same = opened.reference == reference and not isinstance(reference, QueryRef | NewRecordRef)
            if same or (isinstance(reference, opened.pane.opens) and opened.widget.take(reference)):
                opened.reference = reference
                opened.focus = None
                self.go_to(opened)
                return True
        return False

    def go_to(self, opened: Opened) -> None:
        """Show this pane; Back leads to the one that is shown now."""
        if opened is not self.active:
            opened.came_from = self.active
        self.show(opened)

    def build(
        self, explorer: Explorer, pane: Pane, reference: Reference | None, *, beside: bool = False
    ) -> None:
        """Open one more pane and show it; one that can't be built is told in its place.

        It stands further on the way from the pane that is shown, or `beside` all; Back leads there anyway.
        """
        try:
            widget = pane.build(explorer, reference)
        except Exception as error:  # noqa: BLE001  # the plugin boundary
            widget = FaultedPane(explorer, pane.title, error)
        opened = Opened(pane, widget, reference, None if beside else self.active, self.active)
        self.opened.insert(self._place_after(opened.opener), opened)
        self._place(widget)
        self.show(opened)

    def show(self, opened: Opened) -> None:
        """Show this pane and give it the focus, where the person was in it before."""
        self._remember_focus(opened)
        self._trail = [step for step in self._trail if step is not opened] + [opened]
        for other in self.opened:
            other.widget.display = other is opened
        self.post_message(self.Changed())
        self.call_after_refresh(self._give_focus, opened, self.turn())

    def _remember_focus(self, next_shown: Opened) -> None:
        active, focused = self.active, self.screen.focused
        if active and active is not next_shown and focused and active.widget in focused.ancestors_with_self:
            active.focus = focused

    def _give_focus(self, opened: Opened, end_turn: Callable[[], None]) -> None:
        if opened.focus is not None and _can_have_focus(opened.focus):
            opened.focus.focus()
        else:
            opened.widget.focus_content()
        end_turn()

    def _place_after(self, opener: Opened | None) -> int:
        """The place behind the pane and all that was opened from it: there breadcrumbs show the way."""
        if opener is None:
            return len(self.opened)
        place = self.opened.index(opener) + 1
        while place < len(self.opened) and opener in self._way_to(self.opened[place]):
            place += 1
        return place

    def _way_to(self, opened: Opened) -> list[Opened]:
        """The panes from which one after the other was opened, up to this one's opener, the nearest first."""
        way: list[Opened] = []
        step = opened.opener
        while step is not None:
            way.append(step)
            step = step.opener
        return way

    def step(self, step: int) -> None:
        """Show the pane `step` places further, around the end."""
        if (active := self.active) is not None:
            self.show(self.opened[(self.opened.index(active) + step) % len(self.opened)])

    def back(self) -> bool:
        """Show the pane that this one was opened from; False where it was opened from none.

        The pane that is left stays open.
        """
        if (active := self.active) is None or (before := active.came_from or active.opener) is None:
            return False
        active.came_from = None
        self.show(before)
        return True

    def close(self, opened: Opened) -> None:
        """Take a pane away; what was opened from it counts as opened from where it was."""
        was_active = opened is self.active
        self.opened.remove(opened)
        self._trail.remove(opened)
        for other in self.opened:
            if other.opener is opened:
                other.opener = opened.opener
            if other.came_from is opened:
                other.came_from = None
        opened.widget.remove()
        if was_active and (next_shown := opened.came_from or opened.opener or self.active) is not None:
            self.show(next_shown)
        self.post_message(self.Changed())

    def finish(self, widget: PaneWidget) -> None:
        """Take away the pane that this widget shows."""
        if opened := next((opened for opened in self.opened if opened.widget is widget), None):
            self.close(opened)

    def fault(self, explorer: Explorer, widget: PaneWidget, error: Exception) -> None:
        """Take away a pane that raised, and show in its place what it said."""
        opened = next((opened for opened in self.opened if opened.widget is widget), None)
        if opened is None or isinstance(widget, FaultedPane) or not self.is_mounted:
            return
        opened.widget = FaultedPane(explorer, opened.title, error)
        self._place(opened.widget)
        widget.display = False
        opened.widget.display = opened is self.active
        # Not awaited: the pane's own message loop may be the one that has just ended.
        self.call_later(discard, widget)
        if opened is self.active:
            self.show(opened)

    def _place(self, widget: PaneWidget) -> None:
        for reactive in ("title", "unsaved", "busy"):
            self.watch(widget, reactive, self._tell_change, init=False)
        self.mount(widget)
        if self._connected:
            widget.call_after_refresh(widget.begin)

    def _tell_change(self) -> None:
        self.post_message(self.Changed())


def _can_have_focus(widget: Widget) -> bool:
    return (
        widget.is_attached and widget.focusable and all(step.display for step in widget.ancestors_with_self)
    )
