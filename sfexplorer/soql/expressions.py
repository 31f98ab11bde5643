"""Parsing of fields, relationship paths and function calls."""

from __future__ import annotations

from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.tree import Expression, Function, Literal, Path, Span
from sfexplorer.soql.values import bind, text_literal
from sfexplorer.soql.words import DATE_FUNCTIONS, FUNCTION_SPELLINGS, FUNCTIONS, NEVER_NAMES

KNOWN_FUNCTIONS = [FUNCTION_SPELLINGS.get(name, name) for name in sorted(FUNCTIONS)]


def path(stream: TokenStream, expected: str = "a field") -> Path:
    """A name with dots. Behind a dot any word is a name, but FROM, which shows that one is missing."""
    first = stream.token
    if first.kind != "word" or first.word in NEVER_NAMES:
        stream.unexpected(expected)
    parts = [stream.advance().text]
    while stream.token.word == ".":
        stream.advance()
        if stream.token.kind != "word" or stream.token.word == "FROM":
            stream.unexpected("a name behind the dot")
        parts.append(stream.advance().text)
    return Path(tuple(parts), span=stream.span(first.start))


def expression(stream: TokenStream, expected: str = "a field") -> Expression:
    """A path or a function call."""
    if stream.token.kind == "word" and stream.ahead().word == "(" and stream.token.word not in NEVER_NAMES:
        return function(stream)
    return path(stream, expected)


def function(stream: TokenStream) -> Function:
    """A call of a function of the language, with what it may contain."""
    name = stream.token
    if name.word not in FUNCTIONS:
        meant = closest(name.text, [*KNOWN_FUNCTIONS, "FIELDS"])
        hint = f"Did you mean {meant}?" if meant else None
        stream.fail(f"There is no function '{name.text[:40]}'.", name, hint)
    if name.word == "CONVERTTIMEZONE":
        hint = "For example HOUR_IN_DAY(convertTimezone(CreatedDate))."
        stream.fail("convertTimezone stands only inside a date function.", name, hint)
    if name.word == "GEOLOCATION":
        stream.fail("GEOLOCATION stands only inside DISTANCE.", name)
    stream.enter()
    stream.advance()
    opened = stream.advance()
    arguments = _arguments(stream, name)
    stream.close(opened)
    stream.leave()
    return Function(name.text, arguments, span=stream.span(name.start))


def _arguments(stream: TokenStream, name: Token) -> tuple[Path | Function | Literal, ...]:
    if stream.token.text == "*":
        stream.fail("SOQL has no *.", hint="Write COUNT() or COUNT(Id).")
    if stream.token.word == ")":
        hint = "COUNT() stands alone in SELECT; elsewhere write COUNT(Id)." if name.word == "COUNT" else None
        stream.unexpected(f"a field in {name.text}(…)", hint)
    if name.word == "DISTANCE":
        return _distance(stream)
    if name.word == "GROUPING":
        return (path(stream),)
    if name.word in DATE_FUNCTIONS:
        is_zoned = stream.at_pair("CONVERTTIMEZONE", "(")
        return (_convert_timezone(stream) if is_zoned else path(stream, "a date field"),)
    return (expression(stream),)


def _convert_timezone(stream: TokenStream) -> Function:
    name = stream.advance()
    opened = stream.advance()
    argument = path(stream, "a datetime field")
    stream.close(opened)
    return Function(name.text, (argument,), span=stream.span(name.start))


def _distance(stream: TokenStream) -> tuple[Path | Function | Literal, ...]:
    field = path(stream, "a location field")
    stream.expect(",")
    place = _place(stream)
    stream.expect(",")
    unit = text_literal(stream, "'mi' or 'km'")
    if unit.text.lower() not in ("'mi'", "'km'"):
        token = stream.ahead(-1)
        stream.fail("The unit of DISTANCE is 'mi' or 'km'.", token)
    return field, place, unit


def _place(stream: TokenStream) -> Path | Function | Literal:
    if stream.token.word == ":":
        return bind(stream)
    if not stream.at_pair("GEOLOCATION", "("):
        return path(stream, "GEOLOCATION(latitude, longitude) or a location field")
    name = stream.advance()
    opened = stream.advance()
    latitude = _coordinate(stream, "a latitude")
    stream.expect(",")
    longitude = _coordinate(stream, "a longitude")
    stream.close(opened)
    return Function(name.text, (latitude, longitude), span=stream.span(name.start))


def _coordinate(stream: TokenStream, expected: str) -> Literal:
    if stream.token.word == ":":
        return bind(stream)
    if stream.token.kind != "number":
        stream.unexpected(expected)
    token = stream.advance()
    return Literal("number", token.text, span=Span(token.start, token.end))
