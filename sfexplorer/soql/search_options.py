"""Parsing of the WITH clauses of a search."""

from __future__ import annotations

from collections.abc import Sequence

from sfexplorer.soql.conditions import value_list
from sfexplorer.soql.sosl_tree import OptionName, SearchOption, With
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.tree import Literal, Span, ValueList, WithMode
from sfexplorer.soql.values import bind, literal
from sfexplorer.soql.with_clause import MODES, categories

NAMES: dict[str, OptionName] = {
    "DIVISION": "DIVISION",
    "SNIPPET": "SNIPPET",
    "NETWORK": "NETWORK",
    "PRICEBOOKID": "PricebookId",
    "METADATA": "METADATA",
    "HIGHLIGHT": "HIGHLIGHT",
    "SPELL_CORRECTION": "SPELL_CORRECTION",
}
EXPECTED = "DATA CATEGORY, HIGHLIGHT, SNIPPET, NETWORK, METADATA or another restriction"


def option(stream: TokenStream, earlier: Sequence[With]) -> With:
    """One `WITH …`, which must differ from the earlier ones."""
    start = stream.advance().start
    token = stream.token
    found: With
    if token.word == "DATA":
        found = categories(stream, start)
    elif token.word in MODES:
        stream.advance()
        found = WithMode(token.word, span=stream.span(start))
    elif token.word in NAMES:
        stream.advance()
        value = _value(stream, token.word)
        found = SearchOption(NAMES[token.word], value, span=stream.span(start))
    else:
        stream.unexpected(EXPECTED, keywords=(*NAMES, *MODES, "DATA"))
    if _kind(found) in map(_kind, earlier):
        stream.fail(f"WITH {token.word} stands here for the second time.", token, "Each stands once.")
    return found


def _kind(found: With) -> str:
    if isinstance(found, SearchOption):
        return found.name
    return "mode" if isinstance(found, WithMode) else "categories"


def _value(stream: TokenStream, name: str) -> Literal | ValueList | None:
    match name:
        case "HIGHLIGHT":
            return None
        case "SNIPPET":
            return _target_length(stream)
        case "NETWORK" if stream.accept("IN"):
            return _networks(stream)
        case "SPELL_CORRECTION":
            stream.expect("=")
            return _constant(stream, "boolean", "TRUE or FALSE")
        case _:
            stream.expect("=")
            return _constant(stream, "string", "a text in single quotes")


def _target_length(stream: TokenStream) -> Literal | None:
    if stream.token.word != "(":
        return None
    opened = stream.advance()
    if not stream.accept("TARGET_LENGTH"):
        stream.unexpected("target_length", "Write SNIPPET (target_length = 120).", ("target_length",))
    stream.expect("=")
    token = stream.token
    if token.word == ":":
        length = bind(stream)
    else:
        if token.kind != "number" or not token.text.isdigit():
            stream.unexpected("a whole number")
        stream.advance()
        length = Literal("number", token.text, span=Span(token.start, token.end))
    stream.close(opened)
    return length


def _networks(stream: TokenStream) -> ValueList:
    if stream.token.word == ":":
        variable = bind(stream)
        return ValueList((variable,), span=variable.span)
    opened = stream.token
    values = value_list(stream, "IN")
    if any(value.kind not in ("string", "bind") for value in values.values):
        stream.fail("WITH NETWORK takes Ids in single quotes.", opened)
    return values


def _constant(stream: TokenStream, kind: str, expected: str) -> Literal:
    token: Token = stream.token
    found = literal(stream)
    if found.kind not in (kind, "bind"):
        stream.fail(f"Expected {expected}, found {token.text[:40]}.", token)
    return found
