"""The login screen: the ways to connect, and the form of the chosen one.

What was typed stays until it works.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from sfexplorer.api.contributions import Login, LoginField, Session
from sfexplorer.api.ui import safe_lines
from sfexplorer.api.ui.background import run_beside
from sfexplorer.app.connecting import Way
from sfexplorer.app.logins import PASSWORD, TOKEN
from sfexplorer.client.errors import SalesforceError


class LoginScreen(Screen[tuple[Session, Way] | None]):
    """Asks how to connect; gives the session and how it was made, None when it was left.

    Args:
        offered: The ways that plugins offer, shown before the shell's own.
        before: The way taken before, to begin with; its secrets have to be typed again.
    """

    DEFAULT_CSS = """
    LoginScreen { padding: 0 1; }
    LoginScreen > .title { height: 1; text-style: bold; }
    LoginScreen > #ways { height: auto; max-height: 8; border: none; padding: 0; margin: 1 0; }
    LoginScreen > VerticalScroll { height: 1fr; border-top: solid $primary; }
    LoginScreen .form { height: auto; display: none; }
    LoginScreen .form.-chosen { display: block; }
    LoginScreen .field { height: 1; margin-top: 1; }
    LoginScreen .field > .label { width: 17; }
    LoginScreen .field > Input { width: 1fr; max-width: 64; }
    LoginScreen Button { margin-left: 1; min-width: 0; width: auto; }
    LoginScreen .go { margin: 1 0 0 17; }
    LoginScreen > #problem { height: auto; min-height: 2; color: $text-error; }
    LoginScreen > .hint { height: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,ctrl+r", "connect", "Connect", id="login.connect", tooltip="Connect with what is typed"),
        Binding("escape", "leave", "Back", id="login.leave", tooltip="Stop waiting, or go back"),
        Binding("ctrl+q", "app.quit", "Quit", show=False, id="login.quit", tooltip="Leave sfexplorer"),
    ]

    def __init__(self, offered: Sequence[Login], before: Way | None = None) -> None:
        super().__init__()
        self._ways = [*offered, PASSWORD, TOKEN]
        self._before = before.without_secrets() if before else None

    def compose(self) -> ComposeResult:
        """The ways, the form of each, and a place for what went wrong."""
        yield Static("sfexplorer   Connect to an org", classes="title", markup=False)
        yield OptionList(*(Option(Text(way.title)) for way in self._ways), id="ways", compact=True)
        with VerticalScroll(can_focus=False):
            for number, way in enumerate(self._ways):
                with Vertical(classes="form", id=f"form-{number}"):
                    for asked in way.fields:
                        yield from _field(number, asked)
                    if way.fields:
                        yield Button("Connect", classes="go", compact=True)
                    else:
                        yield Static("\nEnter connects; nothing has to be typed.", markup=False)
        yield Static("", id="problem", markup=False)
        yield Static("Up/Down choose   Tab next   Enter goes on or connects   Esc back", classes="hint")

    def on_mount(self) -> None:
        """Begin in the list of ways, at the one taken before; there only what is missing has to be typed."""
        ways = self.query_one("#ways", OptionList)
        ids = [way.id for way in self._ways]
        known = self._before is not None and self._before.login.id in ids
        ways.highlighted = ids.index(self._before.login.id) if self._before and known else 0
        ways.focus()
        if self._before and known:
            for name, value in self._before.values.items():
                self.query_one(f"#field-{ways.highlighted}-{name}", Input).value = value
            if (missing := self._missing()) is not None:
                self._input(missing).focus()

    @property
    def chosen(self) -> int:
        """The place of the chosen way."""
        return self.query_one("#ways", OptionList).highlighted or 0

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the form of the way under the cursor."""
        for number in range(len(self._ways)):
            self.query_one(f"#form-{number}").set_class(number == event.option_index, "-chosen")

    def on_option_list_option_selected(self) -> None:
        """Go into the form, or connect where there is nothing to type."""
        if self._ways[self.chosen].fields:
            self.query_one(f"#form-{self.chosen}").query(Input).first().focus()
        else:
            self.action_connect()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter connects once the form is filled; until then it goes to the next field."""
        event.stop()
        if self._missing() is None:
            self.action_connect()
            return
        inputs = list(self.query_one(f"#form-{self.chosen}").query(Input))
        inputs[(inputs.index(event.input) + 1) % len(inputs)].focus()

    def _missing(self) -> LoginField | None:
        """The first field that has to be filled and isn't."""
        fields = self._ways[self.chosen].fields
        return next(
            (asked for asked in fields if asked.required and not self._input(asked).value.strip()), None
        )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """A choice fills its field; the button below connects."""
        if event.button.has_class("go"):
            self.action_connect()
            return
        name, place = str(event.button.name).rsplit(":", 1)
        asked = next(asked for asked in self._ways[self.chosen].fields if asked.name == name)
        self._input(asked).value = asked.choices[int(place)][1]

    def action_connect(self) -> None:
        """Connect with what is typed, or say what is missing."""
        way = self._ways[self.chosen]
        if (missing := self._missing()) is not None:
            self._tell(f"! {missing.label} is missing.")
            self._input(missing).focus()
            return
        values = {asked.name: self._input(asked).value for asked in way.fields}
        self._tell(f"Connecting… ({way.title})   Esc stops waiting")
        run_beside(self, partial(self._connect, Way(way, values)), "connect")

    async def _connect(self, way: Way) -> None:
        try:
            session = await way.connect()
        except SalesforceError as error:
            self._tell(f"! {error.message}\n  {error.hint}   Nothing typed is lost.")
        except Exception as error:  # noqa: BLE001  # the plugin boundary: a login is a plugin's
            self._tell(f"! {way.login.title} failed: {type(error).__name__}: {error}")
        else:
            self.dismiss((session, way))

    def action_leave(self) -> None:
        """Stop waiting; when nothing is waited for, go back."""
        waiting = [worker for worker in self.workers if worker.group == "connect" and worker.is_running]
        if waiting:
            self.workers.cancel_group(self, "connect")
            self._tell("Stopped.")
        else:
            self.dismiss(None)

    def _tell(self, text: str) -> None:
        self.query_one("#problem", Static).update(safe_lines(text))

    def _input(self, asked: LoginField) -> Input:
        return self.query_one(f"#field-{self.chosen}-{asked.name}", Input)


def _field(way: int, asked: LoginField) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Static(asked.label, classes="label", markup=False)
        yield Input(
            value=asked.default,
            password=asked.secret,
            compact=True,
            select_on_focus=False,
            id=f"field-{way}-{asked.name}",
            placeholder="" if asked.required else "if there is one",
        )
        for place, (title, _value) in enumerate(asked.choices):
            yield Button(title, name=f"{asked.name}:{place}", compact=True)
