"""The question before panes are left whose edits aren't saved: keep a draft, lose them, or go back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from sfexplorer.api.ui import PaneWidget, safe_lines
from sfexplorer.api.ui.dialog import dialog_css

Answer = Literal["keep", "lose"]


class Unsaved(ModalScreen[Answer | None]):
    """Asks what shall become of the edits; the answer is None for going back to them.

    Args:
        question: What isn't saved.
        leave: What leaving is called: `Close`, `Quit`.
        keeps: Whether all edits can be kept as drafts.
    """

    DEFAULT_CSS = dialog_css("Unsaved")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "answer('keep')", "Keep", id="unsaved.keep", tooltip="Keep the edits as a draft"),
        Binding("y", "answer('lose')", "Lose", id="unsaved.lose", tooltip="Go without the edits"),
        Binding("n,escape", "answer('')", "Back", id="unsaved.back", tooltip="Go on editing"),
    ]

    def __init__(self, question: str, leave: str, *, keeps: bool) -> None:
        super().__init__()
        self._question, self._leave, self._keeps = question, leave, keeps

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        keep = f"k {self._leave}, keep a draft     " if self._keeps else ""
        with Vertical(classes="dialog"):
            yield Static(safe_lines(self._question), markup=False)
            if self._keeps:
                yield Static(
                    "A draft is kept on this computer, and comes back.", classes="hint", markup=False
                )
            keys = f"\n{keep}y {self._leave} and lose them     Esc Keep editing"
            yield Static(keys, classes="hint", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeping only where that is possible."""
        return self._keeps or parameters != ("keep",)

    def action_answer(self, answer: Answer | Literal[""]) -> None:
        """Give the answer and close."""
        self.dismiss(answer or None)


def leave_panes(
    screen: Screen[None], panes: Sequence[PaneWidget], where: str, leave: str, act: Callable[[], object]
) -> None:
    """Do `act`, which takes `panes` away, once the person has said what becomes of their edits.

    Args:
        screen: What the question is asked over.
        panes: The panes that are left.
        where: Whose edits they are, for the question: `in Contact > Ada `; may be empty.
        leave: What leaving is called: `Close`, `Quit`.
        act: What takes the panes away.
    """
    edited = [pane for pane in panes if pane.unsaved]
    if not edited:
        act()
        return

    def answered(answer: Answer | None) -> None:
        # What can't be kept is not lost by leaving all the same; the pane says why.
        if answer is not None and all(pane.leave(keep=answer == "keep") for pane in edited):
            act()

    question = f"{_edits(sum(pane.unsaved for pane in edited), where)} not saved."
    keeps = all(pane.keeps_drafts for pane in edited)
    screen.app.push_screen(Unsaved(question, leave, keeps=keeps), answered)


def _edits(count: int, where: str) -> str:
    return f"1 edit {where}is" if count == 1 else f"{count} edits {where}are"
