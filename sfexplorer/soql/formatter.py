"""A query or search laid out for reading."""

from __future__ import annotations

from sfexplorer.soql.errors import SoqlError
from sfexplorer.soql.layout import query_lines
from sfexplorer.soql.parser import LONGEST
from sfexplorer.soql.search_layout import search_lines
from sfexplorer.soql.sosl_tree import Search
from sfexplorer.soql.statement import parse_any
from sfexplorer.soql.tree import Query


def format_soql(text: str, width: int = 80) -> str:
    """A statement of either language in its usual layout, which means the same.

    Keywords are in capitals, each clause begins a line, long lists are wrapped, sub-selects indented. A text
    that is not one whole statement comes back as it is; so does one with comments, which would be lost, and
    one that its layout would make longer than Salesforce takes.

    Args:
        text: the statement.
        width: how long lines may become; a single name or text can be longer.
    """
    try:
        tree = parse_any(text)
    except SoqlError:
        return text
    laid_out = spelled_out(tree, width)
    return laid_out if len(laid_out) <= LONGEST else text


def spelled_out(tree: Query | Search, width: int = 80) -> str:
    """The text of a tree."""
    lines = query_lines(tree, width) if isinstance(tree, Query) else search_lines(tree, width)
    return "\n".join(lines)
