"""The panes that are open, of which one is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.containers import Container
from textual.message import Message

from sfexplorer.api.contributions import Pane
from sfexplorer.api.explorer import Explorer
from sfexplorer.api.references import NewRecordRef, QueryRef, Reference
from sfexplorer.api.ui import PaneWidget
from sfexplorer.app.containment import discard
from sfexplorer.app.faulted import FaultedPane


@dataclass(slots=True, eq=False)
class Opened:
    """A pane on the screen, and what it was opened for."""

    pane: Pane
    widget: PaneWidget
    reference: Reference | None

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
                    self.post_message(self.Turned())

        return end

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
                self.show(opened)
                return True
        return False

    def build(self, explorer: Explorer, pane: Pane, reference: Reference | None) -> None:
        """Open one more pane and show it; one that can't be built is told in its place."""
        try:
            widget = pane.build(explorer, reference)
        except Exception as error:  # noqa: BLE001  # the plugin boundary
            widget = FaultedPane(explorer, pane.title, error)
        opened = Opened(pane, widget, reference)
        self.opened.append(opened)
        self._place(widget)
        self.show(opened)

    def show(self, opened: Opened) -> None:
        """Show this pane and give it the focus."""
        self._trail = [step for step in self._trail if step is not opened] + [opened]
        for other in self.opened:
            other.widget.display = other is opened
        self.post_message(self.Changed())
        self.call_after_refresh(self._give_focus, opened, self.turn())

    def _give_focus(self, opened: Opened, end_turn: Callable[[], None]) -> None:
        opened.widget.focus_content()
        end_turn()

    def step(self, step: int) -> None:
        """Show the pane `step` places further, around the end."""
        if (active := self.active) is not None:
            self.show(self.opened[(self.opened.index(active) + step) % len(self.opened)])

    def back(self) -> None:
        """Show the pane that was shown before; the one that is left comes up last again."""
        if len(self._trail) > 1:
            self._trail.insert(0, self._trail.pop())
            self.show(self._trail[-1])

    def close(self, opened: Opened) -> None:
        """Take a pane away."""
        self.opened.remove(opened)
        self._trail.remove(opened)
        opened.widget.remove()
        if (active := self.active) is not None:
            self.show(active)
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
