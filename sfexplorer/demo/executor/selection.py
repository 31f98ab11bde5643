"""SELECT as columns and a shape: fields, parents, FIELDS(), functions that keep the row, TYPEOF."""

from __future__ import annotations

from itertools import count

from sfexplorer.demo.errors import Refusal, malformed_query, refusal
from sfexplorer.demo.executor.allfields import check_fields, expanded
from sfexplorer.demo.executor.functions import operand
from sfexplorer.demo.executor.operands import is_date_function, paths
from sfexplorer.demo.executor.problems import malformed, no_such_column, no_such_relationship
from sfexplorer.demo.executor.pseudoname import NAME_FIELDS, name_column
from sfexplorer.demo.executor.scope import Column, Hop, Scope
from sfexplorer.demo.executor.shape import (
    BlobLeaf,
    CompoundLeaf,
    Entry,
    Leaf,
    Shape,
    Variants,
    told,
    value_column,
    value_entry,
)
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.demo.fieldtypes import SObjectType
from sfexplorer.demo.storage import quoted
from sfexplorer.soql.tree import Field, FieldsOf, Function, Path, Query, TypeOf, When

# The first version whose queries know TYPEOF.
OLDEST_TYPEOF = 46


class Selection:
    """The columns that a query needs, and the shape that they take; the first column is the record's id."""

    def __init__(self, scope: Scope, columns: list[Sql] | None = None, id_sql: str | None = None) -> None:
        """Begin with nothing; `columns` and `id_sql` are there for a record within a row of another one."""
        self._scope = scope
        self._unnamed = count()
        self.columns: list[Sql] = [] if columns is None else columns
        self.shape = Shape(scope.type, self._position(Sql(id_sql or f'{scope.alias}."Id"')))

    def add(self, item: Field | FieldsOf | TypeOf, query: Query) -> None:
        """Take in one item of the SELECT list.

        Raises:
            Refusal: When it names what isn't there, or something twice.
        """
        match item:
            case FieldsOf():
                check_fields(self._scope, item, query)
                for field in expanded(self._scope.type, item.scope):
                    self.add_column(self._scope.column(Path((field.name,), span=item.span)))
            case TypeOf():
                self._add_variants(item)
            case Field(expression=Path() as path, alias=alias):
                if alias:
                    raise malformed_query("only aggregate expressions use field aliasing")
                self.add_column(self._scope.column(path))
            case Field(expression=Function() as call, alias=alias):
                self._add_function(call, alias)

    def add_column(self, column: Column) -> None:
        """Take in a field, in the record or in one of its parents."""
        shape = self._shape_of(column.hops)
        owner = column.hops[-1].type if column.hops else self._scope.type
        if column.field.name in shape.entries:
            raise twice(column.field.name)
        shape.entries[column.field.name] = self._entry(column, owner)

    def _entry(self, column: Column, owner: SObjectType | None) -> Entry:
        field = column.field
        if not field.stored and owner is not None:
            parts = owner.parts(field.name)
            return CompoundLeaf(
                field,
                owner,
                {
                    part.name: self._position(Sql(f"{column.table}.{quoted(part.name)}"))
                    for part in parts
                    if part.stored
                },
            )
        if field.type == "base64" and owner is not None:
            there = f'CASE WHEN {column.sql} IS NOT NULL THEN {column.table}."Id" END'
            return BlobLeaf(field, owner, self._position(Sql(there)))
        return Leaf(field, self._position(told(field, Sql(column.sql))))

    def _position(self, column: Sql) -> int:
        if column in self.columns:
            return self.columns.index(column)
        self.columns.append(column)
        return len(self.columns) - 1

    def _shape_of(self, hops: tuple[Hop, ...]) -> Shape:
        shape = self.shape
        for hop in hops:
            found = shape.entries.get(hop.name)
            if found is not None and not isinstance(found, Shape):
                raise twice(hop.name)
            if found is None:
                found = Shape(hop.type, self._position(Sql(hop.id_sql)), hop.targets)
                shape.entries[hop.name] = found
            shape = found
        return shape

    def _add_function(self, call: Function, alias: str | None) -> None:
        if is_date_function(call):
            name = next(paths(call)).text
            raise malformed_query(f"Field must be grouped or aggregated: {name}")
        value = operand(self._scope, call)
        if value.aggregate:
            raise malformed(self._scope.text, call.span.start, f"unexpected token: '{call.name}'")
        shape = self.shape
        if alias is None and value.column is not None:
            shape = self._shape_of(value.column.hops)
        key = alias or (value.field.name if value.column else f"expr{next(self._unnamed)}")
        if key.lower() in {name.lower() for name in shape.entries}:
            raise malformed_query(f"duplicate alias: {key}") if alias else twice(key)
        shape.entries[key] = value_entry(value, self._position(value_column(value)), self._scope.context)

    def _add_variants(self, item: TypeOf) -> None:
        scope = self._scope
        if scope.context.version < OLDEST_TYPEOF:
            raise malformed(scope.text, item.span.start, "unexpected token: 'TYPEOF'")
        *before, last = scope.hops(item.path)
        if last.type is not None:
            raise no_such_relationship(scope.text, item.path.span.start, item.path.text)
        shape = self._shape_of(tuple(before))
        if last.name in shape.entries:
            raise twice(last.name)
        position = self._position(Sql(last.id_sql))
        branches = dict(self._variant(branch, last) for branch in item.branches)
        otherwise = self._otherwise(item, last, position) if item.otherwise else None
        shape.entries[last.name] = Variants(position, branches, otherwise)

    def _variant(self, branch: When, hop: Hop) -> tuple[str, Shape]:
        target = self._scope.context.schema.get(branch.object)
        if target is None or target not in hop.targets:
            raise no_such_relationship(self._scope.text, branch.span.start, branch.object)
        scope = self._scope.branch(target, hop.id_sql)
        inner = Selection(scope, self.columns, hop.id_sql)
        for path in branch.fields:
            inner.add_column(scope.column(path))
        return target.key_prefix or "", inner.shape

    def _otherwise(self, item: TypeOf, hop: Hop, position: int) -> Shape:
        shape = Shape(None, position, hop.targets)
        for path in item.otherwise:
            field = NAME_FIELDS.get(path.text.lower())
            if field is None:
                raise no_such_column(self._scope.text, path.span.start, path.text, "Name")
            column = Sql(name_column(field, hop.targets, hop.id_sql))
            shape.entries[field.name] = Leaf(field, self._position(told(field, column)))
        return shape


def twice(name: str) -> Refusal:
    """Something that is selected for the second time."""
    return refusal(400, "INVALID_FIELD", f"duplicate field selected: {name}")
