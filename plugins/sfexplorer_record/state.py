"""What the record pane shows: a record, its describe, and what is said about its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.api import Formatter
from sfexplorer.api.ui.display import safe_text
from sfexplorer.client import FieldDescribe, SObject, SObjectDescribe
from sfexplorer_record.following import moved

_NOT_TYPED = frozenset({"base64", "address", "location", "complexvalue", "anyType"})


@dataclass(slots=True)
class RecordState:
    """A record in the pane.

    Attributes:
        record: The record with its unsaved edits; it has no Id while the org doesn't have it yet.
        describe: Its object.
        names: The names of the records that its references point to, by Id.
        errors: What the org has said against a field, by API name.
        theirs: Of the fields that somebody else changed while they were edited here, what is in the org now.
        raw: Whether values are shown as the org sends them.
        formatter_for: Tells how the values of a field look; without it they look as everywhere.
    """

    record: SObject
    describe: SObjectDescribe
    names: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, Any] = field(default_factory=dict)
    raw: bool = False
    formatter_for: Callable[[FieldDescribe], Formatter] | None = None
    _formatters: dict[str, Formatter] = field(default_factory=dict)

    def formatter(self, one: FieldDescribe) -> Formatter | None:
        """How the field's values look; asked for once."""
        if self.formatter_for is not None and one.name not in self._formatters:
            self._formatters[one.name] = self.formatter_for(one)
        return self._formatters.get(one.name)

    @property
    def is_new(self) -> bool:
        """Whether the org doesn't have the record yet."""
        return self.record.id is None

    @property
    def name(self) -> str:
        """What a person calls the record, as the org last said; its Id where it has no name."""
        if self.is_new:
            return f"New {safe_text(self.describe.label or self.describe.name)}"
        name_field = self.describe.name_field
        name = self.record.original.get(name_field.name) if name_field else None
        return safe_text(str(name or self.record.id or "?"))

    def is_editable(self, one: FieldDescribe) -> bool:
        """Whether the field can be given a value here: files and compounds have ways of their own."""
        return (one.createable if self.is_new else one.updateable) and one.type not in _NOT_TYPED

    def is_required(self, one: FieldDescribe) -> bool:
        """Whether the field must have a value, and only a person can give it one."""
        given = one.type == "boolean" or one.defaulted_on_create
        return not one.nillable and not given and self.is_editable(one)

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
