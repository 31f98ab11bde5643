"""What names mean in a query: paths to columns, with the joins that lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sfexplorer.demo.errors import Refusal, malformed_query
from sfexplorer.demo.executor.context import Context
from sfexplorer.demo.executor.problems import malformed, no_such_column, no_such_relationship, no_such_type
from sfexplorer.demo.executor.pseudoname import NAME_FIELDS, name_column, name_reference
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.demo.storage import quoted
from sfexplorer.soql.tree import Expression, Function, Literal, Path, Query, Source

# SQLite joins 64 tables at most, Salesforce 55 relationships.
MOST_JOINS = 55
MOST_HOPS = 5

# An expression in a form that is equal for equal meanings.
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """A relationship in describe case, and what stands at its end; no type where it is polymorphic."""

    name: str
    alias: str
    type: SObjectType | None
    id_sql: str
    targets: tuple[SObjectType, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A field that a path leads to, and the SQL of its value."""

    field: FieldType
    sql: str
    hops: tuple[Hop, ...] = ()
    table: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The path in describe case."""
        return (*(hop.name for hop in self.hops), self.field.name)


@dataclass(slots=True)
class Scope:
    """The names of one SELECT: its sObject, its aliases, and the joins that its paths have needed so far.

    `blank` holds the grouped expressions that are null in a level of subtotals.
    """

    context: Context
    type: SObjectType
    alias: str
    aliases: Iterator[int]
    blank: frozenset[Key] = frozenset()
    _prefixes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _hops: dict[tuple[str, ...], Hop] = field(default_factory=dict)
    _joins: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The query as it was written."""
        return self.context.text

    @property
    def source(self) -> str:
        """The table and its joins, for a FROM."""
        return " ".join([f"{quoted(self.type.name)} AS {self.alias}", *self._joins])

    @property
    def joins(self) -> str:
        """The joins alone."""
        return " ".join(self._joins)

    def inner(self, type: SObjectType, source: Source) -> Scope:
        """The scope of a query within this one."""
        return _scope(self.context, type, (source,), self.aliases)

    def branch(self, type: SObjectType, id_sql: str) -> Scope:
        """The scope of a record that is joined by its id, for a branch of TYPEOF."""
        return Scope(self.context, type, self._join(type, id_sql), self.aliases, _joins=self._joins)

    def without_prefix(self, path: Path) -> tuple[str, ...]:
        """The parts of a path from the sObject on, without the alias that it may start with."""
        parts = path.parts
        prefix = self._prefixes.get(parts[0].lower()) if len(parts) > 1 else None
        return parts if prefix is None else (*prefix, *parts[1:])

    def hops(self, path: Path) -> tuple[Hop, ...]:
        """The relationships that a path leads over, all its parts being such.

        Raises:
            Refusal: `INVALID_FIELD` when one is not known.
        """
        return self._walk(path, self.without_prefix(path))

    def column(self, path: Path) -> Column:
        """The column that a path means.

        Raises:
            Refusal: `INVALID_FIELD` when it means none.
        """
        parts = self.without_prefix(path)
        hops = self._walk(path, parts[:-1])
        name = parts[-1]
        if not hops:
            return self._field(path, self.type, self.alias, name, ())
        last = hops[-1]
        if last.type is not None:
            return self._field(path, last.type, last.alias, name, hops)
        known = NAME_FIELDS.get(name.lower())
        if known is None:
            raise no_such_column(self.text, path.span.start, name, "Name")
        return Column(known, name_column(known, last.targets, last.id_sql), hops)

    def _field(
        self,
        path: Path,
        type: SObjectType,
        alias: str,
        name: str,
        hops: tuple[Hop, ...],
    ) -> Column:
        found = type.field(name)
        if found is None:
            raise no_such_column(self.text, path.span.start, name, type.name)
        return Column(found, f"{alias}.{quoted(found.name)}", hops, alias)

    def _walk(self, path: Path, names: tuple[str, ...]) -> tuple[Hop, ...]:
        hops: list[Hop] = []
        for depth in range(len(names)):
            key = tuple(name.lower() for name in names[: depth + 1])
            if key not in self._hops:
                if depth >= MOST_HOPS or len(self._joins) >= MOST_JOINS:
                    raise no_such_relationship(self.text, path.span.start, names[depth])
                self._hops[key] = self._hop(path, hops, names[depth])
            hops.append(self._hops[key])
        return tuple(hops)

    def _hop(self, path: Path, before: list[Hop], name: str) -> Hop:
        value, reference = self._reference(before, name)
        targets = (
            tuple(found for each in reference.reference_to if (found := self.context.schema.get(each)))
            if reference
            else ()
        )
        if reference is None or not targets:
            raise no_such_relationship(self.text, path.span.start, name)
        shown = reference.relationship_name or name
        if reference.name_pointing or len(reference.reference_to) > 1:
            return Hop(shown, "", None, value, targets)
        joined = self._join(targets[0], value)
        return Hop(shown, joined, targets[0], f'{joined}."Id"')

    def _reference(self, before: list[Hop], name: str) -> tuple[str, FieldType | None]:
        """The SQL and field of the reference that a relationship stands for."""
        last = before[-1] if before else None
        if last is not None and last.type is None:
            known = name_reference(name)
            return (name_column(known, last.targets, last.id_sql) if known else "", known)
        start, alias = (self.type, self.alias) if last is None else (last.type or self.type, last.alias)
        reference = start.reference(name)
        return (f"{alias}.{quoted(reference.name)}" if reference else "", reference)

    def _join(self, type: SObjectType, id_sql: str) -> str:
        alias = f"t{next(self.aliases)}"
        self._joins.append(f'LEFT JOIN {quoted(type.name)} AS {alias} ON {alias}."Id" = {id_sql}')
        return alias

    def note_prefixes(self, sources: tuple[Source, ...]) -> None:
        """Make known the names by which paths may start: sObject, alias, and further entries of FROM."""
        first = sources[0]
        self._prefixes[first.path.parts[-1].lower()] = ()
        if first.alias:
            self._prefixes[first.alias.lower()] = ()
        for each in sources[1:]:
            start = self._prefixes.get(each.path.parts[0].lower())
            if start is None:
                raise _second_driving_type(self.text, each, first)
            led = (*start, *each.path.parts[1:])
            self._walk(each.path, led)
            name = each.alias or each.path.parts[-1]
            if each.alias and name.lower() in self._prefixes:
                raise malformed_query(f"duplicate alias: {name}")
            self._prefixes[name.lower()] = led


