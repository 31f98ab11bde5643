"""Parsing of the conditions of WHERE and HAVING."""

from __future__ import annotations

from sfexplorer.soql.expressions import expression
from sfexplorer.soql.stream import TokenStream
from sfexplorer.soql.tree import And, Comparison, Condition, Literal, Not, Or, SemiJoin, ValueList
from sfexplorer.soql.values import bind, literal

SIGNS = frozenset({"=", "!=", "<>", "<", "<=", ">", ">="})
OPERATOR_WORDS = ("LIKE", "IN", "NOT", "INCLUDES", "EXCLUDES")
CONNECTIVES = ("AND", "OR")
NOT_ALONE = "NOT beside AND or OR must stand in parentheses."


def condition(stream: TokenStream) -> Condition:
    """One comparison, or several joined by AND or by OR, or the negation of one."""
    start = stream.token.start
    if stream.token.word == "NOT":
        negated = stream.advance()
        node = Not(unit(stream), span=stream.span(start))
        if stream.token.word in CONNECTIVES:
            stream.fail(NOT_ALONE, negated, f"Write (NOT …) {stream.token.word} ….")
        return node
    first = unit(stream)
    connective = stream.token.word
    if connective not in CONNECTIVES:
        return first
    conditions = [first]
    while stream.token.word == connective:
        stream.advance()
        if stream.token.word == "NOT":
            stream.fail(NOT_ALONE, hint=f"Write … {connective} (NOT …).")
        conditions.append(unit(stream))
    if stream.token.word in CONNECTIVES:
        hint = f"Put parentheses around what belongs together: (a {connective} b) {stream.token.word} c."
        stream.fail("AND and OR can't be mixed without parentheses.", hint=hint)
    span = stream.span(start)
    return And(tuple(conditions), span=span) if connective == "AND" else Or(tuple(conditions), span=span)


def unit(stream: TokenStream) -> Condition:
    """A comparison, or a condition in parentheses."""
    if stream.token.word != "(":
        return comparison(stream)
    stream.enter()
    opened = stream.advance()
    if stream.token.word == "SELECT":
        stream.fail("A sub-select stands only behind IN or NOT IN here.")
    inner = condition(stream)
    if stream.token.word != ")" and stream.token.kind != "end":
        stream.unexpected("AND, OR or )", keywords=CONNECTIVES)
    stream.close(opened)
    stream.leave()
    return inner


def comparison(stream: TokenStream) -> Comparison:
    """`field operator value`."""
    start = stream.token.start
    left = expression(stream, "a condition")
    operator = _operator(stream)
    right: Literal | ValueList | SemiJoin
    if operator in ("IN", "NOT IN"):
        right = _set(stream, operator)
    elif operator in ("INCLUDES", "EXCLUDES"):
        right = bind(stream) if stream.token.word == ":" else value_list(stream, operator)
    else:
        if stream.token.word == "(":
            _refuse_list(stream, operator)
        right = literal(stream, is_pattern=operator == "LIKE")
    return Comparison(left, operator, right, span=stream.span(start))


def value_list(stream: TokenStream, operator: str) -> ValueList:
    """`('a', 'b')`, with one value at least."""
    if stream.token.word != "(":
        stream.unexpected(f"( behind {operator}", f"{operator} compares with a list: {operator} ('a', 'b').")
    opened = stream.advance()
    if stream.token.word == ")":
        stream.fail("The list is empty.", hint=f"{operator} needs one value at least.")
    values = [literal(stream)]
    while stream.token.word == ",":
        comma = stream.advance()
        if stream.token.word in (")", ","):
            stream.fail("There is a comma too many.", comma, "A value is missing behind it.")
        values.append(literal(stream))
    if stream.token.word != ")" and stream.token.kind != "end":
        stream.unexpected("a comma or )")
    stream.close(opened)
    return ValueList(tuple(values), span=stream.span(opened.start))


def _operator(stream: TokenStream) -> str:
    token = stream.token
    if token.word in SIGNS:
        stream.advance()
        return "!=" if token.word == "<>" else token.word
    if token.word == "NOT" and stream.ahead().kind == "word":
        stream.advance()
        if stream.token.word != "IN":
            hint = "Write (NOT Name LIKE 'x%')." if stream.token.word == "LIKE" else None
            stream.unexpected("IN behind NOT", hint)
        stream.advance()
        return "NOT IN"
    if token.word in OPERATOR_WORDS and token.word != "NOT":
        stream.advance()
        return token.word
    _refuse_operator(stream)
    return ""


def _refuse_operator(stream: TokenStream) -> None:
    token = stream.token
    if token.word == "==":
        stream.fail("'==' is not an operator of SOQL.", hint="Write a single =.")
    if token.word == "IS":
        sign = "!=" if stream.ahead().word == "NOT" else "="
        stream.fail("SOQL has no IS NULL.", hint=f"Write {sign} null.")
    if token.word == "BETWEEN":
        stream.fail("SOQL has no BETWEEN.", hint="Write a >= x AND a <= y.")
    hint = None
    if token.word in ("CONTAINS", "STARTS"):
        hint = "Write LIKE '%text%'."
    stream.unexpected("an operator such as =, !=, LIKE or IN", hint, OPERATOR_WORDS)


def _refuse_list(stream: TokenStream, operator: str) -> None:
    if operator == "LIKE":
        stream.fail("LIKE compares with one text.", hint="Join several by OR.")
    listing = "NOT IN" if operator == "!=" else "IN"
    stream.fail(f"'{operator}' compares with one value.", hint=f"Compare with a list by {listing}.")


def _set(stream: TokenStream, operator: str) -> Literal | ValueList | SemiJoin:
    if stream.token.word == ":":
        return bind(stream)
    if not stream.at_pair("(", "SELECT"):
        return value_list(stream, operator)
    opened = stream.advance()
    query = stream.subquery(stream, "semi-join")
    stream.close(opened)
    return SemiJoin(query, span=stream.span(opened.start))
