"""Anonymous Apex: compiled to steps, run, and told about as the Tooling API does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sfexplorer.demo.apex.expressions import (
    NULL,
    NUMBERS,
    ApexError,
    Expression,
    Variables,
    Words,
    as_text,
    expression,
)
from sfexplorer.demo.apex.tokens import CompileError, Place, Token, tokens

_TYPES = {each.lower(): each for each in ("Integer", "Decimal", "String", "Boolean")}
_EXCEPTIONS = {
    each.lower(): each
    for each in (
        "CalloutException",
        "DmlException",
        "IllegalArgumentException",
        "MathException",
        "NullPointerException",
        "QueryException",
        "TypeException",
    )
}
_NOWHERE = Place(-1, -1)

Step = Callable[[Variables], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some code."""

    compiled: bool = True
    success: bool = True
    place: Place = _NOWHERE
    problem: str | None = None
    message: str | None = None
    trace: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The outcome as `executeAnonymous` answers it."""
        return {
            "line": self.place.line,
            "column": self.place.column,
            "compiled": self.compiled,
            "success": self.success,
            "compileProblem": self.problem,
            "exceptionStackTrace": self.trace,
            "exceptionMessage": self.message,
        }


def execute(code: str) -> Outcome:
    """Compile some code and, if it is good, run it."""
    try:
        steps = _compiled(code)
    except CompileError as error:
        return Outcome(compiled=False, success=False, place=error.place, problem=error.problem)
    variables: Variables = {}
    try:
        for step in steps:
            step(variables)
    except ApexError as error:
        trace = f"AnonymousBlock: line {error.place.line}, column {error.place.column}"
        return Outcome(
            success=False, place=error.place, message=f"{error.name}: {error.message}", trace=trace
        )
    except ArithmeticError:
        return Outcome(success=False, message="System.MathException: Overflow", trace="AnonymousBlock")
    except RecursionError:
        message = "System.LimitException: Maximum stack depth reached: 1001"
        return Outcome(success=False, message=message, trace="AnonymousBlock")
    return Outcome()


def _compiled(code: str) -> list[Step]:
    words, types = Words(tokens(code)), dict[str, str]()
    steps = []
    while words.next.kind != "end":
        if words.next.text == ";":
            words.take()
            continue
        steps.append(_statement(words, types))
        words.expect(";")
    return steps


def _statement(words: Words, types: dict[str, str]) -> Step:
    first, second = words.next.text.lower(), words.ahead(1)
    if first == "system" and second.text == ".":
        return _system_call(words, types)
    if first == "throw":
        return _throw(words, types)
    if second.kind == "name":
        return _declaration(words, types)
    if second.text == "=":
        return _assignment(words, types, words.take())
    expression(words, types)
    raise CompileError("Expression cannot be a statement.", words.next.place)


def _system_call(words: Words, types: dict[str, str]) -> Step:
    place = words.take().place
    words.take()
    name = words.take()
    words.expect("(")
    given = [expression(words, types)]
    while words.next.text == ",":
        words.take()
        given.append(expression(words, types))
    words.expect(")")
    match name.text.lower(), [each.type for each in given]:
        case "debug", [_]:
            return lambda variables: _discard(given[0], variables)
        case "assert", ["Boolean"] | ["Boolean", _]:
            return lambda variables: _check_true(given, variables, place)
        case "assertequals", [_, _] | [_, _, _]:
            return lambda variables: _check_equal(given, variables, place)
    kinds = ", ".join(each.type for each in given)
    problem = f"Method does not exist or incorrect signature: void {name.text}({kinds}) from the type System"
    raise CompileError(problem, name.place)


def _discard(given: Expression, variables: Variables) -> None:
    given.value(variables)


def _check_true(given: list[Expression], variables: Variables, place: Place) -> None:
    if not given[0].value(variables):
        raise ApexError("System.AssertException", "Assertion Failed" + _reason(given[1:], variables), place)


def _check_equal(given: list[Expression], variables: Variables, place: Place) -> None:
    wanted, actual = given[0].value(variables), given[1].value(variables)
    if wanted != actual:
        told = f"Expected: {as_text(wanted)}, Actual: {as_text(actual)}"
        message = f"Assertion Failed{_reason(given[2:], variables)}: {told}"
        raise ApexError("System.AssertException", message, place)


def _reason(given: list[Expression], variables: Variables) -> str:
    return "".join(f": {as_text(each.value(variables))}" for each in given)


def _throw(words: Words, types: dict[str, str]) -> Step:
    place = words.take().place
    words.expect("new")
    name = words.take()
    known = _EXCEPTIONS.get(name.text.lower())
    if known is None:
        raise CompileError(f"Invalid type: {name.text}", name.place)
    words.expect("(")
    given = [] if words.next.text == ")" else [expression(words, types)]
    words.expect(")")

    def step(variables: Variables) -> None:
        message = as_text(given[0].value(variables)) if given else "Script-thrown exception"
        raise ApexError(f"System.{known}", message, place)

    return step


def _declaration(words: Words, types: dict[str, str]) -> Step:
    kind, name = words.take(), words.take()
    known = _TYPES.get(kind.text.lower())
    if known is None:
        raise CompileError(f"Invalid type: {kind.text}", kind.place)
    if name.text.lower() in types:
        raise CompileError(f"Duplicate variable: {name.text}", name.place)
    if words.next.text != "=":
        types[name.text.lower()] = known
        return lambda variables: variables.update({name.text.lower(): None})
    # The variable is not there yet in its own first value.
    step = _assignment(words, {**types, name.text.lower(): known}, name, types)
    types[name.text.lower()] = known
    return step


def _assignment(
    words: Words, types: dict[str, str], name: Token, visible: dict[str, str] | None = None
) -> Step:
    key = name.text.lower()
    if key not in types:
        raise CompileError(f"Variable does not exist: {name.text}", name.place)
    words.expect("=")
    given = expression(words, types if visible is None else visible)
    widened = types[key] == "Decimal" and given.type in NUMBERS
    if given.type not in (types[key], NULL) and not widened:
        raise CompileError(f"Illegal assignment from {given.type} to {types[key]}", given.place)
    return lambda variables: variables.update({key: given.value(variables)})
