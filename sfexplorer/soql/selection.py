"""Parsing of what stands between SELECT and FROM."""

from __future__ import annotations

from sfexplorer.soql.expressions import expression, path
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.tree import ChildQuery, Field, FieldsOf, Function, Path, SelectItem, Span, TypeOf, When
from sfexplorer.soql.words import NEVER_NAMES, RESERVED

STAR_HINT = "Name the fields, or write FIELDS(ALL) and LIMIT 200."
FIELD_ENDS = frozenset({",", "FROM"})
SCOPES = ("ALL", "STANDARD", "CUSTOM")


def selection(stream: TokenStream, form: str) -> tuple[SelectItem, ...]:
    """The list of fields, functions, sub-selects and TYPEOFs."""
    if form == "query" and _is_count(stream):
        return (_count(stream),)
    if stream.token.word == "DISTINCT" and stream.ahead().kind == "word" and stream.ahead().word != "FROM":
        stream.fail("SOQL has no DISTINCT.", hint="Group the rows: SELECT Name FROM … GROUP BY Name.")
    items = [item(stream)]
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.word in ("FROM", ","):
            stream.fail("There is a comma too many.", comma, "Remove it, or name the field that is missing.")
        items.append(item(stream))
    return tuple(items)


def alias(stream: TokenStream) -> str | None:
    """A name given to what stands before it, when one follows."""
    token = stream.token
    if token.kind != "word" or token.word in RESERVED or stream.at_pair("ORDER", "BY"):
        return None
    if token.word == "OFFSET" and (stream.ahead().kind == "number" or stream.ahead().word == ":"):
        return None
    stream.alias = stream.advance()
    return token.text


def _is_count(stream: TokenStream) -> bool:
    return stream.at_pair("COUNT", "(") and stream.ahead(2).word == ")"


def _count(stream: TokenStream) -> Field:
    name = stream.advance()
    stream.advance()
    stream.advance()
    function = Function(name.text, (), span=stream.span(name.start))
    given = alias(stream)
    if stream.token.word == ",":
        stream.fail("COUNT() stands alone.", name, "Beside other fields write COUNT(Id).")
    return Field(function, given, span=stream.span(name.start))


def item(stream: TokenStream) -> SelectItem:
    """A field, function, sub-select, TYPEOF or FIELDS(…)."""
    token = stream.token
    if token.kind == "word" and stream.ahead().word in FIELD_ENDS and token.word not in NEVER_NAMES:
        # Nearly all items are plain fields, of which a generated query may have thousands.
        stream.advance()
        span = Span(token.start, token.end)
        return Field(Path((token.text,), span=span), span=span)
    if token.word == "(":
        return _child(stream)
    if token.text == "*":
        stream.fail("SOQL has no SELECT *.", hint=STAR_HINT)
    if token.word == "FROM":
        stream.fail("No field is selected.", hint="Name one before FROM, for example Id.")
    if token.word == "FIELDS" and stream.ahead().word == "(":
        return _fields(stream)
    if _is_typeof(stream):
        return _typeof(stream)
    selected = expression(stream)
    return Field(selected, alias(stream), span=stream.span(token.start))


def _child(stream: TokenStream) -> ChildQuery:
    opened = stream.advance()
    if stream.token.word != "SELECT":
        stream.unexpected("SELECT", keywords=("SELECT",))
    query = stream.subquery(stream, "sub-select")
    stream.close(opened)
    return ChildQuery(query, span=stream.span(opened.start))


def _fields(stream: TokenStream) -> FieldsOf:
    name = stream.advance()
    opened = stream.advance()
    if stream.token.word not in SCOPES:
        stream.unexpected("ALL, STANDARD or CUSTOM", keywords=SCOPES)
    scope = stream.advance().word
    stream.close(opened)
    return FieldsOf(scope, span=stream.span(name.start))


def _is_typeof(stream: TokenStream) -> bool:
    """Whether TYPEOF is the keyword here and not a field of that name."""
    following = stream.ahead()
    return stream.token.word == "TYPEOF" and following.kind == "word" and following.word != "FROM"


def _typeof(stream: TokenStream) -> TypeOf:
    start = stream.advance().start
    relationship = path(stream, "a relationship behind TYPEOF")
    branches = []
    while stream.token.word == "WHEN":
        branches.append(_when(stream))
    if not branches:
        stream.unexpected("WHEN", keywords=("WHEN",))
    otherwise: tuple[Path, ...] = ()
    if stream.accept("ELSE"):
        otherwise = _paths(stream)
    if stream.token.word != "END":
        stream.unexpected("a comma, WHEN, ELSE or END", "Each TYPEOF ends with END.", ("WHEN", "ELSE", "END"))
    stream.advance()
    return TypeOf(relationship, tuple(branches), otherwise, span=stream.span(start))


def _when(stream: TokenStream) -> When:
    start = stream.advance().start
    name: Token = stream.token
    if name.kind != "word":
        stream.unexpected("an object behind WHEN")
    stream.advance()
    stream.expect("THEN")
    fields = _paths(stream)
    return When(name.text, fields, span=stream.span(start))


def _paths(stream: TokenStream) -> tuple[Path, ...]:
    paths = [path(stream)]
    while stream.accept(","):
        paths.append(path(stream))
    return tuple(paths)
