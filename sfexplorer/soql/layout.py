"""The tree of a query or search as text in lines, one for each clause at least."""

from __future__ import annotations

from sfexplorer.soql.lines import Block, closed, enclosed, filled, indented
from sfexplorer.soql.spelling import (
    connective,
    grouping_parts,
    spelled,
    spelled_condition,
    spelled_field,
    spelled_order,
    spelled_settings,
    spelled_source,
    spelled_with,
)
from sfexplorer.soql.tree import (
    And,
    ChildQuery,
    Comparison,
    Condition,
    Literal,
    Not,
    Or,
    OrderBy,
    Query,
    SelectItem,
    SemiJoin,
    TypeOf,
    ValueList,
)

STEP = "  "


def query_lines(query: Query, width: int) -> Block:
    """A whole SELECT."""
    lines = filled("SELECT ", [selected(item, width - 7) for item in query.select], width)
    lines += filled("FROM ", [[spelled_source(source)] for source in query.sources], width)
    if query.scope:
        lines.append(f"USING SCOPE {query.scope}")
    if query.where:
        lines += condition_clause("WHERE ", query.where, width)
    if query.with_clause:
        lines.append(f"WITH {spelled_with(query.with_clause)}")
    if query.group_by:
        before, texts, behind = grouping_parts(query.group_by)
        fields = [[text] for text in texts]
        lines += closed(filled(f"GROUP BY {before}", fields, width - len(behind)), behind)
    if query.having:
        lines += condition_clause("HAVING ", query.having, width)
    lines += order_lines(query.order_by, width)
    lines += count_lines("LIMIT", query.limit, query.limit_bind)
    lines += count_lines("OFFSET", query.offset, query.offset_bind)
    return lines + _tail(query)


def _tail(query: Query) -> Block:
    lines = [f"FOR {purpose}" for purpose in query.for_clauses]
    if query.updates:
        lines.append(f"UPDATE {', '.join(query.updates)}")
    if query.all_rows:
        lines.append("ALL ROWS")
    if query.options:
        lines.append(f"SET OPTIONS {spelled_settings(query.options)}")
    return lines


def order_lines(entries: tuple[OrderBy, ...], width: int) -> Block:
    """ORDER BY, or nothing."""
    return filled("ORDER BY ", [[spelled_order(entry)] for entry in entries], width) if entries else []


def count_lines(clause: str, count: int | None, variable: Literal | None) -> Block:
    """LIMIT or OFFSET, or nothing."""
    if variable is not None:
        return [f"{clause} {variable.text}"]
    return [] if count is None else [f"{clause} {count}"]


def selected(item: SelectItem, width: int) -> Block:
    """What is selected: a field on one line, a sub-select on several."""
    match item:
        case ChildQuery(query):
            return enclosed(query_lines(query, width - 1))
        case TypeOf():
            return _typeof(item, width)
        case _:
            return [spelled_field(item)]


def _typeof(node: TypeOf, width: int) -> Block:
    opening = f"TYPEOF {node.path.text}"
    branches = [
        filled(f"WHEN {branch.object} THEN ", [[path.text] for path in branch.fields], width - 2)
        for branch in node.branches
    ]
    if node.otherwise:
        branches.append(filled("ELSE ", [[path.text] for path in node.otherwise], width - 2))
    flat = " ".join([opening, *(" ".join(map(str.strip, branch)) for branch in branches), "END"])
    if len(flat) < width:
        return [flat]
    return [opening, *(f"{STEP}{line}" for branch in branches for line in branch), "END"]


def condition_clause(keyword: str, node: Condition, width: int) -> Block:
    """WHERE or HAVING."""
    lines = condition_lines(node, width - len(keyword), width - len(STEP))
    return indented(lines, keyword, STEP)


def condition_lines(node: Condition, width: int, later: int) -> Block:
    """A condition, on one line where it fits.

    Args:
        node: the condition.
        width: how long the first line may become.
        later: how long the others may.
    """
    flat = spelled_condition(node)
    if flat is not None and len(flat) <= width:
        return [flat]
    match node:
        case Comparison():
            return _comparison(node, width, later)
        case Not(negated):
            return indented(_operand(negated, later - 4), "NOT ", STEP)
        case And(conditions) | Or(conditions):
            word = f"{connective(node)} "
            blocks = [_operand(condition, later - len(word)) for condition in conditions]
            joined = [indented(block, word, STEP) for block in blocks[1:]]
            return [*blocks[0], *(line for block in joined for line in block)]


def _operand(node: Condition, width: int) -> Block:
    if isinstance(node, Comparison):
        return condition_lines(node, width, width)
    return enclosed(condition_lines(node, width - 2, width - 2))


def _comparison(node: Comparison, width: int, later: int) -> Block:
    opening = f"{spelled(node.left)} {node.operator}"
    match node.right:
        case SemiJoin(query):
            block = enclosed(query_lines(query, later - len(STEP) - 1))
            return [opening, *(f"{STEP}{line}" for line in block)]
        case ValueList(values):
            texts = [[value.text] for value in values]
            return closed(filled(f"{opening} (", texts, min(width, later) - 1, len(STEP)), ")")
        case Literal():
            return [f"{opening} {spelled(node.right)}"]
