"""Parsing of the constants behind an operator."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from sfexplorer.soql.errors import fail
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tokens import Token
from sfexplorer.soql.tree import Literal, LiteralKind, Span
from sfexplorer.soql.words import CLAUSES, COUNTED_DATE_LITERALS, DATE_LITERALS, PLAIN_DATE_LITERALS

CURRENCY = re.compile(r"[A-Za-z]{3}[+-]?[0-9]+(?:\.[0-9]+)?(?![\w.])")
ESCAPE = re.compile(r"\\(?:[nNrRtTbBfF\"'\\]|[uU][0-9A-Fa-f]{4}|(.))")
WORD_LITERALS: dict[str, LiteralKind] = {"TRUE": "boolean", "FALSE": "boolean", "NULL": "null"}
ARITHMETIC = frozenset("+-*/?&|")
BRACKETS = {"(": ")", "[": "]"}
EXPECTED = "a value"


def literal(stream: TokenStream, *, is_pattern: bool = False) -> Literal:
    """One constant. A pattern (behind LIKE) may escape its wildcards."""
    token = stream.token
    match token.kind:
        case "string":
            return text_literal(stream, EXPECTED, is_pattern=is_pattern)
        case "number":
            stream.advance()
            return Literal("number", token.text, span=Span(token.start, token.end))
        case "date" | "datetime" | "time":
            return _calendar(stream)
        case "word":
            return _word(stream)
    if token.word == ":":
        return bind(stream)
    stream.unexpected(EXPECTED, _sign_hint(stream))


def text_literal(stream: TokenStream, expected: str, *, is_pattern: bool = False) -> Literal:
    """A text in single quotes whose escapes are sound."""
    token = stream.token
    if token.kind != "string":
        stream.unexpected(expected)
    if "\\" in token.text:
        _check_escapes(stream, token, is_pattern)
    stream.advance()
    return Literal("string", token.text, span=Span(token.start, token.end))


def bind(stream: TokenStream) -> Literal:
    """A variable of the calling program, `:name`, with the simple expressions that Apex writes there."""
    first = stream.index
    start = stream.advance().start
    while True:
        _operand(stream)
        while stream.token.word == "." or stream.token.word in BRACKETS:
            _suffix(stream)
        if stream.token.text in ARITHMETIC:
            stream.advance()
        elif not (stream.token.kind == "number" and stream.token.text[0] in "+-"):
            break
    text = ""
    end = start
    for token in stream.tokens[first : stream.index]:
        # Its layout does not count either.
        text += f" {token.text}" if token.start > end else token.text
        end = token.end
    return Literal("bind", text, span=Span(start, end))


def _operand(stream: TokenStream) -> None:
    if stream.token.word in BRACKETS:
        _suffix(stream)
    elif stream.token.kind in ("word", "string", "number"):
        is_new = stream.token.word == "NEW" and stream.ahead().kind == "word"
        stream.advance()
        if is_new:
            stream.advance()
            _constructor(stream)
    else:
        stream.unexpected("a variable name behind the colon")


def _constructor(stream: TokenStream) -> None:
    """The type arguments and elements of `new List<Id>{a, b}`."""
    if stream.token.word == "<":
        while stream.token.word not in (">", ")") and stream.token.kind != "end":
            stream.advance()
        stream.expect(">")
    if stream.token.kind == "search":
        stream.advance()


def _suffix(stream: TokenStream) -> None:
    """`.name`, or brackets with whatever they contain."""
    if stream.accept("."):
        if stream.token.kind != "word":
            stream.unexpected("a name behind the dot")
        stream.advance()
        return
    open_tokens: list[Token] = []
    while stream.token.kind != "end":
        token = stream.advance()
        if token.word in BRACKETS:
            open_tokens.append(token)
        elif token.word == BRACKETS[open_tokens[-1].word]:
            open_tokens.pop()
            if not open_tokens:
                return
    stream.fail("This bracket is never closed.", open_tokens[-1])


def _word(stream: TokenStream) -> Literal:
    token = stream.token
    if token.word in WORD_LITERALS:
        stream.advance()
        return Literal(WORD_LITERALS[token.word], token.word, span=Span(token.start, token.end))
    if token.word in DATE_LITERALS:
        return _date_literal(stream)
    amount = CURRENCY.match(stream.text, token.start)
    if amount:
        while stream.token.start < amount.end() and stream.token.kind != "end":
            stream.advance()
        return Literal("currency", amount.group(), span=Span(*amount.span()))
    meant = closest(token.text, [*DATE_LITERALS, "NULL", "TRUE", "FALSE"])
    if meant in COUNTED_DATE_LITERALS:
        meant = f"{meant}:n"
    hint = f"Did you mean {meant}?" if meant else "Texts need single quotes; two fields can't be compared."
    if token.word in CLAUSES:
        hint = "Before it the value is missing."
    stream.unexpected(EXPECTED, hint)


def _date_literal(stream: TokenStream) -> Literal:
    name = stream.advance()
    if stream.token.word != ":":
        if name.word in COUNTED_DATE_LITERALS:
            stream.fail(f"{name.word} needs a number.", name, f"For example {name.word}:7.")
        return Literal("date literal", name.word, span=Span(name.start, name.end))
    if name.word in PLAIN_DATE_LITERALS:
        stream.fail(f"{name.word} takes no number.")
    stream.advance()
    if stream.token.kind != "number" or not stream.token.text.isdigit():
        stream.unexpected("a whole number")
    count = stream.advance()
    return Literal("date literal", f"{name.word}:{count.text}", span=Span(name.start, count.end))


def _calendar(stream: TokenStream) -> Literal:
    """A date, datetime or time that exists in the calendar."""
    token = stream.advance()
    day, clock = token.text[:10], token.text[11:19] if token.kind == "datetime" else token.text[:8]
    kind: LiteralKind = "date" if token.kind == "date" else "time" if token.kind == "time" else "datetime"
    try:
        if kind != "time":
            date.fromisoformat(day)
        if kind != "date":
            time.fromisoformat(clock)
        if kind == "datetime":
            datetime.fromisoformat(f"2000-01-01T00:00:00{_zone(token.text)}")
    except ValueError:
        stream.fail(f"There is no such {kind}: {token.text}.", token)
    return Literal(kind, token.text, span=Span(token.start, token.end))


def _zone(text: str) -> str:
    found = re.search(r"[Zz]$|[+-][0-9]{2}:?[0-9]{2}$", text)
    return found.group().upper() if found else ""


def _check_escapes(stream: TokenStream, token: Token, is_pattern: bool) -> None:
    for match in ESCAPE.finditer(token.text):
        bad = match.group(1)
        if bad is not None and not (is_pattern and bad in "_%"):
            start = token.start + match.start()
            hint = "Write \\\\ for a backslash."
            if bad in "_%":
                hint = f"Outside LIKE, {bad} is a plain character."
            fail(stream.text, start, start + 2, f"'\\{bad}' is no escape that SOQL knows.", hint)


def _sign_hint(stream: TokenStream) -> str | None:
    token, previous = stream.token, stream.ahead(-1)
    if token.word == "(":
        return "Compare with a list by IN."
    if previous.word == "=" and token.word in ("<", ">"):
        return f"Write {token.word}=."
    return None
