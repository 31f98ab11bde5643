"""The records that a search finds: row numbers out of the index, records by the SOQL executor."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from sfexplorer.demo.errors import Refusal, refusal
from sfexplorer.demo.executor.conditions import where
from sfexplorer.demo.executor.context import Context, at_home
from sfexplorer.demo.executor.ordering import order_by
from sfexplorer.demo.executor.pages import Pager
from sfexplorer.demo.executor.plan import Plan, row_plan
from sfexplorer.demo.executor.scope import query_scope
from sfexplorer.demo.executor.shape import Leaf
from sfexplorer.demo.executor.sql import Sql, template
from sfexplorer.demo.fieldtypes import FieldType
from sfexplorer.demo.ids import canonical
from sfexplorer.demo.search.asked import Asked, Sought
from sfexplorer.demo.search.index import INDEX, places
from sfexplorer.demo.search.marks import add_snippets, highlight
from sfexplorer.demo.search.problems import as_search, too_short
from sfexplorer.demo.search.terms import Matching, TooShort, TooWide, matching

MOST_RECORDS = 2000
# Records of an sObject, where nothing in the search bounds or orders them.
MOST_BY_ITSELF = 250
_COLUMNS = {
    "ALL": "",
    "NAME": "{name} : ",
    "EMAIL": "{email} : ",
    "PHONE": "{phone} : ",
    "SIDEBAR": "{name email phone short} : ",
}
_IN_PRICEBOOK = (
    'EXISTS (SELECT 1 FROM "PricebookEntry" AS entry WHERE entry."Product2Id" = {}."Id" '
    'AND entry."Pricebook2Id" = ? AND entry."IsDeleted" = 0)'
)
_RECENT = '{}."Id" IN (SELECT value FROM json_each(?))'


@dataclass(frozen=True, slots=True)
class Bounds:
    """What bounds a search of one sObject beside its query.

    Attributes:
        columns: the columns of the index, as FTS5 writes them before an expression.
        most: how many records may come.
        conditions: SQL with a place for the table's alias, each with the value of its question mark.
    """

    columns: str
    most: int
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of an sObject that a search found, best first or as it orders them."""

    plan: Plan
    numbers: Sequence[int]


def search(pager: Pager, context: Context, asked: Asked, recent: Sequence[str] = ()) -> dict[str, Any]:
    """The answer to a search, in the form of version 37.0 and later.

    Args:
        pager: reads the records.
        context: what conditions are read in.
        asked: the search.
        recent: the ids of the records that the user has seen lately.

    Raises:
        Refusal: When it can't be answered.
    """
    connection, context = pager.connection, at_home(pager.connection, context)
    try:
        match = matching(connection, asked.term) if asked.term else None
        found = [
            _found(connection, context, each, match, _bounds(asked, each, recent)) for each in asked.sought
        ]
    except TooShort as word:
        raise too_short(str(word)) from None
    except TooWide:
        raise refusal(400, "QUERY_TOO_COMPLICATED", "Search is too complicated") from None
    except Refusal as refused:
        raise as_search(refused) from None
    limit = MOST_RECORDS if asked.limit is None else asked.limit
    shares = shared(limit, [len(each.numbers) for each in found])
    records: list[dict[str, Any]] = []
    for each, share in zip(found, shares, strict=True):
        numbers = each.numbers[:share]
        own = pager.records(each.plan, numbers) if numbers else []
        if match and asked.highlight:
            highlight(own, _leaves(each.plan), match)
        if match and asked.snippet:
            add_snippets(connection, each.plan.type, numbers, own, match, asked.snippet)
        records += own
    answer: dict[str, Any] = {"searchRecords": records}
    if asked.labels:
        # The name of the first member is spelled as in Salesforce's own examples.
        answer["metadata"] = {"entityetadata": [_labels(each.plan) for each in found]}
    return answer


def shared(limit: int, counts: Sequence[int]) -> list[int]:
    """How many records of each sObject come: the same of each, and of some more where others have fewer."""
    left = min(limit, MOST_RECORDS)
    shares = [0] * len(counts)
    open_places = [place for place, count in enumerate(counts) if count]
    while left and open_places:
        each = max(1, left // len(open_places))
        for place in open_places:
            more = min(each, counts[place] - shares[place], left)
            shares[place] += more
            left -= more
        open_places = [place for place in open_places if shares[place] < counts[place]]
    return shares


def _found(
    connection: sqlite3.Connection,
    context: Context,
    sought: Sought,
    match: Matching | None,
    bounds: Bounds,
) -> Found:
    """The rows of one sObject; the query is looked through even where no row can be found."""
    query = sought.query
    scope = query_scope(replace(context, text=sought.text), query)
    plan = row_plan(scope, query, 1)
    condition, order = where(scope, query), order_by(scope, query.order_by)
    if match is None or not bounds.most:
        return Found(plan, ())
    for text, value in bounds.conditions:
        condition = template("{} AND {}", condition, Sql(text.format(scope.alias), (value,)))
    ranked = "" if query.order_by else "found.place, "
    find = template(
        f"SELECT {scope.alias}.rowid FROM (SELECT rowid - ? AS number, rank AS place FROM {INDEX} "  # noqa: S608
        f"WHERE {INDEX} MATCH ? AND rowid BETWEEN ? AND ?) AS found CROSS JOIN {scope.source} "
        f"WHERE {scope.alias}.rowid = found.number AND {{}} ORDER BY {ranked}{{}} LIMIT ? OFFSET ?",
        condition,
        order,
    )
    first, last = places(context.schema, sought.type)
    within = (first, f"{bounds.columns}{match.expression}", first, last)
    rows = connection.execute(find.text, (*within, *find.params, bounds.most, query.offset or 0))
    return Found(plan, list(chain.from_iterable(rows)))


def _bounds(asked: Asked, sought: Sought, recent: Sequence[str]) -> Bounds:
    conditions = []
    if asked.pricebook is not None and sought.type.name == "Product2":
        conditions.append((_IN_PRICEBOOK, canonical(asked.pricebook) or asked.pricebook))
    if sought.recent:
        conditions.append((_RECENT, json.dumps(list(recent))))
    return Bounds(_COLUMNS[asked.scope], _most(asked, sought), tuple(conditions))


def _most(asked: Asked, sought: Sought) -> int:
    """How many records of an sObject may come at all."""
    if sought.query.limit is not None:
        return min(sought.query.limit, MOST_RECORDS)
    if asked.limit is not None:
        return min(asked.limit, MOST_RECORDS)
    if len(asked.sought) > 1:
        return min(MOST_RECORDS // len(asked.sought), MOST_BY_ITSELF)
    return MOST_RECORDS if sought.query.where or sought.query.order_by else MOST_BY_ITSELF


def _leaves(plan: Plan) -> dict[str, FieldType]:
    """The record's own fields, by their keys."""
    return {key: entry.field for key, entry in plan.shape.entries.items() if isinstance(entry, Leaf)}


def _labels(plan: Plan) -> dict[str, Any]:
    fields = _leaves(plan).values()
    return {
        "entityName": plan.type.name,
        "fieldMetadata": [{"name": field.name, "label": field.label} for field in fields],
    }
