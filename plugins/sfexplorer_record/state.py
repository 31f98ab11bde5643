"""What the record pane shows: a record, its describe, and what is said about its fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sfexplorer.api.ui.display import cell_width, display_value, safe_text
from sfexplorer.client import FieldDescribe, SObject, SObjectDescribe
from sfexplorer_record.following import moved

View = Literal["all", "filled", "changed"]

VIEWS: tuple[View, ...] = ("all", "filled", "changed")

CHOICE_TYPES = frozenset({"picklist", "multipicklist", "combobox"})

_NOT_TYPED = frozenset({"base64", "address", "location", "complexvalue", "anyType"})

# A line never shows more; a text of 131,072 characters would be made safe at each repaint.
_SHOWN_CHARACTERS = 400


@dataclass(slots=True)
class RecordState:
    """A record in the pane.

    Attributes:
        record: The record with its unsaved edits.
        describe: Its object.
        names: The names of the records that its references point to, by Id.
        errors: What the org has said against a field, by API name.
        theirs: Of the fields that somebody else changed while they were edited here, what is in the org now.
    """

    record: SObject
    describe: SObjectDescribe
    names: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a person calls the record, as the org last said; its Id where it has no name."""
        name_field = self.describe.name_field
        name = self.record.original.get(name_field.name) if name_field else None
        return safe_text(str(name or self.record.id or "?"))

    def follow(self, said: Mapping[str, Any], editing: str = "") -> list[str]:
        """Take what the org says now, but of no field that is edited here and was changed by others too.

        Those keep the value they began with, and the record its stamp: a save compares the fields only where
        the stamp has moved, and then it asks whose value is to stay.

        Args:
            said: All fields as the org has them.
            editing: The field whose editor is open.

        Returns:
            The fields of which this is news.
        """
        edited = {*self.record.changes, editing}
        theirs = {name: said[name] for name in said if name in edited and moved(self, name, said[name])}
        news = [name for name in theirs if name not in self.theirs or self.theirs[name] != theirs[name]]
        self.theirs = theirs
        kept = {*theirs, "SystemModstamp"} if theirs else set()
        self.record.take_over({name: value for name, value in said.items() if name not in kept})
        return news

    def put(self, name: str, value: object) -> None:
        """Give the field a value."""
        edited_before = self.record.is_changed(name)
        self.record[name] = value
        if name in self.theirs and edited_before and not self.record.is_changed(name):
            # What was there at first, put over what somebody else made of it: a change of what is there now.
            self.record.take_over({name: self.theirs.pop(name)})
            self.record[name] = value
        self.let_go()

    def revert(self, name: str | None = None) -> None:
        """Take back the change of a field, or all changes."""
        self.record.revert(name)
        self.let_go()

    def let_go(self) -> None:
        """Follow the org in the fields that are not edited any more."""
        for name in [name for name in self.theirs if not self.record.is_changed(name)]:
            self.record.take_over({name: self.theirs.pop(name)})

    def notice(self, one: FieldDescribe) -> str:
        """What is to be said of the field below it; "" for nothing."""
        if one.name in self.errors:
            return safe_text(self.errors[one.name])
        if one.name in self.theirs:
            now = self.shown(one, self.theirs[one.name], _SHOWN_CHARACTERS)
            return f"Someone else changed it too; in the org now: {now}"
        return ""

    def visible(self, words: str, view: View) -> list[FieldDescribe]:
        """The fields whose name or label has each of the words, in the org's order."""
        wanted = words.lower().split()
        return [
            one
            for one in self.describe.fields
            if self._is_in(one, view) and all(word in f"{one.name} {one.label}".lower() for word in wanted)
        ]

    def best_of(self, fields: Sequence[FieldDescribe], words: str) -> FieldDescribe | None:
        """The one of `fields` that is most likely meant by the words: its name, or how its name begins."""
        wanted = words.strip().lower()

        def rank(one: FieldDescribe) -> int:
            names = (one.name.lower(), one.label.lower())
            return 0 if wanted in names else 1 if any(name.startswith(wanted) for name in names) else 2

        return min(fields, key=rank, default=None) if wanted else None

    def _is_in(self, one: FieldDescribe, view: View) -> bool:
        if view == "changed":
            return self.record.is_changed(one.name) or bool(self.notice(one))
        return (
            view == "all" or self.record.get(one.name) not in (None, "") or self.record.is_changed(one.name)
        )

    def value_text(self, one: FieldDescribe, width: int) -> str:
        """The field's value in one safe line; a reference by its name, with the Id as far as it has room."""
        return self.shown(one, self.record.get(one.name), width)

    def shown(self, one: FieldDescribe, value: object, width: int) -> str:
        """`value` as the field shows it."""
        if isinstance(value, str):
            name = self.names.get(value) if one.type == "reference" else None
            if name:
                full = f"{safe_text(name)} ({safe_text(value)})"
                return full if cell_width(full) <= width else f"{safe_text(name)} ({safe_text(value[:5])}…)"
            if len(lines := value.split("\n", 1)) > 1 and one.type != "multipicklist":
                return f"{safe_text(lines[0][:_SHOWN_CHARACTERS].rstrip(chr(13)))} ⏎ …"
            if one.type in CHOICE_TYPES:
                return safe_text(choice_text(one, value))
            value = value[:_SHOWN_CHARACTERS]
        return safe_text(display_value(value, one.type))

    def sign(self, one: FieldDescribe, width: int) -> str:
        """What stands at the right end of the field's line: what was there, or what can be done."""
        value = self.record.get(one.name)
        if self.record.is_changed(one.name):
            return f"was: {self.shown(one, self.record.original.get(one.name), width)}"
        reference = is_reference(one, value)
        if not is_editable(one):
            return "read only  Enter >" if reference else "read only"
        if reference:
            return "Enter >"
        if one.type in CHOICE_TYPES:
            count = sum(1 for choice in one.picklist_values if choice.active)
            return f"{count:,} values  v"
        if isinstance(value, str) and (breaks := value.count("\n")):
            return f"{breaks + 1:,} lines  >"
        return ""


