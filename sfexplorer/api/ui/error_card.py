"""What went wrong, what to do, and the key for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sfexplorer.api.ui.display import safe_lines, safe_text
from sfexplorer.client.errors import SalesforceError, SessionExpired


class ErrorCard(Static, can_focus=True):
    """One sentence of what happened, one of what to do, the keys; the code stands behind it in grey."""

    DEFAULT_CSS = """
    ErrorCard { display: none; height: auto; max-height: 8; padding: 0 1; border-bottom: solid $error; }
    ErrorCard:focus { border-bottom: heavy $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,enter", "retry", "Try again", id="error.retry", tooltip="Do the same once more"),
        Binding(
            "l", "login", "Log in", id="error.login", tooltip="Log in again; nothing on the screen is lost"
        ),
        Binding("escape", "dismiss", "Dismiss", id="error.dismiss", tooltip="Take the message away"),
    ]

    class LoginWanted(Message):
        """The person wants to log in again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._retry: Callable[[], object] | None = None
        self._before: Widget | None = None

    def show(
        self, error: SalesforceError, retry: Callable[[], object] | None, *, login: bool = False
    ) -> None:
        """Show `error`; `retry` does the failed thing once more, `login` offers the login form."""
        self._retry = retry
        expired = login or isinstance(error, SessionExpired)
        keys = "  ".join(
            text
            for text, shown in (("r Try again", retry), ("l Log in", expired), ("Esc Dismiss", True))
            if shown
        )
        text = Text("! ", style="bold")
        text.append(safe_lines(error.message))
        if error.hint:
            text.append(f"\n  {safe_lines(error.hint)}", style="not bold")
        text.append(f"\n  {keys}", style="not bold")
        if error.code:
            text.append(f"    {safe_text(error.code)}", style="dim not bold")
        self.update(text)
        if not self.has_focus:
            self._before = self.screen.focused
        self.display = True
        self.focus()

    def clear(self) -> None:
        """Take the message away; the focus goes back to where it was."""
        if not self.display:
            return
        if self.has_focus and self._before is not None and self._before.is_attached:
            self._before.focus()
        self.display = False

    def retry(self) -> None:
        """Do the failed thing once more, where something failed."""
        if self.display and self._retry:
            self.clear()
            self._retry()

    def action_retry(self) -> None:
        """Do the failed thing once more."""
        self.retry()

    def action_login(self) -> None:
        """Ask the shell for the login form."""
        self.post_message(self.LoginWanted())

    def action_dismiss(self) -> None:
        """Take the message away."""
        self.clear()
