"""SELECT as columns and a shape: fields, parents, FIELDS(), functions that keep the row, TYPEOF."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.functions import is_date_function, operand
from sfexplorer.demo.executor.problems import malformed, no_such_column, no_such_relationship
from sfexplorer.demo.executor.pseudoname import NAME_FIELDS, name_column
from sfexplorer.demo.executor.scope import Column, Hop, Scope
from sfexplorer.demo.executor.shape import BlobLeaf, CompoundLeaf, Entry, Leaf, Shape, Variants, told
from sfexplorer.demo.executor.sql import Sql
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import quoted
from sfexplorer.soql.tree import Comparison, Field, FieldsOf, Function, Path, Query, TypeOf, ValueList, When

MOST_UNBOUNDED = 200


class Selection:
    """The columns that a query needs, and the shape that they take; the first column is the record's id."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.columns: list[Sql] = []
        self.shape = Shape(scope.type, self._position(Sql(f'{scope.alias}."Id"')))

    def add(self, item: Field | FieldsOf | TypeOf, query: Query) -> None:
        """Take in one item of the SELECT list.

        Raises:
            Refusal: When it names what isn't there, or something twice.
        """
        match item:
            case FieldsOf():
                _check_bounded(item, query)
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
            raise refusal(400, "INVALID_FIELD", f"duplicate field selected: {column.field.name}")
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
        return self._leaf(field, Sql(column.sql))

    def _position(self, column: Sql) -> int:
        if column in self.columns:
            return self.columns.index(column)
        self.columns.append(column)
        return len(self.columns) - 1

    def _shape_of(self, hops: tuple[Hop, ...]) -> Shape:
        shape = self.shape
        for hop in hops:
            found = shape.entries.get(hop.name)
            if not isinstance(found, Shape):
                found = Shape(hop.type, self._position(Sql(hop.id_sql)), hop.targets)
                shape.entries[hop.name] = found
            shape = found
        return shape

    def _add_function(self, call: Function, alias: str | None) -> None:
        if is_date_function(call):
            inner = call.arguments[0] if call.arguments else None
            name = inner.text if isinstance(inner, Path) else call.name
            raise malformed_query(f"Field must be grouped or aggregated: {name}")
        value = operand(self._scope, call)
        if value.column is None:
            raise malformed(self._scope.text, call.span.start, f"unexpected token: '{call.name}'")
        shape = self.shape if alias else self._shape_of(value.column.hops)
        key = alias or value.field.name
        if key in shape.entries:
            raise refusal(400, "INVALID_FIELD", f"duplicate field selected: {key}")
        shape.entries[key] = self._leaf(value.field, value.sql)

    def _leaf(self, field: FieldType, value: Sql) -> Leaf:
        return Leaf(field, self._position(told(field, value)))

    def _add_variants(self, item: TypeOf) -> None:
        scope = self._scope
        at = item.span.start
        path = item.path
        reference = scope.type.reference(path.parts[-1])
        if reference is None or len(reference.reference_to) < 2:
            raise no_such_relationship(scope.text, path.span.start or at, path.text)
        key = reference.relationship_name or path.text
        if key in self.shape.entries:
            raise refusal(400, "INVALID_FIELD", f"duplicate field selected: {key}")
        id_sql = f"{scope.alias}.{quoted(reference.name)}"
        position = self._position(Sql(id_sql))
        targets = tuple(found for name in reference.reference_to if (found := scope.context.schema.get(name)))
        branches = dict(self._variant(branch, targets, id_sql, position) for branch in item.branches)
        otherwise = self._otherwise(item, targets, id_sql, position) if item.otherwise else None
        self.shape.entries[key] = Variants(position, branches, otherwise)

    def _variant(
        self, branch: When, targets: tuple[SObjectType, ...], id_sql: str, position: int
    ) -> tuple[str, Shape]:
        target = self._scope.context.schema.get(branch.object)
        if target is None or target not in targets:
            raise no_such_relationship(self._scope.text, branch.span.start, branch.object)
        shape = Shape(target, position)
        for path in branch.fields:
            field = target.field(path.text)
            if field is None or not field.stored or field.type == "base64":
                raise no_such_column(self._scope.text, path.span.start, path.text, target.name)
            table = quoted(target.name)
            value = f'(SELECT {quoted(field.name)} FROM {table} WHERE "Id" = {id_sql})'  # noqa: S608
            shape.entries[field.name] = self._leaf(field, Sql(value))
        return target.key_prefix or "", shape

    def _otherwise(self, item: TypeOf, targets: tuple[SObjectType, ...], id_sql: str, position: int) -> Shape:
        shape = Shape(None, position, targets)
        for path in item.otherwise:
            field = NAME_FIELDS.get(path.text.lower())
            if field is None:
                raise no_such_column(self._scope.text, path.span.start, path.text, "Name")
            shape.entries[field.name] = self._leaf(field, Sql(name_column(field, targets, id_sql)))
        return shape


def expanded(type: SObjectType, scope: str) -> Iterator[FieldType]:
    """The fields that FIELDS(ALL), FIELDS(STANDARD) or FIELDS(CUSTOM) stands for, in describe order."""
    found = [field for field in type.fields if scope == "ALL" or field.custom == (scope == "CUSTOM")]
    if not found:
        message = "'FIELDS(...)' expansion function must result in at least one field being selected."
        raise malformed_query(message)
    yield from found


def _check_bounded(item: FieldsOf, query: Query) -> None:
    """FIELDS(ALL) and FIELDS(CUSTOM) need a LIMIT, or a list of ids."""
    if item.scope == "STANDARD" or (query.limit is not None and query.limit <= MOST_UNBOUNDED):
        return
    condition = query.where
    if isinstance(condition, Comparison) and condition.left == Path(("Id",)):
        listed = condition.right
        if condition.operator == "=" or (
            isinstance(listed, ValueList) and len(listed.values) <= MOST_UNBOUNDED
        ):
            return
    raise malformed_query(f"The SOQL FIELDS function must have a LIMIT of at most {MOST_UNBOUNDED}")
