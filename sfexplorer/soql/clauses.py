"""Parsing of FROM and of the clauses behind it, WHERE and HAVING excepted."""

from __future__ import annotations

from sfexplorer.soql.expressions import expression, path
from sfexplorer.soql.selection import alias
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tree import Expression, GroupBy, Literal, OrderBy, Source
from sfexplorer.soql.values import bind
from sfexplorer.soql.words import CLAUSES, NEVER_NAMES

# What follows these words where they begin a clause; anything else makes them an alias.
CLAUSE_STARTS = {
    "GROUP": ("BY",),
    "ORDER": ("BY",),
    "FOR": ("VIEW", "REFERENCE", "UPDATE"),
    "UPDATE": ("TRACKING", "VIEWSTAT"),
    "ALL": ("ROWS",),
    "SET": ("OPTIONS",),
}
# No organization has so many rows, and Python refuses to read numbers of any length.
LONGEST_NUMBER = 18


def starts_clause(stream: TokenStream, *, is_name_due: bool = False) -> bool:
    """Whether the current word begins a clause; where a name is due, it is rather taken for one."""
    word, following = stream.token.word, stream.ahead()
    if word in CLAUSE_STARTS:
        # ORDER before another name lacks its BY rather than that it is an alias.
        is_cut = word == "ORDER" and following.kind == "word" and following.word not in CLAUSES
        is_incomplete = is_cut and not is_name_due
        return is_incomplete or following.word in CLAUSE_STARTS[word]
    if word == "OFFSET" or (word == "LIMIT" and is_name_due):
        return following.kind == "number" or following.word == ":"
    return word in NEVER_NAMES or (word == "LIMIT" and following.word not in (",", "."))


def sources(stream: TokenStream, form: str) -> tuple[Source, ...]:
    """The entries of FROM."""
    found = [_source(stream)]
    if form == "query" and len(found[0].path.parts) > 1:
        dotted = stream.text[found[0].path.span.start : found[0].path.span.end]
        start = next(token for token in stream.tokens if token.start == found[0].path.span.start)
        hint = "Only a sub-select reads from a relationship."
        stream.fail(f"'{dotted[:80]}' is not the name of an object.", start, hint)
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.kind != "word" or starts_clause(stream, is_name_due=True):
            stream.fail("There is a comma too many.", comma, "A relationship should follow it.")
        found.append(_source(stream))
    return tuple(found)


def _source(stream: TokenStream) -> Source:
    start = stream.token.start
    if starts_clause(stream, is_name_due=True):
        stream.unexpected("an object behind FROM")
    name = path(stream, "an object behind FROM")
    given = None
    if stream.token.word == "AS" and stream.ahead().kind == "word":
        stream.advance()
        given = alias(stream)
        if given is None:
            stream.unexpected("an alias behind AS")
    elif stream.token.kind == "word" and not starts_clause(stream):
        given = alias(stream)
    return Source(name, given, span=stream.span(start))


def scope(stream: TokenStream) -> str | None:
    """`USING SCOPE name`."""
    if not stream.accept("USING"):
        return None
    stream.expect("SCOPE")
    if stream.token.kind != "word" or starts_clause(stream):
        stream.unexpected("a scope such as mine or everything")
    return stream.advance().text


def group_by(stream: TokenStream) -> GroupBy:
    """What stands behind GROUP BY."""
    start = stream.token.start
    stream.advance()
    stream.advance()
    word = stream.token.word
    if word in ("ROLLUP", "CUBE") and stream.ahead().word == "(":
        stream.advance()
        opened = stream.advance()
        expressions = _expressions(stream)
        stream.close(opened)
        return GroupBy(expressions, "ROLLUP" if word == "ROLLUP" else "CUBE", span=stream.span(start))
    return GroupBy(_expressions(stream), span=stream.span(start))


def _expressions(stream: TokenStream) -> tuple[Expression, ...]:
    found = [expression(stream, "a field to group by")]
    while stream.accept(","):
        found.append(expression(stream, "a field to group by"))
    return tuple(found)


def order_by(stream: TokenStream) -> tuple[OrderBy, ...]:
    """What stands behind ORDER BY."""
    stream.advance()
    stream.advance()
    entries = [_order_entry(stream)]
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.kind == "end" or starts_clause(stream, is_name_due=True):
            stream.fail("There is a comma too many.", comma, "A field should follow it.")
        entries.append(_order_entry(stream))
    return tuple(entries)


def _order_entry(stream: TokenStream) -> OrderBy:
    start = stream.token.start
    sorted_by = expression(stream, "a field to sort by")
    descending = stream.token.word == "DESC"
    if stream.token.word in ("ASC", "DESC"):
        stream.advance()
    if not stream.accept("NULLS"):
        return OrderBy(sorted_by, descending, span=stream.span(start))
    if stream.token.word not in ("FIRST", "LAST"):
        stream.unexpected("FIRST or LAST behind NULLS", keywords=("FIRST", "LAST"))
    is_first = stream.advance().word == "FIRST"
    return OrderBy(sorted_by, descending, "FIRST" if is_first else "LAST", span=stream.span(start))


def row_count(stream: TokenStream) -> tuple[int | None, Literal | None]:
    """The number behind LIMIT or OFFSET, or the variable that Apex has there."""
    clause = stream.advance().word
    token = stream.token
    if token.word == ":":
        return None, bind(stream)
    if token.kind != "number":
        stream.unexpected(f"a number behind {clause}")
    if not token.text.isdigit():
        stream.fail(f"{clause} takes a whole number without a sign.")
    if len(token.text) > LONGEST_NUMBER:
        stream.fail(f"The number behind {clause} is too large.")
    stream.advance()
    return int(token.text), None
