"""Sees to it that what schema files name is there: fields, sObjects, relationships, and SQL that runs.

Only for files of a user's own; a test does it for the bundled ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.objects import Schema
from sfexplorer.demo.rules.conditions import rule_problem
from sfexplorer.demo.tables import table_problem

Finding = tuple[str, str]


def check_schema(schema: Schema) -> None:
    """Refuse a schema in which something leads nowhere.

    Raises:
        ValueError: With the first finding; the text names file and key.
    """
    for each in schema:
        for key, reason in _findings(schema, each):
            file = schema.sources.of(each.name, key) if schema.sources else each.name
            raise ValueError(f"{file}: {key}: {reason}")


def _findings(schema: Schema, type: SObjectType) -> Iterator[Finding]:
    for field in type.fields:
        for reason in _field_findings(schema, type, field):
            yield field.name, reason
    for rule in type.rules:
        if rule.field is not None and type.field(rule.field) is None:
            yield f"rules: {rule.name}", f"there is no field {rule.field}"
        problem = rule_problem(Context(schema), type, rule)
        if problem is not None:
            yield f"rules: {rule.name}", f"when: {problem}"
    for duplicate_rule in type.duplicate_rules:
        for name in duplicate_rule.match:
            if type.field(name) is None:
                yield f"duplicateRules: {duplicate_rule.name}", f"there is no field {name}"
    for record_type in type.record_types:
        for name in record_type.defaults:
            if type.field(name) is None:
                yield f"recordTypes: {record_type.developer_name}", f"there is no field {name}"
    yield from _sql_findings(type)


def _field_findings(schema: Schema, type: SObjectType, field: FieldType) -> Iterator[str]:
    for target in field.reference_to:
        if target not in schema:
            yield f"points to {target}, which has no file"
        elif schema[target].name != target:
            yield f"points to {target}, which is written {schema[target].name}"
    for key, name in (("controller", field.controller), ("stampedBy", field.stamped_by)):
        if name is not None and type.field(name) is None:
            yield f"{key}: there is no field {name}"
    if field.default_from is not None and type.field(field.default_from.field) is None:
        yield f"defaultFrom: there is no field {field.default_from.field}"
    for copy in field.copies:
        reference = type.field(copy.reference)
        targets = [schema[each] for each in reference.reference_to if each in schema] if reference else []
        if not any(each.field(copy.field) for each in targets):
            yield f"copies: {copy.reference}.{copy.field} leads nowhere"
    if field.roll_up is not None:
        relation = type.child(field.roll_up.relationship)
        child = schema[relation.child] if relation is not None else None
        if child is None or (field.roll_up.field is not None and child.field(field.roll_up.field) is None):
            yield f"rollUp: {field.roll_up.relationship} is no child relationship with such a field"


def _sql_findings(type: SObjectType) -> Iterator[Finding]:
    """Computed fields whose expression SQLite does not take."""
    computed = [each for each in type.fields if each.computed]
    problem = table_problem(type, type.stored_fields)
    if problem is None:
        return
    plain = [each for each in type.stored_fields if not each.computed]
    for field in computed:
        if (reason := table_problem(type, [*plain, field])) is not None:
            yield field.name, f"sql: {reason}"
            return
    yield "fields", f"no table can be made of them: {problem}"
