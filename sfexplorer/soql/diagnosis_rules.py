"""Rules that count and compare what a query says, for which its grammar is too simple."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Select, comparisons, fields, functions, is_aggregate, plain
from sfexplorer.soql.suggest import closest
from sfexplorer.soql.tree import (
    ChildQuery,
    Comparison,
    Expression,
    Field,
    FieldsOf,
    Function,
    Literal,
    Path,
    Query,
    Span,
    TypeOf,
    ValueList,
    WithCategories,
)

MOST_ROWS_OF_ALL_FIELDS = 200
LARGEST_OFFSET = 2000
MOST_SUB_SELECTS = 20
MOST_LEVELS = 5
MOST_CATEGORIES = 3
SCOPES = (
    *("delegated", "everything", "mine", "mine_and_my_groups", "my_territory", "my_team_territory"),
    *("scopingRule", "team"),
)


def check_rules(select: Select, report: Report) -> None:
    """Tell of what is there twice, too often, or not together with something else."""
    _check_duplicates(select.query, report)
    _check_aliases(select.query, report)
    _check_all_fields(select.query, report)
    _check_counts(select, report)
    _check_together(select.query, report)
    _check_functions(select.query, report)


def _check_duplicates(query: Query, report: Report) -> None:
    seen: set[Expression | str] = set()
    typed = {plain(item.path.parts, query) for item in query.select if isinstance(item, TypeOf)}
    for number, item in enumerate(query.select):
        name: Expression | str
        match item:
            case Field(expression=Path(parts=parts)):
                name = Path(plain(parts, query))
            case ChildQuery():
                name = f"({item.query.source.path.parts[-1].lower()})"
            case FieldsOf():
                name = item.scope
            case _:
                continue
        if name in seen:
            before = query.select[number - 1].span.end
            replace = Span(before, item.span.end)
            shown = "A sub-select" if isinstance(item, ChildQuery) else report.shown(item.span)
            told = "from this relationship is there" if isinstance(item, ChildQuery) else "is selected"
            report.add(item.span, f"{shown} {told} twice.", "Remove one.", replacement="", replace=replace)
        elif isinstance(name, Path) and name.parts[:-1] in typed:
            report.add(
                item.span, "TYPEOF stands for this relationship already.", "Name the field in its ELSE."
            )
        seen.add(name)


def _check_aliases(query: Query, report: Report) -> None:
    names: set[str] = set()
    for source in query.sources:
        name = (source.alias or source.path.parts[-1]).lower()
        if source.alias and name in names:
            report.add(source.span, f"The alias {source.alias} is given twice.", "Choose another one.")
        names.add(name)
    if not is_aggregate(query):
        return
    given: set[str] = set()
    for item in fields(query):
        told = item.alias or (item.expression.parts[-1] if isinstance(item.expression, Path) else "")
        if told and told.lower() in given:
            hint = (
                f"Give one an alias: {report.shown(item.expression.span)} other." if not item.alias else None
            )
            report.add(item.span, f"Two columns are called {told}.", hint)
        given.add(told.lower())


def _check_all_fields(query: Query, report: Report) -> None:
    """FIELDS(ALL) and FIELDS(CUSTOM) need a bound on the rows."""
    unbounded = next(
        (item for item in query.select if isinstance(item, FieldsOf) and item.scope != "STANDARD"), None
    )
    if unbounded is None or query.limit_bind is not None or _names_ids(query):
        return
    if query.limit is not None and query.limit <= MOST_ROWS_OF_ALL_FIELDS:
        return
    most = f"LIMIT {MOST_ROWS_OF_ALL_FIELDS}"
    message = f"FIELDS({unbounded.scope}) needs {most} or less."
    has_tail = (
        query.offset is not None or query.for_clauses or query.updates or query.all_rows or query.options
    )
    if query.limit is not None or has_tail:
        report.add(unbounded.span, message, f"Write {most}.")
        return
    end = Span(query.span.end, query.span.end)
    report.add(unbounded.span, message, f"Add {most}.", replacement=f" {most}", replace=end)


def _names_ids(query: Query) -> bool:
    for placed in comparisons(query.where):
        left, right = placed.comparison.left, placed.comparison.right
        if isinstance(left, Path) and plain(left.parts, query) == ("id",) and not placed.in_or:
            if placed.comparison.operator == "=":
                return True
            if placed.comparison.operator == "IN":
                return not isinstance(right, ValueList) or len(right.values) <= MOST_ROWS_OF_ALL_FIELDS
    return False


def _check_counts(select: Select, report: Report) -> None:
    query = select.query
    if query.offset is not None:
        parent = select.parent.query if select.parent else None
        span = _clause_span(query, "OFFSET", report)
        if query.offset > LARGEST_OFFSET:
            hint = "Order by a field and go on behind its last value."
            report.add(span, f"OFFSET goes up to {LARGEST_OFFSET:,}.", hint)
        elif parent is not None and select.form == "sub-select" and parent.limit != 1:
            report.add(span, "OFFSET in a sub-select needs LIMIT 1 in the outer SELECT.")
    children = [item for item in query.select if isinstance(item, ChildQuery)]
    if len(children) > MOST_SUB_SELECTS:
        report.add(children[MOST_SUB_SELECTS].span, f"A query has at most {MOST_SUB_SELECTS} sub-selects.")
    if select.form == "sub-select" and select.level >= MOST_LEVELS:
        report.add(query.source.span, f"Sub-selects are nested at most {MOST_LEVELS} levels deep.")
    if isinstance(query.with_clause, WithCategories):
        _check_categories(query.with_clause, report)
    if query.scope and query.scope.lower() not in {scope.lower() for scope in SCOPES}:
        meant = closest(query.scope, SCOPES)
        span = _clause_span(query, "SCOPE", report)
        message = f"There is no scope {query.scope}."
        report.add(span, message, f"Did you mean {meant}?" if meant else None, severity="warning")


def _check_categories(clause: WithCategories, report: Report) -> None:
    groups: set[str] = set()
    for number, each in enumerate(clause.filters):
        if each.group.lower() in groups:
            report.add(
                each.span, f"The group {each.group} is filtered twice.", "Name its categories in one list."
            )
        elif number >= MOST_CATEGORIES:
            report.add(each.span, f"A query filters by at most {MOST_CATEGORIES} category groups.")
        groups.add(each.group.lower())


def _check_together(query: Query, report: Report) -> None:
    if "UPDATE" in query.for_clauses and query.order_by:
        report.add(query.order_by[0].span, "FOR UPDATE forbids ORDER BY.", "Remove one of them.")
    typeof = next((item for item in query.select if isinstance(item, TypeOf)), None)
    if typeof is not None and query.group_by is not None:
        report.add(typeof.span, "TYPEOF and GROUP BY can't stand together.")


def _check_functions(query: Query, report: Report) -> None:
    for placed in comparisons(query.where):
        for function in functions(placed.comparison.left):
            if function.name.upper() == "CONVERTCURRENCY":
                report.add(
                    function.span, "WHERE can't convert currencies.", "Compare with a value such as EUR500."
                )
        _check_binds(placed.comparison, report)
    for entry in query.order_by:
        for function in functions(entry.expression):
            if function.name.upper() in ("CONVERTCURRENCY", "TOLABEL"):
                report.add(function.span, f"ORDER BY can't use {function.name}.", "Sort by the field itself.")


def _check_binds(comparison: Comparison, report: Report) -> None:
    for bound in _binds(comparison):
        hint = "Write the value itself."
        report.add(bound.span, "Variables have a value only in Apex.", hint, severity="warning")


def _binds(comparison: Comparison) -> Iterator[Literal]:
    right = comparison.right
    values = right.values if isinstance(right, ValueList) else (right,)
    yield from (value for value in values if isinstance(value, Literal) and value.kind == "bind")
    if isinstance(comparison.left, Function):
        for function in functions(comparison.left):
            yield from (
                each for each in function.arguments if isinstance(each, Literal) and each.kind == "bind"
            )


def _clause_span(query: Query, word: str, report: Report) -> Span:
    """Where a keyword and what follows it stand; the last such of a query is its own."""
    text = report.text[query.span.start : query.span.end]
    start = text.upper().rfind(word)
    if start < 0:
        return query.span
    words = text[start:].split(maxsplit=2)
    second = text.index(words[1], start + len(word)) if len(words) > 1 else start
    behind = second + len(words[1].rstrip("),")) if len(words) > 1 else start + len(word)
    return Span(query.span.start + second, query.span.start + behind)
