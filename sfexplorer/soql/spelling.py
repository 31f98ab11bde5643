"""Parts of a tree as text on one line, with the keywords in capitals."""

from __future__ import annotations

from sfexplorer.soql.tree import (
    And,
    CategoryFilter,
    Comparison,
    Condition,
    Expression,
    Field,
    FieldsOf,
    Function,
    GroupBy,
    Literal,
    Not,
    Or,
    OrderBy,
    Path,
    SemiJoin,
    Setting,
    Source,
    ValueList,
    With,
    WithCategories,
    WithMode,
)
from sfexplorer.soql.words import FUNCTION_SPELLINGS


def spelled(node: Expression | Literal) -> str:
    """A path, a constant or a function call."""
    match node:
        case Path():
            return node.text
        case Literal():
            return node.text
        case Function(name, arguments):
            name = FUNCTION_SPELLINGS.get(name.upper(), name.upper())
            return f"{name}({', '.join(map(spelled, arguments))})"


def spelled_field(node: Field | FieldsOf) -> str:
    """A selected field with its alias, or `FIELDS(ALL)`."""
    if isinstance(node, FieldsOf):
        return f"FIELDS({node.scope})"
    return named(spelled(node.expression), node.alias)


def spelled_source(node: Source) -> str:
    """An entry of FROM."""
    return named(node.path.text, node.alias)


def named(text: str, alias: str | None) -> str:
    """What has an alias, followed by it."""
    return f"{text} {alias}" if alias else text


def spelled_values(node: ValueList) -> str:
    """`('a', 'b')`."""
    return f"({', '.join(value.text for value in node.values)})"


def spelled_order(node: OrderBy) -> str:
    """An entry of ORDER BY."""
    direction = " DESC" if node.descending else ""
    nulls = f" NULLS {node.nulls}" if node.nulls else ""
    return f"{spelled(node.expression)}{direction}{nulls}"


def grouping_parts(node: GroupBy) -> tuple[str, list[str], str]:
    """What stands before the fields of a GROUP BY, the fields, and what stands behind."""
    texts = [spelled(expression) for expression in node.expressions]
    return (f"{node.form}(", texts, ")") if node.form else ("", texts, "")


def spelled_with(node: With) -> str:
    """What stands behind WITH."""
    match node:
        case WithMode(mode):
            return mode
        case WithCategories(filters):
            return f"DATA CATEGORY {' AND '.join(map(_filter, filters))}"
        case _ if node.context:
            return f"{node.context} {spelled_settings(node.settings)}"
        case _:
            return _setting(node.settings[0])


def spelled_settings(settings: tuple[Setting, ...]) -> str:
    """`(a = 1, b = 2)`."""
    return f"({', '.join(map(_setting, settings))})"


def _setting(node: Setting) -> str:
    return f"{node.name} = {node.value.text}"


def _filter(node: CategoryFilter) -> str:
    names = node.categories
    categories = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return f"{node.group} {node.selector} {categories}"


def spelled_condition(node: Condition) -> str | None:
    """A condition, or None when it holds a semi-join, which does not fit on a line."""
    match node:
        case Comparison(left, operator, right):
            if isinstance(right, SemiJoin):
                return None
            value = spelled_values(right) if isinstance(right, ValueList) else right.text
            return f"{spelled(left)} {operator} {value}"
        case Not(negated):
            inner = _operand(negated)
            return inner and f"NOT {inner}"
        case And(conditions) | Or(conditions):
            operands = [_operand(condition) for condition in conditions]
            joined = f" {connective(node)} "
            whole = [operand for operand in operands if operand is not None]
            return joined.join(whole) if len(whole) == len(operands) else None


def connective(node: And | Or) -> str:
    """The word that stands between the conditions."""
    return "AND" if isinstance(node, And) else "OR"


def _operand(node: Condition) -> str | None:
    text = spelled_condition(node)
    return text if text is None or isinstance(node, Comparison) else f"({text})"
