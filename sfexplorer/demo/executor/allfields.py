"""FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM): what they stand for, and how many rows they may have."""

from __future__ import annotations

from collections.abc import Iterator

from sfexplorer.demo.errors import malformed_query, refusal
from sfexplorer.demo.executor.problems import block
from sfexplorer.demo.executor.scope import Scope, comparable
from sfexplorer.demo.fieldtypes import FieldType, SObjectType
from sfexplorer.soql.tree import And, Comparison, Condition, FieldsOf, Literal, Query, ValueList

MOST_UNBOUNDED = 200
OLDEST_VERSION = 51


def expanded(type: SObjectType, word: str) -> Iterator[FieldType]:
    """The fields that FIELDS(ALL), FIELDS(STANDARD) or FIELDS(CUSTOM) stands for, in describe order.

    Raises:
        Refusal: When there are none.
    """
    found = [field for field in type.fields if word in ("ALL", "CUSTOM" if field.custom else "STANDARD")]
    if not found:
        message = "'FIELDS(...)' expansion function must result in at least one field being selected."
        raise malformed_query(message)
    yield from found


def check_fields(scope: Scope, item: FieldsOf, query: Query) -> None:
    """See to it that the version knows FIELDS(...), and that the rows of unbounded ones are.

    Raises:
        Refusal: When not.
    """
    if scope.context.version < OLDEST_VERSION:
        message = "The SOQL FIELDS function is not supported in this version of the API"
        raise refusal(400, "UNSUPPORTED_API_VERSION", block(scope.text, item.span.start, message))
    if item.scope != "STANDARD" and not _is_bounded(scope, query):
        raise malformed_query(f"The SOQL FIELDS function must have a LIMIT of at most {MOST_UNBOUNDED}")


def _is_bounded(scope: Scope, query: Query) -> bool:
    if query.limit is not None and query.limit <= MOST_UNBOUNDED:
        return True
    condition = query.where
    parts = condition.conditions if isinstance(condition, And) else (condition,)
    return any(_names_ids(scope, part) for part in parts)


def _names_ids(scope: Scope, condition: Condition | None) -> bool:
    if not isinstance(condition, Comparison) or comparable(scope, condition.left) != ("id",):
        return False
    match condition.right:
        case Literal():
            return condition.operator == "="
        case ValueList(values=values):
            return condition.operator == "IN" and len(values) <= MOST_UNBOUNDED
        case _:
            return False
