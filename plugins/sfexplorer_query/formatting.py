"""The usual layout of the statement at the cursor, which goes along."""

from __future__ import annotations

from dataclasses import dataclass

from sfexplorer.soql import SoqlError, format_soql, parse_any, statement_at, strip_comments
from sfexplorer.soql.tokens import tokens


@dataclass(frozen=True, slots=True)
class Formatted:
    """A statement in its layout.

    Attributes:
        start: Where it stood in the text.
        end: The offset behind it.
        text: What is to be put there.
        cursor: Where the cursor is then, in the whole text.
    """

    start: int
    end: int
    text: str
    cursor: int


def formatted(text: str, offset: int, width: int) -> Formatted | str:
    """The statement at the cursor in its layout, or why it stays as it is.

    Args:
        text: The editor's text.
        offset: Where the cursor is.
        width: How long lines may become.
    """
    start, end = statement_at(text, offset).start, statement_at(text, offset).end
    statement = text[start:end]
    if not statement:
        return "There is nothing to format"
    try:
        parse_any(strip_comments(statement))
    except SoqlError as error:
        return f"Not formatted, since it can't be read: {error.message}"
    if strip_comments(statement) != statement:
        return "Not formatted: the comments in it would be lost"
    laid_out = format_soql(statement, width)
    if laid_out == statement:
        return "It has its layout already"
    return Formatted(start, end, laid_out, _cursor(statement, laid_out, start, offset))


def _cursor(before: str, after: str, start: int, offset: int) -> int:
    """Where the cursor is in the layout: at the same place of the same token."""
    at = offset - start
    if at > len(before):
        return offset + len(after) - len(before)
    begun = [token for token in tokens(before) if token.start < at]
    found = list(tokens(after))
    if not begun or not found:
        return start + min(max(at, 0), len(after))
    token = found[min(len(begun), len(found)) - 1]
    return start + min(token.start + at - begun[-1].start, token.end)
