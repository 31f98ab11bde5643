"""Queries told at random, about the fields of a few objects and the values that are there.

All choices are made by one function that hypothesis gives, by plain numbers: strategies within strategies
take longer to make than the queries to answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.demo.oracle import DATE_LITERALS, Both, Compare, Condition, Id, Join, Negation, World
from tests.demo.oracle_answers import Children, Count, Groups, Order, Rows

T = TypeVar("T")

# The fields that queries are about, by the path that leads to them, with their types.
PATHS: dict[str, dict[str, str]] = {
    "Account": {
        "Id": "id",
        "Name": "string",
        "Type": "picklist",
        "Industry": "picklist",
        "ParentId": "reference",
        "BillingCity": "string",
        "AnnualRevenue": "currency",
        "NumberOfEmployees": "int",
        "CreatedDate": "datetime",
        "Parent.Name": "string",
        "Parent.Industry": "picklist",
        "Owner.Name": "string",
        "Owner.IsActive": "boolean",
    },
    "Lead": {
        "Id": "id",
        "LastName": "string",
        "Company": "string",
        "Email": "email",
        "Status": "picklist",
        "Rating": "picklist",
        "AnnualRevenue": "currency",
        "IsConverted": "boolean",
        "ConvertedDate": "date",
        "CreatedDate": "datetime",
        "Owner.Name": "string",
    },
    "Opportunity": {
        "Id": "id",
        "Name": "string",
        "AccountId": "reference",
        "StageName": "picklist",
        "Amount": "currency",
        "Probability": "percent",
        "CloseDate": "date",
        "IsClosed": "boolean",
        "Account.Name": "string",
        "Account.Industry": "picklist",
        "Account.AnnualRevenue": "currency",
        "Account.Parent.Name": "string",
    },
}
# Semi-joins as field, inner object and its column; sub-selects as relationship, object and its reference.
JOINS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Account": (("Id", "Opportunity", "AccountId"), ("ParentId", "Opportunity", "AccountId")),
    "Opportunity": (("AccountId", "Account", "Id"), ("AccountId", "Account", "ParentId")),
    "Lead": (),
}
CHILDREN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "Account": (("Opportunities", "Opportunity", "AccountId"), ("ChildAccounts", "Account", "ParentId")),
    "Opportunity": (),
    "Lead": (),
}
NUMBERS = ("int", "currency", "percent")
TEXTS = ("string", "email", "picklist")
EQUAL = ("=", "!=", "IN", "NOT IN")
ORDERED = ("<", "<=", ">", ">=")
# Texts that many rows have in common: an answer has no more than 2,000 groups.
SHARED = ("Account.Parent.Name", "BillingCity", "Owner.Name")
MOST_ROWS = 40


@st.composite
def queries(draw: st.DrawFn, world: World) -> Rows | Groups | Count:
    """Queries of every form."""
    return Teller(draw, world).query()


@dataclass(frozen=True)
class Teller:
    """Tells one query."""

    draw: st.DrawFn
    world: World

    def number(self, least: int, most: int) -> int:
        """Any number."""
        return self.draw(st.integers(least, most))

    def one(self, options: Sequence[T]) -> T:
        """One of some things."""
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[T], most: int) -> tuple[T, ...]:
        """One or more different things."""
        return tuple(dict.fromkeys(self.one(options) for _ in range(self.number(1, most))))

    def chance(self, of: int) -> bool:
        """Something that happens once in so many times."""
        return self.number(1, of) == of

    def query(self) -> Rows | Groups | Count:
        """A query of one of the forms."""
        object = self.one(sorted(PATHS))
        form = self.number(0, 4)
        if form == 0:
            return Count(object, self.where(object))
        if form == 1:
            return self.groups(object)
        children = self.children(object) if CHILDREN[object] and self.chance(3) else None
        paths, where, order = self.paths(object), self.where(object), self.order(object)
        offset = self.number(0, MOST_ROWS) if self.chance(4) else 0
        return Rows(object, paths, where, order, self.number(1, MOST_ROWS), offset, children)

    def paths(self, object: str) -> tuple[str, ...]:
        """Some fields and fields of parents."""
        return self.some(sorted(PATHS[object]), 4)

    def order(self, object: str) -> tuple[Order, ...]:
        """Up to three entries of an ORDER BY."""
        if self.chance(3):
            return ()
        paths = self.some(sorted(PATHS[object]), 3)
        return tuple(Order(path, self.chance(2), self.one(("", "FIRST", "LAST"))) for path in paths)

    def children(self, object: str) -> Children:
        """A sub-select."""
        relationship, child, column = self.one(CHILDREN[object])
        where = self.condition(child, 1) if self.chance(2) else None
        limit = self.number(1, 3) if self.chance(2) else None
        return Children(relationship, child, column, self.paths(child), where, self.order(child), limit)

    def groups(self, object: str) -> Groups:
        """A query that groups."""
        kinds = PATHS[object].items()
        keys = [path for path, kind in kinds if kind in ("picklist", "boolean") or path in SHARED]
        counted = [path for path, kind in kinds if kind != "boolean"]
        summed = [path for path, kind in kinds if kind in NUMBERS]
        compared = [path for path, kind in kinds if kind not in ("boolean", "id", "reference")]
        fits = (
            *((name, counted) for name in ("COUNT", "COUNT_DISTINCT")),
            *((name, summed) for name in ("SUM", "AVG")),
            *((name, compared) for name in ("MIN", "MAX")),
        )
        aggregates = self.some([(name, path) for name, paths in fits for path in paths], 3)
        more_than = self.number(1, 5) if self.chance(2) else None
        return Groups(object, self.some(keys, 2), aggregates, self.where(object), more_than)

    def where(self, object: str) -> Condition | None:
        """A whole WHERE: a condition, or one with a semi-join beside it."""
        form = self.number(0, 7)
        if form == 0:
            return None
        if form > 2 or not JOINS[object]:
            return self.condition(object, 2)
        path, inner, column = self.one(JOINS[object])
        join = Join(path, self.chance(2), inner, column, self.condition(inner, 1))
        return join if form == 1 else Both("AND", (join, self.condition(object, 1)))

    def condition(self, object: str, depth: int) -> Condition:
        """A comparison, a negation, or a group of conditions."""
        form = self.number(0, 4) if depth else 0
        if form == 3:
            return Negation(self.condition(object, depth - 1))
        if form == 4:
            parts = [self.condition(object, depth - 1) for _ in range(self.number(2, 3))]
            return Both(self.one(("AND", "OR")), tuple(parts))
        return self.comparison(object, self.one(sorted(PATHS[object])))

    def comparison(self, object: str, path: str) -> Condition:
        """A comparison of one field, mostly with values that are there."""
        kind = PATHS[object][path]
        operators = [*EQUAL]
        if kind not in ("boolean", "id", "reference"):
            operators += ORDERED
        if kind in TEXTS:
            operators += ["LIKE", "LIKE"]
        operator = self.one(operators)
        if operator == "LIKE":
            return Compare(path, operator, self.pattern(object, path))
        if operator.endswith("IN"):
            values = tuple(self.value(object, path) for _ in range(self.number(1, 4)))
            return Compare(path, operator, values)
        if kind in ("date", "datetime") and self.chance(2):
            return Compare(path, operator, self.one(DATE_LITERALS))
        return Compare(path, operator, self.value(object, path))

    def value(self, object: str, path: str) -> Any:
        """A value of a field as it is in some row, or one that is near to it; or none."""
        found = self.one(self.world.rows[object])[path]
        if found is None or self.chance(8):
            return None
        match PATHS[object][path]:
            case "id" | "reference":
                return Id(found[:15]) if self.chance(2) else found
            case "boolean":
                return found
            case "date" | "datetime":
                return later(found)
            case kind if kind in NUMBERS:
                return found + self.number(0, 1)
        return self.one((found, found, found.upper(), found.lower(), found.swapcase(), ""))

    def pattern(self, object: str, path: str) -> tuple[str, ...]:
        """A pattern of LIKE that is cut from a text that is there."""
        text = self.value(object, path) or "x_%"
        start = self.number(0, 4)
        part = text[start : start + self.number(1, 20)] or "a"
        any_run, any_one = "%", "_"
        return self.one(
            (
                (any_run, part, any_run),
                (part, any_run),
                (any_run, part),
                (any_one, part, any_run),
                (part[:1], any_one, any_run),
                (text,),
            )
        )


def later(moment: date) -> date:
    """A day or a moment a little later, on a whole second."""
    if isinstance(moment, datetime):
        return moment.replace(microsecond=0) + timedelta(hours=7)
    return moment + timedelta(days=1)
