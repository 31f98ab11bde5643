"""The dialog when somebody else saved the record: three values a field, one to be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui.display import cell_width, fit, safe_text
from sfexplorer_record.dialogs.frame import Rows, rows_css
from sfexplorer_record.differences import Difference

Side = Literal["theirs", "yours"]

EDITED = ("when you opened it", "now in the org", "yours")
UNDONE = ("what you saved", "now in the org", "before that")


class ConflictDialog(ModalScreen[dict[str, Side] | None]):
    """Asks for each contested field whose value it shall have; the answer is None for going back.

    Args:
        fields: The contested fields with three values: when opened, in the org now, yours.
        title: What has happened.
        headings: What the three values are called.
    """

    DEFAULT_CSS = rows_css("ConflictDialog")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h", "choose('theirs')", "Theirs", id="record.theirs", tooltip="Keep what is in the org"
        ),
        Binding("right,l", "choose('yours')", "Yours", id="record.yours", tooltip="Save your value over it"),
        Binding("up,k", "move(-1)", "Up", show=False, id="record.conflict_up", tooltip="The field above"),
        Binding(
            "down,j", "move(1)", "Down", show=False, id="record.conflict_down", tooltip="The field below"
        ),
        Binding("enter", "save", "Save", id="record.conflict_save", tooltip="Save what was chosen"),
        Binding(
            "escape", "leave", "Back", id="record.conflict_leave", tooltip="Go back; your edits are kept"
        ),
    ]

    def __init__(
        self, fields: Sequence[Difference], title: str, headings: tuple[str, str, str] = EDITED
    ) -> None:
        super().__init__()
        self._fields = fields
        self._title, self._headings = title, headings
        self._cursor = 0
        self._chosen: dict[str, Side] = {}

    def compose(self) -> ComposeResult:
        """The table, and the keys below it."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._title))
            with VerticalScroll(classes="rows", can_focus=False):
                yield Rows(self._draw)
            yield Static(
                "Left/Right choose per field   Enter saves the choice   Escape goes back",
                classes="hint",
                markup=False,
            )

    def action_move(self, by: int) -> None:
        """Go to another field."""
        self._cursor = max(0, min(self._cursor + by, len(self._fields) - 1))
        self.query_one(VerticalScroll).scroll_to(y=self._cursor - 6, animate=False)
        self.query_one(Rows).refresh()

    def action_choose(self, side: Side) -> None:
        """Choose a value for the field under the cursor."""
        self._chosen[self._fields[self._cursor].field] = side
        self.query_one(Rows).refresh()

    def action_save(self) -> None:
        """Give the choice; a field without one is asked for first."""
        for index, field in enumerate(self._fields):
            if field.field not in self._chosen:
                self.action_move(index - self._cursor)
                hint = self.query_one(".hint", Static)
                hint.add_class("problem")
                hint.update(
                    f"! {safe_text(field.field)}: Left takes what is in the org, Right the value beside it."
                )
                return
        self.dismiss(self._chosen)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)

    def _draw(self, width: int) -> list[Text]:
        name = min(max(cell_width(field.field) for field in self._fields), max(width // 4, 10))
        each = max((width - name - 5) // 3 - 2, 6)
        head = " " * (name + 4) + "  ".join(fit(heading, each) for heading in self._headings)
        lines = [Text(head, "dim", no_wrap=True)]
        for index, field in enumerate(self._fields):
            here, choice = index == self._cursor, self._chosen.get(field.field)
            line = Text("> " if here else "  ", "bold" if here else "", no_wrap=True)
            line.append(fit(safe_text(field.field), name) + "  ")
            for side, value in zip(("base", "theirs", "yours"), field.values, strict=True):
                line.append(fit(value, each), "reverse" if side == choice else "dim" if choice else "")
                line.append("  ")
            line.append({"theirs": "t", "yours": "y", None: "?"}[choice])
            lines.append(line)
        return lines
