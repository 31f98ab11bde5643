"""The columns of a query's results: made from its tree, in the order of SELECT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sfexplorer.soql.tree import (
    ChildQuery,
    Expression,
    Field,
    FieldsOf,
    Function,
    Literal,
    Node,
    Path,
    Query,
    SelectItem,
    TypeOf,
)

Parts = tuple[str, ...]

_COUNTS = frozenset({"COUNT", "COUNT_DISTINCT"})
_AGGREGATES = _COUNTS | {"SUM", "AVG", "MIN", "MAX", "GROUPING"}
# These give the field's own value in another form, under the field's own name.
_FORMS = frozenset({"TOLABEL", "FORMAT", "CONVERTCURRENCY", "CONVERTTIMEZONE"})
# Their value is of the type of the field that they take.
_SAME_TYPE = frozenset({"SUM", "MIN", "MAX", "CONVERTCURRENCY"})


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column, and where its value stands in a record.

    Attributes:
        title: What the header says: as written in the query.
        path: The keys that lead to the value, from the record.
        field: The field whose describe tells the type; empty where there is none.
        type: The type, where the query itself tells it.
        children: Whether it holds the records of a sub-select.
        is_shared: Whether each record was asked for it; else it is blank, not null, where it did not come.
        is_aggregate: Whether it sums up records.
    """

    title: str
    path: Parts
    field: Parts = ()
    type: str | None = None
    children: bool = False
    is_shared: bool = True
    is_aggregate: bool = False


def is_count(query: Query) -> bool:
    """Whether the query asks for nothing but `COUNT()`, whose answer is the total, without any record."""
    match query.select:
        case (Field(expression=Function(name=name, arguments=())),):
            return name.upper() == "COUNT"
    return False


def is_grouped(query: Query) -> bool:
    """Whether its rows sum up records."""
    return query.group_by is not None or any(map(_is_aggregate, query.select))


def columns_of(query: Query, text: str, first: Mapping[str, Any] | None) -> tuple[ResultColumn, ...]:
    """The columns of a query.

    Args:
        query: The tree.
        text: What the tree was parsed from.
        first: The first record that came, if any: only the org knows what `FIELDS(ALL)` stands for.
    """
    return tuple(_Columns(query, text, first or {}).build())


def child_query(query: Query, column: ResultColumn) -> Query | None:
    """The sub-select whose records stand in a column."""
    for item in query.select:
        if isinstance(item, ChildQuery) and item.query.source.path.parts[-1:] == column.path:
            return item.query
    return None


class _Columns:
    def __init__(self, query: Query, text: str, first: Mapping[str, Any]) -> None:
        self._query = query
        self._text = text
        self._first = first
        self._roots = _roots(query)
        self._grouped = is_grouped(query)
        self._unnamed = 0

    def build(self) -> Iterator[ResultColumn]:
        written = {
            name.lower()
            for item in self._query.select
            if isinstance(item, Field) and isinstance(item.expression, Path)
            for name in self._relative(item.expression)[:1]
        }
        for item in self._query.select:
            if isinstance(item, FieldsOf):
                names = [name for name in self._first if name != "attributes" and name.lower() not in written]
                yield from (ResultColumn(name, (name,), (name,)) for name in names)
            else:
                yield self._column(item)

    def _column(self, item: Field | ChildQuery | TypeOf) -> ResultColumn:
        match item:
            case ChildQuery():
                name = item.query.source.path.parts[-1]
                return ResultColumn(name, (name,), children=True)
            case TypeOf():
                return ResultColumn(item.path.text, self._relative(item.path))
        expression = item.expression
        title = item.alias or self._written(expression)
        match expression:
            case Path():
                path = self._relative(expression)
                key = path[-1:] if self._grouped else path
                return ResultColumn(title, (item.alias,) if item.alias else key, path)
            case Function():
                return self._function(title, item.alias, expression)

    def _function(self, title: str, alias: str | None, function: Function) -> ResultColumn:
        name = function.name.upper()
        argument = _first_path(function)
        field = self._relative(argument) if argument else ()
        if alias:
            key: Parts = (alias,)
        elif name in _FORMS and field and not self._grouped:
            key = field
        else:
            key = (f"expr{self._unnamed}",)
            self._unnamed += 1
        sums_up = name in _AGGREGATES
        if name in _COUNTS:
            return ResultColumn(title, key, type="int", is_aggregate=sums_up)
        if name == "AVG":
            return ResultColumn(title, key, type="double", is_aggregate=sums_up)
        return ResultColumn(title, key, field if name in _SAME_TYPE else (), is_aggregate=sums_up)

    def _relative(self, path: Path) -> Parts:
        """The path from the record, without the alias of FROM that it may begin with."""
        parts = path.parts
        if len(parts) > 1 and (root := self._roots.get(parts[0].lower())) is not None:
            return root + parts[1:]
        return parts

    def _written(self, expression: Expression) -> str:
        written = " ".join(self._text[expression.span.start : expression.span.end].split())
        return written or _spelled(expression)


def _roots(query: Query) -> dict[str, Parts]:
    """What a path may begin with instead of a relationship: each alias, and the object's name."""
    source = query.source
    roots: dict[str, Parts] = {source.path.text.lower(): ()}
    if source.alias:
        roots[source.alias.lower()] = ()
    for further in query.sources[1:]:
        if further.alias:
            start, *rest = further.path.parts
            root = roots.get(start.lower(), (start,))
            roots[further.alias.lower()] = (*root, *rest)
    return roots


def _is_aggregate(item: SelectItem) -> bool:
    match item:
        case Field(expression=Function(name=name)):
            return name.upper() in _AGGREGATES
    return False


def _first_path(function: Function) -> Path | None:
    for argument in function.arguments:
        match argument:
            case Path():
                return argument
            case Function() if found := _first_path(argument):
                return found
    return None


def _spelled(node: Node) -> str:
    match node:
        case Path() | Literal():
            return node.text
        case Function():
            return f"{node.name}({', '.join(map(_spelled, node.arguments))})"
    return ""
