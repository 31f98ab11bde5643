"""Everything the org says about one field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sfexplorer.api.ui import dialog_css, fit, safe_text
from sfexplorer.client import FieldDescribe
from sfexplorer_objects.field_rows import flags, length


class FieldDetail(ModalScreen[None]):
    """Label, type, choices, references, formula, default and help of a field."""

    DEFAULT_CSS = (
        dialog_css("FieldDetail")
        + """
    FieldDetail VerticalScroll { height: auto; max-height: 18; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Back", id="field.leave", tooltip="Go back"),
        Binding("y", "copy", "Copy", id="field.copy", tooltip="Copy the API name"),
    ]

    def __init__(self, field: FieldDescribe) -> None:
        super().__init__()
        self._field = field

    def compose(self) -> ComposeResult:
        """One line a fact, one line a picklist value."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(safe_text(self._field.name))
            with VerticalScroll():
                text = Text()
                for name, value in _facts(self._field):
                    text.append(fit(name, 16), "dim")
                    text.append(f" {safe_text(value)}\n")
                text.rstrip()
                yield Static(text)
            yield Static("y Copy the API name     Esc goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """The arrows scroll at once."""
        self.query_one(VerticalScroll).focus()

    def action_leave(self) -> None:
        """Close the facts."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Copy the field's API name."""
        self.app.copy_to_clipboard(self._field.name)
        self.notify(f"Copied {self._field.name}", markup=False)


def _facts(field: FieldDescribe) -> Iterator[tuple[str, str]]:
    yield "Label", field.label
    yield "Type", field.type
    if size := length(field):
        yield "Length", size
    if words := flags(field):
        yield "Flags", ", ".join(words)
    if field.reference_to:
        yield "Refers to", ", ".join(field.reference_to)
    if field.relationship_name:
        yield "Relationship", field.relationship_name
    if field.compound_field_name:
        yield "Part of", field.compound_field_name
    uses = (("filter", field.filterable), ("sort", field.sortable), ("group", field.groupable))
    yield "In queries", ", ".join(word for word, possible in uses if possible) or "only selected"
    if field.controller_name:
        yield "Depends on", field.controller_name
    writes = (("on create", field.createable), ("on update", field.updateable))
    yield "Can be set", ", ".join(word for word, possible in writes if possible) or "by the org only"
    if field.default_value is not None:
        yield "Default", str(field.default_value)
    if field.default_value_formula:
        yield "Default", field.default_value_formula
    if field.calculated_formula:
        yield "Formula", field.calculated_formula
    if field.inline_help_text:
        yield "Help", field.inline_help_text
    for number, choice in enumerate(field.picklist_values):
        label = f"  ({choice.label})" if choice.label and choice.label != choice.value else ""
        state = ("" if choice.active else "  inactive") + ("  default" if choice.default_value else "")
        yield "" if number else "Values", f"{choice.value}{label}{state}"
