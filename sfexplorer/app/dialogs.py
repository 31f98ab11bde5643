"""The shell's dialogs: a question, a text to type, a list to choose from, and the keys that work now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from sfexplorer.api.explorer import Check, Complete
from sfexplorer.api.ui.background import run_beside
from sfexplorer.api.ui.dialog import dialog_css
from sfexplorer.api.ui.display import safe_lines, safe_text
from sfexplorer.app.keys import LiveKey

# What goes on from a text is told in a line or two.
_MOST_TOLD = 12


class Question(ModalScreen[bool]):
    """Asks a yes or no question; the answer is True for yes."""

    DEFAULT_CSS = dialog_css("Question")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="dialog.yes", tooltip="Go on"),
        Binding("n,escape", "answer(False)", "No", id="dialog.no", tooltip="Go back"),
    ]

    def __init__(self, question: str, yes: str, no: str) -> None:
        super().__init__()
        self._question, self._yes, self._no = question, yes, no

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Vertical(classes="dialog"):
            yield Static(safe_lines(self._question), markup=False)
            yield Static(f"\ny {self._yes}     Esc {self._no}", classes="hint", markup=False)

    def action_answer(self, answer: bool) -> None:
        """Give the answer and close."""
        self.dismiss(answer)


class Prompt(ModalScreen[str | None]):
    """Asks for a text; `check` says what is wrong with one, or None. The answer is None when it was left.

    The check may ask the org; the text stays until it is good. Tab goes on as far as `complete` is sure of.
    """

    DEFAULT_CSS = dialog_css("Prompt")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="dialog.leave", tooltip="Go back"),
        Binding("tab", "complete", "Complete", id="dialog.complete", tooltip="Go on with what is typed"),
    ]

    def __init__(
        self,
        title: str,
        hint: str,
        check: Check | None = None,
        value: str = "",
        complete: Complete | None = None,
    ) -> None:
        super().__init__()
        self._title, self._hint, self._check, self._value = title, hint, check, value
        self._complete = complete

    def compose(self) -> ComposeResult:
        """The title, the text, and a place for what is wrong with it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            yield Input(self._value, compact=True, select_on_focus=False)
            yield Static("", classes="problem", markup=False)
            yield Static(self._hint, classes="hint", markup=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Tab is taken only where something completes."""
        return action != "complete" or self._complete is not None

    def action_complete(self) -> None:
        """Go on with the text as far as all that fits is alike; the rest is told."""
        run_beside(self, self._go_on, "complete")

    async def _go_on(self) -> None:
        field = self.query_one(Input)
        typed = field.value
        found = await self._complete(typed) if self._complete else ()
        if field.value != typed:
            return  # More was typed meanwhile.
        if found:
            field.value = _alike(found)
            field.cursor_position = len(field.value)
        # Of paths the last part: what stands before it is alike, and stands in the field.
        told = "  ".join(each.rstrip("/").rpartition("/")[2] for each in found[:_MOST_TOLD])
        more = f"  and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
        text = f"{told}{more}" if len(found) > 1 else "" if found else "Nothing goes on from there."
        self.query_one(".problem", Static).update(safe_lines(text))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the text, or say what is wrong with it; the text stays."""
        event.stop()
        run_beside(self, partial(self._try, event.value), "check")

    async def _try(self, text: str) -> None:
        if self._check and (problem := await self._check(text)):
            self.query_one(".problem", Static).update(f"! {safe_lines(problem)}")
        else:
            self.dismiss(text)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def _alike(texts: Sequence[str]) -> str:
    """What all of the texts begin with: the first and the last in order differ the soonest."""
    first, last = min(texts), max(texts)
    differs = (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1])
    return first[: next(differs, min(len(first), len(last)))]


class Choice(ModalScreen[int | None]):
    """A list to choose from; the answer is the place in the list."""

    DEFAULT_CSS = dialog_css("Choice")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="dialog.leave", tooltip="Go back")
    ]

    def __init__(self, title: str, options: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self._title, self._options, self._chosen = title, options, chosen

    def compose(self) -> ComposeResult:
        """The list, the cursor on what is chosen now."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            yield OptionList(*(Option(Text(safe_text(option))) for option in self._options))
            yield Static("Enter chooses     Esc goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        self.query_one(OptionList).highlighted = self._chosen

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        event.stop()
        self.dismiss(event.option_index)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class KeysHelp(ModalScreen[None]):
    """All keys that work now, with what they do."""

    DEFAULT_CSS = (
        dialog_css("KeysHelp")
        + """
    KeysHelp VerticalScroll { height: auto; max-height: 18; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q", "leave", "Back", id="help.leave", tooltip="Go back")
    ]

    def __init__(self, keys: Sequence[LiveKey]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """One line a key."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Keys that work here"
            with VerticalScroll():
                yield Static(self._table())
            yield Static("Esc goes back     Ctrl+P finds any action by name", classes="hint", markup=False)

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 1))
        table.add_column(max_width=18, style="bold")
        table.add_column(max_width=20)
        table.add_column(style="dim")
        for live in self._keys:
            table.add_row(*(Text(safe_text(told)) for told in (live.key, live.title, live.help)))
        return table

    def on_mount(self) -> None:
        """The arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Close the list."""
        self.dismiss(None)
