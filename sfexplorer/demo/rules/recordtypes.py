"""Record types: which a record may have, the one that it gets, and the defaults that go with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sfexplorer.demo.errors import Fault
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.storage import Store, Stored
from sfexplorer.demo.tables import as_column

MASTER = "012000000000000AAA"
_FIELD = "RecordTypeId"


def with_record_type(store: Store, type: SObjectType, values: Mapping[str, Stored]) -> dict[str, Stored]:
    """The values of a new record, with its record type and what follows from it."""
    if type.field(_FIELD) is None or not type.record_types:
        return dict(values)
    record_type = values.get(_FIELD) or _default(store, type)
    names = {
        row[0]
        for row in store.select('SELECT "DeveloperName" FROM "RecordType" WHERE "Id" = ?', (record_type,))
    }
    chosen = next((each for each in type.record_types if each.developer_name in names), None)
    defaults = {name: as_column(value) for name, value in chosen.defaults.items()} if chosen else {}
    return {
        **defaults,
        _FIELD: record_type,
        **{name: value for name, value in values.items() if name != _FIELD},
    }


def without_master(values: Mapping[str, Stored]) -> dict[str, Stored]:
    """The values, in which the master record type is none."""
    return {name: None if name == _FIELD and value == MASTER else value for name, value in values.items()}


def record_type_faults(store: Store, type: SObjectType, values: Mapping[str, Stored]) -> Iterator[Fault]:
    """What is wrong with the record type of a record: it is not one of its sObject."""
    record_type = values.get(_FIELD)
    # An id of something else is refused with the other references.
    if record_type is None or not str(record_type).startswith(MASTER[:3]) or type.field(_FIELD) is None:
        return
    query = 'SELECT 1 FROM "RecordType" WHERE "Id" = ? AND "SobjectType" = ? AND "IsActive" = 1'
    if not store.select(query, (record_type, type.name)):
        message = f"Record Type ID: this ID value isn't valid for the user: {record_type!s}"
        yield Fault("INVALID_CROSS_REFERENCE_KEY", message, (_FIELD,))


def _default(store: Store, type: SObjectType) -> Stored:
    developer_name = next((each.developer_name for each in type.record_types if each.default), None)
    query = 'SELECT "Id" FROM "RecordType" WHERE "SobjectType" = ? AND "DeveloperName" = ? AND "IsActive" = 1'
    rows = store.select(query, (type.name, developer_name))
    return rows[0][0] if rows else None
