"""The frozen tree of a SOQL query.

Positions are offsets into the text and take no part in equality, so that two layouts of one query are equal
trees. Names and literals keep their spelling; keywords, operators and date literals are told in upper case.

    Query
      select    Field(expression, alias) | ChildQuery(query) | TypeOf(...) | FieldsOf(scope)
      source    Source(path, alias) and further relations of it
      where     And | Or | Not | Comparison(left, operator, right)
      ...
    expression  Path(parts) | Function(name, arguments)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import NamedTuple


class Span(NamedTuple):
    """Where a node stands in the text: offsets of its first character and behind its last.

    A tuple, because each node has one, and a frozen dataclass takes four times as long to make.
    """

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every part of the tree has."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A field or relationship, with the relationships that lead to it: `Account.Owner.Name`."""

    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The path as written in a query."""
        return ".".join(self.parts)


LiteralKind = OneOf[
    "string", "number", "currency", "boolean", "null", "date", "datetime", "time", "date literal", "bind"
]


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant as it was spelled, a string with its quotes: `'O\\'Hara'`, `10.5`, `LAST_N_DAYS:7`."""

    kind: LiteralKind
    text: str


@dataclass(frozen=True, slots=True)
class Function(Node):
    """A function call: `COUNT(Id)`, `DAY_ONLY(convertTimezone(CreatedDate))`; `COUNT()` has no arguments."""

    name: str
    arguments: tuple[Path | Function | Literal, ...]

    def __eq__(self, other: object) -> bool:
        """Function names are keywords: their case does not count."""
        if not isinstance(other, Function):
            return NotImplemented
        return self.name.upper() == other.name.upper() and self.arguments == other.arguments

    def __hash__(self) -> int:
        return hash((self.name.upper(), self.arguments))


Expression = Path | Function


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A selected field or function."""

    expression: Expression
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class ChildQuery(Node):
    """A sub-select over a child relationship: `(SELECT Id FROM Contacts)`."""

    query: Query


@dataclass(frozen=True, slots=True)
class When(Node):
    """One branch of a TYPEOF: the sObject and the fields it gives."""

    object: str
    fields: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class TypeOf(Node):
    """`TYPEOF What WHEN Account THEN Phone ELSE Name END`."""

    path: Path
    branches: tuple[When, ...]
    otherwise: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldsOf(Node):
    """`FIELDS(ALL)`, `FIELDS(STANDARD)` or `FIELDS(CUSTOM)`."""

    scope: str


SelectItem = Field | ChildQuery | TypeOf | FieldsOf


@dataclass(frozen=True, slots=True)
class Source(Node):
    """An entry of FROM: an sObject, or a relationship of an earlier entry, with its alias."""

    path: Path
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class ValueList(Node):
    """`('a', 'b')` behind IN, NOT IN, INCLUDES or EXCLUDES."""

    values: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class SemiJoin(Node):
    """`(SELECT AccountId FROM Contact)` behind IN or NOT IN."""

    query: Query


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`left operator right`.

    The operator is one of `=`, `!=`, `<`, `<=`, `>`, `>=`, `LIKE`, `IN`, `NOT IN`, `INCLUDES`, `EXCLUDES`
    (`<>` is told as `!=`).
    """

    left: Expression
    operator: str
    right: Literal | ValueList | SemiJoin


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`NOT condition`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class And(Node):
    """Two or more conditions that must all hold."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Two or more conditions of which one must hold."""

    conditions: tuple[Condition, ...]


Condition = Comparison | Not | And | Or


@dataclass(frozen=True, slots=True)
class GroupBy(Node):
    """`GROUP BY a, b`, `GROUP BY ROLLUP(a)` or `GROUP BY CUBE(a)`."""

    expressions: tuple[Expression, ...]
    form: OneOf["", "ROLLUP", "CUBE"] = ""


@dataclass(frozen=True, slots=True)
class OrderBy(Node):
    """One entry of ORDER BY; `nulls` is empty where the query does not say."""

    expression: Expression
    descending: bool = False
    nulls: OneOf["", "FIRST", "LAST"] = ""


@dataclass(frozen=True, slots=True)
class WithMode(Node):
    """`WITH SECURITY_ENFORCED`, `WITH USER_MODE` or `WITH SYSTEM_MODE`."""

    mode: str


@dataclass(frozen=True, slots=True)
class CategoryFilter(Node):
    """`Geography__c ABOVE_OR_BELOW (usa__c, uk__c)`."""

    group: str
    selector: OneOf["AT", "ABOVE", "BELOW", "ABOVE_OR_BELOW"]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithCategories(Node):
    """`WITH DATA CATEGORY`, all of whose filters must hold."""

    filters: tuple[CategoryFilter, ...]


@dataclass(frozen=True, slots=True)
class Setting(Node):
    """`name = value` of a WITH or of SET OPTIONS."""

    name: str
    value: Literal


@dataclass(frozen=True, slots=True)
class WithSettings(Node):
    """`WITH RecordVisibilityContext (a = 1, b = 2)`; for `WITH UserId = 'x'` the context is empty."""

    context: str
    settings: tuple[Setting, ...]


With = WithMode | WithCategories | WithSettings


@dataclass(frozen=True, slots=True)
class Query(Node):
    """A whole SELECT statement, also that of a sub-select or semi-join.

    `limit_bind` and `offset_bind` hold the variable of `LIMIT :size`, which only Apex knows the value of.
    """

    select: tuple[SelectItem, ...]
    sources: tuple[Source, ...]
    scope: str | None = None
    where: Condition | None = None
    group_by: GroupBy | None = None
    having: Condition | None = None
    order_by: tuple[OrderBy, ...] = ()
    limit: int | None = None
    offset: int | None = None
    with_clause: With | None = None
    limit_bind: Literal | None = None
    offset_bind: Literal | None = None
    for_clauses: tuple[OneOf["VIEW", "REFERENCE", "UPDATE"], ...] = ()
    updates: tuple[OneOf["TRACKING", "VIEWSTAT"], ...] = ()
    all_rows: bool = False
    options: tuple[Setting, ...] = ()

    @property
    def source(self) -> Source:
        """The driving sObject, or the child relationship of a sub-select."""
        return self.sources[0]
