"""The keys of the record pane, as data: which, what they say, what they do, and when they work.

Those that the line below tells come first, the most useful first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

if TYPE_CHECKING:
    from sfexplorer_record.pane import RecordPane


def _is_free(pane: RecordPane) -> bool:
    return pane.view.is_free


def _is_saved(pane: RecordPane) -> bool:
    return pane.view.is_free and pane.state is not None and not pane.state.is_new


@dataclass(frozen=True, slots=True)
class RecordKey:
    """A key of the record pane.

    Attributes:
        name: What its action is called, and its id behind `record.`, by which it can be given another key.
        keys: The keys, as Textual names them.
        title: What the list of keys calls it.
        tooltip: A sentence more.
        run: What it does; a coroutine is waited for before the next key.
        shown: Whether the line below tells it.
        works: Whether it does anything now.
        id: Its id where another key does the same.
    """

    name: str
    keys: str
    title: str
    tooltip: str
    run: Callable[[RecordPane], object]
    shown: bool = False
    works: Callable[[RecordPane], bool] = _is_free
    id: str = ""

    @property
    def binding(self) -> Binding:
        """The key as Textual wants it."""
        id = f"record.{self.id or self.name}"
        action = f"do({self.name!r})"
        return Binding(self.keys, action, self.title, show=self.shown, id=id, tooltip=self.tooltip)


KEYS = (
    # First where it is of use: at 60 columns the line below has room for one key.
    RecordKey(
        "save_changes",
        "ctrl+s",
        "Save",
        "Show what changed, and save it",
        lambda pane: pane.saving.review(),
        shown=True,
        works=lambda pane: _is_free(pane) and pane.unsaved > 0,
        id="save",
    ),
    RecordKey(
        "edit", "e", "Edit", "Edit the field in its place", lambda pane: pane.changing.edit(), shown=True
    ),
    RecordKey("save", "ctrl+s", "Save", "Show what changed, and save it", lambda pane: pane.saving.review()),
    RecordKey(
        "revert",
        "z",
        "Revert",
        "Take back the change of this field",
        lambda pane: pane.changing.revert(),
        shown=True,
    ),
    RecordKey(
        "enter",
        "enter",
        "Open",
        "Open the record it points to, or edit",
        lambda pane: pane.changing.enter(),
        shown=True,
    ),
    RecordKey(
        "filter",
        "slash",
        "Filter",
        "Show the fields with some letters",
        lambda pane: pane.view.ask_filter(),
        shown=True,
    ),
    RecordKey(
        "more", "o", "More", "All that can be done with the record", lambda pane: pane.ask_more(), shown=True
    ),
    RecordKey(
        "view", "f", "View", "All fields, filled, changed, required ones", lambda pane: pane.view.next_view()
    ),
    RecordKey("order", "s", "Sort", "In the org's order, the page's, or A-Z", lambda pane: pane.next_order()),
    RecordKey(
        "raw", "R", "Raw values", "As the org sends them, or as people read", lambda pane: pane.toggle_raw()
    ),
    RecordKey("value", "v", "Value", "Show the whole value of the field", lambda pane: pane.view_value()),
    RecordKey(
        "related",
        "t",
        "Related",
        "The lists of records that point here",
        lambda pane: pane.relating.open(),
        works=_is_saved,
    ),
    RecordKey(
        "history",
        "h",
        "History",
        "What was changed from here, to take it back",
        lambda pane: pane.history.show(),
        works=_is_saved,
    ),
    RecordKey("new", "a", "New", "A new record of this sObject", lambda pane: pane.making.new()),
    RecordKey(
        "clone",
        "c",
        "Clone",
        "A new record with the values of this one",
        lambda pane: pane.making.clone(),
        works=_is_saved,
    ),
    RecordKey(
        "delete",
        "D",
        "Delete",
        "Delete the record; asks first",
        lambda pane: pane.making.delete(),
        works=_is_saved,
    ),
    RecordKey(
        "all",
        "escape",
        "All",
        "Show all fields again",
        lambda pane: pane.view.show_all(),
        # The shell's, which goes back, when all are shown.
        works=lambda pane: _is_free(pane) and pane.view.is_narrowed,
    ),
    RecordKey(
        "revert_all", "Z", "Revert all", "Take back all changes", lambda pane: pane.changing.revert_all()
    ),
    RecordKey("set_null", "0,delete", "Set null", "Empty the field", lambda pane: pane.changing.set_null()),
    RecordKey(
        "set_empty",
        "E",
        "Set empty",
        'Put the empty text ("") into the field',
        lambda pane: pane.changing.set_empty(),
    ),
    RecordKey(
        "reload",
        "r",
        "Refresh",
        "Ask the org; edits stay",
        lambda pane: pane.work(pane.reload),
        works=lambda pane: pane.view.desk.editor is None,
        id="refresh",
    ),
    RecordKey("copy", "y", "Copy", "Copy the value, the Id, the record, …", lambda pane: pane.ask_copy()),
    RecordKey(
        "copy_id", "Y", "Copy Id", "Copy the record's Id", lambda pane: pane.copy_id(), works=_is_saved
    ),
)

BY_NAME = {key.name: key for key in KEYS}

BINDINGS: list[BindingType] = [key.binding for key in KEYS]
