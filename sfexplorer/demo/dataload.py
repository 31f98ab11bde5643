"""Adds a user's own records to an org: by the rules, with ids made where none are given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sfexplorer.demo.datafiles import DataError, GivenRow
from sfexplorer.demo.errors import Refusal
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.sqlfunctions import teach
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.rules.conditions import rule_faults
from sfexplorer.demo.rules.fields import named_fields, required_faults, value_faults
from sfexplorer.demo.rules.following import following_values
from sfexplorer.demo.rules.recordtypes import record_type_faults, with_record_type
from sfexplorer.demo.rules.references import duplicate_faults, reference_faults
from sfexplorer.demo.rules.rollups import roll_up_parents
from sfexplorer.demo.rules.stamps import audit_values
from sfexplorer.demo.storage import Store, Stored, from_json, quoted
from sfexplorer.demo.users import first_user


@dataclass(slots=True)
class Load:
    """The records that are being added, by what they can be found by before they are in the store."""

    store: Store
    user_id: str
    ids: set[str] = field(default_factory=set)
    known: dict[tuple[str, str], dict[str, list[str]]] = field(default_factory=dict)
    rows: list[tuple[str, GivenRow]] = field(default_factory=list)


def load_rows(store: Store, rows: list[GivenRow]) -> None:
    """Add records that may refer to each other and to those that are there.

    Raises:
        DataError: For the first that is not valid; then none is added.
    """
    load = Load(store, first_user(store).id)
    with store.reading() as connection:
        teach(connection)
    with store.transaction():
        for row in rows:
            load.rows.append((_noted(load, row), row))
        # Parents first, so that what is copied from them is there.
        ranks = _ranks({row.type.name: row.type for row in rows})
        ordered = sorted(load.rows, key=lambda each: ranks[each[1].type.name])
        made = [_add(load, *each) for each in ordered]
        context = Context(store.schema, deleted=True)
        for (record_id, row), values in zip(ordered, made, strict=True):
            roll_up_parents(store, row.type, (values,), load.user_id)
            _refuse(row, rule_faults(store, context, row.type, record_id))


def _noted(load: Load, row: GivenRow) -> str:
    """The id of a record: the one given, or a new one."""
    given = row.values.get("Id")
    if given is None:
        record_id = load.store.new_id(row.type)
        load.ids.add(record_id)
        return record_id
    found = canonical(given) if isinstance(given, str) else None
    if found is None or found[:3] != row.type.key_prefix:
        raise DataError(f"{row.place}: Id: {given} is no id of a {row.type.name}, {row.type.key_prefix}...")
    if found in load.ids or load.store.exists(row.type, found):
        raise DataError(f"{row.place}: Id: {given} is there already")
    load.ids.add(found)
    return found


def _ranks(types: dict[str, SObjectType]) -> dict[str, int]:
    """An order in which, as far as there is one, sObjects come behind those that they refer to."""
    seen: set[str] = set()
    order: list[str] = []

    def place(type: SObjectType) -> None:
        if type.name in seen:
            return
        seen.add(type.name)
        for each in type.fields:
            for target in each.reference_to:
                if target in types:
                    place(types[target])
        order.append(type.name)

    for each in types.values():
        place(each)
    return {name: rank for rank, name in enumerate(order)}


def _add(load: Load, record_id: str, row: GivenRow) -> dict[str, Stored]:
    store, type = load.store, row.type
    values = with_record_type(store, type, {**_owner(load, type), **_stored(load, row), "Id": record_id})
    values |= following_values(store, type, values, None)
    _refuse(row, required_faults(type, values, creating=True))
    _refuse(row, value_faults(type, values))
    given = {name: value for name, value in values.items() if str(value) not in load.ids}
    _refuse(row, reference_faults(store, type, given))
    _refuse(row, record_type_faults(store, type, values))
    _refuse(row, duplicate_faults(store, type, values, record_id))
    store.create(type, {**audit_values(type, load.user_id, None), **values})
    return values


def _owner(load: Load, type: SObjectType) -> dict[str, Stored]:
    return {"OwnerId": load.user_id} if type.field("OwnerId") is not None else {}


def _refuse(row: GivenRow, faults: Iterator[Any] | list[Any]) -> None:
    for fault in faults:
        raise DataError(f"{row.place}: {fault.message}")


def _stored(load: Load, row: GivenRow) -> dict[str, Stored]:
    """The values as they are stored; a column like `Account.Name` becomes `AccountId`."""
    values: dict[str, Stored] = {}
    plain: dict[str, Any] = {}
    for name, value in row.values.items():
        path, _, key = name.partition(".")
        if isinstance(value, dict) and name.lower() != "attributes":
            key, value = next(
                ((each, given) for each, given in value.items() if each != "attributes"), ("", None)
            )
        if key:
            reference, record_id = _parent(load, row, path, key, value)
            values[reference] = record_id
        else:
            plain[name] = value
    for name, value in _named(row, plain).items():
        described = row.type.field(name)
        if described is None or described.computed:
            raise DataError(f"{row.place}: {name}: this field is computed")
        values[name] = _value(row, described, value)
    return values


def _named(row: GivenRow, values: dict[str, Any]) -> dict[str, Any]:
    try:
        return named_fields(row.type, values)
    except Refusal as refused:
        raise DataError(f"{row.place}: {refused}") from None


def _value(row: GivenRow, described: FieldType, value: Any) -> Stored:
    try:
        return from_json(described, value)
    except ValueError as error:
        raise DataError(f"{row.place}: {described.name}: {error}") from None


def _parent(load: Load, row: GivenRow, relationship: str, key: str, value: Any) -> tuple[str, str]:
    """The reference field of a relationship, and the id of the parent that has a value in a field."""
    reference = row.type.reference(relationship)
    targets = [load.store.schema[each] for each in reference.reference_to] if reference is not None else []
    found: list[str] = []
    for target in targets:
        described = target.field(key)
        if described is not None and _tells_apart(described):
            found += _with_value(load, target, described, _value(row, described, value))
    if reference is None or not any((each := target.field(key)) and _tells_apart(each) for target in targets):
        raise DataError(f"{row.place}: {relationship}.{key} is no field that tells parents apart")
    if len(found) != 1:
        number = "no record" if not found else "more than one record"
        raise DataError(f"{row.place}: {relationship}.{key}: {number} has {value!r}")
    return reference.name, found[0]


def _tells_apart(described: FieldType) -> bool:
    return described.external_id or described.id_lookup or described.name_field or described.unique


def _with_value(load: Load, type: SObjectType, described: FieldType, value: Stored) -> list[str]:
    live = 'AND "IsDeleted" = 0' if type.field("IsDeleted") else ""
    query = f'SELECT "Id" FROM {quoted(type.name)} WHERE {quoted(described.name)} = ? {live} LIMIT 2'  # noqa: S608
    there = [str(each[0]) for each in load.store.select(query, (value,))]
    waiting = _waiting(load, type, described).get(str(value).lower(), [])
    return [*there, *(each for each in waiting if each not in there)]


def _waiting(load: Load, type: SObjectType, described: FieldType) -> dict[str, list[str]]:
    """The ids of the files' records of an sObject by their values in a field."""
    key = type.name, described.name
    if key not in load.known:
        load.known[key] = {}
        for record_id, row in load.rows:
            if row.type is type:
                given = {name.lower(): value for name, value in row.values.items()}
                value = given.get(described.name.lower())
                load.known[key].setdefault(str(value).lower(), []).append(record_id)
    return load.known[key]
