"""A query with another ORDER BY, when the person wants the org to sort by a column."""

from __future__ import annotations

from dataclasses import replace

from sfexplorer.soql import Field, Query, SoqlError, parse
from sfexplorer.soql.formatter import spelled_out
from sfexplorer_query.columns import ResultColumn


def ordered_text(
    query: Query, text: str, column: ResultColumn, width: int, *, descending: bool
) -> str | None:
    """The query sorted by a column, nulls last; None where the org can't sort by it.

    Args:
        query: The tree.
        text: What the tree was parsed from.
        column: The column.
        width: How long lines may become.
        descending: Whether the last come first.
    """
    if column.children:
        return None
    expression = next(
        (
            text[item.expression.span.start : item.expression.span.end]
            for item in query.select
            if isinstance(item, Field) and item.alias == column.title
        ),
        column.title,
    )
    wanted = f"{expression}{' DESC' if descending else ''} NULLS LAST"
    try:
        # Nothing is sent of this: its tree alone is wanted.
        order = parse(f"SELECT Id FROM Account ORDER BY {wanted}").order_by  # noqa: S608
    except SoqlError:
        return None
    return spelled_out(replace(query, order_by=order), width)
