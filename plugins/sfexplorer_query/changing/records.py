"""The rows of a result as records that can be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sfexplorer.api import Change
from sfexplorer.client import SObject
from sfexplorer_query.rows import ResultRows


@dataclass(frozen=True, slots=True)
class Changed:
    """A record with values that are not saved.

    Attributes:
        id: Its Id.
        record: The record, the new values in it.
        values: The new values, by the names in the query.
        changes: What they change.
    """

    id: str
    record: SObject
    values: Mapping[str, object]
    changes: Mapping[str, Change]

    @property
    def told(self) -> str:
        """What is changed, in a line."""
        name = self.record.get("Name")
        changes = ", ".join(
            f"{each} {_shown(it.before)} -> {_shown(it.after)}" for each, it in self.changes.items()
        )
        return f"{name if isinstance(name, str) else self.id}: {changes}"


def changed_records(rows: ResultRows) -> list[Changed]:
    """The records that have values which are not saved, in the order of their rows."""
    return list(_changed(rows))


def _changed(rows: ResultRows) -> Iterator[Changed]:
    left = dict(rows.edits.changed)
    for row in range(rows.row_count):
        if not left:
            return
        record_id = rows.id_of(row)
        if record_id is None or (values := left.pop(record_id, None)) is None:
            continue
        record = record_of(rows, row)
        before = {name: record.get(name) for name in values}
        record.update(values)
        changes = {name: Change(before[name], value) for name, value in values.items()}
        yield Changed(record_id, record, dict(values), changes)


def record_of(rows: ResultRows, row: int) -> SObject:
    """The record of a row as the org has it, as far as is known."""
    record = SObject.from_json(rows.record(row))
    if (record_id := rows.id_of(row)) is not None:
        record.take_over({"Id": record_id, **rows.edits.saved.get(record_id, {})})
    return record


def records_of(rows: ResultRows, places: Sequence[int]) -> list[SObject]:
    """The records of some rows, without those that have none, or were deleted."""
    return [
        record_of(rows, row)
        for row in places
        if (record_id := rows.id_of(row)) is not None and record_id not in rows.edits.deleted
    ]


def _shown(value: object) -> str:
    return "∅" if value is None else '""' if value == "" else str(value)
