"""Parsing of RETURNING: the sObjects that a search gives, and what it tells of them."""

from __future__ import annotations

from sfexplorer.soql.clauses import order_by, row_count
from sfexplorer.soql.conditions import condition
from sfexplorer.soql.selection import item
from sfexplorer.soql.sosl_tree import ReturnedItem, Returning
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tree import ChildQuery, Field, Function
from sfexplorer.soql.words import AGGREGATES

# In the order that the language demands; USING may stand on either side of WHERE.
INNER = ("USING", "WHERE", "ORDER", "LIMIT", "OFFSET")
INNER_NAMES = {"USING": "USING ListView", "ORDER": "ORDER BY"}


def returning(stream: TokenStream) -> tuple[Returning, ...]:
    """The entries behind RETURNING."""
    entries = [_entry(stream)]
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.kind != "word" or stream.token.word == "WITH":
            stream.fail("There is a comma too many.", comma, "An object should follow it.")
        entries.append(_entry(stream))
    return tuple(entries)


def _entry(stream: TokenStream) -> Returning:
    name = stream.token
    if name.kind != "word" or name.word == "WITH":
        stream.unexpected("an object behind RETURNING")
    stream.advance()
    if stream.token.word != "(":
        return Returning(name.text, span=stream.span(name.start))
    opened = stream.advance()
    if stream.token.word == ")" or _starts_inner(stream):
        stream.unexpected("a field", "Name one, for example Id.")
    fields = _items(stream)
    list_view = _list_view(stream)
    where = None
    if stream.accept("WHERE"):
        where = condition(stream)
    list_view = list_view or _list_view(stream)
    ordered = order_by(stream) if stream.at_pair("ORDER", "BY") else ()
    limit, limit_bind = row_count(stream) if stream.token.word == "LIMIT" else (None, None)
    offset, offset_bind = row_count(stream) if stream.token.word == "OFFSET" else (None, None)
    if stream.token.word != ")" and stream.token.kind != "end":
        _refuse_rest(stream)
    stream.close(opened)
    return Returning(
        name.text,
        fields,
        list_view,
        where,
        ordered,
        limit,
        offset,
        limit_bind,
        offset_bind,
        span=stream.span(name.start),
    )


def _starts_inner(stream: TokenStream) -> bool:
    """Whether a clause begins where a field should stand."""
    following = stream.ahead()
    match stream.token.word:
        case "WHERE":
            return True
        case "ORDER":
            return following.word == "BY"
        case "LIMIT" | "OFFSET":
            return following.kind == "number" or following.word == ":"
        case "USING":
            return following.word == "LISTVIEW"
        case _:
            return False


def _items(stream: TokenStream) -> tuple[ReturnedItem, ...]:
    found = [_item(stream)]
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.word in (")", ",") or _starts_inner(stream):
            stream.fail("There is a comma too many.", comma, "Remove it, or name the field that is missing.")
        found.append(_item(stream))
    return tuple(found)


def _item(stream: TokenStream) -> ReturnedItem:
    first = stream.token
    selected = item(stream)
    if isinstance(selected, ChildQuery):
        stream.fail("A search has no sub-selects.", first)
    if isinstance(selected, Field) and isinstance(selected.expression, Function):
        name = selected.expression.name
        if name.upper() in AGGREGATES:
            stream.fail(f"A search can't aggregate: {name} belongs to a query.", first)
    return selected


def _list_view(stream: TokenStream) -> str | None:
    """`USING ListView = name`."""
    if not stream.accept("USING"):
        return None
    if not stream.accept("LISTVIEW"):
        stream.unexpected("ListView", "For example USING ListView = Recent.", ("ListView",))
    stream.expect("=")
    if stream.token.kind != "word":
        stream.unexpected("the name of a list view")
    return stream.advance().text


def _refuse_rest(stream: TokenStream) -> None:
    word = stream.token.word
    name = INNER_NAMES.get(word, word)
    if word in ("ORDER", "GROUP") and stream.ahead().word != "BY":
        stream.advance()
        stream.unexpected(f"BY behind {word}")
    if word in INNER:
        stream.fail(f"{name} comes too late, or for the second time.", hint=f"The order is {_order()}.")
    if word == "GROUP":
        stream.fail("A search can't group.", hint="Grouping belongs to a query.")
    stream.unexpected("a comma, ) or another clause", keywords=(*INNER, "AND", "OR", "ASC", "DESC", "NULLS"))


def _order() -> str:
    return ", ".join(INNER_NAMES.get(word, word) for word in INNER)
