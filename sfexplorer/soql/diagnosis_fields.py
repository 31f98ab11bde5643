"""Fields in places where their describe forbids them, and functions of the wrong fields."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.diagnosis_names import check_path, check_typeof
from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Select, comparisons, functions, paths
from sfexplorer.soql.schema import FieldDescription
from sfexplorer.soql.schema_types import DATES, FORMATTED, LABELLED, NUMERIC, PLACES
from sfexplorer.soql.tree import Expression, Field, Function, Literal, Path, TypeOf
from sfexplorer.soql.words import AGGREGATES, DATE_FUNCTIONS


def check_fields(select: Select, report: Report) -> None:
    """Tell of fields that are unknown, or that can't do what the clause asks of them."""
    for item in select.query.select:
        if isinstance(item, Field):
            _check(select, item.expression, "select", report)
        elif isinstance(item, TypeOf):
            check_typeof(select, item, report)
    for clause, expression in _clauses(select):
        _check(select, expression, clause, report)


def _clauses(select: Select) -> Iterator[tuple[str, Expression]]:
    query = select.query
    for placed in comparisons(query.where):
        yield "filter", placed.comparison.left
    if query.group_by is not None:
        yield from (("group", expression) for expression in query.group_by.expressions)
    for placed in comparisons(query.having):
        yield "select", placed.comparison.left
    yield from (("sort", entry.expression) for entry in query.order_by)


def _check(select: Select, expression: Expression, clause: str, report: Report) -> None:
    known = {id(path): check_path(select, path, report) for path in paths(expression)}
    for function in functions(expression):
        _check_function(function, known, report)
    if isinstance(expression, Path):
        field = known[id(expression)]
        if field is not None:
            _check_ability(expression, field, clause, report)
    elif clause == "filter":
        for path in paths(expression):
            field = known[id(path)]
            if field is not None and not field.filterable:
                _refuse_filter(path, field, report)


def _check_ability(path: Path, field: FieldDescription, clause: str, report: Report) -> None:
    if clause == "filter" and field.type in PLACES:
        hint = "Compare DISTANCE(…), or its parts such as the city."
        report.add(path.span, f"{path.text} can only be filtered by its distance.", hint)
    elif clause == "filter" and not field.filterable:
        _refuse_filter(path, field, report)
    elif clause == "sort" and not field.sortable:
        report.add(path.span, f"{path.text} can't be sorted{_because(field)}.")
    elif clause == "group" and not field.groupable:
        hint = None
        if field.type == "datetime":
            hint = f"Group by a part of it, such as DAY_ONLY({path.text})."
        report.add(path.span, f"{path.text} can't be grouped{_because(field)}.", hint)


def _refuse_filter(path: Path, field: FieldDescription, report: Report) -> None:
    hint = "Search it with FIND, or filter by another field." if field.type == "textarea" else None
    report.add(path.span, f"{path.text} can't be filtered{_because(field)}.", hint)


def _because(field: FieldDescription) -> str:
    return {
        "textarea": ": it is a long text",
        "encryptedstring": ": it is encrypted",
        "base64": ": it is the content of a file",
        "multipicklist": ": it may have several values",
        "datetime": ": it is a point in time",
    }.get(field.type, "")


def _check_function(function: Function, known: dict[int, FieldDescription | None], report: Report) -> None:
    argument = function.arguments[0] if function.arguments else None
    if isinstance(argument, Function) and argument.name.upper() == "CONVERTTIMEZONE":
        argument = argument.arguments[0]
    if isinstance(argument, Literal | Function) or argument is None:
        return
    field = known.get(id(argument))
    expected = _expected(function.name.upper(), field) if field is not None else None
    if expected is not None:
        hint = None
        report.add(argument.span, f"{function.name} takes {expected}, and {argument.text} is none.", hint)


def _expected(name: str, field: FieldDescription) -> str | None:
    """What a function takes, where the field is not that."""
    kind = field.type
    if name in AGGREGATES:
        if name in ("SUM", "AVG"):
            return "a number" if kind not in NUMERIC else None
        return None if field.aggregatable or name == "COUNT" else "a field that can be aggregated"
    if name in DATE_FUNCTIONS or name == "CONVERTTIMEZONE":
        needs_time = name in ("HOUR_IN_DAY", "CONVERTTIMEZONE")
        wanted = "a datetime field" if needs_time else "a date or datetime field"
        return wanted if kind not in DATES or (needs_time and kind == "date") else None
    taken = {
        "TOLABEL": (LABELLED | {"combobox", "string", "reference"}, "a picklist"),
        "FORMAT": (FORMATTED, "a number, date or time"),
        "CONVERTCURRENCY": ({"currency"}, "a currency field"),
        "DISTANCE": (PLACES, "a place"),
    }.get(name)
    return taken[1] if taken and kind not in taken[0] else None