def _second_driving_type(text: str, source: Source, first: Source) -> Refusal:
    message = (
        "A driving SObject type has already been set, all other entity types in the FROM clause must be "
        f"relationships to the initial object.  The driving object is {first.path.text}"
    )
    return malformed(text, source.path.span.start, message)


def query_scope(context: Context, query: Query) -> Scope:
    """The scope of a whole query.

    Raises:
        Refusal: `INVALID_TYPE` when its sObject is not there.
    """
    source = query.source
    found = context.schema.get(source.path.text)
    if found is None or not found.flags["queryable"]:
        raise no_such_type(context.text, source.path.span.start, source.path.text)
    return _scope(context, found, query.sources, count())


def type_scope(context: Context, type: SObjectType) -> Scope:
    """The scope of reading an sObject without a query."""
    return _scope(context, type, (Source(Path((type.name,))),), count())


def _scope(
    context: Context,
    type: SObjectType,
    sources: tuple[Source, ...],
    aliases: Iterator[int],
) -> Scope:
    scope = Scope(context, type, f"t{next(aliases)}", aliases)
    scope.note_prefixes(sources)
    return scope


def comparable(scope: Scope, expression: Expression | Literal) -> Key:
    """An expression without what does not count: the case of names, and the alias that a path starts with."""
    match expression:
        case Path():
            return tuple(part.lower() for part in scope.without_prefix(expression))
        case Function(name=name, arguments=arguments):
            return (name.upper(), *(comparable(scope, each) for each in arguments))
        case Literal(text=text):
            return (text,)
