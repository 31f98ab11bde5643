"""The keys of the record pane. Those that are told in the line below come first, the most useful first."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _key(keys: str, action: str, title: str, tooltip: str, name: str = "", *, show: bool = False) -> Binding:
    return Binding(keys, action, title, show=show, id=f"record.{name or action}", tooltip=tooltip)


BINDINGS: list[BindingType] = [
    # First where it is of use: at 60 columns the line below has room for one key.
    _key("ctrl+s", "save_changes", "Save", "Show what changed, and save it", "save", show=True),
    _key("e", "edit", "Edit", "Edit the field in its place", show=True),
    _key("ctrl+s", "save", "Save", "Show what changed, and save it"),
    _key("z", "revert", "Revert", "Take back the change of this field", show=True),
    _key("enter", "enter", "Open", "Open the record it points to, or edit", show=True),
    _key("slash", "filter", "Filter", "Show the fields with some letters", show=True),
    _key("o", "more", "More", "All that can be done with the record", show=True),
    _key("f", "view", "View", "All fields, filled, changed, required ones"),
    _key("s", "order", "Sort", "In the org's order, that of the page, or A-Z"),
    _key("v", "raw", "Raw values", "Values as the org sends them, or as people read them"),
    _key("t", "related", "Related", "The lists of records that point here"),
    _key("h", "history", "History", "What was changed from here, and take it back"),
    _key("n", "new", "New", "A new record of this sObject"),
    _key("c", "clone", "Clone", "A new record with the values of this one"),
    _key("D", "delete", "Delete", "Delete the record; asks first"),
    _key("escape", "all", "All", "Show all fields again"),
    _key("Z", "revert_all", "Revert all", "Take back all changes"),
    _key("N", "set_null", "Set null", "Empty the field"),
    _key("E", "set_empty", "Set empty", 'Put the empty text ("") into the field'),
    _key("r", "reload", "Refresh", "Ask the org; edits stay", "refresh"),
    _key("y", "copy", "Copy", "Copy the value, the Id, the record, …"),
    _key("Y", "copy_id", "Copy Id", "Copy the record's Id"),
]

OWN_ACTIONS = frozenset(binding.action for binding in BINDINGS if isinstance(binding, Binding))
