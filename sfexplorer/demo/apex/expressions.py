"""Expressions of Apex: their types are known before they run."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sfexplorer.demo.apex.tokens import END, CompileError, Place, Token

Variables = dict[str, Any]
NUMBERS = ("Integer", "Decimal")
NULL = "null"
_LARGEST_INTEGER = 2**31
_DEEPEST = 100

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_LEVELS: tuple[tuple[str, ...], ...] = (("||",), ("&&",), tuple(_COMPARED), ("+", "-"), ("*", "/"))
# The methods of strings: what they give, and how.
_METHODS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "length": ("Integer", len),
    "tolowercase": ("String", str.lower),
    "touppercase": ("String", str.upper),
    "trim": ("String", str.strip),
}


class ApexError(Exception):
    """An exception that the code has thrown while it ran."""

    def __init__(self, name: str, message: str, place: Place) -> None:
        self.name = name
        self.message = message
        self.place = place
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Expression:
    """Something with a value: its type, where it begins, and how to get it."""

    type: str
    place: Place
    value: Callable[[Variables], Any]


class Words:
    """The words of some code, taken one after the other."""

    def __init__(self, words: list[Token]) -> None:
        self._words = words
        self._at = 0

    @property
    def next(self) -> Token:
        """The word that comes next."""
        return self._words[self._at]

    def ahead(self, count: int) -> Token:
        """A word behind the next one, or the end."""
        return self._words[min(self._at + count, len(self._words) - 1)]

    def take(self) -> Token:
        """The next word, which is done with."""
        word = self.next
        if word.kind != "end":
            self._at += 1
        return word

    def expect(self, text: str) -> Token:
        """The next word, which must be this one."""
        if self.next.text != text:
            found = self.next.text
            missing = text == ";" or found == END
            problem = f"Missing '{text}' at '{found}'" if missing else f"Unexpected token '{found}'."
            raise CompileError(problem, self.next.place)
        return self.take()


def expression(words: Words, types: dict[str, str], level: int = 0, depth: int = 0) -> Expression:
    """The expression that comes next.

    Raises:
        CompileError: When there is none, or its types don't go together.
    """
    if depth > _DEEPEST:
        raise CompileError("Expression is nested too deeply", words.next.place)
    if level == len(_LEVELS):
        return _unary(words, types, depth)
    left = expression(words, types, level + 1, depth)
    while words.next.text in _LEVELS[level]:
        sign = words.take()
        left = _combined(sign, left, expression(words, types, level + 1, depth))
    return left


def _unary(words: Words, types: dict[str, str], depth: int) -> Expression:
    if words.next.text not in ("-", "!"):
        return _called(words, _single(words, types, depth))
    sign = words.take()
    inner = _unary(words, types, depth + 1) if depth < _DEEPEST else _single(words, types, depth + 1)
    if sign.text == "!" and inner.type == "Boolean":
        return Expression("Boolean", sign.place, lambda variables: not inner.value(variables))
    if sign.text == "-" and inner.type in NUMBERS:
        return Expression(inner.type, sign.place, lambda variables: -inner.value(variables))
    raise CompileError(f"Incorrect type for unary expression: {inner.type}", sign.place)


def _single(words: Words, types: dict[str, str], depth: int) -> Expression:
    word = words.take()
    place = word.place
    known = {"true": ("Boolean", True), "false": ("Boolean", False), "null": (NULL, None)}
    if word.kind == "number":
        return _number(word)
    if word.kind == "string":
        text = word.text[1:-1].replace("\\'", "'").replace("\\n", "\n")
        return Expression("String", place, lambda variables: text)
    if word.text == "(":
        inner = expression(words, types, 0, depth + 1)
        words.expect(")")
        return inner
    if word.text.lower() in known:
        type, value = known[word.text.lower()]
        return Expression(type, place, lambda variables: value)
    if word.kind != "name":
        raise CompileError(f"Unexpected token '{word.text}'.", place)
    name = word.text.lower()
    if name not in types:
        raise CompileError(f"Variable does not exist: {word.text}", place)
    return Expression(types[name], place, lambda variables: variables[name])


def _number(word: Token) -> Expression:
    number = Decimal(word.text)
    if "." in word.text:
        return Expression("Decimal", word.place, lambda variables: number)
    if number >= _LARGEST_INTEGER:
        raise CompileError(f"Illegal integer: {word.text[:40]}", word.place)
    return Expression("Integer", word.place, lambda variables: int(number))


def _called(words: Words, inner: Expression) -> Expression:
    """An expression with the methods that are called on it."""
    while words.next.text == ".":
        words.take()
        inner = _call(words, words.take(), inner)
    return inner


def _call(words: Words, word: Token, inner: Expression) -> Expression:
    found = _METHODS.get(word.text.lower()) if inner.type == "String" else None
    if found is None:
        problem = (
            f"Method does not exist or incorrect signature: void {word.text}() from the type {inner.type}"
        )
        raise CompileError(problem, word.place)
    words.expect("(")
    words.expect(")")
    type, method = found

    def value(variables: Variables) -> Any:
        text = inner.value(variables)
        if text is None:
            message = "Attempt to de-reference a null object"
            raise ApexError("System.NullPointerException", message, inner.place)
        return method(text)

    return Expression(type, inner.place, value)


def _combined(sign: Token, left: Expression, right: Expression) -> Expression:
    kinds = {left.type, right.type}
    if sign.text in ("&&", "||") and kinds == {"Boolean"}:
        return _logical(sign.text, left, right)
    if sign.text in ("==", "!=") and (len(kinds) == 1 or NULL in kinds or kinds <= set(NUMBERS)):
        return _compared(sign.text, left, right)
    if sign.text in _COMPARED and (kinds <= set(NUMBERS) or kinds == {"String"}):
        return _compared(sign.text, left, right)
    if sign.text == "+" and "String" in kinds:
        return Expression("String", left.place, lambda known: _told(left, known) + _told(right, known))
    if sign.text in "+-*/" and kinds <= set(NUMBERS):
        return _calculated(sign, left, right)
    problem = f"Arithmetic expressions must use numeric arguments: {left.type} {sign.text} {right.type}"
    raise CompileError(problem, sign.place)


def _told(expression: Expression, variables: Variables) -> str:
    return as_text(expression.value(variables))


def as_text(value: Any) -> str:
    """A value as text, as a debug log shows it."""
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _logical(sign: str, left: Expression, right: Expression) -> Expression:
    if sign == "&&":
        return Expression("Boolean", left.place, lambda known: left.value(known) and right.value(known))
    return Expression("Boolean", left.place, lambda known: left.value(known) or right.value(known))


def _compared(sign: str, left: Expression, right: Expression) -> Expression:
    compare = _COMPARED[sign]

    def value(variables: Variables) -> bool:
        one, other = left.value(variables), right.value(variables)
        if sign not in ("==", "!=") and (one is None or other is None):
            message = "Attempt to de-reference a null object"
            raise ApexError("System.NullPointerException", message, left.place)
        # Apex compares strings without case.
        if isinstance(one, str) and isinstance(other, str):
            one, other = one.lower(), other.lower()
        return compare(one, other)

    return Expression("Boolean", left.place, value)


def _calculated(sign: Token, left: Expression, right: Expression) -> Expression:
    whole = left.type == right.type == "Integer"

    def value(variables: Variables) -> Any:
        one, other = left.value(variables), right.value(variables)
        if one is None or other is None:
            message = "Attempt to de-reference a null object"
            raise ApexError("System.NullPointerException", message, left.place)
        if sign.text == "/" and not other:
            raise ApexError("System.MathException", "Divide by 0", left.place)
        return _result(sign.text, one, other, whole=whole)

    return Expression("Integer" if whole else "Decimal", left.place, value)


def _result(sign: str, one: Any, other: Any, *, whole: bool) -> Any:
    if not whole:
        one, other = Decimal(one), Decimal(other)
    match sign:
        case "+":
            result = one + other
        case "-":
            result = one - other
        case "*":
            result = one * other
        case _:
            # Integers lose the rest, towards zero.
            result = int(Decimal(one) / Decimal(other)) if whole else one / other
    if whole:
        # As on the machine: what is too large wraps around.
        return (result + _LARGEST_INTEGER) % (2 * _LARGEST_INTEGER) - _LARGEST_INTEGER
    return result
