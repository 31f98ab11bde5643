"""The tree of a search as text in lines."""

from __future__ import annotations

from sfexplorer.soql.layout import STEP, condition_clause, count_lines, order_lines, selected
from sfexplorer.soql.lines import Block, closed, filled
from sfexplorer.soql.sosl_tree import Returning, Search, SearchOption, SearchText, With
from sfexplorer.soql.spelling import spelled_values, spelled_with
from sfexplorer.soql.tree import ValueList


def search_lines(search: Search, width: int) -> Block:
    """A whole FIND."""
    lines = [f"FIND {_text(search.text)}"]
    if search.scope:
        lines.append(f"IN {search.scope} FIELDS")
    if search.using:
        lines.append(f"USING {search.using} SEARCH")
    if search.returning:
        entries = [_returning(entry, width - 10) for entry in search.returning]
        lines += filled("RETURNING ", entries, width)
    lines += [f"WITH {_option(option)}" for option in search.options]
    lines += count_lines("LIMIT", search.limit, search.limit_bind)
    if search.updates:
        lines.append(f"UPDATE {', '.join(search.updates)}")
    return lines


def _text(node: SearchText) -> str:
    match node.form:
        case "braces":
            return f"{{{node.text}}}"
        case "quotes":
            return f"'{node.text}'"
        case "bind":
            return node.text


def _returning(node: Returning, width: int) -> Block:
    if not node.fields:
        return [node.object]
    fields = [selected(field, width - len(STEP)) for field in node.fields]
    clauses: Block = []
    if node.list_view:
        clauses.append(f"USING ListView = {node.list_view}")
    if node.where:
        clauses += condition_clause("WHERE ", node.where, width - len(STEP))
    clauses += order_lines(node.order_by, width - len(STEP))
    clauses += count_lines("LIMIT", node.limit, node.limit_bind)
    clauses += count_lines("OFFSET", node.offset, node.offset_bind)
    opening = f"{node.object}("
    if not clauses:
        return closed(filled(opening, fields, width - 1, len(STEP)), ")")
    listed = filled("", fields, width - len(STEP))
    return [opening, *(f"{STEP}{line}" for line in [*listed, *clauses]), ")"]


def _option(node: With) -> str:
    if not isinstance(node, SearchOption):
        return spelled_with(node)
    if node.value is None:
        return node.name
    if isinstance(node.value, ValueList):
        return f"{node.name} IN {spelled_values(node.value)}"
    if node.name == "SNIPPET":
        return f"SNIPPET (target_length = {node.value.text})"
    return f"{node.name} = {node.value.text}"
