"""Rules of queries that group and aggregate."""

from __future__ import annotations

from collections.abc import Iterable

from sfexplorer.soql.diagnosis_names import aliases
from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import (
    Select,
    aggregates,
    comparisons,
    fields,
    functions,
    is_aggregate,
    paths,
    plain,
)
from sfexplorer.soql.tree import Expression, Field, FieldsOf, Function, Path, Query, Span, TypeOf
from sfexplorer.soql.words import DATE_FUNCTIONS

MOST_SUBTOTALS = 3


def check_grouping(select: Select, report: Report) -> None:
    """Tell of fields beside aggregates, and of what else grouping forbids."""
    query = select.query
    for placed in comparisons(query.where):
        for function in aggregates(placed.comparison.left):
            report.add(
                function.span, f"WHERE can't filter by {function.name}.", "HAVING does, behind GROUP BY."
            )
    if is_aggregate(query):
        if select.form != "query":
            _refuse_aggregates(query, report)
            return
        _check_selected(query, report)
        _check_count(query, report)
        _check_having(query, report)
        _check_order(select, report)
        _check_subtotals(query, report)
    else:
        for item in fields(query):
            if item.alias and isinstance(item.expression, Path):
                _refuse_alias(select, item, item.alias, report)


def _refuse_alias(select: Select, item: Field, alias: str, report: Report) -> None:
    before = item.expression.span.end
    span = Span(item.span.end - len(alias), item.span.end)
    message = "Only aggregates take an alias."
    if select.scope.field((alias,)) is not None:
        hint = "Put the missing comma before it."
        report.add(span, message, hint, replacement=",", replace=Span(before, before))
    else:
        hint = "Remove it, or put the missing comma before it."
        report.add(span, message, hint, replacement="", replace=Span(before, item.span.end))


def _refuse_aggregates(query: Query, report: Report) -> None:
    for item in fields(query):
        for function in aggregates(item.expression):
            report.add(function.span, "Only the outermost SELECT can aggregate.")


def _check_selected(query: Query, report: Report) -> None:
    grouped = _grouped(query)
    loose = [item for item in fields(query) if not _is_grouped(item.expression, query, grouped)]
    for item in query.select:
        if isinstance(item, TypeOf | FieldsOf):
            report.add(item.span, "A query that groups can't select this.", "Name the fields to group by.")
    if not loose:
        return
    names = ", ".join(dict.fromkeys(report.shown(item.expression.span) for item in loose))
    spot, added = _insertion(query, names, report)
    verb = "is" if len(loose) == 1 else "are"
    for item in loose:
        name = report.shown(item.expression.span)
        hint = f"Add GROUP BY {names}." if query.group_by is None else f"{names} {verb} missing in GROUP BY."
        beside = "" if query.group_by is not None else "stands beside aggregates and "
        message = f"{name} {beside}is not grouped."
        report.add(item.expression.span, message, hint, replacement=added, replace=spot)


def _insertion(query: Query, names: str, report: Report) -> tuple[Span, str]:
    """Where grouping by these names is to be put in, and what."""
    if query.group_by is not None:
        end = query.group_by.expressions[-1].span.end
        return Span(end, end), f", {names}"
    before = [query.sources[-1].span.end]
    if query.scope:
        before.append(report.text.upper().find(query.scope.upper(), before[0]) + len(query.scope))
    if query.where is not None:
        before.append(query.where.span.end)
        # A closing parenthesis may stand behind the condition.
        opened = report.text.count("(", before[0], before[-1]) - report.text.count(")", before[0], before[-1])
        before[-1] += (
            len(report.text[before[-1] :]) - len(report.text[before[-1] :].lstrip(") ")) if opened > 0 else 0
        )
    if query.with_clause is not None:
        before.append(query.with_clause.span.end)
    end = max(before)
    end -= len(report.text[:end]) - len(report.text[:end].rstrip())
    return Span(end, end), f" GROUP BY {names}"


def _grouped(query: Query) -> set[Expression]:
    """What is grouped by, as it can be compared."""
    expressions = query.group_by.expressions if query.group_by else ()
    return {_comparable(expression, query) for expression in expressions}


def _comparable(expression: Expression, query: Query) -> Expression:
    if isinstance(expression, Path):
        return Path(plain(expression.parts, query))
    arguments = tuple(
        _comparable(argument, query) if isinstance(argument, Path | Function) else argument
        for argument in expression.arguments
    )
    return Function(expression.name.upper(), arguments)


def _is_grouped(expression: Expression, query: Query, grouped: set[Expression]) -> bool:
    if any(True for _ in aggregates(expression)) or _comparable(expression, query) in grouped:
        return True
    if isinstance(expression, Path):
        return False
    return expression.name.upper() == "GROUPING" or all(
        _comparable(path, query) in grouped for path in paths(expression)
    )


def _check_count(query: Query, report: Report) -> None:
    """COUNT() alone, and aggregates over all rows: they give one row."""
    first = query.select[0]
    is_count = (
        isinstance(first, Field) and isinstance(first.expression, Function) and not first.expression.arguments
    )
    if is_count and query.order_by:
        report.add(query.order_by[0].span, "COUNT() gives a number and no rows to sort.", "Remove ORDER BY.")
    if is_count and query.group_by:
        hint = "Write COUNT(Id)."
        report.add(first.span, "COUNT() can't be grouped.", hint, replacement="COUNT(Id)")
    counts = query.limit is not None or query.offset is not None
    if counts and not is_count and query.group_by is None:
        word = "LIMIT" if query.limit is not None else "OFFSET"
        message = f"Aggregates over all rows give one row: {word} can't stand here."
        report.add(first.span, message, f"Remove {word}, or add GROUP BY.")


def _check_having(query: Query, report: Report) -> None:
    grouped = _grouped(query)
    for placed in comparisons(query.having):
        left = placed.comparison.left
        if not _is_grouped(left, query, grouped):
            hint = "Filter rows in WHERE."
            report.add(
                left.span,
                f"HAVING takes aggregates and grouped fields: {report.shown(left.span)} is neither.",
                hint,
            )


def _check_order(select: Select, report: Report) -> None:
    query = select.query
    grouped = _grouped(query)
    named = aliases(select)
    for entry in query.order_by if query.group_by else ():
        by = entry.expression
        is_alias = isinstance(by, Path) and len(by.parts) == 1 and by.parts[0].lower() in named
        if not is_alias and not _is_grouped(by, query, grouped):
            report.add(by.span, f"{report.shown(by.span)} is not grouped, so it can't be sorted by.")


def _check_subtotals(query: Query, report: Report) -> None:
    group = query.group_by
    if group is not None and group.form and len(group.expressions) > MOST_SUBTOTALS:
        place = group.expressions[MOST_SUBTOTALS].span
        report.add(place, f"{group.form} takes at most {MOST_SUBTOTALS} fields.")
    groupings = [
        function
        for item in fields(query)
        for function in functions(item.expression)
        if function.name.upper() == "GROUPING"
    ]
    if groupings and (group is None or not group.form):
        report.add(groupings[0].span, "GROUPING needs GROUP BY ROLLUP or GROUP BY CUBE.")
    elif group is not None and not group.form:
        _check_grouped_functions(query, group.expressions, report)


def _check_grouped_functions(query: Query, expressions: Iterable[Expression], report: Report) -> None:
    for expression in expressions:
        if isinstance(expression, Function) and expression.name.upper() not in DATE_FUNCTIONS:
            hint = "Name a field, or a function of a date."
            report.add(expression.span, f"{expression.name} can't be grouped by.", hint)
