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
    ErrorCard {
        display: none; dock: bottom; height: auto; max-height: 8; padding: 0 1; border-top: solid $error;
    }
    ErrorCard:focus { border-top: heavy $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "answer", "Go on", show=False, id="error.answer", tooltip="What the message offers first"
        ),
        Binding("r", "retry", "Try again", id="error.retry", tooltip="Do the same once more"),
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
        self._expired = self._login = False

    def show(
        self, error: SalesforceError, retry: Callable[[], object] | None, *, login: bool = False
    ) -> None:
        """Show `error`; `retry` does the failed thing once more, `login` offers the login form."""
        self._retry = retry
        self._expired = isinstance(error, SessionExpired)
        offers = (
            ("Enter Log in again", self._expired),
            ("r Try again", retry),
            ("l Log in", login and not self._expired),
            ("Esc Dismiss", True),
            ("  Nothing is lost.", self._expired),
        )
        keys = "  ".join(text for text, offered in offers if offered)
        self._login = login or self._expired
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
        from textual.widgets import Input, TextArea  # Heavy, and needed only when something went wrong.

        # Whoever is typing goes on typing; F6 comes here.
        if not isinstance(self._before, Input | TextArea):
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the message offers works."""
        return {"retry": self._retry is not None, "login": self._login}.get(action, True)

    def action_answer(self) -> None:
        """Do what the message offers first."""
        if self._expired:
            self.action_login()
        else:
            self.retry()

    def action_retry(self) -> None:
        """Do the failed thing once more."""
        self.retry()

    def action_login(self) -> None:
        """Ask the shell for the login form."""
        self.post_message(self.LoginWanted())

    def action_dismiss(self) -> None:
        """Take the message away."""
        self.clear()
