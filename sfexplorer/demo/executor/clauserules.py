"""Rules about a query's clauses: what they must not exceed, and what must not stand together."""

from __future__ import annotations

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.problems import malformed, no_such_children
from sfexplorer.demo.executor.scope import Scope
from sfexplorer.soql.tree import ChildQuery, Query, TypeOf, WithCategories

LARGEST_OFFSET = 2000
MOST_CHILD_QUERIES = 20
MOST_CATEGORIES = 3
# Levels of a query, its root included; from which version on there may be more than two.
MOST_LEVELS, FEW_LEVELS = 5, 2
DEEP_VERSION = 58


def check_clauses(scope: Scope, query: Query) -> None:
    """Rules that hold for a whole query and for each of its sub-selects.

    Raises:
        Refusal: When one is broken.
    """
    if query.limit_bind is not None or query.offset_bind is not None:
        raise malformed_query("Bind variables only allowed in Apex code")
    if (query.offset or 0) > LARGEST_OFFSET:
        message = f"Maximum SOQL offset allowed is {LARGEST_OFFSET}"
        raise refusal(400, "NUMBER_OUTSIDE_VALID_RANGE", message)
    if "UPDATE" in query.for_clauses and query.order_by:
        message = "ORDER BY is not allowed with FOR UPDATE"
        raise malformed(scope.text, query.order_by[0].span.start, message)
    if query.group_by is not None:
        for item in query.select:
            if isinstance(item, TypeOf):
                raise malformed(scope.text, item.span.start, "TYPEOF is not allowed with GROUP BY")
    if isinstance(query.with_clause, WithCategories):
        _check_categories(scope, query.with_clause)


def _check_categories(scope: Scope, clause: WithCategories) -> None:
    """Category filters are sound or not; no sObject of the org has categories in either case."""
    groups: set[str] = set()
    for number, each in enumerate(clause.filters):
        if each.group.lower() in groups:
            message = f"duplicate data category group: {each.group}"
            raise malformed(scope.text, each.span.start, message)
        if number >= MOST_CATEGORIES:
            message = f"Maximum {MOST_CATEGORIES} data category groups are allowed"
            raise malformed(scope.text, each.span.start, message)
        groups.add(each.group.lower())
    message = f"Data category filters are not supported for entity '{scope.type.name}'"
    raise malformed(scope.text, clause.span.start, message)


def check_child(parent: Scope, around: Query, query: Query, level: int) -> None:
    """Rules of a sub-select over children.

    Args:
        parent: the names of the query around it.
        around: that query.
        query: the sub-select.
        level: how many queries are around it, and itself.

    Raises:
        Refusal: When one is broken.
    """
    most = MOST_LEVELS if parent.context.version >= DEEP_VERSION else FEW_LEVELS
    if level > most:
        away = most - 1
        raise malformed_query(
            f"SOQL statements cannot query aggregate relationships more than {away} "
            f"level{'s' if away > 1 else ''} away from the root entity object"
        )
    if query.offset is not None and around.limit != 1:
        message = "OFFSET in a sub-select is only allowed if the parent query has LIMIT 1"
        raise malformed(parent.text, query.span.start, message)
    if len(query.sources) > 1:
        path = query.sources[1].path
        raise no_such_children(parent.text, path.span.start, path.text)


def check_child_count(query: Query) -> None:
    """A query has so many sub-selects and no more.

    Raises:
        Refusal: When there are more.
    """
    if sum(isinstance(item, ChildQuery) for item in query.select) > MOST_CHILD_QUERIES:
        raise malformed_query(f"Maximum number of child queries is {MOST_CHILD_QUERIES}")
