"""A query as it is asked: its tree, and the names that it may use."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from sfexplorer.demo.executor.context import Context, at_home
from sfexplorer.demo.executor.grouping import counted, grouped, is_count, is_grouped
from sfexplorer.demo.executor.plan import planned
from sfexplorer.demo.executor.problems import unreadable
from sfexplorer.demo.executor.scope import Scope, query_scope
from sfexplorer.soql import SoqlError, parse
from sfexplorer.soql.tree import Query


def ask(connection: sqlite3.Connection, context: Context) -> tuple[Scope, Query]:
    """The scope and tree of the text of a context, with the habits of its user.

    Raises:
        Refusal: When the text is no query, or one of an sObject that is not there.
    """
    try:
        query = parse(context.text)
    except SoqlError as error:
        raise unreadable(context.text, error) from None
    known = replace(at_home(connection, context), deleted=context.deleted or query.all_rows)
    return query_scope(known, query), query


def check(scope: Scope, query: Query) -> None:
    """See to it that a query could be answered.

    Raises:
        Refusal: When it could not.
    """
    if is_count(query):
        counted(scope, query)
    elif is_grouped(query):
        grouped(scope, query)
    else:
        planned(scope, query)
