"""What a person changed in the rows of a result and has not saved yet, what was saved, and what failed.

The rows stay as they came from the org; this lies over them, by the Ids of the records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = dict[str, object]


@dataclass(slots=True)
class Edits:
    """The changes of one result.

    Attributes:
        changed: The new values that are not saved, by record and field.
        saved: The values that the org has taken since the rows came.
        failures: Why a record's last save failed.
        deleted: The records that were deleted.
    """

    changed: dict[str, Values] = field(default_factory=dict)
    saved: dict[str, Values] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """How many values are not saved."""
        return sum(map(len, self.changed.values()))

    @property
    def is_empty(self) -> bool:
        """Whether the rows are as they came."""
        return not (self.changed or self.saved or self.failures or self.deleted)

    def over(self, record_id: str) -> Mapping[str, object]:
        """The values that stand in the place of those that came."""
        return {**self.saved.get(record_id, {}), **self.changed.get(record_id, {})}

    def change(self, record_id: str, name: str, value: object, came: object) -> None:
        """Give a field another value; the one that the org has takes the change back.

        Args:
            record_id: The record.
            name: The field.
            value: Its new value.
            came: What the row came with.
        """
        self.failures.pop(record_id, None)
        if value == self.saved.get(record_id, {}).get(name, came):
            self.revert(record_id, name)
        else:
            self.changed.setdefault(record_id, {})[name] = value

    def revert(self, record_id: str, name: str | None = None) -> None:
        """Take back what was changed in a record, in one field or in all."""
        values = self.changed.get(record_id, {})
        if name is not None:
            values.pop(name, None)
        if name is None or not values:
            self.changed.pop(record_id, None)
            self.failures.pop(record_id, None)

    def mark_saved(self, record_id: str, values: Mapping[str, object]) -> None:
        """The org has taken these values; what was changed since stays a change."""
        self.saved.setdefault(record_id, {}).update(values)
        self.failures.pop(record_id, None)
        left = self.changed.get(record_id, {})
        for name, value in values.items():
            if left.get(name) == value:
                left.pop(name, None)
        if not left:
            self.changed.pop(record_id, None)
