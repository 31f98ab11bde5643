"""Rules of semi-joins: `Id IN (SELECT AccountId FROM Contact)`."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.soql.diagnosis_report import Report
from sfexplorer.soql.diagnosis_walk import Placed, Select, comparisons, plain
from sfexplorer.soql.schema_scope import scope_of
from sfexplorer.soql.schema_types import IDS
from sfexplorer.soql.tree import Field, Path, Query, SemiJoin

MOST_JOINS = 2
NEVER_INSIDE = frozenset({"activityhistory", "attachment", "event", "note", "openactivity", "task"})


def check_joins(select: Select, report: Report) -> None:
    """Tell of semi-joins where none can stand, and of what they can't contain."""
    found = list(_joins(select.query))
    for number, (placed, join) in enumerate(found):
        span = join.span
        if number >= MOST_JOINS:
            report.add(span, f"A query has at most {MOST_JOINS} semi-joins.")
        elif select.form == "sub-select":
            report.add(span, "A sub-select can't have semi-joins.")
        elif select.form == "semi-join":
            report.add(span, "Semi-joins can't be nested.")
        elif placed.in_or:
            report.add(span, "Semi-joins can't be joined by OR.", "Run two queries.")
        elif placed.in_not:
            report.add(span, "NOT can't stand before a semi-join.", "Write NOT IN.")
        _check_left(select, placed, report)
        _check_inside(select, join.query, report)
    for placed in comparisons(select.query.having):
        if isinstance(placed.comparison.right, SemiJoin):
            report.add(placed.comparison.right.span, "HAVING can't have semi-joins.")


def _joins(query: Query) -> Iterator[tuple[Placed, SemiJoin]]:
    for placed in comparisons(query.where):
        if isinstance(placed.comparison.right, SemiJoin):
            yield placed, placed.comparison.right


def _check_left(select: Select, placed: Placed, report: Report) -> None:
    left = placed.comparison.left
    if not isinstance(left, Path):
        report.add(left.span, "A semi-join compares an Id or a reference.")
        return
    if len(plain(left.parts, select.query)) > 1:
        report.add(left.span, "A semi-join compares a field without dots.")
        return
    field = select.scope.field(left.parts)
    if field is not None and field.type not in IDS:
        hint = "Compare Id, or a field that ends in Id."
        report.add(left.span, f"{left.text} is neither an Id nor a reference, as a semi-join needs.", hint)


def _check_inside(select: Select, inner: Query, report: Report) -> None:
    name = inner.source.path.parts[-1]
    if name.lower() == select.query.source.path.parts[-1].lower():
        hint = "Compare with its Ids, or filter by a path."
        report.add(inner.source.span, "A semi-join reads another object than the outer SELECT.", hint)
    elif name.lower() in NEVER_INSIDE:
        report.add(inner.source.span, f"A semi-join can't read {name}.")
    first = inner.select[0]
    if len(inner.select) > 1:
        report.add(inner.select[1].span, "A semi-join selects one field.", "Remove this one.")
    elif not isinstance(first, Field) or not isinstance(first.expression, Path):
        report.add(first.span, "A semi-join selects one field, an Id or a reference.")
    elif len(plain(first.expression.parts, inner)) > 1:
        report.add(first.span, "A semi-join selects a field without dots.")
    else:
        _check_field(select, inner, first.expression, report)
    for clause, place in _forbidden(inner):
        report.add(place.span, f"A semi-join can't have {clause}.", "Remove it.")


def _check_field(select: Select, inner: Query, path: Path, report: Report) -> None:
    scope = scope_of([(inner.source.path.parts, inner.source.alias)], "semi-join", None, select.scope.schema)
    field = scope.field(path.parts)
    if field is not None and field.type not in IDS:
        hint = "Select Id, or a field that ends in Id."
        report.add(path.span, f"{path.text} is neither an Id nor a reference, as a semi-join needs.", hint)


def _forbidden(inner: Query) -> Iterator[tuple[str, Query | Path]]:
    by = inner.order_by[0].expression if inner.order_by else None
    if isinstance(by, Path):
        yield "ORDER BY", by
    if inner.group_by is not None:
        yield "GROUP BY", inner
    if inner.limit is not None or inner.offset is not None:
        yield "LIMIT or OFFSET", inner
    if inner.for_clauses:
        yield "FOR", inner