def is_editable(one: FieldDescribe) -> bool:
    """Whether the field can be given a value here: files and compounds have ways of their own."""
    return one.updateable and one.type not in _NOT_TYPED


def is_reference(one: FieldDescribe, value: object) -> bool:
    """Whether the field points to a record that can be opened."""
    return one.type == "reference" and isinstance(value, str) and bool(value)


def choice_text(one: FieldDescribe, value: str) -> str:
    """The labels of the picklist values in `value`; an unknown one stands for itself."""
    if not value:
        return '""'
    labels = {choice.value: choice.label or choice.value for choice in one.picklist_values}
    parts: Sequence[str] = value.split(";") if one.type == "multipicklist" else (value,)
    return "; ".join(labels.get(part, part) for part in parts)


def describe_line(one: FieldDescribe) -> str:
    """The field in one line: label, type and limits, rules, help."""
    parts = [safe_text(one.label or one.name), _type_text(one)]
    if not one.nillable and is_editable(one) and one.type != "boolean":
        parts.append("required")
    if one.unique:
        parts.append("unique")
    if one.calculated:
        parts.append("calculated")
    if one.inline_help_text:
        parts.append(safe_text(one.inline_help_text))
    return "  ·  ".join(parts)


def _type_text(one: FieldDescribe) -> str:
    kind = safe_text(one.type)
    if one.type in ("double", "currency", "percent") and one.precision:
        return f"{kind} {one.precision},{one.scale}"
    if one.type == "reference":
        targets = ", ".join(one.reference_to[:3]) + (" …" if len(one.reference_to) > 3 else "")
        return f"{kind} to {safe_text(targets)}"
    if one.length and one.type not in ("id", "boolean"):
        return f"{kind} {one.length:,}"
    return kind
